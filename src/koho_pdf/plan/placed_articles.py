"""The articles of a plan measured once, and placed in the columns of their regions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf

from koho_pdf.composition.document import Block, Document
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import PlannedPage
from koho_pdf.findings import Finding, Where, error, note, warning
from koho_pdf.geometry import MM_PER_Q
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.planned import Column, Place, Placing, articles_by_id, plan_of, regions_of
from koho_pdf.layout.regions import Region, Setting
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.plan.filling import HAIR, filled, in_lines, levelled, used
from koho_pdf.plan.fitting import ArticleUse, Regional, uses_of
from koho_pdf.plan.ladder import climbed, in_words

LEAST_FEED = 1.5
"""Of the type's size: lines of running text do not stand nearer to each other (行間 of half an em)."""


@dataclass(frozen=True, slots=True)
class RegionUse:
    """How a region is filled, in mm: a ``line`` of its grid (0: none), what there is of ``depth`` in all its columns,
    what is ``used``, how far the articles reach out of it (``over``), each article, and how it was set tighter
    (``fitted``).
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
    fitted: tuple[Setting, ...] = ()
    vertical: bool = False

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
        return {**place, **lines, **mm, "fit": dict(self.fitted), "articles": articles}


_CUT = ("picture-keep-cut", "picture-keep-too-large")
"""What keeps a picture from being set smaller (``fit``)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Articles composed one below the other: each as a block by its id, and which pictures are ``cut`` where they must
    not be."""

    blocks: Mapping[str, Block]
    cut: frozenset[str] = frozenset()

    @classmethod
    def of(cls, document: Document) -> Measured:
        """What a composition of them says."""
        cut = frozenset(each.message for each in document.findings if each.code in _CUT)
        return cls(document.blocks, cut)


Measure = Callable[[Mapping[Place, Region]], Measured]
"""Composes the articles of these regions, each set as its region says."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where all articles stand, how the regions are filled, and what does not fit."""

    placing: Placing
    uses: tuple[RegionUse, ...]
    findings: tuple[Finding, ...]


NOTHING = Placed(Placing(), (), ())


@dataclass(frozen=True, slots=True)
class _Filled:
    """A region with its articles: how much of it each takes, in which column it stands, how deep the columns are, and
    how far the articles reach out (``over``), in mm."""

    region: Region
    blocks: tuple[Block, ...]
    rooms: tuple[float, ...]
    stand: tuple[tuple[int, ...], ...]
    reach: tuple[float, ...]
    over: float

    @classmethod
    def of(cls, region: Region, blocks: tuple[Block, ...]) -> _Filled:
        """The region filled."""
        whole = region.flow == "whole"
        rooms = tuple(in_lines(each.depth, region.line) if whole else each.depth for each in blocks)
        stand = (levelled if region.level else filled)(rooms, region.gap, region.depth, region.columns)
        reach = used(rooms, stand, region.gap) if whole else (sum(rooms) + region.gap * max(0, len(rooms) - 1),)
        over = reach[-1] - (region.depth if whole else region.depth * region.columns)
        return cls(region, blocks, rooms, stand, reach, over if over > HAIR and blocks else 0.0)

    @property
    def last(self) -> int:
        """The article that reaches out, if one does."""
        return self.stand[-1][-1] if self.region.flow == "whole" and self.stand[-1] else len(self.blocks) - 1

    def use(self, page: PlannedPage, number: int, title: str, ids: Sequence[str]) -> RegionUse:
        """How it is filled."""
        region, whole = self.region, self.region.flow == "whole"
        articles = uses_of(ids, self.blocks, Regional(region, whole))
        depth = region.depth * region.columns
        place, grid = (number, page.type, title, region.name), (region.line, region.columns)
        return RegionUse(*place, *grid, depth, sum(self.reach), self.over, articles, region.done, region.vertical)


def placed(
    issue: Issue, layout: Layout, tree: Tree, measure: Measure, settings: Mapping[Place, Region] | None = None
) -> Placed:
    """The plan of an issue with its articles in columns. Regions whose articles do not fit are set tighter as far as
    they may be (``ladder``); ``settings`` says which are, if that is known from the whole issue.
    """
    plan = plan_of(issue)
    if plan is None:
        return NOTHING
    natural, known = regions_of(issue, layout), articles_by_id(issue)
    measured = measure({**natural, **(settings or {})})
    columns: dict[Place, tuple[Column, ...]] = {}
    tighter: dict[Place, Region] = {}
    uses: list[RegionUse] = []
    found: list[Finding] = []
    for place, region in natural.items():
        number, name = place
        page = plan.pages[number - 1]
        ids = [each for each in page.regions.get(name, ()) if each in known]
        first = _Filled.of((settings or {}).get(place, region), _blocks(ids, measured))
        fit = first
        if settings is None and first.over and region.fit:
            trial = _Trial(place, ids, first, measured, measure)
            fit = trial.filled(climbed(region, trial.over))
            found += trial.found(layout, page.type)
        if fit.region != region:
            tighter[place] = fit.region
        if region.flow == "whole":
            columns[place] = tuple(tuple((ids[each], fit.rooms[each]) for each in column) for column in fit.stand)
        use = fit.use(page, number, layout.page_types[page.type].title, ids)
        uses.append(use)
        if fit.over:
            found.append(_overset(use, use.articles[fit.last], tree))
        elif fit.region.done:
            found.append(_fitted(use, where_of(tree, page.places[name])))
    return Placed(Placing(columns, tighter), tuple(uses), tuple(found))


def _blocks(ids: Sequence[str], measured: Measured) -> tuple[Block, ...]:
    return tuple(measured.blocks.get(each, Block(0.0)) for each in ids)


class _Trial:
    """A region whose articles do not fit, tried in tighter settings. What is composed is kept: a setting that differs
    only in its gaps is not composed again."""

    def __init__(self, place: Place, ids: Sequence[str], first: _Filled, measured: Measured, measure: Measure) -> None:
        self._place, self._ids, self._measure = place, ids, measure
        self._first, self._cut = first.region, measured.cut
        self._known = {_type_of(first.region): (first.blocks, frozenset[str]())}
        self._refused: dict[str, float] = {}

    def filled(self, region: Region) -> _Filled:
        """The region in a setting, filled."""
        return _Filled.of(region, self._composed(region)[0])

    def over(self, region: Region) -> float:
        """How far the articles reach out of a setting, in mm; infinite if lines would stand too near to each other, or
        a picture would be cut where it must not be."""
        blocks, cut = self._composed(region)
        largest = max((each.size for each in blocks), default=0.0)
        if region.line < self._first.line and region.line < LEAST_FEED * largest - HAIR:
            self._refused["feed"] = LEAST_FEED * largest
            return inf
        if cut:
            self._refused["picture"] = region.picture
            return inf
        return self.filled(region).over

    def _composed(self, region: Region) -> tuple[tuple[Block, ...], frozenset[str]]:
        key = _type_of(region)
        if key not in self._known:
            made = self._measure({self._place: region})
            self._known[key] = _blocks(self._ids, made), made.cut - self._cut
        return self._known[key]

    def found(self, layout: Layout, page: str) -> Iterator[Finding]:
        """Which keys of ``fit`` were not followed to their end, for the designer."""
        file = f"{layout.folder.parent.name}/{layout.name}/layout.yaml"
        for key, value in self._refused.items():
            where = Where(file, field=f"page_types.{page}.regions.{self._first.name}.fit.{key}")
            if key == "feed":
                told = f"行送りは、本文の文字の大きさの{LEAST_FEED:g}倍（{value / MM_PER_Q:g}H）より狭くしません。"
                yield warning("fit-below-floor", told, where, "fit の feed を、それより広くしてください。")
            else:
                told = f"写真の高さを{value:g} mm にすると、切らない範囲（keep）が切れるので、しません。"
                yield warning(
                    "fit-cuts-picture", told, where, "fit の picture を高くするか、写真の keep を小さくしてください。"
                )


def _type_of(region: Region) -> Region:
    """A setting without what changes nothing in the articles themselves."""
    return replace(region, gap=0, done=())


def _fitted(use: RegionUse, where: Where) -> Finding:
    done = in_words(use.fitted, vertical=use.vertical)
    told = f"{use.page}ページの領域「{use.region}」の記事を、{done}詰めて収めました。"
    return note("region-fitted", told, where, "詰めたくないときは、この領域の記事を短くしてください。")


def _overset(use: RegionUse, last: ArticleUse, tree: Tree) -> Finding:
    lines = f"{use.lines_over}行" if use.line else f"{use.over:.1f} mm"
    told = f"{use.page}ページの領域「{use.region}」に、記事が入りきりません（{lines}超過）。"
    if use.fitted:
        told += "詰められるだけ詰めても入りません。"
    told += f"最後の記事は「{last.id}」です。"
    hint = "この領域の記事を短くするか、pages で別のページに移してください。"
    if last.characters and last.characters < 0:
        hint += f"「{last.id}」なら、本文の終わりを{-last.characters}字けずると入ります。"
    return error("region-overset", told, where_of(tree, of_article(last.id)), hint)
