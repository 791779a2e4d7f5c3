"""The values of a YAML file as they are written, with where each begins and ends: what a change of one value needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from koho_pdf.manuscript.reader import Mark, marks_of

ENDS = re.compile("\r\n|\r|\n")


@dataclass(slots=True)
class Written:
    """A value from character ``begin`` up to ``end``: a text in its ``style``, or a group or list with its
    ``entries``. ``flow``: it is a group or list in brackets; ``inline``: it stands within one. A group that a mistake
    of syntax cuts off is not ``whole``."""

    what: str
    begin: int
    end: int
    style: str = ""
    inline: bool = False
    whole: bool = True
    entries: list[Entry] = field(default_factory=list)

    @property
    def flow(self) -> bool:
        """Whether it stands in brackets of its own."""
        return self.style == "["


@dataclass(slots=True)
class Entry:
    """An entry of a group or list, from ``begin`` (its name, or its dash) on; what follows its colon or dash begins at
    ``after``. An item has an empty ``name``."""

    begin: int
    after: int
    name: str
    value: Written


def written(text: str) -> Written | None:
    """The values of a YAML text (without BOM); None for none."""
    marks = marks_of(text)
    first = next(marks, None)
    return _node(first, marks, text, inline=False) if first else None


def at(node: Written | None, path: str) -> Written | None:
    """The value at a dotted path."""
    for part in path.split(".") if path else ():
        if node is None:
            return None
        node = next((entry.value for entry in named(node, part)), None)
    return node


def named(node: Written, part: str) -> list[Entry]:
    """The entry of this name or number, if there is one."""
    if node.what == "group":
        return [each for each in node.entries if each.name == part][:1]
    return node.entries[int(part) :][:1] if node.what == "list" and part.isdecimal() else []


def _node(mark: Mark, marks: Iterator[Mark], text: str, *, inline: bool) -> Written:
    made = Written(mark.what, mark.begin, mark.end, mark.style, inline)
    if mark.what == "text":
        if made.style in ("|", ">"):
            made.end = _end_of_block(text, made.begin, made.end)
        return made
    within = inline or made.flow
    ends = made.begin if made.flow else made.end
    while True:
        each = next(marks, None)
        if each is None:
            made.whole = False
            break
        if each.what == "end":
            ends = each.end if made.flow else ends
            break
        name, begin = "", each.begin
        if mark.what == "group":
            name, value = each.text, next(marks, None)
            if value is None:
                made.whole = False
                break
        else:
            value = each
            begin = each.begin if made.flow else _dash(text, ends, each.begin, made)
        after = text.find(":", each.end) + 1 if mark.what == "group" else begin + (not made.flow)
        entry = Entry(begin, after, name, _node(value, marks, text, inline=within))
        made.entries.append(entry)
        ends = max(entry.value.end, entry.begin)
    made.end = ends
    return made


def _end_of_block(text: str, begin: int, end: int) -> int:
    """Where the last line of a text after ``|`` ends that has words; its own line if none has."""
    return begin + len(text[begin:end].rstrip("\r\n \t"))


def _dash(text: str, last: int, begin: int, around: Written) -> int:
    """Where the dash of an item stands whose value begins at ``begin``; the item before ends at ``last``."""
    if not around.entries:
        found = text.find("-", around.begin)
        return found if 0 <= found <= begin else begin
    column = column_of(text, around.entries[0].begin)
    line = begin_of_line(text, begin)
    while line >= last:
        if text[line : line + column].strip(" ") == "" and text[line + column : line + column + 1] == "-":
            return line + column
        if not line:
            break
        line = begin_of_line(text, line - 1)
    return begin


def begin_of_line(text: str, at_: int) -> int:
    """Where the line of a character begins."""
    return max(text.rfind("\n", 0, at_), text.rfind("\r", 0, at_)) + 1 if at_ else 0


def end_of_line(text: str, at_: int) -> int:
    """Where the line of a character ends, without its line end."""
    found = ENDS.search(text, at_)
    return found.start() if found else len(text)


def column_of(text: str, at_: int) -> int:
    """How many characters stand before a character on its line."""
    return at_ - begin_of_line(text, at_)


def newline_of(text: str) -> str:
    """The line end of a file: that of its first line."""
    found = ENDS.search(text)
    return found[0] if found else "\n"
