"""The drawn pages of a session, to be looked at more closely: at any resolution, without being composed again."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from koho_pdf.editions.page_pictures import picture_at
from koho_pdf.proofs.page_proof import PageProof

_LARGEST = 400  # pixels an inch


class Previews:
    """What the pages of this round and of the last were drawn from, by their keys."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, int]] = {}
        self._pages: dict[int, str] = {}

    def keep(self, key: str, preview: bytes, number: int) -> None:
        """Keep the drawing of a page: a PDF, and its number in it from 1."""
        self._kept[key] = zlib.compress(preview, 1), number

    def shown(self, pages: Sequence[PageProof]) -> None:
        """These are the pages of the round; others are forgotten with the next."""
        now = {page.number: page.key for page in pages}
        stay = {*now.values(), *self._pages.values()}
        self._kept = {key: each for key, each in self._kept.items() if key in stay}
        self._pages = now

    def picture(self, number: int, ppi: int) -> tuple[str, bytes] | None:
        """A page at so many pixels an inch (PNG), and its key."""
        key = self._pages.get(number, "")
        if key not in self._kept:
            return None
        preview, at = self._kept[key]
        return key, picture_at(zlib.decompress(preview), at, min(ppi, _LARGEST))
