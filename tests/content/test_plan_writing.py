"""A page plan written into a manuscript: the pages that change, and no other byte."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from koho_pdf.content.plan import Plan, PlannedPage
from koho_pdf.content.plan_writing import Unwritable, with_plan


def plan(*pages: tuple[str, Mapping[str, tuple[str, ...]]] | tuple[str, Mapping[str, tuple[str, ...]], str]) -> Plan:
    return Plan(tuple(PlannedPage(each[0], each[1], {}, "", each[2] if len(each) > 2 else "") for each in pages))


WRITTEN = """\
title: 三月号  # 題
# 台割
pages:
  - cover

  # 暮らし
  - notices: {main: [a, b]}   # 2ページ
  - page: notices
    # 二色
    inks: kc
  - feature:
      main:
        - nishin
  - notices

ask: 広報係
"""


def test_only_pages_that_change_are_written() -> None:
    made = plan(
        ("cover", {}),
        ("notices", {"main": ("b", "c")}),
        ("notices", {"main": ("a",), "side": ("x",)}, "kc"),
        ("feature", {"main": ("nishin",)}),
        ("notices", {}),
    )
    expected = WRITTEN.replace("  - notices: {main: [a, b]}   # 2ページ\n", "  - notices: {main: [b, c]} # 2ページ\n")
    expected = expected.replace(
        "  - page: notices\n    # 二色\n    inks: kc\n",
        "    # 二色\n  - {page: notices, inks: kc, main: [a], side: [x]}\n",
    )
    assert with_plan(WRITTEN.encode(), "issue.yaml", "pages", made).decode() == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_the_byte_order_mark_stay(ending: str, mark: bytes) -> None:
    raw = mark + "pages:\n- cover\n- notices\ntitle: x\n".replace("\n", ending).encode()
    made = with_plan(raw, "issue.yaml", "pages", plan(("cover", {}), ("notices", {"main": ("a",)})))
    assert made == mark + "pages:\n- cover\n- notices: {main: [a]}\ntitle: x\n".replace("\n", ending).encode()


def test_a_page_may_become_empty() -> None:
    made = with_plan(b"pages:\n  - notices: {main: [a]}\n", "issue.yaml", "pages", plan(("notices", {})))
    assert made == b"pages:\n  - notices\n"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("pages: [notices, {notices: {main: [a]}}]\n", 1),
        (
            "pages:\n  - notices\n  - notices:\n      main:\n        - {id: x, kind: y}\n        - a\n",
            3,
        ),
        ("pages:\n  - notices\n", 1),
        ("title: x\n", 1),
    ],
)
def test_what_cannot_be_written_without_a_loss_is_refused(written: str, line: int) -> None:
    made = plan(("notices", {"main": ("b",)}), ("notices", {"main": ("x", "a", "c")}))
    with pytest.raises(Unwritable) as refused:
        with_plan(written.encode(), "issue.yaml", "pages", made)
    assert refused.value.line == line
