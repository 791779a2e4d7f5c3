"""Which kind of article a received file is: the one that has a place for most of its words. No kind is known by
name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from koho_pdf.intake.draft import Draft
from koho_pdf.intake.drafts import draft_of
from koho_pdf.intake.labels import folded
from koho_pdf.intake.received import Grid, Line, Piece, Received
from koho_pdf.intake.values_of_cells import Setting
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.types.files import TableField
from koho_pdf.kinds.types.groups import ListField

_MISSING, _LABEL, _NAMED, _PAIR = 0.12, 0.06, 0.4, 0.2
_GUESSED, _FEWEST = 2.0, 2
"""What a kind loses that takes a table of which hardly a head is a field of it: 名前 and 値 are no お悔やみ."""
_VAGUE = frozenset(
    folded(each) for each in ("項目", "区分", "種別", "値", "数", "名前", "名称", "番号", "件数", "内容")
)
"""Heads that tables of every kind have."""
_WORDY = re.compile("[ァ-ヶ一-龠]")


def proposed(kinds: Sequence[Kind], received: Received, pieces: Sequence[Piece], setting: Setting) -> Draft:
    """The draft of the kind that fits best; of equals the first."""
    tried = replace(setting, trial=True)
    drafts = [draft_of(kind, received, pieces, tried) for kind in kinds]
    best = max(drafts, key=lambda draft: _score(draft, received, pieces))
    return draft_of(best.kind, received, pieces, setting)


def _score(draft: Draft, received: Received, pieces: Sequence[Piece]) -> float:
    """How well a draft holds the words: the share that has a place, less for each field that is missing, more for each
    label that is a field and for the kind's own title in the heading."""
    whole = sum(len(each.plain) for each in _lines(pieces)) or 1
    left = sum(len(each) for each in draft.leftover)
    sheets = [each.sheet for each in pieces if isinstance(each, Grid)]
    heads = folded("".join([*(each.plain for each in _lines(pieces)[:2]), received.file, *sheets]))
    named = _NAMED * max((each in heads for each in _names(draft.kind)), default=0)
    pairs = {title[at : at + 2] for title in [folded(draft.kind.title)] for at in range(len(title) - 1)}
    named = max(named, min(_NAMED, _PAIR * sum(bool(_WORDY.search(each)) and each in heads for each in pairs)))
    pictures = sum(value is None for _, value in draft.pictures) * 0.1
    tabled = any(isinstance(draft.kind.fields.get(name), (ListField, TableField)) for name in draft.values)
    vague = sum(folded(each) in _VAGUE for grid in pieces if isinstance(grid, Grid) for each in _first_row(grid))
    guessed = _GUESSED if tabled and not named and draft.labels - vague < _FEWEST else 0
    return -guessed + 1 - left / whole - _MISSING * len(draft.missing) + _LABEL * draft.labels + named - pictures


def _first_row(grid: Grid) -> list[str]:
    return [each.plain for each in grid.rows[0] if each.plain]


def _names(kind: Kind) -> list[str]:
    """What a kind is called: its title, and the heading that it usually has."""
    heading = kind.fields.get(kind.heading)
    said = [kind.title, *(heading.examples if heading else ())]
    return [folded(each) for each in said if len(folded(each)) > 1]


def _lines(pieces: Sequence[Piece]) -> list[Line]:
    found: list[Line] = []
    for each in pieces:
        if isinstance(each, Line):
            found.append(each)
        elif isinstance(each, Grid):
            found += [line for row in each.rows for cell in row if not cell.copied for line in cell.lines]
    return found
