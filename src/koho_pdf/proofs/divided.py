"""A galley divided into its pages, each as HTML of its own in which the others are empty elements.

The pages of a layout are its elements of the class ``page``; a strip of articles to be measured is divided by
``data-block``. Whether a page alone is as in the whole, composition says (``Document.alone``); here is known which CSS
makes pages depend on each other, so that it is not tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from koho_pdf.composition.engine.alone import ELSEWHERE, HERE
from koho_pdf.composition.engine.found_styles import asked, is_asked
from koho_pdf.layout.keep_outs import KeepOut
from koho_pdf.layout.unpaged import Galley

_TAG = re.compile(
    r"<(?:!--.*?-->|style\b.*?</style\s*>"
    r"|(?P<end>/?)(?P<name>section|div|article|main)\b(?P<said>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>)",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"\sclass=[\"'](?:[^\"']*\s)?page(?:\s[^\"']*)?[\"']", re.IGNORECASE)
_BLOCK = re.compile(r"\sdata-block=\"([^\"]*)\"", re.IGNORECASE)
_PIECE = re.compile(r"\sdata-piece=\"(\S+) ")
_STYLES = (
    re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.IGNORECASE | re.DOTALL),
    re.compile(r"style=(\"[^\"]*\"|'[^']*')"),
    re.compile(r"<link\b[^>]*>", re.IGNORECASE),
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_JOINED = re.compile(
    r"@import|<link\b[^>]*stylesheet|@page[^{]*:|counters?\(\s*pages?\s*[,)]|target-(?:counters?|text)\b|string-set"
    r"|running\(|element\(|position\s*:\s*fixed|:empty\b",
    re.IGNORECASE,
)
"""CSS by which a page depends on its number or on other pages."""
_ABOUT = re.compile(r"<title>.*?</title>|<meta\b[^>]*>", re.IGNORECASE | re.DOTALL)
"""What the head says of the whole: no page shows it."""
_HOLDERS = ("html", "body", "main", "section", "div", "article")
"""What may hold pages or be one; ``:has()`` of other elements looks into a page."""
_CLASSES = re.compile(r"\sclass=[\"']([^\"']*)[\"']", re.IGNORECASE)
_COUNTED = re.compile(r":(?:nth|only)-|~")
"""Selectors that count pages, or look at all before: then every page has its place."""


@dataclass(frozen=True, slots=True)
class Part:
    """A page or an article in the text of a galley: where it begins and ends, its opening tag and its end tag, and
    which element holds it (by a number of its own)."""

    start: int
    end: int
    opening: str
    closing: str
    holder: int

    def empty(self, kind: str) -> str:
        """It without its content, composed elsewhere."""
        return f'{self.opening[:-1]} {ELSEWHERE}="{kind}">{self.closing}'

    def whole(self, html: str, kind: str) -> str:
        """It with its content, composed here."""
        return f'{self.opening[:-1]} {HERE}="{kind}">{html[self.start + len(self.opening) : self.end]}'


@dataclass(frozen=True)
class Divided:
    """A galley's HTML and its parts, which are of one ``kind``: pages, or blocks; whether its CSS counts them."""

    html: str
    kind: str
    parts: tuple[Part, ...]
    counted: bool

    def groups(self) -> list[list[int]]:
        """The numbers of the parts, those together that have pieces of one article (``data-piece``)."""
        of: dict[str, int] = {}
        groups: dict[int, list[int]] = {}
        for number, part in enumerate(self.parts):
            ids = set(_PIECE.findall(self.html[part.start : part.end]))
            first = min([of[id_] for id_ in ids if id_ in of], default=number)
            for other in {of[id_] for id_ in ids if id_ in of} - {first}:
                groups[first] += groups.pop(other)
                of = {id_: first if at == other else at for id_, at in of.items()}
            groups.setdefault(first, []).append(number)
            of |= dict.fromkeys(ids, first)
        return [sorted(group) for _, group in sorted(groups.items())]

    def only(self, chosen: Sequence[int]) -> str:
        """The HTML with these parts (by their numbers), the others empty. Of the others stay those that selectors may
        look at: the two before and the two after, and the first and last; every one if the CSS counts them."""
        kept = self._near(chosen)
        said, at = [self.html[: self.parts[0].start]], 0
        for number in sorted(kept):
            said += self._between[at:number]
            part, at = self.parts[number], number
            said.append(part.whole(self.html, self.kind) if number in chosen else part.empty(self.kind))
        return "".join([*said, *self._between[at:], self.html[self.parts[-1].end :]])

    @cached_property
    def _between(self) -> list[str]:
        """What stands between each part and the next, unless it is blank."""
        pairs = zip(self.parts, self.parts[1:], strict=False)
        texts = [self.html[one.end : other.start] for one, other in pairs]
        return texts if any(text.strip() for text in texts) else []

    def _near(self, chosen: Sequence[int]) -> set[int]:
        if self.counted:
            return set(range(len(self.parts)))
        near = {number + step for number in chosen for step in (-2, -1, 0, 1, 2)}
        near = {number for number in near if 0 <= number < len(self.parts)}
        return near.union(*(self._ends[self.parts[number].holder] for number in chosen))

    @cached_property
    def _ends(self) -> dict[int, tuple[int, ...]]:
        """The first two and the last two parts in each element that holds some."""
        of = defaultdict[int, list[int]](list)
        for number, part in enumerate(self.parts):
            of[part.holder].append(number)
        return {holder: (*numbers[:2], *numbers[-2:]) for holder, numbers in of.items()}


def into_pages(html: str) -> Divided | None:
    """The pages of a galley; None if it is not made of such, or they depend on each other."""
    css = _css(html)
    looked_into = asked(css)
    if _JOINED.search(css) or any(is_asked(looked_into, holder, "") for holder in _HOLDERS):
        return None
    body = html.lower().find("<body")
    html = _ABOUT.sub("", html[: max(body, 0)]) + html[max(body, 0) :]
    parts = _parts(html, _PAGE)
    if len(parts) < 2 or any(is_asked(looked_into, "", classes) for classes in _around(html, parts)):
        return None
    return Divided(html, "page", parts, bool(_COUNTED.search(css)))


def _around(html: str, parts: Sequence[Part]) -> list[str]:
    """The classes of pages and of what holds them."""
    at, around = 0, list[str]()
    for part in parts:
        around += (html[at : part.start], part.opening)
        at = part.end
    return [found for text in (*around, html[at:]) for found in _CLASSES.findall(text)]


def into_blocks(html: str) -> dict[str, str]:
    """The articles of strips by their ids (``data-block``): what each is, with where it stands."""
    counted = bool(_COUNTED.search(_css(html)))
    return {id_: text for strip in _parts(html, _PAGE) for id_, text in _blocks(html[strip.start : strip.end], counted)}


@lru_cache(maxsize=1024)
def _blocks(strip: str, counted: bool) -> tuple[tuple[str, str], ...]:
    """The articles of one strip, which mostly stays as it is."""
    blocks = _parts(strip, _BLOCK)
    last = len(blocks) - 1
    places = (str(number) if counted else str((number == 0, number == last)) for number in range(len(blocks)))
    return tuple(
        (_id(block), "".join([strip[: blocks[0].start], place, strip[block.start : block.end]]))
        for block, place in zip(blocks, places, strict=True)
    )


def only_blocks(html: str, ids: Collection[str]) -> str:
    """The HTML of strips with these articles only."""
    strips, counted = _parts(html, _PAGE), bool(_COUNTED.search(_css(html)))
    wanted = [
        number
        for number, strip in enumerate(strips)
        if any(id_ in ids for id_, _ in _blocks(html[strip.start : strip.end], counted))
    ]
    fewer = Divided(html, "strip", strips, counted).only(wanted)
    blocks = _parts(fewer, _BLOCK)
    return Divided(fewer, "block", blocks, counted).only([at for at, block in enumerate(blocks) if _id(block) in ids])


def _id(block: Part) -> str:
    found = _BLOCK.search(block.opening)
    return found[1] if found else ""


def outs_of(galley: Galley, numbers: Sequence[int]) -> tuple[KeepOut, ...]:
    """The keep-outs of some pages; of one page alone on every sheet that it needs."""
    alone = len(numbers) == 1
    places = [tuple(each for each in numbers if out.is_on(each)) for out in galley.keep_outs]
    return tuple(
        replace(out, pages=() if alone else where, remainder=None)
        for out, where in zip(galley.keep_outs, places, strict=True)
        if where
    )


def _css(html: str) -> str:
    """Every declaration of the galley, each once, without comments."""
    return _COMMENT.sub("", "".join(dict.fromkeys(found for each in _STYLES for found in each.findall(html))))


_LAST: dict[tuple[re.Pattern[str], int, str], tuple[str, str]] = {}
"""The last element of a sort with each number and opening tag, and its end tag."""
_MOST = 5000


def _parts(html: str, sort: re.Pattern[str]) -> tuple[Part, ...]:
    """The outermost elements of a sort; none if an end tag is missing. One that is as in the last text is not read."""
    if len(_LAST) > _MOST:
        _LAST.clear()
    made: list[Part] = []
    holders: list[int] = [0]
    opened: re.Match[str] | None = None
    depth = number = at = 0
    while tag := _TAG.search(html, at):
        name, at = (tag["name"] or "").lower(), tag.end()
        if not name:
            continue
        number += 1
        if opened:
            depth += (-1 if tag["end"] else 1) * (name == opened["name"].lower())
            if not depth:
                made.append(Part(opened.start(), at, opened[0], tag[0], holders[-1]))
                _LAST[sort, len(made), opened[0]] = html[opened.start() : at], tag[0]
                opened = None
        elif tag["end"]:
            holders = holders[:-1] or [0]
        elif sort.search(tag["said"]):
            text, closing = _LAST.get((sort, len(made) + 1, tag[0]), ("", ""))
            if text and html.startswith(text, tag.start()):
                at = tag.start() + len(text)
                made.append(Part(tag.start(), at, tag[0], closing, holders[-1]))
            else:
                opened, depth = tag, 1
        else:
            holders.append(number)
    return () if opened else tuple(made)
