"""What a file of a department says, whatever its format: lines, tables and pictures in their order, and what was found
on the way. Every reader of a format gives a ``Received``; what becomes of it is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from koho_pdf.content.values.inline import escape, parse_inline
from koho_pdf.content.values.runs import Text, plain_of
from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.manuscript.encoding import composed, control_character
from koho_pdf.manuscript.refusal import Refusal

SPACES = " \u3000\t\u00a0"
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


class Unread(Exception):
    """A file that is not taken in, with the finding that says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Bit:
    """A few characters of a line with the same look: their ``reading`` (ruby), whether they are ``strong`` or have
    emphasis ``dots``, and the address of their ``link``."""

    text: str
    reading: str = ""
    strong: bool = False
    dots: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. ``level`` is that of a heading (1 is the highest), 0 for running text; ``number`` counts the
    paragraphs of the file from 1. ``caption``: its style says that it stands below a picture; ``sheet``: as of a table.
    """

    bits: tuple[Bit, ...]
    level: int = 0
    number: int = 0
    caption: bool = False
    sheet: str = ""

    @property
    def plain(self) -> str:
        """Its characters, without readings."""
        return "".join(each.text for each in self.bits)

    @property
    def marked(self) -> str:
        """As a manuscript writes it, with marks."""
        return marked(self.bits)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its lines, and where it stands (from 1). ``raw`` is the number behind what is shown, of an
    Excel cell that holds one; ``copied`` says that its words stand in the first of merged cells."""

    lines: tuple[Line, ...] = ()
    row: int = 0
    column: int = 0
    raw: float | None = None
    copied: bool = False

    @property
    def plain(self) -> str:
        """Its characters, its lines joined by a line end."""
        return "\n".join(each.plain for each in self.lines).strip(SPACES + "\n")

    @property
    def marked(self) -> str:
        """The same with marks, on one line."""
        return joined([each.marked for each in self.lines])


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells, all of the same length; ``sheet`` is its name in a workbook; ``asked`` of a form, a label
    and an answer in each row."""

    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = ""
    number: int = 0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with its bytes, its file name in the received file, and its description."""

    name: str
    content: bytes
    alt: str = ""
    number: int = 0


Piece = Line | Grid | Shown


@dataclass(frozen=True, slots=True)
class Received:
    """A received file: its name, its pieces in order, what was found; lines that stand ``aside`` of the text (heads and
    feet of pages, a signature, speaker's notes); who sent it, if it says so; the kind whose ``form`` it is."""

    file: str
    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...] = ()
    aside: tuple[Line, ...] = ()
    sender: str = ""
    form: str = ""


def line_of(text: str, level: int = 0, number: int = 0) -> Line:
    """A line without marks."""
    return Line((Bit(text),) if text else (), level, number)


def joined(texts: Iterable[str]) -> str:
    """Lines as one: Latin words with a space between, all else as it is."""
    made = ""
    for text in (each.strip(SPACES) for each in texts):
        apart = made and text and re.match(r"[!-~]", made[-1]) and re.match(r"[!-~]", text[0])
        made += (" " if apart else "") + text
    return made


def marked(bits: Sequence[Bit]) -> str:
    """Bits as a manuscript writes them: {留萌|るもい}, **強調**, 《《傍点》》, [言葉](アドレス). What is
    read back has the same characters; where marks would cross or not close, there are none.
    """
    bits = _merged(bits)
    plain = "".join(each.text for each in bits)
    for escaped in (_escaped, escape):
        made = "".join(_with_marks(bit, escaped) for bit in bits)
        if _read(made) == plain:
            return made.strip(SPACES).replace("\t", "　")
    return escape(plain).strip(SPACES).replace("\t", "　")


def _with_marks(bit: Bit, escaped: Callable[[str], str]) -> str:
    words = escaped(bit.text)
    if bit.reading and bit.text.strip(SPACES):
        words = "{" + escape(bit.text) + "|" + escape(bit.reading.strip(SPACES)) + "}"
    lead, core, tail = _apart(words)
    if core and bit.dots:
        core = f"《《{core}》》"
    if core and bit.strong:
        core = f"**{core}**"
    if core and bit.link:
        core = f"[{core}]({bit.link})"
    return lead + core + tail


def _merged(bits: Sequence[Bit]) -> list[Bit]:
    """Neighbours of the same look as one, so that no mark closes and opens again within a word."""
    made: list[Bit] = []
    for bit in bits:
        if made and not bit.reading and not made[-1].reading and replace(bit, text="") == replace(made[-1], text=""):
            made[-1] = replace(made[-1], text=made[-1].text + bit.text)
        elif bit.text:
            made.append(bit)
    return made


def _apart(words: str) -> tuple[str, str, str]:
    core = words.strip(SPACES)
    at = words.find(core) if core else len(words)
    return words[:at], core, words[at + len(core) :]


def _escaped(text: str) -> str:
    """The text with backslashes only where it would be taken for a mark."""
    try:
        if parse_inline(text) in ((Text(text),), ()):
            return text
    except Refusal:
        pass
    return escape(text)


def _read(text: str) -> str | None:
    """The characters that a marked text has; None if its marks are wrong."""
    try:
        return plain_of(parse_inline(text))
    except Refusal:
        return None


def clean(received: Received) -> Received:
    """The same without characters that no manuscript can hold; each is told with its code."""
    lost: dict[str, int] = {}
    private: dict[str, int] = {}
    parted: list[str] = []

    def _text(text: str) -> str:
        whole = composed(text)
        if whole != text:
            parted.extend(each for each in unicodedata.normalize("NFC", text) if each not in text)
            text = whole
        for sign in _PRIVATE.findall(text):
            private[sign] = private.get(sign, 0) + 1
        if control_character(text) is None:
            return text
        kept = ""
        for sign in text:
            if control_character(sign) is None:
                kept += sign
            else:
                lost[sign] = lost.get(sign, 0) + 1
        return kept

    def _line(line: Line) -> Line:
        bits = (replace(each, text=_text(each.text), reading=_text(each.reading)) for each in line.bits)
        return replace(line, bits=tuple(bits))

    def _piece(piece: Piece) -> Piece:
        if isinstance(piece, Line):
            return _line(piece)
        if isinstance(piece, Grid):
            cells = (tuple(replace(each, lines=tuple(map(_line, each.lines))) for each in row) for row in piece.rows)
            return replace(piece, rows=tuple(cells))
        return replace(piece, alt=_text(piece.alt))

    pieces = tuple(_piece(each) for each in received.pieces)
    aside = tuple(map(_line, received.aside))
    told = [
        warning(
            "received-character",
            f"目に見えない制御文字（U+{ord(sign):04X}）が{count}個あり、取り込みませんでした。",
            Where(file=received.file),
            "前後の文章が正しいかを、元のファイルと見くらべてください。",
        )
        for sign, count in lost.items()
    ]
    told += [
        warning(
            "received-character",
            f"外字（作った人のパソコンにだけある文字、U+{ord(sign):04X}）が{count}個あります。",
            Where(file=received.file),
            "元のファイルか紙で字の形を確かめ、記事のその字を打ち直してください。",
        )
        for sign, count in private.items()
    ]
    if parted:
        named = "・".join(dict.fromkeys(parted))
        words = f"かなと濁点が別々の文字になっていたところを、1つの文字にしました（{named}、{len(parted)}か所）。"
        told.append(note("received-encoding", words, Where(file=received.file)))
    return replace(received, pieces=pieces, aside=aside, findings=(*received.findings, *told))
