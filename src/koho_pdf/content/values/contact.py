"""問合せ: whom to ask, with telephones, mail, place; a department named by one word, or written out.

Departments of the city stand in ``koho.yaml`` (``departments:``); an article names a department by one word and gets
all of it.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, ModelWrapValidatorHandler, PlainValidator, ValidationInfo, WithJsonSchema, model_validator

from koho_pdf.content.values.addresses import CodeAddress, Mail, WebAddress
from koho_pdf.content.values.model import Closed, Inline, Media, text_given
from koho_pdf.content.values.runs import InlineText, Text
from koho_pdf.content.values.telephone import Fax, Telephone
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Scalar

_ONE: dict[str, Any] = {"type": ["string", "number"]}


def _telephones(value: object) -> tuple[Telephone, ...]:
    """One number or several; mistakes have the line of their number."""
    read: list[Telephone] = []
    found: list[Finding] = []
    for each in value if isinstance(value, list) and value else [value]:
        place = Where(line=each.line, column=each.column, field=each.field) if isinstance(each, Scalar) else Where()
        try:
            read.append(Telephone.parse(text_given(each)))
        except Refusal as refusal:
            found += [replace(one, where=place) for one in refusal.findings]
    if found:
        raise Refusal(*found)
    return tuple(read)


Telephones = Annotated[
    tuple[Telephone, ...],
    PlainValidator(_telephones),
    WithJsonSchema({"oneOf": [_ONE, {"type": "array", "items": _ONE, "minItems": 1}]}),
]
FaxNumber = Annotated[Fax, PlainValidator(lambda value: Fax.parse(text_given(value))), WithJsonSchema(_ONE)]


def _placed(parse: Any) -> PlainValidator:
    def read(value: object) -> object:
        text = text_given(value)
        return parse(text, getattr(text, "field", ""))

    return PlainValidator(read)


MailAddress = Annotated[Mail, _placed(Mail.parse), WithJsonSchema({"type": "string", "format": "email"})]
LinkAddress = Annotated[WebAddress, _placed(WebAddress.parse), WithJsonSchema({"type": "string"})]
CodedAddress = Annotated[CodeAddress, _placed(CodeAddress.parse), WithJsonSchema({"type": "string"})]


class Contact(Closed):
    """問合せ: who answers, and every way to reach them."""

    department: Inline = Field(title="課", description="課や団体の名前。例: 税務課", examples=["税務課"])
    section: Inline | None = Field(default=None, title="係", description="係の名前。例: 市民税係")
    telephone: Telephones = Field(
        default=(),
        title="電話",
        description="電話番号。いくつもあれば「- 」で並べます。内線は後ろに。例: 0164-42-1809 内線 123",
        examples=["0164-42-1809 内線 123"],
    )
    fax: FaxNumber | None = Field(default=None, title="ファクス", description="ファクスの番号。")
    mail: MailAddress | None = Field(default=None, title="メール", description="メールアドレス。")
    address: Inline | None = Field(default=None, title="住所", description="郵便番号と住所。例: 〒077-8601 幸町1-11")
    url: LinkAddress | None = Field(
        default=None, title="ウェブページ", description="ウェブページのアドレス。レイアウトは二次元コードにもします。"
    )
    hours: Inline | None = Field(
        default=None, title="受付時間", description="受付の日と時間。例: 平日 午前8時30分から午後5時15分まで"
    )
    place: Inline | None = Field(default=None, title="場所", description="窓口の場所。例: 本庁舎 2階")

    word: ClassVar = "値"

    @model_validator(mode="wrap")
    @classmethod
    def _named(cls, value: Any, handler: ModelWrapValidatorHandler[Self], given: ValidationInfo) -> Self:
        """Replace a single word by the city's department. This is done here so that mistakes keep their lines."""
        if isinstance(value, str):
            if not value.strip():
                hint = "課の名前を書くか、次の行から「department: 課の名前」を字下げして書いてください。"
                raise Refusal(error("empty-text", "中身がありません。", hint=hint))
            known: Mapping[str, Contact] = (given.context or {}).get("departments", {})
            found = department_named(value, known)
            return cls.model_construct(set(found), **found)
        return handler(value)

    @property
    def name(self) -> InlineText:
        """課 and 係 in one line."""
        if self.section is None:
            return self.department
        runs = (*self.department.runs, Text("　"), *self.section.runs)
        source = f"{self.department.source}　{self.section.source}"
        return replace(self.department, source=source, runs=runs)

    def __str__(self) -> str:
        return self.name.plain

    def data(self) -> dict[str, object]:
        """All of it in plain words, for other programs; unknown parts are left out."""
        told: dict[str, object] = {}
        for name in Contact.model_fields:
            value = getattr(self, name)
            if isinstance(value, tuple):
                told[name] = [each.data() for each in value]
            elif value is not None:
                told[name] = value.plain
        if self.url:
            told["url"] = self.url.uri()
        return {name: value for name, value in told.items() if value}


class OptionalContact(Contact):
    """An optional contact may be for print alone."""

    media: Media = ()


def department_named(word: str, known: Mapping[str, Contact]) -> dict[str, Any]:
    """The fields of the department that a word names, with the word's place in the manuscript.

    Raises ``Refusal``: unknown-department.
    """
    name = str(word).strip()
    if name not in known:
        raise Refusal(_unknown(name, tuple(known)))
    field, line = (word.field, word.line) if isinstance(word, Scalar) else ("", 1)
    contact = known[name]
    return {key: _moved(getattr(contact, key), f"{field}.{key}", line) for key in contact.model_fields_set}


def _moved(value: Any, field: str, line: int) -> Any:
    """A value of koho.yaml with the place in the manuscript where its department is named."""
    if isinstance(value, InlineText):
        return replace(value, field=field, line=line)
    return replace(value, field=field) if isinstance(value, (Mail, WebAddress)) else value


def _unknown(name: str, known: tuple[str, ...]) -> Finding:
    near = difflib.get_close_matches(name, known, 1, 0.5)
    there = f"「{near[0]}」のことではありませんか。" if near else ""
    there += (
        f"koho.yaml にある課: {'・'.join(known[:20])}。" if known else "koho.yaml の departments に課がありません。"
    )
    return error(
        "unknown-department",
        f"「{name[:30]}」という課は、koho.yaml にありません。",
        hint=f"{there}この記事だけに書くなら、次の行から「department: 課の名前」「telephone: 電話番号」のように、"
        "字下げして並べます。",
    )
