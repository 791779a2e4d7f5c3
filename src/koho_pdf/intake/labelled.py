"""Finds the fields that a department set with spaces, colons, brackets or a table of two columns: 日　時　4月1日,
場所：公民館, 【対象】市民.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from koho_pdf.intake.labels import is_label
from koho_pdf.intake.received import SPACES, Bit, Cell, Grid, Line, Piece

_END = re.compile(r"[:：】〕\]》〉」』]+[ 　\t]*[:：]?[ 　\t]*|[ 　\t]+(?:[:：][ 　\t]*)?|[／/｜|][ 　]*")
_BEGINS = re.compile(
    r"[ 　\t]*(?:[（(]?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2}|[ア-ン])(?:[)）.．、]|(?=[ 　]))[ 　]*"
    r"|[①-⑳][ 　]*)?"
    r"[【〔\[《〈「『■●○〇◎◇◆★☆※▼▽▲△□→⇒・＊*]*[ 　\t]*"
)
_TELEPHONE = re.compile(r"[ 　\t]*(☎|℡|TEL|Tel|ＴＥＬ|電話)[ 　:：.．]*(?=[（(]?[0-9０-９])")
_GOES_ON = re.compile(r"　　+|   +|[　 ]*\t[　 \t]*|[　 ]{3,}")
_LONGEST = 20
_SHARE = 0.6


@dataclass(slots=True)
class Labelled:
    """A field as it was found: its ``label`` as it was written, the lines of its value, and the cell beside the
    label."""

    label: str
    lines: list[Line]
    cell: Cell | None = None
    bare: str = ""

    @property
    def name(self) -> str:
        """The label without its number and ornaments."""
        return self.bare or self.label

    def goes_on(self, line: Line) -> bool:
        """Whether a line belongs to it: it stands far to the right, or below a label that stands alone."""
        return self.cell is None and (not self.lines or _GOES_ON.match(line.plain) is not None)


def parted(pieces: Sequence[Piece], titles: Sequence[str]) -> list[Piece | Labelled]:
    """The pieces with labelled fields in the place of their lines. ``titles`` are those of the kind's fields."""
    made: list[Piece | Labelled] = []
    for piece in pieces:
        if isinstance(piece, Line) and not piece.level:
            found = labelled_line(piece, titles)
            if found:
                made.append(found)
            elif made and isinstance(last := made[-1], Labelled) and last.goes_on(piece):
                last.lines.append(_cut(piece, len(piece.plain) - len(piece.plain.lstrip(SPACES))))
            else:
                made.append(piece)
        elif isinstance(piece, Grid):
            made += _of_grid(piece, titles)
        else:
            made.append(piece)
    return made


def labelled_line(line: Line, titles: Sequence[str]) -> Labelled | None:
    """The field of a line that begins with a label; the longest label counts."""
    plain = line.plain
    if telephone := _TELEPHONE.match(plain):
        return Labelled(telephone[0].strip(SPACES), [_cut(line, telephone.end())], bare=telephone[1])
    begins = _BEGINS.match(plain)
    start = begins.end() if begins else 0
    alone = plain[start:].strip(SPACES + ":：】〕]》〉」』")
    decorated = bool(plain[:start].strip(SPACES)) or plain.rstrip(SPACES).endswith((":", "："))
    if decorated and is_label(alone, titles):
        return Labelled(plain.strip(SPACES), [], bare=alone)
    best: tuple[int, int] | None = None
    for end in _END.finditer(plain, start):
        if end.start() - start > _LONGEST:
            break
        label = plain[start : end.start()]
        sure = len(label) > 1 or decorated or end[0].strip(SPACES)  # 日 and 数 are also words of a text
        if end.end() < len(plain) and sure and is_label(label, titles):
            best = end.start(), end.end()
    if best is None:
        return None
    return Labelled(plain[: best[1]].strip(SPACES), [_cut(line, best[1])], bare=plain[start : best[0]])


def _cut(line: Line, at: int) -> Line:
    """A line from a character on."""
    bits: list[Bit] = []
    for bit in line.bits:
        if at >= len(bit.text):
            at -= len(bit.text)
        else:
            bits.append(replace(bit, text=bit.text[at:]) if at else bit)
            at = 0
    return replace(line, bits=tuple(bits))


def _of_grid(grid: Grid, titles: Sequence[str]) -> Iterator[Piece | Labelled]:
    """The fields of a table that has labels on the left; the lines of one used as a frame; else the table."""
    said = [[cell for cell in row if cell.plain and not cell.copied] for row in grid.rows]
    said = [row for row in said if row]
    if not said:
        return
    if max(map(len, said)) == 1:  # a frame around text
        yield from parted([line for row in said for cell in row for line in cell.lines], titles)
        return
    if grid.asked or _is_form(grid, said, titles):
        last: Labelled | None = None
        for row in said:
            for found in _of_row(row, titles, last, grid):
                if found is not last:
                    yield found
                last = found if isinstance(found, Labelled) else last
        return
    yield grid


def _is_form(grid: Grid, said: Sequence[Sequence[Cell]], titles: Sequence[str]) -> bool:
    """Whether most rows begin with a label, and the first row is no head of columns."""
    first = said[0]
    if len(said) > 1 and len(first) > 2 and sum(is_label(each.plain, titles) for each in first) > len(first) / 2:
        return sum(is_label(each.plain, titles) for each in first[1::2]) == 0
    if len(said) > 1 and len(first) == 2 and all(is_label(each.plain, titles) for each in first):
        return is_label(said[1][0].plain, titles)
    begins = sum(is_label(row[0].plain, titles) and len(row) > 1 and not is_label(row[1].plain, titles) for row in said)
    return begins >= max(1, len(said) * _SHARE) and (begins > 1 or len(said) == 1)


def _of_row(
    row: Sequence[Cell], titles: Sequence[str], last: Labelled | None, grid: Grid
) -> Iterator[Piece | Labelled]:
    at = 0
    while at < len(row):
        if is_label(row[at].plain, titles) and at + 1 < len(row):
            value = row[at + 1]
            yield Labelled(row[at].plain, list(value.lines), value)
            at += 2
        elif is_label(row[at].plain, titles):
            yield Labelled(row[at].plain, [], row[at])
            at += 1
        elif len(row) == 2 and at == 0 and len(row[0].plain) <= _LONGEST:  # a label that we do not know
            yield Labelled(row[0].plain, list(row[1].lines), row[1])
            at = 2
        elif last is not None and at == 0 and row[0].column > 1:
            last.lines += row[0].lines
            yield last
            at += 1
        else:
            yield from row[at].lines
            at += 1
