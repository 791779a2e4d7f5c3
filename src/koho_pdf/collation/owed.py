"""The words that an edition must hold: every field of the manuscript that has words, one by one.

Fields without words are named in the model (``Closed.unprinted``). A field of a new kind is owed unless it is named
there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from koho_pdf.content.article_manuscript import path_of
from koho_pdf.content.issue import Issue
from koho_pdf.content.unplaced import on_pages
from koho_pdf.content.values.model import Closed, Picture
from koho_pdf.content.values.runs import InlineText, Kenten, Link, Ruby, Run, Strong, Tongue
from koho_pdf.content.values.written import Written
from koho_pdf.manuscript.paths import joined


@dataclass(frozen=True, slots=True)
class Owed:
    """A field and its words; with several ways to write them if a layout may choose (dates)."""

    field: str
    ways: tuple[str, ...]


# Characters that look the same and share one glyph of our faces, so that a PDF may give either.
_TWINS = str.maketrans(
    {**dict.fromkeys("〜∼", "~"), **dict.fromkeys("‐‑–−", "-"), "—": "―", "𠦄": "卉", "𣏌": "杞", "𣟱": "櫸"}
)


@lru_cache(maxsize=4096)  # a field is compared with every edition
def folded(text: str) -> str:
    """The text as editions are compared by: one width, one case (a style may write capitals), no spaces, no marks
    without ink (NFKC, UAX #15)."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_TWINS)
    if plain.isalnum():  # most texts have no space and nothing without ink
        return plain
    return plain.translate({ord(each): None for each in set(plain) if _is_without_ink(each)})


def _is_without_ink(character: str) -> bool:
    """Spaces, controls and formats, and variation selectors, ideographic ones included."""
    if character.isspace() or unicodedata.category(character) in ("Cf", "Cc"):
        return True
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def owed(issue: Issue, edition: str) -> tuple[Owed, ...]:
    """What ``edition`` owes, in the order of the manuscript; what is for print alone only for ``print``."""
    paged = edition in ("print", "screen")
    found = _of_group(on_pages(issue) if paged else issue, "", edition == "print", paged)
    return tuple(Owed(field, tuple(dict.fromkeys(words))) for field, words in found if words and words[0].strip())


def alternatives(issue: Issue) -> tuple[Owed, ...]:
    """The descriptions of public pictures, for everyone who cannot see them."""
    return tuple(
        Owed(f"{field}.alt", (picture.alt,))
        for field, picture in _pictures(issue, "")
        if not getattr(picture, "media", ())
    )


def readings_of(issue: Issue) -> frozenset[str]:
    """Every reading the editor wrote as ruby, whole and by its parts, folded."""
    found: set[str] = set()
    for text in _texts(issue):
        for pairs in _rubies(text.runs):
            found.update(folded(reading) for _, reading in pairs)
            found.add(folded("".join(reading for _, reading in pairs)))
    return frozenset(found)


def _of_group(group: Closed, path: str, whole: bool, paged: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    kind = type(group)
    without = kind.unprinted | (kind.OFF_PAGES if paged else kind.furniture)
    for name in kind.model_fields:
        if name not in without:
            yield from _of_value(getattr(group, name), joined(path, name), whole, paged)


def _of_value(value: object, path: str, whole: bool, paged: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not whole and (getattr(value, "print_only", False) or getattr(value, "media", ())):
        return
    if isinstance(value, Closed):
        yield from _of_group(value, path_of(value, path), whole, paged)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _of_value(each, f"{path}.{number}", whole, paged)
    elif isinstance(value, Written):
        for each in value.parts or (value,):
            yield getattr(each, "field", "") or path, each.ways
    elif isinstance(value, str):
        yield path, (value,)


def _pictures(value: object, path: str) -> Iterator[tuple[str, Picture]]:
    if isinstance(value, Picture):
        yield path, value
    elif isinstance(value, Closed):
        if not getattr(value, "media", ()):
            for name in type(value).model_fields:
                yield from _pictures(getattr(value, name), joined(path_of(value, path), name))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _pictures(each, f"{path}.{number}")


def _texts(value: object) -> Iterator[InlineText]:
    if isinstance(value, InlineText):
        yield value
    elif isinstance(value, Written):
        for each in value.parts:
            yield from _texts(each)
    elif isinstance(value, Closed):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)


def _rubies(runs: tuple[Run, ...]) -> Iterator[tuple[tuple[str, str], ...]]:
    for run in runs:
        if isinstance(run, Ruby):
            yield run.pairs
        elif isinstance(run, (Strong, Kenten, Link, Tongue)):
            yield from _rubies(run.runs)
