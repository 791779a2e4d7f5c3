"""Figures that go by a name, and what is told of them by that name: 転入から転出を引くと, 人口に占める割合, 市税の40％,
女性が6割なら男性は4割, 定数16に20人が立候補し落選は4人, a row of a table that so many days make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Grid, Prose, Role
from koho_pdf.gate.reckoning import N, agrees, wrong
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, figures_in, in_words, plain_number, without_days
from koho_pdf.gate.table_shape import Kind, table_of

_LINE = late(rf"^[ 　・■●○*-]*(?P<label>[^0-9\n:：。、]{{2,10}})[ 　:：]+(?P<n>{N})(?P<u>{UNIT})", re.MULTILINE)
_MINUS = late(
    rf"(?P<a>[一-龥ぁ-んァ-ヶー]{{2,10}}?)から(?P<b>[一-龥ァ-ヶー][一-龥ぁ-んァ-ヶー]{{1,9}}?)を(?:差し)?引(?:くと|いた|き)[^0-9。]{{0,10}}?(?P<t>{N})(?P<u>{UNIT})"
)
_PLUS = late(
    rf"(?P<a>[一-龥ぁ-んァ-ヶー]{{2,10}}?)(?:と|に)(?P<b>[一-龥ァ-ヶー][一-龥ぁ-んァ-ヶー]{{1,9}}?)を(?:合わせ|足|加え)(?:ると|すと|て|した|た)[^0-9。]{{0,10}}?(?P<t>{N})(?P<u>{UNIT})"
)
_HALF_OF = late(
    r"(?P<p>[0-9]+(?:\.[0-9]+)?)%[はが、]*(?P<one>[^0-9。、]{1,10})で、?(?:その|この)(?:うち)?の?(?:(?P<half>半分|半数)|(?P<of>[2-9])分の(?P<over>[1-9])|(?P<tenths>[1-9])割|(?P<cent>[0-9]{1,2})%)(?:が|は)(?P<name>[^0-9。、]{1,10}?)(?:です|でした|で、)。?\s*(?P=name)は、?[^0-9。]{0,12}?(?:全体|[一-龥]{2,6})の(?P<r>[0-9]+(?:\.[0-9]+)?)%"
)
_SEXES = late(
    r"(?<![0-9.])(?P<p>[0-9]{1,2}(?:\.[0-9])?)(?P<u>割|%)(?:が|は)(?P<one>女性|男性|市内|市外|大人|子ども)(?:で|です|でした)?[、。]?\s*(?P<other>男性|女性|市外|市内|子ども|大人)(?:が|は)(?P<q>[0-9]{1,2}(?:\.[0-9])?)(?P=u)(?!台|近|強|弱|増|減)"
)
_PAIRS = ({"男性", "女性"}, {"市内", "市外"}, {"大人", "子ども"})
_SEATS = late(
    r"定[数員](?:は|が)?(?P<seats>[0-9]{1,3})(?:人)?(?:に対し|に|で)?、?[^0-9。]{0,8}?(?P<all>[0-9]{1,3})人(?:が|の)[^。]{0,4}(?:立候補|候補)"
)
_LOST = late(r"落選(?:した人|者|した候補者)?(?:は|が)?、?(?P<n>[0-9]{1,3})人")
_KINDS = late(
    r"現職(?:は|が)?(?P<a>[0-9]{1,3})人、?新人(?:は|が)?(?P<b>[0-9]{1,3})人(?:、?元職(?:は|が)?(?P<c>[0-9]{1,3})人)?"
)
_A_DAY = late(
    rf"1日(?:に直すと|に換算すると|に均すと|当たり|あたり|の平均は|平均)(?:で|は|では)?、?(?P<about>約|およそ|ほぼ)?(?P<t>{N})(?P<u>{UNIT})"
)
_YEARLY = late("年度|年間|1年")
_RATE_OF = late(
    rf"うち、?[^0-9。]{{0,16}}?(?P<part>{N})(?P<u>{UNIT})(?:で|は|が|です。)、?\s*(?P<name>[一-龥ァ-ヶー]{{2,8}}|全体)の(?P<about>約|およそ)?(?P<r>[0-9]+(?:\.[0-9]+)?)(?P<by>%|割)"
)
_OF_PEOPLE = late(
    rf"(?P<part>{N})人(?:で|は|が|です。)、?\s*(?:市の|総)?人口に(?:占める割合|対する割合)(?:は|が|で)?、?(?P<about>約|およそ)?(?P<r>[0-9]+(?:\.[0-9]+)?)%"
)
_OF_VOTERS = late(
    rf"(?P<part>{N})人(?:で|は|が|です。)、?\s*(?:全?投票(?:した人|者)(?:数|の数|全体)?)の?(?:うち)?の?(?P<about>約|およそ)?(?:(?P<of>[2-9]|10)分の(?P<over>[1-9])|(?P<r>[0-9]+(?:\.[0-9]+)?)%)"
)
_POPULATION = late("総?人口|計|合計|総数|男女計")
_VOTERS = late("投票者数?|投票した人|投票総数")
_SHARED = late(
    rf"(?P<w>{N})(?P<u>[一-龥ァ-ヶー]{{1,9}}?)(?:で|です|でした|、)[、。]?\s*(?:その|この)?(?:うち)?、?(?P<name>[^0-9。、はが]{{1,8}})[はが](?P<p>{N})(?P=u)(?:で|です|でした)?[、。]\s*(?P=name)(?:の割合|が占める割合)?は、?(?:全体の)?(?P<about>約|およそ)?(?P<r>[0-9]+(?:\.[0-9]+)?)%"
)
_MONTHLY = late(
    r"(?<![0-9])(?P<a>1[0-2]|[1-9])月から(?P<b>1[0-2]|[1-9])月まで[^0-9。]{0,4}(?:毎月|月に?)(?P<k>[0-9]{1,2})回[^0-9。]{0,4}?(?:全|計|合わせて|合計)(?P<t>[0-9]{1,3})回"
)
_APIECE = late(
    rf"(?<![0-9,.第])(?P<k>{N})(?P<c>リットル|メートル|キロ|kg|km|枚|個|本|冊|袋|人|回|日|時間|箱)で(?P<t>{N})円[^0-9。]{{0,6}}。?\s*1(?P=c)(?:当たり|あたり|に?つき)(?:では|で|は|の)?、?(?P<about>約|およそ)?(?P<n>{N})円"
)
_SPAN = late(r"(?<![0-9,.第])(?P<k>[0-9]{1,3})(?:日間?|回|周|か月)(?!目|以|前|後)")
_MADE = late(r"[0-9][^0-9 、。]{1,5}(?:に|を)(?:な|歩|超)")
_NEAR = 30
"""How many lines away."""
_SKIP = late("約|およそ|前年|昨年|以上|以下|ずつ|うち")


def named_amounts(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each that is not what the named figures make."""
    text = without_days(prose)
    lines = {each["label"].strip(): plain_number(each["n"]) for each in _LINE.finditer(text)}
    for pattern, sign in ((_MINUS, -1), (_PLUS, 1)):
        for found in pattern.finditer(text) if lines else ():
            one, other = _of(lines, found["a"]), _of(lines, found["b"])
            if one is not None and other is not None and abs(one + sign * other) != plain_number(found["t"]):
                yield wrong(prose, found.start(), found.end(), f"{in_words(abs(one + sign * other))}{found['u']}")
    for found in _HALF_OF.finditer(text):
        share = (
            Decimal("0.5") if found["half"] else Decimal(found["over"]) / Decimal(found["of"]) if found["of"]
            else Decimal(found["tenths"] or 0) / 10 or Decimal(found["cent"] or 0) / 100
        )  # fmt: skip
        right = Decimal(found["p"]) * share
        if not agrees(Decimal(found["r"]), right, about=True):
            yield wrong(prose, found.start(), found.end(), f"{right.normalize():f}％")
    for found in _SEXES.finditer(text):
        every = 10 if found["u"] == "割" else 100
        both = Decimal(found["p"]) + Decimal(found["q"])
        if {found["one"], found["other"]} in _PAIRS and abs(both - every) * 50 > every and not _SKIP.search(found[0]):
            yield wrong(
                prose,
                found.start(),
                found.end(),
                f"足すと{both}{found['u']}になります。残りは{every - Decimal(found['p'])}{found['u']}",
            )
    yield from _election(prose, text)
    for found in _SHARED.finditer(text):
        whole, part = plain_number(found["w"]), plain_number(found["p"])
        if whole > part and not agrees(Decimal(found["r"]), part * 100 / whole, about=bool(found["about"])):
            yield wrong(prose, found.start(), found.end(), f"{part * 100 / whole:.1f}％")
    for found in _MONTHLY.finditer(prose.half):
        times = ((int(found["b"]) - int(found["a"])) % 12 + 1) * int(found["k"])
        if times != int(found["t"]):
            yield wrong(prose, found.start(), found.end(), f"{times}回")
    for found in _APIECE.finditer(text):
        right, said = plain_number(found["t"]) / plain_number(found["k"]), plain_number(found["n"])
        if not agrees(said, right, about=bool(found["about"])):
            yield wrong(prose, found.start(), found.end(), f"{right:,.1f}円")
    for found in _A_DAY.finditer(text):
        yield from _a_day(prose, text, figures, found)
    for found in _RATE_OF.finditer(text):
        begin = max(0, text.rfind("。", 0, max(0, text.rfind("。", 0, found.start()))) + 1)
        before = [
            each
            for each in figures
            if begin <= each.begin < found.start() and each.unit == found["u"] and not each.rough
        ]
        part, scale = plain_number(found["part"]), 100 if found["by"] == "%" else 10
        named = found["name"] == "全体" or found["name"] in text[begin : found.start()]
        if len(before) == 1 and before[0].value > part and named:
            right = part * scale / before[0].value
            if not agrees(Decimal(found["r"]), right, about=bool(found["about"])):
                yield wrong(prose, found.start(), found.end(), f"{right:.1f}{'％' if scale == 100 else '割'}")


def _of(lines: dict[str, Decimal], name: str) -> Decimal | None:
    found = [value for label, value in lines.items() if label == name or (len(label) > 1 and name.endswith(label))]
    return found[0] if len(found) == 1 else None


def _election(prose: Prose, text: str) -> Iterator[Alarm]:
    seats = list(_SEATS.finditer(text))
    if len(seats) != 1:
        return
    wanted, all_ = int(seats[0]["seats"]), int(seats[0]["all"])
    for found in _LOST.finditer(text, seats[0].end()):
        if all_ > wanted and int(found["n"]) != all_ - wanted:
            yield wrong(prose, found.start(), found.end(), f"{all_ - wanted}人")
    for found in _KINDS.finditer(text, seats[0].end()):
        total = sum(int(each) for each in found.groups() if each)
        if total not in (wanted, all_):
            yield wrong(prose, found.start(), found.end(), f"足すと{total}人")


def _a_day(prose: Prose, text: str, figures: Sequence[Figure], found: re.Match[str]) -> Iterator[Alarm]:
    """燃えるごみは、令和7年度に5,840トンでした。1日に直すとおよそ16トンです."""
    begin = max(0, text.rfind("。", 0, max(0, text.rfind("。", 0, found.start()))) + 1)
    before = [each for each in figures if begin <= each.begin < found.start() and each.unit == found["u"]]
    words = prose.half[begin : found.start()]
    counted = re.search("[0-9]日|開館日|営業日|平日|1人", words)
    if len(before) != 1 or not _YEARLY.search(words) or counted or re.search("前年|増|減", words):
        return
    said, right = plain_number(found["t"]), before[0].value / 365
    if said and not agrees(said, right, about=bool(found["about"])) and abs(said - right) * 20 > right:
        yield wrong(prose, found.start(), found.end(), f"365日で割ると{right:,.1f}{found['u']}")


def named_in_tables(proses: Sequence[Prose], grids: Sequence[Grid]) -> Iterator[tuple[Prose, Alarm]]:
    """What is told of the population, of those who voted, or of a row, with the figures of a table."""
    for prose in proses:
        if prose.role is not Role.BODY:
            continue
        text = without_days(prose)
        for pattern, label in ((_OF_PEOPLE, _POPULATION), (_OF_VOTERS, _VOTERS)):
            for found in pattern.finditer(text):
                yield from _of_whole(prose, found, [each for each in grids if each.article == prose.article], label)
        if _SPAN.search(text) and _MADE.search(text):
            for grid in grids:
                if grid.article == prose.article and _is_near(grid, prose):
                    yield from _of_row(prose, text, grid)


def _is_near(grid: Grid, prose: Prose) -> bool:
    """Whether a table of a plain file stands near a text, and may be what it tells of."""
    table, line = grid.rows[0][0].prose.place.line, prose.place.line
    return table is None or line is None or bool(grid.article) or abs(table - line) < _NEAR


def _of_whole(
    prose: Prose, found: re.Match[str], grids: Sequence[Grid], label: re.Pattern[str]
) -> Iterator[tuple[Prose, Alarm]]:
    part = plain_number(found["part"])
    wholes = []
    for grid in grids:
        if label is _POPULATION and not re.search("人口|男", " ".join(cell.words for row in grid.rows for cell in row)):
            continue
        for row in grid.rows[1:]:
            figures = [
                each[0].value
                for cell in row[1:]
                for each in [figures_in(cell.prose)]
                if len(each) == 1 and each[0].unit in ("", "人")
            ]
            if label.fullmatch(row[0].prose.half.strip()) and figures:
                wholes += [each for each in figures if each > part]
    if not wholes:
        return
    groups = found.groupdict()
    said = Decimal(found["r"]) if groups["r"] else Decimal(found["over"]) / Decimal(found["of"]) * 100
    for whole in wholes:
        right = part * 100 / whole
        if agrees(said, right, about=bool(found["about"])) if groups["r"] else abs(right - said) * 25 < said:
            return
    yield prose, wrong(prose, found.start(), found.end(), f"{part * 100 / max(wholes):.1f}％")


def _of_row(prose: Prose, text: str, grid: Grid) -> Iterator[tuple[Prose, Alarm]]:
    """月に20日、海辺のコースを歩くと、10万歩になります, where the row of 海辺 has 5,000歩."""
    table = table_of(grid)
    labels = [table.label(row) for row in range(len(table.body))]
    for row, label in enumerate(labels):
        if len(label) < 2 or labels.count(label) > 1 or table.kinds[row] is not Kind.PLAIN or label not in text:
            continue
        named = [
            re.fullmatch(rf"(?P<n>{N})(?P<u>[^0-9 　%％.,]{{1,5}})", cell.prose.half.strip())
            for cell in table.body[row][1:]
        ]
        units = {each["u"]: plain_number(each["n"]) for each in named if each}
        for begin, end in prose.sentences:
            words = text[begin:end]
            spans = list(_SPAN.finditer(words))
            if (
                label not in words
                or sum(each in words for each in labels) > 1
                or len(spans) != 1
                or _SKIP.search(words)
            ):
                continue
            for unit, value in units.items():
                told = list(re.finditer(rf"(?<![0-9,.])(?P<t>{N}){unit}(?:に|を)(?:な|歩|超)", words))
                if len(told) == 1 and told[0].start() > spans[0].end() and value:
                    said, right = plain_number(told[0]["t"]), value * int(spans[0]["k"])
                    if said not in (right, value):
                        yield (
                            prose,
                            wrong(prose, begin + told[0].start(), begin + told[0].end(), f"{in_words(right)}{unit}"),
                        )
