"""How long words are before they are set: what a template chooses a slot by. Whether they fit is told by measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from math import ceil

from markupsafe import Markup

from koho_pdf.content.values.runs import InlineText
from koho_pdf.layout.phrases import parts_of, phrases_of

_NARROW = re.compile("[\0-~]")
_HALF = re.compile("[「」『』（）【】、。・]")
_HALF_IN_CELLS = re.compile("[（）「」・]")
_HIRAGANA, _KATAKANA = re.compile("[ぁ-ん]"), re.compile("[ァ-ー]")
_CAPITAL = re.compile("[A-Z]")
_DIGIT = re.compile("[0-9]")
_STOPS = "、。"
_SHORT_LINE, _SHORTER_LINE = 17, 10


def ems(text: InlineText | str) -> float:
    """The length of a text in em: Latin letters and figures are half as wide, with a quarter em on both sides."""
    plain = _plain(text)
    return len(plain) - 0.38 * _count(_NARROW, plain)


def cell_ems(text: InlineText | str) -> float:
    """The same in a cell of a table: figures need no space there, and brackets within a line are half as wide."""
    plain = _plain(text)
    return len(plain) - 0.5 * _count(_NARROW, plain) - 0.4 * _count(_HALF_IN_CELLS, plain)


def rows(text: InlineText | str, chars: float, spare: float = 0.3) -> int:
    """How many lines of ``chars`` em a text takes. ``spare``: the em that line breaking rules push to the next line; in
    a short line a figure goes there with its unit, too."""
    pushed = 1.2 if chars <= _SHORTER_LINE and _DIGIT.search(_plain(text)) else 0
    return max(ceil((ems(text) + spare + pushed) / (chars - (0.4 if chars < _SHORT_LINE else 0))), 1)


def ragged_rows(text: InlineText | str, chars: float, hanging: bool = False) -> int:
    """The same of ragged text that keeps words whole (``pretty`` with ``auto-phrase``): as many lines as its phrases
    fill, one more at most than if words were cut. A 。 or 、 is half as wide at a line's end, or stands
    outside (``hanging``)."""
    taken, at, stop = 1, 0.0, 1.0 if hanging else 0.5
    for part in (part for phrase in phrases_of(_plain(text)) for part in parts_of(phrase)):
        long = ems(part)
        if at and at + long - (stop if part[-1] in _STOPS else 0) > chars:
            taken, at = taken + 1, 0.0
        at += long
    return min(max(rows(text, chars, -0.5), taken), rows(text, chars, 0) + 1)


def clause_rows(text: InlineText | str, chars: int) -> int:
    """How many lines a text takes that breaks after 「、」 and 「。」 (``clauses``), which may hang at its end."""
    taken, at = 1, 0
    for clause in re.findall("[^、。\n]*[、。\n]|[^、。\n]+", _plain(text)):
        if not (bare := clause.strip("\n")):
            continue
        long, room = len(bare), chars + (1 if bare[-1] in "、。" else 0)
        if at + long <= room:
            at += long
            continue
        taken += (1 if at else 0) + ((long - 1) // chars if long > room else 0)
        at = (long - 1) % chars + 1 if long > room else long
    return taken


def longest(lines: Sequence[Markup]) -> float:
    """The length of the longest of some lines in em; brackets and points are half as wide, and so are capitals nearly
    (EV, FCV)."""
    return max((_line_ems(words) for words in map(_words, lines)), default=0)


def widest(lines: Sequence[Markup]) -> float:
    """The same in proportional kana (Pゴシック体), which are narrower."""
    return max(
        (
            _line_ems(words) - 0.02 * _count(_HIRAGANA, words) - 0.07 * _count(_KATAKANA, words)
            for words in map(_words, lines)
        ),
        default=0,
    )


def letters(lines: Sequence[Markup]) -> int:
    """The number of characters of the longest of some lines: in large vertical words a point takes a whole one, too."""
    return max((len(words) for words in map(_words, lines)), default=0)


def parted(lengths: Sequence[float], count: int) -> list[int]:
    """Where the parts begin if things of these lengths are put in ``count`` columns, in order, with 1 between two of a
    column: the longest column is as short as can be, and of equals the first is the shortest."""
    total = len(lengths)
    if count >= total:
        return list(range(total))

    def column(of: tuple[int, ...]) -> float:
        return max(sum(lengths[a:b]) + b - a - 1 for a, b in zip((0, *of), (*of, total), strict=True))

    return [0, *min(combinations(range(1, total), count - 1), key=column)]


def _plain(text: InlineText | str) -> str:
    return text.plain if isinstance(text, InlineText) else str(text)


def _words(line: Markup) -> str:
    return Markup(line).striptags()


def _line_ems(words: str) -> float:
    return len(words) - 0.5 * _count(_HALF, words) - 0.38 * _count(_CAPITAL, words)


def _count(kind: re.Pattern[str], words: str) -> int:
    return len(kind.findall(words))
