"""A drawing that is written again from its operators is, byte for byte, the drawing drawn again."""

from __future__ import annotations

import re
from collections.abc import Callable
from inspect import getclosurevars
from io import BytesIO
from pathlib import Path

import pikepdf
import pydyf
import pypdfium2
import pytest
from tests.composition.test_recoloured import INKS, ROOT, SHOWN, galley
from weasyprint.svg import SVG, utils

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import compose, drawn_art, svg_values
from koho_pdf.composition.engine.recoloured import exchanged
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.manuscript.scalar import Tree

LOOKS = """
@page { size: 100.0mm 120.0mm; margin: 0; bleed: BLEEDmm }
html { font-family: "BIZ UDGothic" }
svg { width: 40mm }
"""
PLAIN = """
<rect width="9" height="9" fill="BLUE"/><g fill="RED"><path d="M1 1C2 0 3 4 5 1Z"/><path d="M1 1H4V8Z"/></g>
<circle cx="5" cy="5" r="3" fill="RED"/><g transform="rotate(9)"><path d="M0 0L3 3" stroke="BLUE" fill="none"/></g>
<rect width="3" height="3" fill="BLUE" fill-opacity=".5" stroke="RED" stroke-opacity=".25"/><rect width="2" height="1"/>
<g></g><g><g fill="RED"></g></g><rect width="1" height="1" fill="RED"/>
"""
OF_ITS_PAGE = {
    "text": '<text x="1" y="5" font-size="3" fill="BLUE">字</text>',
    "group": '<g opacity=".5"><rect width="9" height="9" fill="BLUE"/></g>',
}
TWICE_ANOTHER_WAY = {
    "mask": '<mask id="m"><rect width="5" height="9" fill="#fff"/></mask><g mask="url(#m)"><path d="M0 0H5V5"/></g>',
    "pattern": '<pattern id="p" width="2" height="2"><path d="M0 0H1V1"/></pattern><path d="M0 0H9V9" fill="url(#p)"/>',
}


def with_art(art: str) -> str:
    svg = f'<svg viewBox="0 0 9 9" role="img" aria-label="絵">{art}</svg>'
    return f"<p>絵</p>{svg}{svg}"


def composed(home: Path, edition: str, colours: dict[str, str], art: str) -> Document:
    made = galley(edition, colours, with_art(art), LOOKS)
    return compose(made, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), ROOT, home / "cache")


@pytest.mark.parametrize("art", [PLAIN, *OF_ITS_PAGE.values(), PLAIN + "".join(OF_ITS_PAGE.values())])
def test_what_is_written_again_is_what_was_drawn(home: Path, art: str) -> None:
    printed = composed(home, "print", INKS, art)
    printed.write()
    again = printed.again(galley("screen", SHOWN, with_art(art), LOOKS))
    assert again is not None
    assert again.write() == composed(home, "screen", SHOWN, art).write()


@pytest.mark.parametrize("art", [PLAIN, *OF_ITS_PAGE.values()], ids=["plain", *OF_ITS_PAGE])
def test_only_what_needs_nothing_of_its_page_is_written_again(
    home: Path, monkeypatch: pytest.MonkeyPatch, art: str
) -> None:
    written: list[object] = []
    write = drawn_art._write

    def counted(noted: object, stream: object) -> None:
        written.append(noted)
        write(noted, stream)  # type: ignore[arg-type]

    monkeypatch.setattr(drawn_art, "_write", counted)
    printed = composed(home, "print", INKS, art)
    first = printed.write()
    assert not written
    assert printed.write() == first
    assert len(written) == (2 if art is PLAIN else 0)


@pytest.mark.parametrize("art", TWICE_ANOTHER_WAY.values(), ids=TWICE_ANOTHER_WAY)
def test_what_the_engine_draws_another_way_the_second_time_is_composed_anew(art: str) -> None:
    made = [galley(edition, colours, with_art(art), LOOKS) for edition, colours in (("print", INKS), ("screen", SHOWN))]
    assert exchanged(*made) is None


OUTLINED = """
<linearGradient id="s"><stop stop-color="#fff"/></linearGradient>
<rect width="9" height="9" fill="BLUE"/><g stroke="RED"><path d="M1 1H4V8Z" fill-opacity=".5"/></g>
<path d="M1 1H4" fill="none" stroke="BLUE" stroke-dasharray="1 .5" stroke-linecap="round"/><path d="M5 5H7V8"/>
<rect x="5" width="3" height="3" fill="BLUE" fill-opacity=".5"/><path d="M0 0H2V2Z" fill="url(#s)"/>
<path d="M5 8L6 6 7 8" fill="none" stroke="RED" stroke-linejoin="round"/><path d="M3 3H4V4" fill="none"/>
"""


def test_only_outlines_say_how_they_look(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages look as if every shape said it."""

    def made() -> tuple[list[str], bytes]:
        pdf = composed(home, "print", INKS, OUTLINED).write()
        with pikepdf.open(BytesIO(pdf)) as opened:
            written = opened.pages[0].Contents.read_bytes().decode()
        with pypdfium2.PdfDocument(pdf) as document:
            return re.findall(r" ([dJjMSB]|f)$", written, re.MULTILINE), bytes(document[0].render(scale=4).buffer)

    operators, page = made()
    assert [operators.count(each) for each in "dJjM"] == [2 * 4] * 4  # the outlined ones, and the one with a gradient
    monkeypatch.setattr(SVG, "set_graphical_state", getclosurevars(SVG.set_graphical_state).nonlocals["plain"])
    told, alike = made()
    assert [told.count(each) for each in "dJjM"] == [2 * 8] * 4
    assert page == alike


class Drawing:
    """What the engine's ``point`` asks of a drawing: lengths in tenths of 200."""

    def point(self, across: str, down: str, font_size: float) -> tuple[float, float]:
        return utils.size(across, font_size, 200), utils.size(down, font_size, 200)


@pytest.mark.parametrize(
    "text", ["1 2", "1 2 3 4", "-1e-1 .5 z", "10% 5mm 3", "1em 2", "x 1", "1", "", " 1 2", "inf 1 2", "1_0 2"]
)
def test_values_of_drawings_are_read_as_the_engine_reads_them(text: str) -> None:
    def told(point: Callable[..., object]) -> object:
        try:
            return point(Drawing(), text, 16)
        except (utils.PointError, ValueError) as fault:
            return type(fault)

    assert told(svg_values.of_numbers(utils.point)) == told(utils.point)


def test_values_are_written_as_the_engine_writes_them() -> None:
    whole = pydyf.Array([1, "/Name"])
    values = (0.0, -0.0, 1.0, 1e16, -7.0, 0.1, -0.25, 1e-9, -1e-9, 1 / 3, 3, True, b"q", "x", whole, None)
    plain = getattr(pydyf._to_bytes, "__wrapped__", pydyf._to_bytes)
    written = svg_values.as_written(plain)
    assert written is not plain
    assert [written(each) for each in values] == [plain(each) for each in values]
    assert written(float("nan")) == plain(float("nan"))
    url = svg_values.once_parsed(utils.parse_url)
    assert [url(each).fragment for each in (None, "", "url(#a)", "url('#b')", "none")] == ["", "", "a", "b", ""]


def test_a_colour_that_is_read_once_is_not_changed_by_whoever_gets_it() -> None:
    read = svg_values.once_read(utils.color)
    for text in ("device-cmyk(1 .2 0 0)", "#0078be", "", "nothing"):
        first = read(text)
        first.alpha *= 0.5
        assert read(text) == utils.color(text)
    size = svg_values.once_measured(utils.size)
    assert [size("50%", 16, 200), size("50%", 16, 100), size("1em", 10), size("1em", 12)] == [100, 50, 10, 12]
