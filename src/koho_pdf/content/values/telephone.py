"""A telephone number as it is printed, and as a telephone dials it; a fax number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from koho_pdf.content.values.written import Written
from koho_pdf.findings import error
from koho_pdf.manuscript.refusal import Refusal

_TO_ASCII = str.maketrans("０１２３４５６７８９（）－‐‑–−", "0123456789()-----")
_FORM = re.compile(r"[0-9]+|\(?[0-9]+\)?(?:[- ]?[0-9]+)+|[0-9]+\([0-9]+\)[0-9]+")
_BESIDE = re.compile(
    r"(?P<number>[-0-9() ]*[0-9])(?P<beside>"
    r"\s*\(?\s*内線\s*[:：]?\s*(?P<extension>[0-9]{1,6}(?:[・、,~～-][0-9]{1,6})*)\s*\)?|\s*\([^0-9()]{1,12}\))"
)
"""What may follow a number: 内線 123, （内線123・124）, （代表）."""
_EXAMPLE = "「42-1809」か、市外局番から「0164-42-1809」のように、数字と - だけで書いてください。"


@dataclass(frozen=True, slots=True)
class Telephone(Written):
    """A Japanese telephone number: the editor's ``source``, the same in half-width for print, and its ``digits``.

    ``extension`` (内線) is the one to ask for; empty if there is none or several.
    """

    source: str
    printed: str
    digits: str
    extension: str = ""

    @classmethod
    def parse(cls, text: str) -> Telephone:
        """Read 42-1809, 0164-42-1809, (0164)42-1809, 0164(42)1809 or 110, in either width: three digits, five to eight
        within a town, ten or eleven with the leading 0; then 内線123 or a word in brackets may follow.

        Raises ``Refusal``: telephone-not-understood.
        """
        plain = text.strip().translate(_TO_ASCII)
        beside = _BESIDE.fullmatch(plain)
        number = beside["number"] if beside else plain
        digits = re.sub(r"[^0-9]", "", number)
        lengths = (10, 11) if digits.startswith("0") else (3, 5, 6, 7, 8)
        if not _FORM.fullmatch(number) or len(digits) not in lengths:
            shown = text if len(text) <= 30 else text[:30] + "…"
            told = f"「{shown}」は電話番号として読めません。"
            raise Refusal(error("telephone-not-understood", told, hint=_EXAMPLE))
        words = beside["beside"].replace("(", "（").replace(")", "）") if beside else ""
        extension = (beside["extension"] if beside else "") or ""
        return cls(text, number + words, digits, extension if extension.isdigit() else "")

    @property
    def plain(self) -> str:
        """As printed."""
        return self.printed

    @property
    def shown(self) -> str:
        """☎42-1809"""
        return f"☎{self.printed}"

    @property
    def said(self) -> str:
        """As shown: the sign becomes a word (``spoken``)."""
        return self.shown

    @property
    def hyphened(self) -> str:
        """The number with hyphens only: 0164-42-1809 for (0164)42-1809."""
        return re.sub(r"[^0-9]+", "-", re.split("（?内線|（", self.printed)[0]).strip("-")

    @property
    def is_local(self) -> bool:
        """Whether dialling it from elsewhere needs the area code (市外局番)."""
        return not self.digits.startswith("0") and len(self.digits) > 3

    def uri(self, area_code: str = "") -> str:
        """The ``tel:`` address (RFC 3966); global if the area code (``0164``) is known."""
        whole = area_code + self.digits if self.is_local else self.digits
        number = f"tel:+81{whole[1:]}" if whole.startswith("0") else f"tel:{whole}"
        return f"{number};ext={self.extension}" if self.extension else number

    def data(self) -> dict[str, object]:
        """As printed, and its extension."""
        return {"type": "telephone", "text": self.printed, **({"extension": self.extension} if self.extension else {})}

    def __str__(self) -> str:
        return self.printed


@dataclass(frozen=True, slots=True)
class Fax(Telephone):
    """A fax number."""

    @property
    def shown(self) -> str:
        """ファクス 42-1810"""
        return f"ファクス {self.printed}"

    def uri(self, area_code: str = "") -> str:
        """None, because a fax number must not be dialled by telephone."""
        return ""

    def data(self) -> dict[str, object]:
        """As printed."""
        return {"type": "fax", "text": self.printed}
