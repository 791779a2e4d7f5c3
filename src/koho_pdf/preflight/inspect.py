"""The whole inspection: reads facts, runs every rule over them, and joins findings that say the same about one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from koho_pdf.findings import Finding, Severity
from koho_pdf.geometry import Rect
from koho_pdf.preflight.pdf.facts import Facts, overlap
from koho_pdf.preflight.pdf.reading import read_facts
from koho_pdf.preflight.plates.plates import Plates
from koho_pdf.preflight.rules import (
    rules_black,
    rules_boxes,
    rules_colour,
    rules_file,
    rules_pictures,
    rules_plates,
    rules_type,
)
from koho_pdf.press.profile import Press

Rule = Callable[[Facts, Press], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    *(rules_file.structure, rules_file.contents, rules_file.claims, rules_file.output_intent),
    *(rules_boxes.boxes, rules_boxes.sheets, rules_boxes.bleed, rules_boxes.safe_area),
    *(rules_colour.process_only, rules_colour.gradients, rules_colour.inks, rules_colour.dots),
    *(rules_colour.registration, rules_colour.transparency),
    *(rules_black.black_overprints, rules_black.white_overprints, rules_black.gray),
    *(rules_black.colour_overprints, rules_black.rich_black_text),
    *(rules_type.sizes, rules_type.emboldened, rules_type.fonts, rules_type.lines),
    *(rules_pictures.resolution, rules_pictures.quality, rules_pictures.enlarged, rules_pictures.recoded),
)


class Placed(Protocol):
    """The place of a manuscript's field on a page: ``box`` in mm from the trim's top left."""

    @property
    def field(self) -> str:
        """The dotted path of the field."""

    @property
    def page(self) -> int:
        """The page, counted from 1."""

    @property
    def box(self) -> Rect:
        """The box, in mm from the trim's top left."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an inspection: the facts, the plates if any, and the findings, errors first."""

    facts: Facts
    plates: Plates | None
    findings: tuple[Finding, ...]


def inspect(
    pdf: bytes,
    press: Press,
    plates: Plates | None = None,
    trims: Sequence[tuple[float, float]] = (),
    placed: Sequence[Placed] = (),
    inks: Sequence[Sequence[str]] = (),
) -> Report:
    """Judge any PDF by a print shop's conditions: read its facts, then ``judge``.

    Raises PreflightError when the file cannot be read (``reading.read_facts``).
    """
    return judge(read_facts(pdf), press, plates, trims, placed, inks)


def judge(
    facts: Facts,
    press: Press,
    plates: Plates | None = None,
    trims: Sequence[tuple[float, float]] = (),
    placed: Sequence[Placed] = (),
    inks: Sequence[Sequence[str]] = (),
) -> Report:
    """Run every rule over the facts of a PDF. ``plates`` are its separations; without them total ink is not judged. For
    our own PDFs, ``trims`` are the sizes of the pages (width, height in mm) and ``placed`` the places of the
    manuscript's fields, so that findings can name them; ``inks`` are the plates that each page may print on, where
    pages have inks of their own.
    """
    found = [*rules_boxes.alike(facts, press, ordered=bool(trims))]
    found += [finding for rule in RULES for finding in rule(facts, press)]
    if trims:
        found += rules_boxes.trim_size(facts, trims)
    if placed:
        found += rules_pictures.small(facts, press)
    if plates:
        found += rules_plates.total_ink(plates, press)
        found += rules_plates.job_plates(plates, press)
        found += rules_plates.page_plates(plates, press, inks)
        found += rules_plates.dots(plates, press, tuple(found))
    told = _gathered(_at_fault(finding, placed) for finding in found)
    return Report(facts, plates, tuple(sorted(told, key=lambda finding: finding.severity is not Severity.ERROR)))


def _at_fault(finding: Finding, placed: Sequence[Placed]) -> Finding:
    """The finding with its field: the smallest field that holds the middle of its box, else one so near that the
    finding may be about its reading (ruby stands beside the box of its line).
    """
    box = finding.where.box
    if box is None:
        return finding
    middle = Rect(box.x + box.width / 2, box.y + box.height / 2, 0, 0)
    here = [each for each in placed if each.page == finding.where.page]
    beside = middle.grown(min(box.width, box.height))
    there = [each for each in here if overlap(middle, each.box)] or [each for each in here if overlap(beside, each.box)]
    if not there:
        return finding
    least = min(there, key=lambda each: each.box.width * each.box.height)
    return replace(finding, where=replace(finding.where, field=least.field))


def _gathered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for all of a kind on one page and in one field: the first, with the number of others."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        where = finding.where
        groups.setdefault((finding.code, finding.severity, where.page, where.field), []).append(finding)
    for first, *more in groups.values():
        places = {each.where.box for each in more} - {first.where.box}
        yield replace(first, message=f"{first.message[:-1]}（ほか {len(places)} か所）。") if places else first
