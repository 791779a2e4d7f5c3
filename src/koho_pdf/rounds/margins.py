"""What stands in the margins of a proof: the article's id, the line of each text in its file, and a thread to it.

Arithmetic in millimetres; the templates draw it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

from koho_pdf.geometry import Rect
from koho_pdf.manuscript.paths import article_in
from koho_pdf.rounds.belonging import Belonging
from koho_pdf.rounds.round import Proofed, Round

SIDE, HEAD, FOOT = 34.0, 16.0, 9.0
"""The margins around a page, in mm; ``HEAD`` has the line that says which round it is."""

_MARK = 0.85  # of a page's width: the round's name across it
_HIGH = 3.4
_GAP = 1.5
_LINE = 15  # letters of an id in one line
_MOST = 30
_ROW = 1.2  # mm: texts that begin nearer to each other share a label


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a margin: their place from the sheet's top left; ``left`` is the side; ``head`` for an article's id.
    From ``x``, ``y`` of the thread it runs ``length`` mm, turned by ``angle`` degrees.
    """

    words: str
    left: bool
    top: float
    head: bool
    x: float = 0.0
    y: float = 0.0
    length: float = 0.0
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a proof: its size, the page on it, its labels."""

    page: int
    width: float
    height: float
    held: Rect
    labels: tuple[Label, ...]


def sheets(belonging: Belonging, articles: Sequence[Proofed], pages: Iterable[int]) -> tuple[Sheet, ...]:
    """The sheets for these pages, with what belongs to these articles in the margins."""
    made = []
    for page in pages:
        wide, high = belonging.round.sizes[page - 1]
        held = Rect(SIDE, HEAD, wide, high)
        labels = _labels(belonging, articles, page, held)
        made.append(Sheet(page, wide + 2 * SIDE, high + HEAD + FOOT, held, labels))
    return tuple(made)


def context_of(laid: tuple[Sheet, ...], made: Round) -> dict[str, object]:
    """What the template of sheets needs."""
    wide = min((size[0] for size in made.sizes), default=210.0)
    return {
        "sheets": laid,
        "sizes": sorted({(each.width, each.height) for each in laid}),
        "mark": wide * _MARK / max(2, len(made.name)),
        "pictures": {},
        "department": "",
    }


@dataclass(slots=True)
class _Wanted:
    words: str
    left: bool
    at: float
    head: bool
    reach: float
    numbers: list[int]

    @property
    def high(self) -> float:
        """How high the label is: an id may need two lines."""
        return _HIGH * (2 if len(self.words) > _LINE else 1)


def _labels(belonging: Belonging, articles: Sequence[Proofed], page: int, held: Rect) -> tuple[Label, ...]:
    wanted: list[_Wanted] = []
    for article in articles:
        wanted += _of_article(belonging, article, page, held.width)
    made: list[Label] = []
    for left in (True, False):
        side = sorted((each for each in wanted if each.left is left), key=lambda each: (each.at, not each.head))
        tops = _stacked([(each.at, each.high) for each in side], held.height)
        made += [_label(each, top, held) for each, top in zip(side, tops, strict=True)]
    return tuple(made)


def _of_article(belonging: Belonging, article: Proofed, page: int, wide: float) -> list[_Wanted]:
    """The labels of an article on a page, from its top down."""
    rows: list[_Wanted] = []
    first: list[tuple[float, float, bool]] = []
    for passage in article.passages:
        for each in belonging.places_of(passage.field):
            if each.page != page or (belonging.article_of(each.field) or article).key != article.key:
                continue
            piece = each.pieces[0]
            left = piece.x + piece.width / 2 < wide / 2
            reach = piece.x if left else piece.right
            at = piece.y + min(piece.height / 2, 1.8)
            first.append((piece.y, reach, left))
            known = next((row for row in rows if row.left is left and abs(row.at - at) < _ROW), None)
            if known is None:
                rows.append(_Wanted("", left, at, False, reach, [passage.line]))
            elif passage.line not in known.numbers:
                known.numbers.append(passage.line)
                known.reach = min(known.reach, reach) if left else max(known.reach, reach)
            break
    for row in rows:
        row.words = _numbers(sorted(filter(None, row.numbers)))
    if not first:
        return []
    at, reach, left = min(first)
    name = article_in(article.begins) or article.key
    name = name if len(name) <= _MOST else f"{name[: _MOST - 1]}…"
    return [_Wanted(name, left, max(0.0, at - _HIGH), True, reach, []), *(row for row in rows if row.words)]


def _numbers(lines: Sequence[int]) -> str:
    """12, 12・14, 12–19."""
    if len(lines) <= 2:
        return "・".join(map(str, lines))
    return f"{lines[0]}–{lines[-1]}"


def _stacked(wanted: Sequence[tuple[float, float]], high: float) -> list[float]:
    """Where labels stand that want to stand at these heights and are so high, in order: none on another, all beside the
    page."""
    tops: list[float] = []
    end = 0.0
    for at, own in wanted:
        tops.append(max(at - _HIGH / 2, end))
        end = tops[-1] + own
    end = high
    for number in reversed(range(len(tops))):
        tops[number] = min(tops[number], end - wanted[number][1])
        end = tops[number]
    if tops and tops[0] < 0:  # more than there is room for: closer together
        step = (high - _HIGH) / len(tops)
        tops = [number * step for number in range(len(tops))]
    return tops


def _label(wanted: _Wanted, top: float, held: Rect) -> Label:
    if wanted.head:
        return Label(wanted.words, wanted.left, held.y + top, True)
    begin = (held.x - _GAP if wanted.left else held.right + _GAP, held.y + top + _HIGH / 2)
    end = (held.x + wanted.reach + (-0.6 if wanted.left else 0.6), held.y + wanted.at)
    across, down = end[0] - begin[0], end[1] - begin[1]
    turned = degrees(atan2(down, across))
    return Label(wanted.words, wanted.left, held.y + top, False, *begin, hypot(across, down), turned)
