"""The 二次元コード of an address, as one SVG shape (ISO/IEC 18004, QR Code 2005). The only door of segno.

It is in black alone (K 100 % on paper), so that plates out of register do not blur it. It is one outline, not a square
for each module, so that no viewer shows hairlines between modules. Around it are the four empty modules that readers
need (clause 6.3.8). Error correction is M (15 %), or better if that does not make it larger.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import segno
from markupsafe import Markup

from koho_pdf.press.colour import ProcessColour, screen_hex

if TYPE_CHECKING:
    from koho_pdf.layout.city import City

_QUIET = 4
_BLACK_AND_PAPER = ProcessColour(0, 0, 0, 100), ProcessColour(0, 0, 0, 0)
_RIGHT = {(1, 0): (0, 1), (0, 1): (-1, 0), (-1, 0): (0, -1), (0, -1): (1, 0)}  # y points down


def colours_in(edition: str, city: City | None) -> tuple[str, str]:
    """Black and paper of a code in an edition; on the screen's pages as black ink looks, so that these may be the pages
    of print in other colours."""
    if edition == "print":
        return "device-cmyk(0 0 0 1)", "device-cmyk(0 0 0 0)"
    if edition == "screen" and city:
        black, paper = screen_hex(_BLACK_AND_PAPER, city.press.condition.profile)
        return black, paper
    return "#000", "#fff"


def code_svg(address: str, colour: str, paper: str) -> Markup:
    """The code of an address as an ``svg`` element; ``colour`` and ``paper`` as SVG's ``fill`` takes them.

    Its size is the layout's. The empty modules are painted too, so that it is read on any ground. Its words for those
    who do not see it name the address.
    """
    size, path = _drawn(address)
    whole = size + 2 * _QUIET
    return Markup(
        '<svg class="code" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {whole} {whole}">'
        '<title>二次元コード {address}</title><rect width="{whole}" height="{whole}" fill="{paper}"/>'
        '<path fill="{colour}" stroke="none" d="{path}"/></svg>'
    ).format(whole=whole, address=address, colour=colour, paper=paper, path=path)


@cache
def _drawn(address: str) -> tuple[int, str]:
    """The number of modules on a side, and the outline of the dark ones."""
    code = segno.make(address, micro=False, error="m", boost_error=True)
    rows = [[bool(module) for module in row] for row in code.matrix]
    return len(rows), outline(rows)


def outline(rows: Sequence[Sequence[bool]]) -> str:
    """The edges of dark modules as closed paths, dark on the right; two that only meet at a corner stay separate."""
    dark = {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for x, y in sorted(dark, key=lambda each: (each[1], each[0])):
        for beside, start, way in (
            ((x, y - 1), (x, y), (1, 0)),
            ((x + 1, y), (x + 1, y), (0, 1)),
            ((x, y + 1), (x + 1, y + 1), (-1, 0)),
            ((x - 1, y), (x, y + 1), (0, -1)),
        ):
            if beside not in dark:
                edges.setdefault(start, []).append(way)
    parts: list[str] = []
    while edges:
        begin = at = next(iter(edges))
        way = edges[at][0]
        parts.append(f"M{at[0] + _QUIET} {at[1] + _QUIET}")
        while True:
            edges[at].remove(way)
            if not edges[at]:
                del edges[at]
            length = 1
            at = (at[0] + way[0], at[1] + way[1])
            while at != begin and edges.get(at) == [way]:
                del edges[at]
                length, at = length + 1, (at[0] + way[0], at[1] + way[1])
            parts.append(f"h{way[0] * length}" if way[0] else f"v{way[1] * length}")
            if at == begin:
                break
            way = _RIGHT[way] if _RIGHT[way] in edges[at] else edges[at][0]
        parts.append("z")
    return "".join(parts)
