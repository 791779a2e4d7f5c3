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
_FEW = {"千": 1000, "百": 100, "十": 10}
_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_STEPS = rf"(?:{_NUMBER}(?:[千百十][兆億万]?|[兆億万]))*(?:{_NUMBER})?"  # 1億2千万3,400
_ABOUT = "から|まで|以上|以下|未満|程度|くらい|ぐらい|ほど|前後|余り|あまり|超"
_FORM = re.compile(
    rf"(?P<minus>[△▲−-])?(?=[0-9])(?P<steps>{_STEPS})(?P<unit>[^\s0-9,.()]{{0,8}}?)"
    rf"(?P<about>{_ABOUT})?(?P<note>\([^()]*\))?"
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
        shown = text if len(text) <= 20 else text[:20] + "…"
        if found is None:
            hint = "「1,200円」「1億2,345万円」「△3,400千円」「無料」のように、数と単位で書いてください。"
            raise Refusal(error("number-not-understood", f"「{shown}」は、金額や量として読めません。", hint=hint))
        if found["about"]:
            hint = "1つの数と単位だけにしてください。ほかのことは「1,200円（1人）」のように、後ろの（ ）に書けます。"
            raise Refusal(error("number-not-understood", f"「{shown}」は、1つの金額や量ではありません。", hint=hint))
        value = step = Decimal(0)
        for number, few, many in re.findall(rf"({_NUMBER})([千百十]?)([兆億万]?)", found["steps"]):
            step += Decimal(number.replace(",", "")) * _FEW.get(few, 1)
            if many:  # 3千4百万: all before 万 is counted by it
                value, step = value + step * _MANY[many], Decimal(0)
        value += step
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
