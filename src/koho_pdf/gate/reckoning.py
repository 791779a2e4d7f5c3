"""What all that reckon with a text's figures share: how a figure is written, and how a wrong one is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import Figure

N = "[0-9][0-9,]*(?:[万億][0-9,]*)*(?:\\.[0-9]+)?"
"""A figure, as a part of a pattern."""
HINT = "どの数が違うか、元の資料で確かめてください。"


def wrong(prose: Prose, begin: int, end: int, right: str, *, warns: bool = False) -> Alarm:
    """The alarm about a calculation that makes ``right`` (a figure with its unit)."""
    words = prose.text[begin:end].replace("\n", "")
    return Alarm(begin, end, f"「{words}」の計算が合いません。{right}です。", hint=HINT, warns=warns)


def wrong_in(prose: Prose, found: re.Match[str], right: str, *, warns: bool = False) -> Alarm:
    """The same about all that a pattern found."""
    return wrong(prose, found.start(), found.end(), right, warns=warns)


def step_of(value: Decimal) -> Decimal:
    """The last place that a figure tells: 1 for 12, 0.1 for 2.5."""
    return Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))


def agrees(said: Decimal, right: Decimal, *, about: bool = False) -> bool:
    """Whether a figure is the right one, as far as it is rounded."""
    return abs(said - right) < step_of(said) * (2 if about else 1)


def within(figures: Iterable[Figure], begin: int, end: int) -> Sequence[Figure]:
    """The figures that stand in a part of the text."""
    return [each for each in figures if begin <= each.begin and each.end <= end]
