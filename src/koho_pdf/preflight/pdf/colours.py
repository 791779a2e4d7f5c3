"""Colour spaces of a PDF (ISO 32000-1, 8.6), and how much of a colour lies on which plate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import pikepdf

from koho_pdf.preflight.pdf.facts import ALL, PROCESS, Colour, Spot
from koho_pdf.preflight.pdf.matrices import number
from koho_pdf.preflight.pdf.pdf_names import name_of

_DEVICE = {"DeviceGray": ("Black",), "DeviceRGB": (), "DeviceCMYK": PROCESS}
_SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
_DEFAULTS = {"DeviceGray": "/DefaultGray", "DeviceRGB": "/DefaultRGB", "DeviceCMYK": "/DefaultCMYK"}
_COMPONENTS = {"DeviceGray": 1, "CalGray": 1, "Separation": 1, "Indexed": 1, "DeviceCMYK": 4}
_DEEPEST = 8
_MOST_SAMPLED = 1_000_000  # bytes of a sampled function


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: its family, its number of components, the plates of these components (none for RGB, Lab, ICC),
    the base space of Indexed or of a pattern, and its spot inks.
    """

    family: str
    components: int
    plates: tuple[str, ...] = ()
    base: Space | None = None
    spots: tuple[Spot, ...] = ()

    @property
    def ground(self) -> Space:
        """The space itself, or the base of an Indexed space."""
        return self.base.ground if self.family == "Indexed" and self.base else self

    def colour(self, values: Sequence[float]) -> Colour:
        """The colour with these components; without any, the initial colour (8.6.8: black, or full tint)."""
        if self.family == "DeviceGray":
            gray = values[0] if values else 0.0
            return Colour(self.family, (("Black", round(1 - gray, 4)),))
        if self.family == "DeviceCMYK":
            return Colour(self.family, tuple(zip(PROCESS, values or (0.0, 0.0, 0.0, 1.0), strict=False)))
        if self.plates:
            return Colour(self.family, tuple(zip(self.plates, values or [1.0] * len(self.plates), strict=False)))
        return Colour(self.ground.family)


UNKNOWN = Space("", 0)
GRAY, RGB, CMYK = (
    Space(name, size, _DEVICE[name]) for name, size in (("DeviceGray", 1), ("DeviceRGB", 3), ("DeviceCMYK", 4))
)
_BY_NAME = {space.family: space for space in (GRAY, RGB, CMYK)}


def space_of(given: pikepdf.Object | None, named: pikepdf.Object | None, depth: int = 0) -> Space:
    """The space that an object describes; ``named`` is the ``ColorSpace`` dictionary of its resources. A device space
    for which the resources give a default is that default (8.6.5.6). UNKNOWN if it is not a space.
    """
    if given is None or depth > _DEEPEST:
        return UNKNOWN
    if isinstance(given, pikepdf.Name):
        return _named(given, named, depth)
    if not isinstance(given, pikepdf.Array) or not len(given):
        return UNKNOWN
    family = name_of(given[0])
    if len(given) == 1 and isinstance(given[0], pikepdf.Name):
        return _named(given[0], named, depth)
    if family in ("Indexed", "I"):
        return Space("Indexed", 1, base=space_of(given[1], named, depth + 1))
    if family == "Pattern":
        return Space("Pattern", 0, base=space_of(given[1], named, depth + 1))
    if family in ("Separation", "DeviceN") and len(given) >= 4:
        return _plates(family, given, named, depth)
    if family == "ICCBased" and isinstance(given[1], pikepdf.Stream):
        return Space(family, int(number(given[1].get("/N"))))
    return Space(family, _COMPONENTS.get(family, 3))


def _named(given: pikepdf.Name, named: pikepdf.Object | None, depth: int) -> Space:
    name = _SHORT.get(name_of(given), name_of(given))
    table = named if isinstance(named, pikepdf.Dictionary) else None
    if name in _BY_NAME:
        default = table.get(_DEFAULTS[name]) if table is not None else None
        return space_of(default, None, depth + 1) if default is not None else _BY_NAME[name]
    if name == "Pattern":
        return Space(name, 0)
    return space_of(table.get(given), named, depth + 1) if table is not None else UNKNOWN


def _plates(family: str, given: pikepdf.Array, named: pikepdf.Object | None, depth: int) -> Space:
    names = [given[1]] if family == "Separation" else list(given[1])[:32] if isinstance(given[1], pikepdf.Array) else []
    plates = tuple(name_of(name) for name in names)
    alternate = space_of(given[2], named, depth + 1)
    look = _full_tint(given[3]) if family == "Separation" else ()
    spots = tuple(Spot(name, alternate.family, look) for name in plates if name not in (*PROCESS, ALL, "None"))
    return Space(family, len(plates), plates, alternate, spots)


def _full_tint(function: pikepdf.Object) -> tuple[float, ...]:
    """The result of a tint function at 1, if it can be read: C1 of an exponential function."""
    if isinstance(function, pikepdf.Dictionary | pikepdf.Stream) and isinstance(function.get("/C1"), pikepdf.Array):
        return tuple(round(number(value), 3) for value in list(function.C1)[:32])
    return ()


def outputs(function: pikepdf.Object | None, depth: int = 0) -> int:
    """The number of results of a function, or of an array of functions (7.10); 0 if unknown."""
    if isinstance(function, pikepdf.Array):
        return sum(outputs(each, depth + 1) for each in list(function)[:32])
    if not isinstance(function, pikepdf.Dictionary | pikepdf.Stream) or depth > _DEEPEST:
        return 0
    kind = int(number(function.get("/FunctionType")))
    if kind in (0, 4):
        bounds = function.get("/Range")
        return len(bounds) // 2 if isinstance(bounds, pikepdf.Array) else 0
    if kind == 2:
        ends = [function.get(key) for key in ("/C0", "/C1")]
        sizes = {len(end) if isinstance(end, pikepdf.Array) else 1 for end in ends}
        return sizes.pop() if len(sizes) == 1 else 0
    parts = function.get("/Functions")
    given = {outputs(each, depth + 1) for each in list(parts)[:256]} if isinstance(parts, pikepdf.Array) else set()
    return given.pop() if len(given) == 1 else 0


def peaks(function: pikepdf.Object | None, depth: int = 0) -> tuple[float, ...]:
    """The highest value of each output of a function, or of an array of functions; empty if unknown."""
    if isinstance(function, pikepdf.Array) and depth < _DEEPEST:
        each = [peaks(part, depth + 1) for part in list(function)[:32]]
        return tuple(found[0] for found in each) if all(len(found) == 1 for found in each) else ()
    if not isinstance(function, pikepdf.Dictionary | pikepdf.Stream) or depth > _DEEPEST:
        return ()
    kind = int(number(function.get("/FunctionType")))
    if kind == 2:
        ends = [function.get(key, fallback) for key, fallback in (("/C0", [0]), ("/C1", [1]))]
        if not all(isinstance(end, pikepdf.Array | list) for end in ends):
            return ()
        return tuple(max(pair) for pair in zip(*([number(value) for value in end] for end in ends), strict=False))
    if kind == 0 and isinstance(function, pikepdf.Stream):
        return _most_sampled(function)
    parts = function.get("/Functions") if kind == 3 else None
    given = [peaks(each, depth + 1) for each in list(parts)[:256]] if isinstance(parts, pikepdf.Array) else []
    return tuple(max(of_all) for of_all in zip(*given, strict=False)) if given and all(given) else ()


def _most_sampled(function: pikepdf.Stream) -> tuple[float, ...]:
    """The highest value of each output of a sampled function (7.10.2) with samples of whole bytes."""
    ranges = [number(edge) for edge in list(function.get("/Range", []))[:64]]
    decode = [number(edge) for edge in list(function.get("/Decode", []))[:64]] or ranges
    outs, width = len(ranges) // 2, int(number(function.get("/BitsPerSample"))) // 8
    sizes = [int(number(size)) for size in list(function.get("/Size", []))[:8]]
    length = prod(sizes) * outs * width
    if width not in (1, 2) or not outs or len(decode) < 2 * outs or not 0 < length <= _MOST_SAMPLED:
        return ()
    samples = function.read_bytes()[:length]
    if len(samples) < length:
        return ()
    levels = samples if width == 1 else samples[::2]  # the upper half is enough
    most = []
    for place in range(outs):
        low, high = decode[2 * place : 2 * place + 2]
        of_one = levels[place::outs]
        most.append(max(round(low + level / 255 * (high - low), 4) for level in (min(of_one), max(of_one))))
    return tuple(most)
