"""L51: an age that does not follow from the birthdays beside it, and an anniversary that is not this year's."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import SaidDay, days_in, years_in

_AGE = late(r"(?:満|年齢は?)?(?P<age>[0-9]{1,3})歳(?P<more>以上|以下|未満|以降|まで|から|代|[～〜・、])?")
_BORN = late(r"\s?(?:まで)?(?:に|の間に)?(?:生まれ|出生)")
_RANGE = late(r"\s?(?:[～〜~–—-]|から)\s?")
_AS_OF = late(r"\s?(?:\([月火水木金土日]\))?(?:現在|時点|の時点)")
_BEGAN = late(
    r"[^。\n]{0,10}?(?:創立|開館|開校|設立|開園|結成|発足|誕生|制定|合併|開業|竣工|完成|始ま|創刊|開設|オープン)[^。\n]{0,18}?(?P<count>[0-9]{1,3})周年"
)
_YEAR = datetime.timedelta(days=366)


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    if "歳" in prose.text and "生まれ" in prose.text:
        for begin, end in prose.sentences:
            yield from _ages(prose, begin, end, reading.date)
    if "周年" in prose.text and reading.date:
        yield from _anniversaries(prose, reading.date)


def _ages(prose: Prose, begin: int, end: int, today: datetime.date | None) -> Iterator[Alarm]:
    days = [each for each in days_in(prose, None) if begin <= each.begin < end and each.has_year and each.date]
    born = [each for each in days if _BORN.match(prose.half, each.end)]
    if not born:
        return
    last = born[-1]
    number = days.index(last)
    first = days[number - 1] if number and _RANGE.fullmatch(prose.half[days[number - 1].end : last.begin]) else last
    told = list(_AGE.finditer(prose.half, begin, end))
    if len(told) != 1 or told[0]["more"] or last.date is None or first.date is None:
        return
    at = [each.date for each in days if _AS_OF.match(prose.half, each.end)]
    begins, ends = (at[0], at[0]) if at else (today - _YEAR, today + 2 * _YEAR) if today else (None, None)
    if begins is None or ends is None:
        return
    ages = range(_age(last.date, begins), _age(first.date, ends) + 1)
    age = int(told[0]["age"])
    if age not in ages:
        day = f"{ends.year}年{ends.month}月{ends.day}日" if at else "この号の出る頃"
        right = f"{ages[0]}歳" if len(ages) == 1 else f"{ages[0]}歳から{ages[-1]}歳"
        words = prose.text[told[0].start() : told[0].end()]
        hint = f"{_words(prose, first)}に生まれた人は、{day}に{right}です。"
        yield Alarm(told[0].start(), told[0].end(), f"「{words}」が、生まれた日と合いません。", hint=hint)


def _words(prose: Prose, said: SaidDay) -> str:
    return prose.text[said.begin : said.end]


def _age(born: datetime.date, day: datetime.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _anniversaries(prose: Prose, today: datetime.date) -> Iterator[Alarm]:
    for year in years_in(prose):
        found = _BEGAN.match(prose.half, year.end)
        if found and abs(year.year + int(found["count"]) - today.year) > 1:
            words = prose.text[found.start("count") : found.end()]
            told = f"「{words}」が、「{prose.text[year.begin : year.name_ends]}」から数えた年と合いません。"
            hint = f"{year.year}年から{today.year}年までは{today.year - year.year}年です。"
            yield Alarm(found.start("count"), found.end(), told, hint=hint)


RULE = Rule(
    "L51",
    "l51-ages",
    Severity.WARNING,
    "年齢・周年が、生まれた日や始まった年と合わない",
    "対象の年齢と生年月日の片方だけを直すと、対象の人が申し込めません。",
    wrong=(
        ("対象　70歳の方（昭和33年4月2日～昭和34年4月1日生まれ）、令和9年4月1日現在です。", ""),
        ("令和9年4月1日現在で18歳の方（平成22年4月2日から平成23年4月1日までに生まれた方）", ""),
        ("図書館は昭和52年に開館し、40周年を迎えます。", ""),
    ),
    silent=(
        "令和9年4月1日現在で18歳の方（平成20年4月2日から平成21年4月1日までに生まれた方）",
        "20歳以上の方（平成19年4月1日までに生まれた方）",
        "図書館は昭和52年に開館し、50周年を迎えます。",
        "市制施行80周年の催し",
        "65歳の方（昭和36年4月2日～昭和37年4月1日生まれ）",
    ),
    find=_find,
    date=datetime.date(2027, 3, 1),
)
