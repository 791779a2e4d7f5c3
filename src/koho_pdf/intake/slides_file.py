"""Reads a PowerPoint file (.pptx), as departments make flyers: its words slide by slide, and its pictures."""

from __future__ import annotations

import re
from contextlib import suppress
from xml.etree.ElementTree import Element

from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.office_parts import PICTURE_LIMIT, NotOpened, Package, local
from koho_pdf.intake.received import Bit, Cell, Grid, Line, Piece, Received, Shown
from koho_pdf.intake.words_of_findings import outside, unread_picture

_NUMBER = re.compile(r"(\d+)\.xml$")


def slides_file(package: Package, main: str, file: str) -> Received:
    """A presentation. Raises ``NotOpened``."""
    related = package.related(main)
    order = [related.get(_said(each), ("", ""))[1] for each in package.tree(main).iter() if local(each.tag) == "sldId"]
    pieces: list[Piece] = []
    found: list[Finding] = []
    aside: list[Line] = []
    for number, path in enumerate((each for each in order if each in package.names), 1):
        links = package.related(path)
        tree = package.tree(path)
        hidden = tree.get("show") == "0"
        told = _Slide(package, links, number, file)
        told.read(tree)
        found += told.found
        if hidden:
            found.append(note("received-hidden-slide", f"{number}枚目のスライドは隠されています。", Where(file=file)))
            grids = (each for each in told.pieces if isinstance(each, Grid))
            cells = (line for grid in grids for row in grid.rows for cell in row for line in cell.lines)
            aside += [*(each for each in told.pieces if isinstance(each, Line)), *cells]
        else:
            pieces += told.pieces
        aside += told.aside
        for kind, part in links.values():
            if kind == "notesSlide":
                with suppress(NotOpened):
                    aside += _notes(package.tree(part), number)
    return Received(file, tuple(pieces), tuple(found), tuple(aside))


class _Slide:
    """Reads one slide."""

    def __init__(self, package: Package, links: dict[str, tuple[str, str]], number: int, file: str) -> None:
        self._package, self._links, self._number, self._file = package, links, number, file
        self.pieces: list[Piece] = []
        self.found: list[Finding] = []
        self.aside: list[Line] = []
        self._alt, self._level = "", 0

    def read(self, element: Element) -> None:
        """Everything below an element in the order of the file."""
        for each in element:
            name = local(each.tag)
            if name in ("sp", "pic", "graphicFrame"):
                self._level = 1 if any(_type(one) in ("title", "ctrTitle") for one in each.iter()) else 0
                self._alt = next((one.get("descr", "") for one in each.iter() if local(one.tag) == "cNvPr"), "")
                if self._alt.strip() and not any(local(one.tag) == "blip" for one in each.iter()):
                    self.aside.append(Line((Bit(" ".join(self._alt.split())),), 0, self._number))
            if name == "p":
                if bits := self._bits(each):
                    self.pieces.append(Line(bits, self._level, self._number))
            elif name == "tbl":
                self.pieces.append(self._table(each))
            elif name in ("chart", "relIds"):
                self._drawing(next((value for key, value in each.items() if local(key) in ("id", "dm")), ""))
            elif name == "blip":
                self._picture(next((value for key, value in each.items() if local(key) in ("embed", "link")), ""))
            elif name == "AlternateContent" and len(each):
                self.read(each[0])
            else:
                self.read(each)

    def _bits(self, paragraph: Element) -> tuple[Bit, ...]:
        bits: list[Bit] = []
        for each in paragraph:
            if local(each.tag) == "br":
                bits.append(Bit("　"))
            elif local(each.tag) in ("r", "fld"):
                text = "".join(one.text or "" for one in each if local(one.tag) == "t")
                look = next((one for one in each if local(one.tag) == "rPr"), None)
                strong = look is not None and look.get("b") in ("1", "true") and not self._level
                bits.append(Bit(text, strong=strong))
        return tuple(each for each in bits if each.text)

    def _table(self, table: Element) -> Grid:
        rows = []
        for at, row in enumerate((each for each in table if local(each.tag) == "tr"), 1):
            cells = [each for each in row if local(each.tag) == "tc"]
            lines = ([self._bits(one) for one in cell.iter() if local(one.tag) == "p"] for cell in cells)
            rows.append(
                tuple(
                    Cell(tuple(Line(bits, 0, self._number) for bits in each if bits), at, column)
                    for column, each in enumerate(lines, 1)
                )
            )
        wide = max(map(len, rows), default=0)
        return Grid(tuple((*row, *(Cell(),) * (wide - len(row))) for row in rows), "", self._number)

    def _drawing(self, id_: str) -> None:
        """The words of a chart or a SmartArt drawing."""
        path = self._links.get(id_, ("", ""))[1]
        with suppress(NotOpened):
            words = [each.text or "" for each in self._package.tree(path).iter() if local(each.tag) in ("t", "v")]
            self.aside += [Line((Bit(each),), 0, self._number) for each in words if each.strip()]
            told = (
                f"{self._number}枚目に、グラフか図（SmartArt）があります。言葉は leftover に入れ、形は入れていません。"
            )
            hint = "絵（JPEG・PNG）でもらい、写真として入れてください。"
            self.found.append(warning("received-shape", told, Where(file=self._file), hint))

    def _picture(self, id_: str) -> None:
        kind, path = self._links.get(id_, ("", ""))
        if kind == "outside":
            self.found.append(outside(path, Where(file=self._file)))
            return
        try:
            content = self._package.bytes_of(path, PICTURE_LIMIT)
        except NotOpened:
            self.found.append(unread_picture(path.rpartition("/")[2], Where(file=self._file)))
        else:
            self.pieces.append(Shown(path.rpartition("/")[2], content, " ".join(self._alt.split()), self._number))


def _notes(tree: Element, number: int) -> list[Line]:
    """The speaker's notes of a slide."""
    made = []
    for each in tree.iter():
        if local(each.tag) == "sp" and not any(_type(one) in ("sldNum", "sldImg", "dt", "ftr") for one in each.iter()):
            for one in each.iter():
                if local(one.tag) == "p":
                    words = "".join(inner.text or "" for inner in one.iter() if local(inner.tag) == "t")
                    made += [Line((Bit(words),), 0, number)] if words.strip() else []
    return made


def _type(each: Element) -> str:
    return each.get("type", "") if local(each.tag) == "ph" else ""


def _said(each: Element) -> str:
    return next((value for key, value in each.items() if key.endswith("}id")), "")
