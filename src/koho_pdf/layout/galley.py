"""Issue + layout -> galley (ゲラ): HTML and CSS of one edition, not yet paged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from markupsafe import Markup

from koho_pdf.content.articles import about
from koho_pdf.content.public import every_picture
from koho_pdf.content.unplaced import on_pages
from koho_pdf.kinds.reading_order import articles_of, own_readings
from koho_pdf.layout.city import City
from koho_pdf.layout.face_roles import chosen_keys, with_faces
from koho_pdf.layout.off_page import OffPage
from koho_pdf.layout.page_palettes import chosen_colours, members, palettes
from koho_pdf.layout.page_sizes import named_pages
from koho_pdf.layout.partials import shown_by_kind, styles_of_kinds
from koho_pdf.layout.planned import (
    NOWHERE,
    PAGES,
    Placing,
    keep_outs_of,
    page_of,
    pages_of,
    plan_of,
    strips_of,
)
from koho_pdf.layout.readings import Readings
from koho_pdf.layout.sample_mark import sample_marked
from koho_pdf.layout.stylesheets import (
    LINES_OF_LINKS,
    Shown,
    declared,
    read_style,
    table_style,
    variables,
    with_no_other_line,
)
from koho_pdf.layout.templates import render
from koho_pdf.layout.unpaged import Galley
from koho_pdf.press.colour import screen_hex
from koho_pdf.press.inks import reduced

if TYPE_CHECKING:
    from koho_pdf.content.issue import Issue
    from koho_pdf.layout.contract import Colour, Layout
    from koho_pdf.press.profile import Press


T = TypeVar("T")
U = TypeVar("U")

_ALIKE: Mapping[int, Mapping[str, object]] = {}
"""No page has other inks than the job."""

_STRIPS = "strips.html"


def print_galley(
    issue: Issue, layout: Layout, city: City, press: Press, folder: Path, root: Path, placing: Placing = NOWHERE
) -> Galley:
    """For the print shop ``press``: the job's inks, bleed; ``folder`` is the issue's, ``root`` the workspace."""
    of_job = inked(layout, press)
    pages, chosen = palettes(issue, layout, press, of_job)
    colours, inks = _written(of_job), len(press.inks.plates)
    own = {kind: _written(each) for kind, each in chosen.items()}
    more = "".join(f'.page[data-inks="{kind}"] {{ {declared(each)} }}\n' for kind, each in own.items())
    by_page = {
        number: {"inks": len(each.press.inks.plates), "colours": {**colours, **own[each.press.inks.kind]}}
        for number, each in pages.items()
    }
    made = _galley(
        "print",
        issue,
        layout,
        city,
        folder,
        root,
        colours,
        press,
        layout.bleed,
        inks,
        placing,
        more=more,
        pages=by_page,
    )
    return replace(made, page_inks=pages)


def screen_galley(
    issue: Issue, layout: Layout, city: City, folder: Path, root: Path, placing: Placing = NOWHERE
) -> Galley:
    """For the screen: the same pages at trim size, the same colours through the output profile."""
    return _galley("screen", issue, layout, city, folder, root, screen_colours(layout, city), city.press, 0, 4, placing)


def web_page(issue: Issue, layout: Layout, city: City, root: Path, *, alone: bool = False) -> str:
    """The web page as one HTML text, from the layout's ``web.html`` and ``web.css``; art inlined, pictures named.

    ``alone``: it has no article pages beside it, so it links to none.
    """
    colours = screen_colours(layout, city)
    styles = (*table_style(layout.shared), *styles_of_kinds(issue, layout, web=True), layout.folder / "web.css")
    stylesheet = variables(colours) + "".join(read_style(path, root) for path in styles)
    return _page("web.html", "web", issue, layout, city, root, colours, stylesheet, alone=alone)


def _galley(
    edition: str,
    issue: Issue,
    layout: Layout,
    city: City,
    folder: Path,
    root: Path,
    colours: Shown,
    press: Press,
    bleed: float,
    inks: int,
    placing: Placing,
    template: str = "layout.html",
    more: str = "",
    pages: Mapping[int, Mapping[str, object]] = _ALIKE,
) -> Galley:
    width, height = layout.trim
    sheets = [
        f"@page {{ size: {width}mm {height}mm; margin: 0; bleed: {bleed}mm }}\n",
        variables(colours),
        *(read_style(path, root) for path in sorted(layout.shared.glob("*.css"))),
        *(slot.css(name) for name, slot in layout.slots.items()),
        *(read_style(path, root) for path in styles_of_kinds(issue, layout)),
        LINES_OF_LINKS.get(edition, ""),
        PAGES if layout.page_types else "",
        named_pages(layout.page_types, layout.trim) if template != _STRIPS else "",
        read_style(layout.folder / "layout.css", root),
        more,
    ]
    style = "".join(sheets)
    html = _page(
        template, edition, issue, layout, city, root, colours, style, folder, inks, placing=placing, pages=pages
    )
    html = with_no_other_line(html) if edition == "print" else html
    reach = (layout.folder, layout.shared, folder)
    pictures, outs = tuple(every_picture(issue)), keep_outs_of(issue, layout)
    made = Galley(edition, html, layout.folder, reach, press, city_lines=city.lines, pictures=pictures, keep_outs=outs)
    return replace(made, chosen=chosen_keys(city.faces, city.lines))


def _page(
    template: str,
    edition: str,
    issue: Issue,
    layout: Layout,
    city: City,
    root: Path,
    colours: Shown,
    stylesheet: str,
    folder: Path | None = None,
    inks: int = 4,
    alone: bool = False,
    placing: Placing = NOWHERE,
    pages: Mapping[int, Mapping[str, object]] = _ALIKE,
) -> str:
    def picture(file: str) -> str:
        """The address of a picture of the issue; the web page has its own copies beside it."""
        return (folder / file).resolve().as_uri() if folder else file

    context: dict[str, object] = {
        "issue": on_pages(issue) if folder else issue,
        "layout": layout,
        "city": city,
        "desk": city,  # its name in templates of format 0
        "edition": edition,
        "about": about(articles_of(issue)),
        "colours": colours,
        "inks": inks,
        "readings": Readings(city.readings, layout.readings, own_readings(issue)),
        "picture": picture,
        "page_of": page_of(plan, placing) if (plan := plan_of(issue)) else _nowhere,
        "leads_to": _nowhere if alone else _address,
        "permalink": {} if alone else {each.field: f"articles/{each.key}.html" for each in articles_of(issue)},
        # Ours, not the manuscript's: "</" cannot end the style element early.
        "stylesheet": Markup(stylesheet.replace("</", "<\\/")),
    }
    off_page = OffPage(articles_of(issue), (layout.shared,), root, context)
    context["off_page"] = off_page if folder is None else _nowhere
    context["article"] = shown_by_kind(issue, layout, root, context, on_pages=folder is not None)
    if folder and template == _STRIPS:
        context["strips"] = strips_of(issue, layout, context, placing.regions)
    elif folder and layout.page_types:

        def of_page(number: int) -> Mapping[str, object]:
            """What the template of a page is given: a page in other inks than the job has its own colours."""
            if number not in pages:
                return context
            own = {**context, **pages[number]}
            return {**own, "article": shown_by_kind(issue, layout, root, own, on_pages=True)}

        context["planned"] = pages_of(issue, layout, root, of_page, placing)
    page = with_faces(str(render((layout.folder, layout.shared), template, root, context)), city.faces)
    page = sample_marked(page, issue, web=folder is None)
    return page if folder else off_page.after(page)


def strips_galley(issue: Issue, layout: Layout, city: City, folder: Path, root: Path, placing: Placing) -> Galley:
    """The articles of the regions of ``placing``, each as wide as its column, one below the other on one endless page:
    to be measured. References name the pages on which its columns have them."""
    colours, endless = screen_colours(layout, city), "@page { size: 1000mm 50000mm; margin: 0; bleed: 0 }\n"
    usual = (colours, city.press, 0, 4, placing)
    return _galley("screen", issue, layout, city, folder, root, *usual, _STRIPS, endless)


def _nowhere(key: object, depth: int = 0) -> str:
    """No page is known of an article, no address; none of its words stand off the pages."""
    return ""


def _address(key: str) -> str:
    """The web page of an article, beside that of its issue."""
    return f"articles/{key}.html"


def inked(layout: Layout, press: Press) -> dict[str, Colour]:
    """The layout's colours in the inks of the job: as the layout says for fewer inks, otherwise reduced."""
    chosen = chosen_colours(layout, press.inks)
    colours = {**layout.colours, "rich_black": press.rich_black}
    left = [ink for name, value in colours.items() if name not in chosen for ink in members(value)]
    nearest = dict(zip(left, reduced(left, press), strict=True))
    return {
        name: chosen[name] if name in chosen else _each(value, lambda ink: nearest[ink])
        for name, value in colours.items()
    }


def lightened(layout: Layout, press: Press) -> tuple[tuple[str, float, float], ...]:
    """The layout's colours that have more ink than the press takes: name, total ink in percent as drawn and as printed.
    Members of a list have their number from 0 (``sea-9``). Jobs with fewer inks have their own tones.
    """
    if press.inks.kind != "process4":
        return ()
    made = inked(layout, press)
    pairs = [
        (name if not isinstance(value, tuple) else f"{name}-{number}", drawn.total_ink, printed.total_ink)
        for name, value in layout.colours.items()
        for number, (drawn, printed) in enumerate(zip(members(value), members(made[name]), strict=True))
    ]
    return tuple(pair for pair in pairs if pair[2] < pair[1] > press.total_ink)


def screen_colours(layout: Layout, city: City) -> dict[str, str | tuple[str, ...]]:
    """The layout's colours as a screen shows them, through the shop's output profile."""
    colours = {**layout.colours, "rich_black": city.press.rich_black}
    inks = [ink for value in colours.values() for ink in members(value)]
    shown = dict(zip(inks, screen_hex(inks, city.press.condition.profile), strict=True))
    return {name: _each(value, lambda ink: shown[ink]) for name, value in colours.items()}


def _each(value: T | tuple[T, ...], made: Callable[[T], U]) -> U | tuple[U, ...]:
    return tuple(made(member) for member in value) if isinstance(value, tuple) else made(value)


def _written(colours: Mapping[str, Colour]) -> dict[str, str | tuple[str, ...]]:
    """Colours as the print edition writes them."""
    return {name: _each(value, lambda ink: ink.device_cmyk()) for name, value in colours.items()}
