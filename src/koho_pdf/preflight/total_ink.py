"""How much ink lies on the paper (総インキ量): the sum of all plates, measured on a page's separations."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any

from koho_pdf.geometry import PT_PER_MM, Rect
from koho_pdf.preflight.plates import Separation

SIDE = 15.0
"""Of the square that total ink is averaged over, in mm (GWG 2022, R0026)."""

TOLERANCE = 1.5
"""Percent that a measured sum may be off: half a step of 255 for each plate, in drawing and in averaging."""


@dataclass(frozen=True, slots=True)
class InkUse:
    """Total ink of a page in percent: the highest ``mean`` of any square of ``SIDE`` mm and the ``peak`` of any pixel,
    each with where it is, in mm from the trim's top left."""

    mean: float
    square: Rect
    peak: float
    spot: Rect


def ink_use(separation: Separation) -> InkUse:
    """The heaviest square of a page, and its heaviest pixel. A page narrower than the square is averaged whole."""
    from PIL import ImageFilter

    side = min(SIDE * PT_PER_MM / 72 * separation.ppi, separation.width, separation.height)
    # A square's mean stands at its middle; those that would reach over the trim are not looked at.
    edge = int(side / 2)
    within = (edge, edge, max(separation.width - edge, edge + 1), max(separation.height - edge, edge + 1))
    squares = [plate.filter(ImageFilter.BoxBlur((side - 1) / 2)).crop(within) for plate in _plates(separation)]
    mean, x, y = _highest(total(squares))
    mm = 25.4 / separation.ppi
    middle_x, middle_y = (x + edge + 0.5) * mm, (y + edge + 0.5) * mm
    square = Rect(middle_x - side * mm / 2, middle_y - side * mm / 2, side * mm, side * mm)
    return InkUse(mean, square.rounded(), *peak(separation))


def peak(separation: Separation) -> tuple[float, Rect]:
    """The heaviest pixel in percent, and where it is; no square's mean is above it."""
    highest, x, y = _highest(total(_plates(separation)))
    mm = 25.4 / separation.ppi
    return highest, Rect(x * mm, y * mm, mm, mm).rounded()


def _plates(separation: Separation) -> list[Any]:
    from PIL import Image

    size = separation.width, separation.height
    return [Image.frombytes("L", size, plate) for plate in separation.plates.values()]


def total(plates: list[Any]) -> Any:
    """The plates' sum (Pillow ``L`` images in, one of mode ``I`` out; 255 is one full plate)."""
    from PIL import ImageMath

    summed = plates[0].convert("I")
    for plate in plates[1:]:
        summed = ImageMath.lambda_eval(lambda names: names["sum"] + names["plate"], sum=summed, plate=plate)
    return summed


def coverage(separation: Separation) -> dict[str, float]:
    """How much of the trim each plate inks, in percent of a solid; a plate that prints nothing has 0."""
    pixels = separation.width * separation.height
    shares = {}
    for name, plate in zip(separation.plates, _plates(separation), strict=True):
        shares[name] = sum(level * count for level, count in enumerate(plate.histogram())) / pixels / 2.55
    return shares


def _highest(summed: Any) -> tuple[float, int, int]:
    """The highest value of a sum in percent, and where it first is: x, y in pixels."""
    _, highest = summed.getextrema()
    y, x = divmod(array("i", summed.tobytes()).index(highest), summed.width)
    return highest / 2.55, x, y
