"""The automatic numbers of a Word file as words: 1. ② （3） 四、 オ (ECMA-376-1, 17.9). They stand nowhere in its
text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from koho_pdf.intake.office_parts import local

_KANJI = "〇一二三四五六七八九"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbers:
    """Counts the numbered paragraphs of a file, in their order."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_: str, depth: int) -> str:
        """The number of the next paragraph of a list, as Word shows it; empty for a list that does not exist."""
        if list_ not in self.lists:
            return ""
        shared, levels = self.lists[list_]
        counts = self._counts.setdefault(shared, {})
        level = levels.get(depth, _Level())
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.format == "bullet":
            sign = level.text
            return sign if len(sign) == 1 and not _is_private(sign) and sign not in "-o§" else "・"

        def _one(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            above = levels.get(at, _Level())
            return _number(counts.get(at, above.start), above.format)

        return "" if level.format == "none" else re.sub("%([1-9])", _one, level.text)


def numbers_of(tree: Element | None) -> Numbers:
    """The lists of ``numbering.xml``."""
    if tree is None:
        return Numbers()
    kinds: dict[str, dict[int, _Level]] = {}
    lists: dict[str, tuple[str, Mapping[int, _Level]]] = {}
    for each in tree:
        if local(each.tag) == "abstractNum":
            kinds[_said(each, "abstractNumId")] = {
                _whole(_said(one, "ilvl")): _level(one) for one in each if local(one.tag) == "lvl"
            }
    for each in tree:
        if local(each.tag) == "num":
            name = next((_said(one, "val") for one in each if local(one.tag) == "abstractNumId"), "")
            own = dict(kinds.get(name, {}))
            over = [one for one in each if local(one.tag) == "lvlOverride"]
            for one in over:
                for inner in one:
                    at = _whole(_said(one, "ilvl"))
                    if local(inner.tag) == "lvl":
                        own[at] = _level(inner)
                    elif local(inner.tag) == "startOverride":
                        old = own.get(at, _Level())
                        own[at] = _Level(old.format, old.text, _whole(_said(inner, "val"), 1))
            number = _said(each, "numId")
            lists[number] = (f"{name} {number}" if over else name), own
    return Numbers(lists)


def _level(each: Element) -> _Level:
    said = {local(one.tag): _said(one, "val") for one in each}
    for one in each.iter():
        if local(one.tag) == "numFmt":
            said["numFmt"] = _said(one, "val")
    return _Level(said.get("numFmt", "decimal"), said.get("lvlText", ""), _whole(said.get("start", "1"), 1))


def _said(each: Element, name: str) -> str:
    return next((value for key, value in each.items() if local(key) == name), "")


def _whole(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _is_private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff"


def _number(number: int, format_: str) -> str:
    """A number as one of Word's formats shows it (17.18.59)."""
    if format_ in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if format_ == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(0x2474 + number - 1)
    if format_ == "decimalEnclosedFullstop" and 1 <= number <= 20:
        return chr(0x2488 + number - 1)
    if format_ in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(_WIDE)
    if format_ in ("aiueo", "aiueoFullWidth") and 1 <= number <= len(_AIUEO):
        return _AIUEO[number - 1]
    if format_ in ("iroha", "irohaFullWidth") and 1 <= number <= len(_IROHA):
        return _IROHA[number - 1]
    if format_ in ("japaneseCounting", "japaneseDigitalTenThousand", "ideographTraditional") and 1 <= number <= 99:
        tens, ones = divmod(number, 10)
        return (_KANJI[tens] if tens > 1 else "") + ("十" if tens else "") + (_KANJI[ones] if ones else "")
    if format_ in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if format_ == "lowerLetter" else 65) + number - 1)
    if format_ in ("lowerRoman", "upperRoman") and 1 <= number <= 39:
        made = ""
        for value, sign in _ROMAN:
            made += sign * (number // value)
            number %= value
        return made.upper() if format_ == "upperRoman" else made
    if format_ == "decimalZero":
        return f"{number:02}"
    return str(number)
