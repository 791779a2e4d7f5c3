"""What so many times so much makes: 5人ずつ12台, 1件の平均, areas, a price with its tax, what a family pays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.reckoning import N, agrees, within, wrong, wrong_in
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, in_words, plain_number, without_days

_APIECE = late(rf"(?P<n>{N})(?P<u>{UNIT})(?:ずつ|入りの?|詰めの?|が(?=[0-9]{{1,3}}(?:組|班|クラス|チーム|列)))")
_TIMES = late(
    rf"(?<![0-9,第.])(?P<k>{N})(?P<c>台|人|列|箱|袋|班|組|クラス|学級|校|か所|会場|日間?|回|室|本|脚|段|地区|セット|グループ|チーム|世帯|束|店|軒|部屋|テーブル|週間?|か月)"
)
_LIMITS = late("最大|まで|以内|以上|以下|残り|うち|追加|予備|ほか|約|およそ|延べ|各|交代|定員|目標|前年|昨年|あと")
_SHARED_OUT = late("分乗|分かれ|分け|配った|配りま|割り当て|割り振")
"""All of them are told first, and what each gets."""
_MEAN = late(
    rf"1(?P<c>件|人|世帯|回|日|校|社|店|台|か所|チーム|団体|戸|枚|個|本|冊|袋|[かカヶ箇]月|年|作品)(?P<how>の?平均|当たりの平均|当たり平均|当たり|あたり)(?:で|は|が|の|、)*[^0-9、。]{{0,6}}(?P<about>約|およそ)?(?P<m>{N})(?P<u>{UNIT})"
)
_SUM = late("人口|総額|合計|総数|合わせて|総計|全部で|延べ|計")
_PACK = late("入り|詰め|セット|分|組")
_AREA = late(
    rf"(?P<a>{N})(?P<u>メートル|センチメートル|センチ|キロメートル|m|cm)[^0-9。]{{1,8}}(?:長さ|奥行き?|横|幅|縦|間口)(?:は|が)?(?P<b>{N})(?P=u)(?:[^0-9。]{{0,10}}?(?:面積|広さ|大きさ)(?:は|が|で|、)*|[の、で(]{{1,2}})(?P<about>約|およそ)?(?P<t>{N})(?P<s>平方(?:センチ|キロ)?(?:メートル|m)?|㎡|m2|平方cm)"
)
_TAXED = late(
    rf"(?:税抜き?|税別|本体(?:価格)?)[はが]?(?P<net>{N})円[^0-9。]{{0,8}}?(?:消費)?税率?(?P<rate>[0-9]{{1,2}})%[^0-9。]{{0,10}}?(?P<gross>{N})円|税込み?(?P<gross2>{N})円\((?:税抜き?|本体(?:価格)?)(?P<net2>{N})円[^0-9。]{{0,6}}税率?(?P<rate2>[0-9]{{1,2}})%"
)
_GIVEN = late(
    rf"(?P<n>{N})(?P<u>{UNIT})(?:の[^0-9。、]{{1,10}}?|ずつ)?を、?(?P<k>{N})(?:人|世帯|社|団体|店|枚|個|冊|校|か所|地区)(?:から|に|分|へ)?[^0-9。]{{0,8}}?(?:(?:合計|合わせて|計|総額|全部で)(?:で|は)?|(?<=集め)、?|(?<=集めて)、?|(?<=徴収し)、?)(?P<t>{N})(?P=u)"
)
_BUYING = late(
    rf"(?P<n>{N})円の[^0-9。、]{{1,10}}を(?P<k>[0-9]{{1,3}})(?:枚|個|本|冊|袋|箱|人分|株|束)(?:買うと|購入すると|買えば|買った場合|で)、?(?P<t>{N})円"
)
_YEARLY = late(
    rf"(?<![0-9一-龥])(?:毎|1?)(?:(?P<y>年)|(?P<m>(?:か|カ|ヵ|ヶ|箇)?月)|(?P<w>週)|(?P<d>日))(?:間?に|間)?、?(?P<n>{N})(?P<u>{UNIT}|軒)(?:ずつ)?(?:、|を|で|の[^0-9。、]{{1,6}}、){{0,2}}(?P<k>[0-9]{{1,3}})(?:(?(y)年)(?(m)[かカヵヶ箇]月)(?(w)週)(?(d)日))間?で、?(?:延べ|合わせて|合計|計|全部で)(?:で|、)?(?P<t>{N})(?P=u)(?!以|ほど|余|近|程|超)"
)
"""年に120軒、15年で延べ1,800軒."""
_SAVED = late(
    rf"(?P<k>[0-9]{{1,3}})(?P<c>枚|回)(?:つづり|分)?(?:で|が)(?P<t>{N})円[^0-9]{{0,6}}1(?:枚|回)(?:当たり|あたり|が|は)?(?P<n>{N})円[^0-9。]{{0,12}}?(?P<s>{N})円(?:お?得|安)"
)
_RANGE = late(
    rf"最高[^0-9。]{{0,6}}(?P<most>{N})(?P<u>{UNIT})[^0-9。]{{0,8}}最低[^0-9。]{{0,6}}(?P<least>{N})(?P=u)[^0-9。]{{0,8}}平均[^0-9。]{{0,4}}(?P<mean>{N})(?P=u)"
)
_SEATS = late(
    rf"(?P<k>{N})(?P<c>台|艘|隻|回|便|列|卓|部屋|室|班|組)[^0-9。\n]{{0,10}}?1(?P=c)(?:に|が|は|当たり|あたり|につき)?[^0-9。\n]{{0,4}}?(?P<n>{N})(?P<u>人|名|本|個|枚)(?:乗り|掛け|定員|ずつ|まで)?[^0-9。\n]{{0,8}}?(?:全部で|合わせて|計|全体で|合計)(?:で|は|、)?(?P<t>{N})(?P=u)"
)
_PACKED = late(
    rf"(?P<k>[0-9]{{1,3}})(?P<c>枚|本|個|冊|回|袋)(?:つづり|入り|組|セット|分)?(?:で|が|は)、?(?P<t>{N})円[^0-9\n]{{0,14}}1(?P=c)(?:当たり|あたり)(?:は|が|、)?(?P<about>約|およそ)?(?P<n>{N})円"
)
_LOTTERY = late(
    rf"(?P<a>{N})(?P<u>人|件|組|世帯|点|団体)[^0-9。\n]{{0,16}}(?:抽選|選考|審査)[^0-9。\n]{{0,6}}?(?P<b>{N})(?P=u)[^0-9。\n]{{0,14}}?(?P<t>{N})(?P=u)(?:が|は)?(?:落選|外れ|漏れ|選に漏れ|抽選に漏れ)"
    rf"|定員(?:の|は)?(?P<b2>{N})(?P<u2>人|件|組|世帯|団体)[^0-9。\n]{{0,10}}?(?P<a2>{N})(?P=u2)[^0-9。\n]{{0,14}}?(?P<t2>{N})(?P=u2)(?:が|は)?(?:落選|外れ|漏れ|選に漏れ|抽選に漏れ|入れません)"
)
"""64人の応募から抽選で40人を選び、24人が落選しました."""
_CONTEST = late(
    r"倍率(?:は|が|で|、)*(?P<about>約|およそ|ほぼ)?(?P<rate>[0-9]+(?:\.[0-9]+)?)倍(?!を超|以上|近|弱|強|余)"
)
_MOVES = late(
    rf"(?=.*転入[はが]?(?P<a>{N})人)(?=.*転出[はが]?(?P<b>{N})人)(?=.*(?:出生|生まれ)[^0-9、]{{0,6}}(?P<c>{N})人)(?=.*(?:死亡|亡くな)[^0-9、]{{0,6}}(?P<d>{N})人).*?(?:人口|差し引き|全体|合わせて|合計)[^0-9。]{{0,6}}(?P<t>{N})人(?:の)?(?P<way>減|増)"
)


def products_of(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """An alarm for each of them that comes out otherwise."""
    text = without_days(prose)
    for begin, end in prose.sentences:
        yield from _apiece(prose, text, figures, begin, end)
    yield from _means(prose, text, figures)
    yield from _contests(prose, text, figures)
    for found in _AREA.finditer(text):
        if (found["u"] in ("メートル", "m")) != (found["s"] in ("平方メートル", "平方m", "㎡", "m2")):
            continue
        right, said = plain_number(found["a"]) * plain_number(found["b"]), plain_number(found["t"])
        if not agrees(said, right) and not (found["about"] and abs(said - right) * 20 <= right):
            yield wrong_in(prose, found, in_words(right))
    for found in _SEATS.finditer(text):
        right = plain_number(found["k"]) * plain_number(found["n"])
        if right != plain_number(found["t"]) and "補助席" not in found[0]:
            yield wrong_in(prose, found, f"{in_words(right)}{found['u']}")
    for found in _PACKED.finditer(text):
        right, said = plain_number(found["t"]) / plain_number(found["k"]), plain_number(found["n"])
        if not agrees(said, right, about=bool(found["about"])):
            yield wrong_in(prose, found, f"{in_words(right.quantize(Decimal(1)))}円")
    for found in _LOTTERY.finditer(text):
        one = "" if found["a"] else "2"
        right = plain_number(found[f"a{one}"]) - plain_number(found[f"b{one}"])
        if right > 0 and right != plain_number(found[f"t{one}"]):
            yield wrong_in(prose, found, f"{in_words(right)}{found[f'u{one}']}")
    for found in _TAXED.finditer(text):
        one = "" if found["net"] else "2"
        right = plain_number(found[f"net{one}"]) * (100 + int(found[f"rate{one}"])) / 100
        if abs(plain_number(found[f"gross{one}"]) - right) > 1:
            yield wrong_in(prose, found, f"{in_words(right)}円")
    for found in (*_GIVEN.finditer(text), *_BUYING.finditer(text)):
        right = plain_number(found["n"]) * plain_number(found["k"])
        if right != plain_number(found["t"]) and not re.search("割引|お得|まとめ", prose.sentence_at(found.start())):
            yield wrong_in(prose, found, in_words(right))
    for found in _YEARLY.finditer(prose.half):
        right = plain_number(found["n"]) * int(found["k"])
        if right != plain_number(found["t"]) and not re.search("約|およそ|平均|程度", prose.half[: found.start()][-4:]):
            yield wrong_in(prose, found, f"{in_words(right)}{found['u']}")
    for found in _SAVED.finditer(text):
        right = plain_number(found["n"]) * int(found["k"]) - plain_number(found["t"])
        if right != plain_number(found["s"]):
            yield wrong_in(prose, found, f"{in_words(right)}円")
    for found in _RANGE.finditer(text):
        most, least, mean = (plain_number(found[name]) for name in ("most", "least", "mean"))
        if not min(most, least) <= mean <= max(most, least):
            told = f"「{prose.text[found.start() : found.end()]}」の平均が、最高と最低の間にありません。"
            yield Alarm(found.start(), found.end(), told, hint="どの数が違うか、元の資料で確かめてください。")
    for begin, end in prose.sentences:
        if moves := _MOVES.match(text[begin:end].replace("\n", " ")):
            right = sum(
                (plain_number(moves[name]) * way for name, way in zip("abcd", (1, -1, 1, -1), strict=True)), Decimal(0)
            )
            said = plain_number(moves["t"]) * (1 if moves["way"] == "増" else -1)
            if right != said:
                yield wrong(
                    prose, begin, begin + moves.end(), f"{in_words(abs(right))}人の{'増' if right > 0 else '減'}"
                )


def _apiece(prose: Prose, text: str, figures: Sequence[Figure], begin: int, end: int) -> Iterator[Alarm]:
    """10人ずつ6班に分かれ、60人で作業しました: one figure each, one that counts them, one that is all."""
    found = list(_APIECE.finditer(text, begin, end))
    if len(found) != 1 or _LIMITS.search(text, begin, end):
        return
    each = found[0]
    times = [one for one in _TIMES.finditer(text, begin, end) if one["c"] != each["u"] and one["k"] != "1"]
    times = times or [
        one for one in _TIMES.finditer(text, begin, end) if one.start() != each.start("n") and one["k"] != "1"
    ]
    small = plain_number(each["n"])
    totals = [
        one
        for one in within(figures, begin, end)
        if one.unit == each["u"] and one.begin != each.start("n") and not one.rough
    ]
    totals = [
        one for one in totals if one.value > small and not any(one.begin == each.start("k") for each in times[:1])
    ]
    if len(times) != 1 or len(totals) != 1:
        return
    if totals[0].begin < min(each.end(), times[0].end()) and not _SHARED_OUT.search(text, begin, end):
        return
    right = small * plain_number(times[0]["k"])
    if totals[0].value != right:
        first = min(each.start("n"), times[0].start())
        yield wrong(prose, first, max(totals[0].end, each.end()), f"{in_words(right)}{each['u']}")


def _means(prose: Prose, text: str, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """寄附は45件、総額135万円で、1件の平均は3万円です; 10枚入り300円、1枚当たり30円."""
    for found in _MEAN.finditer(text):
        number = next((at for at, (begin, end) in enumerate(prose.sentences) if begin <= found.start() < end), 0)
        begin = prose.sentences[number][0]
        if not within(figures, begin, found.start()) and number:
            begin = prose.sentences[number - 1][0]
        counter = "人" if found["c"] == "人" else found["c"]
        before = [each for each in within(figures, begin, found.start()) if not each.rough]
        many = [each for each in before if each.unit == counter and each.value > 1]
        many += _counted(text, begin, found.start(), counter) if not many else []
        total = [each for each in before if each.unit == found["u"] and each.unit != counter]
        if (
            len(many) != 1
            or len(total) != 1
            or re.search("うち|前年|昨年|各|から|以上|以下|まで", text[begin : found.start()])
        ):
            continue
        lead = text[begin : found.start()]
        packed = _PACK.match(text, many[0].end)
        if "平均" not in found["how"] and not _SUM.search(lead) and not packed:
            continue
        said, right = plain_number(found["m"]), total[0].value / many[0].value
        if not agrees(said, right, about=bool(found["about"])) and not _rounded(said, right):
            yield wrong(prose, min(many[0].begin, total[0].begin), found.end(), f"{right:,.1f}{found['u']}")


def _rounded(said: Decimal, right: Decimal) -> bool:
    """Whether 2万円 stands for 19,800: rounded to its first figures."""
    zeros = len(str(int(said))) - len(str(int(said)).rstrip("0")) if said == int(said) else 0
    return zeros > 0 and abs(said - right) * 2 <= Decimal(10) ** min(zeros, 3) and abs(said - right) * 20 < right


def _counted(text: str, begin: int, end: int, counter: str) -> list[Figure]:
    """How many there are, where the counter is none of the usual units: 3か月, 5年."""
    found = re.finditer(rf"(?<![0-9,第.])(?P<k>{N}){counter}(?:間|分)?", text[begin:end])
    return [
        Figure(begin + each.start(), begin + each.end(), plain_number(each["k"]), counter, rough=False)
        for each in found
        if each["k"] != "1"
    ]


def _contests(prose: Prose, text: str, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """定員40人に80人が申し込み、倍率は2倍でした."""
    for found in _CONTEST.finditer(text):
        number = next((at for at, (begin, end) in enumerate(prose.sentences) if begin <= found.start() < end), 0)
        here = within(figures, prose.sentences[number][0], found.start())
        if len(here) < 2 and number:
            here = within(figures, prose.sentences[number - 1][0], found.start())
        here = [each for each in here if here[-1].unit == each.unit and each.unit and not each.rough]
        if len(here) != 2 or here[0].value == here[1].value or not min(each.value for each in here):
            continue
        low, high = sorted(each.value for each in here)
        said, right = Decimal(found["rate"]), high / low
        if not agrees(said, right, about=bool(found["about"])):
            yield wrong(prose, here[0].begin, found.end(), f"{right:.1f}倍")
