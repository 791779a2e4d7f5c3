"""The articles of a plan measured once, and placed in the columns of their regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from koho_pdf.content.issue import Issue
from koho_pdf.findings import Finding, error
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.planned import Column, articles_by_id, plan_of
from koho_pdf.layout.regions import Region
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.plan.filling import HAIR, filled, in_lines, levelled, used


@dataclass(frozen=True, slots=True)
class RegionUse:
    """How a region is filled, in mm: what there is of depth in all its columns, what is used, and each article's."""

    page: int
    type: str
    region: str
    line: float
    depth: float
    used: float
    articles: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where all articles stand (``layout.planned.Placing``), how the regions are filled, and what does not fit."""

    columns: Mapping[tuple[int, str], tuple[Column, ...]]
    uses: tuple[RegionUse, ...]
    findings: tuple[Finding, ...]


NOTHING = Placed({}, (), ())


def placed(issue: Issue, layout: Layout, tree: Tree, depths: Mapping[str, float]) -> Placed:
    """The plan of an issue with its articles in columns; ``depths`` are their measured depths in mm by their ids."""
    plan = plan_of(issue)
    if plan is None:
        return NOTHING
    columns: dict[tuple[int, str], tuple[Column, ...]] = {}
    uses: list[RegionUse] = []
    found: list[Finding] = []
    known = articles_by_id(issue)
    for number, page in enumerate(plan.pages, 1):
        type_ = layout.page_types.get(page.type)
        for name, region in (type_.regions if type_ else {}).items():
            ids = [each for each in page.regions.get(name, ()) if each in known]
            whole = region.flow == "whole"
            rooms = [in_lines(depths.get(each, 0), region.line) if whole else depths.get(each, 0) for each in ids]
            stand = (levelled if region.level else filled)(rooms, region.gap, region.depth, region.columns)
            reach = used(rooms, stand, region.gap) if whole else (sum(rooms) + region.gap * max(0, len(rooms) - 1),)
            depth = region.depth * region.columns
            each_one = tuple(zip(ids, rooms, strict=True))
            uses.append(RegionUse(number, page.type, name, region.line, depth, sum(reach), each_one))
            if whole:
                columns[number, name] = tuple(tuple((ids[each], rooms[each]) for each in column) for column in stand)
                over = reach[-1] - region.depth
                last = [ids[each] for each in stand[-1]]
            else:
                over, last = reach[0] - depth, ids
            if over > HAIR and last:
                found.append(_overset(number, region, over, last[-1], tree))
    return Placed(columns, tuple(uses), tuple(found))


def _overset(number: int, region: Region, over: float, id_: str, tree: Tree) -> Finding:
    lines = f"{round(over / region.line + 0.49)}行" if region.line else f"{over:.1f} mm"
    told = f"{number}ページの領域「{region.name}」に、記事が入りきりません（{lines}超過）。最後の記事は「{id_}」です。"
    hint = "この領域の記事を短くするか、pages で別のページに移してください。"
    return error("region-overset", told, where_of(tree, of_article(id_)), hint)
