"""Any closed model is read from a tree with all its mistakes at once, whatever file it is of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field, PlainValidator, Strict, ValidationInfo

from koho_pdf.findings import Finding, warning
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.mistakes import checked
from koho_pdf.manuscript.readable import OneOrMore, count
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.refusal import value_given

Number = Annotated[int, count("数を書いてください。")]


class Size(Group):
    wide: Number = Field(title="幅", examples=[3])
    high: Number = Field(title="高さ")
    unit: str = Field(default="mm", title="単位", alias="as")


class Box(Group):
    name: Annotated[str, PlainValidator(value_given)] = Field(title="名前")
    sizes: dict[str, Size] = Field(title="大きさ")
    pair: Annotated[tuple[Number, ...], Strict(False)] = Field(default=(), title="組", min_length=2, max_length=2)
    inner: Size | None = None
    few: Annotated[int | tuple[int, ...], OneOrMore(count("数を書いてください。"))] = Field(default=(), title="数")


def told(folder: Path, text: str, model: type[Group] = Box) -> list[Finding]:
    (folder / "box.yaml").write_text(text, encoding="utf-8")
    value, findings = checked(read(folder / "box.yaml", folder), model)
    assert (value is None) == bool(findings)
    return findings


GOOD = "name: 箱\nsizes:\n  size: {wide: 1, high: 2}\n"


@pytest.mark.parametrize(
    ("text", "code", "field", "line", "offer"),
    [
        (GOOD.replace("name", "nam"), "unknown-field", "nam", 1, "「name」"),
        (GOOD.replace("name", "名前"), "unknown-field", "名前", 1, "「name」"),
        (GOOD.replace("name: 箱\n", ""), "missing-field", "name", 1, "「name: 」"),
        (GOOD.replace("wide: 1, ", ""), "missing-field", "sizes.size.wide", 3, "「wide: 3」"),
        (GOOD.replace("high", "hihg"), "unknown-field", "sizes.size.hihg", 3, "「high」"),
        (GOOD.replace("2}", "2, as_: mm}"), "unknown-field", "sizes.size.as_", 3, "「as」"),
        (GOOD.replace("2}", "二}"), "value-not-understood", "sizes.size.high", 3, "数を"),
        (GOOD.replace("2}", "[2]}"), "not-text", "sizes.size.high", 3, "1つの値"),
        (GOOD.replace("2}", "}"), "empty-text", "sizes.size.high", 3, "数を書いてください。なくてはならない"),
        (GOOD.replace("{wide: 1, high: 2}", "3"), "not-a-group", "sizes.size", 3, "名前: 値"),
        ("name: 箱\nsizes: 3\n", "not-a-group", "sizes", 2, "名前: 値"),
        (GOOD + "pair: 3\n", "not-a-list", "pair", 4, "- 値"),
        (GOOD + "pair: [1, x]\n", "value-not-understood", "pair.1", 4, "数を"),
        (GOOD + "pair: [1, 2, 3]\n", "wrong-count", "pair", 4, "消す"),
        (GOOD + "pair: []\n", "empty-list", "pair", 4, "- 値"),
        (GOOD + "few:\n  - 1\n  - 一\n", "value-not-understood", "few.1", 6, "数を"),
        (GOOD + "few: [1, ' ']\n", "empty-text", "few.1", 4, "行ごと消して"),
        (GOOD + "few: [1, [2]]\n", "not-text", "few", 4, "1つの値"),
        (GOOD + "wide: 3\n", "unknown-field", "wide", 4, "sizes の中"),
        (GOOD + "media: [print]\n", "unknown-field", "media", 4, "ここに書ける項目: name"),
        (GOOD + "format: 2\n", "newer-format", "format", 4, "新しく"),
    ],
)
def test_each_mistake_has_its_place_and_its_mending(
    tmp_path: Path, text: str, code: str, field: str, line: int, offer: str
) -> None:
    (found,) = told(tmp_path, text)
    assert (found.code, found.where.file, found.where.field, found.where.line) == (code, "box.yaml", field, line)
    assert offer in found.hint


def test_names_of_ones_own_may_be_names_of_fields(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "name: 箱\nsizes:\n  inner: {wide: 1, high: x}\n")
    assert (found.where.field, found.message) == ("sizes.inner.high", "「x」は、高さとして読めません。")


def test_all_is_told_at_once(tmp_path: Path) -> None:
    found = told(tmp_path, "nam: 箱\nsizes:\n  a: {wide: x}\n  b: 1\npair: []\ninner: '\n")
    assert sorted((each.code, each.where.line) for each in found) == [
        ("empty-list", 5),
        ("missing-field", 3),
        ("not-a-group", 4),
        ("quote-not-closed", 6),
        ("unknown-field", 1),
        ("value-not-understood", 3),
    ]


def test_a_list_item_that_was_not_read_is_told_once(tmp_path: Path) -> None:
    (found,) = told(tmp_path, f"{GOOD}few:\n  - 1\n  - '\n")
    assert (found.code, found.where.field) == ("quote-not-closed", "few.1")


def test_of_a_newer_format_nothing_else_is_told(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "format: 12\nboxes: &a '\n")
    assert (found.code, found.where.line) == ("newer-format", 1)
    assert "12" in found.message


def short(value: object, given: ValidationInfo) -> str:
    assert given.context is not None
    given.context["warnings"].append(("name", warning("empty-text", "短い名前です。")))
    return value_given(value)


def test_a_type_may_warn(tmp_path: Path) -> None:
    class Warned(Group):
        name: Annotated[str, PlainValidator(short)]

    (tmp_path / "box.yaml").write_text("name: 箱\n", encoding="utf-8")
    value, (found,) = checked(read(tmp_path / "box.yaml", tmp_path), Warned)
    assert value is not None
    assert (found.code, found.where.line, found.where.field) == ("empty-text", 1, "name")
