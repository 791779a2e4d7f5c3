"""Finds where an article, picture or page of a kept issue can be seen, before it is withheld: pages, and parts of
pages.

For our own issues ``map.json`` says where each field stands. For an old PDF nobody knows it, so the whole page is
covered. In both cases the words of the pages are read again: if a page shows the article elsewhere too, the whole page
is covered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.archive.bags.record import Article as Kept
from koho_pdf.archive.bags.record import Record, address_keys, read_record
from koho_pdf.archive.bags.register import Act, Box
from koho_pdf.archive.bags.withheld import shown_of
from koho_pdf.archive.compare.two_issues import kept_manuscript
from koho_pdf.archive.ingest.pdf_pages import Page, read_pdf
from koho_pdf.content.article_manuscript import path_of
from koho_pdf.content.articles import Article
from koho_pdf.content.blocks import fields_of
from koho_pdf.content.issue import Issue
from koho_pdf.content.public import public
from koho_pdf.content.values.model import Closed, Picture
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, error
from koho_pdf.geometry import Rect
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.manuscript.paths import is_in, joined

_AROUND = 0.5  # mm covered around the withheld part, for the edges of letters
_READING = 1.5  # mm: small type this near is its readings (ruby)
_GRAM = 8  # letters in a row by which an article is recognised
_SHORTEST = 6  # letters of a heading that is looked for as a whole
_PAGE = re.compile(r"p([1-9][0-9]{0,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Held:
    """A kept issue; ``issue`` is None if its manuscript cannot be read today."""

    folder: Path
    record: Record
    keys: Sequence[str]
    issue: Issue | None

    @property
    def pictures(self) -> dict[str, tuple[str, Picture]]:
        """The public pictures by file name, with their fields."""
        found = _pictures_of(self.issue, "") if self.issue else ()
        return {picture.file: (field, picture) for field, picture in found if not getattr(picture, "media", ())}


def withholding(folder: Path, what: str, why: str, by: str = "", day: str = "") -> Act:
    """The act that withholds ``what`` of the issue in ``folder``: an article by its address (key) or its heading, a
    picture by its file's name, all that begins on a page by ``p3``.

    Raises ArchiveError: ``archive-no-article`` with the nearest names, ``record-broken``.
    """
    record = read_record(folder)
    keys = address_keys([article.key for article in record.articles])
    held = _Held(folder, record, keys, kept_manuscript(folder))
    headed = [place for place, article in enumerate(record.articles) if article.heading == what]
    pictures, page = held.pictures, _PAGE.fullmatch(what)
    if what in keys:
        return _of_articles(held, keys[keys.index(what)], [keys.index(what)], Act("withheld", why, by, day))
    if len(headed) == 1:
        return _of_articles(held, keys[headed[0]], headed, Act("withheld", why, by, day))
    if what in pictures:
        return _of_picture(held, what, Act("withheld", why, by, day))
    if page and int(page[1]) <= record.pages:
        number = int(page[1])
        begun = [place for place, article in enumerate(record.articles) if article.page == number]
        return _of_articles(held, what, begun, Act("withheld", why, by, day), number)
    raise ArchiveError(_not_there(held, what))


def _of_articles(held: _Held, what: str, places: Sequence[int], act: Act, whole: int = 0) -> Act:
    record = held.record
    heading = "・".join(record.articles[place].heading for place in places) if not whole else f"{whole}ページのすべて"
    own = [record.articles[place] for place in places]
    words = [part for article in own for part in (article.heading, *article.text.split("\n"))]
    others = [article for place, article in enumerate(record.articles) if place not in places]
    fields = {field for key in (held.keys[place] for place in places) for field in _fields(held.issue, key)}
    pages = _pages(held, fields, words, others, {article.page for article in own}, {whole} - {0})
    return _act(act, what, heading, tuple(places), (), pages)


def _of_picture(held: _Held, what: str, act: Act) -> Act:
    field, picture = held.pictures[what]
    caption = picture.caption.plain if picture.caption else ""
    assert held.issue is not None
    holding = {article.key for article in articles_of(public(held.issue)) if picture in article.pictures}
    paragraphs = tuple(
        (place, count)
        for place, article in enumerate(held.record.articles)
        if held.keys[place] in holding
        for count, words in enumerate(article.text.split("\n"))
        if caption and words == caption
    )
    begun = {article.page for place, article in enumerate(held.record.articles) if held.keys[place] in holding}
    others = [
        replace(article, text="\n".join(
            words for count, words in enumerate(article.text.split("\n")) if (place, count) not in paragraphs
        ))
        for place, article in enumerate(held.record.articles)
    ]  # fmt: skip
    # Two pictures may share a caption; it is looked for only if it belongs to this one alone.
    alone = caption if not any(caption in article.text for article in others) else ""
    pages = _pages(held, {field}, [alone], others, begun, set())
    return _act(act, what, caption or picture.alt, (), paragraphs, pages)


def _act(
    act: Act,
    what: str,
    heading: str,
    articles: tuple[int, ...],
    paragraphs: tuple[tuple[int, int], ...],
    pages: Mapping[int, tuple[Box, ...]],
) -> Act:
    shown = dict(sorted(pages.items()))
    return Act("withheld", act.why, act.by, act.day, what=what, heading=heading, articles=articles,
               paragraphs=paragraphs, pages=shown)  # fmt: skip


def told_again(folder: Path, act: Act) -> list[str]:
    """The addresses (keys) of articles that are still shown but also hold the heading or a paragraph of the withheld
    one.
    """
    record = read_record(folder)
    whole = [record.articles[place] for place in act.articles]
    said = [part for article in whole for part in map(_solid, (article.heading, *article.text.split("\n")))]
    said = [part for part in said if len(part) >= _GRAM and part not in _solid(record.title)]
    left = shown_of(folder).record.articles
    return [each.key for each in left if any(part in _solid(each.heading + each.text) for part in said)]


def _not_there(held: _Held, what: str) -> Finding:
    record = held.record
    names = {key: f"{key}（{article.heading[:20]}）" for key, article in zip(held.keys, record.articles, strict=True)}
    by_heading = {article.heading: names[key] for key, article in zip(held.keys, record.articles, strict=True)}
    known = {**names, **by_heading, **{file: file for file in held.pictures}}
    near = list(dict.fromkeys(known[each] for each in get_close_matches(what, known, 5, 0.4)))
    near = near or [*names.values(), *held.pictures][:5]
    told = f"「{record.name}」に「{what[:40]}」という記事や写真はありません。"
    rest = f"ページなら p1 から p{record.pages} まで。" if record.pages else ""
    hint = f"近いもの: {'、'.join(near) or 'ありません'}。{rest}すべては koho archive show {record.name} で見られます。"
    return error("archive-no-article", told, hint=hint)


def _fields(issue: Issue | None, key: str) -> Iterator[str]:
    """The fields of an article; none without a manuscript."""
    if issue is None:
        return
    for article in articles_of(public(issue)):
        if article.key == key:
            yield from _own_fields(article)
            yield from (field for field, picture in _pictures_of(issue, "") if picture in article.pictures)


def _own_fields(article: Article) -> Iterator[str]:
    yield article.field
    yield from (field for field in fields_of(article.blocks) if field)


def _pictures_of(value: object, field: str) -> Iterator[tuple[str, Picture]]:
    """Every picture of an issue or a part of it, with its field as the manuscript counts it."""
    if isinstance(value, Picture):
        yield field, value
    elif isinstance(value, Closed):
        for name in type(value).model_fields:
            yield from _pictures_of(getattr(value, name), joined(path_of(value, field), name))
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from _pictures_of(each, f"{field}.{place}")


def _pages(
    held: _Held, fields: set[str], words: Sequence[str], others: Iterable[Kept], begun: set[int], whole: set[int]
) -> dict[int, tuple[Box, ...]]:
    """For each page the parts of its picture that show it; the whole page if the parts are not known for sure."""
    pdf = next((held.folder / PAYLOAD / name for name in ("screen.pdf", "original.pdf")
                if (held.folder / PAYLOAD / name).is_file()), None)  # fmt: skip
    try:
        read = read_pdf(pdf.read_bytes(), pdf.name).pages if pdf else ()
    except (ArchiveError, OSError):
        read = ()
    if not read:  # nobody can say where it is seen: everywhere
        return dict.fromkeys(range(1, held.record.pages + 1), ())
    boxes = _mapped(held.folder, fields)
    title, parts = _solid(held.record.title), list(filter(None, map(_solid, words)))  # the issue's own title stays
    known = "\n".join([title, *(_solid(f"{each.heading}{each.text}") for each in others)])
    grams = {gram for part in parts for gram in _grams(part) if gram not in known}
    grams |= {part for part in parts if len(part) >= _GRAM and part not in title}
    pages: dict[int, tuple[Box, ...]] = {}
    for page in read:
        covers = _joined([_with_readings(box, page) for box in boxes.get(page.number, ())])
        left = _solid("".join(each.text for each in page.glyphs if not _is_under(each.box, covers)))
        if page.number in whole or any(gram in left for gram in grams):
            pages[page.number] = ()
        elif covers:
            pages[page.number] = tuple(_share(cover, page) for cover in covers)
    if not boxes:
        pages |= dict.fromkeys(begun, ())
    return pages


def _mapped(folder: Path, fields: set[str]) -> dict[int, list[Rect]]:
    """The places of fields and of everything in them in the screen edition, by page, in mm."""
    found: dict[int, list[Rect]] = {}
    try:
        for entry in json.loads((folder / PAYLOAD / "map.json").read_bytes())["fields"]:
            own = any(is_in(str(entry["field"]), field) for field in fields)
            if own and entry["edition"] == "screen":
                sides = (float(entry["box"][side]) for side in ("x", "y", "width", "height"))
                found.setdefault(int(entry["page"]), []).append(Rect(*sides))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return found


def _with_readings(box: Rect, page: Page) -> Rect:
    """The box, widened by readings that stand outside it, over or beside its lines."""
    cover, inside = box.grown(_AROUND), [glyph.size for glyph in page.glyphs if _is_under(glyph.box, [box])]
    for glyph in page.glyphs:
        if inside and glyph.size <= 0.6 * max(inside) and _touch(glyph.box, box.grown(_READING)):
            cover = cover.union(glyph.box.grown(_AROUND))
    return cover


def _joined(boxes: Sequence[Rect]) -> list[Rect]:
    """The boxes; touching ones are joined, so that the space between lines is covered too."""
    joined: list[Rect] = []
    for box in boxes:
        grown = box
        while touching := [each for each in joined if _touch(each, grown)]:
            joined = [each for each in joined if each not in touching]
            for each in touching:
                grown = grown.union(each)
        joined.append(grown)
    return joined


def _touch(one: Rect, other: Rect) -> bool:
    return one.x <= other.right and other.x <= one.right and one.y <= other.bottom and other.y <= one.bottom


def _is_under(box: Rect, covers: Sequence[Rect]) -> bool:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return any(cover.x <= x <= cover.right and cover.y <= y <= cover.bottom for cover in covers)


def _share(cover: Rect, page: Page) -> Box:
    return (
        round(max(0.0, cover.x / page.width), 4),
        round(max(0.0, cover.y / page.height), 4),
        round(min(1.0, cover.right / page.width), 4),
        round(min(1.0, cover.bottom / page.height), 4),
    )


def _solid(text: str) -> str:
    return "".join(text.split())


def _grams(text: str) -> Iterator[str]:
    """Runs of letters by which a text is recognised; a short text as a whole, a very short one not at all."""
    if len(text) >= _GRAM:
        yield from (text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1))
    elif len(text) >= _SHORTEST:
        yield text
