"""Two rounds seen: the regions of pages whose picture changed, and which of them no changed or moved text explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from koho_pdf.geometry import Rect
from koho_pdf.rounds.belonging import Belonging, hulls
from koho_pdf.rounds.between_rounds import Between, marked
from koho_pdf.rounds.round import Round, Standing

if TYPE_CHECKING:
    from PIL.Image import Image

_CELL = 3.0  # mm
_LEAST = 24  # of 255: less is the edge of a letter that stands a hair elsewhere
_BETWEEN = (25.0, 8.0)  # mm: what else of an article moves with its texts: labels, rules, signs
_AROUND = 1.5  # mm around a text


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of both rounds: the regions (mm) in which its picture differs and no text of its articles does."""

    page: int
    regions: tuple[Rect, ...]
    differs: bool


def seen(made: Between, old: Sequence[Image], new: Sequence[Image]) -> tuple[Seen, ...]:
    """Every page that both rounds have."""
    return tuple(_page(number, made, one, other) for number, (one, other) in enumerate(zip(old, new, strict=False), 1))


def _page(number: int, made: Between, one: Image, other: Image) -> Seen:
    cells = _cells(one, other, made.new.sizes[number - 1])
    told = [*_moved(made.old, made.new, number), *_moved(made.new, made.old, number)]
    for change in made.changes:
        told += [*marked(change.old_places, number), *marked(change.new_places, number)]
    explained = [each.grown(_AROUND) for each in told]
    left = [each for each in cells if not any(_meet(each, place) for place in explained)]
    return Seen(number, tuple(_joined(left)), bool(cells))


def _cells(one: Image, other: Image, trim: tuple[float, float]) -> list[Rect]:
    """The cells of a page that differ."""
    from PIL import ImageChops

    if one.size != other.size:
        return [Rect(0, 0, *trim)]
    wide, high = int(trim[0] / _CELL) + 1, int(trim[1] / _CELL) + 1
    grey = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value >= _LEAST else 0)
    if grey.getbbox() is None:
        return []
    scale = one.width / trim[0] * _CELL
    found = []
    for row in range(high):
        for column in range(wide):
            box = (int(column * scale), int(row * scale), int((column + 1) * scale), int((row + 1) * scale))
            if grey.crop(box).getbbox():
                found.append(Rect(column * _CELL, row * _CELL, _CELL, _CELL))
    return found


def _moved(one: Round, other: Round, page: int) -> list[Rect]:
    """The places of texts of the one round that stand elsewhere in the other, with what is between them."""
    there = {(each.field, each.page, each.pieces) for each in other.places}
    gone = [each for each in one.places if (each.field, each.page, each.pieces) not in there]
    belonging = Belonging(one)
    by_article: dict[str, list[Standing]] = {}
    for each in gone:
        article = belonging.article_of(each.field)
        by_article.setdefault(article.key if article else "", []).append(each)
    return [hull for places in by_article.values() for hull in hulls(places, page, _BETWEEN)]


def _meet(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _joined(cells: Sequence[Rect]) -> list[Rect]:
    """Cells that touch, as one region."""
    left, made = list(cells), []
    while left:
        region, left = left[0], left[1:]
        while near := [each for each in left if _meet(region.grown(_CELL), each)]:
            left = [each for each in left if each not in near]
            for each in near:
                region = region.union(each)
        made.append(region)
    return made
