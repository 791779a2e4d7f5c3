"""Findings: what is certain is mended by one click and can be undone; others lead to their field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.kinds import quiz
from tests.screens.conftest import Served, until

from koho_pdf.content.article_files import read_issue
from koho_pdf.findings import Finding, Severity, Where
from koho_pdf.screens.mends import mend_of
from koho_pdf.screens.told_pages import spreads

WRITTEN = quiz.MANUSCRIPT.replace("知っていますか。", "知っていますか。7月1日（金）まで、出来るだけ早く。出来ますか。")


@pytest.fixture
def manuscript() -> str:
    return WRITTEN


def found(line: int, column: int, field: str, words: str, suggestion: str | None) -> Finding:
    where = Where(line=line, column=column, field=field, length=len(words))
    return Finding(Severity.WARNING, "x", "", where, suggestion=suggestion, words=words)


def test_a_mend_changes_the_words_where_they_were_found(tmp_path: Path) -> None:
    tree = read_issue(quiz.make(tmp_path, WRITTEN), tmp_path)
    second = WRITTEN.splitlines()[3].rindex("出来") + 1
    told = mend_of(found(4, second, "lead", "出来", "でき"), tree)
    assert told
    assert told["old"] == tree.at("lead")
    assert str(told["new"]).endswith("出来るだけ早く。できますか。")
    assert (told["before"], told["from"], told["to"], told["after"]) == (
        "…出来るだけ早く。",
        "出来",
        "でき",
        "ますか。",
    )


def test_there_is_no_mend_that_is_not_certain(tmp_path: Path) -> None:
    tree = read_issue(quiz.make(tmp_path, WRITTEN), tmp_path)
    assert mend_of(found(4, 1, "lead", "出来", None), tree) is None
    assert mend_of(found(4, 1, "lead", "出来", "でき"), tree) is None  # which of the two is not known
    assert mend_of(found(4, 1, "lead", "にない", "でき"), tree) is None
    assert mend_of(found(4, 1, "rounds", "出来", "でき"), tree) is None


def test_pages_that_are_seen_together() -> None:
    assert spreads(2, "left") == [[1], [2]]
    assert spreads(4, "left") == [[1], [2, 3], [4]]
    assert spreads(8, "right") == [[1], [3, 2], [5, 4], [7, 6], [8]]
    assert spreads(5, "left") == [[1], [2, 3], [4, 5]]


def test_one_click_mends_and_the_list_leads_to_fields(table: Callable[..., Page], served: Served) -> None:
    page = table("rounds.0", composed=True)
    expect(page.locator("#f-wrong")).to_have_text("間違い 1")
    page.keyboard.press("Alt+l")
    page.keyboard.press("Alt+s")
    expect(page.locator('[data-path="lead"]')).to_be_focused()
    expect(page.locator("#f-list li[aria-current]")).to_contain_text("曜日が違います")
    first = page.locator("#f-list li", has_text="出来").first
    expect(first.locator("del")).to_have_text("出来")
    expect(first.locator("ins")).to_have_text("でき")
    first.get_by_role("button", name="直す").click()
    until(lambda: served.written.count("出来") == 1)
    assert page.locator('[data-path="lead"]').input_value().count("出来") == 1
    page.keyboard.press("Control+z")
    until(lambda: served.written == WRITTEN)
