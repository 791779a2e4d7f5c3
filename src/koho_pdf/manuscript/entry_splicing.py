"""Entries of groups and lists put in, taken away and moved in the text of a YAML file.

An entry takes with it what follows on its last line, and the lines of comments below it that stand deeper; an item
also the lines of comments directly above it. Blank lines and other comments between two entries stay
where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from koho_pdf.manuscript.text_splicing import in_brackets, spaced
from koho_pdf.manuscript.written_nodes import (
    ENDS,
    Entry,
    Written,
    begin_of_line,
    column_of,
    end_of_line,
    newline_of,
)
from koho_pdf.manuscript.yaml_writing import Writable, yaml_of

_STEP = 2


@dataclass(slots=True)
class _Row:
    """The entries of a group or list as text, and what stands ``between`` them; the first may begin in the middle of a
    line, behind a dash."""

    before: str
    chunks: list[str]
    between: list[str]
    after: str
    column: int
    behind_dash: bool

    def text(self) -> str:
        """All of it together."""
        chunks = list(self.chunks)
        if self.behind_dash and not self.before.endswith(("\n", "\r")):
            chunks[0] = chunks[0].lstrip(" ")
        said = [self.before]
        for number, chunk in enumerate(chunks):
            said += (chunk, self.between[number] if number < len(self.between) else "")
        return "".join([*said, self.after])


def with_entry(text: str, node: Written, at: int, value: Writable, name: str = "") -> str:
    """A YAML text with one more entry, which becomes number ``at`` of a group or list that has others. Raises
    ValueError where it cannot be written there."""
    if node.flow:
        entry = (f"{in_brackets(name)}: " if name else "") + in_brackets(value)
        if at < len(node.entries):
            begin = node.entries[at].begin
            return f"{text[:begin]}{entry}, {text[begin:]}"
        end = node.entries[-1].value.end if node.entries else node.begin + 1
        return f"{text[:end]}{', ' if node.entries else ''}{entry}{text[end:]}"
    row, line_end = _row(text, node), newline_of(text)
    lines = yaml_of({name: value} if name else [value]).splitlines()
    row.chunks.insert(at, line_end.join(" " * row.column + line if line else "" for line in lines))
    row.between.insert(max(at - 1, 0), _like(row.between, line_end))
    return row.text()


def without_entry(text: str, node: Written, at: int) -> str:
    """A YAML text without an entry of a group or list, which has others too."""
    if node.flow:
        entries = node.entries
        if at + 1 < len(entries):
            return text[: entries[at].begin] + text[entries[at + 1].begin :]
        return text[: entries[at - 1].value.end] + text[entries[at].value.end :]
    row, end = _row(text, node), newline_of(text)
    del row.chunks[at]
    if at == len(row.chunks):
        left = row.between.pop()
        row.after = (left.rstrip(" \r\n") if "#" in left else "") + row.after
    elif "#" in row.between[at]:
        left = row.between.pop(at)
        if not at:
            row.before += left.removeprefix(end) if row.before.endswith(("\n", "\r")) else left
        elif "#" in row.between[at - 1]:
            row.between[at - 1] += left.removeprefix(end)
        else:
            row.between[at - 1] = left
    else:
        del row.between[at]
    return row.text()


def moved(text: str, node: Written, at: int, to: int) -> str:
    """A YAML text with an item of a list at another place."""
    if node.flow:
        spans = [(each.begin, each.value.end) for each in node.entries]
        chunks = [text[begin:end] for begin, end in spans]
        chunks.insert(to, chunks.pop(at))
        said, last = list[str](), 0
        for (begin, end), chunk in zip(spans, chunks, strict=True):
            said += (text[last:begin], chunk)
            last = end
        return "".join([*said, text[last:]])
    row = _row(text, node)
    row.chunks.insert(to, row.chunks.pop(at))
    return row.text()


def with_value(text: str, around: Written, entry: Entry, value: Writable) -> str:
    """A YAML text with another value of an entry, written anew. Raises ValueError where it cannot stand there."""
    old = entry.value
    if around.flow or old.inline:
        return spaced(text[: old.begin]) + in_brackets(value) + text[old.end :]
    before, behind = text[: entry.after], text[entry.after : end_of_line(text, entry.after)]
    comment = re.search(r"(?:^| )\s*#.*$", behind) if ENDS.search(text, entry.after, old.end) else None
    note, end = comment[0].rstrip() if comment else "", newline_of(text)
    if not value or isinstance(value, str):
        return f"{before} {yaml_of(value).removesuffix(chr(10))}{note}{text[old.end :]}"
    step = _STEP if around.what == "group" or around.entries else 0
    depth = " " * (column_of(text, entry.begin) + step)
    lines = yaml_of(value).splitlines()
    return f"{before}{note}{end}{end.join(depth + line if line else '' for line in lines)}{text[old.end :]}"


def _row(text: str, node: Written) -> _Row:
    """The entries of a group or list in block style."""
    column = column_of(text, node.entries[0].begin)
    spans: list[tuple[int, int]] = []
    for entry in node.entries:
        begin = line = begin_of_line(text, entry.begin)
        if text[line : entry.begin].strip(" "):
            begin = entry.begin  # behind a dash
        elif node.what == "list":
            begin = _above(text, line, column)
        spans.append((begin, _below(text, end_of_line(text, max(entry.value.end, entry.after)), column)))
    first = spans[0][0]
    behind = first == node.entries[0].begin and column > 0
    chunks = [text[begin:end] for begin, end in spans]
    chunks[0] = " " * column + chunks[0] if behind else chunks[0]
    between = [text[one[1] : other[0]] for one, other in pairwise(spans)]
    return _Row(text[:first], chunks, between, text[spans[-1][1] :], column, behind)


def _above(text: str, line: int, column: int) -> int:
    """Where the comments directly above a line begin that stand no deeper than ``column``."""
    while line:
        above = begin_of_line(text, line - (2 if text[:line].endswith("\r\n") else 1))
        found = re.match("( *)#", text[above:line])
        if not found or len(found[1]) > column:
            break
        line = above
    return line


def _below(text: str, end: int, column: int) -> int:
    """Where the comments on the lines below end that stand deeper than ``column``."""
    while (next_ := ENDS.match(text, end)) and (found := re.match("( *)#", text[next_.end() :])):
        if len(found[1]) <= column:
            break
        end = end_of_line(text, next_.end())
    return end


def _like(between: list[str], end: str) -> str:
    """Blank lines as between other entries."""
    plain = [each for each in between if not each.strip()]
    return min(plain, key=len) if plain else end
