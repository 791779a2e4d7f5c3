"""Ghostscript's ``tiffsep``: the plates that a print PDF gives, overprint honoured, looked at as pictures.

A plate here is a grey picture of a sheet's side, 0 no ink, 255 full ink. What lies within the BleedBox is the job's own;
what lies outside of it are marks, slug and colour bars.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

from judges.spoiling import black_alone, letters_in_two_inks, with_corner_marks
from judges.verdict import Case, Judge, Verdict, first_line, said_by

PPI = 150
FULL = 250

Plates = Mapping[str, Image.Image]
Edges = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: its plates, and where its BleedBox lies on them in pixels (left, top, right, bottom)."""

    plates: Plates
    bleed: Edges


class Refused(Exception):
    """Ghostscript complained."""


def sides(path: Path, *options: str) -> Iterator[Side]:
    """Every side's plates at ``PPI``. Raises Refused when Ghostscript says anything."""
    with tempfile.TemporaryDirectory() as folder:
        target = f"-sOutputFile={folder}/%d.tif"
        done = said_by("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", f"-r{PPI}", "-sDEVICE=tiffsep", *options, target, path)
        if done.returncode or done.stdout or done.stderr:
            raise Refused(first_line(done.stdout + done.stderr))
        for number, bleed in enumerate(bleed_boxes(path), 1):
            plates = {
                found[1]: ImageChops.invert(Image.open(plate))
                for plate in sorted(Path(folder).glob(f"{number}(*.tif"))
                if (found := re.fullmatch(rf"{number}\((.+)\)\.tif", plate.name))
            }
            width, height = next(iter(plates.values())).size
            left, top, right, bottom = bleed
            yield Side(plates, (round(left * width), round(top * height), round(right * width), round(bottom * height)))


def bleed_boxes(path: Path) -> list[tuple[float, float, float, float]]:
    """Each page's BleedBox as parts of its width and height, from the top left."""
    with pikepdf.open(path) as pdf:
        boxes = [([float(edge) for edge in page.mediabox], [float(e) for e in page.bleedbox]) for page in pdf.pages]
    return [
        (
            (bleed[0] - media[0]) / (media[2] - media[0]),
            (media[3] - bleed[3]) / (media[3] - media[1]),
            (bleed[2] - media[0]) / (media[2] - media[0]),
            (media[3] - bleed[1]) / (media[3] - media[1]),
        )
        for media, bleed in boxes
    ]


def plates_verdict(found: set[str], wanted: Sequence[str]) -> Verdict:
    """Whether ink lies on the job's plates, all of them, and on no other."""
    too_many, too_few = sorted(found - set(wanted)), sorted(set(wanted) - found)
    said = [f"ink on {', '.join(too_many)}"] if too_many else []
    return Verdict(not too_many and not too_few, "; ".join(said + ([f"none on {', '.join(too_few)}"] if too_few else [])))


def within(plate: Image.Image, bleed: Edges) -> Image.Image:
    """The job's own part of a plate, less a pixel at each edge."""
    left, top, right, bottom = bleed
    return plate.crop((left + 1, top + 1, right - 1, bottom - 1))


def around(plate: Image.Image, bleed: Edges) -> Image.Image:
    """The plate with everything within the BleedBox, and a pixel more, taken off."""
    left, top, right, bottom = bleed
    outside = plate.copy()
    outside.paste(0, (left - 1, top - 1, right + 1, bottom + 1))
    return outside


def letters_verdict(case: Case) -> Verdict:
    """Black letters add nothing to any other plate; where the press wants スミノセ, they take nothing away either.

    A black letter is where text makes black full that was not full without the text.
    """
    assert case.press is not None
    keeps = case.press.sumi_nose == "data"
    letters = False
    for number, (whole, bare) in enumerate(zip(sides(case.path), sides(case.path, "-dFILTERTEXT"), strict=True), 1):
        black = within(ImageChops.subtract(_full(whole.plates["Black"]), _full(bare.plates["Black"])), whole.bleed)
        letters = letters or black.getbbox() is not None
        for name in sorted(whole.plates.keys() - {"Black"}):
            blank = Image.new("L", whole.plates[name].size)
            after, before = (within(side.plates.get(name, blank), whole.bleed) for side in (whole, bare))
            if ImageChops.multiply(ImageChops.subtract(after, before), black).getbbox():
                return Verdict(False, f"{name} in black letters, page {number}")
            if keeps and ImageChops.multiply(ImageChops.subtract(before, after), black).getbbox():
                return Verdict(False, f"black letters knock out {name}, page {number}")
    return Verdict(letters, "no black letters found")


def marks_verdict(case: Case) -> Verdict:
    """Corner and centre marks full on every plate of the job; nothing around the sheet where nothing is asked for."""
    assert case.press is not None
    press = case.press
    for number, side in enumerate(sides(case.path), 1):
        outside = {name: around(plate, side.bleed) for name, plate in side.plates.items()}
        if not press.marks and not press.slug:
            inked = sorted(name for name, plate in outside.items() if plate.getbbox())
            if inked:
                return Verdict(False, f"{', '.join(inked)} outside the bleed, page {number}")
            continue
        blank = Image.new("L", next(iter(outside.values())).size)
        on_all = reduce(ImageChops.darker, (_full(outside.get(name, blank)) for name in press.inks.plates))
        missing = [name for name, part in _places(side.bleed, on_all.size, press.marks) if not on_all.crop(part).getbbox()]
        if missing:
            return Verdict(False, f"not on every plate, page {number}: {', '.join(missing)}")
    return Verdict(True)


def _places(bleed: Edges, size: tuple[int, int], marks: Sequence[str]) -> Iterator[tuple[str, Edges]]:
    """Where on a sheet's side a mark must be found: within 15 mm of each corner, 3 mm of the middle of each edge."""
    left, top, right, bottom = bleed
    width, height = size
    far, near = round(15 * PPI / 25.4), round(3 * PPI / 25.4)
    if "corner" in marks:
        yield "corner at the head, left", (0, 0, left + far, top + far)
        yield "corner at the head, right", (right - far, 0, width, top + far)
        yield "corner at the foot, left", (0, bottom - far, left + far, height)
        yield "corner at the foot, right", (right - far, bottom - far, width, height)
    if "centre" in marks:
        across, down = (left + right) // 2, (top + bottom) // 2
        yield "centre at the head", (across - near, 0, across + near, top)
        yield "centre at the foot", (across - near, bottom, across + near, height)
        yield "centre at the left", (0, down - near, left, down + near)
        yield "centre at the right", (right, down - near, width, down + near)


def _full(plate: Image.Image) -> Image.Image:
    return plate.point([0] * FULL + [255] * (256 - FULL))


def _plates(case: Case) -> Verdict:
    assert case.press is not None
    inked = {
        name
        for side in sides(case.path)
        for name, plate in side.plates.items()
        if within(plate, side.bleed).getbbox() is not None
    }
    return plates_verdict(inked, case.press.inks.plates)


def _each(verdict: Callable[[Case], Verdict]) -> Callable[[Sequence[Case]], Sequence[Verdict]]:
    def judge(cases: Sequence[Case]) -> Sequence[Verdict]:
        verdicts = []
        for case in cases:
            try:
                verdicts.append(verdict(case))
            except Refused as refusal:
                verdicts.append(Verdict(False, str(refusal)))
        return verdicts

    return judge


def _version() -> str:
    return said_by("gs", "--version").stdout.strip()


def _print(case: Case) -> bool:
    return case.press is not None


PLATES = Judge(
    "Ghostscript: plates",
    "within the bleed, is there ink on every plate of the job and on no other (two-colour jobs: nothing on M and Y;"
    " a spot colour on a plate of its own)?",
    _version,
    _print,
    _each(_plates),
    "judged as a job in black alone",
    black_alone,
)
LETTERS = Judge(
    "Ghostscript: black letters",
    "is text that is full black on the black plate alone; and where the press profile wants overprint (スミノセ) in the"
    " file, does it leave every other plate as it is?",
    _version,
    _print,
    _each(letters_verdict),
    "black letters in cyan too",
    letters_in_two_inks,
)
MARKS = Judge(
    "Ghostscript: marks",
    "are the corner and centre marks that the press profile asks for on every plate; where it asks for none, is there"
    " nothing outside the bleed?",
    _version,
    _print,
    _each(marks_verdict),
    "corner marks asked for, all marks wiped off",
    with_corner_marks,
)
