"""Regions of a plan that are filled together: what the kinds of them have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from koho_pdf.composition.document import Block
from koho_pdf.layout.planned import Place
from koho_pdf.layout.region_html import Column
from koho_pdf.layout.regions import Region
from koho_pdf.plan.fitting import ArticleUse


@dataclass(frozen=True, slots=True)
class Filled:
    """How the regions of a run are filled: what is ``used`` of each and how far its articles reach out of it (``over``,
    0: they do not), in mm; ``last`` is the article that reaches out, by its id. ``stand`` is the run's own.
    """

    used: tuple[float, ...]
    over: tuple[float, ...]
    last: str
    stand: Any


class Run(Protocol):
    """Regions that are filled together, by their ``places``, and the articles of ``every`` one in order, by their ids.

    What they are asked is given the regions as they are set and the articles as they are measured, in the same order.
    """

    @property
    def places(self) -> tuple[Place, ...]: ...

    @property
    def every(self) -> tuple[str, ...]: ...

    def filled(self, regions: Sequence[Region], blocks: Sequence[Block]) -> Filled:
        """The regions filled."""
        ...

    def columns(
        self, fit: Filled, regions: Sequence[Region], titles: Mapping[str, str]
    ) -> tuple[tuple[Column, ...], ...]:
        """The columns of each region with what stands in them; ``titles`` are those of the articles by their ids."""
        ...

    def uses(self, regions: Sequence[Region], blocks: Sequence[Block]) -> tuple[tuple[ArticleUse, ...], ...]:
        """The articles that are planned in each region, and how many characters they have left."""
        ...
