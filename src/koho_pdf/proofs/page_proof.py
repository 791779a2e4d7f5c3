"""What a session hands out: the proofs of an issue's pages, and all that is found about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from koho_pdf.composition.document import Placed
from koho_pdf.composition.mutters import told
from koho_pdf.findings import Finding
from koho_pdf.layout.unpaged import Galley
from koho_pdf.plan.placed_articles import RegionUse

_ID = re.compile(r"<[a-zA-Z][^>]*?\sid=\"([^\"]+)\"")
_HREF = re.compile(r"<a\b[^>]*?\shref=\"#([^\"]+)\"")
_ELSEWHERE = ("link-to-nowhere", "anchor-twice")
"""What one page alone cannot know; of the whole it is looked at here."""
_ONCE = ("glyph-stands-in",)
"""What is told on the first page only."""


@dataclass(frozen=True, slots=True)
class PageProof:
    """A page: its ``picture`` (PNG; None if the engine cannot draw it), where the fields stand on it, what was found on
    it. Its ``key`` is a SHA-256 of everything that the picture depends on. Page numbers in it are those of the issue.
    """

    number: int
    key: str
    picture: bytes | None
    placed: tuple[Placed, ...]
    findings: tuple[Finding, ...]

    def at(self, number: int) -> PageProof:
        """The same as the page of another number."""
        step = number - self.number
        if not step:
            return self
        found = tuple(
            replace(each, where=replace(each.where, page=each.where.page + step)) if each.where.page else each
            for each in self.findings
        )
        placed = tuple(replace(each, page=each.page + step) for each in self.placed)
        return replace(self, number=number, placed=placed, findings=found)


@dataclass(frozen=True, slots=True)
class Proof:
    """A round: every page, all findings about the manuscript and the pages, how full the regions are, and the numbers
    of the pages that were ``composed`` in this round.
    """

    pages: tuple[PageProof, ...]
    findings: tuple[Finding, ...]
    uses: tuple[RegionUse, ...]
    composed: tuple[int, ...]

    @property
    def placed(self) -> tuple[Placed, ...]:
        """Where the fields stand on all pages."""
        return tuple(field for page in self.pages for field in page.placed)


def of_all(pages: Sequence[PageProof]) -> Iterator[Finding]:
    """The findings of all pages in the order of the pages, without those that only a whole can have."""
    once = set[tuple[str, str | None]]()
    for found in (found for page in pages for found in page.findings):
        if found.code in _ELSEWHERE or (found.code in _ONCE and (found.message, found.where.field) in once):
            continue
        once.add((found.message, found.where.field))
        yield found


def between_pages(galley: Galley, root: Path) -> tuple[Finding, ...]:
    """What is wrong between the pages of a galley: a link whose mark is nowhere, a mark that is there twice."""
    ids = Counter(_ID.findall(galley.html))
    said = [f"No anchor #{name} for internal URI reference" for name in _HREF.findall(galley.html) if name not in ids]
    said += [f"Anchor defined twice: '{name}'" for name, count in ids.items() if count > 1]
    return told(said, galley, root)
