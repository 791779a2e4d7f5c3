"""Which kind of article a received file is: the one that has a place for most of its words. No kind is known by
name.
"""

from __future__ import annotations

from collections.abc import Sequence

from koho_pdf.intake.drafts import Draft, draft_of
from koho_pdf.intake.labels import folded
from koho_pdf.intake.received import Grid, Line, Piece, Received
from koho_pdf.intake.values_of_cells import Setting
from koho_pdf.kinds.kind import Kind

_MISSING, _LABEL, _NAMED = 0.25, 0.06, 0.4


def proposed(kinds: Sequence[Kind], received: Received, pieces: Sequence[Piece], setting: Setting) -> Draft:
    """The draft of the kind that fits best; of equals the first."""
    drafts = [draft_of(kind, received, pieces, setting) for kind in kinds]
    return max(drafts, key=lambda draft: _score(draft, pieces))


def _score(draft: Draft, pieces: Sequence[Piece]) -> float:
    """How well a draft holds the words: the share that has a place, less for each field that is missing, more for each
    label that is a field and for the kind's own title in the heading."""
    whole = sum(len(each.plain) for each in _lines(pieces)) or 1
    left = sum(len(each) for each in draft.leftover)
    heads = "".join(each.plain for each in _lines(pieces)[:2])
    title = folded(draft.kind.title)
    named = _NAMED if len(title) > 1 and title in folded(heads) else 0.0
    pictures = sum(value is None for _, value in draft.pictures) * 0.1
    return 1 - left / whole - _MISSING * len(draft.missing) + _LABEL * draft.labels + named - pictures


def _lines(pieces: Sequence[Piece]) -> list[Line]:
    found: list[Line] = []
    for each in pieces:
        if isinstance(each, Line):
            found.append(each)
        elif isinstance(each, Grid):
            found += [line for row in each.rows for cell in row if not cell.copied for line in cell.lines]
    return found
