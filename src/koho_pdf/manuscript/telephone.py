"""A telephone number as it is printed, and as a telephone dials it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from koho_pdf.findings import error
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.written import Written

_TO_ASCII = str.maketrans("０１２３４５６７８９（）－‐‑–−", "0123456789()-----")
_FORM = re.compile(r"[0-9]+|\(?[0-9]+\)?(?:[- ]?[0-9]+)+|[0-9]+\([0-9]+\)[0-9]+")


@dataclass(frozen=True, slots=True)
class Telephone(Written):
    """A Japanese telephone number: the editor's ``source``, the same in half-width for print, and its ``digits``."""

    source: str
    printed: str
    digits: str

    @classmethod
    def parse(cls, text: str) -> Telephone:
        """Read 42-1809, 0164-42-1809, (0164)42-1809, 0164(42)1809 or 110, in either width: three digits, five to eight
        within a town, ten or eleven with the leading 0.

        Raises ``Refusal``: telephone-not-understood.
        """
        plain = text.strip().translate(_TO_ASCII)
        digits = re.sub(r"[^0-9]", "", plain)
        lengths = (10, 11) if digits.startswith("0") else (3, 5, 6, 7, 8)
        if not _FORM.fullmatch(plain) or len(digits) not in lengths:
            shown = text if len(text) <= 30 else text[:30] + "…"
            raise Refusal(
                error(
                    "telephone-not-understood",
                    f"「{shown}」は電話番号として読めません。",
                    hint="「42-1809」か、市外局番から「0164-42-1809」のように、数字と - だけで書いてください。",
                )
            )
        return cls(text, plain, digits)

    @property
    def hyphened(self) -> str:
        """The number with hyphens alone: 0164-42-1809 for (0164)42-1809."""
        return re.sub(r"[^0-9]+", "-", self.printed).strip("-")

    @property
    def is_local(self) -> bool:
        """Whether the area code (市外局番) must be known to dial it from elsewhere."""
        return not self.digits.startswith("0") and len(self.digits) > 3

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

    def uri(self, area_code: str = "") -> str:
        """The ``tel:`` address (RFC 3966): global where the area code (``0164``) is known."""
        whole = area_code + self.digits if self.is_local else self.digits
        return f"tel:+81{whole[1:]}" if whole.startswith("0") else f"tel:{whole}"

    def __str__(self) -> str:
        return self.printed
