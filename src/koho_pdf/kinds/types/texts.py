"""Texts: with marks, without."""

from __future__ import annotations

from typing import Any, ClassVar

from koho_pdf.kinds.types.field import Field
from koho_pdf.manuscript.model import Inline, Plain


class TextField(Field):
    """One line of text in which marks may stand (ruby, strong, links)."""

    called: ClassVar = "text"

    def annotation(self) -> Any:
        return Inline


class PlainField(Field):
    """One line of text in which every character is itself."""

    called: ClassVar = "plain"

    def annotation(self) -> Any:
        return Plain
