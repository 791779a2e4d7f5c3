"""The pages of a plan as HTML: each by its type's template ``pages/<type>.html``, its regions filled with articles.

``layout.html`` has ``{{ planned }}`` where they go. A page's template has all that ``layout.html`` has, and ``page``
(``number``, ``side``, ``type``, ``first``, ``last``), ``region("main")``, ``page_of(id)`` and ``contents``. Page
numbers and references are words out of the plan: a page made alone is the same as in the whole issue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markupsafe import Markup

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.articles import Article
from koho_pdf.content.blocks import Words, within
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import Plan
from koho_pdf.content.values.runs import InlineText
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.kinds.types.references import ContentsField
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.fold_zones import fold_zones
from koho_pdf.layout.keep_outs import KeepOut
from koho_pdf.layout.page_sides import Page, margins_of, side_of
from koho_pdf.layout.printed_marks import check_marks
from koho_pdf.layout.region_html import Column, box_style, classes_of, column_html, strip, with_notes
from koho_pdf.layout.regions import PageType, Region
from koho_pdf.layout.templates import render

Place = tuple[int, str]
"""A region of the plan: its page (from 1) and its name."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the articles of a plan stand: the ``columns`` of all regions, and those ``regions`` that are set tighter
    than the layout says (``fit``)."""

    columns: Mapping[Place, tuple[Column, ...]] = field(default_factory=dict)
    regions: Mapping[Place, Region] = field(default_factory=dict)


NOWHERE = Placing()
PAGES = """\
.page { position: relative; z-index: 0; display: flow-root; break-before: page }
.page:first-of-type { break-before: auto }
:where(.region) :where(li, dl > div, table, .table, figure) { break-inside: avoid }
:where(.region) :where(li, dl > div):first-child { break-after: avoid }
:where(.region) :where(li, dl > div):last-child { break-before: avoid }
:where(.page) { --gutter: 0mm; --fore-edge: 0mm; --left-margin: 0mm; --right-margin: 0mm }
:where(.at-fore-edge, .at-gutter) { position: absolute; margin: 0 }
:where(.left > .at-fore-edge, .right > .at-gutter) { left: var(--left-margin); text-align: left }
:where(.right > .at-fore-edge, .left > .at-gutter) { right: var(--right-margin); text-align: right }
.goes-on, .comes-from { margin: 0; white-space: nowrap; text-align: left }
.goes-on { text-align: right }
"""
"""Pages of a plan: each stands on a page of its own, and its art may run over the trim (塗り足し). Where columns divide
an article they divide no item of a list and no figure, unless it is deeper than a column; one item of a list never
stands alone."""


def plan_of(issue: Issue) -> Plan | None:
    """The page plan of an issue, if its kind has one and it is written."""
    plan = getattr(issue, type(issue).planned, None) if type(issue).planned else None
    return plan if isinstance(plan, Plan) else None


def articles_by_id(issue: Issue) -> dict[str, ArticleManuscript]:
    """The articles of an issue that are of kinds of their own, by their ids."""
    return {each.id: each for name in type(issue).takes for each in getattr(issue, name)}


def types_of_pages(issue: Issue, layout: Layout) -> tuple[PageType, ...]:
    """The page types of the plan's pages; none without a plan, or if the layout has not all of them."""
    plan = plan_of(issue)
    types = [layout.page_types.get(page.type) for page in plan.pages] if plan else []
    known = tuple(each for each in types if each)
    return known if len(known) == len(types) else ()


def unmade(issue: Issue, layout: Layout) -> tuple[frozenset[str], bool]:
    """What pages cannot show because the plan does not go with the layout (``plan.misplanned`` tells that): the ids of
    articles in page types and regions that are not there, and whether whole pages are missing."""
    plan, types = plan_of(issue), layout.page_types
    if plan is None:
        return frozenset(articles_by_id(issue) if types else ()), bool(types)
    lost = {
        id_
        for page in plan.pages
        for name, ids in page.regions.items()
        if page.type not in types or name not in types[page.type].regions
        for id_ in ids
    }
    return frozenset(lost), any(page.type not in types for page in plan.pages)


def template_of(issue: Issue, page: int | None) -> str:
    """The file in the layout's folder that has the words of a page (from 1) which are not the manuscript's."""
    plan = plan_of(issue)
    return f"pages/{plan.pages[page - 1].type}.html" if plan and page and page <= len(plan.pages) else "layout.html"


def keep_outs_of(issue: Issue, layout: Layout) -> tuple[KeepOut, ...]:
    """The keep-outs of a layout by the numbers of the pages, without those of other page types; and its folds."""
    plan = plan_of(issue)
    types = {number: page.type for number, page in enumerate(plan.pages if plan else (), 1)}
    found = []
    for each in layout.keep_outs:
        pages = tuple(number for number, type_ in types.items() if each.is_on(number, type_))
        if each.types and pages:
            found.append(replace(each, pages=pages, types=()))
        elif not each.types:
            found.append(each)
    return (*found, *fold_zones(layout, types_of_pages(issue, layout)))


def pages_of(
    issue: Issue,
    layout: Layout,
    root: Path,
    context: Callable[[int], Mapping[str, object]],
    placing: Placing,
    only: int = 0,
) -> Markup:
    """The pages of the plan as HTML, or only one of them by its number; ``context`` is what a page's template is given.
    Raises LayoutError.
    """
    plan = plan_of(issue)
    if plan is None:
        return Markup()
    known, made, natural = articles_by_id(issue), [], regions_of(issue, layout)
    begun: set[str] = set()
    fields = type(issue).described.fields
    named = [id_ for name, each in fields.items() if isinstance(each, ContentsField) for id_ in getattr(issue, name)]
    contents = _contents(plan, known, named, placing)
    for number, planned in enumerate(plan.pages, 1):
        type_ = layout.page_types.get(planned.type)
        if type_ is None or only not in (0, number):
            continue
        side = side_of(number, layout.binding)
        page = Page(number, side, planned.type, type_.title, number == 1, number == len(plan.pages))
        given = context(number)
        own = {name: natural[number, name] for name in type_.regions}
        region = _region_of(planned.type, number, own, known, given, placing, begun)
        more = {"page": page, "region": region, "contents": contents}
        html = render((layout.folder, layout.shared), f"pages/{planned.type}.html", root, {**given, **more})
        size = f"width: {type_.trim[0]:g}mm; height: {type_.trim[1]:g}mm{margins_of(type_, side)}"
        inks = Markup(' data-inks="{}"').format(planned.inks) if planned.inks else ""
        written = (layout.folder / template_of(issue, number)).relative_to(root).as_posix()
        check_marks((known[id_] for ids in planned.regions.values() for id_ in ids if id_ in known), html, written)
        told = Markup('data-page="{}" data-type="{}"{} data-template="{}"').format(number, planned.type, inks, written)
        shown = Markup('<section class="page {} {}" id="page-{}" {} style="{}">{}</section>\n')
        made.append(shown.format(planned.type, side, number, told, size, html))
    return Markup("").join(made)


def page_of(plan: Plan, placing: Placing) -> Callable[[str], int]:
    """The page on which an article begins, by its id, from 1: where it is placed, else where it is planned."""
    begun = {
        piece.id: number
        for (number, _), columns in reversed([*placing.columns.items()])
        for column in columns
        for piece in column.pieces
        if not piece.first
    }
    numbers = plan.numbers()
    return lambda id_: begun.get(id_) or numbers.get(id_, 0)


def moved(issue: Issue, placing: Placing) -> bool:
    """Whether an article is placed on another page than it is planned on."""
    plan = plan_of(issue)
    if plan is None:
        return False
    begins, numbers = page_of(plan, placing), plan.numbers()
    return any(begins(id_) != numbers.get(id_, 0) for id_ in articles_by_id(issue))


def regions_of(issue: Issue, layout: Layout) -> dict[Place, Region]:
    """Every region of the plan, as the layout says it."""
    plan = plan_of(issue)
    pages = [(number, layout.page_types.get(page.type)) for number, page in enumerate(plan.pages if plan else (), 1)]
    outs = keep_outs_of(issue, layout)
    return {
        (number, name): _beside(each, [out.at(*type_.trim) for out in outs if out.is_on(number)])
        for number, type_ in pages
        if type_
        for name, each in type_.on(side_of(number, layout.binding)).items()
    }


def vertical_articles(issue: Issue, layout: Layout) -> frozenset[str]:
    """The ids of the articles that the plan places in vertical regions."""
    plan, regions = plan_of(issue), regions_of(issue, layout)
    placed = (
        (number, name, ids)
        for number, page in enumerate(plan.pages if plan else (), 1)
        for name, ids in page.regions.items()
    )
    return frozenset(
        id_ for number, name, ids in placed if (each := regions.get((number, name))) and each.vertical for id_ in ids
    )


def _beside(region: Region, outs: Sequence[KeepOut]) -> Region:
    """A region with the keep-outs that meet it: folds along its lines are left between its columns, if it keeps clear
    of folds."""
    met = [out for out in outs if out.meets(region.at) and (region.clear or not out.fold)]
    between = "across" if region.vertical else "upright"
    return replace(
        region,
        outs=tuple(out.place for out in met if out.fold != between),
        folds=tuple(out.place for out in met if out.fold == between),
    )


def strips_of(issue: Issue, layout: Layout, context: Mapping[str, object], regions: Mapping[Place, Region]) -> Markup:
    """The articles of these regions, one below the other."""
    plan, known, article = plan_of(issue), articles_by_id(issue), context["article"]
    assert callable(article)
    running = {each.key: _running(each) for each in articles_of(issue)}
    strips = []
    if plan is None:
        return Markup()
    for (number, name), region in regions.items():
        planned = plan.pages[number - 1]
        ids = [each for each in planned.regions.get(name, ()) if each in known]
        html = {each: with_notes(article(known[each]), context["stylesheet"]) for each in ids}
        strips.append(strip(region, planned.type, html, running))
    return Markup("").join(strips)


def _running(article: Article) -> str:
    """The field of an article's last paragraph of running text, whose end is asked how much longer it may be."""
    found = [
        each for each in within(article.on_pages.blocks) if isinstance(each, Words) and each.role in ("body", "lead")
    ]
    return next((each.field for each in reversed(found) if isinstance(each.words, InlineText)), "")


def _contents(
    plan: Plan, known: Mapping[str, ArticleManuscript], named: Sequence[str], placing: Placing
) -> tuple[tuple[ArticleManuscript, int], ...]:
    """The articles that the contents name, each with its page; every article of the plan where they name none."""
    every = [id_ for page in plan.pages for ids in page.regions.values() for id_ in ids]
    begins = page_of(plan, placing)
    return tuple((known[id_], begins(id_)) for id_ in (named or every) if id_ in known)


def _region_of(
    type_: str,
    number: int,
    regions: Mapping[str, Region],
    known: Mapping[str, ArticleManuscript],
    context: Mapping[str, object],
    placing: Placing,
    begun: set[str],
) -> Callable[[str], Markup]:
    """What a page's template calls ``region``; articles that have ``begun`` already go on."""

    def article(id_: str) -> Markup:
        made = context["article"]
        assert callable(made)
        if id_ not in known or id_ in begun:
            return Markup()
        begun.add(id_)
        return with_notes(Markup(made(known[id_])), context["stylesheet"])

    def region(name: str) -> Markup:
        if name not in regions:
            raise ValueError(f"layout.yaml のページの型「{type_}」に、領域「{name}」がありません")
        place = placing.regions.get((number, name), regions[name])
        columns = placing.columns.get((number, name), ())
        inside = Markup("").join(column_html(place, column, article) for column in columns)
        box = f"{box_style(place.at)}{place.style}"
        return Markup('<div class="region {}" style="position: absolute; {}">{}</div>').format(
            classes_of(place), box, inside
        )

    return region
