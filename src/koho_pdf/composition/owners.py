"""Whose words stand on a page, and who is told what is wrong with them: a field, ``koho.yaml``, or a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from koho_pdf.findings import Finding, Where
from koho_pdf.manuscript.paths import above
from koho_pdf.manuscript.scalar import Tree

CITY = ("city.", "desk.")  # the owner of words from koho.yaml, in templates of today and of format 0


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose some words are: the ``field`` they print (``data-field``), else the ``owner`` that a template names
    (``data-owner``: a field, or a key of ``koho.yaml``), else those of the ``template`` itself (``data-template``, a
    path in the workspace). ``article`` is whose block they stand in (``data-block``).
    """

    field: str | None
    owner: str | None
    template: str
    article: str = ""

    def inside(self, attributes: Mapping[str, str]) -> Whose:
        """Those of an element in it."""
        field, owner = attributes.get("data-field"), attributes.get("data-owner")
        template, article = attributes.get("data-template"), attributes.get("data-block")
        if field is owner is template is article is None:
            return self
        return Whose(
            field or self.field,
            owner or (None if field else self.owner),
            template or self.template,
            self.article if article is None else article,
        )

    @property
    def told(self) -> str | None:
        """The field or owner that is told; None for the template."""
        return self.owner or self.field


class Owners:
    """The findings about the pages of a document, without repeats. ``looks`` is the layout's stylesheet, ``source`` has
    the lines of the manuscript's fields, ``city`` those of ``koho.yaml`` by their keys; ``page`` is read now.
    """

    def __init__(self, looks: str, source: Tree, city: Mapping[str, int]) -> None:
        self.looks, self.source, self._city = looks, source, city
        self.page = 0
        self.found: dict[Finding, None] = {}

    def tell(self, finding: Finding) -> None:
        """Keep a finding; the same is told once."""
        self.found[finding] = None

    def in_koho_yaml(self, key: str) -> Where:
        """The line of a key there."""
        return Where("koho.yaml", self._city.get(key))

    def where(self, whose: Whose, page: int | None = None) -> Where:
        """The source of some words: the line of a field, of ``koho.yaml``, or else the template."""
        page, name = page or self.page, whose.told
        if name is None:
            return Where(whose.template, page=page)
        if name.startswith(CITY):
            return replace(self.in_koho_yaml(own(name)), page=page)
        known = name
        while known and known not in self.source.lines:  # a paragraph of a text has the line of the text
            known = above(known)
        line = self.source.lines.get(known) if known else None
        return Where(self.source.of(name).file if line else None, line, None, name, page)


def own(owner: str) -> str:
    """The key in ``koho.yaml`` for words from there; another owner unchanged."""
    return owner.partition(".")[2] if owner.startswith(CITY) else owner
