"""What somebody asks the desk to change, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Union

Value = Union[str, "list[Value]", "dict[str, Value]"]
"""What stands in a manuscript: texts (those of several lines divided by ``\\n``), lists, groups."""

Act = Literal["set", "insert", "remove", "move"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one value.

    ``article`` is the id of an article, empty for the issue itself; ``field`` the dotted path in its manuscript
    (``heading``, ``pillars.1.initiatives.0.policies.2``). ``old`` is what the window showed there, None for nothing;
    ``revision`` which state it showed.

    - ``set``: ``new`` stands there afterwards; None takes an optional field away, and a field that was not there is
      put in.
    - ``insert``: ``new`` becomes the item with this number; ``old`` is None.
    - ``remove``: the item with this number goes; ``old`` is what it held.
    - ``move``: it becomes the item number ``to`` of the same list, with its comments; ``old`` is what it holds.

    Texts are kept as a manuscript can hold them: no line ends at the end, no half-width spaces at the ends of lines.
    """

    article: str
    field: str
    old: Value | None
    new: Value | None = None
    revision: int = 0
    author: str = ""
    act: Act = "set"
    to: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """It is on the disk. ``revision`` is the state of the issue with it; ``files`` are those that were written, by
    their names in the issue's folder; ``fields`` those that changed, with their articles (``shakai:heading``), and
    ``values`` what stands there now (of an item that was moved or put in, its list): the ``old`` of the next change."""

    revision: int
    files: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    values: tuple[Value | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else has changed the same: on the disk stands ``theirs``, and not what the window showed. Nothing was
    written; ``mine`` is what should have been."""

    article: str
    field: str
    old: Value | None
    mine: Value | None
    theirs: Value | None
    revision: int


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be written there. ``why`` is ``no-field`` (there is no such place), ``not-read`` (the file has mistakes
    at this place) or ``not-writable`` (this value cannot stand there)."""

    why: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The disk is full, or the folder cannot be written. ``kept``: the change is in the journal and goes into the file
    as soon as it can be written; else nothing of it is on the disk, and the window must keep it. ``reason`` is what the
    system said."""

    kept: bool
    reason: str
    revision: int = 0


Outcome = Saved | Conflict | Refused | Unsaved
