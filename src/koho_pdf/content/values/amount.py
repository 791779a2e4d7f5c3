"""An amount with its unit: 1,200円, 1億2,345万円, △3,400千円, 12.5％, 無料; a number of copies."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from koho_pdf.content.values.written import Written
from koho_pdf.findings import error
from koho_pdf.manuscript.refusal import Refusal

_MANY = {"兆": 10**12, "億": 10**8, "万": 10**4}
_FEW = {"百万": 10**6, "千": 10**3, "百": 100}
_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_FORM = re.compile(
    rf"(?P<minus>[△▲−-])?(?P<parts>(?:{_NUMBER}[兆億万])*(?:{_NUMBER})?)(?P<few>百万|千|百)?(?P<unit>[^\s0-9,.]{{0,8}})"
)


@dataclass(frozen=True, slots=True)
class Amount(Written):
    """The editor's ``source``, its ``value`` and its ``unit`` (円, ％, 人; empty if none is written)."""

    source: str
    value: Decimal
    unit: str
    field: str = ""

    @classmethod
    def parse(cls, text: str, field: str = "") -> Amount:
        """Read an amount; negative ones begin with △, ▲ or -. Raises ``Refusal``: number-not-understood."""
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        if plain == "無料":
            return cls(text.strip(), Decimal(0), "円", field)
        found = _FORM.fullmatch(plain)
        if found is None or not found["parts"]:
            shown = text if len(text) <= 20 else text[:20] + "…"
            hint = "「1,200円」「1億2,345万円」「△3,400千円」「無料」のように、数と単位で書いてください。"
            raise Refusal(error("number-not-understood", f"「{shown}」は、金額や量として読めません。", hint=hint))
        value = Decimal(0)
        for number, many in re.findall(rf"({_NUMBER})([兆億万]?)", found["parts"]):
            value += Decimal(number.replace(",", "")) * _MANY.get(many, 1)
        value *= _FEW.get(found["few"] or "", 1)
        return cls(text.strip(), -value if found["minus"] else value, found["unit"], field)

    @property
    def said(self) -> str:
        """△ before a number is a minus."""
        return re.sub("^[△▲−-]", "マイナス", self.source)

    @property
    def ways(self) -> tuple[str, ...]:
        """As typed, or as it is said."""
        return tuple(dict.fromkeys((self.source, self.said)))

    def data(self) -> dict[str, object]:
        """The number and its unit."""
        whole = self.value == self.value.to_integral_value()
        return {
            "type": "amount",
            "text": self.source,
            "value": int(self.value) if whole else float(self.value),
            "unit": self.unit,
        }

    def __str__(self) -> str:
        return self.source


_COPIES = re.compile(r"([1-9][0-9]{0,7}|[1-9][0-9]{0,2}(,[0-9]{3}){1,2})\s*部?")


def copies_of(text: str) -> int:
    """A number of copies: 12,000部, 12000. Raises ``Refusal``: number-not-understood."""
    found = _COPIES.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise Refusal(
            error(
                "number-not-understood",
                f"「{text[:20]}」は、部数として読めません。",
                hint="「12,000部」や「12000」のように、1以上の数を書いてください。",
            )
        )
    return int(found[1].replace(",", ""))
