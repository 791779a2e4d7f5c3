"""折り見本: a small numbered picture of every side of every sheet, with its folds in order, to print, cut out and fold.

Front and back follow each other, each in the middle of an A4 page, so that they meet when both sides are printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.finishing.imposition import Laying, Misfit, sides
from koho_pdf.finishing.sheets import Side, Size, Standing
from koho_pdf.layout.templates import render
from koho_pdf.layout.unpaged import Galley
from koho_pdf.preflight.report.ordered import Folded
from koho_pdf.press.folds import CONCERTINA, HALF, Fold, Step, fold_of, lines, named_in
from koho_pdf.press.profile import Press

_ROOM = (236.0, 122.0)  # mm: of a picture on its page
_MIDDLE = (148.5, 102.0)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
_STITCHED = re.compile("中とじ|中綴じ|なかとじ")
_NEAR = 0.5  # mm: how far creep moves pages


@dataclass(frozen=True, slots=True)
class Folding:
    """How a job is folded: the sides of its sheets, and the name of the fold; ``stitched`` sheets are laid into each
    other. ``laid``: the file has these sides; ``own``: the layout says the fold."""

    sides: tuple[Side, ...]
    fold: str
    binding: str
    stitched: bool = False
    laid: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Crease:
    """A fold on a picture: its place there (mm), and what is written at it."""

    at: float
    across: bool
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A page on a picture: its box there (mm), how it is called, its own width and height in words."""

    page: int
    x: float
    y: float
    width: float
    height: float
    turned: bool
    called: str
    size: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A side on its page of the dummy, in mm from the page's top left; at ``scale`` percent."""

    name: str
    x: float
    y: float
    width: float
    height: float
    scale: int
    panels: tuple[Panel, ...]
    creases: tuple[Crease, ...]
    size: str


def folding_of(laid: Sequence[Side], sizes: Sequence[Size], how: Laying, ordered: str) -> Folding | None:
    """How a job is folded whose pages have these ``sizes`` and stand on ``laid`` sides: as the layout or the press
    profile say it, else as it is ``ordered`` (折り, in words). None if nothing is folded."""
    if how.fold:
        return Folding(tuple(laid), how.fold, how.binding, laid=True, own=True)
    if how.sheets in ("fold", "saddle-stitch"):
        stitched = how.sheets == "saddle-stitch" and len(laid) > 2
        return Folding(tuple(laid), HALF.name, how.binding, stitched, laid=True)
    said = unicodedata.normalize("NFKC", ordered)
    if how.sheets == "single":
        with suppress(Misfit):
            if _STITCHED.search(said):
                made = sides(sizes, 0.0, Laying("saddle-stitch", how.binding))
                return Folding(made, HALF.name, how.binding, len(made) > 2)
            fold = named_in(said)
            if fold and fold_of(fold, len(sizes)):
                return Folding(sides(sizes, 0.0, Laying("fold", how.binding, 0.0, fold)), fold, how.binding)
    folded = [side for side in laid if side.folds or side.across]
    return Folding(tuple(folded), "", how.binding) if folded and how.sheets == "single" else None


def sheet_of(folding: Folding | None, finished: Size) -> Folded | None:
    """The sheet for the papers, if the press profile alone does not say how it is laid: another fold than in two, or
    sheets of several sizes."""
    if folding is None or not folding.laid:
        return None
    opened = [side.trim for side in folding.sides]
    others = tuple(dict.fromkeys(each for each in opened if each != opened[0]))
    if not folding.own and not others:
        return None
    names = {"表": "表（外側）", "裏": "裏（内側）"}
    sides_ = []
    for side in folding.sides:
        which = side.name.partition("（")[0]
        name = which if len(side.pages) == 1 else which[:-1] + names[which[-1]]
        sides_.append((name, tuple(page.page for page in side.pages)))
    way = folding.fold if folding.own else ""
    return Folded(finished, opened[0], len(opened) // 2, folding.stitched, tuple(sides_), way, others)


def folds_in_words(folding: Folding | None) -> str:
    """Where a sheet is folded that has more than one fold; else empty."""
    told = []
    for name, side in zip(("表", "裏"), folding.sides if folding else (), strict=False):
        if len(side.folds) + len(side.across) > 1:
            places = [f"左から {_listed(side.folds)}"] if side.folds else []
            places += [f"上から {_listed(side.across)}"] if side.across else []
            told.append(f"{name}は{'と'.join(places)} mm")
    return "、".join(told) if folding and folding.fold else ""


def _listed(places: Sequence[float]) -> str:
    return "・".join(f"{each:g}" for each in places)


def has_dummy(layouts: Path) -> bool:
    """Whether the workspace has a template for it; those of before (and their bags) have none, and no 折り見本."""
    return (layouts / "_preflight" / "folding.html").is_file()


def dummy_galley(folding: Folding, called: str, dated: str, press: Press, layouts: Path, root: Path) -> Galley:
    """The galley of the 折り見本: a page of A4 for each side. ``called`` is the issue, ``dated`` its date (ISO)."""
    folder = layouts / "_preflight"
    fold = fold_of(folding.fold, _pages_a_sheet(folding)) if folding.fold else None
    own = fold.bound(folding.binding) if fold else None
    pictures = [_picture(side, number, own, folding) for number, side in enumerate(folding.sides)]
    context = {
        "called": called,
        "dated": dated,
        "fold": "中綴じ" if folding.stitched else folding.fold,
        "pictures": pictures,
        "steps": [*_steps(own, folding)],
    }
    html = str(render((folder, layouts / "_shared"), "folding.html", root, context))
    return Galley("papers", html, folder, (folder, layouts / "_shared"), press)


def _pages_a_sheet(folding: Folding) -> int:
    return sum(len(side.pages) for side in folding.sides[:2])


def _picture(side: Side, number: int, fold: Fold | None, folding: Folding) -> Picture:
    scale = min(1.0, _ROOM[0] / side.trim[0], _ROOM[1] / side.trim[1])
    width, height = (length * scale for length in side.trim)
    x, y = _MIDDLE[0] - width / 2, _MIDDLE[1] - height / 2
    last = max(page.page for each in folding.sides for page in each.pages)
    panels = tuple(_panel(page, scale, (x, y), last, fold) for page in side.pages)
    creases = tuple(
        Crease((y if each.across else x) + each.at * scale, each.across, each.words)
        for each in _creases(side, number, fold)
    )
    return Picture(side.name, x, y, width, height, round(scale * 100), panels, creases, _in_words(side.trim))


def _panel(page: Standing, scale: float, corner: tuple[float, float], last: int, fold: Fold | None) -> Panel:
    back = fold.back if fold and fold.pages == last else last
    called = {1: "表紙", back: "裏表紙"}.get(page.page, "") if fold else ""
    box = (corner[0] + page.x * scale, corner[1] + page.y * scale, page.size[0] * scale, page.size[1] * scale)
    return Panel(page.page, *box, page.turned, called, _in_words(page.size))


def _creases(side: Side, number: int, fold: Fold | None) -> Iterator[Crease]:
    """The folds of a side: those of its panels with their number and way, those within pages."""
    inside = number % 2 == 1
    known: list[tuple[bool, float]] = []
    for order, step in enumerate(fold.steps if fold and len(side.pages) > 1 else ()):
        for at, valley in ((step.at, step.valley), *((each, not step.valley) for each in step.also)):
            place = _place(side, step, at, inside=inside)
            known.append((step.across, place))
            way = "谷折り" if valley == inside else "山折り"
            yield Crease(place, step.across, f"{_CIRCLED[order]}{way}")
    for across, places in ((False, side.folds), (True, side.across)):
        for place in places:
            if not any(across == other and abs(place - at) < _NEAR for other, at in known):
                yield Crease(place, across, "折り")


def _place(side: Side, step: Step, at: int, *, inside: bool) -> float:
    """Where the fold behind the ``at``th column or row, counted on the inside, is on a side."""
    rows = {round(page.y, 2): page.size[1] for page in side.pages}
    columns = {round(page.x - side.cut, 1): page.size[0] for page in side.pages if page.y == side.pages[0].y}
    sizes = tuple(rows.values()) if step.across else tuple(columns.values())
    number = at if step.across or inside else len(sizes) - at
    return [*lines(sizes)][number - 1]


def _steps(fold: Fold | None, folding: Folding) -> Iterator[str]:
    """What the hands do, in sentences."""
    which = "どの紙も、" if len(folding.sides) > 2 else ""
    if fold and fold.name == CONCERTINA:
        yield f"裏（内側）を上に向けて、線{_CIRCLED[0]}から順に、谷折りと山折りをくり返します。"
        return
    for order, step in enumerate(fold.steps if fold else ()):
        part = ("上" if step.first else "下") if step.across else ("左" if step.first else "右")
        way = "手前へ折ります（谷折り）" if step.valley else "向こうへ折ります（山折り）"
        begin = f"{which}裏（内側）を上に向けて、" if order == 0 else ""
        yield f"{_CIRCLED[order]} {begin}線{_CIRCLED[order]}で、{part}の部分を{way}。"
    if folding.stitched:
        yield f"{_CIRCLED[1]} 折った紙を、1枚目が外になるように重ね、折り目を2か所とじます。"


def _in_words(size: Size) -> str:
    return " × ".join(f"{round(side, 1):g}" for side in size) + " mm"
