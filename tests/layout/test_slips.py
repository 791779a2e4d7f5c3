"""A designer's slips that no engine tells of are told with file, line and the nearest name."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from koho_pdf.errors import LayoutError
from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.unused_slots import unused_slots

if TYPE_CHECKING:
    from tests.conftest import Edit, Told


def test_names_that_lead_nowhere_are_told_at_once(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    extra = '<p data-slot="tx" data-field="titel">x</p>\n<p data-field="chapters.0.nmae">y</p>\n'
    extra += '<p data-field="chapters.2.parts.0.points.1">z</p>\n'
    edit(layout / "layout.html", "</body>", f"\n{extra}</body>")
    with (layout / "layout.css").open("a", encoding="utf-8") as file:
        file.write("\np { color: var(--inck) } /* var(--nobody) */\np { margin: var(--none, 0) }\n")
    found = [(each, each.where.file or "") for each in told(tiny, "tiny") if each.code != "text-near-trim"]
    line = (layout / "layout.html").read_text(encoding="utf-8").splitlines().index(extra.splitlines()[0]) + 1
    assert {(each.code, each.where.line if file.endswith("html") else 0, each.hint) for each, file in found} == {
        ("slot-unknown", line, "layout.yaml の slots に、大きさと字数と行数を書いてください。"),
        ("field-not-of-kind", line, "「title」のことではありませんか。"),
        ("field-not-of-kind", line + 1, "「name」のことではありませんか。"),
        ("css-variable-unknown", 0, "「--ink」のことではありませんか。"),
    }


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ issue.titel }}", "「titel」というものはありません。「title」のことではありませんか"),
        ("{{ issue.titel|inline }}", "「titel」というものはありません。「title」のことではありませんか"),
        ("{{ issue.title|inlnie }}", "「|inlnie」というフィルターはありません。「|inline」のことではありませんか"),
        ("{% if issue.title %}", "「{% if %}」が閉じられていません"),
        ('{% include "abuot.html" %}', "ひな形「abuot.html」がありません"),
    ],
)
def test_a_broken_template_is_told_in_plain_words(
    tiny: Path, layout: Path, edit: Edit, told: Told, template: str, words: str
) -> None:
    edit(layout / "layout.html", "<body>", f"<body>{template}")
    (found,) = told(tiny, "tiny")
    assert f"（{words}）" in found.message


def test_a_rule_whose_brace_is_missing_is_told_at_its_line(tiny: Path, layout: Path, told: Told) -> None:
    style = layout / "layout.css"
    style.write_text("h3 color: red }\nh2 { color: red }\n" + style.read_text(encoding="utf-8"), encoding="utf-8")
    found = [each for each in told(tiny, "tiny") if each.code in ("css-not-understood", "engine-muttered")]
    assert [(each.code, each.where.file, each.where.line) for each in found] == [
        ("css-not-understood", "layouts/tiny/layout.css", 1)
    ]


def test_a_field_of_a_list_is_left_out_once_for_all(tiny: Path, layout: Path, edit: Edit) -> None:
    omits = dict.fromkeys(("chapters.parts.points", "chapters.nmae"), "小さい紙なので")
    read = read_layout(layout, tiny)
    assert replace(read, omits={"web": omits}).leaves_out("web", "chapters.2.parts.0.points.1")
    assert not replace(read, omits={"web": omits}).leaves_out("web", "chapters.2.parts.0.name")
    with pytest.raises(LayoutError) as refused:
        edit(layout / "layout.yaml", "omits:\n  print:\n", "omits:\n  print:\n    chapters.nmae: 小さい紙なので\n")
        read_layout(layout, tiny)
    found = refused.value.findings
    assert [each.hint.split("。")[0] for each in found] == ["「name」のことではありませんか"]


def test_what_is_wrong_with_layout_and_manuscript_is_told_together(
    tiny: Path, layout: Path, edit: Edit, told: Told
) -> None:
    edit(layout / "layout.yaml", "trim: 148 x 105", "trim: A6")
    edit(tiny / "content" / "tiny" / "issue.yaml", "telephone: 42-1809", "telephone: 42")
    found = told(tiny, "tiny")
    assert [(each.code, each.where.file) for each in found] == [
        ("value-not-understood", "layouts/tiny/layout.yaml"),
        ("telephone-not-understood", "content/tiny/issue.yaml"),
    ]
    edit(layout / "layout.yaml", "kind: brochure", "kind: brochuer")
    first, second = told(tiny, "tiny")
    assert (first.code, first.hint.split("。")[0]) == ("layout-broken", "「brochure」のことではありませんか")
    assert second.code == "value-not-understood"


def test_a_field_without_its_name_or_its_slot_is_told_once_at_its_line(
    tiny: Path, layout: Path, edit: Edit, told: Told
) -> None:
    """Words that another element says by chance do not excuse the field; a list is told once."""
    shutil.copytree(tiny / "content" / "tiny", layout / "sample")
    sample = "../layouts/tiny/sample"
    assert told(tiny, sample) == ()
    kept = (layout / "layout.html").read_text(encoding="utf-8")
    edit(layout / "layout.html", ' data-field="closing.0"', "")
    (found,) = told(tiny, sample)
    assert (found.code, found.severity, found.where.file, found.where.line, found.where.field) == (
        "field-unmarked",
        "warning",
        "layouts/tiny/layout.html",
        2,
        "closing.0",
    )
    (layout / "layout.html").write_text(kept.replace(' data-slot="words"', ""), encoding="utf-8")
    found, unused = told(tiny, sample)
    assert (found.code, found.where.line, found.where.field) == ("field-without-slot", 2, "closing")
    assert (unused.code, unused.severity, unused.where.file, unused.where.field) == (
        "slot-unused",
        "note",
        "layouts/tiny/layout.yaml",
        "slots.words",
    )
    assert told(tiny, "tiny") == ()  # an editor cannot mend it
    (layout / "layout.html").write_text(kept.replace("data-field=", "data-owner="), encoding="utf-8")
    assert told(tiny, sample) == ()


@pytest.mark.parametrize(
    ("attribute", "unused"),
    [
        ('data-slot="words"', {"words-long", "head"}),
        ('data-slot="words{{ "-long" if issue.year }}"', {"head"}),
        ("data-slot='words{% if issue.year %}-long{% endif %}'", {"head"}),
        ('data-slot="{{ slot }}"', {"words-long", "head"}),  # {% set slot = "words" %}
        ('data-slot="{{ slot ~ rest }}"', set()),
        ('data-slot="words" {# data-slot="head" #}', {"words-long", "head"}),
    ],
)
def test_slots_that_no_template_names(tiny: Path, layout: Path, edit: Edit, attribute: str, unused: set[str]) -> None:
    size = "{size: 20, line_feed: 32, chars_per_line: 10, lines: 3}"
    edit(layout / "layout.yaml", "slots: {", f"slots: {{words-long: {size}, head: {size}, ")
    edit(layout / "layout.html", 'data-slot="words"', attribute)
    edit(layout / "layout.html", "<body>", '{% set slot, rest = "words", "" %}<body>')
    found = unused_slots(read_layout(layout, tiny), tiny)
    assert {str(each.where.field).removeprefix("slots.") for each in found} == unused


@pytest.mark.parametrize(
    ("style", "code", "line"),
    [
        (".words { position: absolute; left: 2mm; top: 20mm }", "text-near-trim", 3),
        (".words { position: absolute; left: 140mm; top: 20mm }", "text-off-page", 3),
        (".words { position: absolute; left: 20mm; top: 20mm }\np.words { font-size: 2mm }", "type-too-small", 4),
        (".words { position: absolute; left: 20mm; top: 20mm;\n color: device-cmyk(0 0 0 0) }", "words-unseen", 3),
        (".around { position: absolute; left: 2mm; top: 20mm }", "text-near-trim", 3),
    ],
)
def test_what_the_layout_causes_is_told_at_its_rule(
    tiny: Path, layout: Path, told: Told, edit: Edit, style: str, code: str, line: int
) -> None:
    if ".around" in style:
        edit(layout / "layout.html", '<p class="words"', '<div class="around"><p')
        edit(layout / "layout.html", "</p></body>", "</p></div></body>")
    (layout / "layout.css").write_text(f'/* .words {{ left: 0 }} */\nhtml {{ font-family: "BIZ UDGothic" }}\n{style}\n')
    found = next(each for each in told(tiny, "tiny") if each.code == code)
    assert (found.where.file, found.where.line, found.where.field) == ("layouts/tiny/layout.css", line, "closing.0")
    assert "文章を短く" not in found.hint


def test_what_too_many_words_cause_stays_the_editors(tiny: Path, edit: Edit, told: Told) -> None:
    edit(tiny / "content/tiny/issue.yaml", "短い文です。", "長い文です。" * 12)
    assert {(each.code, each.where.file) for each in told(tiny, "tiny")} == {("overset", "content/tiny/issue.yaml")}


def test_two_texts_of_very_different_size_in_one_place(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    """A word in large type behind a text is no ornament, as a large figure is; both rules are named."""
    large = '<p class="large" aria-hidden="true">WORDS</p></body>'
    kept = (layout / "layout.html").read_text(encoding="utf-8")
    with (layout / "layout.css").open("a", encoding="utf-8") as file:
        file.write(".large { position: absolute; left: 18mm; top: 16mm; font-size: 14mm; line-height: 16mm }\n")
    for words, codes in (("港まつりの夜", ["words-unseen"]), ("2027", ["words-unseen"]), ("50", [])):
        (layout / "layout.html").write_text(kept.replace("</body>", large.replace("WORDS", words)), encoding="utf-8")
        assert [each.code for each in told(tiny, "tiny")] == codes, words


def test_a_variable_that_leads_nowhere_in_a_sum_is_told_though_the_engine_stops(
    tiny: Path, layout: Path, edit: Edit, told: Told
) -> None:
    edit(layout / "layout.css", "left: 20mm", "left: calc(var(--lft) + 20mm)")
    (found,) = told(tiny, "tiny")
    assert (found.code, found.where.file, found.where.line) == ("css-variable-unknown", "layouts/tiny/layout.css", 2)


def test_a_label_of_a_field_is_not_the_field(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    """``data-owner`` on a label names who is told of it; the words beside it still need their name."""
    edit(layout / "layout.html", '<p class="words"', '<b data-owner="closing.0">結び</b><p class="words"')
    edit(layout / "layout.html", ' data-field="closing.0"', "")
    assert [each.code for each in told(tiny, "tiny") if each.code.startswith("field-")] == ["field-unmarked"]
