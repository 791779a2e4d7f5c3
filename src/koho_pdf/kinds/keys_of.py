"""What the keys of one article say that may stand on any (``content.article_keys``)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.articles import About, untyped
from koho_pdf.content.blocks import Block, Part, Words
from koho_pdf.content.values.runs import InlineText, Text

PLAIN, SOURCE = "やさしい日本語", "出典："


class KeysOf:
    """The keys of an article; one that its kind has as a field of its own says nothing here."""

    def __init__(self, article: ArticleManuscript) -> None:
        self._article, self._own = article, type(article).described.fields

    def _said(self, name: str) -> Any:
        return None if name in self._own else getattr(self._article, name, None)

    @property
    def department(self) -> str:
        """担当課 in plain words."""
        found = self._said("department")
        return str(found) if found else ""

    @property
    def section(self) -> InlineText | None:
        """The heading over the article and others."""
        found: InlineText | None = self._said("section")
        return found

    @property
    def unplaced(self) -> str:
        """The reason why it stands on no page."""
        return str(self._said("unplaced") or "")

    def about(self) -> About:
        """What programs are told of it."""
        department, source, plain = (self._said(name) for name in ("department", "source", "plain"))
        return About(
            importance=self._said("importance") or "",
            deadline=self._said("deadline"),
            department=department.data() if department else {},
            readings=self._said("readings") or {},
            source=source.plain if source else "",
            plain=tuple(each.plain for each in plain) if plain else (),
        )

    def beside(self) -> tuple[Block, ...]:
        """The blocks that stand on no page: what it says in plain Japanese, and where it is from."""
        found: list[Block] = []
        if plain := self._said("plain"):
            field = f"{self._article.field}plain"
            words = tuple(Words(each, "body", each.field) for each in plain)
            found.append(Part(words, untyped(PLAIN, field), field))
        if source := self._said("source"):
            told = replace(source, runs=(Text(SOURCE), *source.runs), source=SOURCE + source.source)
            found.append(Words(told, "note", source.field))
        return tuple(found)
