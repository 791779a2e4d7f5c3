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
from koho_pdf.content.plan import Plan, PlannedPage
from koho_pdf.content.values.runs import InlineText
from koho_pdf.geometry import Rect
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.kinds.types.references import ContentsField
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.keep_outs import KeepOut
from koho_pdf.layout.regions import Region
from koho_pdf.layout.templates import render

Column = tuple[tuple[str, float], ...]
"""The articles of a column by their ids, each with how much of the column it takes, in mm."""
Place = tuple[int, str]
"""A region of the plan: its page (from 1) and its name."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the articles of a plan stand: the ``columns`` of the regions that keep articles whole, and those
    ``regions`` that are set tighter than the layout says (``fit``)."""

    columns: Mapping[Place, tuple[Column, ...]] = field(default_factory=dict)
    regions: Mapping[Place, Region] = field(default_factory=dict)


NOWHERE = Placing()


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its template sees it: its ``number`` from 1, its ``side`` (left, right), its ``type``."""

    number: int
    side: str
    type: str
    title: str
    first: bool
    last: bool


def plan_of(issue: Issue) -> Plan | None:
    """The page plan of an issue, if its kind has one and it is written."""
    plan = getattr(issue, type(issue).planned, None) if type(issue).planned else None
    return plan if isinstance(plan, Plan) else None


def articles_by_id(issue: Issue) -> dict[str, ArticleManuscript]:
    """The articles of an issue that are of kinds of their own, by their ids."""
    return {each.id: each for name in type(issue).takes for each in getattr(issue, name)}


def template_of(issue: Issue, page: int | None) -> str:
    """The file in the layout's folder that has the words of a page (from 1) which are not the manuscript's."""
    plan = plan_of(issue)
    return f"pages/{plan.pages[page - 1].type}.html" if plan and page and page <= len(plan.pages) else "layout.html"


def keep_outs_of(issue: Issue, layout: Layout) -> tuple[KeepOut, ...]:
    """The keep-outs of a layout by the numbers of the pages, without those of other page types."""
    plan = plan_of(issue)
    types = {number: page.type for number, page in enumerate(plan.pages if plan else (), 1)}
    found = []
    for each in layout.keep_outs:
        pages = tuple(number for number, type_ in types.items() if each.is_on(number, type_))
        if each.types and pages:
            found.append(replace(each, pages=pages, types=()))
        elif not each.types:
            found.append(each)
    return tuple(found)


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
    known, made = articles_by_id(issue), []
    fields = type(issue).described.fields
    named = [id_ for name, each in fields.items() if isinstance(each, ContentsField) for id_ in getattr(issue, name)]
    for number, planned in enumerate(plan.pages, 1):
        type_ = layout.page_types.get(planned.type)
        if type_ is None or only not in (0, number):
            continue
        side = _side(number, layout.binding)
        page = Page(number, side, planned.type, type_.title, number == 1, number == len(plan.pages))
        given = context(number)
        region = _region_of(planned, number, type_.regions, known, given, placing)
        more = {"page": page, "region": region, "contents": _contents(plan, known, named)}
        html = render((layout.folder, layout.shared), f"pages/{planned.type}.html", root, {**given, **more})
        size = f"width: {layout.trim[0]:g}mm; height: {layout.trim[1]:g}mm"
        inks = Markup(' data-inks="{}"').format(planned.inks) if planned.inks else ""
        written = (layout.folder / template_of(issue, number)).relative_to(root).as_posix()
        told = Markup('data-page="{}"{} data-template="{}"').format(number, inks, written)
        shown = Markup('<section class="page {} {}" id="page-{}" {} style="{}">{}</section>\n')
        made.append(shown.format(planned.type, side, number, told, size, html))
    return Markup("").join(made)


def regions_of(issue: Issue, layout: Layout) -> dict[Place, Region]:
    """Every region of the plan, as the layout says it."""
    plan = plan_of(issue)
    pages = [(number, layout.page_types.get(page.type)) for number, page in enumerate(plan.pages if plan else (), 1)]
    return {(number, name): each for number, type_ in pages if type_ for name, each in type_.regions.items()}


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
        html = {each: article(known[each]) for each in planned.regions.get(name, ()) if each in known}
        strips.append(_strip(region, planned.type, html, running))
    return Markup("").join(strips)


def _running(article: Article) -> str:
    """The field of an article's last paragraph of running text, whose end is asked how much longer it may be."""
    found = [each for each in within(article.blocks) if isinstance(each, Words) and each.role in ("body", "lead")]
    return next((each.field for each in reversed(found) if isinstance(each.words, InlineText)), "")


def _strip(region: Region, page: str, html: Mapping[str, Markup], running: Mapping[str, str]) -> Markup:
    """Articles one after the other, each as wide as the column it will stand in, to be measured."""
    held = Markup("").join(_held(id_, each, region, running=running.get(id_, "")) for id_, each in html.items())
    size = f"{'height' if region.vertical else 'width'}: {region.measure:.4f}mm{_mode(region)}"
    shown = Markup('<section class="page {}"><div class="region {}"{}><div style="{}">{}</div></div></section>\n')
    style = Markup(' style="{}"').format(region.style.removeprefix("; ")) if region.style else ""
    return shown.format(page, region.name, style, size, held)


def _side(number: int, binding: str) -> str:
    """Page 1 is a right page where the issue is bound on the left, else a left page."""
    return "right" if (number % 2 == 1) == (binding == "left") else "left"


def _contents(
    plan: Plan, known: Mapping[str, ArticleManuscript], named: Sequence[str]
) -> tuple[tuple[ArticleManuscript, int], ...]:
    """The articles that the contents name, each with its page; every article of the plan where they name none."""
    every = [id_ for page in plan.pages for ids in page.regions.values() for id_ in ids]
    return tuple((known[id_], plan.page_of(id_)) for id_ in (named or every) if id_ in known)


def _region_of(
    planned: PlannedPage,
    number: int,
    regions: Mapping[str, Region],
    known: Mapping[str, ArticleManuscript],
    context: Mapping[str, object],
    placing: Placing,
) -> Callable[[str], Markup]:
    """What a page's template calls ``region``."""

    def region(name: str) -> Markup:
        if name not in regions:
            raise ValueError(f"layout.yaml のページの型「{planned.type}」に、領域「{name}」がありません")
        place, article = placing.regions.get((number, name), regions[name]), context["article"]
        assert callable(article)
        html = {each: article(known[each]) for each in planned.regions.get(name, ()) if each in known}
        if place.flow == "columns":
            inside = _flowing(place, html)
        else:
            columns = placing.columns.get((number, name), ())
            inside = Markup("").join(_column(place, at, column, html) for at, column in enumerate(columns))
        box = f"{_box(place.at)}{place.style}"
        return Markup('<div class="region {}" style="position: absolute; {}">{}</div>').format(name, box, inside)

    return region


def _column(region: Region, number: int, column: Column, html: Mapping[str, Markup]) -> Markup:
    """A column with its articles, each in the room that was measured for it."""
    held = Markup("").join(_held(id_, html[id_], region, room) for id_, room in column if id_ in html)
    style = f"{_box(region.column(number))}{_mode(region)}"
    return Markup('<div class="column" style="position: absolute; {}">{}</div>').format(style, held)


def _flowing(region: Region, html: Mapping[str, Markup]) -> Markup:
    """Text that runs on from column to column: the engine's own columns, in a block that is not placed itself."""
    held = Markup("").join(_held(id_, each, region) for id_, each in html.items())
    fill = "balance" if region.level else "auto"
    style = f"columns: {region.columns}; column-gap: {region.gutter:g}mm; column-fill: {fill}"
    return Markup('<div class="flow" style="{}; height: {}mm">{}</div>').format(style, f"{region.at.height:.4f}", held)


def _held(id_: str, html: Markup, region: Region, room: float | None = None, running: str = "") -> Markup:
    """An article in a block of its own, so that no margin in it reaches out of what was measured."""
    side, after = ("width", "margin-left") if region.vertical else ("height", "margin-bottom")
    if room is not None:
        size = f"display: flow-root; {side}: {room:.4f}mm; {after}: {region.gap:g}mm"
    else:
        size = "display: flow-root" if region.flow == "whole" else f"{after}: {region.gap:g}mm"
    asked = Markup(' data-running="{}"').format(running) if running else ""
    return Markup('<div class="placed" data-block="{}"{} style="{}">{}</div>').format(id_, asked, size, html)


def _mode(region: Region) -> str:
    return "; writing-mode: vertical-rl" if region.vertical else ""


def _box(box: Rect) -> str:
    return f"left: {box.x:.4f}mm; top: {box.y:.4f}mm; width: {box.width:.4f}mm; height: {box.height:.4f}mm"
