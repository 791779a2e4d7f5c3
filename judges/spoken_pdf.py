"""A tagged PDF as a screen reader speaks it: one line a block, in the order of its structure tree.

What stands before a colon, in braces, brackets or 《》 is said by the reader, all else are the words of the file:
``留萌《るもい》`` is a word with its reading, ``{link: words → where it goes}`` a link, ``{en: words}`` words of
another language, ``- [1] words`` an item with its label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf

from judges.tagged import Annotation, Element, Tagged, Words, open_tagged

_BLOCKS = {
    "P": "paragraph",
    "H": "heading",
    **{f"H{level}": f"heading {level}" for level in range(1, 7)},
    "Caption": "caption",
    "BlockQuote": "quotation",
    "Note": "note",
    "Formula": "formula",
    "TOCI": "-",
    "LBody": "-",
    "TH": "head",
    "TD": "cell",
}
_GROUPS = {"Art": "article", "TOC": "contents", "Index": "index", "Form": "form"}
_INLINE = frozenset(("Span", "Quote", "Em", "Strong", "Link", "Reference", "Annot", "Code", "BibEntry")) | frozenset(
    ("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Lbl")
)
_SAID_SO = {"Em": "emphasis", "Strong": "strong", "Quote": "quotation", "Code": "code"}


def spoken_pdf(path: Path) -> str:
    """All that a reader of tags says of the file, and what it passes over."""
    tagged = open_tagged(path)
    with tagged.pdf:
        return "\n".join([*_opening(tagged), "", *_Voice(tagged).lines(), "", *_silent(tagged)]) + "\n"


def _opening(tagged: Tagged) -> Iterator[str]:
    """What is said when the file is opened."""
    root = tagged.pdf.Root
    with tagged.pdf.open_metadata() as about:
        yield f"title: {about.get('dc:title', '')}"
        if about.get("dc:description"):
            yield f"description: {about['dc:description']}"
    yield f"language: {root.get('/Lang', '')}; pages: {len(tagged.pdf.pages)}"
    yield f"opens with: {str(root.get('/PageMode', '/UseNone')).lstrip('/')}"
    with tagged.pdf.open_outline() as outline:
        yield "bookmarks:" if outline.root else "bookmarks: none"
        yield from _bookmarks(outline.root, tagged, 1)


def _bookmarks(items: Any, tagged: Tagged, depth: int) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * depth}{item.title} → {_place(item.destination, tagged)}"
        yield from _bookmarks(item.children, tagged, depth + 1)


def _place(target: Any, tagged: Tagged) -> str:
    """Where a destination (12.3.2) leads."""
    names = tagged.pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if isinstance(target, pikepdf.String) and names is not None:
        target = pikepdf.NameTree(names).get(str(target))
    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    if not isinstance(target, pikepdf.Array):
        return "nowhere"
    pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(tagged.pdf.pages, 1)}
    return f"page {pages.get(target[0].objgen, '?')}"


def _silent(tagged: Tagged) -> Iterator[str]:
    """What is not said: artifacts that have words, how many have none, and content that no element holds."""
    yield "not said:"
    for number, paintings in enumerate(tagged.pages, 1):
        seen = list(dict.fromkeys(each.marked for each in paintings if each.marked and each.marked.is_artifact))
        kinds: Counter[str] = Counter()
        for mark in seen:
            kind = _kind_of(mark.said)
            if mark.text.strip():
                yield f"  page {number}, {kind}: {mark.text}"
            else:
                kinds[kind] += 1
        yield from (f"  page {number}, {kind} without words: {count}" for kind, count in sorted(kinds.items()))
        bare = "".join(each.text for each in paintings if each.marked is None)
        if bare:
            yield f"  page {number}, unmarked: {bare}"
    yield from (f"  page {number + 1}, held by no element: {mark.text}" for number, mark in tagged.lost)


def _kind_of(said: Any) -> str:
    if said is None:
        return "artifact"
    return " ".join(
        ["artifact", *(str(said[key]).lstrip("/") for key in ("/Type", "/Subtype") if key in said)],
    )


class _Voice:
    def __init__(self, tagged: Tagged) -> None:
        self._tagged = tagged
        self._page = -1
        self._language = str(tagged.pdf.Root.get("/Lang", ""))

    def lines(self) -> Iterator[str]:
        for each in self._tagged.top:
            yield from self._said(each, 0, self._language)

    def _said(self, element: Element, depth: int, language: str) -> Iterator[str]:
        """An element that stands on lines of its own."""
        indent = "  " * depth
        here = element.given("/Lang") or language
        if element.kind in ("Artifact", "Private"):
            return
        if element.kind == "Figure":
            yield from self._turned(element)
            words = self._inside(element, here, ("Caption",))
            said = element.given("/Alt") or element.given("/ActualText") or "(nothing said of it)"
            yield f"{indent}figure: {said}{f'; in it: {words}' if words else ''}"
            for caption in element.every("Caption"):
                yield from self._said(caption, depth + 1, here)
        elif element.kind == "Table":
            yield from self._table(element, depth, here)
        elif element.kind == "L":
            yield from self._turned(element)
            items = [kid for kid in element.kids if isinstance(kid, Element) and kid.kind == "LI"]
            numbering = element.attribute("/ListNumbering")
            how = f" ({str(numbering).lstrip('/')})" if numbering is not None else ""
            yield f"{indent}list of {len(items)}{how}"
            for kid in element.kids:
                if isinstance(kid, Element):
                    yield from self._item(kid, depth, here) if kid.kind == "LI" else self._said(kid, depth + 1, here)
        elif element.kind in _BLOCKS:
            yield from self._block(element, _BLOCKS[element.kind], depth, here)
        elif element.kind in _INLINE:
            yield from self._turned(element)
            yield f"{indent}{self._inline(element, here)}"
        else:
            if element.kind in _GROUPS:
                yield from self._turned(element)
                named = element.given("/T") or element.given("/Alt")
                yield f"{indent}({_GROUPS[element.kind]}{f': {named}' if named else ''})"
            yield from self._kids(element, depth + (element.kind == "TOC"), here)

    def _kids(self, element: Element, depth: int, language: str) -> Iterator[str]:
        """What a group holds; words that stand in it bare are said as such."""
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from self._said(kid, depth, language)
            elif isinstance(kid, Words) and kid.text.strip():
                yield f"{'  ' * depth}(bare in {element.kind}) {kid.text}"

    def _block(self, element: Element, name: str, depth: int, language: str) -> Iterator[str]:
        """A block with words, and the blocks that stand in it."""
        yield from self._turned(element)
        indent = "  " * depth
        words = self._inside(element, language)
        if element.raw != element.kind and element.raw not in _SAID_SO:
            name = f"{name} ({element.raw})"
        inner = [kid for kid in element.kids if isinstance(kid, Element) and kid.kind not in _INLINE]
        if not words and [kid.kind for kid in inner] == ["P"] and name != "-":  # a caption's one paragraph
            words, inner = self._inside(inner[0], language), []
        mark = name if name == "-" else f"{name}:"
        if words or not inner:
            yield f"{indent}{mark} {words or '(nothing)'}"
        for kid in inner:
            yield from self._said(kid, depth + bool(words), language)

    def _item(self, item: Element, depth: int, language: str) -> Iterator[str]:
        yield from self._turned(item)
        labels = [kid for kid in item.kids if isinstance(kid, Element) and kid.kind == "Lbl"]
        label = "".join(self._inline(kid, language) for kid in labels)
        lines: list[str] = []
        for kid in item.kids:
            if isinstance(kid, Element) and kid.kind != "Lbl":
                lines += self._said(kid, 0, language)
        # Its body's mark and a lone paragraph's are not said: it is an item.
        first = (lines[0] if lines else "(nothing)").removeprefix("- ").removeprefix("paragraph: ")
        yield f"{'  ' * (depth + 1)}- {label}{first}"
        yield from (each if each.startswith("── ") else f"{'  ' * (depth + 2)}{each}" for each in lines[1:])

    def _inside(self, element: Element, language: str, but: tuple[str, ...] = ()) -> str:
        """The words in an element, those of its inline elements among them, not those of blocks in it."""
        if element.given("/ActualText"):
            return element.given("/ActualText")
        said = ""
        for kid in element.kids:
            if isinstance(kid, Words):
                own = str(kid.marked.said.get("/Lang", "")) if kid.marked.said is not None else ""
                said += f"{{{own}: {kid.text}}}" if own and own != language else kid.text
            elif isinstance(kid, Element) and kid.kind in _INLINE and kid.kind not in but:
                said += self._inline(kid, language)
        return said

    def _inline(self, element: Element, language: str) -> str:
        here = element.given("/Lang") or language
        instead = element.given("/E") or element.given("/ActualText")
        words = instead or self._inside(element, here)
        if element.kind == "Link":
            words = self._link(element, words)
        elif element.kind == "Lbl":
            words = f"[{words.strip()}] "
        elif element.kind == "RT":
            words = f"《{words.strip('（）')}》"
        elif element.kind == "RP":
            words = ""  # who says a reading says no brackets
        elif element.kind == "WT":
            words = f"{{note: {words}}}"
        elif element.raw in _SAID_SO or element.kind in _SAID_SO:
            words = f"{{{_SAID_SO.get(element.raw) or _SAID_SO[element.kind]}: {words}}}"
        return f"{{{here}: {words}}}" if here != language else words

    def _link(self, element: Element, words: str) -> str:
        parts = [kid.annotation for kid in element.walk() if isinstance(kid, Annotation)]
        if not parts:
            return f"{{link that leads nowhere: {words}}}"
        leads = dict.fromkeys(self._target(part) for part in parts)
        told = dict.fromkeys(str(part.get("/Contents", "")) for part in parts)
        if element.given("/Alt"):
            told = {element.given("/Alt"): None}
        described = "".join(f"; described as {each}" for each in told if each and each != words)
        return f"{{link: {words} → {', '.join(leads)}{described}}}"

    def _target(self, annotation: Any) -> str:
        action = annotation.get("/A", {})
        if "/URI" in action:
            return str(action.URI)
        return _place(annotation.get("/Dest", action.get("/D")), self._tagged)

    def _table(self, table: Element, depth: int, language: str) -> Iterator[str]:
        yield from self._turned(table)
        rows = table.every("TR")
        grid: dict[tuple[int, int], Element] = {}
        for number, row in enumerate(rows):
            column = 0
            for cell in row.every("TH", "TD"):
                while (number, column) in grid:
                    column += 1
                for down in range(int(cell.attribute("/RowSpan") or 1)):
                    for right in range(int(cell.attribute("/ColSpan") or 1)):
                        grid[number + down, column + right] = cell
        columns = 1 + max((column for _, column in grid), default=-1)
        indent = "  " * depth
        yield f"{indent}table, {columns} columns, {len(rows)} rows"
        for caption in table.every("Caption"):
            yield from self._said(caption, depth + 1, language)
        named = {bytes(cell.at.ID): cell for cell in grid.values() if "/ID" in cell.at}
        for number in range(len(rows)):
            cells = list(dict.fromkeys(grid[number, at] for at in range(columns) if (number, at) in grid))
            said = [self._cell(cell, grid, named, language) for cell in cells]
            yield from self._turned(rows[number])
            yield f"{indent}  row {number + 1}: {' | '.join(said)}"

    def _cell(
        self, cell: Element, grid: Mapping[tuple[int, int], Element], named: Mapping[bytes, Element], language: str
    ) -> str:
        """A cell's words, the heads that are said with it first."""
        words = " ".join(each.removeprefix("paragraph: ") for each in self._kids_of_cell(cell, language))
        scope = str(cell.attribute("/Scope") or "").lstrip("/")
        if cell.kind == "TH":
            return f"{{head of {scope.lower() or 'nobody knows what'}: {words}}}"
        ids = cell.attribute("/Headers")
        heads = [named[bytes(each)] for each in ids if bytes(each) in named] if ids is not None else []
        if not heads:
            (row, column) = next(place for place, each in grid.items() if each is cell)
            column_heads = [grid[at, column] for at in range(row) if (at, column) in grid]
            row_heads = [grid[row, at] for at in range(column) if (row, at) in grid]
            heads = [each for each in column_heads if each.kind == "TH" and each.attribute("/Scope") != "/Row"]
            heads += [each for each in row_heads if each.kind == "TH" and each.attribute("/Scope") != "/Column"]
        return f"{'・'.join(each.text for each in dict.fromkeys(heads)) or '(no head)'} → {words or '(nothing)'}"

    def _kids_of_cell(self, cell: Element, language: str) -> Iterator[str]:
        here = cell.given("/Lang") or language
        if words := self._inside(cell, here):
            yield words
        for kid in cell.kids:
            if isinstance(kid, Element) and kid.kind not in _INLINE:
                yield from self._said(kid, 0, here)

    def _turned(self, element: Element) -> Iterator[str]:
        """A line where the words go on on another page."""
        first = next(iter(element.words()), None)
        if first is not None and first.page != self._page:
            self._page = first.page
            yield f"── page {self._page + 1}"
