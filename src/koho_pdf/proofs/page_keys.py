"""Keys: the SHA-256 of all that a page is made of, so that the same page is known again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from koho_pdf import VERSION
from koho_pdf.composition.engine import pango_version


def sum_of(*texts: str) -> str:
    """The SHA-256 of some texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


@cache
def programs() -> tuple[str, ...]:
    """The programs that make a page, as they are while this one runs."""
    return VERSION, version("weasyprint"), pango_version(), version("pypdfium2")
