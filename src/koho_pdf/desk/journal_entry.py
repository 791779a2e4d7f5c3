"""One change in the journal, as a line of JSON and as what it does to the texts of an issue's files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from koho_pdf.desk.merging import Patch, patched


@dataclass(frozen=True, slots=True)
class Entry:
    """A change: its number, who made it and when, what it did (``typed`` for one text, ``change``, ``undo``, ``redo``,
    ``outside``), the fields that it says it changed, and the entry that it takes back or makes again (``of``). In
    ``files`` is what it changed; files that ``appear`` have their whole text, others ``vanish``."""

    number: int
    act: str
    author: str
    time: str
    fields: tuple[str, ...]
    of: int
    files: Mapping[str, tuple[Patch, ...]]
    appear: Mapping[str, str] = field(default_factory=dict)
    vanish: tuple[str, ...] = ()


def entry_of(told: Mapping[str, Any]) -> Entry:
    """A change from its line. Raises KeyError, TypeError, ValueError."""
    files = {name: tuple(Patch(*each) for each in patches) for name, patches in told["files"].items()}
    return Entry(**{**told, "files": files, "fields": tuple(told["fields"]), "vanish": tuple(told["vanish"])})


def apply(texts: dict[str, str], entry: Entry) -> None:
    """Make the texts what they are after a change. Raises KeyError, ValueError if they are not those before it."""
    for name, patches in entry.files.items():
        texts[name] = patched(texts[name], patches)
    texts |= entry.appear
    for name in entry.vanish:
        del texts[name]


def sum_of(text: str) -> str:
    """The SHA-256 of a file with this text."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
