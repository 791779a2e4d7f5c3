"""A text as every engine is given it: plain words, ruby, kenten and notes, read from the marks of a manuscript."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from koho_pdf.content.values.inline import parse_inline
from koho_pdf.content.values.runs import Kenten, Note, Ruby, plain_of

# Two digits that no other digit, letter or sign joins: upright together in a vertical line.
TWO_DIGITS = re.compile(r"(?<![!-~])[0-9]{2}(?![!-~])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one ``kind`` (``text``, ``ruby``, ``kenten``, ``note``); of ruby also its pairs of base and reading."""

    kind: str
    text: str
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def bases(self) -> str:
        """The part of it that stands on the line at the size of the text."""
        return "" if self.kind == "note" else self.text


def pieces(source: str) -> tuple[Piece, ...]:
    """The pieces of a text."""
    found: list[Piece] = []
    for run in parse_inline(source):
        if isinstance(run, Ruby):
            found.append(Piece("ruby", plain_of((run,)), run.pairs))
        elif isinstance(run, Kenten):
            found.append(Piece("kenten", plain_of((run,))))
        elif isinstance(run, Note):
            found += [Piece("text", "（"), Piece("note", run.text), Piece("text", "）")]
        else:
            found.append(Piece("text", plain_of((run,))))
    return tuple(found)


def bases(of: Sequence[Piece]) -> str:
    """The words that stand on the line at the size of the text: no readings, no notes."""
    return "".join(piece.bases for piece in of)


def halves(note: str) -> tuple[str, str]:
    """A note cut by hand for an engine that cannot: the first half the longer."""
    turn = (len(note) + 1) // 2
    return note[:turn], note[turn:]


def as_html(of: Sequence[Piece], *, cut_notes: bool, digits: bool) -> str:
    """HTML and its classes; ``cut_notes`` where the engine knows no warichu, ``digits`` where two must be marked."""
    parts = []
    for piece in of:
        words = html.escape(piece.text, quote=False)
        if piece.kind == "ruby":
            parts.append(f"<ruby>{''.join(f'{base}<rt>{reading}</rt>' for base, reading in piece.pairs)}</ruby>")
        elif piece.kind == "kenten":
            parts.append(f'<em class="kenten">{words}</em>')
        elif piece.kind == "note":
            words = "<br>".join(halves(words)) if cut_notes else words
            parts.append(f'<span class="warichu">{words}</span>')
        else:
            parts.append(TWO_DIGITS.sub(r'<span class="digits">\g<0></span>', words) if digits else words)
    return "".join(parts)
