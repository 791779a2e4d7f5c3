"""How much ink lies on the paper (総インキ量): the sum of all plates, measured on a page's separations."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any

from koho_pdf.errors import PreflightError
from koho_pdf.geometry import PT_PER_MM, Rect
from koho_pdf.preflight.plates.plates import LONG, Plates, Separation, seen, separations
from koho_pdf.press.profile import PROCESS

SIDE = 15.0
"""The side of the square over which total ink is averaged, in mm (GWG 2022, R0026)."""

TOLERANCE = 1.5
"""The error of a measured sum in percent: half a step of 255 for each plate, in drawing and in averaging."""


PATCH = 5.0
"""The side of the faint square that is told, in mm: a smaller one is an edge, or the end of a fade."""

_NEARLY_ALL = 0.9
_ROUNDED = 0.6  # of 255: a tint may be drawn fainter by this much


@dataclass(frozen=True, slots=True)
class InkUse:
    """Total ink of a page in percent: the highest ``mean`` of any square of ``SIDE`` mm and the ``peak`` of any pixel,
    each with its place in mm from the trim's top left.
    """

    mean: float
    square: Rect
    peak: float
    spot: Rect


def inked(separation: Separation, name: str) -> Rect | None:
    """The box of all ink on one plate in mm from the trim's top left; None for an empty plate."""
    box = separation.image(name).getbbox()
    mm = 25.4 / separation.ppi
    return Rect(box[0] * mm, box[1] * mm, (box[2] - box[0]) * mm, (box[3] - box[1]) * mm).rounded() if box else None


def ink_use(separation: Separation) -> InkUse:
    """The heaviest square of a page, and its heaviest pixel. A page narrower than the square is averaged as a whole.
    The square is found in ``mean``, and then measured on the plates themselves.
    """
    from PIL import ImageFilter

    side = min(SIDE * PT_PER_MM / 72 * separation.ppi, separation.width, separation.height)
    # A square's mean is at its middle; squares that reach over the trim do not count.
    edge = int(side / 2)
    within = (edge, edge, max(separation.width - edge, edge + 1), max(separation.height - edge, edge + 1))
    blur = ImageFilter.BoxBlur((side - 1) / 2)
    means = mean(separation)
    squares = means.filter(blur).crop(within)
    _, highest = squares.getextrema()
    y, x = divmod(squares.tobytes().index(highest), squares.width)
    middle = (edge + x, edge + y, edge + x + 1, edge + y + 1)
    around = _grown(middle, int(side / 2) + 2, separation)
    spot = (middle[0] - around[0], middle[1] - around[1])
    exact = sum(plate.crop(around).filter(blur).getpixel(spot) for plate in _plates(separation)) / 2.55
    mm = 25.4 / separation.ppi
    square = Rect((middle[0] + 0.5 - side / 2) * mm, (middle[1] + 0.5 - side / 2) * mm, side * mm, side * mm)
    return InkUse(exact, square.rounded(), *peak(separation, means))


def peak(separation: Separation, means: Any) -> tuple[float, Rect]:
    """The heaviest pixel in percent, and its place; no square's mean is above it. ``means`` (``mean``) are at most one
    step too low, so the sum is computed only where they are highest or one step below.
    """
    _, highest = means.getextrema()
    box = means.point([255 * (level >= highest - 1) for level in range(256)]).getbbox() or (0, 0, *means.size)
    summed = total([plate.crop(box) for plate in _plates(separation)])
    _, most = summed.getextrema()
    y, x = divmod(array("i", summed.tobytes()).index(most), summed.width)
    mm = 25.4 / separation.ppi
    return most / 2.55, Rect((box[0] + x) * mm, (box[1] + y) * mm, mm, mm).rounded()


def at_most(separation: Separation) -> float:
    """An upper limit of the total ink of all pixels, in percent: the peak or a little more, in half the time."""
    _, highest = mean(separation).getextrema()
    return float((highest + 1) * len(separation.plates) / 2.55)


def closer(pdf: bytes, plates: Plates, limit: float) -> Plates:
    """The plates of a file, with pages drawn again more finely if their total ink seems to be above ``limit``
    (percent). A long file is drawn coarsely, which makes thin lines heavier, never lighter: a page that is not too
    heavy then is fine.
    """
    heavy = [page.page for page in plates if at_most(page) > limit + TOLERANCE]
    if not heavy or len(plates) <= LONG:
        return plates
    try:
        finer = {page.page: page for page in separations(pdf, pages=len(plates), strict=False, only=heavy)}
    except PreflightError:  # no time to draw it twice
        return plates
    return tuple(finer.get(page.page, page) for page in plates)


def mean(separation: Separation) -> Any:
    """``Separation.mean`` as a Pillow image ``L``."""
    return seen(separation.mean, separation.width, separation.height)


def faint(separation: Separation, name: str, most: float) -> Rect | None:
    """A square of ``PATCH`` mm, in mm from the trim's top left, in which nearly all of a plate has ink, but less than
    ``most`` percent; None if there is none; if there are several, the fullest.
    """
    from PIL import ImageFilter

    side = min(int(PATCH * PT_PER_MM / 72 * separation.ppi), separation.width, separation.height)
    plate = separation.image(name)
    levels = range(1, max(1, int(most * 2.55 - _ROUNDED)))
    if sum(plate.histogram()[level] for level in levels) < _NEARLY_ALL * side * side:
        return None
    pale: Any = plate.point([255 * (level in levels) for level in range(256)])
    edge = side // 2
    within = (edge, edge, max(separation.width - edge, edge + 1), max(separation.height - edge, edge + 1))
    shares: Any = pale.filter(ImageFilter.BoxBlur((side - 1) / 2)).crop(within)
    _, highest = shares.getextrema()
    if highest < _NEARLY_ALL * 255:
        return None
    y, x = divmod(shares.tobytes().index(highest), shares.width)
    mm = 25.4 / separation.ppi
    return Rect((edge + x + 0.5 - side / 2) * mm, (edge + y + 0.5 - side / 2) * mm, side * mm, side * mm).rounded()


def _grown(box: tuple[int, int, int, int], by: int, within: Separation) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return max(0, left - by), max(0, top - by), min(within.width, right + by), min(within.height, bottom + by)


def _plates(separation: Separation) -> list[Any]:
    return [separation.image(name) for name in separation.plates]


def total(plates: list[Any]) -> Any:
    """The plates' sum (Pillow ``L`` images in, one of mode ``I`` out; 255 is one full plate)."""
    from PIL import ImageMath

    summed = plates[0].convert("I")
    for plate in plates[1:]:
        summed = ImageMath.lambda_eval(lambda names: names["sum"] + names["plate"], sum=summed, plate=plate)
    return summed


def coverage(separation: Separation) -> dict[str, float]:
    """The coverage of the trim by each plate, in percent of solid ink; 0 for a plate that prints nothing."""
    from PIL import Image

    pixels = separation.width * separation.height
    plates = _plates(separation)
    if len(plates) == len(PROCESS):  # counted together they take a third of the time
        counts = Image.merge("CMYK", plates).histogram()
    else:
        counts = [count for plate in plates for count in plate.histogram()]
    each = [counts[start : start + 256] for start in range(0, len(counts), 256)]
    sums = [sum(level * count for level, count in enumerate(of_plate)) for of_plate in each]
    return {name: summed / pixels / 2.55 for name, summed in zip(separation.plates, sums, strict=True)}
