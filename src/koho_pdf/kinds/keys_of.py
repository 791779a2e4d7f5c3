"""What the keys of one article say that may stand on any (``content.article_keys``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from koho_pdf.content.articles import About, Article, untyped
from koho_pdf.content.blocks import Block, Part, Words
from koho_pdf.content.values.model import Closed
from koho_pdf.content.values.runs import InlineText, Text
from koho_pdf.kinds.types.past import PastArticle
from koho_pdf.manuscript.paths import joined

PLAIN, SOURCE = "やさしい日本語", "出典："


@dataclass(frozen=True, slots=True)
class KeysOf:
    """The keys of an article: of a kind of its own, or a group of the issue, whose place is ``field``. What it does
    not say itself, the section ``around`` it says; a field of its own with the name of a key says nothing here."""

    group: Any
    field: str = ""
    around: KeysOf | None = None

    def _own(self, name: str) -> Any:
        return getattr(self.group, name) if isinstance(self.group, Closed) and name in type(self.group).KEYS else None

    def _said(self, name: str) -> Any:
        own = self._own(name)
        return own if own or self.around is None else self.around._said(name)

    @property
    def department(self) -> str:
        """担当課 in plain words."""
        found = self._said("department")
        return str(found) if found else ""

    @property
    def section(self) -> InlineText | None:
        """The heading over the article and others."""
        found: InlineText | None = self._own("section")
        return found

    @property
    def unplaced(self) -> str:
        """The reason why it stands on no page."""
        return str(self._own("unplaced") or "")

    @property
    def leftover(self) -> str:
        """The words of a received manuscript that found no place; empty for none."""
        return str(self._own("leftover") or "")

    @property
    def carried(self) -> str:
        """The issue from which it was copied, while nobody has looked at it."""
        return str(self._own("carried") or "")

    def about(self) -> About:
        """What programs are told of it; the words that follow it are its own."""
        department, source, plain = self._said("department"), self._own("source"), self._own("plain")
        return About(
            importance=self._said("importance") or "",
            deadline=self._said("deadline"),
            department=department.data() if department else {},
            readings=self._readings(),
            source=source.plain if source else "",
            plain=tuple(each.plain for each in plain) if plain else (),
            corrects=tuple(each.source for each in self._values() if isinstance(each, PastArticle)),
        )

    def _values(self) -> Iterable[object]:
        return vars(self.group).values() if isinstance(self.group, Closed) else ()

    def _readings(self) -> dict[str, str]:
        return {**(self.around._readings() if self.around else {}), **(self._own("readings") or {})}

    def beside(self) -> tuple[Block, ...]:
        """The blocks that stand on no page: what it says in plain Japanese, and where it is from."""
        found: list[Block] = []
        if plain := self._own("plain"):
            field = joined(self.field, "plain")
            words = tuple(Words(each, "body", each.field) for each in plain)
            found.append(Part(words, untyped(PLAIN, field), field))
        if source := self._own("source"):
            told = replace(source, runs=(Text(SOURCE), *source.runs), source=SOURCE + source.source)
            found.append(Words(told, "note", source.field))
        return tuple(found)

    def following(self, article: Article, blocks: tuple[Block, ...] = ()) -> Article:
        """The last article of a section, with the section's own ``blocks``, and after them what stands on no page."""
        beside, about = self.beside(), self.about()
        own = article.blocks[len(article.on_pages.blocks) :]
        source = "、".join(filter(None, (article.about.source, about.source)))
        return replace(
            article,
            blocks=(*article.on_pages.blocks, *blocks, *own, *beside),
            beside=article.beside + len(beside),
            about=replace(article.about, plain=(*article.about.plain, *about.plain), source=source),
        )
