"""Text of several paragraphs (``body: |``): its lines become paragraphs, each with its place in the file.

A blank line ends a paragraph, and so does a line that begins with a full-width space, as a paragraph does in a word
processor. Other line ends only mean that the editor's window was full: Japanese lines are joined directly, two Latin
words with a space. Spaces at the beginning and end of a line are dropped: the layout decides whether a paragraph is
indented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from koho_pdf.manuscript.scalar import Block, Scalar

_SPACES = " \t\u3000\u00a0"
_LATIN = re.compile(r"[!-~À-ɏ]")


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph in the file: its ``text``, and the beginning of each line in it (offset, line, column)."""

    text: str
    begins: tuple[tuple[int, int, int], ...]

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.begins[0][1]

    def at(self, offset: int) -> tuple[int, int]:
        """The line and column of a character."""
        start, line, column = next(each for each in reversed(self.begins) if each[0] <= max(offset, 0))
        return line, column + offset - start


def lines_of(text: Scalar) -> Iterator[Lines]:
    """The paragraphs of a block text, or of a text of one line."""
    words, begins = "", list[tuple[int, int, int]]()
    for number, raw in enumerate(text.split("\n")):
        line = raw.strip(_SPACES)
        starts_new = not line or raw.lstrip(" \t").startswith("\u3000")
        if starts_new and begins:
            yield Lines(words, tuple(begins))
            words, begins = "", []
        if line:
            joint = " " if words and _LATIN.match(words[-1]) and _LATIN.match(line[0]) else ""
            place = text.place(number) if isinstance(text, Block) else (text.line, text.column)
            begins.append((len(words) + len(joint), place[0], place[1] + len(raw) - len(raw.lstrip(_SPACES))))
            words += joint + line
    if begins:
        yield Lines(words, tuple(begins))


def plainly_spaced(text: str) -> str:
    """The lines of a text without spaces around them; a wide space at the beginning of a paragraph stays."""
    lines = (line.lstrip(" \t").rstrip(_SPACES) for line in text.split("\n"))
    return "\n".join(lines).strip("\n")
