"""Columns of figures below each other: at the decimal point where some have decimals, else at the last digit.

Figures end at the right of their column. What a figure lacks there, of decimals or of the unit, is room that a layout
leaves behind it (``data-room``): the same digits, not shown, so that it is as wide as they are in any type.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIGURE = re.compile(r".*?[0-9０-９](?P<decimals>[.．][0-9０-９]+)?(?P<unit>[^0-9０-９.．]*)")


def rooms(column: Sequence[str]) -> tuple[str, ...]:
    """What must be left free behind each of the figures of a column; nothing behind words (皆増) and dashes.

    Figures in several units (1.5億円, 800万円) have no common point: nothing is left free behind any.
    """
    found = [_FIGURE.fullmatch(each) for each in column]
    units = {each["unit"] for each in found if each and each["unit"]}
    if len(units) > 1:
        return ("",) * len(column)
    unit = "".join(units)
    decimals = max((each["decimals"] or "" for each in found if each), key=len, default="")
    return tuple(
        decimals[len(each["decimals"] or "") :] + ("" if each["unit"] else unit) if each else "" for each in found
    )
