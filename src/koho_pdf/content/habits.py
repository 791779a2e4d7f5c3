"""Warnings about a manuscript that can be printed as it is, but was probably meant differently.

``lookalikes`` judges one text; this module finds the texts by the types of their fields, and adds their places. It also
looks at a tree with mistakes, so that everything is told at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import PurePosixPath
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.content.lookalikes import lookalikes, says_nothing, spreadsheet_trouble, two_waves
from koho_pdf.content.public import tables_of
from koho_pdf.content.values.dates import FiscalYear
from koho_pdf.content.values.model import FIELD_LIMIT, Closed, Inline, Picture, Plain
from koho_pdf.content.values.occasions import Occasion
from koho_pdf.content.values.paragraphs import BLOCK_LIMIT, ParagraphsText
from koho_pdf.findings import Finding, Where, warning
from koho_pdf.manuscript.encoding import invisible_characters
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paragraph_lines import lines_of
from koho_pdf.manuscript.scalar import Block, Node, Scalar, Tree
from koho_pdf.platform.of_each import OfEach

_OF_ONE_CODE = 10
"""The most warnings with one code; whoever mends these will find the others."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A text that is printed or read aloud: whether it may hold marks, describes a picture, is a cell of a table."""

    text: str
    where: Where
    marks: bool = True
    describes: bool = False
    is_cell: bool = False
    is_line: bool = False

    def warnings(self) -> Iterator[Finding]:
        if self.is_cell:  # the lines of a manuscript are already checked when they are read
            for found in invisible_characters(self.text, self.where):
                yield replace(found, where=self.where)
            if trouble := spreadsheet_trouble(self.text):
                yield replace(trouble, where=self.where)
        if self.is_line and self.text.startswith("#"):
            hint = "覚え書きなら、文章の段落の外に書いてください。見出しなら、見出しの項目に書いてください。"
            told = "段落の中の「#」で始まる行も、そのまま印刷されます。"
            yield warning("hash-in-block", told, self.where, hint=hint)
        for found in lookalikes(self.text, marks=self.marks):
            yield replace(found, where=self.where)
        if self.describes and (nothing := says_nothing(self.text)):
            yield replace(nothing, where=self.where)


def habits(parts: Sequence[tuple[Tree, type[Closed]]], issue: Issue | None) -> list[Finding]:
    """The warnings about the texts of a manuscript; if it is an ``issue``, also about its tables and its date.

    ``parts`` are the trees of the issue, first, and of its articles, each with its model.
    """
    tree = parts[0][0]
    words = [*_warned(*parts[0])]
    words += [each for part, model in parts[1:] for each in _WORDS.of(partial(_warned, part, model), part, model)]
    words += [(said, tuple(said.warnings())) for said in (_in_cells(issue, tree) if issue else ())]
    found: list[Finding] = []
    told: Counter[str] = Counter()
    for _, warnings in words:
        for each in warnings:
            told[each.code] += 1
            if told[each.code] <= _OF_ONE_CODE:
                found.append(each)
    times = [(each.source, where_of(tree, each.field)) for each in _occasions(issue)]
    if waves := two_waves([*((said.text, said.where) for said, _ in words), *times]):
        found.append(waves)
    if issue and (year := _other_year(issue, tree)):
        found.append(year)
    return found


_Warned = tuple[_Words, tuple[Finding, ...]]
_WORDS = OfEach[tuple[_Warned, ...]]()
_TIMES = OfEach[tuple[Occasion, ...]]()


def _warned(part: Tree, model: type[Closed]) -> tuple[_Warned, ...]:
    """The texts of an issue or an article, each with what there is to warn of."""
    return tuple((said, tuple(said.warnings())) for said in _in_group(part.root, model, part))


def _in_group(node: Node, model: type[BaseModel], tree: Tree) -> Iterator[_Words]:
    if isinstance(node, dict):
        for name, hint in _hints(model).items():
            if name in node:
                yield from _in_field(node[name], hint, tree, describes=model is Picture and name == "alt")


@cache
def _hints(model: type[BaseModel]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)


def _in_field(node: Node, hint: Any, tree: Tree, *, describes: bool = False) -> Iterator[_Words]:
    if hint in (Inline, Plain, ParagraphsText):
        text = node.get("text") if isinstance(node, dict) else node
        if isinstance(text, Block):
            if hint == ParagraphsText and len(text) <= BLOCK_LIMIT:
                yield from _in_block(text, text.field.removesuffix(".text") if text is not node else text.field, tree)
            return
        if isinstance(text, Scalar) and len(text) <= FIELD_LIMIT and text.field not in tree.unread:
            yield _Words(text, Where(tree.file, text.line, text.column, text.field), hint == Inline, describes)
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        yield from _in_group(node, hint, tree)
    else:
        for inner in get_args(hint):
            for each in node if isinstance(node, list) else (node,):
                yield from _in_field(each, inner, tree)


def _in_block(block: Block, field: str, tree: Tree) -> Iterator[_Words]:
    for number, paragraph in enumerate(lines_of(block)):
        ends = [begin for begin, _, _ in paragraph.begins[1:]] + [len(paragraph.text)]
        for (begin, line, column), end in zip(paragraph.begins, ends, strict=True):
            where = Where(tree.file, line, column, f"{field}.{number}")
            yield _Words(paragraph.text[begin:end].rstrip(" "), where, is_line=True)


def _occasions(value: object) -> Iterator[Occasion]:
    """The lines of 日時 in an issue; most of them have ～."""
    if isinstance(value, Occasion):
        yield value
    elif isinstance(value, ArticleManuscript):
        yield from _TIMES.of(lambda: tuple(_occasions_in(value)), value)
    else:
        yield from _occasions_in(value)


def _occasions_in(value: object) -> Iterator[Occasion]:
    if isinstance(value, Closed):
        for name in type(value).model_fields:
            yield from _occasions(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _occasions(each)


def _in_cells(issue: Issue, tree: Tree) -> Iterator[_Words]:
    for cells in tables_of(issue):
        file = str(PurePosixPath(tree.folder) / cells.file) if cells.file else ""
        for cell in cells.parts:
            where = Where(file, cell.line, None, cell.field) if file else where_of(tree, cell.field)
            yield _Words(cell.source, where, is_cell=bool(file))


def _other_year(issue: Issue, tree: Tree) -> Finding | None:
    """A warning if the fiscal year is not that of the date, nor (from January on) the next one."""
    years = ((name, getattr(issue, name)) for name in type(issue).model_fields)
    name, year = next(((name, year) for name, year in years if isinstance(year, FiscalYear)), ("", None))
    if year is None:
        return None
    day = issue.date.day
    before_april = day.month <= 3
    of_date = day.year - before_april
    if year.year == of_date or (before_april and year.year == of_date + 1):
        return None
    return warning(
        "fiscal-year-differs",
        f"年度が「{year}」なのに、発行日は「{issue.date}」です。",
        Where(tree.file, tree.lines.get(name, 1), None, name),
        hint=f"どちらかが前の号のままではありませんか。この日は{FiscalYear(of_date, '').wareki}です。",
    )
