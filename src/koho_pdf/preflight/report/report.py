"""The report and the sheet for people: ``report.html``, one file, and the galley of the 入稿データ確認書.

Their templates are in ``layouts/_preflight``, and belong to the designer like any others.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.findings import Finding, Severity, field_in_words, place_in_words
from koho_pdf.layout.templates import render
from koho_pdf.layout.unpaged import Galley
from koho_pdf.preflight.inspect import Report
from koho_pdf.preflight.pdf.facts import Facts
from koho_pdf.preflight.plates.plate_pictures import encoded, ink_colours, ink_map, page_picture, plate_picture
from koho_pdf.preflight.plates.plates import Separation
from koho_pdf.preflight.report.ordered import folded, is_leaf, order
from koho_pdf.preflight.report.summary import Consignment, Summary
from koho_pdf.press.page_inks import ink_words
from koho_pdf.press.profile import Press

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "_preflight"
"""The folder of the templates, among the layouts."""

_SHEET_PAGES, _ROW_PAGES = 16, 8
_LINES, _CHARACTERS = 5, 42  # lines of findings on the sheet, besides those for the kind and the page
_LONG = 16  # pages: a longer report shows plates, and pages without findings, at half the size
_PAGE_PICTURE = 300  # pixels: 25 mm at 300 ppi
_THUMBNAIL = 160  # pixels: 16 mm at 250 ppi, or less beside more pages


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as the report prints it: its number in the list, and its box on the page in percent of the trim."""

    number: int
    severity: str
    code: str
    message: str
    place: str
    why: str
    hint: str
    page: int | None
    left: float = 0
    top: float = 0
    width: float = 0
    height: float = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A page in pictures: as it prints, each plate by its colorant name, and the map of total ink; data URIs or file
    names. ``mean`` and ``peak`` are total ink in percent."""

    number: int
    picture: str
    plates: Mapping[str, str]
    map: str
    mean: float
    peak: float
    told: tuple[Told, ...] = ()


def report_page(sent: Consignment, inspected: Report, told_in: Summary, press: Press, layouts: Path, root: Path) -> str:
    """``report.html``: everything in one file, pictures and styles inside. ``root`` is the workspace."""
    told = _told(inspected.findings, inspected.facts)
    colours = ink_colours([ink.name for ink in told_in.inks], press)
    half = len(inspected.plates or ()) > _LONG
    marked = {finding.page for finding in told}
    smaller = (4, 2) if half else (1, 1)  # pixels for a page without findings, and for one with findings
    pages = tuple(
        Shown(
            each.page,
            _uri("jpeg", encoded(page_picture(each, press, half and each.page not in marked), "JPEG")),
            {
                name: _uri(
                    "png", encoded(plate_picture(each, name, colours[name], smaller[each.page in marked]), "PNG")
                )
                for name in each.plates
            },
            _uri("png", encoded(ink_map(each, press.total_ink, smaller[each.page in marked]), "PNG")),
            use.mean,
            use.peak,
            tuple(finding for finding in told if finding.page == each.page),
        )
        for each, use in zip(inspected.plates or (), told_in.total_ink, strict=True)
    )
    context = _context(sent, told_in, press) | {"pages": pages, "told": told, "words": ink_words}
    return str(render((layouts / FOLDER, layouts / "_shared"), "report.html", root, context))


def sheet_galley(
    sent: Consignment, inspected: Report, told_in: Summary, press: Press, layouts: Path, root: Path
) -> Galley:
    """The galley of the 入稿データ確認書: one A4 page, with its pictures."""
    pictures: dict[str, bytes] = {}
    colours = ink_colours([ink.name for ink in told_in.inks], press)

    half = len(inspected.plates or ()) > _LONG

    def written(page: Separation) -> Shown:
        def kept(name: str, picture: Image) -> str:  # JPEG goes into the PDF as it is; a PNG would be coded twice more
            pictures[f"{page.page}-{name}.jpg"] = encoded(picture, "JPEG", _THUMBNAIL)
            return f"made:{page.page}-{name}.jpg"

        drawn = {
            name: kept(f"plate{number}", plate_picture(page, name, colours[name], 2 if half else 1))
            for number, name in enumerate(page.plates)
        }
        use = told_in.total_ink[page.page - 1]
        whole = kept("page", page_picture(page, press, half))
        return Shown(page.page, whole, drawn, "", use.mean, use.peak)

    pages = tuple(written(page) for page in (inspected.plates or ())[:_SHEET_PAGES])
    told = _told(inspected.findings, inspected.facts)
    context = _context(sent, told_in, press) | {
        "pages": pages,
        "more_pages": len(inspected.plates or ()) - len(pages),
        "told": told,
        "shown": _first_lines(told),
    }
    html = str(render((layouts / FOLDER, layouts / "_shared"), "sheet.html", root, context))
    return Galley("papers", html, layouts / FOLDER, (layouts / FOLDER, layouts / "_shared"), press, pictures)


def instructions_galley(
    sent: Consignment, inspected: Report, told_in: Summary, press: Press, layouts: Path, root: Path
) -> Galley:
    """The galley of the 入稿指示書: one A4 page, with the pages of the file in order."""
    plates = (inspected.plates or ())[:_ROW_PAGES]
    pictures = {f"page{each.page}.png": encoded(page_picture(each, press), "PNG", _PAGE_PICTURE) for each in plates}
    colours = ink_colours(press.inks.plates, press)
    way = sent.sheet.way if sent.sheet else ""
    context = _context(sent, told_in, press) | {
        "order": order(sent.printing, press, len(inspected.facts.pages), way) if sent.printing else (),
        "names": _names(inspected.facts, press, sent),
        "inks": [(ink_words(name), name, colours[name]) for name in press.inks.plates],
        "groups": _groups([each.page for each in plates], press, sent.binding, alone=bool(way)),
        "more_pages": len(inspected.plates or ()) - len(plates),
        "leaf": not way and is_leaf(inspected.facts, press),
        "sides": bool(way) or press.sheets != "single",
    }
    html = str(render((layouts / FOLDER, layouts / "_shared"), "instructions.html", root, context))
    return Galley("papers", html, layouts / FOLDER, (layouts / FOLDER, layouts / "_shared"), press, pictures)


def _names(facts: Facts, press: Press, sent: Consignment) -> dict[int, str]:
    """The name of each side of a sheet, by its place in the file; a single page has its number."""
    if sent.sheet is None and is_leaf(facts, press):
        return {1: "1　表", 2: "2　裏"} if len(facts.pages) == 2 else {}
    sheet = sent.sheet or folded(facts, press, "", sent.binding)
    return {place: f"{place}　{name}" for place, (name, _) in enumerate(sheet.sides, 1)} if sheet else {}


def _groups(pages: Sequence[int], press: Press, binding: str, *, alone: bool = False) -> tuple[tuple[int, ...], ...]:
    """Page numbers as a reader sees them: single pages in pairs after the first, from the binding side; sides of
    sheets ``alone``."""
    if alone or press.sheets != "single":
        return tuple((page,) for page in pages)
    pairs = [tuple(pages[at : at + 2]) for at in range(1, len(pages), 2)]
    return (*((page,) for page in pages[:1]), *(pair[::-1] if binding == "right" else pair for pair in pairs))


def _context(sent: Consignment, told_in: Summary, press: Press) -> dict[str, object]:
    return {"sent": sent, "summary": told_in, "press": press}


def _told(findings: Sequence[Finding], facts: Facts) -> tuple[Told, ...]:
    """The findings, worst first, then in the order of the pages."""
    ordered = sorted(findings, key=lambda each: (each.severity is not Severity.ERROR, each.where.page or 0))
    sizes = {page.number: page.trim for page in facts.pages}
    told = []
    for number, finding in enumerate(ordered, 1):
        where, box = finding.where, finding.where.box
        place = (place_in_words(where), field_in_words(where.field) if where.field else "")
        of_page: tuple[float, ...] = ()
        if box and where.page in sizes:
            width, height = sizes[where.page]
            of_page = (
                *(
                    round(100 * part, 2)
                    for part in (box.x / width, box.y / height, box.width / width, box.height / height)
                ),
            )
        told.append(
            Told(
                number,
                finding.severity.value,
                finding.code,
                finding.message,
                "・".join(filter(None, place)),
                finding.why,
                finding.hint,
                where.page,
                *of_page,
            )
        )
    return tuple(told)


def _first_lines(told: Sequence[Told]) -> tuple[Told, ...]:
    """The first findings, as many as fit into the sheet's lines for them."""
    lines = list(accumulate(-(-len(finding.message) // _CHARACTERS) for finding in told))
    return tuple(finding for finding, filled in zip(told, lines, strict=True) if filled <= _LINES)


def _uri(form: str, picture: bytes) -> str:
    return f"data:image/{form};base64," + b64encode(picture).decode()
