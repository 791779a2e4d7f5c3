"""Reads one sheet of an Excel workbook (.xlsx: ECMA-376-1, 18; a ZIP of XML files): what its cells hold, and what of it
is hidden or merged.

Only the few parts that a table needs are unpacked, each up to a limit. Formulas are never worked out: what Excel worked
out last stands beside them. Macros, links to other files and pictures are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from zipfile import ZipFile

from koho_pdf.content.values.number_formats import BUILT_IN
from koho_pdf.content.values.workbook_parts import NoWorkbook, opened, part, read_xml, related

CELLS_LIMIT = 50_000
"""The most cells of a sheet that hold anything; a table has far fewer (``table_cells``)."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ST_Xstring (22.9.2.19)


@dataclass(frozen=True, slots=True)
class Stored:
    """What one cell holds: its ``text`` as the file says it, of which ``type`` (18.18.11), and the code of its number
    format. ``computed`` is false for a formula whose result is not in the file. ``reading``: words with the
    furigana that Excel keeps behind them, 香月（カツキ）; empty if it has none.
    """

    text: str
    type: str = "n"
    format: str = "General"
    computed: bool = True
    reading: str = ""


@dataclass(slots=True)
class Sheet:
    """The cells that hold anything, by row and column from 1; hidden rows and columns; merged cells as Excel names
    them (B2:C2), each with its first and last row and column."""

    cells: dict[tuple[int, int], Stored] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    merged: list[tuple[str, int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Workbook:
    """Its sheets by their names, with those that Excel shows; ``from_1904`` if its days count from that year (Macs)."""

    sheets: Mapping[str, str]
    shown: tuple[str, ...]
    from_1904: bool
    _archive: ZipFile
    _parts: Mapping[str, str]

    def sheet(self, name: str) -> Sheet:
        """One of the ``sheets``. Raises ``NoWorkbook``."""
        strings = _strings(part(self._archive, self._parts["sharedStrings"])) if "sharedStrings" in self._parts else []
        formats = _formats(part(self._archive, self._parts["styles"])) if "styles" in self._parts else []
        return _Sheet(strings, formats).read(part(self._archive, self.sheets[name]))


def column_name(column: int) -> str:
    """A column as Excel names it: 1 is A, 28 is AB."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def workbook_of(content: bytes, *, macros: bool = False) -> Workbook:
    """The workbook in a file; one with ``macros`` only if they do not matter, none is run. Raises ``NoWorkbook``."""
    archive = opened(content)
    if not macros and any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
        raise NoWorkbook("macros")
    top = next((path for kind, _, path in related(archive, "") if kind == "officeDocument"), None)
    if top is None:
        raise NoWorkbook("broken")
    below = list(related(archive, top))
    paths = {id_: path for _, id_, path in below}
    found: list[dict[str, str]] = []
    said: dict[str, str] = {}

    def start(name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            found.append(given)
        elif name == "workbookPr":
            said.update(given)

    read_xml(part(archive, top), start)
    grids = {path for kind, _, path in below if kind == "worksheet"}
    sheets = {each.get("name", ""): paths.get(each.get("id", ""), "") for each in found}
    shown = tuple(each.get("name", "") for each in found if each.get("state", "visible") == "visible")
    sheets = {name: path for name, path in sheets.items() if path in grids}  # no sheet of a chart
    parts = {kind: path for kind, _, path in below}
    from_1904 = said.get("date1904") in ("1", "true")
    return Workbook(sheets, tuple(name for name in shown if name in sheets), from_1904, archive, parts)


def words_in(content: bytes) -> str:
    """Every text that the cells of a workbook hold, and its formats, one after another; nothing of broken sheets."""
    words: list[str] = []
    with suppress(NoWorkbook):
        workbook = workbook_of(content)
        for name in workbook.sheets:
            with suppress(NoWorkbook):
                words += [each.text + each.format for each in workbook.sheet(name).cells.values()]
    return "".join(words)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass(slots=True)
class _Words:
    """The text of a cell while it is read; readings above it (furigana, ``rPh``: 18.4.6) are not words of the cell."""

    text: str = ""
    above: list[tuple[int, int, str]] = field(default_factory=list)
    _within: tuple[int, int] | None = None

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "rPh":
            self._within = _number(given.get("sb", ""), 0), _number(given.get("eb", ""), 0)

    def end(self, name: str, text: str) -> None:
        if name == "rPh":
            self._within = None
        elif name == "t" and self._within:
            self.above.append((*self._within, _unescaped(text)))
        elif name == "t":
            self.text += _unescaped(text)

    @property
    def reading(self) -> str:
        """The words that have a reading, each with it."""
        return "・".join(f"{self.text[begin:end]}（{words}）" for begin, end, words in self.above if words.strip())


def _strings(content: bytes) -> list[_Words]:
    """The texts that cells share."""
    found: list[_Words] = []

    def start(name: str, given: dict[str, str]) -> None:
        if name == "si":
            found.append(_Words())
        elif found:
            found[-1].start(name, given)

    read_xml(content, start, lambda name, text: found[-1].end(name, text) if found else None)
    return found


def _formats(content: bytes) -> list[str]:
    """The number format of each style of cells: its code, or ``BUILT_IN`` and its number (18.8.30)."""
    codes: dict[str, str] = {}
    found: list[str] = []
    within: list[str] = []

    def start(name: str, given: dict[str, str]) -> None:
        if name == "numFmt":
            codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name == "xf" and within and within[-1] == "cellXfs":
            number = given.get("numFmtId", "0")
            found.append(codes.get(number, BUILT_IN + number))
        within.append(name)

    read_xml(content, start, lambda name, text: within.pop())
    return found


class _Sheet:
    """Reads one sheet."""

    def __init__(self, strings: list[_Words], formats: list[str]) -> None:
        self._strings, self._formats = strings, formats
        self._found = Sheet()
        self._row = self._column = 0
        self._words = _Words()
        self._cell: dict[str, str] = {}
        self._said: dict[str, str] = {}

    def read(self, content: bytes) -> Sheet:
        read_xml(content, self._start, self._end)
        return self._found

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            place = _place(given.get("r", ""))
            self._row, self._column = place or (self._row, self._column + 1)
            self._cell, self._said, self._words = given, {}, _Words()
        elif name == "row":
            self._row, self._column = _number(given.get("r", ""), self._row + 1), 0
            if _is_on(given.get("hidden")) or given.get("ht") == "0":
                self._found.hidden_rows.add(self._row)
        elif name == "col" and (_is_on(given.get("hidden")) or given.get("width") == "0"):
            first = _number(given.get("min", ""), 1)
            self._found.hidden_columns.append(range(first, _number(given.get("max", ""), first) + 1))
        elif name == "mergeCell":
            first_, _, last_ = given.get("ref", "").partition(":")
            if (first_at := _place(first_)) and (last_at := _place(last_)):
                self._found.merged.append((given["ref"], *first_at, *last_at))
        self._words.start(name, given)

    def _end(self, name: str, text: str) -> None:
        self._words.end(name, text)
        if name in ("v", "f"):
            self._said[name] = text
        elif name == "c":
            self._store()

    def _store(self) -> None:
        said, type_ = self._said, self._cell.get("t", "n")
        style = _number(self._cell.get("s", ""), 0)
        format_ = self._formats[style] if style < len(self._formats) else "General"
        if "f" in said and not said.get("v") and type_ in ("n", "s", "b"):  # a text (``str``) may be empty
            self._found.cells[self._row, self._column] = Stored("", type_, format_, computed=False)
            return
        words = self._words
        text = words.text if type_ == "inlineStr" else said.get("v", "")
        if type_ == "s":
            number = _number(text, len(self._strings))
            if number >= len(self._strings):
                raise NoWorkbook("broken")
            words = self._strings[number]
            text = words.text
        elif type_ == "str":
            text = _unescaped(text)
        if len(self._found.cells) >= CELLS_LIMIT:
            raise NoWorkbook("too-large")
        if text.strip():
            self._found.cells[self._row, self._column] = Stored(text, type_, format_, reading=words.reading)


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of a cell as Excel names it: B3."""
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _is_on(told: str | None) -> bool:
    return told in ("1", "true", "on")
