"""Fields that hold fields: a group, and a list of texts or of groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any, ClassVar

from pydantic import Field as Told
from pydantic import PlainValidator, Strict, WithJsonSchema, create_model

from koho_pdf.content.article_keys import BESIDE, keys_beside
from koho_pdf.content.articles import untyped
from koho_pdf.content.blocks import Block, Fields, Labelled, Listing, Part, Words
from koho_pdf.content.values.ids import Id
from koho_pdf.content.values.model import Answer, Closed, Media, Plain, text_given
from koho_pdf.content.values.runs import InlineText
from koho_pdf.content.values.telephone import Telephone
from koho_pdf.findings import error
from koho_pdf.kinds.grouped import Grouped, Item
from koho_pdf.kinds.types.field import Field, said
from koho_pdf.manuscript.paths import joined
from koho_pdf.manuscript.refusal import Refusal

OF_FIELD: dict[str, Any] = {"format": "field of a kind"}
"""Marks "any field" in a schema, because pydantic does not accept our reference (``kind_schema``)."""


def _count(value: object) -> int:
    text = str(text_given(value)).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Refusal(
            error(
                "number-not-understood",
                f"「{text[:20]}」は、個数として読めません。",
                hint="0以上の整数を、半角の数字で書いてください。例: 3",
            )
        )
    return int(text)


Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]


def _members(value: object) -> Mapping[str, Field]:
    if not isinstance(value, dict) or not value:
        hint = "次の行から、「名前: {type: text, title: 見出し}」のように、字下げして1つずつ書いてください。"
        raise Refusal(error("not-a-group", "項目を並べるところです。", hint=hint))
    return MappingProxyType(value)


Members = Annotated[
    Mapping[str, Field],
    PlainValidator(_members),
    WithJsonSchema({"type": "object", "additionalProperties": OF_FIELD}),
]
"""The fields of a group by their names, already read (``kinds.kind_file``)."""

Member = Annotated[
    Field,
    PlainValidator(lambda value: value),
    WithJsonSchema({"anyOf": [{"type": "string"}, OF_FIELD]}),
]


class GroupField(Field):
    """Fields that belong together.

    ``name`` is the group's name in the JSON Schema. Its heading is the field with the role ``heading``.
    """

    called: ClassVar = "group"
    label: ClassVar = "まとまり"
    about: ClassVar = "いくつかの項目のまとまり。fields に中の項目、name に半角の名前。"
    takes_default: ClassVar = False
    one_line: ClassVar = False

    name: Plain = Told(title="名前", description="JSON Schema での、まとまりの名前（半角の英字）。例: Pillar")
    fields: Members = Told(title="項目", description="まとまりの中の項目。")

    @property
    def heading(self) -> str:
        """The name of the field that is its heading; empty if there is none."""
        return next((name for name, field in self.fields.items() if field.role == "heading"), "")

    def annotation(self) -> Any:
        wanted = {"section": not self._in_section, "unplaced": self.optional}  # a required group cannot be left out
        without = ["carried", "leftover", *(name for name, may in wanted.items() if not may)]
        more = keys_beside(self.fields, without) if self.article else {}
        return model_of(self.name, self.fields, Grouped, may_go=self.optional, more=more)

    def item(self, more: Mapping[str, tuple[Any, Any]] = MappingProxyType({})) -> Any:
        """The model of one of several, with the keys of an article if it is one."""
        return model_of(self.name, self.fields, Item, may_go=True, more=more)

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        heading = getattr(value, self.heading) if self.heading else None
        if heading is not None and not isinstance(heading, InlineText):  # a plain text, a date, a name
            heading = untyped(str(heading), f"{name}.{self.heading}")
        return (Part(blocks_of(value, self.fields, name, without=(self.heading,)), heading, name, self.role or ""),)


class ListField(Field):
    """One or more texts or groups; ``least`` 0 lets it be left out.

    ``section`` makes a heading of each group for the articles in it; ``numbered`` counts them.
    """

    called: ClassVar = "list"
    label: ClassVar = "並び"
    about: ClassVar = "いくつも並べるもの。of に中身の型、least と most に個数。"
    takes_default: ClassVar = False
    one_line: ClassVar = False
    in_lists: ClassVar = False

    of: Member = Told(title="中身", description="一覧の1つ分の型の名前か、まとまり（type: group）。")
    least: Count = Told(default=1, title="少なくとも", description="いくつ以上か。書かなければ 1。")
    most: Count | None = Told(default=None, title="多くとも", description="いくつまでか。書かなければ、いくつでも。")
    section: Id | None = Told(default=None, title="章", description="1つ分を、記事を束ねる章にするときの名前（id）。")
    numbered: Answer = Told(default=False, title="番号", description="true なら、章や記事に1から番号が付きます。")

    @property
    def default_text(self) -> object:
        return () if self.least == 0 or self.optional else None

    def annotation(self) -> Any:
        item = self._item(self.of) if isinstance(self.of, GroupField) else self.of.item_annotation()
        least = None if self.least == 0 else self.least
        return Annotated[
            tuple.__class_getitem__((item, ...)), Strict(False), Told(min_length=least, max_length=self.most)
        ]

    def _item(self, group: GroupField) -> Any:
        """The model of an item that is a group: an article, a section of articles, or neither."""
        if self.section:
            within = {name: each.in_section() if each.article else each for name, each in group.fields.items()}
            group = group.model_copy(update={"fields": within})
        if not (self.section or self.article):
            return group.item()
        without = ("carried", "leftover", *(("section",) if self.section or self._in_section else ()))
        return group.item(keys_beside(group.fields, without))

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        if not value:
            return ()
        if isinstance(self.of, GroupField):
            return tuple(block for each in value for block in self.of.blocks(each, each.field))
        if self.of.one_line and self.role in ("bullet", "number", None):
            items = tuple(said(each, "item", f"{name}.{number}") for number, each in enumerate(value))
            return (Listing(items, self.role == "number", name),)
        one = self._one()
        found = [(f"{name}.{number}", one.blocks(each, f"{name}.{number}")) for number, each in enumerate(value)]
        return tuple(block for path, blocks in found for block in apart(blocks, one, path))

    def _one(self) -> Field:
        """The field of one item, with the role of the list."""
        return self.of.model_copy(update={"role": self.role})


SPOKEN = "spoken"
"""The role of words that only listeners are told."""

_APART = ("quote", "aside", "advertisement")
"""The roles whose words are set apart, however many paragraphs there are."""


def blocks_of(
    group: Closed, fields: Mapping[str, Field], above: str, without: tuple[str, ...] = ()
) -> tuple[Block, ...]:
    """The blocks of a group's fields in their order; ``above`` is its dotted place in the manuscript.

    Settings have none; fields whose role is ``field`` stand together with their labels.
    """
    found: list[Block] = []
    for name, field in fields.items():
        value = getattr(group, name)
        if name in without or not field.printed or value is None or field.role == "furniture":
            continue
        path = joined(above, name)
        blocks = field.blocks_among(value, path, group)
        if field.role == "field" and (words := _words_in(blocks)):
            if all(isinstance(each.words, Telephone) for each in words):  # 電話 says what ☎ would
                words = tuple(replace(each, signed=False) for each in words)
            row = Labelled(field.title, words, path)
            if found and isinstance(last := found[-1], Fields):
                found[-1] = Fields((*last.rows, row), last.field)
            else:
                found.append(Fields((row,), path))
        else:
            if field.spoken and blocks:
                found.append(Words(untyped(field.spoken, path), SPOKEN, path))
            found += apart(blocks, field, path)
    return tuple(found)


def apart(blocks: tuple[Block, ...], field: Field, path: str) -> tuple[Block, ...]:
    """The blocks of a field, together in a part where its role says that they stand apart."""
    if blocks and field.role in _APART and all(isinstance(block, Words) for block in blocks):
        return (Part(blocks, None, path, field.role),)
    return blocks


def _words_in(blocks: tuple[Block, ...]) -> tuple[Words, ...]:
    """The blocks, if all of them are words."""
    words: list[Words] = []
    for block in blocks:
        if isinstance(block, Words):
            words.append(block)
        elif isinstance(block, Listing):
            words += block.items
        else:
            return ()
    return tuple(words)


def model_of(
    name: str,
    fields: Mapping[str, Field],
    base: type[Closed],
    *,
    may_go: bool = False,
    more: Mapping[str, tuple[Any, Any]] = MappingProxyType({}),
) -> Any:
    """The closed, frozen model of these fields; with ``may_go`` it may be for print alone (``media``). ``more`` are
    keys beside them, which no page shows."""
    made: dict[str, Any] = {}
    for key, field in fields.items():
        annotation, default = field.annotation(), field.default_text
        told: dict[str, Any] = {"title": field.title or key, "description": field.description or None}
        told |= {"examples": list(field.examples)} if field.examples else {}
        if default is not None:
            told |= {"validate_default": True} if isinstance(default, str) else {}
            made[key] = (annotation, Told(default=default, **told))
        elif field.optional:
            made[key] = (annotation | None, Told(default=None, **told))
        else:
            made[key] = (annotation, Told(**told))
    if issubclass(base, Item):
        made["id"] = (Id | None, Told(default=None, **_ABOUT_ID))
    if may_go:
        made["media"] = (Media, ())
    made |= more
    model = create_model(name, __base__=base, __module__=base.__module__, **made)
    settings = {key for key, field in fields.items() if not field.printed}
    model.unprinted = frozenset(base.unprinted | settings | {"id"} | (more.keys() - set(BESIDE)))
    model.OFF_PAGES = frozenset(more.keys() & set(BESIDE))
    model.KEYS = frozenset(more)
    model.furniture = frozenset(key for key, field in fields.items() if field.role == "furniture")
    return model


_ABOUT_ID: Any = {
    "title": "記事の名前",
    "description": "アドレスになる名前（半角の英小文字と数字と -）。書かなければ、並びの順で決まります。",
}
