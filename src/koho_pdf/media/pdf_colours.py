"""Colours of a PDF drawing: spaces, spot colours as the process colours that replace them, shadings.

(ISO 32000-1, 8.6, 8.7.4.5 and 7.10.) Grey is black ink, as in a file for print.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pikepdf

from koho_pdf.media.line_art import Undrawable, of_inks, of_light

PROCESS = ("/Cyan", "/Magenta", "/Yellow", "/Black")
_SAMPLES = 16  # stops between the ends of a shading whose function is not linear

Numbers = Sequence[float]


class Space:
    """A colour space: the number of its components, the ``colour`` for their values, the initial values; ``spot`` is
    the name of a spot colour.
    """

    def __init__(self, count: int, colour: Callable[[Numbers], str], first: Numbers = (), spot: str = "") -> None:
        self.count, self.colour, self.first, self.spot = count, colour, first or (0.0,) * count, spot


GREY = Space(1, lambda grey: of_inks((0, 0, 0, 1 - grey[0])))
RGB = Space(3, lambda light: of_light(*light))
CMYK = Space(4, lambda inks: of_inks(tuple(inks)), (0, 0, 0, 1))
_NAMED = {
    "/DeviceGray": GREY,
    "/G": GREY,
    "/CalGray": GREY,
    "/DeviceRGB": RGB,
    "/RGB": RGB,
    "/CalRGB": RGB,
    "/DeviceCMYK": CMYK,
    "/CMYK": CMYK,
}


def space_of(told: Any) -> Space:
    """The space that an object describes. Raises ``Undrawable``: effects, spot."""
    if isinstance(told, pikepdf.Name):
        name, members = str(told), None
    else:
        name, members = str(told[0]), told
    if name in _NAMED:
        return _NAMED[name]
    if members is None:
        raise Undrawable("effects", f"色の空間 {name[1:20]}")
    if name == "/ICCBased":
        count = int(members[1].get("/N", 0))
        if count in (1, 3, 4):
            return {1: GREY, 3: RGB, 4: CMYK}[count]
    if name == "/Separation":
        return _separation(str(members[1]), members)
    if name == "/DeviceN":
        return _several([str(each) for each in members[1]], members)
    raise Undrawable("effects", f"色の空間 {name[1:20]}")


def _separation(plate: str, members: Any) -> Space:
    if plate in PROCESS or plate == "/All":
        at = PROCESS.index(plate) if plate in PROCESS else 3  # all plates: in a drawing this means black
        return Space(1, lambda tint: of_inks(tuple(tint[0] if at == place else 0.0 for place in range(4))), (1,))
    if plate == "/None":
        return Space(1, lambda tint: "none", (1,))
    other, function = space_of(members[2]), function_of(members[3], plate[1:])
    return Space(1, lambda tint: other.colour(function(tint[0])), (1,), plate[1:])


def _several(plates: list[str], members: Any) -> Space:
    if all(plate in PROCESS or plate == "/None" for plate in plates):
        order = [PROCESS.index(plate) if plate in PROCESS else -1 for plate in plates]

        def colour(tints: Numbers) -> str:
            by_plate = dict(zip(order, tints, strict=True))
            return of_inks(tuple(by_plate.get(place, 0.0) for place in range(4)))

        return Space(len(plates), colour, (1,) * len(plates))
    if len(plates) == 1:
        return _separation(plates[0], members)
    raise Undrawable("spot", "・".join(plate[1:] for plate in plates if plate not in PROCESS))


def function_of(told: Any, named: str = "") -> Callable[[float], list[float]]:
    """A function of one number. Raises ``Undrawable`` for other functions (``spot`` for the ink ``named``, else
    effects).
    """
    if isinstance(told, pikepdf.Array):
        parts = [function_of(each, named) for each in told]
        return lambda at: [value for part in parts for value in part(at)]
    kind = int(told.get("/FunctionType", -1))
    begin, end = (float(each) for each in told.Domain[:2])
    if kind == 2:
        power = float(told.N)
        ends = [[float(each) for each in told.get(name, [default])] for name, default in (("/C0", 0), ("/C1", 1))]
        return lambda at: [
            one + min(max(at, begin), end) ** power * (other - one) for one, other in zip(*ends, strict=True)
        ]
    if kind == 3:
        parts = [function_of(each, named) for each in told.Functions]
        edges = [begin, *(float(each) for each in told.Bounds), end]
        encode = [float(each) for each in told.Encode]

        def stitched(at: float) -> list[float]:
            at = min(max(at, begin), end)
            place = max(0, next((n for n in range(len(parts)) if at < edges[n + 1]), len(parts) - 1))
            low, high = edges[place : place + 2]
            first, last = encode[2 * place : 2 * place + 2]
            return parts[place](first + (at - low) / ((high - low) or 1) * (last - first))

        return stitched
    if kind == 0 and int(told.get("/BitsPerSample", 0)) == 8 and len(told.Size) == 1 and int(told.Size[0]) <= 4096:
        return _sampled(told, begin, end)
    if kind == 4 and len(told.Domain) == 2:
        words = re.findall(r"[^\s{}]+", bytes(told.read_bytes())[:4000].decode("latin-1"))
        count = len(told.Range) // 2
        return lambda at: _calculated(words, at, count, named)
    raise Undrawable("spot" if named else "effects", named or "色の変化")


def _calculated(words: Sequence[str], at: float, count: int, named: str) -> list[float]:
    """The result of a calculator function (7.10.5) for a number; only functions without conditions, as for tints."""
    stack = [at]
    for word in words:
        if word in _TWO:
            other, one = stack.pop(), stack.pop()
            stack.append(_TWO[word](one, other))
        elif word in _ONE:
            stack.append(_ONE[word](stack.pop()))
        elif word == "dup":
            stack.append(stack[-1])
        elif word == "pop":
            stack.pop()
        elif word == "exch":
            stack[-2:] = reversed(stack[-2:])
        elif word == "copy" and 0 <= (many := int(stack.pop())) <= len(stack) < 100:
            stack += stack[len(stack) - many :]
        elif word == "index" and 0 <= (back := int(stack.pop())) < len(stack):
            stack.append(stack[-1 - back])
        elif word == "roll" and len(stack) > 1:
            steps, many = int(stack.pop()), int(stack.pop())
            part = stack[len(stack) - many :] if 0 < many <= len(stack) else []
            turn = steps % (len(part) or 1)
            stack[len(stack) - len(part) :] = part[len(part) - turn :] + part[: len(part) - turn]
        elif re.fullmatch(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?\.?|[-+]?[0-9]+\.", word):
            stack.append(float(word))
        else:
            raise Undrawable("spot" if named else "effects", named or "色の変化")
    if len(stack) < count:
        raise Undrawable("broken", "色の関数")
    return stack[len(stack) - count :]


_TWO: Mapping[str, Callable[[float, float], float]] = {
    "add": lambda one, other: one + other,
    "sub": lambda one, other: one - other,
    "mul": lambda one, other: one * other,
    "div": lambda one, other: one / other if other else 0.0,
}
_ONE: Mapping[str, Callable[[float], float]] = {"neg": lambda one: -one, "abs": abs, "cvr": float, "sqrt": math.sqrt}


def _sampled(told: Any, begin: float, end: float) -> Callable[[float], list[float]]:
    size, reach = int(told.Size[0]), [float(each) for each in told.get("/Decode", told.Range)]
    count = len(told.Range) // 2
    samples = bytes(told.read_bytes())[: size * count]
    if len(samples) < size * count or not size:
        raise Undrawable("broken", "色の関数")

    def sampled(at: float) -> list[float]:
        place = (min(max(at, begin), end) - begin) / ((end - begin) or 1) * (size - 1)
        low = math.floor(place)
        high, share = min(low + 1, size - 1), place - low
        values = []
        for n in range(count):
            value = samples[low * count + n] * (1 - share) + samples[high * count + n] * share
            values.append(reach[2 * n] + value / 255 * (reach[2 * n + 1] - reach[2 * n]))
        return values

    return sampled


def stops_of(shading: Any) -> tuple[list[tuple[float, str]], Space]:
    """The stops (0 to 1) of an axial or radial shading, and its space. Raises ``Undrawable``."""
    space = space_of(shading.ColorSpace)
    function = function_of(shading.Function, space.spot)
    begin, end = (float(each) for each in shading.get("/Domain", [0, 1]))
    places = [0.0, 1.0]
    told = shading.Function
    if not isinstance(told, pikepdf.Array) and int(told.get("/FunctionType", 0)) == 3:
        places += [(float(each) - begin) / ((end - begin) or 1) for each in told.Bounds]
        linear = all(int(each.get("/FunctionType", 0)) == 2 and float(each.N) == 1 for each in told.Functions)
    else:
        linear = not isinstance(told, pikepdf.Array) and int(told.FunctionType) == 2 and float(told.N) == 1
    if not linear:
        places += [step / _SAMPLES for step in range(1, _SAMPLES)]
    return [
        (place, space.colour(function(begin + place * (end - begin)))) for place in sorted({*places}) if 0 <= place <= 1
    ], space
