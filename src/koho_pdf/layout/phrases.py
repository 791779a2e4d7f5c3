"""Phrases (文節): the places where a heading may break."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser

_SUFFIXES = ("たち", "づくり")
_CRAFT = re.compile("(?:もの|まち|ひと)づくり")
_SPACES = (" ", "\u3000")
_COMMAS = ("、", "。", *_SPACES)
_LONG_LOAN = re.compile("[ァ-ヶー]{11,}")
_LOAN_RUN = re.compile("[ァ-ヶー]{8,}")
_SPACE = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+|[ \u3000]+(?=[^\x00-\x7f])")
_LOANS = re.compile(
    "アーカイブ|イノベーション|インクルージョン|インターナショナル|エコシステム|エネルギー|カーボン|グリーン|コミュニティ|コンパクト"
    "|サービス|シティ|シミュレーション|スクール|スタートアップ|スマート|センター|ソーシャル|ダイバーシティ|ソフト|タンク|ツーリズム|デジタル"
    "|トランスフォーメーション|ニュートラル|ネットワーク|バイオマス|バリアフリー|ボイラー|パートナーシップ|プラットフォーム|プログラム|プロジェクト"
    "|モビリティ|ユニバーサル|リサイクル|ワーカー"
)
"""Loan words of which city halls make long ones. A long word may break where one of them begins or ends."""
_NEVER_CUT = re.compile(
    "しなやか|健やか|にぎわ[いうっ]|ふるさと納税|もう一[度つ]|つまるところ|(?:令和|平成|昭和)[0-9０-９元]+年度?"
    "|午[前後][0-9０-９]+時|[年月週日]に?[0-9０-９]+[回度]"
)
"""Words that the model cuts: 強くし|なやかな, ふるさと|納税, 令和|9年, 月|2回."""
_NAMED = re.compile("「[^「」、。]{2,8}」|『[^『』。]{2,10}』|(?:(?:[0-9０-９]+月)?[0-9０-９]+日)?（[^（）、。]{2,8}）")
"""Short names in brackets and days with that of the week, whole unless a line is shorter: 「マイ保健師制度」."""
_TOGETHER = re.compile("[いえきけしちびめり]合")  # the end of a compound verb: 笑い合う


@cache
def _phrase_model() -> Parser:
    import budoux  # its model is loaded once, and only if a layout cuts headings

    return budoux.load_default_japanese_parser()


def phrases_of(text: str) -> list[str]:
    """Phrases (文節) of a Japanese text; see ``_phrases_of``. A layout that seeks the best size asks for the same names
    again and again."""
    return list(_phrases_of(text))


@lru_cache(4096)
def _phrases_of(text: str, *, named: bool = True) -> tuple[str, ...]:
    """Phrases (文節) of a Japanese text by BudouX, with its most frequent mistakes mended.

    A cut inside a run of kanji or a number moves before it (健康で笑|顔 -> 健康で|笑顔); one before the last kana of a
    word moves behind that (るも|い港 -> るもい|港); a suffix stays with its word
    (子ども|たち, もの|づくり); a verb keeps its last kana (支え合|うまちづくり -> 支え合う|まちづくり,
    笑|い合う -> 笑い合う); a phrase of one or two characters joins the one before it, so that no
    line of a heading can be that short, or after a comma the one behind it (知恵で、|次の|100年 -> 知恵で、|次の100年).
    A phrase ends at a space beside Japanese (北稜 |～ひと), and not within a short name in brackets, if ``named``.
    """
    cuts, end = [0], 0
    words = _inside(_NEVER_CUT.finditer(text), _NAMED.finditer(text) if named else ())
    numbers = {**_inside(_COUNTED.finditer(text)), **words}
    for phrase in _phrase_model().parse(text)[:-1]:
        end += len(phrase)
        start = numbers.get(end, end)
        if _script(text[start]) == _script(text[start - 1]) == "hiragana" and _begins_word(text[start + 1 : start + 2]):
            start += text[start] not in "おごみ"
        if text.startswith("うまち", start):
            if len(cuts) > 1 and start - cuts[-1] <= 2:  # に|ぎわ|うまち
                cuts.pop()
            start += 1
        elif _is_kanji(text[start - 1]) and _TOGETHER.match(text, start):
            start -= 1
        while start and all(map(_is_kanji, text[start - 1 : start + 1])):
            start -= 1
        start = words.get(start, start)
        if text[start - 1 : start + 2] == "とされ":  # 必要とされた
            continue
        while start < len(text) and text[start] in _NEVER_FIRST:  # 子ども・|若者, not 子ども|・若者 (JLREQ 3.1.7)
            start += 1
        while start and text[start - 1] in _NEVER_LAST:  # EV|（電気自動車）, not EV（|電気自動車） (JLREQ 3.1.8)
            start -= 1
        if _CRAFT.match(text, start - 2):  # 高めるもの|づくり
            start -= 2
        if start > cuts[-1] and start < len(text) and not text.startswith(_SUFFIXES, start):
            cuts.append(start)
    spaces = (found.end() for found in _SPACE.finditer(text))
    cuts = sorted({*cuts, *(at for at in spaces if text[at : at + 1] not in _NEVER_FIRST)})
    joined: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        phrase = text[start:end]
        leads = joined and len(phrase) <= 2 and _leads(joined[-1], phrase) and end < len(text)
        led = joined[1:] and len(joined[-1]) <= 2 and joined[-2].endswith(_COMMAS)
        if joined and (led or (len(phrase) <= 2 and not leads)):
            joined[-1] += phrase
        else:
            joined.append(phrase)
    if joined[1:] and len(joined[-1]) <= 2:
        joined[-2:] = ["".join(joined[-2:])]
    return tuple(joined)


def _inside(*found: Iterable[re.Match[str]]) -> dict[int, int]:
    """The places inside of matches, each with where its match begins."""
    return {at: match.start() for match in chain(*found) for at in range(match.start() + 1, match.end())}


def pieces_of(text: str, characters: int, *, in_loans: bool = False) -> list[str]:
    """The phrases of a text for lines of ``characters``, longer ones in their parts (0: any line). A short word stays
    with what explains it and with its neighbour, if the line has room: EV（電気自動車）, 子ども・若者の.
    A part that is still longer is divided at the loan words in it, if ``in_loans``: ゼロ|カーボン|シティへの.
    """
    phrases = phrases_of(text)
    if characters < 1:
        return phrases
    joined: list[str] = []
    for phrase in phrases:
        parts = parts_of(phrase) if len(phrase) > characters else [phrase]
        if joined and _belongs(joined[-1], phrase):
            if len(joined[-1]) + len(phrase) > characters:
                parts = parts_of(phrase)
            if len(joined[-1]) + len(parts[0]) <= characters:
                joined[-1] += parts.pop(0)
        for part in parts:
            joined += _shorter(part, characters, in_loans=in_loans)
    return joined


def _shorter(part: str, characters: int, *, in_loans: bool) -> list[str]:
    """A part that is longer than its line, divided within names in brackets and, if ``in_loans``, at loan words."""
    if len(part) <= characters:
        return [part]
    if _NAMED.search(part):
        inner = _phrases_of(part, named=False)
        finer = [each for phrase in inner for each in parts_of(phrase, named=False)]
        return finer if any(len(phrase) > characters for phrase in inner) else list(inner)
    return _at_loans(part) if in_loans else [part]


def loan_ends(text: str) -> set[int]:
    """Where one loan word of a long one ends and the next begins: バイオマス|ボイラー."""
    runs = [run.span() for run in _LOAN_RUN.finditer(text)]
    ends = {at for match in _LOANS.finditer(text) for at in match.span()}
    return {at for at in ends if any(first + 3 <= at <= end - 3 for first, end in runs)}


def name_ends(text: str) -> set[int]:
    """Where a phrase ends within a short name in brackets: 「まるごと|相談室」."""
    return set(accumulate(map(len, _phrases_of(text, named=False)))) & _inside(_NAMED.finditer(text)).keys()


def _at_loans(part: str) -> list[str]:
    """A part, divided where a loan word begins or ends."""
    ends = {at for match in _LOANS.finditer(part) for at in match.span()}
    cuts = [0, *sorted(at for at in ends if 2 <= at <= len(part) - 2 and _script(part[at]) == "katakana"), len(part)]
    return [part[start:end] for start, end in pairwise(cuts)]


def _leads(before: str, phrase: str) -> bool:
    """Whether a short phrase after a comma or a space belongs to the next one: 次の, 若い, not 夢を."""
    return before.endswith(_SPACES) or (before.endswith(_COMMAS) and phrase.endswith(("の", "い")))


def _belongs(before: str, phrase: str) -> bool:
    return len(before) <= 4 and (before.endswith("・") or (phrase[0] in "（(" and before[-1] not in "）)・"))


_NEVER_FIRST = "・、。，．：；！？）］｝」』】〕〉》ー々%％℃"
_NEVER_LAST = "（［｛「『【〔〈《"
_JOINS = "・&＆／"
_GOES_ON = "ーァィゥェォッャュョヮ"
_PARTICLES = "のをにはがとでもへや"
_COUNTED = re.compile(
    r"第?[0-9０-９][0-9０-９,，.．]*(年度|か年|周年|団体|か所|[回号年月日人円点時分部次期位校区条章版歳台])"
)


def parts_of(phrase: str, *, named: bool = True) -> list[str]:
    """The parts of a phrase that is longer than its line. It may break after a number with its counter
    (第50回|るもい港), after a sign that joins two words (イノベーション&|スタートアップ), before a bracket
    (バス|「のるーと」), from kana to kanji or katakana, and between katakana and kanji, because a word begins there
    (not in 読み聞かせ, whose み is not a particle), and between the words of a long loan word
    (デジタル|トランスフォーメーション), but not within a short name in brackets, if ``named``. A part has at least two
    characters. A phrase without such a place stays whole.
    """
    parts, start = [], 0
    counted = {match.end() for match in _COUNTED.finditer(phrase)}
    inside = _inside(*(each.finditer(phrase) for each in (_COUNTED, _NEVER_CUT, *([_NAMED] if named else []))))
    long = [match.span() for match in _LONG_LOAN.finditer(phrase)]
    loans = {at for match in _LOANS.finditer(phrase) for at in match.span() if any(a < at < b for a, b in long)}
    for at in range(2, len(phrase) - 1):
        before, after = _script(phrase[at - 1]), _script(phrase[at])
        begins = {before, after} == {"kanji", "katakana"} or (before == "hiragana" and after in ("kanji", "katakana"))
        inner = _script(phrase[at - 2]) == "kanji" and before == "hiragana" and phrase[at - 1] not in _PARTICLES
        begins = begins and not inner and phrase[at] not in _GOES_ON
        begins = begins or (at in loans and before == after == "katakana" and phrase[at] not in _GOES_ON)
        begins = begins or (phrase[at - 1] in _JOINS and phrase[at] not in _JOINS + _NEVER_FIRST)
        begins = begins or (phrase[at] in _NEVER_LAST and phrase[at - 1] not in _NEVER_LAST)
        if at - start >= 2 and at not in inside and (begins or at in counted):
            parts.append(phrase[start:at])
            start = at
    return [*parts, phrase[start:]]


def _script(character: str) -> str:
    if "\u3041" <= character <= "\u309f":
        return "hiragana"
    if character in "々ヵヶ" or _is_kanji(character):
        return "kanji"
    return "katakana" if "\u30a1" <= character <= "\u30ff" and character != "・" else ""


def _begins_word(character: str) -> bool:
    return bool(character) and _script(character) in ("kanji", "katakana") and character not in _GOES_ON


def _is_kanji(character: str) -> bool:
    return len(character) == 1 and "\u4e00" <= character <= "\u9fff"
