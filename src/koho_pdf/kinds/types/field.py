"""What every field of a kind has: the protocol of the field types.

A type is a class of the options beside ``type:`` in ``kind.yaml``. It gives the annotation with which pydantic reads
the editor's text (with its own findings and JSON Schema), and the blocks of its value for editions without the layout's
pages.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import Field as Told
from pydantic import PlainValidator, PrivateAttr, TypeAdapter, ValidationError, WithJsonSchema

from koho_pdf.content.articles import untyped
from koho_pdf.content.blocks import Block, Words
from koho_pdf.content.values.ids import Id
from koho_pdf.content.values.model import Answer, Plain, word
from koho_pdf.content.values.runs import InlineText
from koho_pdf.content.values.written import Written
from koho_pdf.findings import Finding, error
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.refusal import Refusal

Role = Literal[
    "title",
    "heading",
    "lead",
    "body",
    "display",
    "bullet",
    "number",
    "field",
    "quote",
    "caption",
    "note",
    "aside",
    "table",
    "picture",
    "advertisement",
    "furniture",
]
"""What a field is for the reader; editions without the layout's pages use it."""

RoleName = Annotated[
    str,
    PlainValidator(lambda value: str(word(value, {role: role for role in get_args(Role)}))),
    WithJsonSchema({"enum": list(get_args(Role))}),
]


class Field(Group):
    """A field of a kind: its options, as ``kind.yaml`` has them.

    ``title`` and ``description`` are what an editor reads; a field is required unless it is ``optional`` or has a
    ``default``. ``article`` makes an article of it (of each item, if the items are groups).
    """

    called: ClassVar[str]
    label: ClassVar[str]
    """The type's own name, for people."""
    about: ClassVar[str]
    """What an editor writes for it, in one or two sentences."""
    printed: ClassVar[bool] = True
    """Whether its words are printed; otherwise it is a setting."""
    fixed: ClassVar[frozenset[str]] = frozenset()
    """The options that the type itself decides: nobody writes them."""
    within: ClassVar[frozenset[str]] = frozenset()
    """The names of the parts of its value, if it has any: ``ask.department``."""
    takes_default: ClassVar[bool] = True
    """Whether one text can be its default."""
    one_line: ClassVar[bool] = True
    """Whether a value is one line of words, which can be an item of a bulleted list."""
    in_lists: ClassVar[bool] = True
    """Whether a list of it is possible; not for a type that is itself a list."""

    type: Plain = Told(title="型", description="項目の型。例: text")
    title: Plain = Told(default="", title="題", description="編集する人に見える、項目の日本語の名前。")
    description: Plain = Told(default="", title="説明", description="何を書く項目か。書いている人に示されます。")
    optional: Answer = Told(default=False, title="任意", description="true なら、書かなくてもよい項目です。")
    role: RoleName | None = Told(default=None, title="役割", description="読む人にとって何か。例: lead、bullet")
    article: Id | None = Told(
        default=None, title="記事", description="この項目を1つの記事にするときの、記事の名前（id）。"
    )
    examples: tuple[Plain, ...] = Told(default=(), strict=False, title="例", description="書き方の例。")
    default: Plain | None = Told(default=None, title="書かないとき", description="書かれていないときの値。")

    _spoken: str = PrivateAttr(default="")
    _in_section: bool = PrivateAttr(default=False)
    _adapter: TypeAdapter[Any] | None = PrivateAttr(default=None)

    @property
    def default_text(self) -> object:
        """The default of the field; None for nothing. A text is read with each manuscript, as if it were written there.
        Raises ``Refusal``.
        """
        if self.default is None:
            return None
        text = str(self.default)  # not a Scalar: pydantic cannot write one into a JSON Schema
        try:
            TypeAdapter(self.annotation()).validate_python(text)
        except ValidationError as failure:
            found = [each["ctx"]["error"] for each in failure.errors() if "ctx" in each]
            raise Refusal(*(one for each in found if isinstance(each, Refusal) for one in each.findings)) from None
        return text

    def refused(self, value: object, context: dict[str, Any]) -> tuple[Finding, ...]:
        """What is wrong with a value as an editor writes it; nothing if the field takes it."""
        if self._adapter is None:
            self._adapter = TypeAdapter(self.annotation())
        try:
            self._adapter.validate_python(value, context=context)
        except ValidationError as failure:
            found = [each["ctx"]["error"] for each in failure.errors() if "ctx" in each]
            refused = [one for each in found if isinstance(each, Refusal) for one in each.findings]
            return tuple(refused) or (error("value-not-understood", "この項目に書ける形ではありません。"),)
        return ()

    @property
    def spoken(self) -> str:
        """What is said before its value, where that is not its label; empty for nothing."""
        return self._spoken

    def said_as(self, words: str) -> Self:
        """The field with these words for its title, for those who listen."""
        copy = self.model_copy(update={"title": words})
        copy._spoken = "" if self.role in ("field", "heading") or self.article else words
        return copy

    def in_section(self) -> Self:
        """The field in a section, whose articles have their heading from it."""
        copy = self.model_copy()
        copy._in_section = True
        return copy

    def annotation(self) -> Any:
        """The annotation with which pydantic reads a value of the field, with its JSON Schema."""
        raise NotImplementedError(self.called)

    def item_annotation(self) -> Any:
        """The same for one of a list, which may be for print alone whatever it is."""
        return self.annotation()

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        """The blocks of a value for editions without the layout's pages; ``name`` is its dotted place in the
        manuscript.
        """
        return (said(value, self.role or "body", name),)

    def blocks_among(self, value: Any, name: str, group: Any) -> tuple[Block, ...]:
        """The same, where they depend on other fields of its ``group``."""
        return self.blocks(value, name)


def said(value: object, role: str, name: str) -> Words:
    """A value in words."""
    if isinstance(value, InlineText):
        return Words(value, role, value.field or name)
    if isinstance(value, Written):
        return Words(value, role, getattr(value, "field", "") or name)
    return Words(untyped(str(value), name), role, name)
