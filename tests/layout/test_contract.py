"""A layout's contract: read as written; whatever is wrong in it is told at once, with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from koho_pdf.errors import LayoutError
from koho_pdf.layout.contract import layout_names, read_layout
from koho_pdf.layout.slot import Slot
from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.inks import Tones

REPOSITORY = Path(__file__).parents[2]
GOOD = """\
kind: policy-leaflet
title: 見本
trim: 148 x 105
bleed: 3
pages: 1
colours:
  ink: 0/0/0/100
  sky: [10/0/0/0, 20/0/0/0]
slots:
  words: {size: 20, line_feed: 32, chars_per_line: 10.5, lines: 3, indent: 16}
colours_two:
  sky: [60/20, 0/12.5]
colours_one:
  ink: 95
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "layouts" / "mihon"
    made.mkdir(parents=True)
    (made / "layout.yaml").write_text(GOOD, encoding="utf-8")
    return made


def test_it_is_read_as_written(folder: Path, tmp_path: Path) -> None:
    layout = read_layout(folder, tmp_path)
    assert (layout.name, layout.kind, layout.title) == ("mihon", "policy-leaflet", "見本")
    assert (layout.trim, layout.bleed, layout.pages) == ((148.0, 105.0), 3.0, 1)
    assert layout.colours["ink"] == ProcessColour(0, 0, 0, 100)
    assert layout.colours["sky"] == (ProcessColour(10, 0, 0, 0), ProcessColour(20, 0, 0, 0))
    assert layout.colours_two == {"sky": (Tones(60, 20), Tones(0, 12.5))}
    assert layout.colours_one == {"ink": Tones(0, 95)}
    assert layout.slots == {"words": Slot(20, 32, 10.5, 3, 16)}


def test_a_slots_measure_is_its_characters(folder: Path, tmp_path: Path) -> None:
    css = read_layout(folder, tmp_path).slots["words"].css("words")
    assert css.startswith('[data-slot="words"]')
    assert "width: 56.520mm" in css  # 10.5 x 5 mm and 4 mm of indent, and a hair
    assert "height: 24.000mm" in css
    assert "font-size: 5.0000mm" in css
    assert "line-height: 8.0000mm" in css


READ, FIT = "value-not-understood", "layout-broken"


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "code", "said"),
    [
        ("title: 見本\n", "", 1, "title", "missing-field", "「title」（題名）がありません"),
        ("pages: 1", "pages: 1\npaper: A4", 6, "paper", "unknown-field", "「paper」は、ここでは使えません"),
        ("pages: 1", "page: 1", 5, "page", "unknown-field", "「page」"),
        ("pages: 1", "pages:", 5, "pages", "empty-text", "中身がありません"),
        ("pages: 1", "pages: [1]", 5, "pages", "not-text", "一覧"),
        ("trim: 148 x 105", "trim: A6", 3, "trim", READ, "「A6」は、仕上り寸法として読めません"),
        ("trim: 148 x 105", "trim: 148", 3, "trim", READ, "「148」"),
        ("bleed: 3", "bleed: 三", 4, "bleed", READ, "「三」は、塗り足しとして読めません"),
        ("pages: 1", "pages: 1.5", 5, "pages", READ, "「1.5」は、ページ数として読めません"),
        ("pages: 1", "format: new\npages: 1", 5, "format", READ, "「new」は、書き方の番号として読めません"),
        ("pages: 1", "format: 2\npages: one", 5, "format", "newer-format", "新しい書き方（format: 2）"),
        ("ink: 0/0/0/100", "ink: black", 7, "colours.ink", READ, "「black」は、色として読めません"),
        ("ink: 0/0/0/100", "ink: 0/0/0/101", 7, "colours.ink", READ, "「0/0/0/101」は、色として読めません"),
        ("20/0/0/0]", "20/0/0]", 8, "colours.sky.1", READ, "「20/0/0」は、色として読めません"),
        ("60/20", "60/20/0", 12, "colours_two.sky.0", READ, "「60/20/0」は、2色の仕事の色として読めません"),
        ("60/20", "60", 12, "colours_two.sky.0", READ, "「60」"),
        ("60/20", "60/101", 12, "colours_two.sky.0", READ, "「60/101」"),
        ("ink: 95", "ink: 0/95", 14, "colours_one.ink", READ, "「0/95」は、1色の仕事の色として読めません"),
        ("ink: 95", "ink: -5", 14, "colours_one.ink", READ, "「-5」"),
        ("ink: 95", "sea: 95", 14, "colours_one.sea", FIT, "色「sea」は colours にありません"),
        ("[60/20, 0/12.5]", "[60/20]", 12, "colours_two.sky", FIT, "色「sky」の数が colours と違います"),
        ("[60/20, 0/12.5]", "60/20", 12, "colours_two.sky", FIT, "色「sky」の数が colours と違います"),
        ("ink: 95", "ink: [95]", 14, "colours_one.ink", FIT, "色「ink」の数が colours と違います"),
        ("lines: 3", "lines: many", 10, "slots.words.lines", READ, "「many」は、行数として読めません"),
        ("size: 20, ", "", 10, "slots.words.size", "missing-field", "「size」（文字の大きさ）がありません"),
        ("indent: 16", "indents: 16", 10, "slots.words.indents", "unknown-field", "「indents」は、ここでは使えません"),
        (
            "pages: 1\n",
            "pages: 1\nsection_colours: [ink, sea]\n",
            6,
            "section_colours.1",
            FIT,
            "「sea」は colours の1色",
        ),
        ("pages: 1\n", "pages: 1\nsection_colours: sky\n", 6, "section_colours", FIT, "「sky」は colours の1色"),
        (
            "pages: 1\n",
            "pages: 1\nomits: {web: {place: 地図}}\n",
            6,
            "omits.web.place",
            FIT,
            "この種類の原稿の項目ではありません",
        ),
        ("pages: 1\n", "pages: 1\nomits: {web: {lead: }}\n", 6, "omits.web.lead", "empty-text", "中身がありません"),
        ("pages: 1\n", "pages: 1\nomits: {large: {lead: 長い}}\n", 6, "omits.large", "unknown-field", "「large」"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    folder: Path,
    tmp_path: Path,
    edit: Callable[[Path, str, str], None],
    old: str,
    new: str,
    line: int,
    field: str,
    code: str,
    said: str,
) -> None:
    edit(folder / "layout.yaml", old, new)
    with pytest.raises(LayoutError) as raised:
        read_layout(folder, tmp_path)
    (found,) = raised.value.findings
    assert said in found.message
    assert found.hint
    assert (found.code, found.where.file) == (code, "layouts/mihon/layout.yaml")
    assert (found.where.line, found.where.field) == (line, field)


def test_a_slip_of_yaml_is_the_designers_too(
    folder: Path, tmp_path: Path, edit: Callable[[Path, str, str], None]
) -> None:
    edit(folder / "layout.yaml", "pages: 1", "pages: 1\n---")
    with pytest.raises(LayoutError) as raised:
        read_layout(folder, tmp_path)
    (found,) = raised.value.findings
    assert (found.code, found.where.line) == ("several-documents", 6)
    assert "layout.yaml" in found.hint
    for text in ("", "- trim\n"):
        (folder / "layout.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(LayoutError) as raised:
            read_layout(folder, tmp_path)
        (found,) = raised.value.findings
        assert found.code == ("not-a-manuscript" if text else "empty-manuscript")
        assert "layout.yaml" in found.message
        assert "「kind: 」" in found.hint


@pytest.mark.parametrize(
    ("key", "value"),
    [("pages", "00"), ("pages", "-1"), ("bleed", "-3"), ("bleed", "nan"), ("trim", "0 x 0"), ("trim", "210 x 1_0")],
)
def test_impossible_numbers_are_refused(
    folder: Path, tmp_path: Path, edit: Callable[[Path, str, str], None], key: str, value: str
) -> None:
    path = folder / "layout.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(f"{key}: {value}" if line.startswith(f"{key}:") else line for line in lines), encoding="utf-8"
    )
    with pytest.raises(LayoutError) as raised:
        read_layout(folder, tmp_path)
    assert [(found.code, found.where.field) for found in raised.value.findings] == [(READ, key)]


def test_no_pages_are_as_many_as_the_texts_take(
    folder: Path, tmp_path: Path, edit: Callable[[Path, str, str], None]
) -> None:
    edit(folder / "layout.yaml", "pages: 1", "pages: 0")
    assert read_layout(folder, tmp_path).pages == 0


@pytest.mark.parametrize("slots", ["[]", "{words: 20}", "none"])
def test_slots_that_are_no_slots_are_refused(folder: Path, tmp_path: Path, slots: str) -> None:
    text = (folder / "layout.yaml").read_text(encoding="utf-8")
    (folder / "layout.yaml").write_text(text[: text.index("slots:")] + f"slots: {slots}\n", encoding="utf-8")
    with pytest.raises(LayoutError):
        read_layout(folder, tmp_path)


def test_a_warning_does_not_stop_the_press(
    folder: Path, tmp_path: Path, edit: Callable[[Path, str, str], None]
) -> None:
    """か and a combining mark in place of が."""
    edit(folder / "layout.yaml", "title: 見本", "title: か\u3099見本")
    assert read_layout(folder, tmp_path).title.endswith("見本")


def test_all_is_told_at_once(folder: Path, tmp_path: Path) -> None:
    (folder / "layout.yaml").write_text("trim: x\nbleed: y\ncolours: {ink: z}\nslots: {words: {}}\n", encoding="utf-8")
    with pytest.raises(LayoutError) as raised:
        read_layout(folder, tmp_path)
    assert len(raised.value.findings) == 3 + 2 + 1 + 4


def test_of_colours_that_are_lost_those_of_fewer_inks_are_not_told_too(
    folder: Path, tmp_path: Path, edit: Callable[[Path, str, str], None]
) -> None:
    edit(folder / "layout.yaml", "colours:\n", "colors:\n")
    with pytest.raises(LayoutError) as raised:
        read_layout(folder, tmp_path)
    assert [found.where.field for found in raised.value.findings] == ["colors"]


def test_layouts_are_the_folders_with_a_contract(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "layouts" / "_shared").mkdir()
    assert layout_names(tmp_path / "layouts") == ("mihon",)
    assert layout_names(tmp_path / "nothing") == ()


def test_the_repositorys_layouts_are_whole() -> None:
    names = layout_names(REPOSITORY / "layouts")
    assert "policy-leaflet" in names
    for name in names:
        layout = read_layout(REPOSITORY / "layouts" / name, REPOSITORY)
        as_many_as_needed = layout.kind in ("specimen", "programme", "newsletter")  # by their texts, or their plan
        assert (layout.pages == 0) is as_many_as_needed
        assert all(slot.size >= 13 for slot in layout.slots.values())
        assert all(
            colour.total_ink <= 300
            for value in layout.colours.values()
            for colour in (value if isinstance(value, tuple) else (value,))
        )
