"""Settings: one of some words, yes or no, a typeface."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import Field as Told
from pydantic import PlainValidator, WithJsonSchema

from koho_pdf.content.values.model import FIELD_LIMIT, Answer, Plain, word
from koho_pdf.findings import error
from koho_pdf.kinds.types.field import Field
from koho_pdf.manuscript.refusal import Refusal

_FAMILY = re.compile(r"[A-Za-z0-9 ]{1,60}")


class ChoiceField(Field):
    """One of a few words. It is a setting that no page prints."""

    called: ClassVar = "choice"
    label: ClassVar = "選ぶ言葉"
    about: ClassVar = "of の中から1つを選ぶ設定。紙面には印刷されません。"
    printed: ClassVar = False

    of: tuple[Plain, ...] = Told(strict=False, min_length=1, title="選べるもの", description="書ける言葉の一覧。")

    @property
    def default_text(self) -> object:
        return None if self.default is None else self._word(self.default)

    def _word(self, value: object) -> str:
        return str(word(value, {each: each for each in self.of}))

    def annotation(self) -> Any:
        shown = [int(each) if each.isdigit() else each for each in self.of]  # as a YAML editor types them
        return Annotated[str, PlainValidator(self._word), WithJsonSchema({"enum": shown})]


class AnswerField(Field):
    """Yes or no: true or false. It is a setting that no page prints."""

    called: ClassVar = "answer"
    label: ClassVar = "はい・いいえ"
    about: ClassVar = "true か false の設定。紙面には印刷されません。"
    printed: ClassVar = False

    default: Answer | None = Told(  # type: ignore[assignment]
        default=None, title="書かないとき", description="書かれていないときの値。"
    )

    @property
    def default_text(self) -> object:
        return self.default

    def annotation(self) -> Any:
        return Answer


def _family(value: object) -> str:
    """The text as a family's name, safe for a style sheet."""
    if not isinstance(value, str) or not _FAMILY.fullmatch(value.strip()):
        raise Refusal(
            error(
                "word-not-known",
                f"「{str(value)[:20]}」は書体の名前ではありません。",
                hint="使える書体は koho fonts で見られます。",
            )
        )
    return value.strip()


class FaceField(Field):
    """The family of a typeface. It is a setting that no page prints."""

    called: ClassVar = "face"
    label: ClassVar = "書体"
    about: ClassVar = "書体の名前の設定。紙面には印刷されません。"
    printed: ClassVar = False

    @property
    def default_text(self) -> object:
        return None if self.default is None else _family(self.default)

    def annotation(self) -> Any:
        schema: dict[str, Any] = {"type": "string", "maxLength": FIELD_LIMIT}
        return Annotated[str, PlainValidator(_family), WithJsonSchema(schema)]
