"""Ruby in the engine's boxes: which readings stand over which cells, and how they change the cells' spaces.

A reading (``rt``) is not part of its paragraph's text: it is set by itself over the base before it in its ``ruby``,
does not change the line's height, and is drawn after its line (see ``above``), so that the base is copied in one piece.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from koho_pdf.composition.engine.leaf import Leaf, along
from koho_pdf.composition.paragraph.classes import Kind, kind_of
from koho_pdf.composition.paragraph.line import Cell
from koho_pdf.composition.paragraph.ruby import breaks, is_mono, over_base, overhang, share, spread

Path = tuple[int, ...]
_QUARTER = 0.25  # em: between Japanese and Latin (JLREQ 3.2.6)


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading over the cells from ``first`` up to ``end``; its text, and the advance of each of its characters."""

    leaf: Leaf
    first: int
    end: int
    advances: tuple[float, ...]

    @property
    def em(self) -> float:
        """Of its type along the line, in CSS pixels."""
        return along(self.leaf.box.style)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a reading over the cells from ``first`` up to ``end`` of a line: its clusters from ``head`` up to
    ``tail``; all of them, unless its base is longer than a line.
    """

    reading: Reading
    first: int
    end: int
    head: int
    tail: int

    @property
    def advances(self) -> tuple[float, ...]:
        """The advances of its clusters, in CSS pixels."""
        return self.reading.advances[self.head : self.tail]

    @property
    def text(self) -> str:
        """The characters of its clusters."""
        leaf = self.reading.leaf
        begin, end = leaf.offsets[self.head], leaf.offsets[self.tail]
        return str(leaf.box.text.encode()[begin:end].decode())


@dataclass(frozen=True, slots=True)
class Ruby:
    """Readings that are set together: a group, a compound (熟語) that shares its room and has ``breaks``, or a single
    one.
    """

    readings: tuple[Reading, ...]
    around: bool
    breaks: bool

    @property
    def first(self) -> int:
        """The first cell below it."""
        return self.readings[0].first

    @property
    def end(self) -> int:
        """The cell after the last one below it."""
        return self.readings[-1].end


def is_reading(box: Any) -> bool:
    """Whether an inline element is a reading."""
    return bool(box.element_tag == "rt")


def is_plain(box: Any) -> bool:
    """Whether a reading is one text and nothing else; we set only such readings."""
    from weasyprint.formatting_structure.boxes import TextBox

    return len(box.children) == 1 and isinstance(box.children[0], TextBox)


def rubies(leaves: Sequence[Leaf], readings: Sequence[Leaf], cells: Sequence[Cell]) -> dict[Path, Ruby]:
    """The rubies of a paragraph of ``leaves``, by the path of each of their readings (``rt``)."""
    pairs: dict[Path, list[Reading]] = {}
    styles: dict[Path, Any] = {}
    for leaf in readings:
        path = leaf.path[:-1]
        holder, before = path[:-1], pairs.get(path[:-1], [])
        done = before[-1].leaf.path if before else holder
        bases = [base for base in leaves if base.path[: len(holder)] == holder and done < base.path < leaf.path]
        if bases:
            end = bases[-1].first + len(bases[-1].glyphs)
            advances = tuple(sum(glyphs.advances) for glyphs in leaf.glyphs)
            pairs.setdefault(holder, []).append(Reading(leaf, bases[0].first, end, advances))
            styles[holder] = leaf.ancestors[-2].style
    found: dict[Path, Ruby] = {}
    for holder, members in pairs.items():
        found |= _units(members, cells, styles[holder])
    return found


def _units(members: list[Reading], cells: Sequence[Cell], style: Any) -> dict[Path, Ruby]:
    """The readings of a ``ruby`` that are set together (``ruby-merge``, CSS Ruby 1, 4.2)."""
    merge, around = style["ruby_merge"], style["ruby_align"] == "space-around"
    alone = merge == "separate" or (merge == "auto" and is_mono([_widths(each, cells) for each in members]))
    together = Ruby(tuple(members), around, merge == "auto")
    return {each.leaf.path[:-1]: Ruby((each,), around, False) if alone else together for each in members}


def _widths(reading: Reading, cells: Sequence[Cell]) -> tuple[float, float]:
    """The widths of the base, with the space between its characters (字間), and of the reading."""
    base = sum(cell.advance + cell.extra for cell in cells[reading.first : reading.end])
    return base - cells[reading.end - 1].extra, sum(reading.advances)


def spaced(
    cells: list[Cell], texts: Sequence[str], found: dict[Path, Ruby], marked: Container[int], autospace: bool
) -> None:
    """Give the cells below readings their ties and the space they need, in place; ``marked`` cells have kenten. With
    ``autospace`` Latin keeps its quarter em beside Japanese below a reading too (20日).
    """
    units = list({id(ruby): ruby for ruby in found.values()}.values())
    based = {place for ruby in units for place in range(ruby.first, ruby.end)}

    def beside(place: int, em: float) -> str | None:
        free = 0 <= place < len(cells) and place not in based and place not in marked
        return texts[place] if free and abs(cells[place].em - em) < 0.01 else None

    for ruby in units:
        first, end = ruby.first, ruby.end
        em, reading_em = cells[first].em, ruby.readings[0].em
        base, reading = (sum(widths) for widths in zip(*(_widths(each, cells) for each in ruby.readings), strict=True))
        gaps = [
            (cells[place].kind is Kind.LATIN, cells[place + 1].kind is Kind.LATIN) for place in range(first, end - 1)
        ]
        quarters = [_QUARTER * em if autospace and one is not other else 0.0 for one, other in gaps]
        base += sum(quarters)
        tail, head = cells[first - 1].tail if first else 0.0, cells[end].head if end < len(cells) else 0.0
        left = overhang(beside(first - 1, em), tail, reading_em)
        right = overhang(beside(end, em), head, reading_em)
        needed = spread(1 + sum(not all(gap) for gap in gaps), base, reading, left, right)
        may_end = {each.end - 1 for each in _breaking(ruby, cells)}
        opened = [quarter + (0.0 if all(gap) else needed.inner) for quarter, gap in zip(quarters, gaps, strict=True)]
        for place, after in zip(range(first, end), [*opened, needed.after], strict=True):
            inner = place < end - 1
            cells[place] = cells[place]._replace(
                full=False,
                tied=inner or cells[place].tied,
                extra=cells[place].extra + after,
                ends=cells[place].ends if not inner or place in may_end else 0,
                lead=needed.inner / 2,  # the base is cut, so that each part can hold its part of the reading
                trail=needed.inner / 2,
            )
        cells[first] = cells[first]._replace(lead=needed.reach)
        cells[end - 1] = cells[end - 1]._replace(trail=needed.reach, firm=min(head, needed.reach - needed.after) / em)
        if first:
            before, over = cells[first - 1], min(tail, needed.reach - needed.before)
            cells[first - 1] = before._replace(extra=before.extra + needed.before, firm=max(before.firm, over / em))


def _breaking(ruby: Ruby, cells: Sequence[Cell]) -> list[Reading]:
    """The readings of a compound after which a line may end."""
    if not ruby.breaks:
        return []
    allowed = breaks([_widths(each, cells) for each in ruby.readings])
    return [each for each, may in zip(ruby.readings, allowed, strict=False) if may]


def places(ruby: Ruby, parts: Sequence[Part], part: Part, base: float, em: float) -> list[float]:
    """The places of the characters of one ``part``, and its end, from the head of the ``base`` (``em``) that the
    ``parts`` on a line share.
    """
    latin = any(kind_of(character) is Kind.LATIN for each in parts for character in each.text)
    advances = [advance for each in parts for advance in each.advances]
    start, gap = over_base(advances, base, em, around=ruby.around and not latin)
    first = sum(len(each.advances) for each in parts[: list(parts).index(part)])
    ends = list(accumulate((advance + gap for advance in advances), initial=start))
    return [*ends[first : first + len(part.advances)], ends[first + len(part.advances)] - gap]


def on_line(ruby: Ruby, first: int, end: int) -> list[Part]:
    """The parts of a ruby over the cells of a line."""
    found = []
    for each in ruby.readings:
        head, tail = max(each.first, first), min(each.end, end)
        if head < tail:
            count = each.end - each.first
            within = share(len(each.advances), count, head - each.first, tail - each.first)
            found.append(Part(each, head, tail, *within))
    return found
