"""The model is closed, and every mistake is told at once with its line, its field and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import Field, ValidationError
from tests.repository_kinds import POLICY_LEAFLET

from koho_pdf.collation.owed import owed
from koho_pdf.content.check import check
from koho_pdf.content.issue import Issue
from koho_pdf.content.public import public_manuscript
from koho_pdf.content.schema import json_schema
from koho_pdf.content.values.model import Inline, Several
from koho_pdf.findings import Finding
from koho_pdf.manuscript.reader import read

Told = Callable[[str | bytes], tuple[Finding, ...]]

# Each: what to look for in the leaflet, what to write instead, the finding's code, its field, what its hint must offer.
BROKEN = {
    "misspelt field": ("catchphrase:", "catchphrese:", "unknown-field", "catchphrese", "catchphrase"),
    "capital field": ("\ntheme:", "\nTheme:", "unknown-field", "Theme", "theme"),
    "wide field": ("\ntheme:", "\nｔｈｅｍｅ:", "unknown-field", "ｔｈｅｍｅ", "theme"),
    "japanese field": ("\ntheme:", "\nテーマ:", "unknown-field", "テーマ", "theme"),
    "field of another group": ("  place:", "place:", "unknown-field", "place", "contact"),
    "misspelt inner field": ("- name: 都市", "- nama: 都市", "unknown-field", "pillars.1.initiatives.1.nama", "name"),
    "missing field": ("lead: ", "# ", "missing-field", "lead", "lead"),
    "missing inner field": ("  telephone: 42-1809\n", "", "missing-field", "contact.telephone", "telephone"),
    "empty text": ("title: 市政執行の重点的な取組", "title:", "empty-text", "title", "なくてはならない"),
    "empty date": ("date: 平成25年4月1日", "date:", "empty-text", "date", "なくてはならない"),
    "empty text that need not be": ("  copies: 12,000部", "  copies:", "empty-text", "printing.copies", "要らない"),
    "blank text": ("title: 市政執行の重点的な取組", "title: '　'", "empty-text", "title", "文章"),
    "list for a text": ("title: 市政", "title:\n  - 市政", "not-text", "title", "1行"),
    "group for a text": ("title: 市政", "title:\n  日時: 市政", "not-text", "title", "'"),
    "text for a list": (
        "policies:\n          - 食の",
        "policies: 食の",
        "not-a-list",
        "pillars.0.initiatives.1.policies",
        "- ",
    ),
    "text for a group": ("contact:\n  section: 政策調整課", "contact: 課", "not-a-group", "contact", "字下げ"),
    "list for a group": ("contact:\n", "contact:\n  - ", "not-a-group", "contact", "字下げ"),
    "empty list": ("          - 食の", "          # ", "empty-list", "pillars.0.initiatives.1.policies", "- "),
    "empty brackets": (
        "policies:\n          - 食の",
        "policies: [] # ",
        "empty-list",
        "pillars.0.initiatives.1.policies",
        "- ",
    ),
    "too few": (
        "    - 市民との「対話」の重視\n    - 市民との「協働」の推進\n",
        "",
        "wrong-count",
        "principles.items",
        "書き足して",
    ),
    "too many": ("  items:\n", "  items:\n    - 一\n    - 二\n", "wrong-count", "principles.items", "消す"),
    "era over": ("fiscal_year: 平成25年度", "fiscal_year: 平成40年度", "outside-era", "fiscal_year", "令和10年度"),
    "era's day over": ("date: 平成25年4月1日", "date: 平成31年5月1日", "outside-era", "date", "令和元年5月1日"),
    "no such day": ("date: 平成25年4月1日", "date: 2013-02-30", "date-does-not-exist", "date", "2月"),
    "no date": ("date: 平成25年4月1日", "date: 春", "date-not-understood", "date", "2013-04-01"),
    "no fiscal year": (
        "fiscal_year: 平成25年度",
        "fiscal_year: 2013",
        "fiscal-year-not-understood",
        "fiscal_year",
        "年度",
    ),
    "no telephone": ("42-1809", "内線123", "telephone-not-understood", "contact.telephone", "42-1809"),
    "unknown layout": ("layout: policy-leaflet", "layout: policy-leeflet", "unknown-layout", "layout", "town-news"),
    "too long": ("lead: ", "lead: " + "あ" * 2000, "field-too-long", "lead", "短く"),
    "ruby": ("lead: ", "lead: 市{政策|せ|い|さく}", "ruby-count", "lead", "読み"),
    "half a ruby": ("lead: ", "lead: 市{政策|}", "ruby-incomplete", "lead", "読み"),
    "open mark": ("lead: ", "lead: 市**", "mark-not-closed", "lead", "\\*\\*"),
    "crossed marks": ("lead: ", "lead: 市**の《《政**策》》", "marks-cross", "lead", "内側"),
    "newer format": ("layout: policy", "format: 2\nlayout: policy", "newer-format", "format", "新しく"),
    "no format": ("layout: policy", "format: new\nlayout: policy", "value-not-understood", "format", "format: 1"),
    "link": ("lead: ", "lead: 市[政](javascript:x)", "link-address", "lead", "https://"),
}


@pytest.mark.parametrize(("old", "new", "code", "field", "offer"), BROKEN.values(), ids=BROKEN.keys())
def test_each_mistake_is_told_with_its_line_and_field(
    told: Told, leaflet_text: str, old: str, new: str, code: str, field: str, offer: str
) -> None:
    assert leaflet_text.count(old) == 1
    broken = leaflet_text.replace(old, new)
    found = next(found for found in told(broken) if found.code == code)
    assert found.where.field == field
    assert offer in found.hint
    line = broken.splitlines()[(found.where.line or 0) - 1]
    inside = {"missing-field": field.rpartition(".")[0]}.get(code, field)
    assert re.sub(r"\.[0-9]+", "", inside).rpartition(".")[2] in line or inside == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("catchphrase:", "catchprase:"),
        ("\ntheme:", "\nテーマ:"),
        ("\ntheme:", "\nＴｈｅｍｅ:"),
        ("  telephone:", "  telefone:"),
        ("  place: 本庁舎 2階\n", "place: 本庁舎 2階\n"),
    ],
)
def test_a_name_that_stands_there_misspelt_is_not_missing_too(
    told: Told, leaflet_text: str, old: str, new: str
) -> None:
    assert leaflet_text.count(old) == 1
    assert [found.code for found in told(leaflet_text.replace(old, new))] == ["unknown-field"]


def test_a_name_that_is_like_none_leaves_the_missing_one_told(told: Told, leaflet_text: str) -> None:
    assert {found.code for found in told(leaflet_text.replace("lead: ", "zzz: "))} == {"unknown-field", "missing-field"}


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(told: Told, leaflet_text: str) -> None:
    broken = leaflet_text
    for old, new in (
        ("layout: policy-leaflet", "layout: x"),
        ("date: 平成25年4月1日", "date: 2013-02-30"),
        ("fiscal_year: 平成25年度", "fiscal_year: 平成40年度"),
        ("title: ", "titel: "),
        ("lead: ", "lead:"),
        ("catchphrase: 留", "catchphrase: {留萌|るもい}留"),
        ("theme: ", "theme: '"),
        ("introduction: ", "introduction: &a "),
        ("    - 市民との「協働」の推進\n", "\t- 市民との「協働」の推進\n"),
        ("    - 市民に「期待」", "   - 市民に「期待」"),
        ("          - 食の", "          # "),
        ("42-1809", "でんわ"),
        ("  place:", "  section: 課\n  place:"),
    ):
        assert broken.count(old) == 1, old
        broken = broken.replace(old, new)
    findings = told(broken)
    assert [(found.code, found.where.field) for found in findings] == [
        ("unknown-layout", "layout"),
        ("date-does-not-exist", "date"),
        ("outside-era", "fiscal_year"),
        ("unknown-field", "titel"),
        ("space-after-colon", "lead"),
        ("needs-quotes", "catchphrase"),
        ("quote-not-closed", "theme"),
        ("yaml-anchor", "introduction"),
        ("tab", "principles.items.1"),
        ("wrong-indentation", "principles.items.2"),
        ("empty-list", "pillars.0.initiatives.1.policies"),
        ("telephone-not-understood", "contact.telephone"),
        ("duplicate-key", "contact.section"),
    ]
    lines = [found.where.line or 0 for found in findings]
    assert lines == sorted(lines)


def test_a_warning_alone_does_not_stop_the_press(told: Told, leaflet_text: str) -> None:
    findings = told(leaflet_text.replace("るもいプラザ", "る\u304b\u3099もいプラザ"))
    assert [(found.code, found.severity) for found in findings] == [("decomposed-character", "warning")]


def test_text_that_yaml_would_type_reaches_the_page_as_written(told: Told, leaflet_text: str, folder: Path) -> None:
    odd = {
        "title: 市政執行の重点的な取組": "title: no",
        "section: 政策調整課": "section: 0164",
        "place: 本庁舎 2階": "place: 12:30",
    }
    text = leaflet_text.replace("平成25年4月1日", "2013-04-01")
    for old, new in odd.items():
        text = text.replace(old, new)
    assert told(text) == ()
    issue = check(read(folder / "issue.yaml", folder), POLICY_LEAFLET, folder=folder, layouts=["policy-leaflet"]).issue
    assert (issue.title.plain, issue.contact.section.plain, issue.contact.place.plain) == ("no", "0164", "12:30")
    assert issue.date.source == "2013-04-01"


def test_an_issue_never_changes(told: Told, leaflet_text: str, folder: Path) -> None:
    assert told(leaflet_text) == ()
    issue = check(read(folder / "issue.yaml", folder), POLICY_LEAFLET, folder=folder, layouts=["policy-leaflet"]).issue
    with pytest.raises(ValidationError):
        issue.layout = "other"
    assert isinstance(issue.pillars, tuple)


@pytest.mark.parametrize("number", ["0", "1", "１", "'1'"])
def test_a_format_that_is_known_is_no_word_of_the_issue(
    told: Told, leaflet_text: str, folder: Path, number: str
) -> None:
    assert told(f"format: {number}\n{leaflet_text}") == ()
    issue = check(read(folder / "issue.yaml", folder), POLICY_LEAFLET, folder=folder, layouts=["policy-leaflet"]).issue
    assert issue.format == (number != "0")
    assert not [each for each in owed(issue, "print") if "format" in each.field]
    assert public_manuscript(issue).splitlines()[1] == f"format: {int(number.strip(chr(39)))}"


def test_of_a_newer_format_nothing_else_is_told(told: Told, leaflet_text: str) -> None:
    broken = leaflet_text.replace("layout: policy-leaflet", "layout: x").replace("title: ", "title: &a '")
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
