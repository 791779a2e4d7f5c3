"""The texts of an issue's articles, each with its place in the manuscript."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from koho_pdf.content.articles import Article
from koho_pdf.content.blocks import Block, Fields, Listing, Part, Pictured, Tabular, Words
from koho_pdf.content.values.runs import InlineText, Kenten, Link, Ruby, Run, Strong, Tongue, plain_of
from koho_pdf.gate.prose import Cell, Grid, Place, Prose, Read, Role
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paragraph_lines import lines_of
from koho_pdf.manuscript.scalar import Block as BlockText
from koho_pdf.manuscript.scalar import Scalar, Tree

_APART = {"quote": Role.QUOTE, "advertisement": Role.ADVERTISEMENT}


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words within a text, and their field; no field for a label."""

    begin: int
    words: str
    field: str


def prose_of_articles(articles: Iterable[Article], tree: Tree) -> Read:
    """Every text of these articles in reading order. ``tree`` is the manuscript's, with its articles."""
    proses: list[Prose] = []
    grids: list[Grid] = []
    for article in articles:
        if article.printed_heading:
            proses.append(_prose(tree, article.key, Role.HEADING, article.title))
        for each in _of_article(article, tree):
            if isinstance(each, Grid):
                grids.append(each)
                proses += [cell.prose for row in each.rows for cell in row]
            else:
                proses.append(each)
    return Read(tuple(prose for prose in proses if prose.text.strip()), tuple(grids))


def _of_article(article: Article, tree: Tree) -> Iterator[Prose | Grid]:
    yield from _in_blocks(article.on_pages.blocks, article.key, tree, Role.BODY)
    for block in article.blocks[len(article.on_pages.blocks) :]:  # やさしい日本語, and where the words are from
        yield from _in_blocks((block,), article.key, tree, Role.PLAIN if isinstance(block, Part) else Role.CAPTION)


def _in_blocks(blocks: Sequence[Block], article: str, tree: Tree, role: Role) -> Iterator[Prose | Grid]:
    for block in blocks:
        if isinstance(block, Words):
            here = Role.QUOTE if block.role == "quote" else role
            here = Role.HEADING if block.role == "display" and here is Role.BODY else here
            yield _prose(tree, article, here, block.text, block.field)
        elif isinstance(block, Listing):
            for item in block.items:
                yield _prose(tree, article, role, item.text, item.field)
        elif isinstance(block, Fields):
            for row in block.rows:
                yield _labelled(tree, article, row.label, row.words, role)
        elif isinstance(block, Tabular):
            yield from _table(block, article, tree)
        elif isinstance(block, Pictured):
            picture = block.picture
            caption = picture.caption.plain if picture.caption else ""
            placed = _Placed(tree, (_Segment(0, picture.alt, f"{block.field}.alt"),))
            yield Prose(f"{picture.alt}\n{caption}", Role.PICTURE, article, placed=placed)
            for text in (picture.caption, picture.credit):
                if text:
                    yield _prose(tree, article, Role.CAPTION, text)
        elif isinstance(block, Part):
            inner = _APART.get(block.role, role)
            if block.heading and inner is not Role.PLAIN:  # that is not the editor's
                heading = Role.HEADING if inner is Role.BODY else inner
                yield _prose(tree, article, heading, block.heading)
            yield from _in_blocks(block.blocks, article, tree, inner)


def _table(block: Tabular, article: str, tree: Tree) -> Iterator[Prose | Grid]:
    table = block.table
    yield _prose(tree, article, Role.CAPTION, table.caption)
    if table.note:
        yield _prose(tree, article, Role.CAPTION, table.note)

    file = f"{tree.of(block.field).folder}/{table.cells.file}" if table.cells.file else tree.of(block.field).file
    workbook = bool(table.cells.sheet)

    def cell(text: InlineText) -> Cell:
        def placed(at: int) -> Place:
            column = text.column
            if column and not workbook:
                column += _offset(text.source, text.plain, at)
            return Place(file, text.line, column, text.field)

        ruby = tuple(_ruby(text.runs, 0))
        return Cell(text.plain, Prose(text.plain, Role.CELL, article, placed=placed, ruby=ruby))

    for each in table.cells.over:
        if each.plain:
            yield cell(each).prose
    heads = tuple(Cell(name, cell(each).prose) for name, each in zip(table.names(), table.head, strict=True))
    rows = (heads, *(tuple(cell(each) for each in row) for row in table.body))
    beside = table.caption.plain + (table.note.plain if table.note else "")
    yield Grid(rows, beside, article)


def _prose(tree: Tree, article: str, role: Role, text: InlineText, field: str = "") -> Prose:
    words, field = text.plain, field or text.field
    placed = _Placed(tree, (_Segment(0, words, field),))
    return Prose(words, role, article, placed=placed, ruby=tuple(_ruby(text.runs, 0)))


def _ruby(runs: Sequence[Run], begin: int) -> Iterator[tuple[int, int]]:
    """The ranges of plain words over which a reading stands."""
    for run in runs:
        size = len(plain_of((run,)))
        if isinstance(run, Ruby):
            yield begin, begin + size
        elif isinstance(run, Strong | Kenten | Link | Tongue):
            yield from _ruby(run.runs, begin)
        begin += size


def _labelled(tree: Tree, article: str, label: str, words: Sequence[Words], role: Role) -> Prose:
    segments, text = [_Segment(0, f"{label}　", "")], f"{label}　"
    for number, each in enumerate(words):
        text += "、" if number else ""
        segments.append(_Segment(len(text), each.plain, each.field))
        text += each.plain
    here = Role.FIELD if role is Role.BODY else role
    return Prose(text, here, article, placed=_Placed(tree, tuple(segments)))


@dataclass(frozen=True, slots=True)
class _Placed:
    """Finds the place of a character of a text in the manuscript."""

    tree: Tree
    segments: tuple[_Segment, ...]

    def __call__(self, at: int) -> Place:
        number = bisect_right([each.begin for each in self.segments], at) - 1
        segment = self.segments[number]
        if not segment.field:
            segment, at = self.segments[min(number + 1, len(self.segments) - 1)], 0
        else:
            at -= segment.begin
        where = where_of(self.tree, segment.field)
        tree = self.tree.of(segment.field)
        node = tree.at(segment.field)
        if isinstance(node, dict):
            node = node.get("text")
        head, _, last = segment.field.rpartition(".")
        above = tree.at(head) if head else None
        if isinstance(above, dict):
            above = above.get("text")
        if node is None and isinstance(above, BlockText) and last.isdigit():
            paragraphs = list(lines_of(above))
            if int(last) < len(paragraphs):
                lines = paragraphs[int(last)]
                line, column = lines.at(_offset(lines.text, segment.words, at))
                return Place(where.file, line, column, segment.field)
        if isinstance(node, Scalar) and not isinstance(node, BlockText):
            return Place(where.file, node.line, node.begins + _offset(str(node), segment.words, at), segment.field)
        return Place(where.file, where.line, where.column, segment.field)


def _offset(source: str, words: str, at: int) -> int:
    """Where the nth character of the plain words stands in the editor's text, which has marks too."""
    if source == words:
        return at
    there = 0
    for sign in words[: at + 1]:
        found = source.find(sign, there)
        if found < 0:
            return 0
        there = found + 1
    return max(0, there - 1)
