"""Decides which face draws which character: an asked face, or a stand-in for characters that it lacks.

A character that no asked face has is drawn in the first of their stand-ins (``fallback`` of ``fonts.yaml``) that has
it, and told (``glyph-stands-in``). A variation selector belongs to the character before it: a name's form (IVS) that
the asked face lacks is looked for in the stand-ins like a character of its own. Invisible characters are not drawn at
all.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.manuscript.invisible import SELECTORS, UNSEEN, has_unseen

_PRESENTATION = frozenset([0xFE0E, 0xFE0F])  # as sign or emoji: not another form of the character (UTS 51, 4.1)


class Piece(NamedTuple):
    """A part of a text that one face draws: its visible characters, and their places in the text. ``face`` is None for
    the asked faces.
    """

    face: Face | None
    text: list[str]
    places: list[int]


class StandIns:
    """The faces of a document, with the characters that they can draw."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._faces = faces
        self.families = cache(self._families)
        self._asked = cache(self._asked_faces)
        self._drawn = cache(self._drawn_by)
        self.in_files = cache(self._in_files)
        self._known = cache(lambda face: face.characters.union(map(ord, string.whitespace)))

    def _families(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """The families that stand in for the ``asked`` ones, in the order in which they are tried."""
        known = (face for family in asked for face in self._faces if face.family == family)
        return tuple(
            name for name in dict.fromkeys(name for face in known for name in face.fallback) if name not in asked
        )

    def _asked_faces(self, asked: tuple[str, ...], weight: int) -> tuple[Face, ...]:
        return tuple(face for family in asked for face in self._of(family, weight))

    def _of(self, family: str, weight: int) -> list[Face]:
        """The faces of a family in a weight; all of them if the family lacks that weight."""
        faces = [face for face in self._faces if face.family == family]
        return [face for face in faces if face.weight == weight] or faces

    def _in_files(self, asked: tuple[str, ...], weight: int) -> tuple[tuple[str, ...], int]:
        """The ``asked`` families, and the weight, as the files name them (``Face.drawn_as``)."""
        faces = [next(iter(self._of(family, weight)), None) for family in asked]
        families = tuple(face.in_file[0] if face else family for face, family in zip(faces, asked, strict=True))
        first = faces[0] if faces else None
        return families, first.in_file[1] if first and first.drawn_as else weight

    def for_unit(self, unit: str, asked: tuple[str, ...], weight: int) -> Face | None:
        """The stand-in that draws a character, with its variation selector if it has one; None if none does, or if an
        asked face does."""
        face, stands_in = self._drawn(unit, asked, weight)
        return face if stands_in else None

    def is_drawn(self, unit: str, asked: tuple[str, ...], weight: int) -> bool:
        """Whether an asked face or a stand-in draws a character; blanks need none."""
        return unit.isspace() or self._drawn(unit, asked, weight)[0] is not None

    def _drawn_by(self, unit: str, asked: tuple[str, ...], weight: int) -> tuple[Face | None, bool]:
        """The face that draws a character, and whether it stands in."""
        if own := next((face for face in self._asked(asked, weight) if face.has(unit)), None):
            return own, False
        if unit.isspace():
            return None, False
        stand_ins = (face for family in self.families(asked) for face in self._of(family, weight))
        return next((face for face in stand_ins if face.has(unit)), None), True

    def is_plain(self, text: str, asked: tuple[str, ...], weight: int) -> bool:
        """Whether one asked face draws every character of a text, and nothing in it chooses forms or is invisible."""
        if has_unseen(text):
            return False
        return any(self._known(face).issuperset(map(ord, text)) for face in self._asked(asked, weight))

    def pieces(self, text: str, asked: tuple[str, ...], weight: int) -> list[Piece]:
        """A text, cut where another face draws it. Characters that no face has stay with the asked faces."""
        if self.is_plain(text, asked, weight):
            return [Piece(None, list(text), list(range(len(text))))]
        found: list[Piece] = []
        for place, unit in seen(text):
            face = self.for_unit(unit, asked, weight)
            kept = list(range(len(unit)))
            if face is None and not self.is_drawn(unit, asked, weight):
                # A form that no face has is told (glyph-missing); for ☎︎ the sign itself is enough.
                kept = [number for number in kept if ord(unit[number]) not in SELECTORS]
                face = self.for_unit("".join(unit[number] for number in kept), asked, weight)
            if not found or found[-1].face is not face:
                found.append(Piece(face, [], []))
            found[-1].text.extend(unit[number] for number in kept)
            found[-1].places.extend(place + number for number in kept)
        return found


def seen(text: str) -> Iterator[tuple[int, str]]:
    """Each visible character, with the variation selector and the marks right after it, and its place."""
    place = 0
    while place < len(text):
        first = place
        place += 1
        if UNSEEN.match(text[first]):
            continue
        while place < len(text) and (ord(text[place]) in SELECTORS or _is_mark(text[place])):
            place += 1
        yield first, text[first:place]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn" and not UNSEEN.match(character)


def is_presentation(unit: str) -> bool:
    """Whether a unit's selector only asks for a sign or an emoji (☎︎), not for another form of its character."""
    return any(ord(character) in _PRESENTATION for character in unit[1:])
