"""What plates must look like: questions about pictures of them, whoever rendered them.

A plate is a grey picture of a sheet's side, 0 no ink, 255 full ink. What lies within the BleedBox is the job's own;
what lies outside of it are marks, slug and colour bars. Every ``…_fault`` says what is wrong, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

from koho_pdf.press.profile import Press

FULL = 250
CORNER, MIDDLE = 15, 3  # mm around a corner of the sheet, or the middle of its edge, in which a mark must be found

Edges = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: its plates by name, pixels a mm, and where its BleedBox lies on them (left, top, right,
    bottom in pixels)."""

    plates: Mapping[str, Image.Image]
    scale: float
    bleed: Edges

    def within(self, name: str) -> Image.Image:
        """The job's own part of a plate, less a pixel at each edge; blank when there is no such plate."""
        left, top, right, bottom = self.bleed
        return self._plate(name).crop((left + 1, top + 1, right - 1, bottom - 1))

    def around(self, name: str) -> Image.Image:
        """A plate with everything within the BleedBox, and a pixel more, taken off."""
        left, top, right, bottom = self.bleed
        outside = self._plate(name).copy()
        outside.paste(0, (left - 1, top - 1, right + 1, bottom + 1))
        return outside

    def _plate(self, name: str) -> Image.Image:
        return self.plates.get(name) or Image.new("L", next(iter(self.plates.values())).size)


def bleed_boxes(path: Path) -> list[tuple[float, float, float, float]]:
    """Each page's BleedBox as parts of its width and height, from the top left."""
    with pikepdf.open(path) as pdf:
        boxes = [
            ([float(edge) for edge in page.mediabox], [float(edge) for edge in page.bleedbox]) for page in pdf.pages
        ]
    return [
        (
            (bleed[0] - media[0]) / (media[2] - media[0]),
            (media[3] - bleed[3]) / (media[3] - media[1]),
            (bleed[2] - media[0]) / (media[2] - media[0]),
            (media[3] - bleed[1]) / (media[3] - media[1]),
        )
        for media, bleed in boxes
    ]


def plates_fault(inked: set[str], wanted: Sequence[str]) -> str:
    """Ink must lie on the job's plates, all of them, and on no other."""
    wrong, missing = sorted(inked - set(wanted)), sorted(set(wanted) - inked)
    said = [("ink on " + ", ".join(wrong)) if wrong else "", ("none on " + ", ".join(missing)) if missing else ""]
    return "; ".join(each for each in said if each)


def black_letters(whole: Side, bare: Side) -> Image.Image:
    """Where text makes black full that was not full without the text (``bare``)."""
    return ImageChops.subtract(_full(whole.within("Black")), _full(bare.within("Black")))


def letters_fault(whole: Side, bare: Side, overprint: bool) -> str:
    """Black letters must add nothing to any other plate; with ``overprint`` they must take nothing away either, without
    it they must take away everything."""
    letters = black_letters(whole, bare)
    for name in sorted(whole.plates.keys() - {"Black"}):
        after, before = whole.within(name), bare.within(name)
        if _any(ImageChops.subtract(after, before), letters):
            return f"{name} in black letters"
        if overprint and _any(ImageChops.subtract(before, after), letters):
            return f"black letters knock out {name}"
        if not overprint and _any(after, letters):
            return f"black letters overprint {name}"
    return ""


def marks_fault(side: Side, press: Press) -> str:
    """Corner and centre marks must be full on every plate of the job; where nothing is asked for, nothing may stand
    around the sheet."""
    if not press.marks and not press.slug:
        inked = sorted(name for name in side.plates if side.around(name).getbbox())
        return f"{', '.join(inked)} outside the bleed" if inked else ""
    on_all = reduce(ImageChops.darker, (_full(side.around(name)) for name in press.inks.plates))
    missing = [name for name, part in _places(side, on_all.size, press.marks) if not on_all.crop(part).getbbox()]
    return f"missing from a plate: {', '.join(missing)}" if missing else ""


def _places(side: Side, size: tuple[int, int], marks: Sequence[str]) -> Iterator[tuple[str, Edges]]:
    left, top, right, bottom = side.bleed
    width, height = size
    corner, middle = round(CORNER * side.scale), round(MIDDLE * side.scale)
    if "corner" in marks:
        yield "head left", (0, 0, left + corner, top + corner)
        yield "head right", (right - corner, 0, width, top + corner)
        yield "foot left", (0, bottom - corner, left + corner, height)
        yield "foot right", (right - corner, bottom - corner, width, height)
    if "centre" in marks:
        across, down = (left + right) // 2, (top + bottom) // 2
        yield "head", (across - middle, 0, across + middle, top)
        yield "foot", (across - middle, bottom, across + middle, height)
        yield "left", (0, down - middle, left, down + middle)
        yield "right", (right, down - middle, width, down + middle)


def _full(plate: Image.Image) -> Image.Image:
    return plate.point([0] * FULL + [255] * (256 - FULL))


def _any(plate: Image.Image, where: Image.Image) -> bool:
    return ImageChops.multiply(plate, where).getbbox() is not None
