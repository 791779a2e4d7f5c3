"""The articles of an issue: keys that no correction changes, and every printed word in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.kinds import brochure
from tests.repository_kinds import KINDS

from koho_pdf.content.articles import Article, pages_of
from koho_pdf.content.check import check
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.manuscript.reader import read

ROOT = Path(__file__).parents[2]
NOT_SAID = {
    "layout",
    "date",
    "printing",
    "file",
    "alt",
    "direction",
    "face",
    "size",
    "weight",
    "chars_per_line",
    "columns",
    "hanging",
}


def articles(folder: Path, kind: str) -> tuple[Article, ...]:
    tree = read(folder / "issue.yaml", ROOT)
    return articles_of(check(tree, KINDS[kind].model, folder=folder, layouts=list(KINDS)).issue)


@pytest.fixture
def found(tmp_path: Path) -> tuple[Article, ...]:
    """The articles of the small brochure."""
    (tmp_path / "issue.yaml").write_text(brochure.MANUSCRIPT, encoding="utf-8")
    tree = read(tmp_path / "issue.yaml", tmp_path)
    return articles_of(check(tree, brochure.model(), folder=tmp_path, layouts=["brochure"]).issue)


def said(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            if key not in NOT_SAID:
                yield from said(member)
    elif isinstance(value, list):
        for member in value:
            yield from said(member)
    else:
        yield value


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("layouts/insert/sample", "insert"),
        ("layouts/policy-leaflet/sample", "policy-leaflet"),
        ("content/specimen", "specimen"),
    ],
)
def test_every_printed_word_is_in_an_article(folder: str, kind: str) -> None:
    from koho_pdf.content.values.inline import parse_inline
    from koho_pdf.content.values.runs import plain_of

    found = articles(ROOT / folder, kind)
    words = [re.sub(r"\s", "", part) for each in found for part in (*each.above, each.heading, *each.paragraphs)]
    for text in said(read(ROOT / folder / "issue.yaml", ROOT).root):
        plain = re.sub(r"\s", "", plain_of(parse_inline(text)))
        assert any(plain in each for each in words), text
    assert len({each.key for each in found}) == len(found)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.key) for each in found)


def test_an_issue_has_its_articles_in_reading_order(found: tuple[Article, ...]) -> None:
    parts = [f"chapter-{chapter}-{number}" for chapter in range(1, 4) for number in range(1, 3)]
    assert [each.key for each in found] == ["introduction", "promises", *parts, "closing", "ask"]
    assert found[3].above == ("にぎわう港",)
    assert found[3].heading == "魚を届ける"
    assert found[-1].paragraphs == ("広報担当", "☎42-1809", "本庁舎 2階")
    assert {each.department for each in found} == {"広報担当"}


def test_an_article_begins_on_the_first_page_of_its_fields(found: tuple[Article, ...]) -> None:
    first = found[:4]
    third = [("chapters.0.parts.0.points.0", 3), ("chapters.0.parts.0.name", 2)]
    assert pages_of(first, third)["chapter-1-1"] == 2
    assert set(pages_of(first, [("chapters.0.parts.01", 2)]).values()) == {1}
    assert list(pages_of(first, [("title", 1), ("promises.items.0", 2)]).values()) == [1, 2, 2, 2]  # no data-field
