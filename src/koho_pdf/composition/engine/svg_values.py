"""Seams ``svg.color``, ``svg.size``, ``svg.parse_url``, ``svg.path.point``, ``pydyf._to_bytes``: values in drawings,
read once or without a search, and written at once.

They give what the engine's functions give. Art names the same few colours and lengths hundreds of times, and a path is
mostly plain numbers.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import Any


def once_read(color: Any) -> Any:
    """Read the text of a colour once; the engine changes the alpha of what it is given. Inks remember how they are
    written (``drawn.in_inks``).
    """
    known = lru_cache(maxsize=512)(color)

    def color_read(string: Any) -> Any:
        made = copy(known(string))
        if str(string).startswith("device-cmyk("):
            made.koho_written = string
        return made

    return color_read


def once_measured(size: Any) -> Any:
    """Read the text of a length once; it may depend on the font and on what percentages are of."""
    measured = lru_cache(maxsize=2048)(size)
    measured.__module__ = __name__  # it is ours, whatever it wraps
    return measured


def once_parsed(parse_url: Any) -> Any:
    """Read an address once: every element is asked for three, and has none of them."""
    parsed = lru_cache(maxsize=512)(parse_url)
    parsed.__module__ = __name__  # it is ours, whatever it wraps
    return parsed


def as_written(to_bytes: Any) -> Any:
    """A number, name or object as it is written: the commonest kinds are asked for by their type, not one by one."""

    def written(item: Any) -> Any:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is float:
            return b"%d" % item if item.is_integer() else (b"%f" % item).rstrip(b"0")
        if kind is str or kind is int:
            return str(item).encode("ascii")
        return to_bytes(item)

    written.__wrapped__ = to_bytes  # type: ignore[attr-defined]
    return written


def of_numbers(point: Any) -> Any:
    """Take the first two values from path data: at once if they are numbers."""

    def point_of_numbers(svg: Any, string: str, font_size: float) -> Any:
        across, _, rest = string.partition(" ")
        down, _, rest = rest.partition(" ")
        try:
            return float(across), float(down), rest
        except ValueError:
            return point(svg, string, font_size)

    return point_of_numbers
