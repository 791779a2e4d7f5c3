"""A designer's slips that no engine tells of are told with file, line and the nearest name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from koho_pdf.errors import LayoutError
from koho_pdf.layout.contract import read_layout

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
