"""How many years have gone by: anniversaries, ages, terms of office, and the days for which something is lent."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Grid, Prose, Role
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_days import SaidYear, days_in, years_in

_ANNIVERSARY = late(r"(?<![0-9])(?P<n>[0-9]{1,3})周年")
_BEGAN = late(
    r"(?:に|の|、|から|創|開|で、|です)[^。\n0-9]{0,14}?(?:生まれ|始ま|始め|でき|開[いきか館校園場設業局]|創[立業刊設]|設立|発足|結成|誕生|完成|オープン|スタート)"
)
_TILL = late(r"\s?(?:から|[～〜~–—-])\s?")
_TERM = late(r"(?:まで)?(?:の|、|,|で)?\s?[(（]?(?P<n>[0-9]{1,2})(?:年間|か年)")
_BORN = late(r"[^。\n0-9]{0,4}?(?:に|の|、)?(?:生まれ|出生|誕生)")
_AGE = late(r"(?<![0-9])(?P<n>[0-9]{1,3})歳(?=です|でした|に(?:な|達)|の誕生日|を迎え|の[^0-9。、]{0,10}さん)")
_LENT = late(r"(?:借り|貸し出|受け取|受け付け|買)[^。]{0,14}")
_WEEKS = late(r"(?:期間|貸し出し|貸出|返却)[^0-9。]{0,12}(?P<n>[0-9]{1,2})(?P<u>週間|日間?)")
_BACK = late("返|まで")


def years_passed(prose: Prose, today: datetime.date | None) -> Iterator[Alarm]:
    """An alarm for each number of years or days that is another one."""
    if "周年" in prose.text:
        yield from _anniversaries(prose, today, [each for each in years_in(prose) if _is_begun(prose, each)])
    if "歳" in prose.text and "生まれ" in prose.text:
        yield from _ages(prose, today)
    if "年間" in prose.text or "か年" in prose.text:
        yield from _terms(prose)
    if "返" in prose.text:
        yield from _lent(prose, today)


_BEGUN_IN = late(
    "(?:創[立業刊設]|設立|発足|結成|誕生|完成|開[館校園設業]|施行|オープン|スタート|始まり|始まったの)(?:は|が)、?$"
)


def _is_begun(prose: Prose, year: SaidYear) -> bool:
    if _BEGUN_IN.search(prose.half, max(0, year.begin - 14), year.begin):
        return not year.is_decade
    return not year.is_decade and bool(_BEGAN.match(prose.half, year.name_ends) or _BEGAN.match(prose.half, year.end))


def _anniversaries(prose: Prose, today: datetime.date | None, begun: Sequence[SaidYear]) -> Iterator[Alarm]:
    """組合は大正15年に生まれ、令和8年に80周年を祝いました: of the year beside it, else of this one."""
    for found in _ANNIVERSARY.finditer(prose.half):
        before = [each for each in begun if each.end <= found.start() and found.start() - each.end < 80]
        beside = [
            each for each in years_in(prose)
            if each.end <= found.start() and found.start() - each.end < 12 and each not in before and "。" not in prose.text[each.end : found.start()]
        ]  # fmt: skip
        year = beside[-1].year if beside else today.year if today else None
        if (
            len(before) != 1
            or year is None
            or re.search("(?:来年|翌年|以来|迎えてから)", prose.text[before[0].end : found.start()])
        ):
            continue
        if not beside and "。" not in prose.text[before[0].end : found.start()]:
            continue  # the rule of ages tells of these
        right, said = year - before[0].year, int(found["n"])
        if abs(right - said) > 1:
            yield _alarm(prose, found.start(), found.end(), f"{before[0].year}年から{year}年までは{right}年です")


_BEGUN = late("の?(?:開|創|設|発|完成|誕生|始)")


def anniversaries_of_tables(
    proses: Sequence[Prose], grids: Sequence[Grid], today: datetime.date | None
) -> Iterator[tuple[Prose, Alarm]]:
    """図書館は、令和8年に50周年を迎えました, beside a table in which 図書館の開館 stands in the row of 1976年."""
    for prose in proses:
        if prose.role is not Role.BODY or "周年" not in prose.text:
            continue
        for found in _ANNIVERSARY.finditer(prose.half):
            sentence = prose.sentence_at(found.start())
            subject = re.match(r"\s*(?P<name>[一-龥ァ-ヶー々]{2,10})(?:は|が|の)", sentence)
            if not subject:
                continue
            begun = {
                year.year
                for grid in grids
                if grid.article == prose.article
                for row in grid.rows[1:]
                if any(
                    cell.words.startswith(subject["name"])
                    and _BEGUN.match(cell.words, subject.end("name") - subject.start("name"))
                    for cell in row
                )
                for cell in row
                for year in years_in(cell.prose)
            }
            beside = [each for each in years_in(prose) if 0 <= found.start() - each.end < 12]
            year = beside[-1].year if beside else today.year if today else None
            if len(begun) == 1 and year is not None and abs(year - min(begun) - int(found["n"])) > 1:
                right = f"{min(begun)}年から{year}年までは{year - min(begun)}年です"
                yield prose, _alarm(prose, found.start(), found.end(), right)


def _ages(prose: Prose, today: datetime.date | None) -> Iterator[Alarm]:
    """大正15年11月3日に生まれました。令和8年11月3日に、100歳の誕生日を迎えました."""
    born = [
        each
        for each in years_in(prose)
        if _BORN.match(prose.half, each.end) and not each.is_decade and not each.is_fiscal
    ]
    ages = list(_AGE.finditer(prose.half))
    if len(born) != 1 or len(ages) != 1 or ages[0].start() < born[0].end or ages[0].start() - born[0].end > 60:
        return
    if re.search("享年|亡|当時|以来|まで", prose.text[born[0].end : ages[0].end() + 6]):
        return
    at = [each for each in years_in(prose) if born[0].end <= each.begin and each.end <= ages[0].start()]
    said, year = int(ages[0]["n"]), at[-1].year if at else today.year if today else None
    if year is None or len(at) > 1:
        return
    right = year - born[0].year
    rights = {right - 1, right} if at else {right - 1, right, right + 1}
    if at and born[0].day and at[0].day:
        rights = {right - ((at[0].month, at[0].day) < (born[0].month, born[0].day))}
    if said not in rights:
        shown = f"{born[0].year}年に生まれた人は、{year}年に{right}歳です"
        yield _alarm(prose, ages[0].start(), ages[0].end(), shown)


def _terms(prose: Prose) -> Iterator[Alarm]:
    """令和8年12月10日から令和12年12月9日までの4年間."""
    days = [each for each in days_in(prose, None) if each.has_year and each.date]
    for first, last in itertools.pairwise(days):
        found = _TERM.match(prose.half, last.end)
        if not found or not _TILL.fullmatch(prose.half, first.end, last.begin) or not first.date or not last.date:
            continue
        after = last.date + datetime.timedelta(days=1)
        months = [
            (day.year - first.date.year) * 12 + day.month - first.date.month
            for day in (after, last.date)
            if day.day == first.date.day
        ]
        said = int(found["n"])
        if months and months[0] % 12 == 0 and months[0] > 0 and said != months[0] // 12:
            yield _alarm(prose, first.begin, found.end(), f"{months[0] // 12}年間です")


def _lent(prose: Prose, today: datetime.date | None) -> Iterator[Alarm]:
    """期間は2週間です。12月10日に借りた本は、12月24日までに返してください."""
    long = list(_WEEKS.finditer(prose.half))
    days = days_in(prose, today)
    for first, last in itertools.pairwise(days):
        if len(long) != 1 or not (first.date and last.date) or long[0].start() > first.begin:
            continue
        if not re.match("に(?:借り|貸)", prose.text[first.end :]) or not re.match(
            "までに?[^。]{0,6}返|に返", prose.text[last.end :]
        ):
            continue
        right = int(long[0]["n"]) * (7 if long[0]["u"] == "週間" else 1)
        if (last.date - first.date).days not in (right, right - 1):
            back = first.date + datetime.timedelta(days=right)
            yield _alarm(
                prose,
                last.begin,
                last.end,
                f"{first.month}月{first.day}日から{long[0]['n']}{long[0]['u']}では{back.month}月{back.day}日です",
            )


def _alarm(prose: Prose, begin: int, end: int, right: str) -> Alarm:
    return Alarm(
        begin,
        end,
        f"「{prose.text[begin:end]}」が合いません。{right}。",
        hint="どの年や日が違うか、元の資料で確かめてください。",
    )
