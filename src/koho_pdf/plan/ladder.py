"""The ladder of a region or slot (``fit``): how what is in it is set tighter, step by step, until it fits.

Steps add up: the first key goes from its gentlest value to its tightest, then the next one joins it. A key that gains
nothing is left out again. The first setting that fits is taken; if none does, the tightest one.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from math import inf
from typing import Protocol, Self, TypeVar, cast

from koho_pdf.composition.rows import HAIR
from koho_pdf.layout.regions import Rung, Setting


class Settable(Protocol):
    """A region or a slot, as the ladder sees it."""

    @property
    def fit(self) -> tuple[Rung, ...]:
        """What may be done, in order."""

    @property
    def done(self) -> tuple[Setting, ...]:
        """What was done."""

    def own(self, key: str) -> float:
        """Its own value of a key."""

    def tightened(self, done: tuple[Setting, ...]) -> Self:
        """It set so."""


T = TypeVar("T", bound=Settable)


def climbed(thing: T, over: Callable[[T], float]) -> T:
    """A region or slot as it is set so that what is in it fits. ``over`` says how far that reaches out of a setting (0:
    it fits; infinite: it must not be set so)."""
    steps = climbing(thing)
    tried = next(steps)
    while True:
        try:
            tried = steps.send(over(tried))
        except StopIteration as found:
            return cast("T", found.value)


def climbing(thing: T) -> Generator[T, float, T]:
    """The settings to be tried one after the other, the first as it is; is told of each how far it is over."""
    at, left_out = tuple[Setting, ...](), False
    least = yield thing
    tightest: dict[str, float] = {}
    if least <= HAIR:
        return thing
    rungs = [(key, [each for each in values if each < thing.own(key)]) for key, values in thing.fit]
    for key, values in rungs:
        before = at
        for value in values:
            reach = yield (tried := thing.tightened((*before, (key, value))))
            if reach <= HAIR:
                return tried
            if reach < least - HAIR:
                at, least = tried.done, reach
            if reach < inf:
                tightest[key] = value
        left_out |= at == before and key in tightest
    if left_out:  # two that gain nothing by themselves may do so together; and if nothing helps, less must go
        last = thing.tightened(tuple(tightest.items()))
        if (yield last) <= least + HAIR:
            return last
    return thing.tightened(at) if at else thing


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
