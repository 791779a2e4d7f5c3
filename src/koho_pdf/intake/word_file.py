"""Reads a Word file (.docx: ECMA-376-1, 17): paragraphs with their marks, headings, numbers, tables, text boxes,
pictures. Of tracked changes the accepted text; what was pending, comments and hidden words are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from koho_pdf.findings import Finding, Where
from koho_pdf.intake.office_parts import PICTURE_LIMIT, NotOpened, Package, local
from koho_pdf.intake.received import Bit, Cell, Grid, Line, Piece, Received, Shown, line_of
from koho_pdf.intake.word_notes import notes
from koho_pdf.intake.word_numbers import Numbers, numbers_of
from koho_pdf.intake.word_runs import Beside, Runs
from koho_pdf.intake.word_styles import Style, said, styles_of
from koho_pdf.intake.word_tables import cells_of, merging, rows_of

_CAPTIONS = ("caption", "図表番号")
_MOST_COLUMNS = 63  # Word's own limit


@dataclass(slots=True)
class _Reader:
    """Reads one file."""

    package: Package
    file: str
    main: str
    related: dict[str, tuple[str, str]]
    numbers: Numbers
    styles: dict[str, Style]
    beside: Beside = field(default_factory=Beside)
    number: int = 0
    after: list[Piece] = field(default_factory=list)  # pictures and text boxes of the paragraph that is read
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)  # descriptions of boxes and charts

    def pieces(self, body: Element) -> Iterator[Piece]:
        """Everything below a body, a cell, a text box, in order."""
        before: tuple[Bit, ...] = ()
        for each in body:
            name = local(each.tag)
            if name == "p":
                lines, joins = self.paragraph(each, before)
                before = ()
                if joins and lines:
                    *lines, last = lines
                    before = last.bits
                yield from lines
                yield from self._taken()
            elif name == "tbl":
                yield self.table(each)
                yield from self._taken()
            elif name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"):
                if name != "sdt" or not any(local(one.tag) == "showingPlcHdr" for one in each.iter()):
                    yield from self.pieces(each)
            elif name == "AlternateContent" and len(each):
                yield from self.pieces(each[0])
            elif name in ("del", "moveFrom"):
                self.beside.deleted.append(_words(each))
            elif name == "altChunk":
                self.beside.embedded.append(self.related.get(said(each, "id"), ("", ""))[1].rpartition("/")[2])
        if before:
            yield Line(before, 0, self.number)

    def _taken(self) -> list[Piece]:
        after, self.after = self.after, []
        return after

    def paragraph(self, element: Element, before: tuple[Bit, ...] = ()) -> tuple[list[Line], bool]:
        """The lines of a paragraph, and whether it is joined to the next one (its end was deleted)."""
        self.number += 1
        style, numbered, joins = self._properties(element)
        runs = Runs(self.related, self._strong(), self.beside, self._found)
        runs.read(element)
        bits = list(runs.bits)
        if numbered and any(each.text.strip() for each in bits) and (number := self.numbers.next(*numbered)):
            bits.insert(0, Bit(number + (" " if number[-1].isascii() else "")))
        lines: list[list[Bit]] = [list(before)]
        for bit in bits:
            first, *rest = bit.text.split("\n")
            lines[-1].append(replace(bit, text=first))
            lines += [[replace(bit, text=each)] for each in rest]
        level = self._level(style)
        caption = self.styles.get(style, Style()).name.lower() in _CAPTIONS
        made = [Line(tuple(one for one in each if one.text), level, self.number, caption) for each in lines]
        return [each for each in made if each.bits], joins

    def _properties(self, element: Element) -> tuple[str, tuple[str, int] | None, bool]:
        """The style of a paragraph, its list and depth, and whether its end was deleted."""
        style, numbered, joins = "", None, False
        for each in element:
            if local(each.tag) != "pPr":
                continue
            for one in each:
                name = local(one.tag)
                if name == "pStyle":
                    style = said(one)
                elif name == "numPr":
                    told = {local(inner.tag): said(inner) for inner in one}
                    depth = told.get("ilvl", "0")
                    numbered = told.get("numId", ""), int(depth) if depth.isdigit() else 0
                elif name == "rPr":
                    joins = any(local(inner.tag) == "del" for inner in one)
        seen: set[str] = set()
        above = style
        while numbered is None and above in self.styles and above not in seen:
            seen.add(above)
            numbered, above = self.styles[above].numbered, self.styles[above].above
        return style, numbered, joins

    def _level(self, style: str) -> int:
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            found = self.styles[style]
            if found.level:
                return found.level
            style = found.above
        return 0

    def _strong(self) -> frozenset[str]:
        return frozenset(name for name, each in self.styles.items() if each.strong)

    def table(self, table: Element) -> Grid:
        """A table; cells that are merged have their words in the first."""
        rows: list[list[Cell]] = []
        number = self.number + 1
        for each in rows_of(table):
            if any(local(one.tag) == "del" for part in each if local(part.tag) == "trPr" for one in part):
                self.beside.deleted.append(_words(each))
                continue
            row: list[Cell] = []
            for cell in cells_of(each):
                span, goes_on = merging(cell)
                held = list(self.pieces(cell))
                lines = [one for piece in held for one in _lines_in(piece)]
                self.after += [piece for piece in held if isinstance(piece, Shown)]
                row.append(Cell(() if goes_on and not lines else tuple(lines), len(rows) + 1, len(row) + 1))
                for _ in range(min(span, _MOST_COLUMNS) - 1):
                    row.append(Cell((), len(rows) + 1, len(row) + 1))
            rows.append(row)
        wide = max(map(len, rows), default=0)
        filled = (
            (*row, *(Cell((), at, len(row) + more + 1) for more in range(wide - len(row))))
            for at, row in enumerate(rows, 1)
        )
        return Grid(tuple(filled), "", number)

    def _found(self, element: Element) -> str:
        """Takes pictures, text boxes and notes; the words that stand in their place."""
        name = local(element.tag)
        if name in ("footnoteReference", "endnoteReference"):
            self.footnotes.append((name.removesuffix("Reference"), said(element, "id")))
            return f"（注{len(self.footnotes)}）"
        alt, described = "", []
        for each in _first_choices(element):
            kind = local(each.tag)
            if kind in ("docPr", "cNvPr", "shape"):
                alt = (
                    alt or said(each, "descr") or said(each, "title") or (said(each, "alt") if kind == "shape" else "")
                )
                described += [one for one in (said(each, "descr"), said(each, "title"), said(each, "alt")) if one]
            elif kind == "OLEObject":
                self.beside.embedded.append(said(each, "ProgID") or "種類の分からないもの")
            elif kind == "txbxContent":
                number = self.number
                self.after += list(self.pieces(each))
                self.number = max(number, self.number)
            elif kind == "textpath" and said(each, "string"):
                self.after.append(line_of(said(each, "string"), 0, self.number))
            elif kind in ("blip", "imagedata"):
                self._picture(said(each, "embed") or said(each, "id") or said(each, "link"), alt)
            elif kind in ("chart", "relIds"):
                self._drawing(said(each, "id") or said(each, "dm"))
        shown = [each.alt for each in self.after if isinstance(each, Shown)]
        self.aside += [line_of(each) for each in dict.fromkeys(described) if " ".join(each.split()) not in shown]
        return ""

    def _picture(self, id_: str, alt: str) -> None:
        kind, path = self.related.get(id_, ("", ""))
        if kind == "outside":
            self.outside.append(path)
        elif path:
            with suppress(NotOpened):
                content = self.package.bytes_of(path, PICTURE_LIMIT)
                self.after.append(Shown(path.rpartition("/")[2], content, " ".join(alt.split()), self.number))
                return
            self.pictures.append(path.rpartition("/")[2])

    def _drawing(self, id_: str) -> None:
        """The words of a chart or a SmartArt drawing, as lines."""
        path = self.related.get(id_, ("", ""))[1]
        with suppress(NotOpened):
            words = [each.text or "" for each in self.package.tree(path).iter() if local(each.tag) in ("t", "v")]
            self.after += [line_of(each, 0, self.number) for each in words if each.strip()]
            self.beside.drawn += words


def word_file(package: Package, main: str, file: str) -> Received:
    """A Word file. Raises ``NotOpened``."""
    related = package.related(main)
    by_kind: dict[str, list[str]] = {}
    for kind, path in related.values():
        by_kind.setdefault(kind, []).append(path)

    def _part(kind: str) -> Element | None:
        paths = by_kind.get(kind)
        return package.tree(paths[0]) if paths and paths[0] in package.names else None

    reader = _Reader(package, file, main, related, numbers_of(_part("numbering")), styles_of(_part("styles")))
    body = next((each for each in package.tree(main) if local(each.tag) == "body"), None)
    if body is None:
        raise NotOpened("broken")
    pieces = list(reader.pieces(body))
    if not any(
        isinstance(each, Line) and each.level == 1 for each in pieces
    ):  # no title: headings begin with the first
        pieces = [
            replace(each, level=each.level - 1) if isinstance(each, Line) and each.level else each for each in pieces
        ]
    told = {"footnote": _part("footnotes"), "endnote": _part("endnotes")}
    for number, (kind, id_) in enumerate(list(reader.footnotes), 1):
        tree = told[kind]
        for each in tree if tree is not None else ():
            if said(each, "id") == id_:
                lines = [line for piece in reader.pieces(each) for line in _lines_in(piece)]
                first = Line((Bit(f"（注{number}）"), *(lines[0].bits if lines else ())), 0, reader.number)
                pieces += [first, *lines[1:]]
    aside = reader.aside
    for path in dict.fromkeys((*by_kind.get("header", ()), *by_kind.get("footer", ()))):
        with suppress(NotOpened):
            part = replace(reader, related=package.related(path), beside=reader.beside)
            aside += [line for piece in part.pieces(package.tree(path)) for line in _lines_in(piece)]
    found: list[Finding] = list(notes(reader.beside, _part("comments"), file))
    found += list(_lost(reader, file))
    return Received(file, tuple(pieces), tuple(found), tuple(each for each in aside if each.plain.strip()))


def _lost(reader: _Reader, file: str) -> Iterator[Finding]:
    from koho_pdf.intake.words_of_findings import outside, unread_picture

    for each in dict.fromkeys(reader.outside):
        yield outside(each, Where(file=file))
    for each in dict.fromkeys(reader.pictures):
        yield unread_picture(each, Where(file=file))


def _words(element: Element) -> str:
    """All words below an element, those that were deleted too."""
    return "".join(one.text or "" for one in element.iter() if local(one.tag) in ("t", "delText"))


def _first_choices(element: Element) -> Iterator[Element]:
    """An element and all below it; of alternatives the first alone, and nothing inside of text boxes."""
    yield element
    if local(element.tag) == "txbxContent":
        return
    for each in [element[0]] if local(element.tag) == "AlternateContent" and len(element) else element:
        yield from _first_choices(each)


def _lines_in(piece: Piece) -> list[Line]:
    if isinstance(piece, Line):
        return [piece]
    if isinstance(piece, Grid):
        return [
            Line(tuple(Bit(("　" if at else "") + cell.plain.replace("\n", "　")) for at, cell in enumerate(row)))
            for row in piece.rows
            if any(cell.plain for cell in row)
        ]
    return []
