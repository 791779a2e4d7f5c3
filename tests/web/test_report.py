"""The preflight's report of the leaflet in a real browser: fits, is quiet, passes axe-core, leads from a finding to
its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.web.axe import axe
from tests.web.conftest import quietly
from tests.web.heard import faint_on_paper, misnamed, outside_or_unnamed

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.editions.papers import papers
from koho_pdf.findings import Where, error, warning
from koho_pdf.geometry import Rect
from koho_pdf.preflight.inspect import inspect
from koho_pdf.preflight.plates.plates import separations
from koho_pdf.preflight.report.summary import Consignment
from koho_pdf.workspace.workspace import open_workspace

FOUND = (
    error("heavy", "インキが多すぎます。", Where(page=2, box=Rect(20, 60, 15, 15)), "減らしてください。", "裏移り。"),
    warning("small", "小さい文字があります。", Where(page=3, box=Rect(150, 250, 1, 1)), "大きくしてください。"),
)

Open = Callable[[int], Page]


@pytest.fixture(scope="session")
def report(leaflet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The leaflet's report, with two findings it does not have."""
    city = open_workspace(leaflet.parents[1])
    pdf = (leaflet / "print.pdf").read_bytes()
    inspected = replace(inspect(pdf, city.city.press, separations(pdf)), findings=FOUND)
    sent = Consignment("leaflet", "leaflet.pdf")
    files = papers(pdf, sent, inspected, city.city.press, city, read_faces(city.fonts, city.root))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(files["report.html"])
    return path


@pytest.fixture
def opened(window: Callable[..., Page], report: Path) -> Iterator[Open]:
    yield from quietly(window, report)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_fits_and_axe_finds_no_violation(opened: Open, tmp_path: Path, width: int) -> None:
    page = opened(width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    result = axe(page, None)
    assert {rule["id"]: [node["target"] for node in rule["nodes"]] for rule in result["violations"]} == {}
    assert len(result["passes"]) > 15
    assert (misnamed(page), outside_or_unnamed(page)) == ([], [])
    assert faint_on_paper(page, tmp_path) == []


def test_every_picture_is_drawn(opened: Open) -> None:
    drawn = opened(1280).evaluate("[...document.images].map((image) => image.naturalWidth)")
    assert len(drawn) == 4 * 6
    assert set(drawn) == {595}


def test_a_finding_leads_to_its_mark_and_back(opened: Open) -> None:
    page = opened(1280)
    picture = page.locator("img[alt='2ページの刷り上がり']").bounding_box()
    mark = page.locator("#m1").bounding_box()
    assert picture is not None
    assert mark is not None
    millimetre = picture["width"] / 210
    assert mark["x"] - picture["x"] == pytest.approx(20 * millimetre, abs=1.5)
    assert mark["y"] - picture["y"] == pytest.approx(60 * millimetre, abs=1.5)
    assert mark["width"] == pytest.approx(15 * millimetre, abs=1.5)
    page.locator("a[href='#m1']").click()
    assert page.url.endswith("#m1")
    page.locator("#m1").click()
    assert page.url.endswith("#f1")
