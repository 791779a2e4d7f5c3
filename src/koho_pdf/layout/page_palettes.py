"""The inks of the pages of a plan: which pages have fewer inks than the job, and the layout's colours in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from koho_pdf.layout.planned import plan_of
from koho_pdf.press.inks import laid
from koho_pdf.press.page_inks import PageInks, for_page

if TYPE_CHECKING:
    from koho_pdf.content.issue import Issue
    from koho_pdf.layout.contract import Colour, Layout
    from koho_pdf.press.colour import ProcessColour
    from koho_pdf.press.profile import Inks, Press


def inks_of_pages(issue: Issue, press: Press) -> dict[int, str]:
    """The set of inks of every page of the plan, by its number from 1; empty without a plan."""
    plan = plan_of(issue)
    return {number: page.inks or press.inks.kind for number, page in enumerate(plan.pages, 1)} if plan else {}


def palettes(
    issue: Issue, layout: Layout, press: Press, of_job: Mapping[str, Colour]
) -> tuple[dict[int, PageInks], dict[str, dict[str, Colour]]]:
    """For each page with other inks than the job what becomes of its colours; and for each set of inks the colours that
    the layout chose for it. ``of_job`` are the layout's colours in the inks of the job.
    """
    pages: dict[int, PageInks] = {}
    chosen: dict[str, dict[str, Colour]] = {}
    made: dict[str, PageInks] = {}
    for number, kind in inks_of_pages(issue, press).items():
        if kind == press.inks.kind:
            continue
        if kind not in made:
            limited = for_page(press, kind)
            chosen[kind] = chosen_colours(layout, limited.inks)
            pairs = {
                drawn: ours
                for name, value in chosen[kind].items()
                for drawn, ours in zip(members(of_job[name]), members(value), strict=True)
            }
            named = {drawn: name for name, value in reversed([*of_job.items()]) for drawn in members(value)}
            made[kind] = PageInks(limited, pairs, named)
        pages[number] = made[kind]
    return pages, chosen


def chosen_colours(layout: Layout, inks: Inks) -> dict[str, Colour]:
    """The colours that the layout itself gives for two inks or one; none with four."""
    few = {2: layout.colours_two, 1: layout.colours_one}.get(len(inks.plates), {})
    return {
        name: tuple(laid(each, inks) for each in value) if isinstance(value, tuple) else laid(value, inks)
        for name, value in few.items()
    }


def members(colour: Colour) -> tuple[ProcessColour, ...]:
    """A colour, or those of a list."""
    return colour if isinstance(colour, tuple) else (colour,)
