"""References to other articles, and the contents (目次)."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field as Told
from pydantic import PlainValidator, Strict, WithJsonSchema

from koho_pdf.content.blocks import Block, Refers
from koho_pdf.content.values.ids import Id
from koho_pdf.content.values.reference import Reference
from koho_pdf.kinds.types.field import Field

_SCHEMA = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}


class ReferenceField(Field):
    """Another article of the issue, by its id: a page says its number, everything else its heading."""

    called: ClassVar = "reference"
    label: ClassVar = "ほかの記事"
    about: ClassVar = "同じ号の記事の名前（id）。紙面では「→ 5ページ」になります。"
    takes_default: ClassVar = False
    one_line: ClassVar = False

    def annotation(self) -> Any:
        def read(value: object) -> Reference:
            return value if isinstance(value, Reference) else Reference.parse(value)

        return Annotated[Reference, PlainValidator(read), WithJsonSchema(_SCHEMA)]

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return (Refers(value.source, value.field or name),)


class ContentsField(Field):
    """The articles that the contents (目次) name, by their ids; all of the page plan where none is written."""

    called: ClassVar = "contents"
    label: ClassVar = "目次"
    about: ClassVar = "目次に載せる記事の名前（id）の並び。書かなければ、台割の全部。"
    printed: ClassVar = False
    takes_default: ClassVar = False
    one_line: ClassVar = False
    in_lists: ClassVar = False

    @property
    def default_text(self) -> object:
        return ()

    def annotation(self) -> Any:
        return Annotated[tuple.__class_getitem__((Id, ...)), Strict(False), Told(max_length=200)]
