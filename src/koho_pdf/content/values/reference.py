"""A reference to another article (→ 5ページ): its id; what it says depends on the edition."""

from __future__ import annotations

from dataclasses import dataclass

from koho_pdf.content.values.ids import wrong_id
from koho_pdf.content.values.written import Written
from koho_pdf.findings import error
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Scalar


@dataclass(frozen=True, slots=True)
class Reference(Written):
    """The article called ``source``. A page says its number, everything else its heading."""

    source: str
    field: str = ""

    @property
    def plain(self) -> str:
        """No words of its own."""
        return ""

    @classmethod
    def parse(cls, value: object) -> Reference:
        """The reference that a text of the manuscript is. Raises ``Refusal``."""
        if not isinstance(value, str) or not value.strip():
            raise Refusal(
                error(
                    "id-not-understood", "記事の名前（id）を書くところです。", hint="「shakai」のように書いてください。"
                )
            )
        if wrong := wrong_id(value.strip()):
            raise Refusal(wrong)
        return cls(value.strip(), value.field if isinstance(value, Scalar) else "")
