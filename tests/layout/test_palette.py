"""A city's own colours in the place of those that a layout opens to it, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from tests.conftest import Edit, Told, read_marks

from koho_pdf.errors import KohoError

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build


@pytest.fixture
def city(tiny: Path, edit: Edit) -> Path:
    """A workspace whose layout ``tiny`` prints its words in a navy that the city may choose."""
    layout = tiny / "layouts" / "tiny"
    edit(
        layout / "layout.yaml", "colours: {ink: 0/0/0/100}", "palette: [navy, sky]\ncolours: {ink: 0/0/0/100, " + _MORE
    )
    edit(layout / "layout.css", ".words {", ".words { color: var(--navy);")
    return tiny


_MORE = "navy: 100/80/0/60, sky: [20/0/0/0, 10/0/0/0], paper: 0/0/0/0}"


def choose(city: Path, palette: str) -> None:
    with (city / "koho.yaml").open("a", encoding="utf-8") as file:
        file.write(f"palette: {palette}\n")


Fills = set[tuple[str, ...]]


def fills(build: Build) -> Fills:
    """The colours in which the words of the print PDF are filled."""
    with pikepdf.open(BytesIO(build.files["print.pdf"])) as pdf:
        return {mark.fill for page in pdf.pages for mark in read_marks(page) if mark.text.strip()}


def test_the_words_are_printed_in_the_colour_of_the_city(city: Path, proved: Callable[..., Build]) -> None:
    assert ("scn", "1", "0.8", "0", "0.6") in fills(proved(city, "tiny", ("print",)))
    choose(city, "{navy: 100/0/90/50}")
    made = proved(city, "tiny", ("print", "screen"))
    assert made.findings == ()
    assert ("scn", "1", "0", "0.9", "0.5") in fills(made)


def test_a_colour_for_one_layout_comes_first(city: Path, proved: Callable[..., Build]) -> None:
    choose(city, "{navy: 100/0/90/50, tiny/navy: 0/100/90/40}")
    assert ("scn", "0", "1", "0.9", "0.4") in fills(proved(city, "tiny", ("print",)))


def test_a_colour_that_makes_text_faint_is_told_to_the_city(city: Path, told: Told) -> None:
    choose(city, "{navy: 30/10/0/0}")
    (found,) = told(city, "tiny")
    assert (found.code, found.where.file, found.where.field) == ("palette-faint", "koho.yaml", "palette.navy")
    assert "対1" in found.message
    assert "暗く" in found.hint
    assert found.where.line == len((city / "koho.yaml").read_text(encoding="utf-8").splitlines())


def test_what_is_not_the_citys_is_not_told_of_its_palette(city: Path, told: Told, edit: Edit) -> None:
    choose(city, "{sky: [30/0/0/0, 5/0/0/0]}")
    edit(city / "layouts" / "tiny" / "layout.yaml", "navy: 100/80/0/60", "navy: 20/10/0/0")
    assert told(city, "tiny") == ()


@pytest.mark.parametrize(
    ("palette", "codes"),
    [
        ("{sky: 20/0/0/0}", {"palette-broken"}),
        ("{navy: [20/0/0/0, 0/0/0/50]}", {"palette-broken"}),
        ("{sky: [1/0/0/0, 2/0/0/0, 3/0/0/0]}", {"palette-broken"}),
        ("{navi: 90/80/0/50}", {"palette-unknown"}),
        ("{ink: 90/80/0/50}", {"palette-unknown"}),  # it is a colour of the layout, but not the city's to choose
        ("{flyer/navy: 90/80/0/50}", {"palette-unknown"}),
        ("{navy: 青}", {"value-not-understood"}),
        ("{navy: '#123456'}", {"value-not-understood"}),
        ("{navy: 120/0/0/0}", {"value-not-understood"}),
        ("navy", {"not-a-group"}),
    ],
)
def test_a_palette_that_cannot_be_is_told_in_koho_yaml(city: Path, told: Told, palette: str, codes: set[str]) -> None:
    choose(city, palette)
    try:
        found = told(city, "tiny")
    except KohoError as fault:
        found = fault.findings
    assert {each.code for each in found} == codes
    assert all(each.where.file == "koho.yaml" and each.hint for each in found)


def test_a_near_name_is_proposed(city: Path, told: Told) -> None:
    choose(city, "{navi: 90/80/0/50}")
    assert "「navy」のことではありませんか" in told(city, "tiny")[0].hint


def test_a_layout_opens_only_colours_that_it_has(city: Path, told: Told, edit: Edit) -> None:
    edit(city / "layouts" / "tiny" / "layout.yaml", "palette: [navy, sky]", "palette: [navy, sea]")
    (found,) = told(city, "tiny")
    assert (found.code, found.where.file) == ("layout-broken", "layouts/tiny/layout.yaml")
