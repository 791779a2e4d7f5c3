"""How somebody is reached."""

from __future__ import annotations

from typing import Any, ClassVar

from koho_pdf.kinds.types.field import Field
from koho_pdf.manuscript.model import IssueTelephone


class TelephoneField(Field):
    """A telephone number: 42-1809, 0164-42-1809."""

    called: ClassVar = "telephone"

    def annotation(self) -> Any:
        return IssueTelephone
