"""Findings that only follow from others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from koho_pdf.composition.document import Placed
from koho_pdf.findings import Finding
from koho_pdf.manuscript.paths import article_in, is_in
from koho_pdf.plan.placed_articles import RegionUse

_OF_ROOM = ("overset", "region-overset", "text-off-page", "text-lost", "words-unseen", "wider-than-column")
"""Too much text for its place."""
_BY_NEIGHBOURS = ("words-unseen", "picture-keep-cut", "picture-keep-near-trim", "picture-focus-hidden")
"""What too much text can do to what stands beside it; and every code that begins with ``text-``."""
_COUNTS = ("page-count", "sheet-pages", "page-multiple", "empty-page")
"""What the number of pages can do."""
_OF_REGIONS = ("region-overset", "region-fitted", "fit-below-floor", "fit-cuts-picture")
"""What the articles of a region can do together."""


def not_of(wrong: tuple[Finding, ...], found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings of later stages without those that only follow from errors told already: of the same fields, and text
    that ran out of its place on the same page, where nothing says whose it is."""
    told = [each.where.field for each in wrong if each.where.field]
    pages = {each.where.page for each in wrong if each.where.page}

    def follows(field: str) -> bool:
        return any(is_in(field, each) or is_in(each, field) for each in told)

    def ran_out(each: Finding) -> bool:
        return each.where.page in pages and (each.code == "words-unseen" or each.code.startswith("text-"))

    return tuple(each for each in found if not (follows(each.where.field) if each.where.field else ran_out(each)))


@dataclass(frozen=True, slots=True)
class Patches:
    """The ``paths`` of what stands in the place of mistakes of a manuscript (``content.patched``): what is found of it
    is no finding, nor what only follows from how much room it takes. ``lists`` are the fields that say which articles
    there are and where they stand."""

    paths: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()

    def beside(
        self, found: Iterable[Finding], placed: Iterable[Placed], uses: Iterable[RegionUse]
    ) -> tuple[Finding, ...]:
        """The findings that are true whatever will stand there. ``placed`` says where the fields are on the pages,
        ``uses`` which articles stand in which region."""
        told = tuple(found)
        if not self.paths:
            return told
        over = {each.where.field for each in told if each.code in _OF_ROOM and self.touches(each.where.field)}
        full = {each.page for each in placed if any(field and is_in(each.field, field) for field in over)}
        unsure = self._beside_articles([{each.id for each in use.articles} for use in uses])
        unlisted = any(path.split(".")[0] in self.lists for path in self.paths)

        def follows(each: Finding) -> bool:
            if each.code in _COUNTS or self.touches(each.where.field):
                return True
            if each.code in _OF_REGIONS:
                return unlisted or (bool(unsure) and article_in(each.where.field or "") in {"", *unsure})
            near = each.code in _BY_NEIGHBOURS or each.code.startswith("text-")
            article = article_in(each.where.field or "")
            return near and (each.where.page in full or article in unsure or (bool(article) and unlisted))

        return tuple(each for each in told if not follows(each))

    def _beside_articles(self, regions: Sequence[set[str]]) -> set[str]:
        """The articles that something stands in, and those that share a region with them, or with those again."""
        found = {article_in(path) for path in self.paths} - {""}
        while more := {id_ for ids in regions if ids & found for id_ in ids} - found:
            found |= more
        return found

    def touches(self, field: str | None) -> bool:
        """Whether something of a field, or around it, was put in."""
        return bool(field) and any(
            each and (is_in(field or "", each) or is_in(each, field or "")) for each in self.paths
        )


SOUND = Patches()
"""A manuscript without mistakes."""
