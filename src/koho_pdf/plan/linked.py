"""Which regions of a plan are filled together."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from koho_pdf.content.plan import Plan
from koho_pdf.layout.planned import Place
from koho_pdf.layout.regions import NEXT, Region
from koho_pdf.plan.run import Run
from koho_pdf.plan.text_run import TextRun
from koho_pdf.plan.whole_run import WholeRun


def runs(plan: Plan, regions: Mapping[Place, Region], known: Collection[str]) -> tuple[Run, ...]:
    """Every region of the plan in one run, in the order of their first places; ``known`` are the ids of articles."""
    onward: dict[Place, Place] = {}
    for place, region in regions.items():
        follows = _follows(place, region, regions)
        if follows and follows not in onward.values():
            onward[place] = follows

    def ids(place: Place) -> tuple[str, ...]:
        return tuple(each for each in plan.pages[place[0] - 1].regions.get(place[1], ()) if each in known)

    made: list[Run] = []
    for place in (each for each in regions if each not in onward.values()):
        if regions[place].flow == "whole":
            made.append(WholeRun(place, ids(place)))
            continue
        through = [place]
        while through[-1] in onward:
            through.append(onward[through[-1]])
        made.append(TextRun(tuple(through), tuple(map(ids, through))))
    return tuple(made)


def _follows(place: Place, region: Region, regions: Mapping[Place, Region]) -> Place | None:
    """The region in which text of a region goes on, if there is one."""
    if region.overflow is None:
        return None
    if region.overflow.to != NEXT:
        there = (place[0], region.overflow.to)
        return there if there in regions else None
    later = [each for each in regions if each[0] > place[0] and each[1] == place[1]]
    later = [each for each in later if regions[each].takes_from(region)]
    return next((each for each in later if regions[each].is_as_wide_as(region)), later[0] if later else None)
