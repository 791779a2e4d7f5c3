"""The model is closed, and every mistake is told at once with its line, its field and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import Field, ValidationError
from tests.kinds import brochure
from tests.kinds.brochure import MANUSCRIPT

from koho_pdf.collation.owed import owed
from koho_pdf.content.check import check
from koho_pdf.content.issue import Issue
from koho_pdf.content.public import public_manuscript
from koho_pdf.content.schema import json_schema
from koho_pdf.content.values.model import Inline, Several
from koho_pdf.findings import Finding
from koho_pdf.manuscript.reader import read

Told = Callable[[str | bytes], tuple[Finding, ...]]

# Each: what to look for in the brochure, what to write, the finding's code, its field, what its hint must offer.
BROKEN = {
    "misspelt field": ("slogan:", "slogen:", "unknown-field", "slogen", "slogan"),
    "capital field": ("\ntheme:", "\nTheme:", "unknown-field", "Theme", "theme"),
    "wide field": ("\ntheme:", "\nｔｈｅｍｅ:", "unknown-field", "ｔｈｅｍｅ", "theme"),
    "japanese field": ("\ntheme:", "\nテーマ:", "unknown-field", "テーマ", "theme"),
    "field of another group": ("  place:", "place:", "unknown-field", "place", "ask"),
    "misspelt inner field": ("- name: 都市", "- nama: 都市", "unknown-field", "chapters.1.parts.1.nama", "name"),
    "missing field": ("lead: ", "# ", "missing-field", "lead", "lead"),
    "missing inner field": ("  telephone: 42-1809\n", "", "missing-field", "ask.telephone", "telephone"),
    "empty text": ("title: 港の町のしおり", "title:", "empty-text", "title", "なくてはならない"),
    "empty date": ("date: 令和9年4月1日", "date:", "empty-text", "date", "なくてはならない"),
    "empty text that need not be": ("  copies: 3,000部", "  copies:", "empty-text", "printing.copies", "要らない"),
    "blank text": ("title: 港の町のしおり", "title: '　'", "empty-text", "title", "文章"),
    "list for a text": ("title: 港の", "title:\n  - 港の", "not-text", "title", "1行"),
    "group for a text": ("title: 港の", "title:\n  日時: 港の", "not-text", "title", "'"),
    "text for a list": (
        "points:\n          - とれた",
        "points: とれた",
        "not-a-list",
        "chapters.0.parts.1.points",
        "- ",
    ),
    "text for a group": ("ask:\n  section: 広報担当", "ask: 課", "not-a-group", "ask", "字下げ"),
    "list for a group": ("ask:\n", "ask:\n  - ", "not-a-group", "ask", "字下げ"),
    "empty list": ("          - とれた", "          # ", "empty-list", "chapters.0.parts.1.points", "- "),
    "empty brackets": (
        "points:\n          - とれた",
        "points: [] # ",
        "empty-list",
        "chapters.0.parts.1.points",
        "- ",
    ),
    "too few": (
        "    - よく聞くこと\n    - ともに動くこと\n",
        "",
        "wrong-count",
        "promises.items",
        "書き足して",
    ),
    "too many": ("  items:\n", "  items:\n    - 一\n    - 二\n", "wrong-count", "promises.items", "消す"),
    "era over": ("year: 令和9年度", "year: 平成40年度", "outside-era", "year", "令和10年度"),
    "era's day over": ("date: 令和9年4月1日", "date: 平成31年5月1日", "outside-era", "date", "令和元年5月1日"),
    "no such day": ("date: 令和9年4月1日", "date: 2013-02-30", "date-does-not-exist", "date", "2月"),
    "no date": ("date: 令和9年4月1日", "date: 春", "date-not-understood", "date", "2013-04-01"),
    "no fiscal year": (
        "year: 令和9年度",
        "year: 2013",
        "fiscal-year-not-understood",
        "year",
        "年度",
    ),
    "no telephone": ("42-1809", "内線123", "telephone-not-understood", "ask.telephone", "42-1809"),
    "unknown layout": ("layout: brochure", "layout: brochuer", "unknown-layout", "layout", "town-news"),
    "too long": ("lead: ", "lead: " + "あ" * 2000, "field-too-long", "lead", "短く"),
    "ruby": ("lead: ", "lead: 市{政策|せ|い|さく}", "ruby-count", "lead", "読み"),
    "half a ruby": ("lead: ", "lead: 市{政策|}", "ruby-incomplete", "lead", "読み"),
    "open mark": ("lead: ", "lead: 市**", "mark-not-closed", "lead", "\\*\\*"),
    "crossed marks": ("lead: ", "lead: 市**の《《政**策》》", "marks-cross", "lead", "内側"),
    "newer format": ("layout: bro", "format: 2\nlayout: bro", "newer-format", "format", "新しく"),
    "no format": ("layout: bro", "format: new\nlayout: bro", "value-not-understood", "format", "format: 1"),
    "link": ("lead: ", "lead: 市[政](javascript:x)", "link-address", "lead", "https://"),
}


@pytest.mark.parametrize(("old", "new", "code", "field", "offer"), BROKEN.values(), ids=BROKEN.keys())
def test_each_mistake_is_told_with_its_line_and_field(
    told: Told, old: str, new: str, code: str, field: str, offer: str
) -> None:
    assert MANUSCRIPT.count(old) == 1
    broken = MANUSCRIPT.replace(old, new)
    found = next(found for found in told(broken) if found.code == code)
    assert found.where.field == field
    assert offer in found.hint
    line = broken.splitlines()[(found.where.line or 0) - 1]
    inside = {"missing-field": field.rpartition(".")[0]}.get(code, field)
    assert re.sub(r"\.[0-9]+", "", inside).rpartition(".")[2] in line or inside == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("slogan:", "slogn:"),
        ("\ntheme:", "\nテーマ:"),
        ("\ntheme:", "\nＴｈｅｍｅ:"),
        ("  telephone:", "  telefone:"),
        ("  place: 本庁舎 2階\n", "place: 本庁舎 2階\n"),
    ],
)
def test_a_name_that_stands_there_misspelt_is_not_missing_too(told: Told, old: str, new: str) -> None:
    assert MANUSCRIPT.count(old) == 1
    assert [found.code for found in told(MANUSCRIPT.replace(old, new))] == ["unknown-field"]


def test_a_name_that_is_like_none_leaves_the_missing_one_told(told: Told) -> None:
    assert {found.code for found in told(MANUSCRIPT.replace("lead: ", "zzz: "))} == {"unknown-field", "missing-field"}


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(told: Told) -> None:
    broken = MANUSCRIPT
    for old, new in (
        ("layout: brochure", "layout: x"),
        ("date: 令和9年4月1日", "date: 2013-02-30"),
        ("year: 令和9年度", "year: 平成40年度"),
        ("title: ", "titel: "),
        ("lead: ", "lead:"),
        ("slogan: 港", "slogan: {留萌|るもい}港"),
        ("theme: ", "theme: '"),
        ("  heading: ", "  heading: &a "),
        ("    - ともに動くこと\n", "\t- ともに動くこと\n"),
        ("    - 長く", "   - 長く"),
        ("          - とれた", "          # "),
        ("42-1809", "でんわ"),
        ("  place:", "  section: 課\n  place:"),
    ):
        assert broken.count(old) == 1, old
        broken = broken.replace(old, new)
    findings = told(broken)
    assert [(found.code, found.where.field) for found in findings] == [
        ("unknown-layout", "layout"),
        ("date-does-not-exist", "date"),
        ("outside-era", "year"),
        ("unknown-field", "titel"),
        ("space-after-colon", "lead"),
        ("needs-quotes", "slogan"),
        ("quote-not-closed", "theme"),
        ("yaml-anchor", "promises.heading"),
        ("tab", "promises.items.1"),
        ("wrong-indentation", "promises.items.2"),
        ("empty-list", "chapters.0.parts.1.points"),
        ("telephone-not-understood", "ask.telephone"),
        ("duplicate-key", "ask.section"),
    ]
    lines = [found.where.line or 0 for found in findings]
    assert lines == sorted(lines)


def test_a_warning_alone_does_not_stop_the_press(told: Told) -> None:
    findings = told(MANUSCRIPT.replace("長く続ける", "長\u304b\u3099く続ける"))
    assert [(found.code, found.severity) for found in findings] == [("decomposed-character", "warning")]


def test_text_that_yaml_would_type_reaches_the_page_as_written(told: Told, folder: Path) -> None:
    odd = {
        "title: 港の町のしおり": "title: no",
        "section: 広報担当": "section: 0164",
        "place: 本庁舎 2階": "place: 12:30",
    }
    text = MANUSCRIPT.replace("令和9年4月1日", "2027-04-01")
    for old, new in odd.items():
        text = text.replace(old, new)
    assert told(text) == ()
    issue = check(read(folder / "issue.yaml", folder), brochure.model(), folder=folder, layouts=["brochure"]).issue
    assert (issue.title.plain, issue.ask.section.plain, issue.ask.place.plain) == ("no", "0164", "12:30")
    assert issue.date.source == "2027-04-01"


def test_an_issue_never_changes(told: Told, folder: Path) -> None:
    assert told(MANUSCRIPT) == ()
    issue = check(read(folder / "issue.yaml", folder), brochure.model(), folder=folder, layouts=["brochure"]).issue
    with pytest.raises(ValidationError):
        issue.layout = "other"
    assert isinstance(issue.chapters, tuple)


@pytest.mark.parametrize("number", ["0", "1", "１", "'1'"])
def test_a_format_that_is_known_is_no_word_of_the_issue(told: Told, folder: Path, number: str) -> None:
    assert told(f"format: {number}\n{MANUSCRIPT}") == ()
    issue = check(read(folder / "issue.yaml", folder), brochure.model(), folder=folder, layouts=["brochure"]).issue
    assert issue.format == (number != "0")
    assert not [each for each in owed(issue, "print") if "format" in each.field]
    assert public_manuscript(issue).splitlines()[1] == f"format: {int(number.strip(chr(39)))}"


def test_of_a_newer_format_nothing_else_is_told(told: Told) -> None:
    broken = MANUSCRIPT.replace("layout: brochure", "layout: x").replace("title: ", "title: &a '")
    assert [found.code for found in told(f"format: 2\n{broken}")] == ["newer-format"]


class TownNews(Issue):
    """A second kind of issue, to show that one is a small module."""

    kind: ClassVar[str] = "town-news"
    articles: Several[Inline] = Field(title="記事", description="記事を1つずつ。")


def test_a_second_kind_is_one_small_model(folder: Path) -> None:
    (folder / "issue.yaml").write_text(
        "layout: town-news\ndate: 令和元年5月1日\narticles:\n  - '**夏**が来た'\n", encoding="utf-8"
    )
    issue = check(read(folder / "issue.yaml", folder), TownNews, folder=folder, layouts=["town-news"]).issue
    assert issue.articles[0].plain == "夏が来た"
    assert json_schema(TownNews)["required"] == ["layout", "date", "articles"]
