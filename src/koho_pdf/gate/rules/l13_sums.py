"""L13: sums and rates that do not agree with their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_UNIT = "円|人|名|件|世帯|戸|棟|部|個|台|枚|冊|本|通|票|頭|匹|羽|隻|区画|か所|カ所|ヶ所|箇所|回|日|時間|トン|キログラム|キロメートル|キロワット|キロ|グラム|リットル|ヘクタール|平方メートル|立方メートル|メートル|点|校|社|店|組|チーム|団体|ha|km|kg|t|㎡|％|%"
_NUMBER = re.compile(
    rf"(?<![0-9,.第])(?P<minus>[△▲-])?(?:(?P<oku>[0-9][0-9,]*)億)?(?:(?P<man>[0-9][0-9,]*)万)?(?P<rest>[0-9][0-9,]*(?:\.[0-9]+)?)?(?P<unit>{_UNIT}|ポイント)?"
)
_TOTAL = re.compile(
    r"(?:合計|総計|総数|総額|総人口|合わせて|あわせて|全体で|全部で|計)(?:で|は|が|、|:|：|\s)*(?=[0-9])"
)
_JOIN = re.compile(r"[、,・+＋と]|および|及び|または")
_SPLIT = re.compile(r"[^0-9]*")
_ROUND = re.compile("四捨五入|端数|概数|丸め|切り?捨て|切り?上げ")
_ABOUT = re.compile("約|およそ|おおよそ|ほぼ|弱|強|余|程度|以上|以下|超|延べ.{0,3}$")
_NOT_PARTS = re.compile("うち|のうち|前年|昨年|前回|比べ|から.{0,12}(?:増|減)|1人当たり|あたり|につき")
_PARTS = re.compile(r"男[性子]?[^、。]{0,4}[0-9].*女[性子]?[^、。]{0,4}[0-9]|内訳")
_OF = re.compile(
    rf"(?P<whole>[0-9][0-9,万億.]*)(?P<u>{_UNIT})(?:の|中)?、?(?:うち|中|内)、?[^0-9、。]{{0,16}}?(?P<part>[0-9][0-9,万億.]*)(?P=u)[^0-9。]{{0,14}}?[(（で、が、]?\s?(?:全体の|割合は|率は)?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)"
)
_CHANGE = re.compile(
    rf"(?P<from>[0-9][0-9,万億.]*)(?P<u>{_UNIT})(?:から|より|に対し、?|だったのが|と比べ、?)[^0-9。]{{0,14}}?(?P<to>[0-9][0-9,万億.]*)(?P=u)(?:[^0-9。]{{0,14}}?)[(、]?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)(?:の)?(?P<way>増|減|の?伸び|上昇|低下|下が|増え|減り|減っ)"
)
_AGAINST = re.compile(
    rf"(?P<to>[0-9][0-9,万億.]*)(?P<u>{_UNIT})(?:で|と|は|となり|になり)?、?[^0-9。]{{0,14}}?(?P<from>[0-9][0-9,万億.]*)(?P=u)(?:に比べて?|と比べて?|より|から|に対し)、?[^0-9。]{{0,8}}?(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)(?:の)?(?P<way>増|減|の?伸び|上昇|低下|下が|増え|減り|減っ|多|少な)"
)
_STEP = re.compile(
    rf"(?P<from>[0-9][0-9,万億.]*)(?P<u>{_UNIT})(?:から|より|だったのが)、?[^0-9。]{{0,4}}?(?P<by>[0-9][0-9,万億.]*)(?P=u)(?P<way>増|減)[^0-9。]{{0,12}}?(?P<to>[0-9][0-9,万億.]*)(?P=u)"
)
_STEP2 = re.compile(
    rf"(?P<from>[0-9][0-9,万億.]*)(?P<u>{_UNIT})(?:から|より)、?(?P<to>[0-9][0-9,万億.]*)(?P=u)[^0-9。]{{0,8}}?[(（、]?(?P<by>[0-9][0-9,万億.]*)(?P=u)(?:の)?(?P<way>増|減)"
)
_TIMES = re.compile(
    r"(?:1回|1人|1日|1枚|1個|1冊|1か月|月額|月)(?:当たり|あたり|につき)?(?P<each>[0-9][0-9,万.]*)(?P<u>円)[×で、がを]{0,2}(?P<times>[0-9]{1,3})(?:回|人|日|枚|個|冊|か月)(?:分)?(?:で|、|=|＝)+(?:合計|計|総額)?(?P<total>[0-9][0-9,万.]*)円"
)


_PRICE = re.compile(
    r"(?P<who>[一-龥ァ-ヶーぁ-ん]{1,8}?)(?:は)?1(?:人|名|枚|個|冊|回|本|台|組)(?:に?つき|当たり|あたり)?(?P<each>[0-9][0-9,万]*)円"
)
_BOUGHT = re.compile(
    r"(?P<who>[一-龥ァ-ヶー][一-龥ァ-ヶーぁ-ん]{0,7}?)(?P<times>[0-9]{1,3})(?:人|名|枚|個|冊|回|本|台|組)(?![0-9円])"
)
_PAID = re.compile(r"(?:合わせて|合計で?|全部で|計)(?P<total>[0-9][0-9,万]*)円")


@dataclass(frozen=True, slots=True)
class _Figure:
    begin: int
    end: int
    value: Decimal
    unit: str
    rough: bool


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    figures = _figures(prose)
    if len(figures) < 2:
        return
    rounded = bool(_ROUND.search(prose.text))
    for begin, end in prose.sentences:
        here = [each for each in figures if begin <= each.begin < end]
        if len(here) > 1:
            yield from _totals(prose, here, begin, end, rounded=rounded)
    yield from _in_brackets(prose, figures, rounded=rounded)
    if "+" in prose.text or "＋" in prose.text:
        yield from _plus(prose, figures)
    yield from _rates(prose)
    yield from _steps(prose)
    yield from _bought(prose)
    yield from _itemised(prose, figures, rounded=rounded)
    yield from _of_all(prose, figures)


def _figures(prose: Prose) -> list[_Figure]:
    found = []
    for match in _NUMBER.finditer(prose.half):
        if not (match["rest"] or match["man"] or match["oku"]):
            continue
        value = sum(
            (
                _plain(match[name]) * scale
                for name, scale in (("oku", 10**8), ("man", 10**4), ("rest", 1))
                if match[name]
            ),
            Decimal(0),
        )
        about = bool(re.search("(?:約|およそ|おおよそ|ほぼ)$", prose.text[: match.start()]))
        about = about or prose.text[match.end() : match.end() + 1] in ("弱", "強", "余", "超")
        found.append(
            _Figure(
                match.start(),
                match.end(),
                -value if match["minus"] in ("△", "▲") else value,
                match["unit"] or "",
                about,
            )
        )
    return found


def _plain(words: str) -> Decimal:
    """The value of 18,204 or 1万2,000."""
    total = Decimal(0)
    for scale, sign in ((10**8, "億"), (10**4, "万")):
        if sign in words:
            head, words = words.split(sign, 1)
            total += Decimal(head.replace(",", "") or 0) * scale
    return total + (Decimal(words.replace(",", "").rstrip(".")) if words.strip(",.") else 0)


def _totals(prose: Prose, figures: list[_Figure], begin: int, end: int, *, rounded: bool) -> Iterator[Alarm]:
    """大人30人、子ども25人、合計55人."""
    for found in _TOTAL.finditer(prose.half, begin, end):
        total = next((each for each in figures if each.begin == found.end()), None)
        before = [each for each in figures if total and each.end <= found.start() and each.unit == total.unit]
        if total is None or len(before) < 2 or not total.unit or total.rough or any(each.rough for each in before):
            continue
        between = prose.half[before[0].begin : found.start()]
        if _NOT_PARTS.search(between) or total.unit in ("%", "％", "日", "回"):
            continue
        sums = [sum(each.value for each in before[at:]) for at in range(len(before) - 1)]
        if total.value in sums or total.value == sum(each.value for each in before):
            continue
        if rounded and min(abs(total.value - each) for each in sums) <= len(before):
            continue
        yield _alarm(prose, total, sums[0], before)


def _in_brackets(prose: Prose, figures: list[_Figure], *, rounded: bool) -> Iterator[Alarm]:
    """人口18,204人（男8,690人、女9,514人）; 男8,690人、女9,514人、人口…."""
    for found in re.finditer(r"\(([^()]*)\)", prose.half):
        inner = [each for each in figures if found.start() < each.begin < found.end()]
        outer = next(
            (each for each in reversed(figures) if each.end == found.start() or each.end == found.start() - 1), None
        )
        if outer is None or len(inner) < 2 or not _PARTS.search(found[1]) or _NOT_PARTS.search(found[1]):
            continue
        same = [each for each in inner if each.unit in (outer.unit, "")]
        total = sum(each.value for each in same)
        if (
            len(same) < 2
            or len({each.unit for each in same}) > 1
            or outer.rough
            or any(each.rough for each in same)
            or total == outer.value
        ):
            continue
        if rounded and abs(total - outer.value) <= len(same):
            continue
        yield _alarm(prose, outer, total, same)


def _plus(prose: Prose, figures: list[_Figure]) -> Iterator[Alarm]:
    """男8,690+女9,514=18,240."""
    for found in re.finditer(r"[^。\n=＝]*[+＋][^。\n=＝]*[=＝]", prose.half):
        parts = [each for each in figures if found.start() <= each.begin < found.end()]
        total = next((each for each in figures if each.begin >= found.end()), None)
        pluses = len(re.findall("[+＋]", found[0]))
        if total is None or total.begin - found.end() > 4 or len(parts) < 2 or len(parts) != pluses + 1:
            continue
        if sum(each.value for each in parts) != total.value:
            yield _alarm(prose, total, sum((each.value for each in parts), Decimal(0)), parts)


def _bought(prose: Prose) -> Iterator[Alarm]:
    """大人1人500円、子供1人200円。大人2人と子供3人では、合わせて1,600円."""
    prices = {each["who"].lstrip("はがでもの、"): _plain(each["each"]) for each in _PRICE.finditer(prose.half)}
    for found in _PAID.finditer(prose.half):
        begin = max(prose.half.rfind("。", 0, found.start()), prose.half.rfind("\n", 0, found.start())) + 1
        bought = [
            (price, int(each["times"]))
            for each in _BOUGHT.finditer(prose.half, begin, found.start())
            for who, price in prices.items()
            if each["who"].endswith(who[-2:])
        ]
        right = sum((price * times for price, times in bought), Decimal(0))
        if bought and right != _plain(found["total"]) and not _PRICE.search(prose.half, begin, found.start()):
            told = f"「{prose.text[found.start() : found.end()]}」の計算が合いません。{right:,}円です。"
            yield Alarm(found.start("total"), found.end("total"), told, f"{right:,}")


def _itemised(prose: Prose, figures: list[_Figure], *, rounded: bool) -> Iterator[Alarm]:
    """火災は24件ありました。内訳は建物15件、林野3件、その他6件です."""
    for found in re.finditer("内訳(?:は|:|：|として)", prose.half):
        stop = prose.half.find("。", found.end())
        parts = [each for each in figures if found.end() <= each.begin < (stop if stop >= 0 else len(prose.half))]
        before = [each for each in figures if each.end <= found.start() and parts and each.unit == parts[0].unit]
        same = [each for each in parts if each.unit == parts[0].unit]
        if len(same) < 2 or not before or _NOT_PARTS.search(prose.half[found.end() : same[-1].end]):
            continue
        total = before[-1]
        right = sum((each.value for each in same), Decimal(0))
        if total.rough or any(each.rough for each in same) or right == total.value:
            continue
        if rounded and abs(right - total.value) <= len(same):
            continue
        alarm = _alarm(prose, total, right, same)
        yield Alarm(total.begin, same[-1].end, alarm.told, hint=alarm.hint)


def _of_all(prose: Prose, figures: list[_Figure]) -> Iterator[Alarm]:
    """500人が答えました。「満足」は340人で、全体の68％でした."""
    pattern = rf"(?P<part>[0-9][0-9,万億.]*)(?P<u>{_UNIT})(?:で|、|が|は)、?(?:全体|回答者|全員|総数|参加者|回答)の(?P<about>約|およそ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)(?:%|パーセント)"
    for found in re.finditer(pattern, prose.half):
        earlier = [each for each in figures if each.end <= found.start() and each.unit == found["u"]]
        tried = [list(_rate(prose, found, _plain(found["part"]) * 100 / each.value)) for each in earlier if each.value]
        if tried and all(tried):  # none of the figures before it is the whole
            yield tried[-1][0]


def _alarm(prose: Prose, total: _Figure, right: Decimal | int, parts: list[_Figure]) -> Alarm:
    said = "＋".join(prose.text[each.begin : each.end] for each in parts[-4:])
    words = prose.text[total.begin : total.end]
    told = f"合計「{words}」が、内訳（{said}）を足した{right:,}と合いません。"
    return Alarm(
        total.begin,
        total.end,
        told,
        f"{right:,}{total.unit}",
        hint="合計と内訳のどちらが違うか、元の資料で確かめてください。",
    )


def _rates(prose: Prose) -> Iterator[Alarm]:
    for found in _OF.finditer(prose.half):
        whole, part = _plain(found["whole"]), _plain(found["part"])
        if whole:
            yield from _rate(prose, found, part * 100 / whole)
    for found in (*_CHANGE.finditer(prose.half), *_AGAINST.finditer(prose.half)):
        before, after = _plain(found["from"]), _plain(found["to"])
        if before and before != after:
            yield from _rate(prose, found, abs(after - before) * 100 / before)
            down = found["way"].startswith(("減", "低", "下", "少"))
            if down != (after < before):
                told = f"「{prose.text[found.start() : found.end()]}」の増減が逆です。"
                yield Alarm(found.start("way"), found.end("way"), told)


def _rate(prose: Prose, found: re.Match[str], right: Decimal) -> Iterator[Alarm]:
    said = Decimal(found["rate"])
    digits = max(0, -int(said.as_tuple().exponent))
    unit = Decimal(1).scaleb(-digits)
    allowed = unit * (3 if found["about"] else 1)
    if abs(said - right) >= allowed:
        told = f"割合「{prose.text[found.start('rate') : found.end('rate')]}％」が、数から計算した{right:.{max(digits, 1)}f}％と合いません。"
        yield Alarm(
            found.start("rate"),
            found.end("rate"),
            told,
            f"{right:.{digits}f}",
            hint="数と割合のどちらが違うか、元の資料で確かめてください。",
        )


def _steps(prose: Prose) -> Iterator[Alarm]:
    for pattern in (_STEP, _STEP2):
        for found in pattern.finditer(prose.half):
            before, by, after = (_plain(found[name]) for name in ("from", "by", "to"))
            right = before + by if found["way"] == "増" else before - by
            if right != after and "約" not in found[0]:
                told = f"「{prose.text[found.start() : found.end()]}」の差が合いません。"
                yield Alarm(found.start(), found.end(), told, hint="どの数が違うか、元の資料で確かめてください。")
    for found in _TIMES.finditer(prose.half):
        right = _plain(found["each"]) * int(found["times"])
        if right != _plain(found["total"]):
            told = f"「{prose.text[found.start() : found.end()]}」の計算が合いません。{right:,}円です。"
            yield Alarm(found.start("total"), found.end("total"), told, f"{right:,}")


RULE = Rule(
    "L13",
    "l13-sums",
    Severity.ERROR,
    "合計・割合が合わない",
    "数字の足し算は、読者が必ず確かめます。",
    wrong=(
        ("男8,690+女9,514=18,240", ""),
        ("人口は18,240人（男8,690人、女9,514人）です。", "人口は18,204人（男8,690人、女9,514人）です。"),
        ("大人30人、子ども25人、合計50人が参加しました。", "大人30人、子ども25人、合計55人が参加しました。"),
        ("回答した120人のうち30人（20％）が賛成でした。", "回答した120人のうち30人（25％）が賛成でした。"),
        ("1,200人から1,500人に20％増えました。", "1,200人から1,500人に25％増えました。"),
        ("前年の150件から12件増の160件でした。", ""),
        ("火災は24件ありました。内訳は建物15件、林野3件、その他5件です。", ""),
        ("500人が答えました。「満足」は310人で、全体の68％でした。", ""),
        ("古着は1,800キログラムで、前の回の1,500キログラムに比べて25％増えました。", ""),
        ("大人1人500円、子供1人200円です。大人2人と子供3人では、合わせて1,500円です。", ""),
    ),
    silent=(
        "人口は18,204人（男8,690人、女9,514人）です。",
        "男33.3％、女66.6％、合計100％（四捨五入のため合計が合わない）",
        "16歳以上20人、定員は合計で延べ300人",
        "火災は24件ありました。内訳は建物15件、林野3件、その他6件です。",
        "500人が答えました。「満足」は340人で、全体の68％でした。",
        "回答した120人のうち30人（25％）が賛成でした。",
        "3月1日、5日、計2日間",
        "約30人と約20人、合計で約60人",
        "1,200人から1,500人に25％増えました。",
        "大人1人500円、子供1人200円です。大人2人と子供3人では、合わせて1,600円です。",
    ),
    find=_find,
)
