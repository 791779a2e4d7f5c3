"""折り方: how one sheet is folded into panels, which page stands on which panel, and in what order it is folded.

Pages are counted as they are read, the cover is 1. A sheet lies open with its inside up; its ``steps`` say what the
hands do. For binding on the ``right`` everything is mirrored. The names are those of the trade (印刷用語).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

Panels = tuple[tuple[int, ...], ...]
"""Pages of one side of a sheet, row by row from the top, each from the left; below 0: it stands on its head."""


@dataclass(frozen=True, slots=True)
class Step:
    """One fold, seen from the inside: along the line after the ``at``th column from the left (row from the top, if
    ``across``), the part before it (``first``) or behind it is turned: towards the eye (谷折り), or away from it
    (山折り, not a ``valley``). ``also``: lines that lie there then, and are folded with it the other way.
    """

    at: int
    first: bool
    valley: bool = True
    across: bool = False
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """A way to fold: the pages of its ``inside`` and its ``outside`` (seen from outside), and the ``steps`` in order.
    ``tucked``: pairs of pages of the inside; the panel of the first lies folded in behind that of the second, and is
    narrower (mm: ``NARROWER``).
    """

    name: str
    inside: Panels
    outside: Panels
    steps: tuple[Step, ...]
    tucked: tuple[tuple[int, int], ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are, on both sides."""
        return 2 * sum(map(len, self.inside))

    @property
    def back(self) -> int:
        """The page on the back of the folded sheet: a 蛇腹折り shows there what is behind or on its last panel."""
        columns = len(self.inside[0])
        to_and_fro = any(not step.valley for step in self.steps)
        return columns + (1 if columns % 2 else 2) if to_and_fro else self.pages

    @property
    def leaves(self) -> tuple[tuple[int, int], ...]:
        """The two pages of every panel, front and back, the lower one first."""
        backs = [page for row in self.outside for page in reversed(row)]
        insides = [page for row in self.inside for page in row]
        return tuple(sorted((*sorted((abs(one), abs(other))),) for one, other in zip(insides, backs, strict=True)))  # type: ignore[misc]

    def bound(self, binding: str) -> Fold:
        """It for an issue that is bound on the ``left``, as it is here, or on the ``right``: mirrored."""
        if binding == "left":
            return self
        columns = len(self.inside[0])
        steps = tuple(each if each.across else _turned(each, columns) for each in self.steps)
        return replace(self, inside=_mirrored(self.inside), outside=_mirrored(self.outside), steps=steps)

    def edges(self, page: int, binding: str) -> tuple[str, ...]:
        """Which edges of a page are folds: ``left``, ``right``, ``top``, ``bottom`` of the page as it is read."""
        own = self.bound(binding)
        for panels in (own.inside, own.outside):
            for down, row in enumerate(panels):
                for across, each in enumerate(row):
                    if abs(each) == page:
                        folds = across > 0, across + 1 < len(row), down > 0, down + 1 < len(panels)
                        names = ("left", "right", "top", "bottom") if each > 0 else ("right", "left", "bottom", "top")
                        return tuple(name for name, fold in zip(names, folds, strict=True) if fold)
        return ()


NARROWER = 1.0
"""In mm: a panel that is folded in is at least so much narrower than the one that holds it (in the trade 1 to 3 mm)."""


def _turned(step: Step, columns: int) -> Step:
    also = tuple(columns - each for each in step.also)
    return replace(step, at=columns - step.at, first=not step.first, also=also)


def _mirrored(panels: Panels) -> Panels:
    return tuple(row[::-1] for row in panels)


def _strip(name: str, steps: tuple[Step, ...], columns: int, tucked: tuple[tuple[int, int], ...] = ()) -> Fold:
    """Panels side by side whose inside is opened all at once: page 1 is the cover, the inside has 2, 3 …, and the
    outside goes on from the back of its last page."""
    inside = tuple(range(2, columns + 2))
    outside = (*range(columns + 2, 2 * columns + 1), 1)
    return Fold(name, (inside,), (outside,), steps, tucked)


def _concertina(panels: int) -> tuple[Step, ...]:
    """Folds to and fro, from the cover's side on."""
    return tuple(Step(at, first=at == 1, valley=at % 2 == 1) for at in range(1, panels))


HALF = _strip("二つ折り", (Step(1, first=True),), 2)
_ROLL = _strip("巻き三つ折り", (Step(2, first=False), Step(1, first=True)), 3, ((4, 3),))
_ROLL_OF_FOUR = _strip(
    "巻き四つ折り",
    (Step(3, first=False), Step(2, first=False), Step(1, first=True)),
    4,
    ((5, 4), (4, 3)),
)
_GATE = Fold(
    "観音折り",
    ((4, 5, 6, 7),),
    ((3, 8, 1, 2),),
    (Step(1, first=True), Step(3, first=False), Step(2, first=True)),
    ((4, 5), (7, 6)),
)
_PARALLEL = Fold(
    "平行四つ折り", ((4, 5, 6, 7),), ((8, 1, 2, 3),), (Step(2, first=True), Step(3, first=True, also=(1,)))
)
_CROSS = Fold("十字折り", ((4, 5), (6, 7)), ((-3, -2), (8, 1)), (Step(1, first=True, across=True), Step(1, first=True)))
_FIXED = {each.name: each for each in (HALF, _ROLL, _ROLL_OF_FOUR, _GATE, _PARALLEL, _CROSS)}
_Z = "Z折り"
CONCERTINA = "蛇腹折り"
"""The one that may have any number of panels."""

NAMES = (HALF.name, _ROLL.name, _Z, _GATE.name, _CROSS.name, CONCERTINA, _ROLL_OF_FOUR.name, _PARALLEL.name)
"""The names by which a layout chooses (``fold``)."""

_ALSO: Mapping[str, str] = {
    "二つ折": HALF.name,
    "内三つ折り": _ROLL.name,
    "片観音折り": _ROLL.name,
    "三つ折り": _ROLL.name,
    "外三つ折り": _Z,
    "四面観音折り": _GATE.name,
    "両観音折り": _GATE.name,
    "観音開き": _GATE.name,
    "経本折り": CONCERTINA,
    "アコーディオン折り": CONCERTINA,
    "並行四つ折り": _PARALLEL.name,
}
_NUMBERS = str.maketrans({"2": "二", "3": "三", "4": "四", "ツ": "つ", "ッ": "つ", "z": "Z"})


def named(text: str) -> str:
    """The name of a fold, from a way to write it (``巻3つ折``, ``外三つ折り``). Raises ValueError."""
    said = _plainly(text)
    said = said if said.endswith(("り", "開き")) else f"{said}り"
    said = _ALSO.get(said, said)
    if said not in NAMES:
        raise ValueError(text)
    return said


def named_in(text: str) -> str:
    """The fold that words of an order name (``A3を二つ折りにしてA4``); empty if there is none."""
    said = _plainly(text)
    known = [*NAMES, *_ALSO]
    found = [each for each in known if each.removesuffix("り") in said]
    longest = max(found, key=len, default="")
    return _ALSO.get(longest, longest)


def _plainly(text: str) -> str:
    said = unicodedata.normalize("NFKC", text).replace(" ", "").translate(_NUMBERS)
    return said.replace("巻三", "巻き三").replace("巻四", "巻き四").replace("二折", "二つ折").replace("三折", "三つ折")


def fold_of(name: str, pages: int = 0) -> Fold | None:
    """The fold of that name (of ``NAMES``) for so many pages; a 蛇腹折り has as many panels as they need. None if it
    cannot have so many; ``pages`` 0: as many as it has (a 蛇腹折り: 8).
    """
    if name in _FIXED:
        fold = _FIXED[name]
    else:
        panels = 3 if name == _Z else (pages or 8) // 2
        if not 3 <= panels <= MOST:
            return None
        fold = _strip(name, _concertina(panels), panels)
    return fold if pages in (0, fold.pages) else None


MOST = 12
"""Panels of a 蛇腹折り: folding machines make no more."""


def lines(sizes: tuple[float, ...]) -> Iterator[float]:
    """Where the folds between panels of these widths (or heights) are, in mm from the first one's edge."""
    at = 0.0
    for one, _ in pairwise(sizes):
        at += one
        yield round(at, 4)
