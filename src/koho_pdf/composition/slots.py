"""A slot while its lines are read: how full it is, and how many characters are over.

All lengths are CSS pixels of the slot's own, unturned coordinates, as the engine's boxes have them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, inf
from typing import Any

from koho_pdf.composition.document import Running, SlotUse
from koho_pdf.composition.paragraph.classes import kind_of
from koho_pdf.composition.paragraph.spacing import blank_before
from koho_pdf.geometry import PX_PER_MM, Rect, mm_from_px, q_from_px

_HAIR = 0.5  # CSS pixels (0.13 mm): allowed rounding error of sums of lengths
_NEAR = 1e-6  # of a line
_LEADING = 0.15  # of an em: what the box of a text has above and below its ink
_NONE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_TURNED = 0.5  # the cosine of a turn


@dataclass(slots=True)
class Slot:
    """A slot of the page: its box, its ``owner`` (a field, or a key of ``koho.yaml``), the end of its last line, and
    how many characters are ``over``, the first of them in ``over_field``. ``template`` has its words
    if nobody owns them. ``limit`` is the height from its style:
    tables and their cells grow beyond that. Text that ``goes_on`` in another column or on another page is over.
    A slot may stand in another, ``around`` it: its text must stay in both. ``matrix`` is how it is turned on the page:
    text that is turned otherwise (a vertical slot in a horizontal one, and the reverse) is compared with it there.
    """

    name: str
    box: Any
    direction: str
    line_feed: float
    owner: str | None
    page: int
    template: str
    limit: float = inf
    goes_on: bool = False
    around: Slot | None = None
    matrix: Any = None
    baseline: float = 0.0
    right: float = 0.0
    over: int = 0
    over_field: str | None = None
    wide: tuple[str, float] | None = None
    """A word that is longer than the line, and by how much (CSS pixels)."""

    @property
    def right_edge(self) -> float:
        """The right edge, in CSS pixels."""
        return float(self.box.content_box_x() + self.box.width)

    @property
    def bottom_edge(self) -> float:
        """The lower edge, in CSS pixels."""
        return float(self.box.content_box_y() + self.height)

    @property
    def height(self) -> float:
        """The height, in CSS pixels."""
        return min(float(self.box.height), self.limit)

    def fill(self, box: Any, text: str, name: str | None, upright: Any, matrix: Any) -> None:
        """Count a piece of text; text below, above or beside the slot is over. Text that stands upright in a vertical
        slot (in its holder ``upright``) is over if the whole holder is. ``matrix`` is how the text is turned.
        """
        if self.around and not self.over:
            self.around.fill(box, text, name, None, matrix)
        if self.goes_on:
            self._spill(len(text), name)
            return
        if upright:
            foot, right = upright.position_y + upright.border_height(), upright.position_x + upright.border_width()
            if max(foot - self.bottom_edge, right - self.right_edge) > _HAIR:
                self._spill(len(text), name)
            return
        if _values(matrix) != _values(self.matrix):
            self._fill_across(box, text, name, matrix)
            return
        if box.width - self.box.width > _HAIR and (self.wide is None or box.width > self.wide[1] + self.box.width):
            self.wide = text.strip(), box.width - self.box.width
        right, baseline = box.position_x + box.width, box.position_y + box.baseline
        beyond = max(0.0, right - self.right_edge - _hanging(box, text))
        beyond += max(0.0, self.box.content_box_x() - box.position_x - _blank_at_head(box, text))
        if not self.box.content_box_y() < baseline <= self.bottom_edge:
            self._spill(len(text), name)
        elif beyond > _HAIR:
            self._spill(min(len(text), ceil(beyond / _pitch(box.style))), name)
        if baseline > self.baseline + _HAIR:
            self.baseline, self.right = baseline, right
        elif baseline > self.baseline - _HAIR:
            self.right = max(self.right, right)

    def _fill_across(self, box: Any, text: str, name: str | None, matrix: Any) -> None:
        """Count a piece of text whose lines have another direction: on the page it must stand within the slot."""
        own = on_page(self.box.content_box_x(), self.box.content_box_y(), self.box.width, self.height, self.matrix)
        rect = on_page(box.position_x, box.position_y, box.width, box.height, matrix)
        beyond = max(0.0, own.x - rect.x, rect.right - own.right), max(0.0, own.y - rect.y, rect.bottom - own.bottom)
        turned = abs(_values(matrix)[0]) < _TURNED  # its lines run down the page
        across, along = beyond if turned else beyond[::-1]
        if across > _HAIR + _LEADING * _em(box.style):
            self._spill(len(text), name)
        elif (along := along - _hanging(box, text)) > _HAIR:
            self._spill(min(len(text), ceil(along / _pitch(box.style))), name)
        depth = own.right - rect.x if self.direction == "vertical" else rect.bottom - own.y
        foot = self.box.content_box_y() + depth - _HAIR
        if foot > self.baseline:
            self.baseline, self.right = foot, self.right_edge

    def _spill(self, count: int, name: str | None) -> None:
        self.over += count
        self.over_field = self.over_field or name

    def use(self, last: Running | None) -> SlotUse:
        """How it is filled: type in Q, measure in mm, lines used and lines available. ``last`` is its last text if that
        can be filled again: then the characters that are left, or too many, are exact.
        """
        size, pitch = float(self.box.style["font_size"]), _pitch(self.box.style)
        lines = floor((self.height + _HAIR) / self.line_feed)
        used = floor((self.baseline - self.box.content_box_y()) / self.line_feed) + 1
        per_line = floor((self.box.width + _HAIR) / pitch)
        left = (lines - used) * per_line + floor((self.right_edge - self.right + _HAIR) / pitch)
        return SlotUse(
            name=self.name,
            size=round(q_from_px(size), 2),
            measure=round(mm_from_px(self.box.width), 2),
            direction=self.direction,
            lines_used=used,
            lines=lines,
            left=self._left(last, -self.over if self.over else max(0, left)),
            place=Rect(*map(mm_from_px, self._edges)).rounded(),
        )

    @property
    def _edges(self) -> tuple[float, float, float, float]:
        """Left, top, width and height on the page: a vertical slot is as high as its lines are long."""
        size = (self.box.width, self.height) if self.direction == "horizontal" else (self.height, self.box.width)
        return self.box.content_box_x(), self.box.content_box_y(), *size

    def _left(self, last: Running | None, about: int) -> int:
        """How many characters more the last text may have, below 0 how many fewer; ``about``, if that is not known."""
        if last is None or self.goes_on or not self.baseline:
            return about
        feed = last.lines[-1] * PX_PER_MM
        free = floor((self.bottom_edge - self.baseline) / feed + _NEAR)
        if not self.over:
            return last.ending.most(max(0, free))
        gone = last.ending.fewest(-free) if free < 0 else None
        return about if gone is None else -gone


def on_page(x: float, y: float, width: float, height: float, matrix: Any) -> Rect:
    """A box on its page, in the unit that it is given in; ``matrix`` is how it is turned."""
    corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
    xs, ys = zip(*(matrix.transform_point(*each) if matrix else each for each in corners), strict=True)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _values(matrix: Any) -> tuple[float, ...]:
    """The numbers of a matrix (ISO 32000-1, 8.3.3), without the noise of sums; those of none are of no turn."""
    return tuple(round(each, 6) for each in matrix.values) if matrix else _NONE


def limit_of(box: Any) -> float:
    """The height that a box's style gives it (CSS pixels), if any; for a cell the engine keeps it elsewhere."""
    if (cell := getattr(box, "computed_height", "auto")) != "auto":
        return float(cell)
    holder = next((child for child in box.children if child.element is box.element), box)
    styles = (box.style, holder.style) if getattr(box, "is_table_wrapper", False) else (box.style,)
    asked = (style[name] for style in styles for name in ("height", "max_height"))
    return min((each.value for each in asked if getattr(each, "unit", None) == "px"), default=inf)


def _pitch(style: Any) -> float:
    """The length that a character takes on a line, with its tracking (字間)."""
    em, spacing = _em(style), style["letter_spacing"]
    pitch = em * float(style["tracking"])
    return pitch if spacing == "normal" else max(em / 10, pitch + float(spacing))


def _em(style: Any) -> float:
    """The em along the line: condensed type (長体) is narrower than it is high."""
    return float(style["font_size"]) * float(style["condense"])


def _hanging(box: Any, text: str) -> float:
    """How far a text may stand beyond its measure: one full stop or comma that hangs (ぶら下げ, JLREQ 3.8.2)."""
    hangs = box.style["hanging_punctuation"] == "allow-end" and text.endswith(tuple("、。，．"))
    return _em(box.style) if hangs else 0.0


def _blank_at_head(box: Any, text: str) -> float:
    """How far the em of a line's first character may begin before the measure: by its blank (JLREQ 3.1.5)."""
    return blank_before(kind_of(text[0])) * _em(box.style)
