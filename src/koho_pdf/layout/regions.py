"""Page types of a layout (``page_types``), and the regions in which articles stand."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any

from koho_pdf.geometry import MM_PER_Q, Rect
from koho_pdf.layout.stretches import Stretch, free, spread

_HAIR = 1e-6
_LINES = 0.01  # of a line
Rung = tuple[str, tuple[float, ...]]
"""A key of ``fit`` with its values, the gentlest first."""
Setting = tuple[str, float]
"""A key of ``fit`` and the value it is set to."""
LEAST_FEED = 1.5
"""Of the type's size: lines of running text do not stand nearer to each other (行間 of half an em)."""
LEAST_COLUMN = 10
"""In mm: a narrower column holds no three characters of running text."""
_KEYS = {"feed": "line_feed"}


NEXT = "next"


@dataclass(frozen=True, slots=True)
class Overflow:
    """Where text goes on that a region does not hold: in the region ``to`` of the same page, or (``next``) in the next
    region of the same name on a later page. ``says`` is printed where it stops, ``continued`` where it goes on; in them
    ``{page}`` is the number of the other page, ``{title}`` the article's.
    """

    to: str
    says: str = ""
    continued: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A place for articles on a page: its box in mm from the trim's top left, divided into ``columns`` (段) with
    ``gutter`` mm between them.

    ``flow``: ``whole`` where an article stands in one column undivided, ``columns`` where text runs on from column to
    column. ``gap`` mm stand between articles, ``line_feed`` (H) is that of its grid: an article takes whole lines.
    ``kinds`` are the kinds of articles that may stand in it; any if there are none; ``mark`` the word that the page
    prints beside it (広告). ``outs`` are the keep-outs
    that meet it on its page, from the trim's top left; ``clear`` whether folds are among them, and ``folds`` are
    those that columns stand beside. In a ``vertical`` one the columns
    lie below each other, and their lines run down and follow each other to the left. ``overflow``: where its text goes
    on.

    ``length`` is that of a line (mm) where text that begins here stands in columns of another width, ``breadth`` that
    across all of them.
    ``fit`` says how it may be set tighter, in this order, and ``done`` what of it was done. ``picture`` is the height
    of its pictures in mm (0: as the style says), ``tracking`` the 字間 and ``condense`` the 長体 of its text in
    percent.
    """

    name: str
    at: Rect
    columns: int = 1
    gutter: float = 0
    flow: str = "whole"
    gap: float = 0
    line_feed: float = 0
    level: bool = False
    vertical: bool = False
    kinds: tuple[str, ...] = ()
    mark: str = ""
    outs: tuple[Rect, ...] = ()
    clear: bool = False
    folds: tuple[Rect, ...] = ()
    length: float = 0
    breadth: float = 0
    overflow: Overflow | None = None
    fit: tuple[Rung, ...] = ()
    picture: float = 0
    tracking: float = 100
    condense: float = 100
    done: tuple[Setting, ...] = ()

    def own(self, key: str) -> float:
        """Its own value of a key of ``fit``."""
        return float(getattr(self, _KEYS.get(key, key)))

    def tightened(self, done: tuple[Setting, ...]) -> Region:
        """It set so, from what the layout says, and nowhere wider. A gap of whole lines is as many lines of another
        feed, so that every article stays on the grid."""
        said: dict[str, Any] = {_KEYS.get(key, key): min(value, self.own(key)) for key, value in done}
        feed, gap = said.get("line_feed", self.line_feed), said.get("gap", self.gap)
        if feed != self.line_feed and abs((lines := gap / self.line) - round(lines)) < _HAIR:
            said["gap"] = round(lines) * feed * MM_PER_Q
        return replace(self, **said, done=done)

    def may_be_tighter(self, refused: Container[str] = ()) -> bool:
        """Whether ``fit`` leaves a value tighter than the one it is set to, but for the keys that were ``refused``."""
        return any(min(values) < self.own(key) for key, values in self.fit if key not in refused)

    def takes_from(self, other: Region) -> bool:
        """Whether text of another region can go on in this one."""
        return self.flow == other.flow == "columns" and self.vertical == other.vertical

    def is_as_wide_as(self, other: Region) -> bool:
        """Whether its lines are as long as those of another region."""
        return abs(self.measure - other.measure) < 0.01

    @property
    def across(self) -> float:
        """The length of a line across all its columns, in mm."""
        return self.breadth or (self.at.height if self.vertical else self.at.width)

    @property
    def style(self) -> str:
        """Its CSS: what a designer's style may use (``--line-feed``, ``--picture-height``), and how its text is set."""
        said = {
            "--line-feed": f"{self.line:g}mm" if self.line else "",
            "--picture-height": f"{self.picture:g}mm" if self.picture else "",
            "tracking": f"{self.tracking:g}%" if self.tracking < 100 else "",
            "condense": f"{self.condense:g}%" if self.condense < 100 else "",
        }
        return "".join(f"; {name}: {value}" for name, value in said.items() if value)

    @property
    def measure(self) -> float:
        """The length of a line in mm: the width of a column, or its height where lines run down."""
        return self.length or self._spread[0]

    @property
    def _spread(self) -> tuple[float, tuple[float, ...]]:
        """How long a line is, and where each column begins, beside the folds."""
        if self.vertical:
            taken = [(each.y - self.at.y, each.bottom - self.at.y) for each in self.folds]
        else:
            taken = [(each.x - self.at.x, each.right - self.at.x) for each in self.folds]
        return spread(self.across, self.columns, self.gutter, taken)

    @property
    def depth(self) -> float:
        """How far lines follow each other in one column, in mm."""
        return self.at.width if self.vertical else self.at.height

    @property
    def line(self) -> float:
        """A line of its grid in mm; 0 where it has none."""
        return self.line_feed * MM_PER_Q

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """What of its columns articles may stand in: all of them, if keep-outs leave nothing."""
        whole = tuple(Stretch(number, 0.0, self.depth) for number in range(self.columns))
        return (self._free or whole) if self.outs else whole

    @property
    def _free(self) -> tuple[Stretch, ...]:
        boxes = [self.column(number).moved(self.at.x, self.at.y) for number in range(self.columns)]
        return tuple(
            each
            for number, box in enumerate(boxes)
            for each in free(number, box, self.line, self.outs, vertical=self.vertical)
        )

    @property
    def is_cut(self) -> bool:
        """Whether a keep-out takes anything from its columns."""
        return bool(self.outs) and sum(each.depth for each in self._free) < self.depth * self.columns - _LINES

    @property
    def has_room(self) -> bool:
        """Whether keep-outs leave anything of its columns."""
        return not self.outs or bool(self._free)

    @property
    def lines(self) -> int:
        """How many lines there are in all its columns; 0 without a grid."""
        return sum(int(each.depth / self.line + _LINES) for each in self.stretches) if self.line else 0

    def column(self, number: int, top: float = 0.0) -> Rect:
        """The box of a column, in mm from the region's top left; its first line stands ``top`` below the region's."""
        measure, starts = self._spread
        if self.vertical:
            return Rect(0, starts[number], self.at.width - top, measure)
        return Rect(starts[number], top, measure, self.at.height - top)

    def band(self, top: float) -> Rect:
        """The box across all columns from ``top`` on."""
        if self.vertical:
            return Rect(0, 0, self.at.width - top, self.at.height)
        return Rect(0, top, self.at.width, self.at.height - top)


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a page at the side where it is bound (``gutter``, のど) and at the other (``fore_edge``, 小口), in
    mm. Regions are measured from the type area (版面) between them: from its left, or from its gutter if what stands in
    it is ``mirrored``."""

    gutter: float
    fore_edge: float
    mirrored: bool = False

    def at(self, side: str) -> tuple[float, float]:
        """The left and the right margin of a left or right page: a left one is bound at its right."""
        return (self.fore_edge, self.gutter) if side == "left" else (self.gutter, self.fore_edge)

    def place(self, box: Rect, side: str, width: float) -> Rect:
        """Where a box of the type area stands on a page so wide."""
        left, right = self.at(side)
        turned = self.mirrored and side == "left"
        return replace(box, x=width - right - box.right if turned else left + box.x)


@dataclass(frozen=True, slots=True)
class PageType:
    """A page type: its template is ``pages/<name>.html``; ``inks`` are the sets of inks it may be printed
    in (``koho_pdf.press.page_inks``), any if none. ``trim`` is its size in mm, ``folds`` are its
    upright folds, in mm from the left, ``folds_across`` the others, from the top; text may stand on them if they are
    ``folds_crossed``. With ``margins`` its regions stand in the type area between them."""

    name: str
    title: str
    regions: Mapping[str, Region]
    inks: tuple[str, ...] = ()
    trim: tuple[float, float] = (0.0, 0.0)
    folds: tuple[float, ...] = ()
    folds_across: tuple[float, ...] = ()
    folds_crossed: bool = False
    margins: Margins | None = None

    def on(self, side: str) -> dict[str, Region]:
        """Its regions on a left or right page."""
        if self.margins is None:
            return dict(self.regions)
        place, width = self.margins.place, self.trim[0]
        return {name: replace(each, at=place(each.at, side, width)) for name, each in self.regions.items()}

    @property
    def folded(self) -> dict[str, tuple[float, ...]]:
        """Its folds for other programs."""
        return {"folds": self.folds, "folds_across": self.folds_across}
