"""Totals of things that are listed just before them, in a sentence or in the lines above."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from koho_pdf.gate.parts import amiss
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.reckoning import N
from koho_pdf.gate.rule import Alarm
from koho_pdf.gate.said_figures import UNIT, Figure, in_words, plain_number, without_days

_COUNTED = "句|首|点|件|棟|台|脚|枚|本|冊|個|人|名|羽|頭|匹|袋|箱|張り?|組|団体|世帯|戸|社|店|校|か所|区画|基|株|作品|編|通|票|着|足|セット|チーム|曲|席|隻|回|便|%"
_TOTAL = late(
    rf"(?:の(?P<groups>[2-9])(?:地区|校|部門|チーム|か所|会場|施設|団体|つ|種類|区|学級|町|町内会)(?:で|に|の|が|から|を)、?(?:合わせて|計)?|(?P<name>の合計|の計|合計|計|合わせて|あわせて|全部で|全員で|総量|総数)(?:は|で|が|、)*|(?<=[0-9](?:人|名|件|台|冊|点|枚|本|個|戸|円))の|(?<=世帯)の)(?P<t>{N})(?P<u>{_COUNTED}|円)?"
)
_ITEM = late(rf"^(?P<label>[^0-9]{{0,16}}?)(?P<n>{N})(?P<u>{_COUNTED}|円)?$")
_SPLIT = late("[、，]|(?<=[0-9人件点台冊枚本個円])と")
_OTHER = late(
    "(?<![0-9])1(?:回|人|個|枚|冊|日|世帯|組)|各|ずつ|[×倍]|うち|当たり|あたり|につき|以上|以下|未満|まで|前年|昨年|約|およそ|など"
)
_ELSEWHERE = frozenset(UNIT.split("|")) - {"%", "回"}
_ORDINAL = frozenset(("回", "便"))
"""Units of numbers in an order too: 第2回, 2回, and of how often: 毎月1回."""
_LABELLED = late("^(?!.*(?:第|毎|[月週年日]に|[月週年日]$)).*[はがで]$")
_LINE = late(
    rf"^[ ・■●○◆*-]*(?:[【\[〔](?P<named>[^0-9\n】\]〕]{{1,12}})[】\]〕][ :]*|(?P<label>[^0-9\n:【】]{{1,16}}?)(?:[ :…\t]+|(?<=[男女計性])))(?P<n>{N})(?P<u>[^0-9\n()]{{0,4}}?)(?:\s?\((?P<by>[^()\n]*)\))?$"
)
_ITEMISED = late(
    "内訳(?:は|:|として)(?P<below>、?(?:次|以下|下記|下)の(?:とおり|通り)(?:です)?[。:]?\\s*\n|\\s*\n)?|(?P<under>(?:内訳)\\s*\n)"
)
_CHIEF = late("(?:主な|おもな|主要な|一部の)$")
_NOT_ALL = late("うち|のうち|前年|昨年|前回|比べ|から.{0,12}(?:増|減)|1人当たり|あたり|につき|など")
_WORKS = frozenset(("句", "首", "点", "作品", "編", "通", "枚"))
_ADDED = frozenset(
    ("人", "名", "件", "円", "世帯", "台", "冊", "点", "枚", "本", "個", "トン", "キログラム", "キロ", "組", "羽", "株")
)
_SUMMED = late(
    "(?:延べ|合計(?:で|は|すると)?|合わせて|あわせて|全部で|全員で|総勢|[2-9](?:回|日間?|会場|か所|校|地区|チーム)(?:で|の合計は|を通して)|計)、?$"
)
_LONGER = late("年度|今年|今季|これまで|累計|年間|通算|期間中|全体")
_BARE_JOIN = late("[、，・と]+(?:[一-龥ァ-ヶー0-9０-９]{0,8}(?:回目?|日目?|部|会場|地区|が|は|、)+)?")
_WHOLE = late("[（(]?(?:合|総|小)?[ ]?計[）)]?|総数|総額|全体|合計[額数]|総人口")
_LEFT = late("差し?引き?(?:残高|残額|額)?|残額|残高|(?:次年度|翌年度)?へ?の?繰り?越し?金?額?|収支差額?")
_IN, _OUT = late("収入|歳入|入金|売り?上げ?"), late("支出|歳出|出金|費用|経費")
_NO_SUM = frozenset(("歳", "%", "度", "倍", "位", "番", "年", "月", "時", "分", "階", "号", "メートル", "cm", "時間"))
_HINT = "合計と内訳のどちらが違うか、元の資料で確かめてください。"


def listed_totals_of(prose: Prose, figures: Sequence[Figure], *, rounded: bool) -> Iterator[Alarm]:
    """An alarm for each total that what is listed before it does not make."""
    text = without_days(prose)
    yield from _of_sentences(prose, figures)
    for begin, end in prose.sentences:
        for found in _TOTAL.finditer(text, begin, end):
            yield from _of_sentence(prose, text, found, begin, rounded=rounded)
    if "\n" in text:
        yield from _of_lines(prose, text, rounded=rounded)


_CHANGE_AFTER = late("(?:の|も|ほど)?(?:増|減|多|少な|上回|下回|下が|上が|伸び|ずつ)")
_TOTAL_NEAR = 80


def itemised_of(prose: Prose, figures: Sequence[Figure], *, rounded: bool) -> Iterator[Alarm]:
    """火災は24件ありました。内訳は建物15件、林野3件、その他6件です; or the parts stand in the lines below."""
    half = prose.half
    for found in _ITEMISED.finditer(half):
        if _CHIEF.search(half, max(0, found.start() - 6), found.start()):
            continue
        stop = half.find("。", found.end())
        stop = stop if stop >= 0 else len(half)
        parts = [each for each in figures if found.end() <= each.begin < stop]
        if found["below"] or found["under"]:
            parts = _below(prose, figures, found.end())
            stop = parts[-1].end if parts else stop
        before = [each for each in figures if each.end <= found.start() and parts and each.unit == parts[0].unit]
        same = [each for each in parts if each.unit == parts[0].unit]
        if len(same) < 2 or not before or _NOT_ALL.search(half[found.end() : stop]):
            continue
        right = sum((each.value for each in same), Decimal(0))
        before = [each for each in before if not _CHANGE_AFTER.match(half, each.end)]  # 24件で、3件減りました
        if not before or any(each.value == right for each in before if found.start() - each.end < _TOTAL_NEAR):
            continue
        total = before[-1]
        if total.rough or any(each.rough for each in same) or right == total.value or total.unit in ("%", "％"):
            continue
        if rounded and abs(right - total.value) <= len(same):
            continue
        if (found["below"] or found["under"]) and abs(right - total.value) * 3 > right:
            continue  # the figure before is of something else
        alarm = amiss(prose, total, right, same)
        yield Alarm(total.begin, same[-1].end, alarm.told, hint=alarm.hint)


def _of_sentences(prose: Prose, figures: Sequence[Figure]) -> Iterator[Alarm]:
    """参加者は24人、31人、28人でした。…延べ83人の皆さん: three of one kind, and their total in a sentence after them."""
    for at, (begin, end) in enumerate(prose.sentences):
        here = [each for each in figures if begin <= each.begin < end]
        parts = [each for each in here if here[-1].unit == each.unit] if here else []
        if len(parts) < 2 or parts[0].unit not in _ADDED or any(each.rough for each in parts):
            continue
        if not all(_BARE_JOIN.fullmatch(prose.text[a.end : b.begin]) for a, b in itertools.pairwise(parts)):
            continue
        for after, stop in prose.sentences[at + 1 : at + 3]:
            same = [each for each in figures if after <= each.begin < stop and each.unit == parts[0].unit]
            if not same:
                continue
            total, right = same[0], sum((each.value for each in parts), Decimal(0))
            words = prose.half[after : total.begin]
            near = abs(total.value - right) * 3 <= right and total.value > max(each.value for each in parts)
            if len(parts) < 3 and re.search("全[部員]で|計、?$", words):
                break  # of two, that may be all of something else
            told = near and total.value != right and not total.rough and _SUMMED.search(words)
            if len(same) == 1 and told and not _NOT_ALL.search(prose.half[begin:stop]) and not _LONGER.search(words):
                yield amiss(prose, total, right, parts)
            break


def _below(prose: Prose, figures: Sequence[Figure], at: int) -> list[Figure]:
    """The figures of the lines below a place, one a line."""
    found: list[Figure] = []
    while at < len(prose.half):
        end = prose.half.find("\n", at)
        end = end if end >= 0 else len(prose.half)
        if prose.half[at:end].strip():
            here = [each for each in figures if at <= each.begin < end]
            if not here or "。" in prose.half[at:end]:
                break
            found.append(here[0])
        at = end + 1
    return found


def _of_sentence(prose: Prose, text: str, found: re.Match[str], begin: int, *, rounded: bool) -> Iterator[Alarm]:
    parts: list[tuple[Decimal, str]] = []
    for words in reversed(_SPLIT.split(text[begin : found.start()].rstrip("、，のでを "))):
        item = _ITEM.match(words.strip())
        if not item or _OTHER.search(words) or (item["u"] in _ORDINAL and not _LABELLED.search(item["label"])):
            break
        parts.insert(0, (plain_number(item["n"]), item["u"] or ""))
        if not item["label"]:
            break
    units = {unit for _, unit in parts}
    said, right = plain_number(found["t"]), sum((value for value, _ in parts), Decimal(0))
    same = units == {found["u"] or ""}
    if len(parts) < (2 if found["name"] else 3) or said == right or "円" in units ^ {found["u"] or ""}:
        return
    if found["name"] and same and found["u"] in _ELSEWHERE:
        return  # the rule of sums tells of these
    if found["u"] == "%" and abs(said - right) <= len(parts) * Decimal(1).scaleb(int(said.as_tuple().exponent)) / 2:
        return
    if found["groups"] and (int(found["groups"]) != len(parts) or not same or abs(said - right) * 3 > right):
        return
    if not found["name"] and not found["groups"] and (not same or said <= max(value for value, _ in parts)):
        return
    if not same and len(parts) < 3 and "" not in units and not {*units, found["u"] or ""} <= _WORKS:
        return
    if rounded and abs(said - right) <= len(parts):
        return
    told = f"「{prose.text[found.start() : found.end()]}」が、並べた数を足した{right:,}と合いません。"
    yield Alarm(found.start(), found.end(), told, hint=_HINT)


def _of_lines(prose: Prose, text: str, *, rounded: bool) -> Iterator[Alarm]:
    """Lines of a label and a figure, and a line of their total."""
    at = first = 0
    rows: list[tuple[str, Decimal, str]] = []
    for line in text.split("\n"):
        found = _LINE.match(line.rstrip())
        if not found or found["u"] in _NO_SUM or "年" in line:
            rows = []
        elif _WHOLE.fullmatch(_label(found)) and rows:
            same = [value for _, value, unit in rows if unit == found["u"]]
            right, said = sum(same, Decimal(0)), plain_number(found["n"])
            if len(same) == len(rows) > 1 and right != said and not (rounded and abs(right - said) <= len(rows)):
                told = f"「{prose.text[at : at + len(line)].strip()}」が、上の行を足した{in_words(right)}と合いません。"
                is_said = text.count(found["n"] + found["u"]) > 1  # the total is told twice: one of the lines is wrong
                yield Alarm(first if is_said else at + found.start("n"), at + found.end(), told, hint=_HINT)
            rows = []
        elif _LEFT.fullmatch(_label(found)) and len(rows) == 2:
            (one, some, _), (other, less, _) = rows
            if _IN.match(one) and _OUT.match(other) and some - less != plain_number(found["n"]) and some > less:
                told = f"「{prose.text[at : at + len(line)].strip()}」が、上の行の差{some - less:,}と合いません。"
                yield Alarm(at + found.start("n"), at + found.end(), told, hint=_HINT)
            rows = []
        else:
            first = first if rows else at + found.start("n")
            rows.append((_label(found), plain_number(found["n"]), found["u"]))
        at += len(line) + 1


def _label(found: re.Match[str]) -> str:
    return (found["label"] or found["named"]).strip()
