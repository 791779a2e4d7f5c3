"""The articles of a plan measured once, and placed in the columns of their regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil

from koho_pdf.composition.document import Block
from koho_pdf.composition.rows import HAIR
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import Plan
from koho_pdf.findings import Finding, Where, error, note, warning
from koho_pdf.geometry import MM_PER_Q
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.planned import Place, Placing, articles_by_id, plan_of, regions_of
from koho_pdf.layout.region_html import Column
from koho_pdf.layout.regions import LEAST_FEED, Region, Setting
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.plan.fitting import ArticleUse
from koho_pdf.plan.ladder import climbed, in_words
from koho_pdf.plan.linked import runs
from koho_pdf.plan.run import Run
from koho_pdf.plan.trial import Measure, Trial
from koho_pdf.plan.unclear import unclear


@dataclass(frozen=True, slots=True)
class RegionUse:
    """How a region is filled, in mm: a ``line`` of its grid (0: none), how many ``lines`` and what ``depth`` there are
    in all its columns, what is ``used``, how far the articles reach out of it (``over``), each article, and how it was
    set tighter (``fitted``). ``may_fit``: it may be set tighter yet.
    """

    page: int
    type: str
    title: str
    region: str
    line: float
    lines: int
    depth: float
    used: float
    over: float
    articles: tuple[ArticleUse, ...]
    fitted: tuple[Setting, ...] = ()
    vertical: bool = False
    may_fit: bool = False

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


@dataclass(frozen=True, slots=True)
class Placed:
    """Where all articles stand, how the regions are filled, and what does not fit."""

    placing: Placing
    uses: tuple[RegionUse, ...]
    findings: tuple[Finding, ...]


NOTHING = Placed(Placing(), (), ())


def placed(
    issue: Issue, layout: Layout, tree: Tree, measure: Measure, settings: Mapping[Place, Region] | None = None
) -> Placed:
    """The plan of an issue with its articles in columns. Regions whose articles do not fit are set tighter as far as
    they may be (``ladder``); ``settings`` says which are, if that is known from the whole issue.
    """
    plan = plan_of(issue)
    if plan is None:
        return NOTHING
    natural = regions_of(issue, layout)
    measured = measure({**natural, **(settings or {})})
    titles = {each.key: each.title.plain for each in articles_of(issue)}
    columns: dict[Place, tuple[Column, ...]] = dict.fromkeys(natural, ())
    tighter: dict[Place, Region] = {}
    uses: dict[Place, RegionUse] = {}
    found = [*unclear(plan, natural, layout)]
    for run in runs(plan, natural, articles_by_id(issue)):
        plain = [natural[place] for place in run.places]
        trial = Trial(run, [(settings or {}).get(place, natural[place]) for place in run.places], measured, measure)
        regions = trial.regions
        if settings is None and plain[0].fit and trial.over(plain[0]):
            regions = trial.as_set(climbed(plain[0], trial.over))
            found += _refused(trial, layout, plan, run.places[0])
        blocks = trial.blocks(regions)
        found += _too_tall(run, regions, blocks, tree)
        fit = run.filled(regions, blocks)
        stand = run.columns(fit, regions, titles)
        articles = run.uses(regions, blocks)
        for at, (place, region) in enumerate(zip(run.places, regions, strict=True)):
            number, name = place
            page = plan.pages[number - 1]
            columns[place] = stand[at]
            if region != natural[place]:
                tighter[place] = region
            depth, grid = sum(each.depth for each in region.stretches), (region.line, region.lines)
            of = (number, page.type, layout.page_types[page.type].title, name)
            room = depth, fit.used[at], fit.over[at]
            more = not fit.over[at] and region.may_be_tighter(trial.refused)
            use = RegionUse(*of, *grid, *room, articles[at], region.done, region.vertical, more)
            uses[place] = use
            if use.over and fit.last:
                last = next(each for each in chain(*articles) if each.id == fit.last)
                found.append(_overset(use, last, tree))
            elif region.done and not any(fit.over):
                found.append(_fitted(use, where_of(tree, page.places.get(name, page.field))))
    return Placed(Placing(columns, tighter), tuple(uses[place] for place in natural), tuple(found))


def _too_tall(run: Run, regions: Sequence[Region], blocks: Sequence[Block], tree: Tree) -> Iterator[Finding]:
    """Rows of tables that no column of these regions can hold under the table's head rows, and pictures and other
    boxes that none can hold: columns do not divide them."""
    deepest = max(regions, key=lambda each: each.depth)
    for id_, block in zip(run.every, blocks, strict=True):
        tall = max((row.head + row.height for row in block.rows if row.cells), default=0.0)
        if tall > deepest.depth + HAIR:
            told = f"記事「{id_}」の表に、見出しの行と合わせて {tall:.0f} mm の行があり、"
            told += f"領域「{deepest.name}」の段（{deepest.depth:g} mm）に入りません。"
            hint = "その行のセルの言葉を短くするか、2行に分けて書いてください。表は、行と行の間でだけ分かれます。"
            yield error("table-row-too-tall", told, where_of(tree, of_article(id_)), hint)
        whole = max((row.height for row in block.rows if not row.cells and not row.text), default=0.0)
        if whole > deepest.depth + HAIR:
            told = f"記事「{id_}」の、分けられないもの（写真や囲みなど）が {whole:.0f} mm あり、"
            told += f"領域「{deepest.name}」の段（{deepest.depth:g} mm）に入りません。"
            hint = "写真なら、高さを抑えるようデザイナーに頼むか、横長の写真にしてください。"
            yield error("deeper-than-column", told, where_of(tree, of_article(id_)), hint)


def _refused(trial: Trial, layout: Layout, plan: Plan, place: Place) -> Iterator[Finding]:
    """Which keys of ``fit`` were not followed to their end, for the designer."""
    file = f"{layout.folder.parent.name}/{layout.name}/layout.yaml"
    for key, value in trial.refused.items():
        field = f"page_types.{plan.pages[place[0] - 1].type}.regions.{place[1]}.fit.{key}"
        where = Where(file, field=field)
        if key == "feed":
            told = f"行送りは、本文の文字の大きさの{LEAST_FEED:g}倍（{value / MM_PER_Q:g}H）より狭くしません。"
            yield warning("fit-below-floor", told, where, "fit の feed を、それより広くしてください。")
        else:
            told = f"写真の高さを{value:g} mm にすると、切らない範囲（keep）が切れるので、しません。"
            yield warning(
                "fit-cuts-picture", told, where, "fit の picture を高くするか、写真の keep を小さくしてください。"
            )


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
