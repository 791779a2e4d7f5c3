"""A galley divided into its pages, each as HTML of its own in which the others are empty elements.

The pages of a layout are its elements of the class ``page``; a strip of articles to be measured is divided by
``data-block``. Whether a page alone is as in the whole, composition says (``Document.alone``); here is known which CSS
makes pages depend on each other, so that it is not tried.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from koho_pdf.composition.engine.alone import ELSEWHERE, HERE
from koho_pdf.composition.engine.found_styles import asked

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
_HOLDERS = frozenset(("", "html", "body", "main", "section", "div", "article"))
"""What may hold pages or be one; ``:has()`` of other elements looks into a page."""
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


@dataclass(frozen=True, slots=True)
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
        said, at = [], 0
        for number, part in enumerate(self.parts):
            said.append(self.html[at : part.start])
            if number in chosen:
                said.append(part.whole(self.html, self.kind))
            elif number in kept:
                said.append(part.empty(self.kind))
            at = part.end
        return "".join([*said, self.html[at:]])

    def _near(self, chosen: Sequence[int]) -> set[int]:
        if self.counted:
            return set(range(len(self.parts)))
        holders = {self.parts[number].holder for number in chosen}
        ends = set[int]()
        for holder in holders:
            of = [number for number, part in enumerate(self.parts) if part.holder == holder]
            ends |= {*of[:2], *of[-2:]}
        return ends | {number + step for number in chosen for step in (-2, -1, 1, 2)}


def into_pages(html: str) -> Divided | None:
    """The pages of a galley; None if it is not made of such, or they depend on each other."""
    css = _css(html)
    if _JOINED.search(css) or asked(css) & _HOLDERS:
        return None
    body = html.lower().find("<body")
    html = _ABOUT.sub("", html[: max(body, 0)]) + html[max(body, 0) :]
    parts = _parts(html, _PAGE)
    return Divided(html, "page", parts, bool(_COUNTED.search(css))) if len(parts) > 1 else None


def into_blocks(html: str) -> dict[str, str]:
    """The articles of strips by their ids (``data-block``): what each is, with where it stands."""
    found: dict[str, str] = {}
    counted = bool(_COUNTED.search(_css(html)))
    for strip in _parts(html, _PAGE):
        within = html[strip.start : strip.end]
        blocks = _parts(within, _BLOCK)
        for number, block in enumerate(blocks):
            place = str(number) if counted else str((number == 0, number == len(blocks) - 1))
            found[_id(block)] = "".join([within[: blocks[0].start], place, within[block.start : block.end]])
    return found


def only_blocks(html: str, ids: Collection[str]) -> str:
    """The HTML of strips with these articles only."""
    strips, counted = _parts(html, _PAGE), bool(_COUNTED.search(_css(html)))
    wanted = [
        number
        for number, strip in enumerate(strips)
        if any(_id(block) in ids for block in _parts(html[strip.start : strip.end], _BLOCK))
    ]
    fewer = Divided(html, "strip", strips, counted).only(wanted)
    blocks = _parts(fewer, _BLOCK)
    return Divided(fewer, "block", blocks, counted).only([at for at, block in enumerate(blocks) if _id(block) in ids])


def _id(block: Part) -> str:
    found = _BLOCK.search(block.opening)
    return found[1] if found else ""


def _css(html: str) -> str:
    """Every declaration of the galley, without comments."""
    return _COMMENT.sub("", "".join(found for each in _STYLES for found in each.findall(html)))


def _parts(html: str, sort: re.Pattern[str]) -> tuple[Part, ...]:
    """The outermost elements of a sort; none if an end tag is missing."""
    made: list[Part] = []
    holders: list[int] = [0]
    opened: re.Match[str] | None = None
    depth = number = 0
    for tag in _TAG.finditer(html):
        name = (tag["name"] or "").lower()
        if not name:
            continue
        number += 1
        if opened:
            depth += (-1 if tag["end"] else 1) * (name == opened["name"].lower())
            if not depth:
                made.append(Part(opened.start(), tag.end(), opened[0], tag[0], holders[-1]))
                opened = None
        elif tag["end"]:
            holders = holders[:-1] or [0]
        elif sort.search(tag["said"]):
            opened, depth = tag, 1
        else:
            holders.append(number)
    return () if opened else tuple(made)
