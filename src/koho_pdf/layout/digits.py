"""Digits in the layout's style: full-width or half-width, however the editor typed them (``digits`` in layout.yaml).

Only 0-9 and ０-９ change, each into the same digit of the other width: a text keeps its length, marks and meaning. Web
and mail addresses stay as typed, in links and in the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from koho_pdf.content.values.runs import (
    Break,
    InlineText,
    Joint,
    Kenten,
    Link,
    Note,
    Ruby,
    Run,
    Strong,
    Text,
    Tongue,
    plain_of,
)

STYLES = ("as-typed", "half", "full", "one-full")
"""The styles a layout may ask for: with ``one-full`` a single digit is full-width, longer numbers are half-width."""

_HALF, _FULL = "0123456789", "０１２３４５６７８９"
_TO_HALF, _TO_FULL = str.maketrans(_FULL, _HALF), str.maketrans(_HALF, _FULL)
_DIGITS, _LETTER = "[0-9０-９]+", "[A-Za-zＡ-Ｚａ-ｚ]"
_PART = re.compile(
    r"(?P<address>(?:https?://|www\.)[!-~]+|[0-9０-９A-Za-z._+-]+@[0-9０-９A-Za-z.-]+)"
    # 3,500 and 0164-42-1809 are one number; the 4 of A4 and the 2 of CO2 belong to a Latin word.
    rf"|(?P<number>(?P<after>(?<={_LETTER}))?{_DIGITS}(?:[.,:/‐–．，：／-]{_DIGITS})*(?P<before>(?={_LETTER}))?)"
)


def in_style(text: InlineText, style: str) -> InlineText:
    """The text with its digits in one of ``STYLES``; a number may go through marks (``2**0**``), readings stay."""
    if style == "as-typed":
        return text
    printed = iter(_PART.sub(lambda part: _part(part, style), text.plain))
    return replace(text, runs=_runs(text.runs, printed))


def _part(part: re.Match[str], style: str) -> str:
    if part["address"]:
        return part[0]
    alone = len(part[0]) == 1 and part["after"] is None and part["before"] is None
    return part[0].translate(_TO_FULL if style == "full" or (style == "one-full" and alone) else _TO_HALF)


def _runs(runs: tuple[Run, ...], printed: Iterator[str]) -> tuple[Run, ...]:
    """The runs with their characters replaced by those of ``printed``, in order."""

    def taken(words: str) -> str:
        return "".join(islice(printed, len(words)))

    found: list[Run] = []
    for run in runs:
        match run:
            case Text(words):
                found.append(Text(taken(words)))
            case Ruby(pairs, in_line):
                made: list[tuple[str, str]] = []
                for base, reading in pairs:
                    made.append((taken(base), reading))
                    _ = taken(f"（{reading}）") if in_line else ""  # these words are in the line too
                found.append(replace(run, pairs=tuple(made)))
            case Note():
                found.append(Note(taken(plain_of((run,)))[1:-1]))
            case Strong() | Kenten() | Link() | Tongue():
                found.append(replace(run, runs=_runs(run.runs, printed)))
            case Break() | Joint():
                found.append(run)
    return tuple(found)
