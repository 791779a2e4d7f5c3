"""Finds blocks and the reading order of lines in columns (段組): arithmetic in the coordinates of the text.

A column of horizontal text and a 段 of vertical text are the same thing (see ``glyph_lines``), and one rule orders
both.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from koho_pdf.archive.ingest.adverts import adverts
from koho_pdf.archive.ingest.glyph_lines import Groups, Line, Span, lines_of, printed_once, span_of
from koho_pdf.archive.ingest.glyphs import Glyph
from koho_pdf.archive.ingest.ruled import tables
from koho_pdf.archive.ingest.unruled import unruled
from koho_pdf.geometry import Rect

_DEEPEST = 40
_CELL = 8  # em: wider lines are running text, hardly a table
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]{1,16}")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that follow each other without a gap, all in one direction, and the readings (ruby) beside them. In a
    ``table`` each line is a row; an ``advert`` is not the city's own text.
    """

    lines: tuple[Line, ...]
    readings: tuple[str, ...] = ()
    table: bool = False
    advert: bool = False

    @property
    def box(self) -> Rect:
        return reduce(Rect.union, (line.box for line in self.lines))


@dataclass(frozen=True, slots=True)
class Flow:
    """The blocks of a page in reading order; and the readings (ruby), kept apart because they would cut the words
    beside them.
    """

    blocks: tuple[Block, ...]
    readings: tuple[str, ...]


def flow(glyphs: Sequence[Glyph], rules: Sequence[Rect] = (), frames: Sequence[Rect] = ()) -> Flow:
    """The lines of a page's glyphs in blocks, in reading order. Text that runs up the page or is upside down comes
    last.
    """
    paid, others = adverts([glyph for glyph in glyphs if not glyph.backwards], frames)
    upright = _flow(others, rules)
    if paid:
        said = _flow(paid, rules)
        lines = tuple(line for block in said.blocks for line in block.lines)
        upright = Flow((*upright.blocks, Block(lines, advert=True)), (*upright.readings, *said.readings))
    if not (turned := _righted([glyph for glyph in glyphs if glyph.backwards])):
        return upright
    also = _flow(turned)
    return Flow((*upright.blocks, *also.blocks), (*upright.readings, *also.readings))


def _righted(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs turned by 180 degrees around their middle, so that text that ran up the page runs down, as vertical
    text does.
    """
    if not glyphs:
        return []
    whole = reduce(Rect.union, (glyph.box for glyph in glyphs))
    return [
        replace(
            glyph,
            box=replace(
                glyph.box, x=whole.x + whole.right - glyph.box.right, y=whole.y + whole.bottom - glyph.box.bottom
            ),
        )
        for glyph in glyphs
    ]


def _flow(glyphs: Sequence[Glyph], rules: Sequence[Rect] = ()) -> Flow:
    ruled, glyphs = tables(printed_once(glyphs), rules) if rules else ([], glyphs)
    lines = lines_of(glyphs)
    bases = {index: base for index, line in enumerate(lines) if (base := _base_of(line, lines))}
    readings = [lines[index] for index in bases]
    of_base: dict[Line, list[str]] = defaultdict(list)
    for index, base in bases.items():
        of_base[base].append(lines[index].text)
    plain = [line for index, line in enumerate(lines) if index not in bases]
    text = {id(line) for block in _blocks(plain) if _is_running(block) for line in block.lines}
    unread, left = unruled([line for line in plain if id(line) not in text], rules)
    text |= {id(line) for line in left}
    blocks = [
        replace(block, readings=tuple(text for line in block.lines for text in of_base.get(line, ())))
        for block in _blocks([line for line in plain if id(line) in text])
    ]
    blocks += [Block(table.rows, table=True) for table in (*ruled, *unread)]
    letters = sum(len(line.text) for line in lines)
    mostly_vertical = sum(len(line.text) for line in lines if line.vertical) * 2 > letters
    return Flow(
        tuple(_ordered(blocks, [span_of(block.box, block.lines[0].size, mostly_vertical) for block in blocks], 0)),
        tuple(reading.text for reading in readings),
    )


def _is_running(block: Block) -> bool:
    """Whether a block is running text: most of its lines are wide and end where the others end."""
    ends = [line.box.bottom if line.vertical else line.box.right for line in block.lines]
    full = [
        line
        for line, end in zip(block.lines, ends, strict=True)
        if max(line.box.width, line.box.height) > _CELL * line.size and max(ends) - end < 1.2 * line.size
    ]
    return len(full) > 2 and 2 * len(full) > len(block.lines)


def _base_of(line: Line, lines: Sequence[Line]) -> Line | None:
    """The base line of a line of ruby; None if it is not ruby. Ruby is small kana close to larger type, above it or, in
    vertical text, to its right. In word processors it may be as large as 0.7 em.
    """
    if not _KANA.fullmatch(line.text):
        return None
    for base in lines:
        if not 1.4 * line.size <= base.size <= 2.6 * line.size:
            continue
        small, large = (span_of(each.box, each.size, base.vertical) for each in (line, base))
        inside = large.u0 - base.size / 2 <= (small.u0 + small.u1) / 2 <= large.u1 + base.size / 2
        if inside and -0.6 * base.size <= large.w0 - small.w1 <= 0.4 * base.size:
            return base
    return None


def _blocks(lines: Sequence[Line]) -> list[Block]:
    """Join lines if each has exactly one line after it, which has exactly one line before it. A headline over two
    columns has two lines after it, and stays alone.
    """
    groups = Groups(len(lines))
    for direction in (False, True):
        spans = {
            i: span_of(line.box, line.size, direction) for i, line in enumerate(lines) if line.vertical is direction
        }
        down = sorted(spans, key=lambda index: spans[index].w0)
        after: dict[int, list[int]] = defaultdict(list)
        before: dict[int, list[int]] = defaultdict(list)
        for place, index in enumerate(down):
            here = spans[index]
            for other in down[place + 1 :]:
                there = spans[other]
                if there.w0 > here.w1 + 1.4 * here.size or (after[index] and there.w0 > spans[after[index][0]].w1):
                    break
                if min(here.u1, there.u1) > max(here.u0, there.u0) and there.w0 > (here.w0 + here.w1) / 2:
                    after[index].append(other)
                    before[other].append(index)
        for index, found in after.items():
            if len(found) == 1 and len(before[found[0]]) == 1:
                small, large = sorted((lines[index].size, lines[found[0]].size))
                if large <= 1.15 * small:
                    groups.join(index, found[0])
    members: dict[int, list[Line]] = defaultdict(list)
    for index, line in enumerate(lines):
        members[groups.of(index)].append(line)
    return [
        Block(tuple(sorted(group, key=lambda line: span_of(line.box, line.size, line.vertical).w0)))
        for group in members.values()
    ]


def _ordered(blocks: Sequence[Block], spans: Sequence[Span], depth: int) -> list[Block]:
    """Column after column, each from its first line on; a block over several columns separates the columns before it
    from those after it.
    """
    if len(blocks) < 2:
        return list(blocks)
    every = range(len(blocks))
    columns = _parted(every, lambda i: (spans[i].u0 + 0.3 * spans[i].size, spans[i].u1 - 0.3 * spans[i].size))
    if len(columns) == 1:
        columns = []
        for row in _parted(every, lambda i: (spans[i].w0 + 0.3 * spans[i].size, spans[i].w1 - 0.3 * spans[i].size)):
            if columns and _in_columns([*columns[-1], *row], spans) and _in_columns(columns[-1], spans):
                columns[-1] += row
            else:
                columns.append(row)
    if len(columns) == 1 or depth > _DEEPEST:
        return [blocks[i] for i in sorted(every, key=lambda i: (spans[i].w0, spans[i].u0))]
    return [
        block for part in columns for block in _ordered([blocks[i] for i in part], [spans[i] for i in part], depth + 1)
    ]


def _in_columns(part: Sequence[int], spans: Sequence[Span]) -> bool:
    return len(_parted(part, lambda i: (spans[i].u0 + 0.3 * spans[i].size, spans[i].u1 - 0.3 * spans[i].size))) > 1


def _parted(part: Iterable[int], extent: Callable[[int], tuple[float, float]]) -> list[list[int]]:
    """The members in groups that are separated by straight white strips, in order."""
    groups: list[list[int]] = []
    end = 0.0
    for index in sorted(part, key=extent):
        start, stop = extent(index)
        if groups and start < end:
            groups[-1].append(index)
            end = max(end, stop)
        else:
            groups.append([index])
            end = stop
    return groups


def body_size(lines: Iterable[Line]) -> float:
    """The em in mm in which most letters are set; 0 where there are none."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return max(letters, key=lambda size: (letters[size], -size), default=0.0)
