"""Numbers: settings of a layout, and copies (部数)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from pydantic import Field as Told
from pydantic import PlainValidator, WithJsonSchema

from koho_pdf.content.blocks import Block
from koho_pdf.content.values.amount import Amount
from koho_pdf.content.values.model import Answer, Copies, text_given
from koho_pdf.findings import error
from koho_pdf.kinds.types.field import Field, said
from koho_pdf.manuscript.refusal import Refusal


def _number(value: object) -> float:
    """A number of a ``kind.yaml``."""
    try:
        return float(str(value)) if isinstance(value, str) else float("nan")
    except ValueError:
        return float("nan")


def _bound(value: object) -> float:
    number = _number(value)
    if not abs(number) < 1e9:
        raise Refusal(
            error(
                "number-not-understood",
                f"「{str(value)[:20]}」は、数として読めません。",
                hint="半角の数字で書いてください。例: 12",
            )
        )
    return number


def _shortest(number: float) -> float:
    """60, not 60.0."""
    return int(number) if number == int(number) else number


Bound = Annotated[float, PlainValidator(_bound), WithJsonSchema({"type": "number"})]


class NumberField(Field):
    """A number between two others; or one or more of them (``several``). It is a setting that no page prints."""

    called: ClassVar = "number"
    label: ClassVar = "数"
    about: ClassVar = "least から most までの数の設定。紙面には印刷されません。"
    printed: ClassVar = False

    least: Bound = Told(title="最小", description="書ける最も小さい数。")
    most: Bound = Told(title="最大", description="書ける最も大きい数。")
    whole: Answer = Told(default=False, title="整数", description="true なら、整数だけです。")
    several: Answer = Told(default=False, title="一覧も", description="true なら、数の一覧も書けます。")

    def annotation(self) -> Any:
        type_ = "integer" if self.whole else "number"
        bounds = {"minimum": _shortest(self.least), "maximum": _shortest(self.most)}
        if self.several:
            schema = {"type": [type_, "array"], **bounds, "items": {"type": type_, **bounds}}
            return Annotated[tuple[float, ...], PlainValidator(self._several), WithJsonSchema(schema)]
        return Annotated[float, PlainValidator(self._one), WithJsonSchema({"type": type_, **bounds})]

    @property
    def default_text(self) -> object:
        return None if self.default is None else (self._several if self.several else self._one)(self.default)

    def _one(self, value: object) -> float:
        number = _number(value)
        if not self.least <= number <= self.most or (self.whole and number != int(number)):
            raise Refusal(
                error(
                    "number-not-understood",
                    f"「{str(value)[:20]}」は、ここに書ける数ではありません。",
                    hint=f"{self.least:g}から{self.most:g}までの{'整' if self.whole else ''}数を、"
                    "半角の数字で書いてください。",
                )
            )
        return int(number) if self.whole else number

    def _several(self, value: object) -> tuple[float, ...]:
        values = value if isinstance(value, Sequence) and not isinstance(value, str) and value else [value]
        return tuple(self._one(each) for each in values)


class CopiesField(Field):
    """A number of copies: 12,000部. Without a role it is for the print shop, and stands on no page."""

    called: ClassVar = "copies"
    label: ClassVar = "部数や人数"
    about: ClassVar = "「12,000部」「20名」のような数。role を書くと紙面に載ります。"

    @property
    def printed(self) -> bool:  # type: ignore[override]  # a role says that readers see it
        """Whether its words stand on a page."""
        return self.role is not None

    def blocks(self, value: Any, name: str) -> tuple[Block, ...]:
        return (said(f"{value:,}", self.role or "body", name),)

    def annotation(self) -> Any:
        return Copies


def _amount(value: object) -> Amount:
    text = text_given(value)
    return Amount.parse(text, getattr(text, "field", ""))


class AmountField(Field):
    """An amount with its unit: 1,200円, △3,400千円, 無料."""

    called: ClassVar = "amount"
    label: ClassVar = "金額"
    about: ClassVar = "「1,200円」「無料」「△3,400千円」のような、単位のある額。"

    def annotation(self) -> Any:
        schema = {"type": ["string", "number"], "examples": ["1,200円", "△3,400千円", "無料"]}
        return Annotated[Amount, PlainValidator(_amount), WithJsonSchema(schema)]
