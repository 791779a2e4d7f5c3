"""The texts of a plain file: its paragraphs, the tables in it (cells between tabs or |), and its pictures (Markdown, HTML).

A line that begins with ■ or such is the heading of what follows, so a new text begins there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Cell, Grid, Place, Prose, Read, Role
from koho_pdf.gate.table_shape import cell_number, notes_in

_LONGEST = 2000
"""The most characters that are read at once: the time of some patterns grows by the square of them."""
_PICTURE = late(r"\s*(?:!\[(?P<alt>[^\]]*)\]\((?P<file>[^)]*)\)|<img\b(?P<rest>[^>]*)>)\s*")
_ALT = late(r"""\balt\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")
_RULED = late(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*")
_SPACED = late("[ 　]*　[ 　]*|  +")
_LEAST = 3
_HEADED = late(r"[ 　]*(?P<mark>[■□◆◇▼▽▲△▶★☆#]+)[ 　]*[^。\n]{1,40}$")


def read_text(text: str, file: str, role: Role = Role.BODY) -> Read:
    """What stands in a plain text, in order. A paragraph is lines up to an empty one or a heading; lines count from 1."""
    proses: list[Prose] = []
    grids: list[Grid] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip(" 　\t"):
            at += 1
        elif (end := _table_ends(lines, at)) > at:
            grid = _grid(lines, at, end, file)
            grids.append(grid)
            proses += [cell.prose for row in grid.rows for cell in row if cell.words]
            at = end
        elif picture := _PICTURE.fullmatch(lines[at]):
            proses.append(_picture(lines, at, picture, file))
            at += 1
        else:
            end = at + 1
            while end < len(lines) and not _begins_other(lines, end) and sum(map(len, lines[at : end + 1])) < _LONGEST:
                end += 1
            proses += _parts("\n".join(lines[at:end]), role, Place(file, at + 1, 1))
            at = end
    return Read(tuple(proses), tuple(grids))


def _begins_other(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    if not line.strip(" 　\t") or _PICTURE.fullmatch(line) is not None or _table_ends(lines, at) > at:
        return True
    mark = _mark(line)
    beside = [lines[at - 1], *lines[at + 1 : at + 2]]  # the lines of a list have one mark
    return bool(mark) and not any(_mark(each) == mark for each in beside)


def _mark(line: str) -> str:
    found = _HEADED.match(line)
    return found["mark"] if found else ""


def _parts(text: str, role: Role, place: Place) -> Iterator[Prose]:
    """A paragraph, or parts of it that end where sentences do."""
    at = 0
    while len(text) - at > _LONGEST:
        cut = max(text.rfind("。", at, at + _LONGEST), at + _LONGEST // 2) + 1
        yield Prose(text[at:cut], role, place=replace(place, column=at + 1))
        at = cut
    yield Prose(text[at:], role, place=replace(place, column=at + 1))


def _table_ends(lines: Sequence[str], at: int) -> int:
    """The line after a table that begins here: two lines or more with cells; the same line if none does."""
    end = at
    while end < len(lines) and _is_row(lines[end]):
        end += 1
    if end - at > 1:
        return end
    return _spaced_ends(lines, at)


def _spaced_ends(lines: Sequence[str], at: int) -> int:
    """The same for a table whose cells stand apart by wide spaces: three lines or more of as many cells, figures all but
    the first line and the first column."""
    first = _SPACED.split(lines[at].strip(" 　"))
    if len(first) < _LEAST or "。" in lines[at]:
        return at
    end = at + 1
    while end < len(lines):
        cells = _SPACED.split(lines[end].strip(" 　"))
        if len(cells) != len(first) or any(cell_number(each) is None for each in cells[1:]):
            break
        end += 1
    return end if end - at >= _LEAST else at


def _is_row(line: str) -> bool:
    return "\t" in line.strip(" 　\t") or line.count("|") > 1


def _grid(lines: Sequence[str], begin: int, end: int, file: str) -> Grid:
    rows = [list(_cells(lines[at], at + 1, file)) for at in range(begin, end) if not _RULED.fullmatch(lines[at])]
    wide = max(map(len, rows))
    for number, row in enumerate(rows):
        row += [Cell("", Prose("", Role.CELL, place=Place(file, begin + number + 1, 1)))] * (wide - len(row))
    before = lines[begin - 1] if begin else ""
    return Grid(tuple(map(tuple, rows)), f"{before}　{notes_in(lines[end:])}")


def _cells(line: str, number: int, file: str) -> Iterator[Cell]:
    is_ruled = "\t" not in line.strip(" 　\t") and line.count("|") > 1
    is_spaced = not is_ruled and "\t" not in line.strip(" 　\t")
    pattern = r"[^|]*(?:\||$)" if is_ruled else r"[ 　]*(?:[^ 　]| (?! ))+" if is_spaced else r"[^\t]*(?:\t|$)"
    found = [each for each in re.finditer(pattern, line) if each[0]]
    if is_ruled:
        found = [each for each in found if each[0].strip(" |") or 0 < each.start() < len(line.rstrip()) - 1]
    for each in found:
        words = each[0].strip(" 　\t|")
        column = each.start() + (each[0].index(words) if words else 0) + 1
        yield Cell(words, Prose(words, Role.CELL, place=Place(file, number, column)))


def _picture(lines: Sequence[str], at: int, found: re.Match[str], file: str) -> Prose:
    """A picture's description, and the line below it, which may be its caption."""
    alt, begin = found["alt"], found.start("alt")
    if alt is None:
        named = _ALT.search(found["rest"])
        quote = "double" if named and named["double"] is not None else "single"
        alt = named[quote] if named else ""
        begin = found.start("rest") + named.start(quote) if named else lines[at].index("<")
    caption = lines[at + 1] if at + 1 < len(lines) else ""
    return Prose(f"{alt}\n{caption.strip()}", Role.PICTURE, place=Place(file, at + 1, begin + 1))
