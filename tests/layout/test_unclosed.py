"""Tags and rules that a designer has not closed are told at their line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from koho_pdf.layout.unclosed import unclosed_rule, unpaired

if TYPE_CHECKING:
    from tests.conftest import Edit, Told

LAYOUTS = Path(__file__).parents[2] / "layouts"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<ul>\n<li>a<li>b</ul><p>c<br><img src='>'><svg><g></svg><!-- <b> --><hr/>", None),
        ("<table><tr><td>a<tr><td>b</table>", None),
        ("<main>\n<div>\n<p>a</p>\n</main>", ("div", False, 2)),
        ("<b>\n<i>a</b></i>", ("i", False, 2)),
        ("<p>a</p>\n</section>", ("section", True, 2)),
        ("\n<section><p>", ("section", False, 2)),
    ],
)
def test_tags_pair_but_for_those_that_may_be_left_out(text: str, wrong: tuple[str, bool, int] | None) -> None:
    assert unpaired(text) == wrong


@pytest.mark.parametrize(
    ("css", "wrong"),
    [
        (".a { x: y }\n.b { x: '{' } /* { */", None),
        (".a { x: y; & .b { z: w } }\n@media print { .c { x: y } }", None),
        (".a { x: y }\n.b { x: y\n.c { x: y }\n.d { x: y }", (".b", 2)),
        ("@media print {\n.a { x: y;\n.b { x: y } }\n.c { x: y }", (".a", 2)),
        (".a { x: y }\n.b { x: y } }", ("", 2)),
        (".a { x: y }\n.b {", (".b", 2)),
    ],
)
def test_a_rule_that_is_not_closed_is_found_by_what_stands_in_it(css: str, wrong: tuple[str, int] | None) -> None:
    assert unclosed_rule(css) == wrong


def test_all_that_ships_is_closed() -> None:
    styles = [path for path in LAYOUTS.rglob("*.css") if unclosed_rule(path.read_text(encoding="utf-8"))]
    assert (styles, len([*LAYOUTS.rglob("*.css")]) > 10) == ([], True)


def test_they_are_told_of_print_and_web(tiny: Path, layout: Path, edit: Edit, told: Told) -> None:
    edit(layout / "layout.html", "<body>", "<body>\n{% if issue.title %}\n<div>{% else %}<section>{% endif %}\n")
    edit(layout / "layout.css", "top: 20mm }", "top: 20mm\n.none { color: red }")
    edit(layout / "web.html", "</body>", "\n</main></body>")
    (layout / "web.css").write_text("p {\nh1 { margin: 0 }\n", encoding="utf-8")
    found = [each for each in told(tiny, "tiny", ("screen", "web")) if each.code in ("tag-unpaired", "css-unclosed")]
    assert {(each.where.file, each.where.line) for each in found} == {
        ("layouts/tiny/layout.html", 4),
        ("layouts/tiny/layout.css", 2),
        ("layouts/tiny/web.html", 2),
        ("layouts/tiny/web.css", 1),
    }
