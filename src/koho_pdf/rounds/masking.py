"""Pictures of pages on which a department sees its own articles and nothing of others'.

What is covered is painted over in the picture: it cannot be read back. A cover is opened by geometry alone: first the
space around one's own texts, then others' texts close it, and at last all pieces, the largest first, so that in a
doubt the smaller one says whose place it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from koho_pdf.geometry import Rect
from koho_pdf.rounds.belonging import Belonging, hulls
from koho_pdf.rounds.round import Standing

if TYPE_CHECKING:
    from PIL.Image import Image

_MM = 25.4
_AROUND = (20.0, 16.0)  # mm: what is between the parts of one article: labels, rules
_CLOSE = (3.0, 5.0)
_HULL, _PIECE = 1.2, 0.15  # mm around what is opened or closed
_PICTURE = ".file"
_COVER = (240, 241, 242)


def drawn(pdf: bytes, ppi: float, *, bleed: bool = False) -> tuple[Image, ...]:
    """Every page as a picture; up to its ``bleed`` only, without marks and slug."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document if bleed else ():
            page.set_cropbox(*page.get_bleedbox())
        return tuple(page.render(scale=ppi / 72).to_pil().convert("RGB") for page in document)


def own_parts(belonging: Belonging, department: str, page: int) -> tuple[tuple[Rect, bool], ...]:
    """What is to be painted on the mask of a page, in order: a place in mm, and whether it is open. Empty where nothing
    of the department stands on the page."""
    own: list[Standing] = []
    others: dict[str, list[Standing]] = {}
    for each in belonging.round.places:
        if each.page != page:
            continue
        article = belonging.article_of(each.field)
        if article is not None and article.department == department:
            own.append(each)
        else:
            others.setdefault(article.key if article else "", []).append(each)
    if not own:
        return ()
    trim = belonging.round.sizes[page - 1]
    made = [(each.grown(_HULL), True) for each in _by_article(belonging, own, page, _AROUND, trim)]
    for places in others.values():
        made += [(each.grown(_PIECE), False) for each in hulls(_small(places, trim), page, _CLOSE)]
    mine = [piece for each in own for piece in each.pieces]
    not_mine = [piece for places in others.values() for each in places for piece in each.pieces]
    pieces = [*((each, True) for each in mine), *((each, False) for each in not_mine)]
    pieces.sort(key=lambda each: -each[0].width * each[0].height)
    made += [(piece if shown else piece.grown(_PIECE), shown) for piece, shown in pieces]
    return tuple(made)


def _by_article(
    belonging: Belonging, own: list[Standing], page: int, gap: tuple[float, float], trim: tuple[float, float]
) -> Iterator[Rect]:
    keys = dict.fromkeys(article.key for each in own if (article := belonging.article_of(each.field)))
    for key in keys:
        yield from hulls(_small(belonging.of_articles[key], trim), page, gap)


def _small(places: list[Standing] | tuple[Standing, ...], trim: tuple[float, float]) -> list[Standing]:
    """Without pictures that fill a large part of a page, on which others' texts may stand."""
    most = trim[0] * trim[1] / 3
    return [each for each in places if not (each.field.endswith(_PICTURE) and each.box.width * each.box.height > most)]


def masked(picture: Image, parts: tuple[tuple[Rect, bool], ...], trim: tuple[float, float]) -> Image:
    """The picture of a page with everything painted over that these parts do not open."""
    from PIL import Image, ImageDraw

    open_ = Image.new("1", picture.size, 0)
    pen = ImageDraw.Draw(open_)
    for place, shown in parts:
        pen.rectangle(_pixels(place, picture, trim), fill=1 if shown else 0)
    covered = Image.new("RGB", picture.size, _COVER)
    covered.paste(picture, mask=open_)
    return covered


def _pixels(place: Rect, picture: Image, trim: tuple[float, float]) -> tuple[float, float, float, float]:
    wide, high = picture.width / trim[0], picture.height / trim[1]
    return place.x * wide, place.y * high, place.right * wide, place.bottom * high


def cut(picture: Image, place: Rect, trim: tuple[float, float]) -> tuple[Image, Rect]:
    """A part of a page, and where it is (within the page)."""
    left, top = max(0.0, place.x), max(0.0, place.y)
    right, bottom = min(trim[0], place.right), min(trim[1], place.bottom)
    part = Rect(left, top, max(1.0, right - left), max(1.0, bottom - top))
    return picture.crop(tuple(round(each) for each in _pixels(part, picture, trim))), part  # type: ignore[arg-type]


def encoded(picture: Image, form: str = "JPEG") -> bytes:
    """A picture as a file: JPEG for the pages of a department's file, which goes by mail; PNG where lines count."""
    target = BytesIO()
    if form == "JPEG":
        picture.save(target, "JPEG", quality=82, subsampling=0)
    else:
        picture.quantize(128).save(target, "PNG", optimize=False, compress_level=6)
    return target.getvalue()
