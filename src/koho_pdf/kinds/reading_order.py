"""Makes the articles (記事) of an issue from its kind's roles: every printed word of a manuscript is in one of them."""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.articles import Article, Section, untyped
from koho_pdf.content.blocks import Block, Refers, within
from koho_pdf.content.issue import Issue
from koho_pdf.content.public import groups_in
from koho_pdf.content.values.model import Closed
from koho_pdf.content.values.reference import Reference
from koho_pdf.content.values.runs import InlineText
from koho_pdf.findings import Finding, Where, error
from koho_pdf.kinds.keys_of import KeysOf
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField, apart, blocks_of
from koho_pdf.kinds.types.issue_articles import ArticlesField
from koho_pdf.kinds.types.references import ContentsField
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import article_in
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.platform.of_each import OfEach


def articles_of(issue: Issue) -> tuple[Article, ...]:
    """Every article of an issue, in reading order: first the article of its top-level fields (``cover``), then the
    others in the order of the fields. Every stage asks: those of the last issues stay.
    """
    for known, articles in tuple(_KNOWN):
        if known is issue:
            return articles
    kind: Kind = type(issue).described
    found = tuple(_Articles(issue, kind).all())
    headings = {each.key: each.heading for each in found}
    made = tuple(each.leading(headings) for each in found)
    _KNOWN.append((issue, made))
    return made


_MADE = OfEach[dict[tuple[bool, str], Article]]()
_KNOWN: deque[tuple[Issue, tuple[Article, ...]]] = deque(maxlen=3)
"""Issues never change (``Closed``), so neither do their articles."""


def heard_articles_of(issue: Issue) -> tuple[Article, ...]:
    """The articles as they are read aloud (``Kind.heard``), in the same order, with the same keys."""
    found = tuple(_Articles(issue, type(issue).described.heard, heard=True).all())
    headings = {each.key: each.heading for each in found}
    return tuple(each.leading(headings) for each in found)


def own_readings(issue: Issue) -> dict[str, Mapping[str, str]]:
    """The readings that only an article has, by its place in the manuscript: ``shakai:``, ``steps.1``."""
    return {each.field: each.about.readings for each in articles_of(issue) if each.about.readings}


def astray(issue: Issue, source: Tree) -> tuple[Finding, ...]:
    """A finding for each reference, and each entry of contents, to an article that the issue does not have
    (``reference-unknown``), or has in a file and on no page (``reference-nowhere``)."""
    articles = articles_of(issue)
    keys = [each.key for each in articles]
    blocks = (block for each in articles for block in within(each.blocks))
    named = [(block.to, block.field) for block in blocks if isinstance(block, Refers) and block.to not in keys]
    named += [(each.source, each.field) for each in _references(issue) if each.source not in keys]
    for name, field in type(issue).described.fields.items():
        if isinstance(field, ContentsField):
            listed = enumerate(getattr(issue, name) or ())
            named += [(id_, f"{name}.{number}") for number, id_ in listed if id_ not in keys]
    return tuple(
        _nowhere(id_, where_of(source, path)) if id_ in source.articles else _unknown(id_, keys, where_of(source, path))
        for id_, path in dict.fromkeys(named)
    )


def _references(issue: Issue) -> Iterator[Reference]:
    """Every reference of an issue: also those that are no blocks, because only pages show them (``furniture``)."""
    for group in groups_in(issue):
        values = (getattr(group, name) for name in type(group).model_fields)
        for value in values:
            yield from (
                each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, Reference)
            )


def _nowhere(id_: str, where: Where) -> Finding:
    hint = f"台割（pages）の領域に「{id_}」を書き足すか（koho plan が場所を提案します）、この行を消してください。"
    return error("reference-nowhere", f"記事「{id_}」は、まだどのページにも載っていません。", where, hint)


def _unknown(id_: str, keys: list[str], where: Where) -> Finding:
    near = difflib.get_close_matches(id_, keys, 1, 0.5)
    meant = f"「{near[0]}」のことではありませんか。" if near else ""
    hint = f"{meant}記事の名前（id）は {'・'.join(keys[:12])} です。"
    return error("reference-unknown", f"「{id_}」という記事は、この号にありません。", where, hint)


def keys_twice(issue: Issue, source: Tree) -> tuple[Finding, ...]:
    """A finding (``id-twice``) for each article whose permalink another one has: its page would be lost."""
    found: list[Finding] = []
    articles = articles_of(issue)
    sections = {section.key: section.heading.plain for each in articles for section in each.sections}
    first: dict[str, Article] = {}
    for article in sorted(articles, key=lambda each: bool(article_in(each.field))):  # those of a kind are renamed
        other = first.setdefault(article.key, article)
        taken = sections.get(article.key, "" if other is article else other.heading)
        if taken:
            told = f"記事「{article.heading[:30]}」の名前（id）「{article.key}」は、「{taken[:30]}」の名前です。"
            hint = "別の id を付けてください。アドレスになる名前なので、1つの号で2度は使えません。"
            found.append(error("id-twice", told, where_of(source, article.field), hint))
    return tuple(found)


class _Articles:
    """One issue."""

    def __init__(self, issue: Issue, kind: Kind, *, heard: bool = False) -> None:
        self._issue, self._kind, self._heard = issue, kind, heard
        self._department = _plain_at(issue, kind.department)
        self._sections: dict[str, Section] = {}

    def all(self) -> Iterator[Article]:
        if self._kind.cover:
            yield self._cover(self._kind.cover.id, self._kind.cover.of)
        for name, field in self._kind.fields.items():
            if self._kind.makes_articles(name) and (value := getattr(self._issue, name)) not in (None, ()):
                yield from self._of_field(value, field, name)

    def _cover(self, key: str, names: tuple[str, ...]) -> Article:
        """The article under the issue's own title; it begins where the title does."""
        fields = {name: self._kind.fields[name] for name in names}
        first = next(iter(self._kind.named), names[0])
        title = untyped(self._issue.as_title(), first)
        return self._article(key, title, blocks_of(self._issue, fields, ""), KeysOf(None, first))

    def _of_field(
        self, value: Any, field: Field, path: str, above: str = "", around: KeysOf | None = None
    ) -> Iterator[Article]:
        """The articles of a field; ``above`` is the key of the section around it, ``around`` what that says."""
        if isinstance(field, ArticlesField):
            yield from map(self._of_its_own, value)
            return
        if isinstance(field, ListField) and isinstance(field.of, GroupField):
            for number, item in enumerate(value, 1):
                yield from self._of_item(item, field, field.of, number if field.numbered else 0, above, around)
        else:
            yield self._whole(value, field, KeysOf(value, path, around))

    def _of_its_own(self, value: ArticleManuscript) -> Article:
        """An article of a kind of its own; one that has not changed is the same again."""
        if KeysOf(value, value.field).section:  # which depends on the articles before it
            return self._made(value)
        around = self._heard, self._department
        known = _MADE.of(dict, value)
        if around not in known:
            known[around] = self._made(value)
        return known[around]

    def _made(self, value: ArticleManuscript) -> Article:
        described: Kind = type(value).described
        kind = described.heard if self._heard else described
        blocks = blocks_of(value, kind.fields, value.field, without=(kind.heading,))
        title, printed = self._heading(value, kind.heading, value.field, kind.title)
        said = KeysOf(value, value.field)
        department = _plain_at(value, kind.department)
        return self._article(value.id, title, blocks, said, printed=printed, department=department)

    def _section_of(self, heading: InlineText | None) -> tuple[Section, ...]:
        """The section that an article names: one for each heading, in the order in which they are first named."""
        if heading is None:
            return ()
        number = list(self._sections).index(heading.plain) + 1 if heading.plain in self._sections else 0
        section = self._sections.setdefault(
            heading.plain, Section(f"section-{number or len(self._sections) + 1}", heading)
        )
        return (section,)

    def _of_item(
        self, item: Any, field: ListField, group: GroupField, number: int, above: str, around: KeysOf | None
    ) -> Iterator[Article]:
        prefix = above or field.section or field.article or ""
        key = item.id or f"{prefix}-{item.place + 1}"
        said = KeysOf(item, item.field, around)
        if field.section:
            yield from self._section(said, group, key, number)
        else:
            blocks = blocks_of(item, group.fields, item.field, without=(group.heading,))
            title, printed = self._heading(item, group.heading, item.field, field.title)
            yield self._article(key, title, blocks, said, number=number, printed=printed)

    def _section(self, said: KeysOf, group: GroupField, key: str, number: int) -> Iterator[Article]:
        """The articles of a section, in the order of its fields. What it says itself before its first article is an
        article too, named like the first of those fields; what comes later (a photograph) follows its last article. A
        section whose articles are all for print alone becomes an article itself.
        """
        item = said.group
        heading, _ = self._heading(item, group.heading, item.field, group.title)
        section = Section(key, heading, number)
        inner = {name: each for name, each in group.fields.items() if each.article}
        found = [
            article
            for name, each in inner.items()
            if (value := getattr(item, name)) not in (None, ())
            for article in self._of_field(value, each, f"{item.field}.{name}", key, said)
        ]
        if not found:
            own = blocks_of(item, group.fields, item.field, without=(group.heading, *inner))
            yield self._article(key, heading, own, said, number=number)
            return
        names = list(group.fields)
        begins = min(map(names.index, inner))
        before, after = names[:begins], names[begins:]
        if first := blocks_of(item, group.fields, item.field, without=(group.heading, *after)):
            name = first[0].field.removeprefix(f"{item.field}.").split(".")[0]
            title = untyped(group.fields[name].title or heading.plain, f"{item.field}.{name}")
            of_section = KeysOf(None, title.field, said)
            yield self._article(f"{key}-0", title, first, of_section, printed=False).within(section)
        last = blocks_of(item, group.fields, item.field, without=(group.heading, *inner, *before))
        for article in found:
            yield (said.following(article, last) if article is found[-1] else article).within(section)

    def _whole(self, value: Any, field: Field, said: KeysOf) -> Article:
        """A field that is one article; without a heading of its own it is named like the field."""
        key, path = str(field.article), said.field
        if isinstance(field, GroupField):
            title, printed = self._heading(value, field.heading, path, field.title)
            blocks = blocks_of(value, field.fields, path, without=(field.heading,))
            return self._article(key, title, blocks, said, printed=printed)
        blocks = apart(field.blocks(value, path), field, path)
        return self._article(key, untyped(field.title or path, path), blocks, said, printed=False)

    @staticmethod
    def _heading(group: Any, name: str, path: str, called: str) -> tuple[InlineText, bool]:
        """The heading of a group, its field called ``name``, and whether the pages show it."""
        heading = getattr(group, name, None) if name else None
        if isinstance(heading, InlineText):
            return heading, True
        return untyped(str(heading) if heading else called or path, path), bool(heading)

    def _article(
        self,
        key: str,
        title: InlineText,
        blocks: tuple[Block, ...],
        said: KeysOf,
        *,
        number: int = 0,
        printed: bool = True,
        department: str = "",
    ) -> Article:
        """An article where its keys stand; without a ``department`` of its own or of its kind it has the issue's."""
        beside = said.beside()
        return Article(
            key,
            said.field,
            title,
            (*blocks, *beside),
            self._section_of(said.section),
            number,
            printed,
            said.department or department or self._department,
            len(beside),
            said.about(),
        )


def _plain_at(issue: Closed, path: str) -> str:
    """The words at a dotted place of an issue; nothing for an empty one."""
    value: Any = issue
    for part in filter(None, path.split(".")):
        value = getattr(value, part, None)
    return "" if value is issue or value is None else str(value)
