"""A page plan proposed (``koho plan``): articles measured as they will print, and placed by ``plan.proposing``.

What the plan has stays where it can. An article goes only into regions whose ``kinds`` name its kind; articles of
other regions are not moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from koho_pdf.composition.rows import in_lines
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import Plan, PlannedPage
from koho_pdf.editions.edition import Of
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.kinds.keys_of import KeysOf
from koho_pdf.layout.planned import Place, articles_by_id, plan_of, regions_of
from koho_pdf.layout.regions import Region
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import of_article
from koho_pdf.plan.placed_articles import RegionUse
from koho_pdf.plan.proposing import Bin, Piece, propose

_ROUNDS = 3
_IMPORTANCE = {"high": 0, "normal": 1, "": 1, "low": 2}
_DUE, _STOOD = 0.5, 1.0
_WEIGHS = {"high": 3.0, "normal": 1.0, "": 1.0, "low": 0.6}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A plan, how full its regions are, the articles for which there is no room by their ids, those that the plan had
    on another page before, and what was found."""

    plan: Plan
    uses: tuple[RegionUse, ...]
    left_out: tuple[str, ...]
    moved: tuple[str, ...]
    findings: tuple[Finding, ...]


def proposed(of: Of) -> Proposed:
    """A plan for the articles of the issue that have no page yet. Raises ManuscriptError: no-plan-to-fill."""
    plan = plan_of(of.whole)
    if plan is None or not plan.pages:
        raise ManuscriptError(_no_plan(of))
    issue = _with_waiting(of)
    planning = _Planning(of, issue, plan)
    shorter: dict[Place, float] = {}
    for _ in range(_ROUNDS):
        made, left = planning.made(shorter)
        uses = of.placed(_with(issue, made)).uses
        over = {(use.page, use.region): use.over for use in uses if use.over}
        over = {place: much for place, much in over.items() if place in planning.heights}
        if not over:
            break
        shorter = {place: shorter.get(place, 0.0) + much for place, much in over.items()}
    before, after = plan.numbers(), made.numbers()
    moved = tuple(id_ for id_ in planning.free if id_ in before and id_ in after and after[id_] != before[id_])
    return Proposed(made, uses, left, moved, tuple(map(planning.told, left)))


class _Planning:
    """What a plan is made from: the articles that are ``free`` to be placed, in the issue's order, and how deep each is
    (mm, whole lines) in each region that takes it. Regions of one page type and name are alike: their articles are
    composed once."""

    def __init__(self, of: Of, issue: Issue, plan: Plan) -> None:
        self.of, self.issue, self.plan = of, issue, plan
        self.known = articles_by_id(issue)
        self.regions = regions_of(issue, of.layout)
        open_ = [place for place, region in self.regions.items() if region.kinds and region.flow == "whole"]
        stand = {(number, name): ids for number, page in _numbered(plan) for name, ids in page.regions.items()}
        self.stood = {id_: place for place, ids in stand.items() for id_ in ids}
        self.at = {id_: at for ids in stand.values() for at, id_ in enumerate(ids)}
        staying = {id_ for id_, place in self.stood.items() if place not in open_}
        self.free = tuple(id_ for id_, each in self.known.items() if id_ not in staying and not KeysOf(each).unplaced)
        self.heights: dict[Place, Mapping[str, float]] = {}
        alike: dict[tuple[str, str], Mapping[str, float]] = {}
        for place in open_:
            key = plan.pages[place[0] - 1].type, place[1]
            if key not in alike:
                alike[key] = self._measured(place)
            self.heights[place] = alike[key]

    def _measured(self, place: Place) -> dict[str, float]:
        region = self.regions[place]
        ids = tuple(id_ for id_ in self.free if self._may_stand(id_, region))
        if not ids:
            return {}
        only = [
            replace(page, regions={place[1]: ids} if number == place[0] else {})
            for number, page in _numbered(self.plan)
        ]
        issue = _with(self.issue, replace(self.plan, pages=tuple(only)))
        blocks = self.of.measured(issue, {}, {place: region}).blocks
        return {id_: in_lines(blocks[id_].depth, region.line) for id_ in ids if id_ in blocks}

    def _may_stand(self, id_: str, region: Region) -> bool:
        article = self.known[id_]
        return article.kind in region.kinds and article.described.mark in ("", region.mark)

    def made(self, shorter: Mapping[Place, float]) -> tuple[Plan, tuple[str, ...]]:
        """The plan with the articles in its regions, each ``shorter`` by so many mm, and those for which there is no
        room."""
        places = list(self.heights)
        bins = []
        for at, place in enumerate(places):
            depths = [each.depth for each in self.regions[place].stretches]
            depths[-1] = max(0.0, depths[-1] - shorter.get(place, 0.0))
            bins += [Bin(depth, self.regions[place].gap, place[0], at) for depth in depths]
        proposal = propose(self._pieces(places), bins)
        filled: dict[Place, tuple[str, ...]] = dict.fromkeys(places, ())
        for bin_, column in zip(bins, proposal.columns, strict=True):
            filled[places[bin_.region]] += tuple(self.free[each] for each in column)
        pages = []
        for number, page in _numbered(self.plan):
            own = {name: filled[number, name] for at, name in places if at == number}
            regions = {**page.regions, **own}
            pages.append(replace(page, regions={name: ids for name, ids in regions.items() if ids}))
        return replace(self.plan, pages=tuple(pages)), tuple(self.free[each] for each in proposal.left_out)

    def _pieces(self, places: Sequence[Place]) -> list[Piece]:
        """The articles. Their order: sections as they come in the issue, then by importance, the nearest deadline
        first, and as the issue has them. An article without a section is in that of its ``category`` (分類), which is
        a field of kinds such as notices."""
        said = {id_: KeysOf(self.known[id_]) for id_ in self.free}
        about = {id_: each.about() for id_, each in said.items()}
        section = {
            id_: each.section.plain if each.section else str(getattr(self.known[id_], "category", None) or "")
            for id_, each in said.items()
        }
        first = {name: at for at, name in reversed([*enumerate(section.values())])}
        order = sorted(
            self.free,
            key=lambda id_: (
                first[section[id_]],
                _IMPORTANCE[about[id_].importance],
                due.day.toordinal() if (due := about[id_].deadline) else inf,
            ),
        )
        rank = {id_: at for at, id_ in enumerate(order)}
        return [
            Piece(
                {at: self.heights[place][id_] for at, place in enumerate(places) if id_ in self.heights[place]},
                section[id_],
                rank[id_],
                _WEIGHS[about[id_].importance] + _DUE * bool(about[id_].deadline) + _STOOD * (id_ in self.stood),
                places.index(self.stood[id_]) if self.stood.get(id_) in places else None,
                self.at.get(id_, 0),
            )
            for id_ in self.free
        ]

    def told(self, id_: str) -> Finding:
        """The finding about an article for which there is no room."""
        where = where_of(self.of.tree, of_article(id_))
        depths = [each[id_] for each in self.heights.values() if id_ in each]
        if depths:
            told = f"記事「{id_}」（深さ {min(depths):.0f} mm）の入る場所が、台割にありません。"
            hint = "台割のページを増やすか、ほかの記事を短くするか、次の号に回してください。"
            return warning("plan-no-room", told, where, hint)
        told = f"記事「{id_}」の型（{self.known[id_].kind}）を受け取る領域が、台割のページにありません。"
        hint = "その型を載せるページの型を pages に加えるか、記事の場所を pages に自分で書いてください。"
        return warning("plan-no-region", told, where, hint)


def _numbered(plan: Plan) -> Iterator[tuple[int, PlannedPage]]:
    return enumerate(plan.pages, 1)


def _with_waiting(of: Of) -> Issue:
    """The issue with the articles that it does not name yet."""
    kind = type(of.whole)
    name, models = next(iter(kind.takes.items()))
    taken = (each for each in of.waiting if each.kind in models)
    return of.whole.model_copy(update={name: (*getattr(of.whole, name), *taken)})


def _with(issue: Issue, plan: Plan) -> Issue:
    return issue.model_copy(update={type(issue).planned: plan})


def _no_plan(of: Of) -> Finding:
    key = type(of.whole).planned
    if not key:
        told = f"「{of.name}」の型には台割がないので、提案できません。"
        return error("no-plan-to-fill", told, Where(of.tree.file), "台割（plan）のある型の号で使ってください。")
    told = "台割（pages）が書かれていません。"
    hint = f"「{key}:」の下に、ページの型だけを「- notices」のように並べてください。記事は koho plan が割り当てます。"
    return error("no-plan-to-fill", told, Where(of.tree.file, 1), hint)
