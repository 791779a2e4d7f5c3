"""L04: a year by its era and by the common calendar that are not the same year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koho_pdf.content.values.dates import ERAS
from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_days import number

_NAMED = r"(?P<era>明治|大正|昭和|平成|令和|(?<![A-Za-z0-9])[RHS](?=[0-9]))\s?(?P<count>元|[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_COMMON = r"(?:西暦\s?)?(?<![0-9〇])(?P<common>1[89][0-9]{2}|2[01][0-9]{2}|[一二][〇一二三四五六七八九]{3})"
_OPEN, _CLOSE = r"[(\[［〈＜【〔]", r"[)\]］〉＞】〕]"
_FORMS = tuple(
    late(form)
    for form in (
        rf"{_NAMED}(?P<a>年度?)?\s?{_OPEN}{_COMMON}(?P<b>年度?)?{_CLOSE}(?P<c>年度?)?",
        rf"{_COMMON}(?P<a>年度?)?\s?{_OPEN}{_NAMED}(?P<b>年度?)?{_CLOSE}(?P<c>年度?)?",
        rf"{_NAMED}(?P<a>年度?)\s?[・/=＝、](?:すなわち|つまり)?\s?{_COMMON}(?P<b>年度?)(?P<c>)(?![0-9代間])",
        rf"{_COMMON}(?P<a>年度?)\s?[・/=＝、](?:すなわち|つまり)?\s?{_NAMED}(?P<b>年度?)(?P<c>)(?![代間])",
        rf"{_NAMED}(?P<a>年)[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?\s?\({_COMMON}(?P<b>年)(?P<c>)",
        rf"{_COMMON}(?P<a>年)[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?\s?\({_NAMED}(?P<b>年)(?P<c>)",
        rf"{_NAMED}(?P<a>年)\s?\({_COMMON}(?P<b>年)(?P<c>)[0-9]{{1,2}}月",
        rf"{_NAMED}(?P<a>年度)\s?\({_COMMON}(?P<b>)年(?P<c>)[4-9]月",
        rf"{_COMMON}(?P<a>年度)\s?\({_NAMED}(?P<b>)年(?P<c>)[4-9]月",
        rf"{_NAMED}(?P<a>年)(?!度)[^。\n0-9]{{0,24}}。\s?(?:これは|それは)?(?:西暦|西洋の暦)(?:では|に直すと|で言うと|でいうと|で(?:表す|書く)と)、?{_COMMON}(?P<b>年)(?P<c>)",
        rf"{_COMMON}(?P<a>年)(?!度)[^。\n0-9]{{0,24}}。\s?(?:これは|それは)?(?:和暦|元号)(?:では|に直すと|で言うと|でいうと|で(?:表す|書く)と)、?{_NAMED}(?P<b>年)(?P<c>)",
        rf"{_NAMED}(?P<a>年)(?:に当たる|にあたる)、?{_COMMON}(?P<b>年)(?P<c>)",
        rf"{_COMMON}(?P<a>年)(?:に当たる|にあたる)、?{_NAMED}(?P<b>年)(?P<c>)",
        rf"{_NAMED}(?P<a>年)代\({_COMMON}(?P<b>年)(?P<c>)\s?(?:[～〜~–—-]|から)",
        rf"{_NAMED}(?P<a>年)(?P<b>)(?P<c>)[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?\s?\({_COMMON}[-/.][0-9]{{1,2}}",
        rf"{_NAMED}(?P<a>年)(?!度)[^。\n0-9]{{0,16}}。\s?西暦{_COMMON}(?P<b>年)(?P<c>)(?:のこと|です|でした|に当た|にあた)",
        rf"{_COMMON}(?P<a>年)の[^0-9。、()\n]{{2,16}}\({_NAMED}(?P<b>年)(?P<c>)\)",
        rf"{_NAMED}(?P<a>年)の[^0-9。、()\n]{{2,16}}\({_COMMON}(?P<b>年)(?P<c>)\)",
        rf"{_NAMED}(?P<a>年度?)は、?(?:西暦で(?:は|いうと|言うと)?、?)?の?{_COMMON}(?P<b>年度?)(?P<c>)(?=です|でした|に当た|にあた|に相当|のこと|。|$)",
        rf"{_COMMON}(?P<a>年度?)は、?(?:(?:和暦|元号)で(?:は|いうと|言うと)?、?)?の?{_NAMED}(?P<b>年度?)(?P<c>)(?=です|でした|に当た|にあた|に相当|のこと|。|$)",
    )
)
_ERA = {era.name: era for era in ERAS}
_ERA |= {letter: _ERA[name] for letter, name in (("R", "令和"), ("H", "平成"), ("S", "昭和"))}


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    if not _ERA_ALONE.search(prose.half) or not _COMMON_ALONE.search(prose.half):
        return
    for form in _FORMS:
        for found in form.finditer(prose.half):
            era, count = _ERA[found["era"]], number(found["count"])
            year, common = era.first.year + count - 1, number(found["common"])
            names = [each for each in (found["a"], found["b"], found["c"]) if each]
            if year == common or not names or len(set(names)) > 1:
                continue
            if (
                "、" in found[0]
                and not re.search("すなわち|つまり|西暦|和暦|元号|当た", found[0])
                and abs(year - common) > 1
            ):
                continue  # two years of a list
            named, begin, end = found["era"] + found["count"], found.start("common"), found.end("common")
            told = f"「{prose.text[found.start() : found.end()]}」の和暦と西暦が合いません。{named}年は{year}年です。"
            hint = "どちらが正しいか、元の資料で確かめてください。"
            if "、" in found[0] and not re.search("西暦|和暦|元号", found[0]):  # either may be wrong
                yield Alarm(found.start(), found.end(), told, hint=hint)
                continue
            right = f"{prose.text[found.start() : begin]}{year}{prose.text[end : found.end()]}"
            yield Alarm(found.start(), found.end(), told, right, hint=hint)


_ERA_ALONE = late(rf"{_NAMED}年?(?P<kind>度)?")
_COMMON_ALONE = late(rf"{_COMMON}年?(?P<kind>度)?")


def _across(_: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """A year by its era and by the common calendar in two cells of a row."""
    for grid in reading.grids:
        for row in grid.rows:
            named = [found for cell in row if (found := _ERA_ALONE.fullmatch(cell.prose.half.strip()))]
            common = [(cell, found) for cell in row if (found := _COMMON_ALONE.fullmatch(cell.prose.half.strip()))]
            if len(named) == 1 and len(common) == 1 and named[0]["kind"] == common[0][1]["kind"]:
                year = _ERA[named[0]["era"]].first.year + number(named[0]["count"]) - 1
                cell, found = common[0]
                if number(found["common"]) != year:
                    told = f"表の「{cell.words}」が、同じ行の{named[0][0]}と合いません。{year}年です。"
                    yield (
                        cell.prose,
                        Alarm(0, len(cell.words), told, hint="どちらが正しいか、元の資料で確かめてください。"),
                    )


RULE = Rule(
    "L04",
    "l04-two-calendars",
    Severity.ERROR,
    "和暦と西暦が合わない",
    "どちらの年か分からなくなります。片方だけ直したときに起きます。",
    wrong=(
        ("令和9年（2026年）に始めます。", "令和9年（2027年）に始めます。"),
        ("2028年（令和9年）の完成を目指します。", "2027年（令和9年）の完成を目指します。"),
        ("平成26（2015）年に建てました。", "平成26（2014）年に建てました。"),
        ("令和８年度（２０２５年度）の予算", "令和８年度（2026年度）の予算"),
        ("令和9年4月1日（2028年4月1日）", "令和9年4月1日（2027年4月1日）"),
        ("昭和50年・1976年", "昭和50年・1975年"),
        ("令和10年＝2027年", "令和10年＝2028年"),
        ("令和8年[2027年]", "令和8年[2026年]"),
        ("令和九年（二〇二六年）", "令和九年（2027年）"),
        ("2026年は令和9年です。", "2027年は令和9年です。"),
        ("令和9年は、西暦では2028年です。", "令和9年は、西暦では2027年です。"),
        ("R9（2026）年", "R9（2027）年"),
        ("1995年の阪神・淡路大震災（平成6年）", ""),
        ("令和8年4月1日（2025-04-01）、平成元年に当たる1988年", "令和8年4月1日（2026-04-01）、平成元年に当たる1989年"),
        ("創業は昭和10年。西暦1936年のことです。", "創業は昭和10年。西暦1935年のことです。"),
        ("昭和40年代（1955年～1964年）", ""),
        ("令和8年度（2025年4月～2026年3月）の事業", "令和8年度（2026年4月～2026年3月）の事業"),
        ("工事は令和9年の秋に終わります。西暦では2028年です。", "工事は令和9年の秋に終わります。西暦では2027年です。"),
    ),
    silent=(
        "平成26（2014）年",
        "令和8年度（2027年3月まで）の事業",
        "令和元年（2019年）",
        "平成31年（2019年）",
        "昭和50年、2000人が参加",
        "令和8年、2030年までの目標を定めました。昭和40年代（1965年～1974年）",
        "1995年の阪神・淡路大震災（平成7年）",
        "令和8年度（2026年4月～2027年3月）の事業、令和8年度（2027年2月から）",
        "令和9年は、2026年より多く、2027年は令和9年です。",
    ),
    find=_find,
    across=_across,
)
