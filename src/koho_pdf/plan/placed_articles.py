"""The articles of a plan measured once, and placed in the columns of their regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from koho_pdf.composition.document import Block
from koho_pdf.composition.rows import HAIR, in_lines
from koho_pdf.content.issue import Issue
from koho_pdf.findings import Finding, error
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.planned import Column, Piece, articles_by_id, plan_of
from koho_pdf.layout.regions import Region
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.plan.filling import filled, levelled, used
from koho_pdf.plan.fitting import ArticleUse, Regional, uses_of
from koho_pdf.plan.threads import flow, threads


@dataclass(frozen=True, slots=True)
class RegionUse:
    """How a region is filled, in mm: a ``line`` of its grid (0: none), what there is of ``depth`` in all its columns,
    what is ``used``, how far the articles reach out of it (``over``), each article planned in it, and the ``last`` one
    that stands in it.
    """

    page: int
    type: str
    title: str
    region: str
    line: float
    columns: int
    depth: float
    used: float
    over: float
    articles: tuple[ArticleUse, ...]
    last: str = ""

    @property
    def lines(self) -> int:
        """How many lines there are in all its columns; 0 without a grid."""
        return int(self.depth / self.columns / self.line + HAIR) * self.columns if self.line else 0

    @property
    def lines_used(self) -> int:
        """How many of them are used, with the gaps between articles; 0 without a grid."""
        return ceil(self.used / self.line - HAIR) if self.line else 0

    @property
    def lines_over(self) -> int:
        """How many lines too many there are; 0 without a grid."""
        return ceil(self.over / self.line - HAIR) if self.line else 0

    def told(self) -> dict[str, object]:
        """It for other programs, as ``map.json`` has it: lengths in mm."""
        articles = [
            {"article": each.id, "depth": round(each.depth, 2), "lines": each.lines, "left": each.characters}
            for each in self.articles
        ]
        lines = {"lines": self.lines, "lines_used": self.lines_used, "lines_over": self.lines_over}
        mm = {"depth": round(self.depth, 2), "used": round(self.used, 2), "over": round(self.over, 2)}
        place = {"page": self.page, "type": self.type, "region": self.region}
        return {**place, **lines, **mm, "articles": articles}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where all articles stand (``layout.planned.Placing``), how the regions are filled, and what does not fit."""

    columns: Mapping[tuple[int, str], tuple[Column, ...]]
    uses: tuple[RegionUse, ...]
    findings: tuple[Finding, ...]


NOTHING = Placed({}, (), ())


def placed(issue: Issue, layout: Layout, tree: Tree, blocks: Mapping[str, Block]) -> Placed:
    """The plan of an issue with its articles in columns; ``blocks`` are the measured articles by their ids."""
    plan = plan_of(issue)
    if plan is None:
        return NOTHING
    columns: dict[tuple[int, str], tuple[Column, ...]] = {}
    uses: dict[tuple[int, str], RegionUse] = {}
    known = articles_by_id(issue)
    for number, page in enumerate(plan.pages, 1):
        type_ = layout.page_types.get(page.type)
        for name, region in (type_.regions if type_ else {}).items():
            ids = [each for each in page.regions.get(name, ()) if each in known]
            place, title = (number, name), type_.title if type_ else ""
            if region.flow == "whole":
                columns[place], uses[place] = _whole(number, page.type, title, region, ids, blocks)
            else:
                columns[place] = ()  # in its place, before it is filled
                uses[place] = _use(number, page.type, title, region, 0.0, 0.0, ())
    titles = {each.key: each.title.plain for each in articles_of(issue)}
    for thread in threads(plan, layout, known):
        made = flow(thread, blocks, titles)
        for at, (number, region) in enumerate(thread.reaches):
            place, fill = (number, region.name), made.fills[at]
            columns[place] = made.columns[at]
            use = replace(uses[place], used=fill.used, over=fill.over)
            uses[place] = replace(use, articles=made.uses[at], last=made.last)
    found = tuple(_overset(use, tree) for use in uses.values() if use.over and use.last)
    return Placed(columns, tuple(uses.values()), found)


def _whole(
    number: int, type_: str, title: str, region: Region, ids: Sequence[str], blocks: Mapping[str, Block]
) -> tuple[tuple[Column, ...], RegionUse]:
    """A region that keeps articles whole: its columns, and its use."""
    held = [blocks.get(each, Block(0.0)) for each in ids]
    rooms = [in_lines(each.depth, region.line) for each in held]
    stand = (levelled if region.level else filled)(rooms, region.gap, region.depth, region.columns)
    reach = used(rooms, stand, region.gap)
    pieces = (tuple(Piece(ids[each], rooms[each]) for each in column) for column in stand)
    columns = tuple(Column(each, at) for at, each in enumerate(pieces))
    over = reach[-1] - region.depth
    last = ids[stand[-1][-1]] if stand[-1] else ids[-1] if ids else ""
    over = over if over > HAIR and last else 0.0
    articles = uses_of(ids, held, Regional(region))
    return columns, _use(number, type_, title, region, sum(reach), over, articles, last)


def _use(
    number: int,
    type_: str,
    title: str,
    region: Region,
    filled_: float,
    over: float,
    articles: tuple[ArticleUse, ...],
    last: str = "",
) -> RegionUse:
    depth = region.depth * region.columns
    return RegionUse(
        number, type_, title, region.name, region.line, region.columns, depth, filled_, over, articles, last
    )


def _overset(use: RegionUse, tree: Tree) -> Finding:
    lines = f"{use.lines_over}行" if use.line else f"{use.over:.1f} mm"
    told = f"{use.page}ページの領域「{use.region}」に、記事が入りきりません（{lines}超過）。"
    told += f"最後の記事は「{use.last}」です。"
    hint = "この領域の記事を短くするか、pages で別のページに移してください。"
    last = next((each for each in use.articles if each.id == use.last), None)
    if last and last.characters and last.characters < 0:
        hint += f"「{last.id}」なら、本文の終わりを{-last.characters}字けずると入ります。"
    return error("region-overset", told, where_of(tree, of_article(use.last)), hint)
