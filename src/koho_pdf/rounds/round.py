"""A round of proofs (初校, 再校 …): all that is known of it later, whatever happens to the manuscript and the layout.

It is kept in the issue's folder: ``rounds/1/round.json`` and, beside it, the manuscript's files as they were, the
pages (``pages.pdf``) and the answers that came (``answers/``). Nothing of it is part of an edition or a release.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from koho_pdf.content.outline import Part
from koho_pdf.errors import ManuscriptError, UsageError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.geometry import Rect
from koho_pdf.manuscript.own_files import ROUNDS

PAGES = "pages.pdf"
MANUSCRIPT = "manuscript"
ANSWERS = "answers"

SCHEMA = 1
_FILE = "round.json"
_NAMES = ("初校", "再校", *(f"{each}校" for each in "三四五六七八九"), "十校")
LAST = "念校"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of an article as it stood: its place in the manuscript, its words, and what it is (``gate.prose.Role``).
    ``line`` is that of the manuscript's file. In one article no two passages have the same ``field``.
    """

    field: str
    words: str
    role: str = "body"
    line: int = 0


@dataclass(frozen=True, slots=True)
class Proofed:
    """An article in a round. ``begins`` is its place in the manuscript (``herring:``)."""

    key: str
    begins: str
    heading: str
    department: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A field on a page: the parts of the page that it fills, in mm from the trim's top left."""

    field: str
    page: int
    pieces: tuple[Rect, ...]

    @property
    def box(self) -> Rect:
        """All its parts together."""
        box = self.pieces[0]
        for each in self.pieces[1:]:
            box = box.union(each)
        return box


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that was open, or let stand, in a round."""

    severity: str
    code: str
    message: str
    place: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A round of proofs. ``date`` is the day on its papers (ISO, empty without one), ``until`` the words that say when
    answers are due. ``outline`` is the whole issue, as it is printed; ``sizes`` are the trims of the pages in mm;
    ``files`` and ``pictures`` have the SHA-256 of the manuscript's files, and of each picture.
    """

    issue: str
    number: int
    name: str
    date: str
    until: str
    title: str
    issued: str
    municipality: str
    kind: str
    layout: str
    outline: Part
    articles: tuple[Proofed, ...]
    places: tuple[Standing, ...]
    sizes: tuple[tuple[float, float], ...]
    told: tuple[Told, ...] = ()
    pages_sum: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments (担当課) of its articles, in the order of these."""
        return tuple(dict.fromkeys(each.department for each in self.articles))

    def of(self, department: str) -> tuple[Proofed, ...]:
        """The articles of a department."""
        return tuple(each for each in self.articles if each.department == department)

    def version(self, department: str) -> str:
        """A SHA-256 over the words that a department is asked about: an answer holds for these alone."""
        return version_of(self.of(department))

    def lines(self) -> dict[str, int]:
        """The line of each passage in its file, by its field."""
        return {each.field: each.line for article in self.articles for each in article.passages}

    @property
    def called(self) -> str:
        """再校 3月4日(木)"""
        return f"{self.name} {in_words(self.date)}" if self.date else self.name


def version_of(articles: Iterable[Proofed]) -> str:
    """A SHA-256 over the words of these articles."""
    said = [[each.key, [[passage.field, passage.words] for passage in each.passages]] for each in articles]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def name_of(number: int, *, last: bool = False) -> str:
    """What the round with this number, from 1, is called."""
    return LAST if last else _NAMES[number - 1] if number <= len(_NAMES) else f"{number}校"


def in_words(date: str) -> str:
    """3月4日(木)"""
    day = datetime.date.fromisoformat(date)
    return f"{day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})"


def folder_of(issue: Path, number: int) -> Path:
    """The folder of a round of the issue in the folder ``issue``."""
    return issue / ROUNDS / str(number)


def rounds_of(issue: Path, root: Path) -> tuple[Round, ...]:
    """All rounds of an issue, in order. Raises ManuscriptError (``round-broken``) where one cannot be read."""
    held = issue / ROUNDS
    numbers = (
        sorted(int(each.name) for each in held.iterdir() if re.fullmatch("[1-9][0-9]{0,3}", each.name))
        if held.is_dir()
        else []
    )
    return tuple(_read(folder_of(issue, number) / _FILE, root) for number in numbers)


def round_called(name: str, rounds: Sequence[Round], issue: str) -> Round:
    """The round with this name or number (初校, 2). Raises UsageError (``no-round``)."""
    for each in reversed(rounds):
        if name in (each.name, str(each.number)):
            return each
    there = "・".join(each.name for each in rounds)
    hint = f"あるのは {there} です。" if there else f"まだ1度も出していません。koho proof {issue} で初校を出します。"
    raise UsageError(error("no-round", f"「{issue}」に「{name[:40]}」という校正はありません。", hint=hint))


def as_bytes(made: Round) -> bytes:
    """``round.json``."""
    return (json.dumps({"schema": SCHEMA, **asdict(made)}, ensure_ascii=False, indent=1) + "\n").encode()


def _read(path: Path, root: Path) -> Round:
    try:
        return round_of(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ManuscriptError(_broken(path, root)) from fault


def pages_of(folder: Path, made: Round, root: Path) -> bytes:
    """The pages of a round, as a PDF. Raises ManuscriptError (``round-broken``) if they are not those that it had."""
    path = folder_of(folder, made.number) / PAGES
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise ManuscriptError(_broken(path, root)) from fault
    if hashlib.sha256(content).hexdigest() != made.pages_sum:
        raise ManuscriptError(_broken(path, root))
    return content


def _broken(path: Path, root: Path) -> Finding:
    file = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    hint = "控えがあれば戻してください。なければ、この番号のフォルダーを別の所に移すと、ほかの校正はそのまま使えます。"
    return error("round-broken", "校正の控えが読めません。", Where(file), hint)


def round_of(told: Mapping[str, Any]) -> Round:
    """A round from the JSON of ``as_bytes``. Raises KeyError, TypeError, ValueError."""
    if told["schema"] != SCHEMA:
        raise ValueError(told["schema"])
    said = {name: each for name, each in told.items() if name != "schema"}
    if said["date"]:
        datetime.date.fromisoformat(said["date"])
    datetime.date.fromisoformat(said["issued"])
    return Round(
        **said
        | {
            "outline": _part(said["outline"]),
            "articles": tuple(
                Proofed(**each | {"passages": tuple(Passage(**one) for one in each["passages"])})
                for each in said["articles"]
            ),
            "places": tuple(
                Standing(each["field"], int(each["page"]), tuple(Rect(**one) for one in each["pieces"]))
                for each in said["places"]
                if each["pieces"]
            ),
            "sizes": tuple((float(wide), float(high)) for wide, high in said["sizes"]),
            "told": tuple(Told(**each) for each in said["told"]),
            "files": dict(said["files"]),
            "pictures": dict(said.get("pictures", {})),
        }
    )


def _part(told: Mapping[str, Any]) -> Part:
    return Part(**{**told, "parts": tuple(map(_part, told["parts"]))})


def fields_in(part: Part, within: str = "") -> Iterator[tuple[str, Part]]:
    """Every part below one, with its place in the manuscript: ``herring:body.0`` for ``articles.3.body.0``."""
    for each in part.parts:
        name = each.field
        if within:
            article, _, above = within.partition("\t")
            name = article + name.removeprefix(above)
        yield (f"{each.key}:" if each.key else name), each
        yield from fields_in(each, f"{each.key}:\t{each.field}." if each.key else within)
