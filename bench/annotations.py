"""Judges what stands beside or within the line (JLREQ 3.3, 3.4): ruby, kenten and warichu, the same for every engine.

A text is judged for one kind of annotation. Readings are told apart by where they stand, not by what their font says
they are: an engine may copy them wrongly and still set them well. Lengths are in em of the text unless said.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf

from bench.boxes import Box, Mark, inside, lines_of, plain
from bench.glyphs import Glyph, Shape
from bench.judge import HAIR, Verdict

CENTRE = 0.07  # em: how far two middles may be apart: a pixel (0.75 pt) at 12 pt, which nobody sees
PIXEL_PT = 0.76  # another rule asks about rounding; here we only ask what readings do to the pitch
OVER_KANA = 0.25  # em of the text: half of the reading's
RULES = {
    "ruby": "6 every reading stands over the middle of its base",
    "overhang": "6 a reading reaches over kana by half its em, over kanji never",
    "whole": "6 a reading and its base are on one line",
    "pitch": "6 the line pitch is the same with readings",
    "reading": "6 readings copy as they were written",
    "tags": "6 readings are told from their bases by tags (Ruby, RT)",
    "kenten": "7 a kenten over the middle of each character",
    "unmarked": "7 no kenten over punctuation, nor astray",
    "note": "7 a warichu is two lines of half size amid its line",
    "even": "7 its two lines are even, from where it stands to what follows",
    "words": "7 its words copy in their order",
}

Line = Sequence[Mark]


def annotated(glyphs: Sequence[Glyph], shapes: Sequence[Shape], box: Box) -> list[Verdict]:
    """Every rule of ruby, kenten and warichu on what a box has of them."""
    lines = lines_of(glyphs, box)
    bases = [(number, mark) for number, line in enumerate(lines) for mark in line for _ in mark.text]
    kinds = {piece.kind for piece in box.pieces} - {"text"}
    if not kinds:
        return []
    if len(bases) != len(plain(box.text)):  # we cannot judge what stands beside them
        return [Verdict("whole", False, box.text, f"{len(bases)} characters are set")]
    if kinds == {"ruby"}:
        return [*_ruby(lines, bases, glyphs, box), *_pitch(lines, glyphs, box)]
    if kinds == {"kenten"}:
        return list(_kenten(lines, bases, glyphs, shapes, box))
    return list(_notes(lines, bases, glyphs, box))


def tagged(path: Path, boxes: Sequence[Box]) -> list[Verdict]:
    """Whether a PDF's structure has a Ruby with an RT for every word with readings (ISO 32000-1, 14.8.4.4.1)."""
    words = [piece.text for box in boxes for piece in box.pieces if piece.kind == "ruby"]
    with pikepdf.open(path) as pdf:
        count = _rubies_below(pdf.Root.get("/StructTreeRoot"))
    return [Verdict("tags", number < count, word, f"{count} Ruby") for number, word in enumerate(words)]


def _kids(element: Any) -> list[Any]:
    if not isinstance(element, pikepdf.Dictionary) or "/K" not in element:
        return []
    return list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]


def _rubies_below(element: Any) -> int:
    readings = [kid for kid in _kids(element) if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/RT"]
    whole = isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Ruby" and bool(readings)
    return whole + sum(map(_rubies_below, _kids(element)))


def _by_line(
    marks: Sequence[Mark], lines: Sequence[Line], box: Box, least: float, most: float
) -> dict[int, list[Mark]]:
    """Marks by the line that they stand so far above (em), each line's in reading order."""
    found = defaultdict(list)
    for mark in marks:
        for number, line in enumerate(lines):
            if least < (median(each.baseline for each in line) - mark.baseline) / box.size < most:
                found[number].append(mark)
    return {number: sorted(line, key=lambda mark: mark.start) for number, line in found.items()}


def _above(glyphs: Sequence[Glyph], lines: Sequence[Line], box: Box) -> dict[int, list[Mark]]:
    return _by_line(list(inside(glyphs, box, 0.3, 0.7)), lines, box, 0.6, 1.35)


def _ruby(
    lines: Sequence[Line], bases: Sequence[tuple[int, Mark]], glyphs: Sequence[Glyph], box: Box
) -> Iterator[Verdict]:
    wanted: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)  # by line: where a base is, it, its reading
    at = 0
    for piece in box.pieces:
        for base, reading in piece.pairs:
            numbers = {number for number, _ in bases[at : at + len(base)]}
            yield Verdict("whole", len(numbers) == 1, base, f"on lines {sorted(numbers)}" if len(numbers) > 1 else "")
            if len(numbers) == 1:
                wanted[numbers.pop()].append((at, at + len(base), base, reading))
            at += len(base)
        at += 0 if piece.pairs else len(plain(piece.bases))
    above = _above(glyphs, lines, box)
    for number, pairs in wanted.items():
        readings = iter(above.get(number, []))
        count = len(above.get(number, []))
        if count != sum(len(reading) for *_, reading in pairs):
            yield from (Verdict("ruby", False, base, f"{count} characters above the line") for _, _, base, _ in pairs)
            continue
        before = float("-inf")
        for first, end, base, reading in pairs:
            marks = [next(readings) for _ in reading]
            got = "".join(mark.text for mark in marks)
            yield Verdict("reading", plain(got) == plain(reading), base, f"{got} instead of {reading}")
            start, stop = bases[first][1].start, bases[end - 1][1].end
            off = (marks[0].start + marks[-1].end - start - stop) / 2
            yield Verdict("ruby", abs(off) <= CENTRE, base, f"{off:+.2f} em from the middle")
            beyond = list(_beyond(bases, first, end, marks, before, number, box))
            yield Verdict("overhang", not beyond, base, " ".join(beyond))
            before = marks[-1].end


def _beyond(
    bases: Sequence[tuple[int, Mark]],
    first: int,
    end: int,
    marks: Sequence[Mark],
    before: float,
    number: int,
    box: Box,
) -> Iterator[str]:
    """Where a reading stands over what it must not."""
    start, stop = marks[0].start, marks[-1].end
    if start < -HAIR or stop > box.measure / box.size + HAIR:
        yield "outside the measure"
    if start < before - HAIR:
        yield "over the reading before it"
    left = bases[first - 1] if first else (-1, marks[0])
    right = bases[end] if end < len(bases) else (-1, marks[0])
    for (line, mark), over in ((left, left[1].ink_end - start), (right, stop - right[1].ink_start)):
        if line == number and over > HAIR + (OVER_KANA if _kana(mark.text) else 0.0):
            yield f"{over:.2f} em over {mark.text}"


def _kana(text: str) -> bool:
    return all("\u3041" <= each <= "\u30ff" and each != "・" for each in text)


def _pitch(lines: Sequence[Line], glyphs: Sequence[Glyph], box: Box) -> Iterator[Verdict]:
    """Lines with readings are one line feed from their neighbours."""
    feeds = [median(mark.baseline for mark in line) for line in lines]
    bearing = _above(glyphs, lines, box)
    for number, (one, other) in enumerate(pairwise(feeds)):
        if number in bearing or number + 1 in bearing:
            off = other - one - box.line_feed
            yield Verdict("pitch", abs(off) <= PIXEL_PT, lines[number][0].text, f"{off:+.2f} pt")


def _kenten(
    lines: Sequence[Line],
    bases: Sequence[tuple[int, Mark]],
    glyphs: Sequence[Glyph],
    shapes: Sequence[Shape],
    box: Box,
) -> Iterator[Verdict]:
    drawn = [Glyph(each.page, "•", box.size / 2, each.left, each.top, each.right, each.bottom) for each in shapes]
    small = [
        mark for mark in inside([*glyphs, *drawn], box, 0.2, 0.7) if mark.end - mark.start < 0.7
    ]  # glyphs or paths: an engine may draw its marks as it likes
    above = {number: list(marks) for number, marks in _by_line(small, lines, box, 0.5, 1.5).items()}
    at = 0
    spared = []
    for piece in box.pieces:
        for character in plain(piece.bases):
            number, mark = bases[at]
            at += 1
            if piece.kind != "kenten":
                continue
            if unicodedata.category(character)[0] in "PZC":
                spared.append((number, mark))
                continue
            middle = (mark.start + mark.end) / 2
            over = [each for each in above.get(number, []) if abs((each.start + each.end) / 2 - middle) <= CENTRE]
            yield Verdict("kenten", len(over) == 1, mark.text, f"{len(over)} marks over its middle")
            if over:
                above[number].remove(over[0])
    for number, mark in spared:
        over = [each for each in above.get(number, []) if mark.ink_start < (each.start + each.end) / 2 < mark.ink_end]
        yield Verdict("unmarked", not over, mark.text, f"{len(over)} marks")
        for each in over:
            above[number].remove(each)
    for number, marks in above.items():
        yield from (Verdict("unmarked", False, str(number), f"a mark at {mark.start:.2f} em") for mark in marks)


def _notes(
    lines: Sequence[Line], bases: Sequence[tuple[int, Mark]], glyphs: Sequence[Glyph], box: Box
) -> Iterator[Verdict]:
    within = _by_line(list(inside(glyphs, box, 0.45, 0.55)), lines, box, -0.4, 0.58)
    place, note = next((at, piece.text) for at, piece in enumerate(box.pieces) if piece.kind == "note")
    set_words, rows_wrong, uneven = "", "", ""
    after = len(plain("".join(piece.bases for piece in box.pieces[:place])))
    for number, marks in sorted(within.items()):
        level = median(mark.baseline for mark in lines[number])
        rows: list[list[Mark]] = []
        for mark in sorted(marks, key=lambda mark: mark.baseline):
            if rows and mark.baseline - rows[-1][0].baseline < 0.2 * box.size:
                rows[-1].append(mark)
            else:
                rows.append([mark])
        rows = [sorted(row, key=lambda mark: mark.start) for row in rows]
        set_words += "".join(mark.text for row in rows for mark in row)
        if len(rows) != 2:
            rows_wrong = f"{len(rows)} rows"
            continue
        upper, lower = ((median(mark.baseline for mark in row) - level) / box.size for row in rows)
        middle = 0.0 if box.vertical else -0.25  # of cells' lower edges: the line's middle is half an em above its own
        if abs(lower - upper - 0.5) > CENTRE or abs((upper + lower) / 2 - middle) > CENTRE:
            rows_wrong = f"at {upper:+.2f} and {lower:+.2f} em"
        starts, ends = [row[0].start for row in rows], [row[-1].end for row in rows]
        beside = [bases[at][1] for at in (after - 1, after) if bases[at][0] == number]
        if abs(starts[0] - starts[1]) > CENTRE or not -CENTRE <= ends[0] - ends[1] <= 0.5 + CENTRE:
            uneven = f"from {starts} to {ends}"
        for mark in beside:
            if not (mark.ink_end <= min(starts) + CENTRE or mark.ink_start >= max(ends) - CENTRE):
                uneven = f"over {mark.text}"
    count = sum(map(len, within.values()))
    if count != len(note):
        rows_wrong = f"{count} characters of half size"
    yield Verdict("note", not rows_wrong, note, rows_wrong)
    yield Verdict("even", not uneven and not rows_wrong, note, uneven or rows_wrong)
    yield Verdict("words", set_words == note, note, set_words)
