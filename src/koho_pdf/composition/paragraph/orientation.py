"""Which characters stand upright in a vertical line, and which are turned (Unicode Standard Annex 50; JLREQ 2.3.2)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum, auto

from koho_pdf.composition.paragraph.classes import Kind, kind_of
from koho_pdf.manuscript.invisible import SELECTORS

# Every code point whose Vertical_Orientation is U or Tu (VerticalOrientation.txt, Unicode 14.0); the rest is R or Tr.
_UPRIGHT = """
    A7 A9 AE B1 BC-BE D7 F7 2EA-2EB 1100-11FF 1401-167F 18B0-18FF 2016 2020-2021 2030-2031 203B-203C 2042 2047-2049
    2051 2065 20DD-20E0 20E2-20E4 2100-2101 2103-2109 210F 2113-2114 2116-2117 211E-2123 2125 2127 2129 212E
    2135-213F 2145-214A 214C-214D 214F-2189 218C-218F 221E 2234-2235 2300-2307 230C-231F 2324-2328 232B 237D-239A
    23BE-23CD 23CF 23D1-23DB 23E2-2422 2424-24FF 25A0-2619 2620-2767 2776-2793 2B12-2B2F 2B50-2B59 2B97 2BB8-2BD1
    2BD3-2BEB 2BF0-2BFF 2E50-2E51 2E80-3007 3012-3013 3020-302F 3031-309F 30A1-30FB 30FD-A4CF A960-A97F AC00-D7FF
    E000-FAFF FE10-FE1F FE30-FE48 FE50-FE57 FE5F-FE62 FE67-FE6F FF01-FF07 FF0A-FF0C FF0E-FF19 FF1F-FF3A FF3C FF3E
    FF40-FF5A FFE0-FFE2 FFE4-FFE7 FFF0-FFF8 FFFC-FFFD 10980-1099F 11580-115FF 11A00-11ABF 13000-1343F 14400-1467F
    16FE0-18D7F 1AFF0-1B2FF 1CF00-1CFCF 1D000-1D1FF 1D2E0-1D37F 1D800-1DAAF 1F000-1F7FF 1F900-1FAFF 20000-2FFFD
    30000-3FFFD F0000-FFFFD 100000-10FFFD
"""
_EDGES = [
    edge
    for first, _, last in (span.partition("-") for span in _UPRIGHT.split())
    for edge in (int(first, 16), int(last or first, 16) + 1)
]


def is_upright(character: str) -> bool:
    """Whether a character stands upright (U, Tu) in vertical text; otherwise it is turned unless it has a vertical form
    (R, Tr). If marks or a variation selector follow, the base character decides.
    """
    return bisect_right(_EDGES, ord(character[0])) % 2 == 1


class Stance(Enum):
    """How a piece of text stands in a vertical line."""

    UPRIGHT = auto()  # character by character, in vertical forms
    CELL = auto()  # side by side in one em (縦中横)
    LYING = auto()  # on its side, as one horizontal word


def is_letter(unit: str) -> bool:
    """Whether it is turned in words but may stand upright alone: Latin letters, digits and marks, and
    half-width kana.
    """
    first = unit[0]
    half_width = first.isascii() or "\uff61" <= first <= "\uff9f"
    return (half_width or kind_of(unit) in (Kind.LATIN, Kind.KANA)) and not first.isspace() and not is_upright(unit)


def units_of(text: str) -> Iterator[str]:
    """A text as a reader counts it: each character with the variation selector and marks after it."""
    unit = ""
    for character in text:
        if unit and (ord(character) in SELECTORS or unicodedata.category(character) == "Mn"):
            unit += character
        else:
            if unit:
                yield unit
            unit = character
    if unit:
        yield unit


def stances(text: str, combine: str) -> list[tuple[Stance, str]]:
    """A text cut into pieces of one stance; joined they are the text.

    ``combine`` is ``text-combine-upright`` (CSS Writing Modes 4, 9.1). With ``digits 2`` a number of two digits is one
    cell, as two half-width ! ? are (JLREQ 3.2.5), and a single digit, letter, ! or ? stands upright; with ``none`` all
    Latin is turned; with ``all`` the text is one cell. Full-width digits and letters always stand upright.
    """
    if combine == "all":
        inner = text.strip()
        head, tail = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
        middle = Stance.CELL if len(list(units_of(inner))) > 1 else Stance.UPRIGHT
        return [*_piece(Stance.LYING, [head]), *_piece(middle, [inner]), *_piece(Stance.LYING, [tail])]
    units = list(units_of(text))
    letters = "".join(map(_letter, units))
    pieces: list[tuple[Stance, str]] = []
    place = 0
    for run in re.finditer("L(?:[LS]*L)?", letters):
        word = "".join(units[run.start() : run.end()])
        pieces += _piece(Stance.UPRIGHT, units[place : run.start()])
        if combine == "none" or not re.fullmatch(r"[0-9]{2}|[!?]{1,2}|\w", word):
            pieces.append((Stance.LYING, word))
        else:
            pieces.append((Stance.CELL if len(word) > 1 else Stance.UPRIGHT, word))
        place = run.end()
    pieces += _piece(Stance.UPRIGHT, units[place:])
    return pieces


def _piece(stance: Stance, units: list[str]) -> list[tuple[Stance, str]]:
    text = "".join(units)
    return [(stance, text)] if text else []


def _letter(unit: str) -> str:
    """L for the characters of turned words, S for a space, J for all others."""
    return "S" if kind_of(unit) is Kind.SPACE else "L" if is_letter(unit) else "J"
