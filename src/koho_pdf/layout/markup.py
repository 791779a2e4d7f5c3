"""Inline text as HTML: ruby, strong, kenten and links; headings cut at phrases (文節).

The words of a manuscript never become markup by themselves: every character passes through the escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from koho_pdf.manuscript.runs import InlineText, Kenten, Link, Ruby, Run, Strong, Text

if TYPE_CHECKING:
    from budoux import Parser

_SUFFIXES = ("たち",)
_UNMARKED = frozenset("、。，．・：；？！（）「」『』［］【】〈〉《》〔〕“”‘’ 　")


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
    return Markup().join(Markup('<span class="phrase">{}</span>').format(phrase) for phrase in cut(plain))


def lines(text: InlineText | str, characters: int, at_least: int = 1) -> list[Markup]:
    """A heading or display line as lines of whole phrases, as even as phrases allow, at most ``characters`` each.

    Counted in full-width characters (display lines are solid-set, ベタ組み); never fewer than ``at_least`` lines, if
    there are as many phrases. A phrase that is longer than a line stays whole, and composition reports it as overset.
    A text with marks in it stays one line.
    """
    if isinstance(text, InlineText) and any(not isinstance(run, Text) for run in text.runs):
        return [_runs(text.runs)]
    parts = cut(str(text))
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
        for piece in ([clause] if len(clause) <= characters else cut(clause))
    ]
    return Markup().join(Markup('<span class="phrase">{}</span>').format(piece) for piece in pieces)


@cache
def _phrase_model() -> Parser:
    import budoux  # its model is loaded once, and only where a layout cuts headings

    return budoux.load_default_japanese_parser()


def cut(text: str) -> list[str]:
    """Phrases (文節) of a Japanese text by BudouX, with its three commonest slips mended.

    A cut inside a run of kanji moves before the run (健康で笑|顔 -> 健康で|笑顔); a suffix stays with its word
    (子ども|たち); a phrase of one or two characters joins the one before it, so that no line of a heading can be
    that short.
    """
    cuts, end = [0], 0
    for phrase in _phrase_model().parse(text)[:-1]:
        end += len(phrase)
        start = end
        while start and all(map(_is_kanji, text[start - 1 : start + 1])):
            start -= 1
        if start > cuts[-1] and not text.startswith(_SUFFIXES, start):
            cuts.append(start)
    joined: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if joined and end - start <= 2:
            joined[-1] += text[start:end]
        else:
            joined.append(text[start:end])
    return joined


def _is_kanji(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _runs(runs: Iterable[Run]) -> Markup:
    return Markup().join(_run(run) for run in runs)


def _run(run: Run) -> Markup:
    match run:
        case Text(text):
            return escape(text)
        case Ruby(pairs):
            return Markup().join(Markup("<ruby>{}<rt>{}</rt></ruby>").format(base, reading) for base, reading in pairs)
        case Strong(runs):
            return Markup("<strong>{}</strong>").format(_runs(runs))
        case Kenten(runs):
            return Markup('<em class="kenten">{}</em>').format(Markup().join(_dotted(run) for run in runs))
        case Link(runs, url):
            return Markup('<a href="{}">{}</a>').format(url, _runs(runs))
    raise AssertionError(run)


def _dotted(run: Run) -> Markup:
    """Each character that takes a dot in a span of its own (JLREQ 3.3.9: none over punctuation)."""
    if not isinstance(run, Text):
        return _run(run)
    return Markup().join(
        escape(character) if character in _UNMARKED else Markup("<span>{}</span>").format(character)
        for character in run.text
    )
