"""Boxes of pages that nothing needs any more: in an issue of many pages they are half of all memory."""

from __future__ import annotations

import gc
from collections.abc import MutableMapping

from koho_pdf.composition.document import Document
from koho_pdf.platform.given_back import give_back

MANY = 12
"""More pages than these are inspected when all is made: boxes of pages and plates together would take much memory."""


def let_go(composed: MutableMapping[str, Document], pages: int) -> None:
    """Free what was only measured, and the boxes of these editions, which then cannot be drawn any more; collecting
    takes time, so it is done for many ``pages`` only.
    """
    if pages <= MANY:
        return
    composed.update({edition: document.told() for edition, document in composed.items()})  # no name keeps one of them
    gc.collect()
    give_back()
