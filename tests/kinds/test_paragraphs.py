"""Text of paragraphs (``body: |``): what becomes a paragraph, where mistakes in it are told, what is written back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kinds.conftest import City, Kinds

from koho_pdf.collation.owed import owed
from koho_pdf.content.outline import outline
from koho_pdf.content.public import WITHHELD, public
from koho_pdf.content.schema import json_schema
from koho_pdf.findings import Finding
from koho_pdf.kinds.reading_order import articles_of


@pytest.fixture
def city(kind: Kinds) -> City:
    return kind("body: {type: paragraphs, title: 本文}", "more: {type: paragraphs, optional: true}")


def said(issue: Any) -> list[str]:
    return [each.plain for each in issue.body]


def places(found: tuple[Finding, ...]) -> list[tuple[str, int | None, int | None]]:
    return [(each.code, each.where.line, each.where.column) for each in found]


READ = {
    "one line": ("body: 一段落だけ。\n", ["一段落だけ。"]),
    "two paragraphs": ("body: |\n  一。\n\n  二。\n", ["一。", "二。"]),
    "many blank lines": ("body: |\n\n\n  一。\n  　\n\n\n  二。\n\n\n", ["一。", "二。"]),
    "a line that was full": ("body: |\n  まちの\n  こと。\n", ["まちのこと。"]),
    "Latin words": ("body: |\n  Hello\n  world と\n  PDF\n", ["Hello world とPDF"]),
    "wide space before each": ("body: |\n  　一。\n  　二。\n  続き。\n", ["一。", "二。続き。"]),
    "half-width indentation": ("body: |\n    一。\n  続き。\n\n    二。\n", ["一。続き。", "二。"]),
    "kept": ("body: |+\n  一。\n\n  二。\n\n\n", ["一。", "二。"]),
    "stripped": ("body: |-\n  一。\n\n  二。\n", ["一。", "二。"]),
    "trailing spaces": ("body: |  \n  一。  　\n  続き。 \n", ["一。続き。"]),
    "comment beside": ("body: | # 本文\n  一。\n\n  二。\n", ["一。", "二。"]),
    "YAML's signs": ("body: |\n  - 一: '二'\n\n  {x} [y] & *z\n", ["- 一: '二'", "{x} [y] & *z"]),
    "marks over lines": ("body: |\n  **強\n  調**と{留\n  萌|るもい}\n", ["強調と留萌"]),
    "a comment at the margin": ("body: |\n  一。\n# 覚え書き\n  二。\nmore: |\n  三\n  四\n", ["一。", "二。"]),
    "one line of a block": ("body: |\n  一。\n", ["一。"]),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_become_paragraphs(city: City, text: str, expected: list[str], ends: str) -> None:
    issue = city.issue(text.replace("\n", ends))
    assert said(issue) == expected
    assert said(city.again(issue)) == expected
    assert city.again(issue).body.source == issue.body.source


def test_a_byte_order_mark_is_no_word(city: City) -> None:
    head = "\ufefflayout: one\ndate: 令和9年3月1日\ntitle: 題\n"
    assert said(city.issue("body: |\n  一。\n\n  二。\n", head)) == ["一。", "二。"]


WRONG = {
    "a mark never closed": ("body: |\n  一。\n\n  二の**文。\n", "mark-not-closed", 7, 5),
    "on a later line": ("body: |\n  一。\n  二{留萌|。\n", "mark-not-closed", 6, 4),
    "a reading too few": ("body: |\n\n  {政策課|せい|さく}\n", "ruby-count", 6, 3),
    "nothing": ("body: |\nmore: x\n", "empty-text", 4, None),
    "blank lines": ("body: |\n\n\nmore: x\n", "empty-text", 4, None),
    "wide spaces": ("body: |\n  　\n  　\nmore: x\n", "empty-text", 4, None),
    "a tab in it": ("body: |\n  一。\n  二\t。\n", "tab", 6, None),
    "a tab before it": ("body: |\n\t一。\n\n\t二。\nmore: x\n", "tab", 5, None),
    "a wide indentation": ("body: |\n　一。\n\n　二。\nmore: x\n", "wide-space", 5, None),
    "text beside the bar": ("body: | 一。\n  二。\n", "text-after-bar", 4, None),
    "no bar": ("body:\n  一。\n  二。\nmore: x\n", "line-without-name", 5, None),
    "folded": ("body: >\n  一。\n  二。\n", "text-over-lines", 4, None),
    "quoted": ("body: '一。\n  二。'\n", "text-over-lines", 4, None),
    "a list": ("body:\n  - 一。\n", "not-text", 4, None),
    "too long": (f"body: |\n  一。\n\n  {'字' * 2001}\n", "field-too-long", 7, None),
    "a control": ("body: |\n  一。\n  二\x07。\n", "control-character", 6, 4),
    "a merge": ("body: |\n  一。\n<<<<<<< HEAD\n  二。\n=======\n  三。\n>>>>>>> x\n", "merge-conflict", 6, None),
}


@pytest.mark.parametrize(("text", "code", "line", "column"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_at_its_own_line(city: City, text: str, code: str, line: int, column: int | None) -> None:
    found = city.told(text)
    first = found[0]
    assert (first.code, first.where.line) == (code, line)
    assert column is None or first.where.column == column
    assert {each.code for each in found} <= {code, "text-over-lines"}
    assert all(each.hint for each in found)


def test_every_paragraph_with_a_mistake_is_told(city: City) -> None:
    found = city.told("body: |\n  **一\n\n  二\n\n  ((三\nmore: |\n  a\n  [b](javascript:x)\n")
    assert places(found) == [("mark-not-closed", 5, 3), ("mark-not-closed", 9, 3), ("link-address", 12, 5)]
    assert [each.where.field for each in found] == ["body.0", "body.2", "more.0"]


def test_no_other_field_takes_lines(kind: Kinds) -> None:
    city = kind(
        "body: {type: text}",
        "name: {type: plain}",
        "list: {type: list, of: text}",
        "count: {type: number, least: 1, most: 9}",
        "pick: {type: choice, of: [a, b]}",
        "yes: {type: answer}",
        "face: {type: face}",
        "day: {type: date}",
        "call: {type: telephone}",
        "copies: {type: copies}",
        "photo: {type: picture}",
    )
    text = "".join(f"{name}: |\n  1\n  2\n" for name in ("body", "name", "count", "pick", "yes", "face", "day"))
    text += "call: |\n  1\n  2\ncopies: |\n  1\n  2\nlist:\n  - |\n    1\n    2\n"
    text += "photo:\n  file: |\n    1\n    2\n  alt: |\n    1\n    2\n"
    found = city.told(text)
    assert {each.code for each in found} == {"text-over-lines"}
    assert len(found) == 12
    assert all("|」と書き" in each.hint for each in found)


def test_warnings_stand_at_their_lines(city: City) -> None:
    found = city.told("body: |\n  一。\n  ｺｳﾎｳ\n\n  # 見出し\n")
    assert places(found) == [("half-width-kana", 6, 3), ("hash-in-block", 8, 3)]


def test_each_paragraph_is_owed_and_told_by_itself(city: City) -> None:
    issue = city.issue("body: |\n  一。\n\n  **二**。\n")
    assert [(each.field, each.ways) for each in owed(issue, "print")][1:] == [
        ("body.0", ("一。",)),
        ("body.1", ("二。",)),
    ]
    assert [(each.field, each.words) for each in outline(issue).parts[-2:]] == [("body.0", "一。"), ("body.1", "二。")]
    (article,) = articles_of(issue)
    assert [(block.field, block.plain) for block in article.blocks] == [("body.0", "一。"), ("body.1", "二。")]  # type: ignore[union-attr]


def test_an_editor_allows_as_much_as_the_check(city: City) -> None:
    text, group = json_schema(city.kind.model)["properties"]["body"]["oneOf"]
    assert text["maxLength"] == group["properties"]["text"]["maxLength"] == 20_000
    assert city.told("body: |\n" + ("  " + "字" * 1900 + "。\n\n") * 9) == ()
    assert [each.code for each in city.told("body: |\n" + ("  " + "字" * 1900 + "。\n\n") * 11)] == ["field-too-long"]


def test_for_print_alone(city: City) -> None:
    issue = city.issue("body:\n  text: |\n    一。\n\n    二。\n  media: [print]\nmore: |\n  三\n\n  四\n")
    assert [each.field for each in issue.body] == ["body.0", "body.1"]
    assert said(public(issue)) == [WITHHELD]
    assert said(city.again(issue)) == [WITHHELD]
    assert "一" not in "".join(each.words for each in outline(issue).parts)
    optional = city.issue("body: 一\nmore:\n  media: [print]\n  text: |\n    三\n    四\n")
    assert public(optional).more is None


def test_a_field_may_be_called_text(kind: Kinds) -> None:
    city = kind("box: {type: group, name: Box, fields: {text: {type: paragraphs}, photo: {type: plain}}}")
    issue = city.issue("box:\n  text: |\n    一。\n\n    二。\n  photo: x\n")
    assert [(each.field, each.line) for each in issue.box.text] == [("box.text.0", 6), ("box.text.1", 8)]
    (found,) = city.told("box:\n  text: |\n    一。\n\n    ｺｳﾎｳ\n  photo: x\n")
    assert (found.where.field, found.where.line) == ("box.text.1", 8)


LINES = st.text(alphabet="あ　 a-'\"#:|{}[]\\*&!%@,?>漢", max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(LINES, max_size=8))
def test_whatever_is_read_is_written_back(city: City, lines: list[str]) -> None:
    text = "body: |\n" + "".join(f"  {line}\n" for line in lines) + "more: x\n"
    found = city.told(text)
    if any(each.severity == "error" for each in found):
        assert all(each.hint for each in found)
        return
    issue = city.issue(text)
    again = city.again(issue)
    assert said(again) == said(issue)
    assert [each.runs for each in again.body] == [each.runs for each in issue.body]
    kept = "".join("".join(said(issue)).split())
    assert kept == "".join("".join(each.plain for each in issue.body).split())
