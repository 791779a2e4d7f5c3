"""The pages of a plan as HTML: each by its type's template ``pages/<type>.html``, its regions filled with articles.

``layout.html`` has ``{{ planned }}`` where they go. A page's template has all that ``layout.html`` has, and ``page``
(``number``, ``side``, ``type``, ``first``, ``last``), ``region("main")``, ``page_of(id)`` and ``contents``. Page
numbers and references are words out of the plan: a page made alone is the same as in the whole issue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.articles import Article
from koho_pdf.content.blocks import Words, within
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import Plan
from koho_pdf.content.values.runs import InlineText
from koho_pdf.geometry import Rect
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.kinds.types.references import ContentsField
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.regions import Region
from koho_pdf.layout.templates import render

Place = tuple[int, str]
"""A region of the plan: its page (from 1) and its name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article in a column by its id, or of a divided one the rows from ``first`` to before ``end`` (None: to its
    last), and how much of the column that takes (``room``, mm). Or the ``words`` that lead on to the page where it goes
    on, or ``back``.
    """

    id: str
    room: float
    first: int = 0
    end: int | None = None
    words: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its ``number`` with its pieces; it begins ``top`` mm below its region's head. It may ``span`` all."""

    pieces: tuple[Piece, ...]
    number: int
    top: float = 0.0
    spans: bool = False


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the articles of a plan stand: the ``columns`` of all regions, and those ``regions`` that are set tighter
    than the layout says (``fit``)."""

    columns: Mapping[Place, tuple[Column, ...]] = field(default_factory=dict)
    regions: Mapping[Place, Region] = field(default_factory=dict)


NOWHERE = Placing()
PAGES = """\
.page { position: relative; break-before: page; overflow: hidden }
.page:first-of-type { break-before: auto }
:where(.region) :where(li, dl > div, table, .table, figure) { break-inside: avoid }
:where(.region) :where(li, dl > div):first-child { break-after: avoid }
:where(.region) :where(li, dl > div):last-child { break-before: avoid }
.goes-on, .comes-from { margin: 0; white-space: nowrap; text-align: left }
.goes-on { text-align: right }
"""
"""Pages of a plan: each stands on a page of its own. Where columns divide an article they divide no item of a list and
no table, unless it is deeper than a column; one item of a list never stands alone."""


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
    begun: set[str] = set()
    fields = type(issue).described.fields
    named = [id_ for name, each in fields.items() if isinstance(each, ContentsField) for id_ in getattr(issue, name)]
    for number, planned in enumerate(plan.pages, 1):
        type_ = layout.page_types.get(planned.type)
        if type_ is None or only not in (0, number):
            continue
        side = _side(number, layout.binding)
        page = Page(number, side, planned.type, type_.title, number == 1, number == len(plan.pages))
        given = context(number)
        region = _region_of(planned.type, number, type_.regions, known, given, placing, begun)
        more = {"page": page, "region": region, "contents": _contents(plan, known, named, placing)}
        html = render((layout.folder, layout.shared), f"pages/{planned.type}.html", root, {**given, **more})
        size = f"width: {layout.trim[0]:g}mm; height: {layout.trim[1]:g}mm"
        inks = Markup(' data-inks="{}"').format(planned.inks) if planned.inks else ""
        shown = Markup('<section class="page {} {}" id="page-{}" data-page="{}"{} style="{}">{}</section>\n')
        made.append(shown.format(planned.type, side, number, number, inks, size, html))
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
    return lambda id_: begun.get(id_) or plan.page_of(id_)


def moved(issue: Issue, placing: Placing) -> bool:
    """Whether an article is placed on another page than it is planned on."""
    plan = plan_of(issue)
    begins = page_of(plan, placing) if plan else None
    return any(begins(id_) != plan.page_of(id_) for id_ in articles_by_id(issue)) if plan and begins else False


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
    held = Markup("").join(_measured(id_, each, region, running.get(id_, "")) for id_, each in html.items())
    size = f"width: {region.measure:.4f}mm"
    if region.vertical:  # as wide as the region, to which sizes of pictures in percent refer
        size = f"height: {region.measure:.4f}mm; width: {region.at.width:.4f}mm{_mode(region)}"
    shown = Markup('<section class="page {}"><div class="region {}"{}><div style="{}">{}</div></div></section>\n')
    style = Markup(' style="{}"').format(region.style.removeprefix("; ")) if region.style else ""
    return shown.format(page, region.name, style, size, held)


def _side(number: int, binding: str) -> str:
    """Page 1 is a right page where the issue is bound on the left, else a left page."""
    return "right" if (number % 2 == 1) == (binding == "left") else "left"


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
        return Markup(made(known[id_]))

    def region(name: str) -> Markup:
        if name not in regions:
            raise ValueError(f"layout.yaml のページの型「{type_}」に、領域「{name}」がありません")
        place = placing.regions.get((number, name), regions[name])
        columns = placing.columns.get((number, name), ())
        inside = Markup("").join(_column(place, column, article) for column in columns)
        box = f"{_box(place.at)}{place.style}"
        return Markup('<div class="region {}" style="position: absolute; {}">{}</div>').format(name, box, inside)

    return region


def _column(region: Region, column: Column, article: Callable[[str], Markup]) -> Markup:
    """A column with its articles, each in the room that was measured for it."""
    box = region.band(column.top) if column.spans else region.column(column.number, column.top)
    held = Markup("").join(_held(piece, region, article, spans=column.spans) for piece in column.pieces)
    style = f"{_box(box)}{_mode(region)}"
    return Markup('<div class="column" style="position: absolute; {}">{}</div>').format(style, held)


def _held(piece: Piece, region: Region, article: Callable[[str], Markup], *, spans: bool) -> Markup:
    """An article in a block of its own, so that no margin in it reaches out of what was measured; or a piece of it."""
    side, after = ("width", "margin-left") if region.vertical else ("height", "margin-bottom")
    size = f"{side}: {piece.room:.4f}mm"
    if piece.words:
        name = "comes-from" if piece.back else "goes-on"
        shown = Markup('<p class="{}" aria-hidden="true" style="{}; line-height: {:.4f}mm">{}</p>')
        return shown.format(name, size, region.line, piece.words)
    size = f"display: flow-root; {size}"
    if region.flow == "whole":
        shown = Markup('<div class="placed" data-block="{}" style="{}; {}: {:g}mm">{}</div>')
        return shown.format(piece.id, size, after, region.gap, article(piece.id))
    if spans:  # the article is composed in its column all the same
        size += f"; {'height' if region.vertical else 'width'}: {region.measure:.4f}mm"
    rows = f"{piece.id} {piece.first} {'-' if piece.end is None else piece.end} {region.line:.4f}"
    across = f"{region.across:.4f}"
    shown = Markup('<div class="placed" data-piece="{}" data-across="{}" style="{}">{}</div>')
    return shown.format(rows, across, size, article(piece.id))


def _measured(id_: str, html: Markup, region: Region, running: str) -> Markup:
    """An article that is to be measured; with its rows, if columns divide it."""
    asked = Markup(' data-running="{}"').format(running) if running else Markup()
    if region.flow == "columns":
        asked += Markup(' data-rows="" data-across="{:.4f}"').format(region.across)
    shown = Markup('<div class="placed" data-block="{}"{} style="display: flow-root">{}</div>')
    return shown.format(id_, asked, html)


def _mode(region: Region) -> str:
    return "; writing-mode: vertical-rl" if region.vertical else ""


def _box(box: Rect) -> str:
    return f"left: {box.x:.4f}mm; top: {box.y:.4f}mm; width: {box.width:.4f}mm; height: {box.height:.4f}mm"
