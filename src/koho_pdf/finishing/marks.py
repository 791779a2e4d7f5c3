"""トンボ and other marks outside the bleed: where they stand, in mm. ``mark_drawing`` draws them.

Places are measured from the top left of the sheet's trim, x to the right, y downwards. The geometry is that of
Japanese offset printing (pLaTeX ``\\maketombowbox``): at every corner a trim line and a bleed line make two
interlocking L's, a T stands at the middle of every side, a dashed line where the sheet is folded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from koho_pdf.geometry import PT_PER_MM, Rect

WEIGHT = 0.3 / PT_PER_MM
"""The thickness of a mark: 0.3 pt, in mm."""

LENGTH = 10.0
"""How far a mark reaches beyond the bleed, in mm."""

_APART = 2.0  # mm: nothing else stands so near to a fold mark
TINTS = (0.25, 0.5, 0.75, 1.0)
"""The steps of the wedge, for every plate."""

Trim = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through these points, in registration colour."""

    points: tuple[Point, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A cross in a circle, by which plates are laid in register: its centre and the circle's radius."""

    x: float
    y: float
    radius: float = 2.0


@dataclass(frozen=True, slots=True)
class Patch:
    """A field of one plate at one tint (1 is full ink)."""

    box: Rect
    plate: str
    tint: float


def margin(bleed: float) -> float:
    """How far the MediaBox extends beyond the trim when there are marks: 10 mm beyond the bleed, and 1 mm of air. With
    3 mm of bleed this is 14 mm, so an A3 sheet with its marks still fits A3-nobi paper (329 x 483 mm).
    """
    return max(bleed, 3.0) + LENGTH + 1.0


def clear_of(folds: Sequence[float], start: float, end: float) -> tuple[float, float]:
    """The widest part of a stretch along the sheet (mm) that no fold mark comes near."""
    ends = [start, *sorted(fold for fold in folds if start < fold < end), end]
    parts = [
        (left + (_APART if number else 0), right - (_APART if number < len(ends) - 2 else 0))
        for number, (left, right) in enumerate(pairwise(ends))
    ]
    return max(parts, key=lambda part: part[1] - part[0])


def corner_marks(trim: Trim, bleed: float) -> tuple[Stroke, ...]:
    """角トンボ: two strokes at each corner, each a trim line (10 mm) and, from its end, a bleed line.

    The inner edge of a bleed line is the edge of the bleed, so that no mark stands within it.
    """
    near, far = bleed + WEIGHT / 2, bleed + LENGTH
    strokes = []
    for x, outwards in ((0.0, -1), (trim[0], 1)):
        for y, upwards in ((0.0, -1), (trim[1], 1)):
            beside, beyond = x + outwards * near, x + outwards * far
            above, over = y + upwards * near, y + upwards * far
            strokes += [
                Stroke(((x, over), (x, above), (beyond, above))),
                Stroke(((beyond, y), (beside, y), (beside, over))),
            ]
    return tuple(strokes)


def centre_marks(
    trim: Trim, bleed: float, folds: Sequence[float] = (), across: Sequence[float] = ()
) -> tuple[Stroke, ...]:
    """センタートンボ: on each side a bar of 20 mm along the bleed and a stem of 10 mm outwards; the stem is left to the
    fold mark where a fold goes through the middle."""
    width, height = trim
    near, far = bleed + WEIGHT / 2, bleed + LENGTH
    strokes = []
    for y, upwards in ((0.0, -1), (height, 1)):
        at, end = y + upwards * near, y + upwards * far
        strokes.append(Stroke(((width / 2 - 10, at), (width / 2 + 10, at))))
        if not any(abs(fold - width / 2) < _APART for fold in folds):
            strokes.append(Stroke(((width / 2, at), (width / 2, end))))
    for x, outwards in ((0.0, -1), (width, 1)):
        at, end = x + outwards * near, x + outwards * far
        strokes.append(Stroke(((at, height / 2 - 10), (at, height / 2 + 10))))
        if not any(abs(fold - height / 2) < _APART for fold in across):
            strokes.append(Stroke(((at, height / 2), (end, height / 2))))
    return tuple(strokes)


def fold_marks(trim: Trim, bleed: float, fold: float, *, across: bool = False) -> tuple[Stroke, ...]:
    """折りトンボ: at head and foot (of a fold ``across`` at left and right) a dashed line outwards from the bleed."""
    far = bleed + LENGTH
    if across:
        return (
            Stroke(((-bleed, fold), (-far, fold)), dashed=True),
            Stroke(((trim[0] + bleed, fold), (trim[0] + far, fold)), dashed=True),
        )
    return (
        Stroke(((fold, -bleed), (fold, -far)), dashed=True),
        Stroke(((fold, trim[1] + bleed), (fold, trim[1] + far)), dashed=True),
    )


def register_targets(
    trim: Trim, bleed: float, folds: Sequence[float] = (), across: Sequence[float] = ()
) -> tuple[Target, ...]:
    """見当: one on each side, away from the corner, centre and fold marks, the wedge and the slug."""
    width, height = trim
    start, end = clear_of(folds, width / 2 + 12, width)
    aside = 0.75 * width if start <= 0.75 * width <= end else (start + end) / 2
    upper, lower = clear_of(across, 0, height / 2 - 12)
    down = 0.25 * height if upper <= 0.25 * height <= lower else (upper + lower) / 2
    away = bleed + 2 + 2 * Target(0, 0).radius
    return (Target(aside, -away), Target(aside, height + away), Target(-away, down), Target(width + away, down))


def wedge(trim: Trim, bleed: float, plates: Sequence[str], folds: Sequence[float] = ()) -> tuple[Patch, ...]:
    """濃度の目安: every plate in four steps, squares of 5 mm (narrower on a small sheet), left of the head's middle and
    between ``folds``."""
    start, end = clear_of(folds, 2, trim[0] / 2 - 12)
    steps = [(plate, tint) for plate in plates for tint in TINTS]
    wide = min(5.0, (end - start) / len(steps))
    return tuple(
        Patch(Rect(start + number * wide, -bleed - 7, wide, 5), plate, tint)
        for number, (plate, tint) in enumerate(steps)
    )


def asked_for(
    asked: Sequence[str],
    trim: Trim,
    bleed: float,
    folds: Sequence[float],
    plates: Sequence[str],
    across: Sequence[float] = (),
) -> tuple[Stroke | Target | Patch, ...]:
    """All marks that a press profile asks for (``press.profile.MARKS``), for a sheet of this trim, with these upright
    ``folds`` and those ``across``."""
    folded, turned = (folds, across) if "fold" in asked else ((), ())
    return (
        *(corner_marks(trim, bleed) if "corner" in asked else ()),
        *(centre_marks(trim, bleed, folded, turned) if "centre" in asked else ()),
        *(stroke for fold in folded for stroke in fold_marks(trim, bleed, fold)),
        *(stroke for fold in turned for stroke in fold_marks(trim, bleed, fold, across=True)),
        *(register_targets(trim, bleed, folded, turned) if "register" in asked else ()),
        *(wedge(trim, bleed, plates, folded) if "wedge" in asked else ()),
    )
