"""How somebody is reached, and who somebody is."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import PlainValidator, WithJsonSchema

from koho_pdf.content.blocks import Block, Words
from koho_pdf.content.values.contact import CodedAddress, Contact, LinkAddress, MailAddress, OptionalContact
from koho_pdf.content.values.model import IssueTelephone, text_given
from koho_pdf.content.values.person import Person
from koho_pdf.findings import error
from koho_pdf.kinds.types.field import Field, said
from koho_pdf.manuscript.completion import group_for_editors
from koho_pdf.manuscript.refusal import Refusal


class TelephoneField(Field):
    """A telephone number: 42-1809, 0164-42-1809, 0164-42-1809 内線 123."""

    called: ClassVar = "telephone"
    label: ClassVar = "電話番号"
    about: ClassVar = "「0164-42-1805 内線 123」のような電話番号。"

    def annotation(self) -> Any:
        return IssueTelephone


class MailField(Field):
    """An address of mail."""

    called: ClassVar = "mail"
    label: ClassVar = "メールアドレス"
    about: ClassVar = "メールアドレス。"

    def annotation(self) -> Any:
        return MailAddress


class LinkField(Field):
    """An address of the web, printed as it is typed."""

    called: ClassVar = "link"
    label: ClassVar = "ウェブのアドレス"
    about: ClassVar = "https:// で始まるアドレス。"

    def annotation(self) -> Any:
        return LinkAddress


class CodeField(Field):
    """An address of the web that pages show as a 二次元コード (``{{ issue.more|code }}``)."""

    called: ClassVar = "code"
    label: ClassVar = "二次元コード"
    about: ClassVar = "二次元コードにするアドレス。"

    def annotation(self) -> Any:
        return CodedAddress


class ContactField(Field):
    """問合せ: a department of koho.yaml by one word, or written out."""

    called: ClassVar = "contact"
    label: ClassVar = "問合せ"
    about: ClassVar = "koho.yaml の課の名前1つか、課、電話、メールなどのまとまり。"
    one_line: ClassVar = False
    within: ClassVar = frozenset(Contact.model_fields)

    @property
    def default_text(self) -> object:
        """A department's name; which there are, ``koho.yaml`` says."""
        return None if self.default is None else str(self.default)

    def annotation(self) -> Any:
        model: Any = OptionalContact if self.optional else Contact
        written_out = group_for_editors(model.model_json_schema(ref_template="#/definitions/{model}"))
        word = {"type": "string", "description": "koho.yaml の departments にある課の名前。"}
        return Annotated[model, WithJsonSchema({"oneOf": [word, written_out]})]

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        role, told = self.role or "body", {"type": "contact", **value.data()}
        found = [Words(value.name, role, f"{name}.department", told)]
        for key in ("telephone", "fax", "mail", "address", "url", "hours", "place"):
            each = getattr(value, key)
            values = each if isinstance(each, tuple) else filter(None, (each,))
            found += [replace(said(one, role, f"{name}.{key}"), told={}) for one in values]
        return tuple(found)


def _person(value: object) -> Person:
    if isinstance(value, dict) and {"name"} <= set(value) <= {"name", "reading"}:
        name = text_given(value["name"])
        field = getattr(name, "field", "").removesuffix(".name")
        line = getattr(name, "line", 1)
        reading = value.get("reading")
        if reading is None:
            return Person(str(name).strip(), "", field, line)
        return Person.of(str(name), text_given(reading), field, line)
    if isinstance(value, dict):
        hint = "「name: 東海林 美雪」と「reading: しょうじ みゆき」だけを書けます。"
        raise Refusal(error("not-text", "人の名前を書くところです。", hint=hint))
    text = text_given(value)
    return Person.parse(str(text), getattr(text, "field", ""), getattr(text, "line", 1))


class PersonField(Field):
    """A person: 東海林 美雪（しょうじ みゆき）, or ``name`` and ``reading``."""

    called: ClassVar = "person"
    label: ClassVar = "人の名前"
    about: ClassVar = "「東海林 美雪（しょうじ みゆき）」のような、読みのある名前。"

    def annotation(self) -> Any:
        text = {"type": "string", "maxLength": 200}
        group = {
            "type": "object",
            "properties": {"name": {**text, "title": "名前"}, "reading": {**text, "title": "読み（かな）"}},
            "required": ["name"],
            "additionalProperties": False,
        }
        return Annotated[Person, PlainValidator(_person), WithJsonSchema({"oneOf": [text, group]})]

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return (Words(value, self.role or "body", value.field or name),)
