"""Parts that do not make their whole: in brackets, what is left over, products."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.patterns import late
from koho_pdf.gate.percentages import OPPOSITE, SEVERAL, shares_of
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.reckoning import N
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, in_words, plain_number

_PRODUCT = late(
    rf"(?P<each>{N})(?:{UNIT}|クラス|学級|か月|歳|セット|袋|箱|列|段|班|日間|週)?\s?[×✕*]\s?(?P<times>{N})(?:{UNIT}|クラス|学級|か月|セット|袋|箱|列|段|班|日間|週)?"
    rf"(?:\s?[×✕*]\s?(?P<more>{N})(?:{UNIT}|か月|クラス|日間|週)?)?(?:で、?|は、?|が、?|、)(?:合計|計|総額)?(?P<total>{N})"
)
_LEFT = late(rf"残り(?:の|は)?(?P<rest>{N})(?P<unit>{UNIT})")
_EXHAUSTIVE = late(
    "男.*女|女.*男|大人.*(?:子|小)|午前.*午後|市内.*市外|町内.*町外|内訳|その他|前期.*後期|上期.*下期|昼.*夜|赤.*白|新規.*(?:継続|更新)|建物.*林野|第1部.*第2部|1日目.*2日目|国.*県.*市|国.*道.*市"
)
_NOT_PARTS = late(
    "うち|以上|以下|未満|まで|前年|昨年|前回|前月|比|当たり|あたり|につき|各|から|先着|ほか|など|追加|最大|最低|ごと|定価|通常|以内|程度|前後|満|増|減|目標|予定|一部|特に|中でも|主な|含|重複|複数"
)
_COUNTED = frozenset("人名件世帯戸棟部個台枚冊本票頭匹羽隻校社店組") | {"世帯", "区画", "チーム", "団体", "か所"}
_CHARGE = late("(?:費|代|料|金|分)[はがで]?$")
_NEAR = Decimal("0.12")
_BORNE = late(
    rf"(?P<whole>{N})円(?:のうち|で|は|を|、)[^0-9。]{{0,6}}(?P<parts>(?:(?:国|道|県|都|府|市|町|村|国庫|地元|利用者|事業者)(?:から)?(?:が|は|の補助が){N}円[、とを]?){{2,}})(?:を?負担|を?支出|を?出)"
)
_APART = late(r"(?P<by>[0-9]+)(?:点|票)差|差は(?P<far>[0-9]+)(?:点|票)")
_PAIRS = (
    ("男[性子]?", "女[性子]?"),
    ("市内", "市外"),
    ("大人", "(?:子ども|子供|小人)"),
    ("午前(?:の部)?", "午後(?:の部)?"),
)
_BOTH = "|".join(
    f"{one}(?:は|が)?(?P<m{at}>{N})人(?:で|、|と)*{other}(?:は|が)?(?P<w{at}>{N})人"
    for at, (one, other) in enumerate((*_PAIRS, *((other, one) for one, other in _PAIRS)))
)
_OF_THEM = late(rf"(?P<whole>{N})人[^0-9。]{{0,16}}。(?:そのうち|このうち|うち|内訳は)、?(?:{_BOTH})")
_SEXES = late(
    rf"(?P<whole>{N})人?(?:\([^()]*\))?(?:のうち|中|の内訳は|で|は|が)?[\s、・/(\[:]*(?:内訳は、?|うち)?男[性子]?[はが:\s]*(?P<men>{N})人?(?:\([^()]*\))?(?:で|と)?[\s、・/]*女[性子]?[はが:\s]*(?P<women>{N})(?![0-9.円歳点分回%])"
)


def parts_of(prose: Prose, figures: Sequence[Figure], *, rounded: bool) -> Iterator[Alarm]:
    """An alarm for each whole of a text that its parts do not make."""
    yield from _in_brackets(prose, figures, rounded=rounded)
    yield from _products(prose)
    yield from _opposed(prose, figures)
    yield from _too_many(prose, figures)
    yield from _borne(prose)
    for found in _OF_THEM.finditer(prose.half):
        some = [plain_number(value) for name, value in found.groupdict().items() if name != "whole" and value]
        if sum(some, Decimal(0)) != plain_number(found["whole"]) and not rounded:
            told = f"「{prose.text[found.start() : found.end()]}」の合計が合いません。足すと{sum(some, Decimal(0)):,}人です。"
            yield Alarm(found.start(), found.end(), told, hint="どの数が違うか、元の資料で確かめてください。")
    yield from _next_sentence(prose, figures)
    for found in _SEXES.finditer(prose.half):
        both = plain_number(found["men"]) + plain_number(found["women"])
        whole = plain_number(found["whole"])
        if both != whole and whole > max(plain_number(found["men"]), plain_number(found["women"])) and not rounded:
            told = f"「{prose.text[found.start() : found.end()]}」の合計が合いません。足すと{both:,}人です。"
            yield Alarm(found.start("whole"), found.end(), told, hint="どの数が違うか、元の資料で確かめてください。")
    yield from shares_of(prose)
    for at, (begin, end) in enumerate(prose.sentences):
        first, last = begin, _LEFT.search(prose.half, begin, end)
        if last and not any(begin <= each.begin < last.start() for each in figures):
            first = prose.sentences[max(0, at - 2)][0]  # 町内会に…、公共施設に…を配ります。残りの100部は…
        yield from _left(prose, [each for each in figures if first <= each.begin < end], first, end)
        yield from _apart(prose, [each for each in figures if begin <= each.begin < end], begin, end)


_ALL_LABELS = late(
    "市内.*市外|市外.*市内|町内.*町外|男[性子].*女[性子]|女[性子].*男[性子]|午前.*午後|土曜.*日曜|正職員.*(?:任用職員|臨時)|国.*(?:県|道|都|府).*市|国.*市|大人.*(?:子ども|子供)|賛成.*反対"
)
_MORE = late(
    "うち|一部|主|など|ほか|から.{0,8}(?:増|減)|残り|その他|比べ|上回|下回|以上|以下|約|各|ずつ|1人|につき|当たり|累計|今後|将来|それまで|昨年|前年|前回"
)


def _next_sentence(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """応募は250件でした。市内から180件、市外から80件が届きました; 予算は3,000万円です。国が1,500万円、…です。市の負担は650万円です."""
    spans = [*prose.sentences]
    of = [[each for each in figures if begin <= each.begin < end] for begin, end in spans]
    for at, whole in enumerate(of[:-1]):
        if len(whole) != 1 or whole[0].unit not in _WHOLES or whole[0].rough:
            continue
        for last in (at + 1, at + 2):
            if last >= len(spans) or not of[last]:
                break
            words = prose.half[spans[at][0] : spans[last][1]]
            parts = [each for more in of[at + 1 : last + 1] for each in more]
            if len(parts) < 2 or any(each.unit != whole[0].unit or each.rough for each in parts):
                continue
            inner = prose.half[spans[at + 1][0] : spans[last][1]]
            following = of[last + 1] if last + 1 < len(of) else []
            total, said = sum((each.value for each in parts), Decimal(0)), whole[0].value
            if (
                total != said
                and _ALL_LABELS.search(inner.replace("\n", ""))
                and not _MORE.search(words)
                and not any(each.unit == whole[0].unit for each in following)
                and abs(total - said) <= said * _NEAR
                and not any(each.value >= said for each in parts)
            ):
                yield amiss(prose, whole[0], total, parts)


_WHOLES = frozenset("人件円台冊点組") | {"世帯", "団体"}


def amiss(prose: Prose, total: Figure, right: Decimal, parts: Sequence[Figure]) -> Alarm:
    """The alarm about a total that is not the sum of its parts."""
    said = "＋".join(prose.text[each.begin : each.end] for each in parts[-4:])
    words = prose.text[total.begin : total.end]
    told = f"合計「{words}」が、内訳（{said}）を足した{in_words(right)}と合いません。"
    hint = "合計と内訳のどちらが違うか、元の資料で確かめてください。"
    places = (total, *parts)
    return Alarm(min(each.begin for each in places), max(each.end for each in places), told, hint=hint)


_GROUPS = late(
    "(?:定員|定数|参加者|募集|申込者|応募|職員|団員|会員|部員|委員|議員|来場者|乗客|入所者|児童|生徒|出席者|合計|総数|全部で|全体で)(?:は|が|の数は|人数は)?[　 :]*$"
)


def _in_brackets(prose: Prose, figures: Sequence[Figure], *, rounded: bool) -> Iterator[Alarm]:
    """人口18,204人（男8,690人、女9,514人）; 定員60人（午前の部30人、午後の部30人）."""
    for found in re.finditer(r"\(([^()]*)\)", prose.half):
        inner = [each for each in figures if found.start() < each.begin < found.end()]
        outer = next((each for each in reversed(figures) if found.start() - 1 <= each.end <= found.start()), None)
        if outer is None or len(inner) < 2 or _NOT_PARTS.search(found[1]):
            continue
        same = [each for each in inner if each.unit in (outer.unit, "")]
        total = sum((each.value for each in same), Decimal(0))
        if len(same) < 2 or len({each.unit for each in same}) > 1 or outer.rough or any(each.rough for each in same):
            continue
        if total == outer.value or (rounded and abs(total - outer.value) <= len(same)):
            continue
        if _are_parts(prose, found, outer, inner, total):
            yield amiss(prose, outer, total, same)


def _are_parts(prose: Prose, found: re.Match[str], outer: Figure, inner: Sequence[Figure], total: Decimal) -> bool:
    """Whether what stands in brackets are all the parts of the figure before them."""
    if re.search(r"男[性子]?[^、。]{0,4}[0-9].*女[性子]?[^、。]{0,4}[0-9]|内訳", found[1]):
        return True
    ends = [found.start() + 1, *(each.end for each in inner)]
    labels = [prose.text[end : each.begin].lstrip("、・と 　") for end, each in zip(ends, inner, strict=False)]
    if len({each.unit for each in inner}) > 1 or not all(labels) or any(re.search("[。]", each) for each in labels):
        return False
    if outer.unit == "円":
        return all(_CHARGE.search(label) for label in labels)
    if outer.unit not in _COUNTED or any(each.value >= outer.value for each in inner):
        return False
    if outer.value < total <= outer.value * Decimal("1.5") and _GROUPS.search(prose.half, 0, outer.begin):
        return True
    return bool(_EXHAUSTIVE.search(found[1])) or abs(total - outer.value) <= outer.value * _NEAR


def _products(prose: Prose) -> Iterator[Alarm]:
    """500円×3人で1,500円."""
    for found in _PRODUCT.finditer(prose.half):
        right = plain_number(found["each"]) * plain_number(found["times"]) * plain_number(found["more"] or "1")
        if right != plain_number(found["total"]):
            told = f"「{prose.text[found.start() : found.end()]}」の計算が合いません。{right.normalize():,f}です。"
            yield Alarm(found.start("total"), found.end("total"), told, f"{right.normalize():,f}")


def _opposed(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """100人に聞き、「知っている」は63人、「知らない」は47人."""
    for found in OPPOSITE.finditer(prose.half):
        after = [each for each in figures if found.start() < each.begin and each.unit in ("人", "世帯", "件")]
        before = [each for each in figures if each.end <= found.start()]
        if len(after) < 2 or SEVERAL.search(prose.text) or "。" in prose.text[found.start() : after[1].begin]:
            continue
        whole = next((each for each in reversed(before) if each.unit == after[0].unit), None)
        if whole is None or whole.rough or after[0].unit != after[1].unit or whole.value <= after[0].value:
            continue
        both = after[0].value + after[1].value
        if both > whole.value:
            told = f"答えの数を足すと{both:,}{whole.unit}で、全体の{whole.value:,}{whole.unit}より多くなります。"
            hint = "全体と内訳のどちらが違うか、元の資料で確かめてください。"
            yield Alarm(after[0].begin, after[1].end, told, hint=hint)


_OF_WHOLE = late(rf"(?P<whole>{N})(?P<u>{UNIT})(?:のうち|中)、?")
_ALL_WAYS = late(
    "賛成.*反対|出席.*欠席|男.*女|女.*男|大人.*子|市内.*市外|合格.*不合格|はい.*いいえ|満足.*不満|済み?.*未|未.*済み?|加入.*未加入|(?:あり|有り).*(?:なし|無し)|終わ.*終わってい|ある.*ない|いる.*いない|使.*使わない|開.*閉"
)


def _too_many(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """議員18人のうち、賛成12人、反対5人で、棄権は2人: more than there are."""
    for found in _OF_WHOLE.finditer(prose.half):
        stop = prose.half.find("。", found.end())
        words = prose.half[found.end() : stop if stop >= 0 else len(prose.half)]
        after = [each for each in figures if found.end() <= each.begin < found.end() + len(words)]
        parts = [each for each in after if each.unit == found["u"]]
        if len(parts) < 2 or len(after) > len(parts) or not _ALL_WAYS.search(words) or _NOT_PARTS.search(words):
            continue
        total, whole = sum((each.value for each in parts), Decimal(0)), plain_number(found["whole"])
        if total > whole and not any(each.rough or each.value > whole for each in parts) and not SEVERAL.search(words):
            told = f"「{prose.text[found.start() : parts[-1].end]}」の内訳を足すと{total:,}で、全体より多くなります。"
            yield Alarm(found.start(), parts[-1].end, told, hint="どの数が違うか、元の資料で確かめてください。")


def _borne(prose: Prose) -> Iterator[Alarm]:
    """500万円で、国が250万円、市が250万円を負担します."""
    for found in _BORNE.finditer(prose.half):
        right = sum((plain_number(each[1]) for each in re.finditer(f"({N})円", found["parts"])), Decimal(0))
        if right != plain_number(found["whole"]):
            told = f"「{prose.text[found.start() : found.end()]}」の合計が合いません。足すと{right:,}円です。"
            hint = "全体と内訳のどちらが違うか、元の資料で確かめてください。"
            yield Alarm(found.start("whole"), found.end(), told, hint=hint)


def _left(prose: Prose, figures: Sequence[Figure], begin: int, end: int) -> Iterator[Alarm]:
    """1億2,000万円のうち、国が6,000万円、残りの6,000万円が市の負担です."""
    found = _LEFT.search(prose.half, begin, end)
    if not found or found["unit"] == "%":  # shares are read elsewhere
        return
    before = [each for each in figures if each.end <= found.start() and each.unit == found["unit"]]
    rest = plain_number(found["rest"])
    if len(before) < 2 or any(each.rough for each in before) or _several(prose.text[begin : found.start()]):
        return
    whole, *parts = before
    if whole.value < max(each.value for each in parts):
        return
    right = whole.value - sum((each.value for each in parts), Decimal(0))
    if right > 0 and right != rest:
        told = f"「{prose.text[found.start() : found.end()]}」が、全体から引いた{right:,}{found['unit']}と合いません。"
        hint = "全体と内訳のどちらが違うか、元の資料で確かめてください。"
        yield Alarm(found.start("rest"), found.end(), told, hint=hint)


def _several(words: str) -> bool:
    return bool(re.search("1人|1回|当たり|あたり|につき|前年|昨年", words))


def _apart(prose: Prose, figures: Sequence[Figure], begin: int, end: int) -> Iterator[Alarm]:
    """赤組120点、白組135点で、15点差."""
    found = _APART.search(prose.half, begin, end)
    before = [each for each in figures if found and each.end <= found.start() and each.unit in ("点", "票")]
    if found and len(before) == 2:
        right = abs(before[0].value - before[1].value)
        name = "by" if found["by"] else "far"
        if right != Decimal(found[name]):
            told = f"「{prose.text[found.start() : found.end()]}」が、数から計算した{right}と合いません。"
            yield Alarm(found.start(name), found.end(name), told, f"{right}")
