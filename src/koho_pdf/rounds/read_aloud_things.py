"""読み合わせ: every date, time, telephone number, amount, number, name and address in the texts of a round.

The gate's readers find them; a digit that none of them reads is a number all the same, so that none is left out.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from koho_pdf.gate.prose import ADDRESS, Prose
from koho_pdf.gate.said_days import days_in, years_in
from koho_pdf.gate.said_figures import UNIT, figures_in
from koho_pdf.gate.said_times import times_in
from koho_pdf.gate.tokens import tokens_of
from koho_pdf.rounds.belonging import Belonging
from koho_pdf.rounds.round import Passage, Proofed, Round

DAY, TIME, TELEPHONE, AMOUNT, NUMBER, NAME, WEB = "日付", "時刻", "電話", "金額", "数", "名前", "アドレス"
NAME_OR_PLACE = "人か地名"
_PERSON, _PICTURE = "person", "picture"
_TELEPHONE = re.compile(
    r"(?<![0-9〒-])(?:\(0[0-9]{1,4}\)\s?[0-9]{1,4}-[0-9]{3,5}|0[0-9]{1,4}[-(\s][0-9]{1,4}[-)\s][0-9]{3,5}|0[0-9]{9,10}"
    r"|[0-9]{2,3}-[0-9]{4}|[#＃♯][0-9]{4})(?![0-9-])"
)
_DIGITS = re.compile(r"[0-9][0-9,.:/-]*[0-9]|[0-9]")
_KANJI = re.compile(
    rf"(?!一番|一つ|一部|一時)[〇一二三四五六七八九十百][〇一二三四五六七八九十百千万億]*(?:{UNIT}|年|月|分|時|歳|か月|カ月|ヶ月|周年|軒|匹|度|位|号|丁目|番地|番|割|つ)"
)
_TAIL = re.compile(
    "年生|年目|年間|年度|年|日間|時間目|階|割|番窓口|番地|丁目|番|歳代|歳|か月|カ月|ヶ月|週間|回目|軒|匹|度|号|位|つ|間(?![近際もに])"
)
_TITLES = "さん(?!室)|氏|様|市長|副市長|町長|村長|教育長|議長|課長|館長|会長|先生"
_TITLED = re.compile(rf"(?P<name>[一-鿿々]{{1,4}}(?:[ 　][一-鿿々ぁ-んァ-ヶー]{{1,4}})?)(?=(?:{_TITLES}))")
_IS_TITLED = re.compile(rf"[ 　]?(?:{_TITLES})")
_HEADS = re.compile("市長|町長|村長")  # of the place that stands before them
_CONTEXT = 10  # characters on each side


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing to be read aloud: what kind of thing, its words and those beside it, where it stands. ``new`` is true if
    the article did not have it in the last round; ``was`` are then the words of its kind that are gone from its text.
    """

    kind: str
    words: str
    before: str
    after: str
    article: str
    field: str
    page: int
    line: int
    new: bool = False
    was: tuple[str, ...] = ()


def things_in(made: Round) -> tuple[Thing, ...]:
    """All of them, page by page, in reading order on each."""
    belonging = Belonging(made)
    found = [thing for article in made.articles for thing in _of_article(article, made, belonging)]
    return tuple(sorted(found, key=lambda each: each.page or len(made.sizes) + 1))


def since(now: Round, last: Round | None) -> tuple[Thing, ...]:
    """The same, each with what changed since the ``last`` round."""
    things = things_in(now)
    if last is None:
        return things
    old = things_in(last)
    left = Counter((each.article, each.kind, each.words) for each in old)
    made: list[Thing] = []
    for each in things:
        key = each.article, each.kind, each.words
        left[key] -= 1
        made.append(each if left[key] >= 0 else _changed(each, old, things))
    return tuple(made)


def _changed(thing: Thing, old: tuple[Thing, ...], now: tuple[Thing, ...]) -> Thing:
    stay = {each.words for each in now if (each.field, each.kind) == (thing.field, thing.kind)}
    gone = (each.words for each in old if (each.field, each.kind) == (thing.field, thing.kind))
    was = tuple(dict.fromkeys(each for each in gone if each not in stay))
    return replace(thing, new=True, was=was)


def _of_article(article: Proofed, made: Round, belonging: Belonging) -> Iterator[Thing]:
    today = datetime.date.fromisoformat(made.issued)
    for passage in article.passages:
        if passage.role == _PICTURE:
            continue  # a description: nobody reads it on paper
        places = belonging.places_of(passage.field)
        page = places[0].page if places else 0
        for begin, end, kind in _spans(passage, today):
            words = passage.words
            before, after = words[max(0, begin - _CONTEXT) : begin], words[end : end + _CONTEXT]
            yield Thing(kind, words[begin:end], before, after, article.key, passage.field, page, passage.line)


@dataclass(slots=True)
class _Taken:
    """The spans of a text that are read already."""

    text: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, begin: int, end: int, kind: str) -> None:
        words = self.text[begin:end]
        begin, end = begin + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if begin < end and not any(begin < other and start < end for start, other, _ in self.spans):
            self.spans.append((begin, end, kind))


def _spans(passage: Passage, today: datetime.date) -> list[tuple[int, int, str]]:
    if passage.role == _PERSON:
        return [(0, len(passage.words), NAME)]
    prose, taken = Prose(passage.words), _Taken(passage.words)
    for found in ADDRESS.finditer(prose.half):
        taken.add(*found.span(), WEB)
    days = days_in(prose, today)
    for found in _TELEPHONE.finditer(prose.half):
        if not any(each.begin <= found.start() < each.end for each in days):
            taken.add(*found.span(), TELEPHONE)
    for day in days:
        taken.add(day.begin, day.end, DAY)
    for year in years_in(prose):
        taken.add(year.begin, year.end, DAY)
    for time in times_in(prose):
        taken.add(time.begin, time.end, TIME)
    for figure in figures_in(prose):
        tail = _TAIL.match(prose.text, figure.end)
        taken.add(figure.begin, tail.end() if tail else figure.end, AMOUNT if figure.unit == "円" else NUMBER)
    for pattern, kind in ((_DIGITS, NUMBER), (_KANJI, NUMBER)):
        for found in pattern.finditer(prose.half):
            taken.add(*found.span(), kind)
    _leftover(prose, taken)
    _names(prose, taken)
    return sorted(taken.spans)


def _leftover(prose: Prose, taken: _Taken) -> None:
    """Digits beside what was read: no digit is left out."""
    for found in re.finditer("[0-9]+", prose.half):
        begin = found.start()
        for at in range(found.start(), found.end() + 1):
            inside = at < found.end() and any(start <= at < end for start, end, _ in taken.spans)
            if inside or at == found.end():
                taken.add(begin, at, NUMBER)
                begin = at + 1


def _names(prose: Prose, taken: _Taken) -> None:
    """Names of people: with a title, or of two words. A single word may be a place (瀬越), so it is called so."""
    begin = end = count = 0
    for token in (*(each for each in tokens_of(prose, bool) if each.is_person), None):
        if token and count and prose.text[end : token.begin].strip(" 　") == "":
            end, count = token.end, count + 1
            continue
        if end - begin > 1:
            taken.add(begin, end, NAME if count > 1 or _IS_TITLED.match(prose.text, end) else NAME_OR_PLACE)
        begin, end, count = (token.begin, token.end, 1) if token else (0, 0, 0)
    for found in _TITLED.finditer(prose.text):
        taken.add(*found.span("name"), NAME_OR_PLACE if _HEADS.match(prose.text, found.end()) else NAME)
