"""Inline text as HTML: ruby, strong, kenten, notes and links; headings cut at phrases (文節).

The words of a manuscript never become markup by themselves: every character passes through the escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from koho_pdf.layout.phrases import phrases_of
from koho_pdf.manuscript.runs import InlineText, Kenten, Link, Note, Ruby, Run, Strong, Text


def inline(text: InlineText | str) -> Markup:
    """A field's text with its marks as HTML."""
    if isinstance(text, InlineText):
        return _runs(text.runs)
    return escape(text)


def phrases(text: InlineText | str) -> Markup:
    """A heading that may break only between phrases: each phrase is a span that stays on one line.

    A heading with marks in it is left as it is: marks say where its parts are, phrases would cut through them.
    """
    if isinstance(text, InlineText) and any(not isinstance(run, Text) for run in text.runs):
        return _runs(text.runs)
    plain = text.plain if isinstance(text, InlineText) else text
    return Markup().join(Markup('<span class="phrase">{}</span>').format(phrase) for phrase in phrases_of(plain))


def lines(text: InlineText | str, characters: int, at_least: int = 1) -> list[Markup]:
    """A heading or display line as lines of whole phrases, as even as phrases allow, at most ``characters`` each.

    Counted in full-width characters (display lines are solid-set, ベタ組み); never fewer than ``at_least`` lines, if
    there are as many phrases. A phrase that is longer than a line stays whole, and composition reports it as overset.
    A text with marks in it stays one line.
    """
    if isinstance(text, InlineText) and any(not isinstance(run, Text) for run in text.runs):
        return [_runs(text.runs)]
    parts = phrases_of(str(text))
    longest = max(map(len, parts))
    if longest > characters:
        return [escape(part) for part in parts]
    count = max(min(at_least, len(parts)), len(_filled(parts, characters)))
    width = next(width for width in range(longest, characters + 1) if len(_filled(parts, width)) <= count)
    even: list[str] = []
    while parts:
        # Of equal ways the one with the shortest first line: as few phrases as leave the rest its lines.
        rest, taken = count - len(even) - 1, 1
        while len(_filled(parts[taken:], width)) > rest:
            taken += 1
        even.append("".join(parts[:taken]))
        parts = parts[taken:]
    return [escape(line) for line in even]


def _filled(parts: Sequence[str], width: int) -> list[str]:
    """The phrases joined into as few lines of at most ``width`` characters as there can be."""
    filled: list[str] = []
    for part in parts:
        if filled and len(filled[-1]) + len(part) <= width:
            filled[-1] += part
        else:
            filled.append(part)
    return filled


def clauses(text: InlineText | str, characters: int) -> Markup:
    """Ragged text that breaks after 、 and 。 where it can: clauses stay whole, longer ones break at phrases.

    ``characters`` is the line's length; a text with marks in it is left as it is (see ``phrases``).
    """
    if isinstance(text, InlineText) and any(not isinstance(run, Text) for run in text.runs):
        return _runs(text.runs)
    pieces = [
        piece
        for clause in re.findall(r"[^、。]*[、。]+[」』）]*|[^、。]+", str(text))
        for piece in ([clause] if len(clause) <= characters else phrases_of(clause))
    ]
    return Markup().join(Markup('<span class="phrase">{}</span>').format(piece) for piece in pieces)


def _runs(runs: Iterable[Run]) -> Markup:
    return Markup().join(_run(run) for run in runs)


def _run(run: Run) -> Markup:
    match run:
        case Text(text):
            return escape(text)
        case Ruby(pairs):
            parts = (Markup("{}<rt>{}</rt>").format(base, reading) for base, reading in pairs)
            return Markup("<ruby>{}</ruby>").format(Markup().join(parts))
        case Strong(runs):
            return Markup("<strong>{}</strong>").format(_runs(runs))
        case Kenten(runs):
            return Markup('<em class="kenten">{}</em>').format(_runs(runs))
        case Note(text):
            return Markup('（<small class="warichu">{}</small>）').format(text)
        case Link(runs, url):
            return Markup('<a href="{}">{}</a>').format(url, _runs(runs))
    raise AssertionError(run)
