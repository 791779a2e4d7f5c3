"""What changed between two rounds of an issue: words, places, pictures; and whether only what was asked for changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from koho_pdf.archive.compare.comparison import Comparison, comparison
from koho_pdf.archive.compare.pairs import Pair, told
from koho_pdf.archive.compare.two_issues import Side
from koho_pdf.archive.compare.wording import Piece
from koho_pdf.content.outline import Part
from koho_pdf.geometry import Rect
from koho_pdf.manuscript.paths import is_in
from koho_pdf.rounds.answers import Answer
from koho_pdf.rounds.belonging import Belonging
from koho_pdf.rounds.round import Round, Standing, fields_in

WORDS = {"added": "加わった", "dropped": "消えた", "moved": "順が移った", "reworded": "言葉が変わった"}
_LONG = 24  # characters of a text that stand for it
_MOVED = 0.5  # mm: less is no move


@dataclass(frozen=True, slots=True)
class Change:
    """A change of words: its number, the article, what the text is called, what happened to it (``WORDS``), and the
    words of both rounds in pieces. ``before`` and ``after`` are its fields, empty where it is not; ``asked`` says who
    asked for it.
    """

    number: int
    article: str
    label: str
    kinds: tuple[str, ...]
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    before: str
    after: str
    old_places: tuple[Standing, ...] = ()
    new_places: tuple[Standing, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shifted:
    """An article whose words stand elsewhere without a change: on which pages it was and is."""

    article: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    texts: int


@dataclass(frozen=True, slots=True)
class Between:
    """Everything between two rounds. ``unasked`` are changes that no answer asked for; ``undone`` are comments whose
    words stand as they were: who wrote it, on what, and the comment. ``pictures`` are files with another content."""

    old: Round
    new: Round
    compared: Comparison
    changes: tuple[Change, ...]
    shifted: tuple[Shifted, ...]
    undone: tuple[tuple[str, str, str], ...]
    asked: int
    pictures: tuple[str, ...] = ()

    @property
    def unasked(self) -> tuple[Change, ...]:
        return tuple(each for each in self.changes if not each.asked)


def between(old: Round, new: Round, answers: Sequence[Answer]) -> Between:
    """Compare two rounds of one issue; ``answers`` are those to the older one."""
    compared = comparison(_side(old), _side(new))
    was, now = Belonging(old), Belonging(new)
    changes = tuple(_changes(compared.root, was, now, answers))
    asked = [(answer, comment) for answer in answers for comment in answer.comments]
    touched = {each.before for each in changes} | {each.after for each in changes}
    texts = {passage.field: passage.words[:_LONG] for each in old.articles for passage in each.passages}
    undone = tuple(
        (
            f"{answer.department} {answer.name}",
            comment.anchor.quote or texts.get(comment.anchor.field, ""),
            comment.words,
        )
        for answer, comment in asked
        if not any(_meets(comment.anchor.field, each) for each in touched if each)
    )
    both = old.pictures and new.pictures  # rounds of before did not know their pictures
    pictures = sorted(name for name, _ in set(old.pictures.items()) ^ set(new.pictures.items()) if both)
    shifted = _shifted(was, now, touched)
    return Between(old, new, compared, changes, shifted, undone, len(asked), tuple(dict.fromkeys(pictures)))


def _side(made: Round) -> Side:
    day = datetime.date.fromisoformat(made.date or made.issued)
    return Side(made.name, made.title, day, made.kind, made.outline, made.outline, made.issue)


def _changes(root: Pair, was: Belonging, now: Belonging, answers: Sequence[Answer]) -> Iterator[Change]:
    before, after = _fields(was.round.outline), _fields(now.round.outline)
    number = 0
    for pair in told(root):
        if pair.away:
            continue
        kinds = tuple(name for name in WORDS if getattr(pair, name))
        old = before.get(pair.old.field, "") if pair.old else ""
        new = after.get(pair.new.field, "") if pair.new else ""
        number += 1
        belonging, field = (now, new) if new else (was, old)
        article = belonging.article_of(field)
        yield Change(
            number,
            article.heading if article else "",
            pair.part.label,
            kinds,
            _all_words(pair.old) if pair.dropped else pair.old_words,
            _all_words(pair.new) if pair.added else pair.new_words,
            old,
            new,
            _places(was, old, pair.old),
            _places(now, new, pair.new),
            _asked(old or new, answers),
        )


def _fields(outline: Part) -> Mapping[str, str]:
    return {part.field: name for name, part in fields_in(outline)}


def _all_words(part: Part | None) -> tuple[Piece, ...]:
    """The words of a part that came or went as a whole, with those of all parts in it."""
    words = " ".join(_words(part)) if part else ""
    return (Piece(words, True),) if words else ()


def _words(part: Part) -> Iterator[str]:
    if part.words:
        yield part.words
    for each in part.parts:
        yield from _words(each)


def _places(belonging: Belonging, field: str, part: Part | None) -> tuple[Standing, ...]:
    """Where a part stands: a group with a heading at its heading, if only that changed."""
    if not field or part is None:
        return ()
    if part.parts and not field.endswith(":"):
        heads = [each for name in ("heading", "name") for each in belonging.places_of(f"{field}.{name}")]
        return tuple(heads) or belonging.places_of(field)
    if field.endswith(":"):
        return belonging.places_of(f"{field}heading")
    return belonging.places_of(field)


def _meets(one: str, other: str) -> bool:
    """Whether two fields are the same or one is within the other; the heading of an article is the article's own."""
    one, other = (each.partition("#")[0] for each in (one, other))
    return is_in(one, other) or is_in(other, one) if not other.endswith(":") else one == f"{other}heading"


def _asked(field: str, answers: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            f"{answer.department} {answer.name}"
            for answer in answers
            for comment in answer.comments
            if _meets(comment.anchor.field, field)
        )
    )


def _shifted(was: Belonging, now: Belonging, touched: set[str]) -> tuple[Shifted, ...]:
    """The articles of which some text stands elsewhere, with the same words."""
    old = {each.key: each for each in was.round.articles}
    found: list[Shifted] = []
    for article in now.round.articles:
        if (before := old.get(article.key)) is None:
            continue
        words = {each.field: each.words for each in before.passages}
        same = [each.field for each in article.passages if words.get(each.field) == each.words]
        moved = [each for each in same if each not in touched and _places_of(was, each) != _places_of(now, each)]
        if moved:
            found.append(Shifted(article.heading, was.pages_of(before), now.pages_of(article), len(moved)))
    return tuple(found)


def _places_of(belonging: Belonging, field: str) -> tuple[tuple[int, int, int], ...]:
    """Where a text begins, as coarse as a move is told."""
    return tuple(
        (each.page, round(each.pieces[0].x / _MOVED), round(each.pieces[0].y / _MOVED))
        for each in belonging.places_of(field)
    )


def marked(places: Sequence[Standing], page: int) -> tuple[Rect, ...]:
    """What of some places stands on a page."""
    return tuple(piece for each in places if each.page == page for piece in each.pieces)
