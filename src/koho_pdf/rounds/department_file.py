"""What one department gets: its own articles on paper, and as one HTML file that asks no other and gives an answer.

Neither holds a word or a picture of another department's articles: pages are covered (``masking``), and texts are
written from the department's articles alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from koho_pdf.geometry import Rect
from koho_pdf.manuscript.paths import article_in
from koho_pdf.rounds.belonging import Belonging, hulls
from koho_pdf.rounds.margins import context_of, sheets
from koho_pdf.rounds.masking import cut, drawn, encoded, masked, own_parts
from koho_pdf.rounds.pulling import Pulled
from koho_pdf.rounds.round import Passage, Proofed
from koho_pdf.rounds.round_papers import FOLDER, Press

if TYPE_CHECKING:
    from PIL.Image import Image

_PPI = 144
_AROUND = 3.0  # mm around an article in its picture
_ALL = (1000.0, 1000.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A text of an article: its place in the manuscript, its line, its words; ``picture``: it describes one."""

    id: str
    field: str
    line: int
    words: str
    role: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a picture that leads to a text: left, top, width and height in percent."""

    id: str
    to: str
    at: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Crop:
    """The picture of an article on a page."""

    id: str
    page: int
    data: str
    width: int
    height: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as its department sees it."""

    name: str
    heading: str
    pages: tuple[int, ...]
    rows: tuple[Row, ...]
    crops: tuple[Crop, ...] = ()


def of_department(
    department: str, made: Pulled, belonging: Belonging, press: Press, pictures: Sequence[Image] | None = None
) -> dict[str, bytes]:
    """The files of a department by their endings: ``pdf`` and ``html``. ``pictures`` are all pages as ``pages`` gives
    them. Raises LayoutError where a template does not work."""
    covered = _covered(department, belonging, pictures or drawn(made.pages, _PPI))
    articles = made.round.of(department)
    shown = [_shown(each, number, covered, belonging) for number, each in enumerate(articles, 1)]
    common: dict[str, object] = {
        "department": department,
        "version": made.round.version(department),
        "articles": shown,
    }
    return {"pdf": _paper(common, articles, covered, belonging, press), "html": _page(common, made, press)}


def pages(made: Pulled) -> tuple[Image, ...]:
    """All pages as pictures, for every department's file."""
    return drawn(made.pages, _PPI)


def _covered(department: str, belonging: Belonging, pictures: Sequence[Image]) -> dict[int, Image]:
    """The pages on which something of the department stands, with everything else covered."""
    found: dict[int, Image] = {}
    for number, picture in enumerate(pictures, 1):
        if parts := own_parts(belonging, department, number):
            found[number] = masked(picture, parts, belonging.round.sizes[number - 1])
    return found


def _paper(
    common: dict[str, object],
    articles: Sequence[Proofed],
    covered: dict[int, Image],
    belonging: Belonging,
    press: Press,
) -> bytes:
    laid = sheets(belonging, articles, covered)
    names = {number: f"page{number}.jpg" for number in covered}
    made = {names[number]: encoded(picture) for number, picture in covered.items()}
    return press.pdf("department.html", {**context_of(laid, belonging.round), **common, "pictures": names}, made)


def _shown(article: Proofed, number: int, covered: dict[int, Image], belonging: Belonging) -> Shown:
    rows = tuple(_row(each, f"t{number}-{at}") for at, each in enumerate(article.passages, 1))
    crops = tuple(
        crop
        for page in belonging.pages_of(article)
        if page in covered and (crop := _crop(article, page, f"{number}-{page}", rows, covered[page], belonging))
    )
    name = article_in(article.begins) or article.key
    return Shown(name, article.heading, belonging.pages_of(article), rows, crops)


def _row(passage: Passage, id_: str) -> Row:
    return Row(id_, passage.field, passage.line, passage.words, passage.role, passage.role == "picture")


def _crop(
    article: Proofed, page: int, id_: str, rows: Sequence[Row], picture: Image, belonging: Belonging
) -> Crop | None:
    trim = belonging.round.sizes[page - 1]
    places = [each for each in belonging.of_articles[article.key] if each.page == page]
    whole = Rect(0, 0, *trim)
    hull = hulls(places, page, _ALL)[0].grown(_AROUND) if places else whole
    part, at = cut(picture, hull, trim)
    spots: list[Spot] = []
    for number, row in enumerate(rows):
        for place in belonging.places_of(row.field):
            if place.page == page and place in places:
                spots += [
                    Spot(f"s{id_}-{number}-{count}", row.id, _within(piece, at))
                    for count, piece in enumerate(place.pieces)
                ]
    data = base64.b64encode(encoded(part)).decode()
    return Crop(id_, page, data, part.width, part.height, tuple(spots))


def _within(piece: Rect, around: Rect) -> tuple[float, float, float, float]:
    left, top = max(0.0, piece.x - around.x), max(0.0, piece.y - around.y)
    right, bottom = min(piece.right - around.x, around.width), min(piece.bottom - around.y, around.height)
    wide, high = 100 / around.width, 100 / around.height
    return left * wide, top * high, max(0.0, right - left) * wide, max(0.0, bottom - top) * high


def _page(common: dict[str, object], made: Pulled, press: Press) -> bytes:
    folder = press.workspace.proof_layouts / FOLDER
    shown: list[Shown] = common["articles"]  # type: ignore[assignment]
    style = (folder / "department-file.css").read_text(encoding="utf-8") + "".join(_places(shown))
    script = (folder / "department-file.js").read_text(encoding="utf-8")
    about = {
        "issue": made.round.issue,
        "round": made.round.number,
        "called": made.round.name,
        "department": common["department"],
        "version": common["version"],
    }
    context = {
        **common,
        "style": style,
        "style_sum": _sum(style),
        "script": script,
        "script_sum": _sum(script),
        "about": json.dumps(about, ensure_ascii=False).replace("<", "\\u003c"),
    }
    return press.html("department-file.html", context).encode()


def _places(shown: Sequence[Shown]) -> Iterator[str]:
    """Where the places on pictures are; no element has a style of its own, so that none need be allowed."""
    for article in shown:
        for crop in article.crops:
            for spot in crop.spots:
                left, top, wide, high = spot.at
                yield f"#{spot.id}{{left:{left:.2f}%;top:{top:.2f}%;width:{wide:.2f}%;height:{high:.2f}%}}\n"


def _sum(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
