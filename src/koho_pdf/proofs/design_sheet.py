"""A layout's pages with all that a designer measures against, drawn over its sample: the grid of 5 mm, regions and
their columns, slots with their type and what still fits, folds and keep-outs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.geometry import Rect
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.keep_outs import KeepOut
from koho_pdf.layout.page_sides import side_of
from koho_pdf.layout.regions import Region
from koho_pdf.press.folds import fold_of

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_PPI = 200
_PX = _PPI / 25.4  # pixels a mm
_GRID = 5  # mm
_FAINT = 0.55  # how much of the page turns white under the drawing
_LABEL = 15  # pixels: type of the labels, 1.9 mm
_NUMBER = (70, 120, 165)  # of the grid, in mm from the trim
_DASH = 16  # pixels: of a fold
_FINE, _SLOT, _REGION, _AWAY, _INK = (190, 215, 235), (200, 20, 120), (0, 120, 70), (215, 60, 20), (20, 20, 20)


def design_sheets(
    layout: Layout, screen: bytes, places: bytes, faces: Sequence[Face], keep_outs: Sequence[KeepOut] = ()
) -> tuple[bytes, ...]:
    """A picture (PNG, 200 ppi) of every page. ``screen`` is the sample's screen PDF, ``places`` its ``map.json``;
    ``layout`` knows how far words keep from folds, which are among the ``keep_outs``."""
    import pypdfium2
    from PIL import Image, ImageDraw, ImageFont

    face = next(each for each in faces if all(ord(letter) in each.characters for letter in "枠字行あと超過"))
    font = ImageFont.truetype(str(face.path), _LABEL)
    told: Mapping[str, Any] = json.loads(places)
    types = {each["page"]: each["type"] for each in told.get("pages", ())}
    made = []
    with pypdfium2.PdfDocument(screen) as pdf:
        for number, page in enumerate(pdf, 1):
            drawn = page.render(scale=_PPI / 72).to_pil().convert("RGB")
            drawn = Image.blend(drawn, Image.new("RGB", drawn.size, "white"), _FAINT)
            pen = ImageDraw.Draw(drawn)
            pen.font = font
            for at in range(0, int(max(drawn.size) / _PX) + 1, _GRID):
                pen.line([(at * _PX, 0), (at * _PX, drawn.height)], _FINE)
                pen.line([(0, at * _PX), (drawn.width, at * _PX)], _FINE)
                if at % 10 == 0:
                    pen.text((at * _PX + 2, 1), str(at), _NUMBER)
                    pen.text((2, at * _PX + 1), str(at), _NUMBER)
            size = drawn.width / _PX, drawn.height / _PX
            page_size = Rect(0, 0, *size)
            for out in (each.at(*size) for each in keep_outs if each.is_on(number)):
                if place := _shared(out.place, page_size):
                    _hatched(pen, place)
                    _label(pen, place, f"{out.name}から {out.margin:g}mm" if out.fold else out.name, _AWAY)
            for start, end in _folds(layout, types.get(number, ""), number, len(pdf), size):
                _dashed(pen, start, end)
            for name, region in _regions(layout, types, number).items():
                _box(pen, region.at, _REGION, 3)
                what = f"{name}  {region.columns}段・段間{region.gutter:g}mm・行送り{region.line_feed:g}H"
                _label(pen, region.at, what, _REGION)
            for place, label in _slots(layout, told, number):
                over = label.endswith("字超過")
                _box(pen, place, _AWAY if over else _SLOT, 5 if over else 2)
                _label(pen, place, label, _AWAY if over else _SLOT)
            target = BytesIO()
            drawn.save(target, "PNG", compress_level=6)
            made.append(target.getvalue())
    return tuple(made)


def _regions(layout: Layout, types: Mapping[int, str], number: int) -> Mapping[str, Region]:
    """The regions of a page, on its side."""
    type_ = layout.page_types[types[number]] if number in types else None
    return type_.on(side_of(number, layout.binding)) if type_ else {}


def _folds(
    layout: Layout, type_: str, page: int, pages: int, size: tuple[float, float]
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The folds of a page, also where words may cross them: from where to where, in mm."""
    width, height = size
    own = layout.page_types[type_] if type_ else None
    upright, across = [*(own.folds if own else ())], [*(own.folds_across if own else ())]
    way = fold_of(layout.fold, pages) if layout.fold else None
    edges = way.edges(page, layout.binding) if way else ()
    upright += [{"left": 0.0, "right": width}[each] for each in edges if each in ("left", "right")]
    across += [{"top": 0.0, "bottom": height}[each] for each in edges if each in ("top", "bottom")]
    yield from (((at, 0.0), (at, height)) for at in upright)
    yield from (((0.0, at), (width, at)) for at in across)


def _shared(place: Rect, page: Rect) -> Rect | None:
    """What of a place is on the page; None: nothing. A fold's strip is longer than any page."""
    left, top = max(place.x, page.x), max(place.y, page.y)
    right, bottom = min(place.right, page.right), min(place.bottom, page.bottom)
    return Rect(left, top, right - left, bottom - top) if left <= right and top <= bottom else None


def _dashed(pen: ImageDraw, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A fold, dash by dash; at an edge of the page wholly on it."""
    wide, high = pen.im.size
    (x, y), (to_x, to_y) = ((min(a * _PX, wide - 3), min(b * _PX, high - 3)) for a, b in (start, end))
    for at in range(0, int(max(to_x - x, to_y - y)), 2 * _DASH):
        if x == to_x:
            pen.line([(x, y + at), (x, y + at + _DASH)], _INK, 4)
        else:
            pen.line([(x + at, y), (x + at + _DASH, y)], _INK, 4)


def _slots(layout: Layout, told: Mapping[str, Any], page: int) -> Iterator[tuple[Rect, str]]:
    """The slots of a page, each once, with their type and what fits."""
    seen = set()
    for each in told["fields"]:
        slot = each["slot"]
        if each["edition"] != "screen" or each["page"] != page or not slot:
            continue
        place = Rect(**slot["place"])
        if (key := (slot["name"], place)) in seen:
            continue
        seen.add(key)
        own = layout.slots.get(slot["name"])
        size = f"{own.size:g}Q/{own.line_feed:g}H {own.chars_per_line:g}字×{own.lines}行" if own else ""
        left = slot["left"]
        yield place, f"{slot['name']}  {size}  {f'あと{left}字' if left >= 0 else f'{-left}字超過'}"


def _box(pen: ImageDraw, place: Rect, colour: tuple[int, int, int], width: int) -> None:
    pen.rectangle([place.x * _PX, place.y * _PX, place.right * _PX, place.bottom * _PX], outline=colour, width=width)


def _hatched(pen: ImageDraw, place: Rect) -> None:
    _box(pen, place, _AWAY, 2)
    left, top, right, bottom = (value * _PX for value in (place.x, place.y, place.right, place.bottom))
    high = bottom - top
    for start in range(int(left - high), int(right), 12):
        a, b = max(start, left), min(start + high, right)
        if a < b:
            pen.line([(a, bottom - (a - start)), (b, bottom - (b - start))], _AWAY)


def _label(pen: ImageDraw, place: Rect, words: str, colour: tuple[int, int, int]) -> None:
    x, y = max(0.0, place.x * _PX), max(0.0, place.y * _PX - _LABEL - 3)
    left, top, right, bottom = pen.textbbox((x + 2, y), words)
    back = max(0.0, min(left - 2, right + 2 - pen.im.size[0]))  # whole on the page, if it is wide enough
    pen.rectangle([left - 2 - back, top - 1, right + 2 - back, bottom + 1], fill="white")
    pen.text((x + 2 - back, y), words, colour)
