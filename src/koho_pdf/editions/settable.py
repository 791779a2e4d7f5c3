"""〓 (下駄) in the place of characters that no face has, for pages that are only looked at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from koho_pdf.composition.fonts.faces import Face

GETA = "〓"
"""What printers set in the place of a sort that they do not have yet."""

_TAG = re.compile(r"(<style\b.*?</style>|<[^>]*>)", re.DOTALL)


def settable(html: str, faces: Sequence[Face]) -> str:
    """The page with 〓 for each character of its texts that no face has; tags, with the names of files, stay."""
    known = frozenset().union(*(face.characters for face in faces))
    parts = _TAG.split(html)  # a text, a tag, a text …
    parts[::2] = ("".join(_sign(each, known) for each in text) for text in parts[::2])
    return "".join(parts)


def _sign(sign: str, known: frozenset[int]) -> str:
    if sign.isascii() or ord(sign) in known:
        return sign
    return "" if unicodedata.category(sign) in ("Mn", "Cf") else GETA  # forms of the sign before, joiners
