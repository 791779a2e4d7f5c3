"""Numbers, lists of numbers, transforms and path data of drawings, checked so that nothing else gets onto a page.

(SVG 2, 9.3 and CSS Transforms 1; browsers draw a path up to a mistake in it; here it is refused as a whole.)
"""

from __future__ import annotations

import re

from koho_pdf.media.line_art import FARTHEST, MOST_POINTS, Undrawable

_NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_NUMBERS = re.compile(_NUMBER)
_NO_BLANK = re.compile(r"[^\s,]")
_LENGTH = re.compile(rf"({_NUMBER})(px|pt|pc|mm|cm|in|q|em|ex|%)?", re.IGNORECASE)
_PX = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "q": 96 / 101.6}
_COUNTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_FLAGS = re.compile(
    rf"\s*,?\s*({_NUMBER})[\s,]*({_NUMBER})[\s,]*({_NUMBER})[\s,]*([01])[\s,]*([01])[\s,]*({_NUMBER})[\s,]*({_NUMBER})"
)
_TRANSFORM = re.compile(r"\s*,?\s*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)\s*,?")
_ARGUMENTS = {"matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)}


def number(text: str) -> float:
    """One number within limits. Raises ``Undrawable``."""
    value = float(text)
    if not abs(value) <= FARTHEST:
        raise Undrawable("broken", f"大きすぎる数 {text[:12]}")
    return value


def numbers(text: str) -> list[float]:
    """A list of numbers, separated by blanks and commas. Raises ``Undrawable`` for anything else in it."""
    if _NO_BLANK.search(_NUMBERS.sub("", text)):
        raise Undrawable("broken", f"数として読めない「{text[:20]}」")
    found = _NUMBERS.findall(text)
    values = [*map(float, found)]
    return values if sum(map(abs, values)) <= FARTHEST else [*map(number, found)]


def length(text: str, whole: float) -> float:
    """A length in CSS pixels; ``whole`` is the length to which percentages refer. Raises ``Undrawable``."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        raise Undrawable("broken", f"長さとして読めない「{text[:20]}」")
    unit = (found[2] or "").lower()
    value = number(found[1])
    return value * whole / 100 if unit == "%" else value * _PX.get(unit, 16 if unit == "em" else 8)


def path(text: str) -> tuple[str, int]:
    """Path data written anew, and the number of its numbers. Raises ``Undrawable``."""
    if len(_NUMBERS.findall(text)) > MOST_POINTS:
        raise Undrawable("too-complex", f"点が{MOST_POINTS // 2:,}個より多い")
    written: list[str] = []
    count = at = 0
    for command in _COMMAND.finditer(text.strip()):
        if command.start() != at:
            break
        at = command.end()
        letter, told = command[1], command[2]
        takes = _COUNTS[letter.lower()]
        values = _arcs(told) if takes == 7 else numbers(told)
        if (
            (takes and (not values or len(values) % takes))
            or (not takes and values)
            or (not written and letter not in "Mm")
        ):
            raise Undrawable("broken", f"線（path）の「{letter}{told[:20]}」")
        written.append(letter + " ".join(f"{value:.6g}" for value in values))
        count += len(values)
    if at != len(text.strip()):
        raise Undrawable("broken", f"線（path）の「{text.strip()[at : at + 20]}」")
    return "".join(written), count


def _arcs(text: str) -> list[float]:
    """Numbers of arcs, whose two flags may stand without a blank between: ``a1 1 0 0110 10``."""
    values: list[float] = []
    at = 0
    while at < len(text.rstrip(" \t\r\n,")):
        found = _FLAGS.match(text, at)
        if not found:
            raise Undrawable("broken", f"弧の「{text[at : at + 20]}」")
        values += [number(each) for each in found.groups()]
        at = found.end()
    return values


def transform(text: str) -> str:
    """A list of transforms written anew. Raises ``Undrawable``."""
    written, at = [], 0
    for each in _TRANSFORM.finditer(text):
        values = numbers(each[2])
        if each.start() != at or len(values) not in _ARGUMENTS[each[1]]:
            raise Undrawable("broken", f"変形（transform）の「{each[0][:30]}」")
        at = each.end()
        written.append(f"{each[1]}({' '.join(f'{value:.8g}' for value in values)})")
    if text[at:].strip():
        raise Undrawable("broken", f"変形（transform）の「{text[at : at + 30]}」")
    return " ".join(written)
