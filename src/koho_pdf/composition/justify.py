"""Justification (両端揃え) of a line without spaces: the room that is left goes evenly between its characters.

JLREQ 3.8.4: when a line is short, space is added between characters; never inside ――, …… or a number.
"""

from __future__ import annotations

import re

# Runs that stay solid: digits with their separators and Latin words, dashes and leaders (JLREQ 3.8.4, note 2).
_SOLID = re.compile(r"[0-9０-９][0-9０-９.,，．:：/／-]*|[A-Za-z][A-Za-z0-9.@_/-]*|―{2,}|…{2,}")


def gaps(text: str) -> list[int]:
    """The places in a line that may be widened: ``n`` is the place after its nth character (from 0), never the last."""
    solid = {place for run in _SOLID.finditer(text) for place in range(run.start(), run.end() - 1)}
    return [place for place in range(len(text) - 1) if place not in solid]


def shares(room: int, places: int) -> list[int]:
    """``room`` whole units over ``places`` as evenly as whole units go, the larger ones first; they sum to ``room``."""
    share, rest = divmod(room, places)
    return [share + 1] * rest + [share] * (places - rest)
