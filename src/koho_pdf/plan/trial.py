"""Regions whose articles do not fit, tried in tighter settings (``ladder``)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from koho_pdf.composition.document import Block, Document
from koho_pdf.composition.rows import HAIR
from koho_pdf.layout.planned import Place
from koho_pdf.layout.regions import LEAST_FEED, Region
from koho_pdf.manuscript.paths import article_in
from koho_pdf.plan.run import Run
from koho_pdf.plan.text_run import shapes

_CUT = ("picture-keep-cut", "picture-keep-too-large")
"""What keeps a picture from being set smaller (``fit``)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Articles composed one below the other: each as a block by its id, and which pictures are ``cut`` where they must
    not be."""

    blocks: Mapping[str, Block]
    cut: frozenset[str] = frozenset()


def measured_of(document: Document) -> Measured:
    """What composed strips say of their articles."""
    return Measured(document.blocks, frozenset(each.message for each in document.findings if each.code in _CUT))


def cut_in(document: Document, ids: Collection[str]) -> dict[str, frozenset[str]] | None:
    """The same pictures by the articles ``ids``; None where one is in none of them."""
    found = {id_: set[str]() for id_ in ids}
    for each in document.findings:
        if each.code in _CUT:
            article = article_in(each.where.field or "")
            if article not in found:
                return None
            found[article].add(each.message)
    return {id_: frozenset(messages) for id_, messages in found.items()}


Measure = Callable[[Mapping[Place, Region]], Measured]
"""Composes the articles of these regions, each set as its region says."""


class Trial:
    """The ``regions`` of a run, and what their articles are like in other settings. What is composed is kept: a setting
    that differs only in its gaps is not composed again. ``refused`` are the keys of ``fit`` that were not followed to
    their end, with the value that must not be passed.

    The regions of a run are set alike, as the first one says: an article that goes on in the next is composed once.
    """

    def __init__(self, run: Run, regions: Sequence[Region], measured: Measured, measure: Measure) -> None:
        self.regions = tuple(regions)
        self.refused: dict[str, float] = {}
        self._run, self._measure, self._cut = run, measure, measured.cut
        blocks = self._elsewhere(self.regions, _blocks(run, measured))
        self._known = {_type_of(self.regions): (blocks, frozenset[str]())}

    def as_set(self, first: Region) -> tuple[Region, ...]:
        """The regions, all set as the first one is."""
        return (first, *(_as(first, region) for region in self.regions[1:]))

    def blocks(self, regions: tuple[Region, ...]) -> tuple[Block, ...]:
        """The articles of the run in a setting."""
        return self._composed(regions)[0]

    def over(self, first: Region) -> float:
        """How far the articles reach out of a setting, in mm; infinite if lines would stand too near to each other, or
        a picture would be cut where it must not be."""
        regions = self.as_set(first)
        blocks, cut = self._composed(regions)
        largest = max((each.size for each in blocks), default=0.0)
        if first.line < self.regions[0].line and first.line < LEAST_FEED * largest - HAIR:
            self.refused["feed"] = LEAST_FEED * largest
            return inf
        if cut:
            self.refused["picture"] = first.picture
            return inf
        return max(self._run.filled(regions, blocks).over)

    def _composed(self, regions: tuple[Region, ...]) -> tuple[tuple[Block, ...], frozenset[str]]:
        key = _type_of(regions)
        if key not in self._known:
            made = self._measure(dict(zip(self._run.places, regions, strict=True)))
            self._known[key] = self._elsewhere(regions, _blocks(self._run, made)), made.cut - self._cut
        return self._known[key]

    def _elsewhere(self, regions: Sequence[Region], blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The articles with what they are in columns of other widths, if text of the run comes to such columns: set as
        where they are planned, with longer or shorter lines."""
        known = shapes(regions, blocks)
        if len(known) < 2:
            return blocks
        made = []
        for shape in known:
            shaped = [replace(region, length=shape[0], breadth=shape[1]) for region in regions]
            made.append((shape, self._measure(dict(zip(self._run.places, shaped, strict=True))).blocks))
        found = []
        for id_, block in zip(self._run.every, blocks, strict=True):
            rows = tuple((shape, of.get(id_, block).rows) for shape, of in made)
            found.append(replace(block, rows=rows[0][1], elsewhere=rows))
        return tuple(found)


def _as(first: Region, region: Region) -> Region:
    """A region that is set as the first one is, where that is tighter."""
    done = tuple((key, value) for key, value in first.done if value < region.own(key))
    return region.tightened(done) if done else region


def _blocks(run: Run, measured: Measured) -> tuple[Block, ...]:
    return tuple(measured.blocks.get(each, Block(0.0)) for each in run.every)


def _type_of(regions: Sequence[Region]) -> tuple[Region, ...]:
    """A setting without what changes nothing in the articles themselves."""
    return tuple(replace(region, gap=0, done=()) for region in regions)
