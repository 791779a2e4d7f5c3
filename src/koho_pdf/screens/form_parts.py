"""What a form consists of: controls, groups, lists and tables; every one knows its dotted path in the manuscript."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Widget = Literal["text", "line", "lines", "choice", "answer"]
"""Words with marks (ruby …) on one line; words without; several paragraphs; one of some; yes or no."""


@dataclass(frozen=True, slots=True)
class Control:
    """One value, as the manuscript writes it (``value``; None if it is not written). ``options`` are what may be
    chosen. ``quiet`` controls are folded away: they are rarely needed."""

    path: str
    title: str
    widget: Widget
    value: str | None
    hint: str = ""
    example: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    quiet: bool = False
    shape: str = "control"

    @property
    def id(self) -> str:
        """Its id on the screen."""
        return id_of(self.path)


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that belong together, below a title. ``photo`` is the file of a picture that a browser can show."""

    path: str
    title: str
    parts: tuple[Part, ...]
    hint: str = ""
    photo: str = ""
    shape: str = "group"

    @property
    def id(self) -> str:
        """Its id on the screen."""
        return id_of(self.path)


@dataclass(frozen=True, slots=True)
class Listing:
    """Parts of one sort, which can be moved, taken away, and become more; ``least`` and ``most`` of them (0: any
    number). ``blank`` is what a new one is in the manuscript, by its fields; None where none can be added here."""

    path: str
    title: str
    items: tuple[Part, ...]
    least: int
    most: int
    hint: str = ""
    blank: object = None
    shape: str = "listing"

    @property
    def id(self) -> str:
        """Its id on the screen."""
        return id_of(self.path)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that is written in the manuscript: rows of cells."""

    path: str
    title: str
    rows: tuple[tuple[Control, ...], ...]
    hint: str = ""
    shape: str = "grid"

    @property
    def id(self) -> str:
        """Its id on the screen."""
        return id_of(self.path)


@dataclass(frozen=True, slots=True)
class Said:
    """What cannot be changed here yet, in words."""

    path: str
    title: str
    words: str
    shape: str = "said"

    @property
    def id(self) -> str:
        """Its id on the screen."""
        return id_of(self.path)


Part = Control | Group | Listing | Grid | Said


@dataclass(frozen=True, slots=True)
class Piece:
    """What is edited at one time: an article, or a part of the issue itself. ``path`` is where it begins (empty: the
    issue), ``above`` what it stands in, or what sort of article it is, ``title`` what it is called; ``inside`` says
    that it stands in another piece."""

    path: str
    above: str
    title: str
    parts: tuple[Part, ...]
    inside: bool = False

    @property
    def controls(self) -> tuple[Control, ...]:
        """All its controls, in order."""
        return tuple(controls_of(self.parts))


def controls_of(parts: Sequence[Part]) -> Iterator[Control]:
    """The controls of parts, also of those within them."""
    for part in parts:
        match part:
            case Control():
                yield part
            case Group():
                yield from controls_of(part.parts)
            case Listing():
                yield from controls_of(part.items)
            case Grid():
                for row in part.rows:
                    yield from row


def id_of(path: str) -> str:
    """The id of a path on the screen: of letters, digits, ``-`` and ``_`` alone, another for every path."""
    return "f-" + "".join(each if each.isascii() and each.isalnum() else f"_{ord(each):x}-" for each in path)
