"""面付け (imposition): which page stands on which side of which sheet; arithmetic in mm.

A sheet has panels in rows and columns; pages of one column are equally wide, those of one row equally high, and a page
is as large as its back. Otherwise ``Misfit`` says which pages do not go together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from koho_pdf.finishing.sheets import Side, Size, Standing
from koho_pdf.geometry import Rect
from koho_pdf.press.folds import HALF, Fold, Panels, fold_of, lines

_SAME = 0.02  # mm: by which sums of lengths may differ


class Misfit(ValueError):
    """These ``pages`` (two or more) cannot stand on one sheet, because of their sizes; without pages: their ``count``
    does not fill the sheets, ``multiple`` would."""

    def __init__(self, pages: Sequence[int] = (), count: int = 0, multiple: int = 0) -> None:
        super().__init__(pages)
        self.pages, self.count, self.multiple = tuple(pages), count, multiple


@dataclass(frozen=True, slots=True)
class PageFolds:
    """Folds within a page, in mm: the ``upright`` ones from its left, those ``across`` from its top."""

    upright: tuple[float, ...] = ()
    across: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Laying:
    """How pages are laid: ``sheets`` as a press profile says it (``single``, ``spreads``, ``fold``, ``saddle-stitch``),
    or the name of the ``fold`` of the one sheet that a layout is (``press.folds``); the side it is bound on, and the
    paper's thickness (``creep``, mm) in a saddle stitch."""

    sheets: str = "single"
    binding: str = "left"
    creep: float = 0.0
    fold: str = ""


def pages_a_sheet(sheets: str) -> int:
    """The number of pages must be a multiple of this, for a way of laying pages on sheets (``Press.sheets``)."""
    return 4 if sheets in ("fold", "saddle-stitch") else 1


def sides(sizes: Sequence[Size], bleed: float, how: Laying, folds: Sequence[PageFolds] = ()) -> tuple[Side, ...]:
    """The sides, in the order in which they are printed, that pages of these ``sizes`` (trim, mm) make.

    ``single``: one page on each side. ``spreads``: as a reader sees them, the first page alone, and pages of different
    heights alone. ``fold``: four pages on each sheet, folded by itself: outside 4 and 1, inside 2 and 3.
    ``saddle-stitch``: sheets laid into each other and stitched through the fold; each is pushed out of the one around
    it by the paper's thickness, so its pages move as much towards the fold: when the fore-edge is cut, every page is
    cut at its own trim. Leaves that go with no other (an insert of another size) are sheets of their own, behind the
    others. ``folds`` are those within each page. Raises Misfit.
    """
    made = tuple(_sides(tuple(sizes), bleed, how))
    own = dict(enumerate(folds, 1))
    return tuple(_with_own(side, own) for side in made) if any(each != PageFolds() for each in folds) else made


def _sides(sizes: tuple[Size, ...], bleed: float, how: Laying) -> Iterator[Side]:
    count = len(sizes)
    if how.fold:
        fold = fold_of(how.fold, count)
        if fold is None:
            usual = fold_of(how.fold)
            raise Misfit(count=count, multiple=usual.pages if usual else 0)
        yield from _sheet("", fold.bound(how.binding), sizes, bleed, fold.leaves)
    elif how.sheets in ("single", "spreads"):
        page = 1
        while page <= count:
            pair = how.sheets == "spreads" and 1 < page < count and _alike(sizes[page - 1][1], sizes[page][1])
            shown = (page, page + 1) if pair else (page,)
            yield _side("", (shown if how.binding == "left" else shown[::-1],), sizes, bleed)
            page += len(shown)
    else:
        yield from _bound(sizes, bleed, how)


def _bound(sizes: tuple[Size, ...], bleed: float, how: Laying) -> Iterator[Side]:
    """Sheets folded in two: all together, or those of the usual size first and each run of others by itself."""
    if len(sizes) % 2:
        raise Misfit(count=len(sizes), multiple=4)
    leaves = [(front, front + 1) for front in range(1, len(sizes), 2)]
    for leaf in leaves:
        if not _as_large(sizes, leaf):
            raise Misfit(leaf)
    try:
        yield from [*_sections([page for leaf in leaves for page in leaf], sizes, bleed, how, "")]
        return
    except Misfit:
        known = [sizes[front - 1] for front, _ in leaves]
        usual = max(known, key=known.count)
        others = [leaf for leaf in leaves if sizes[leaf[0] - 1] != usual]
        if not others:
            raise
    yield from _sections([page for leaf in leaves if leaf not in others for page in leaf], sizes, bleed, how, "")
    number = 0
    for _, run in groupby(others, key=lambda leaf: (sizes[leaf[0] - 1], leaves.index(leaf) - others.index(leaf))):
        own = [page for leaf in run for page in leaf]
        if len(own) % 4 == 0:
            number += 1
            yield from _sections(own, sizes, bleed, how, f"別の紙{number}の")
            continue
        for front in own[::2]:
            number += 1
            for page, name in ((front, "表"), (front + 1, "裏")):
                yield _side(f"別の紙{number}の{name}", ((page,),), sizes, bleed)


def _sections(pages: Sequence[int], sizes: tuple[Size, ...], bleed: float, how: Laying, named: str) -> Iterator[Side]:
    """Sheets folded in two for these pages, one by one or laid into each other."""
    if len(pages) % 4:
        raise Misfit(count=len(pages), multiple=4)
    nested = how.sheets == "saddle-stitch"
    for sheet in range(len(pages) // 4):
        first = 2 * sheet if nested else 4 * sheet
        at = (first, first + 1, -first - 2, -first - 1) if nested else range(first, first + 4)
        own = [pages[each] for each in at]
        fold = _numbered(HALF.bound(how.binding), own)
        leaves = ((own[0], own[1]), (own[2], own[3]))
        which = f"{named}{sheet + 1}枚目の" if len(pages) > 4 or not named else named
        yield from _sheet(which, fold, sizes, bleed, leaves, sheet * how.creep if nested else 0.0)


def _numbered(fold: Fold, pages: Sequence[int]) -> Fold:
    """A fold whose page 1 is the first of these, and so on."""

    def other(panels: Panels) -> Panels:
        return tuple(tuple(pages[abs(each) - 1] * (1 if each > 0 else -1) for each in row) for row in panels)

    return replace(fold, inside=other(fold.inside), outside=other(fold.outside))


def _sheet(
    which: str,
    fold: Fold,
    sizes: tuple[Size, ...],
    bleed: float,
    leaves: Sequence[tuple[int, int]],
    shift: float = 0.0,
) -> Iterator[Side]:
    for leaf in leaves:
        if not _as_large(sizes, leaf):
            raise Misfit(leaf)
    yield _side(f"{which}表", fold.outside, sizes, bleed, shift)
    yield _side(f"{which}裏", fold.inside, sizes, bleed, shift)


def _side(name: str, panels: Panels, sizes: tuple[Size, ...], bleed: float, shift: float = 0.0) -> Side:
    """A side with these panels; those of one fold are each moved ``shift`` mm towards it. Raises Misfit."""
    grid = [[(abs(page), page < 0) for page in row] for row in panels]
    for part, lines_ in ((1, grid), (0, [*zip(*grid, strict=True)])):
        for (first, _), *others in lines_:
            for other, _ in others:
                if not _alike(sizes[first - 1][part], sizes[other - 1][part]):
                    raise Misfit((first, other))
    widths = tuple(sizes[page - 1][0] for page, _ in grid[0])
    heights = tuple(sizes[row[0][0] - 1][1] for row in grid)
    trim = round(sum(widths), 4), round(sum(heights), 4)
    tops, lefts = [0.0, *accumulate(heights)], [0.0, *accumulate(widths)]
    pages = []
    for down, row in enumerate(grid):
        for across, (page, turned) in enumerate(row):
            outer = [
                bleed if edge else 0.0
                for edge in (across == 0, down == 0, across + 1 == len(row), down + 1 == len(grid))
            ]
            x, y = lefts[across], tops[down]
            left, top, right, foot = outer
            window = Rect(x - left, y - top, widths[across] + left + right, heights[down] + top + foot)
            moved = shift if len(row) == 2 and across == 0 else -shift if len(row) == 2 else 0.0
            pages.append(Standing(page, x + moved, window, y, turned, sizes[page - 1]))
    words = "・".join(str(page) for row in grid for page, _ in row) + "ページ"
    named = f"{name}（{words}）" if name else words
    return Side(named, trim, tuple(pages), tuple(lines(widths)), shift, tuple(lines(heights)))


def _with_own(side: Side, own: dict[int, PageFolds]) -> Side:
    """A side with the folds within its pages."""
    upright, across = list(side.folds), list(side.across)
    for page in side.pages:
        folds = own.get(page.page, PageFolds())
        width, height = page.size
        upright += [page.x + (width - each if page.turned else each) for each in folds.upright]
        across += [page.y + (height - each if page.turned else each) for each in folds.across]
    return replace(side, folds=tuple(sorted(set(upright))), across=tuple(sorted(set(across))))


def _as_large(sizes: Sequence[Size], leaf: tuple[int, int]) -> bool:
    """Whether a page is as large as its back."""
    front, back = (sizes[page - 1] for page in leaf)
    return all(_alike(one, other) for one, other in zip(front, back, strict=True))


def _alike(one: float, other: float) -> bool:
    return abs(one - other) < _SAME
