"""What an article says of its event: the days and times on which it is held, its place, whom to call."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Cell, Grid, Prose, Role
from koho_pdf.gate.said_days import SaidDay, days_in
from koho_pdf.gate.said_times import SaidTime, times_in

CLOSES = late(
    "申込|申し込|応募|締切|締め切|〆切|期限|募集|必着|予約|エントリー|発売|前売|販売|受付|受け付け|配布|抽選|当選|発表し|振替日|納期|問合|問い合"
)
OTHER = late("雨天|順延|予備日|延期|前日|翌日|準備|片付け|昨年|前回|去年|次回|前年|来年|リハーサル|事前|説明会")
HELD = late("開催|開き|開く|開か|行い|行う|行わ|あり|当日|会場|始ま|開会|開講|催し|ご来場|お越し|集ま|日程|です")
SERIES = late("全[0-9０-９]+回|毎[週月日年]|連続講座|コース|随時|毎回|各回|第[0-9０-９]+[回、・]|各日|いずれか|ほか")
_LABEL_DAY = late(
    "^[ 　■●○◆◇▼▶・【\\[]*(?:日時|とき|日程|期日|開催日時?|開催期間|期間|会期|日にち|月日|と き|日 時)[】\\]]?[　 ：:]+",
    re.MULTILINE,
)
_LABEL_PLACE = late(
    "^[ 　■●○◆◇▼▶・【\\[]*(?:場所|会場|ところ|開催場所|集合場所|と こ ろ|場 所)[】\\]]?[　 ：:]+(?P<place>[^\n（(、。]+)",
    re.MULTILINE,
)
_LINE = late("[^\n]*")
_QUOTED = late("[「『]([^「」『』]{4,24})[」』]")
_TAIL = late(
    "(?:を?(?:開催|開講|実施|開設)(?:します|しました|のお知らせ|について|決定)?|を?(?:開き|行い)ます|が?(?:始まり|あり)ます|(?:の|に)?(?:お知らせ|ご案内|ご?参加(?:を|ください|者)?.*|募集.*|について|日程|開催)|へ(?:ようこそ|行こう|お越しください)|[！!？?。]+)$"
)
_HEAD = late("^[ 　■●○◆◇▼▶◎★☆♪・【】\\[\\]0-9０-９（）()]+")
_ANY = late(
    "健診|検診|相談|教室|休館|収集|当番|予防接種|サロン|献血|説明会|お知らせ|募集|講習会$|講座$|カレンダー|行事予定|広報|市役所|図書館だより|議会|議員"
)
_PHONE = late(r"(?<![0-9-])(?:0[0-9]{1,4}[-(])?[0-9]{1,4}[-)][0-9]{4}(?![0-9-])")
_PLACE = late("場所|会場|ところ")
_RANGE = late(r"\s?(?:[～〜~–—-]|から)\s?")
_SHORT_TITLE = 32


@dataclass
class Unit:
    """An article, or in a plain text a heading with its paragraphs: ``title`` and all its ``texts``."""

    title: str
    texts: list[Prose] = field(default_factory=list)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its event, as others may write them: from its title, without 「を開催します」."""
        whole = _HEAD.sub("", self.title.strip()).strip(" 　")
        found = [each[1] for each in _QUOTED.finditer(self.title)]
        before = ""
        while whole != before:
            before, whole = whole, _TAIL.sub("", whole).strip(" 　「」『』")
        names = [each for each in (*found, whole) if 5 <= len(each) <= _SHORT_TITLE and not _ANY.search(each)]
        return tuple(dict.fromkeys(names))

    @cached_property
    def whole(self) -> str:
        """All its words, to see at once whether a name is among them."""
        return "\n".join(prose.text for prose in self.texts)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, all its ``words``, and which of its cells is the place, if one is."""

    cells: Sequence[Cell]
    words: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What some words say of an event: its days, its times, its place, its telephones, each with their text."""

    days: tuple[tuple[Prose, SaidDay], ...] = ()
    spans: tuple[tuple[datetime.date, datetime.date], ...] = ()
    times: tuple[tuple[Prose, SaidTime], ...] = ()
    places: tuple[tuple[Prose, int, str], ...] = ()
    phones: tuple[tuple[Prose, int, str], ...] = ()

    def holds(self, day: datetime.date) -> bool:
        """Whether a day is one of its days, or between the first and the last of a period."""
        return any(said.date == day for _, said in self.days) or any(one <= day <= other for one, other in self.spans)


def units_of(proses: Sequence[Prose]) -> list[Unit]:
    """The articles, in order. A short line without 。 begins one in a plain text."""
    found: list[Unit] = []
    by_article: dict[str, Unit] = {}
    for prose in proses:
        if prose.role in (Role.PICTURE, Role.ADVERTISEMENT, Role.QUOTE, Role.CAPTION):
            continue
        if prose.article:
            unit = by_article.get(prose.article)
            if unit is None:
                unit = by_article[prose.article] = Unit(prose.text if prose.role is Role.HEADING else "")
                found.append(unit)
        else:
            first = prose.text.split("\n", 1)[0].strip()
            titled = len(first) <= _SHORT_TITLE and "。" not in first and not _LABEL_DAY.match(first + "　")
            if not found or (prose.role is not Role.CELL and titled and not re.match("[^　：:]{1,6}[　：:]", first)):
                found.append(Unit(first if titled else ""))
            unit = found[-1]
        unit.texts.append(prose)
    return found


def own_claim(unit: Unit, today: datetime.date | None) -> Claim:
    """What a unit says of its own event: under 日時 and 場所, or where it says that it is held."""
    days, times, places, phones = [], [], [], []
    spans: list[tuple[datetime.date, datetime.date]] = []
    labelled = any(_LABEL_DAY.search(prose.text) for prose in unit.texts)
    for prose in unit.texts:
        for begin, end in _lines(prose):
            line = prose.text[begin:end]
            is_day = bool(_LABEL_DAY.match(line)) if labelled else bool(HELD.search(line)) and not CLOSES.search(line)
            if is_day:
                here = [each for each in days_in(prose, today) if begin <= each.begin < end]
                days += [(prose, each) for each in here if each.date]
                spans += list(_spans(prose, here))
                times += [(prose, each) for each in times_in(prose) if begin <= each.begin < end]
        places += [(prose, each.start("place"), each["place"].strip()) for each in _LABEL_PLACE.finditer(prose.text)]
        phones += [(prose, each.start(), each[0]) for each in _PHONE.finditer(prose.half)]
    return Claim(tuple(days), tuple(spans), tuple(times), tuple(places), tuple(phones))


def mentions(unit: Unit, name: str, today: datetime.date | None) -> Iterator[Claim]:
    """What a unit's sentences and lines say of an event by its name."""
    for prose in unit.texts:
        if name not in prose.text or prose.role is Role.CELL:
            continue
        for begin, end in prose.sentences:
            sentence = prose.text[begin:end]
            if name not in sentence or not _says(sentence.replace(name, "")):
                continue
            days = tuple((prose, each) for each in days_in(prose, today) if begin <= each.begin < end and each.date)
            times = tuple((prose, each) for each in times_in(prose) if begin <= each.begin < end)
            phones = tuple((prose, begin + each.start(), each[0]) for each in _PHONE.finditer(prose.half[begin:end]))
            yield Claim(days, (), times, (), phones)


def _says(rest: str) -> bool:
    if CLOSES.search(rest) or OTHER.search(rest) or SERIES.search(rest):
        return False
    return bool(HELD.search(rest)) or ("。" not in rest and len(rest) < 40)


def rows_of(grids: Sequence[Grid]) -> list[Row]:
    """The rows of all tables, their heads too (a head has no words: it says nothing of an event)."""
    found: list[Row] = []
    for grid in grids:
        place = next((at for at, cell in enumerate(grid.rows[0]) if _PLACE.search(cell.words)), None)
        found.append(Row(grid.rows[0], "", None))
        found += [Row(row, "　".join(cell.words for cell in row), place) for row in grid.rows[1:]]
    return found


def in_tables(rows: Sequence[Row], name: str, today: datetime.date | None) -> Iterator[Claim]:
    """What rows of tables say of an event: a calendar of the month."""
    for row in rows:
        if name not in row.words or any(words.search(row.words) for words in (CLOSES, OTHER, SERIES)):
            continue
        cells = row.cells
        days = tuple((cell.prose, each) for cell in cells for each in days_in(cell.prose, today) if each.date)
        times = tuple((cell.prose, each) for cell in cells for each in times_in(cell.prose))
        place = cells[row.place] if row.place is not None else None
        places = ((place.prose, 0, place.words),) if place and place.words else ()
        phones = tuple(
            (cell.prose, each.start(), each[0]) for cell in cells for each in _PHONE.finditer(cell.prose.half)
        )
        yield Claim(days, (), times, places, phones)


def _lines(prose: Prose) -> Iterator[tuple[int, int]]:
    if prose.role is Role.BODY and "。" in prose.text and not _LABEL_DAY.search(prose.text):
        yield from prose.sentences
    else:
        yield from (found.span() for found in _LINE.finditer(prose.text) if found[0].strip())


def _spans(prose: Prose, days: Sequence[SaidDay]) -> Iterator[tuple[datetime.date, datetime.date]]:
    for first, second in itertools.pairwise(days):
        if first.date and second.date and _RANGE.fullmatch(prose.half[first.end : second.begin]):
            yield first.date, second.date
