"""Which article a place of a page belongs to, and where a text stands. Arithmetic over a round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from koho_pdf.geometry import Rect
from koho_pdf.manuscript.paths import above, article_in, is_in
from koho_pdf.rounds.round import Proofed, Round, Standing


@dataclass(frozen=True)
class Belonging:
    """The places of a round, asked by article and by field."""

    round: Round

    @cached_property
    def _by_id(self) -> dict[str, Proofed]:
        return {article_in(each.begins): each for each in self.round.articles if article_in(each.begins)}

    @cached_property
    def _by_field(self) -> dict[str, Proofed]:
        return {_bare(passage.field): each for each in self.round.articles for passage in each.passages}

    @cached_property
    def _front(self) -> Proofed | None:
        """The article of all that is nobody else's: contents, the colophon, the month."""
        return self.round.articles[0] if self.round.articles else None

    def article_of(self, field: str) -> Proofed | None:
        """The article that a field belongs to."""
        if id_ := article_in(field):
            return self._by_id.get(id_, self._front)
        if known := self._by_field.get(_bare(field)):
            return known
        around = [each for each in self.round.articles if not article_in(each.begins) and is_in(field, each.begins)]
        return max(around, key=lambda each: len(each.begins), default=self._front)

    def department_of(self, field: str) -> str:
        """The department that a field belongs to."""
        article = self.article_of(field)
        return article.department if article else ""

    @cached_property
    def of_articles(self) -> dict[str, tuple[Standing, ...]]:
        """Where each article stands, by its key."""
        found: dict[str, list[Standing]] = {each.key: [] for each in self.round.articles}
        for place in self.round.places:
            if article := self.article_of(place.field):
                found[article.key].append(place)
        return {key: tuple(places) for key, places in found.items()}

    def places_of(self, field: str) -> tuple[Standing, ...]:
        """Where a text stands: its own places, else those of the nearest group around it that stands somewhere; of an
        issue's own field that stands nowhere, none."""
        bare = _bare(field)
        if exact := self._exact.get(bare):
            return tuple(exact)
        for name in _outwards(bare):
            if found := tuple(each for each in self._near(name) if is_in(each.field, name)):
                return found
        return ()

    @cached_property
    def _exact(self) -> dict[str, list[Standing]]:
        found: dict[str, list[Standing]] = {}
        for each in self.round.places:
            found.setdefault(each.field, []).append(each)
        return found

    def _near(self, field: str) -> Sequence[Standing]:
        article = self.article_of(field)
        return self.of_articles[article.key] if article else self.round.places

    def pages_of(self, article: Proofed) -> tuple[int, ...]:
        """The pages on which something of an article stands."""
        return tuple(sorted({each.page for each in self.of_articles[article.key]}))


def _bare(field: str) -> str:
    return field.partition("#")[0]


def _outwards(field: str) -> Iterator[str]:
    """The field itself, then the groups around it, as far as the article."""
    while field:
        yield field
        field = above(field)


def hulls(places: Sequence[Standing], page: int, gap: tuple[float, float]) -> list[Rect]:
    """The parts of a page that these places fill, joined where less than ``gap`` (across, down, in mm) is between."""
    left = [piece for each in places if each.page == page for piece in each.pieces]
    made: list[Rect] = []
    while left:
        hull, left = left[0], left[1:]
        grew = True
        while grew:
            near = [each for each in left if _near(hull, each, gap)]
            left = [each for each in left if each not in near]
            grew = bool(near)
            for each in near:
                hull = hull.union(each)
        made.append(hull)
    return made


def _near(one: Rect, other: Rect, gap: tuple[float, float]) -> bool:
    across = max(one.x, other.x) - min(one.right, other.right)
    down = max(one.y, other.y) - min(one.bottom, other.bottom)
    return across <= gap[0] and down <= gap[1]
