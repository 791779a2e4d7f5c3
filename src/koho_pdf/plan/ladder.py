"""The ladder of a region (``fit``): how its articles are set tighter, step by step, until they fit.

Steps add up: the first key goes from its gentlest value to its tightest, then the next one joins it. A key that gains
nothing is left out again. The first setting that fits is taken; if none does, the tightest one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

from koho_pdf.layout.regions import Region, Setting
from koho_pdf.plan.filling import HAIR


def climbed(region: Region, over: Callable[[Region], float]) -> Region:
    """The region as it is set so that its articles fit. ``over`` says how far they reach out of a setting of it, in mm
    (0: they fit; infinite: it must not be set so)."""
    at, least, left_out = tuple[Setting, ...](), over(region), False
    tightest: dict[str, float] = {}
    if least <= HAIR:
        return region
    rungs = [(key, [each for each in values if each < region.own(key)]) for key, values in region.fit]
    for key, values in rungs:
        before = at
        for value in values:
            reach = over(tried := region.tightened((*before, (key, value))))
            if reach <= HAIR:
                return tried
            if reach < least - HAIR:
                at, least = tried.done, reach
            if reach < inf:
                tightest[key] = value
        left_out |= at == before and key in tightest
    if left_out:  # two that gain nothing by themselves may do so together; and if nothing helps, less must go
        last = region.tightened(tuple(tightest.items()))
        if over(last) <= least + HAIR:
            return last
    return region.tightened(at) if at else region


def in_words(done: Sequence[Setting], *, vertical: bool) -> str:
    """What was done, for people: 行送りを27Hに、字間を97％に."""
    shape = "平体" if vertical else "長体"
    said = {
        "feed": "行送りを{:g}Hに",
        "picture": "写真の高さを{:g}mmに",
        "gap": "記事の間を{:g}mmに",
        "tracking": "字間を{:g}％に",
        "condense": f"文字を{{:g}}％の{shape}に",
    }
    return "、".join(said[key].format(value) for key, value in done)


def in_short(done: Sequence[Setting], *, vertical: bool) -> str:
    """The same for a table: 行送り27H、字間97％."""
    shape = "平体" if vertical else "長体"
    said = {"feed": "行送り{:g}H", "picture": "写真{:g}mm", "gap": "記事の間{:g}mm", "tracking": "字間{:g}％"}
    return "、".join({**said, "condense": f"{shape}{{:g}}％"}[key].format(value) for key, value in done)
