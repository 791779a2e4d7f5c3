"""What every field of a kind has, whatever its type: the protocol of the field types.

A type is a class of options: what may stand beside ``type:`` in ``kind.yaml``. It gives the annotation by which
pydantic reads the editor's text (with findings of its own, and its JSON Schema), and the blocks that its value becomes
in editions that know no page.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field as Told
from pydantic import PlainValidator, TypeAdapter, ValidationError, WithJsonSchema

from koho_pdf.content.articles import untyped
from koho_pdf.content.blocks import Block, Words
from koho_pdf.content.values.model import Answer, Plain, text_given, word
from koho_pdf.content.values.runs import InlineText
from koho_pdf.content.values.written import Written
from koho_pdf.findings import error
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.refusal import Refusal

Role = Literal[
    "title", "heading", "lead", "body", "display", "bullet", "number", "field", "quote", "caption", "note", "aside"
]
"""What a field is for the reader; everything that is no page works by it."""

RoleName = Annotated[
    str,
    PlainValidator(lambda value: str(word(value, {role: role for role in get_args(Role)}))),
    WithJsonSchema({"enum": list(get_args(Role))}),
]

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 80


def _id(value: object) -> str:
    text = str(text_given(value)).strip()
    if not _ID.fullmatch(text) or len(text) > _LONGEST:
        raise Refusal(
            error(
                "id-not-understood",
                f"「{text[:20]}」は、記事の名前（id）に使えません。",
                hint="半角の英小文字、数字、- だけで書いてください。例: shakai-fukushi",
            )
        )
    return text


Id = Annotated[str, PlainValidator(_id), WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$"})]
"""The name of an article in addresses: ASCII lower case, digits, hyphens; at most 80 characters."""


class Field(Group):
    """A field of a kind: its options, as ``kind.yaml`` has them.

    ``title`` and ``description`` are what an editor reads; a field is asked for unless it is ``optional`` or has a
    ``default``. ``article`` makes an article of it (of each item, where the items are groups).
    """

    called: ClassVar[str]
    printed: ClassVar[bool] = True
    """Whether its words stand on a page; otherwise it is a setting."""
    within: ClassVar[frozenset[str]] = frozenset()
    """The names of what its value holds, where that has names: ``ask.department``."""
    takes_default: ClassVar[bool] = True
    """Whether one text can stand for it where it is not written."""
    one_line: ClassVar[bool] = True
    """Whether a value is one line of words, which may be an item of a list with its bullet."""
    in_lists: ClassVar[bool] = True
    """Whether several of it may stand in a list: not of what is a list itself."""

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

    @property
    def default_text(self) -> object:
        """What stands for the field where it is not written; None where that is nothing. A text is read with each
        manuscript, as if it stood there. Raises ``Refusal``."""
        if self.default is None:
            return None
        text = str(self.default)  # no Scalar: pydantic cannot write one into a JSON Schema
        try:
            TypeAdapter(self.annotation()).validate_python(text)
        except ValidationError as failure:
            found = [each["ctx"]["error"] for each in failure.errors() if "ctx" in each]
            raise Refusal(*(one for each in found if isinstance(each, Refusal) for one in each.findings)) from None
        return text

    def annotation(self) -> Any:
        """How pydantic reads a value of the field, and its JSON Schema."""
        raise NotImplementedError(self.called)

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        """What a value becomes where no layout has a page for it; ``name`` is its dotted place in the manuscript."""
        return (said(value, self.role or "body", name),)


def said(value: object, role: str, name: str) -> Words:
    """A value in words."""
    if isinstance(value, InlineText):
        return Words(value, role, value.field or name)
    if isinstance(value, Written):
        return Words(value, role, getattr(value, "field", "") or name)
    return Words(untyped(str(value), name), role, name)
