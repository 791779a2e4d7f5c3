"""Where a line may end (JLREQ 3.1.7-3.1.10; UAX 14 for what is Latin): kinsoku, and how well words are broken.

Some breaks are better than others. A number stays with what belongs to it. Only if that would tear holes into a line,
it breaks at the next best place (年｜月), and never before its own counter (30｜日, 500｜円). An amount in 万 or 億
(1億2,345万6千円) is one number, which is cut only if it is longer than any line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import pairwise

from koho_pdf.composition.paragraph.classes import LATINS, NOT_AT_END, NOT_AT_START, SPACES, Kind, kind_of


class End(IntEnum):
    """How well a line ends after a character; higher is worse. All values but ``NEVER`` are true."""

    NEVER = 0
    FREELY = 1
    PARTS = 2  # between the parts of a group that is better whole: 年｜月, 午後｜1時, https://｜, @｜
    PIECES = 3  # between its smaller pieces: 0164-｜42, example.｜jp, Wi-｜Fi, 令和｜9年
    THOUSANDS = 4  # 15,｜432, 3ポイ｜ント
    SCALES = 5  # within an amount, 億｜2,345万, only if no line can hold it
    LETTERS = 6  # within a word or number, only if no line can hold it


ONLY_IF_LONGER = frozenset({End.SCALES, End.LETTERS})
"""Breaks that are taken only in what no line can hold."""


_DIGIT = r"[0-9０-９]"
_NUMBER = rf"{_DIGIT}+(?:[.,，．:：/／‐–－-]{_DIGIT}+)*"
_SCALE = "[十百千万億兆]"
_COUNTER = (
    r"(?:年度|年間|年生|年目|年|日間|日目|日|時間|時|分間|分|秒|週間|週目|週|[かカヶケヵ箇]月間?|[かカヶケヵ箇](?:所|国|年)|月|番地|番|丁目|号|"
    r"世帯|学年|学級|[人名円回件個台枚本冊階歳才位次条項章節款目点倍割度戸棟校級組班株票口頭匹羽杯着足軒室席周歩段期代区町村線日泊地粒袋箱車隻艘坪畳文字字行頁部車便曲話投打勝敗]|"
    r"メートル|センチ|ミリ|キロ|グラム|トン|リットル|ヘクタール|アール|パーセント|ポイント|ページ|カロリー|ワット|ドル|"
    r"[kcmμ]?m[²³]?|[kmcμ]?[gLl]|ha|kW|[ap]\.?m\.?)"
)
_UNIT = rf"(?:{_SCALE}*{_COUNTER}|{_SCALE}+)"
_SIGN = "[△▲▽▼±∓＋+−－￥＄¥$]"
_DAY = r"[（(][日月火水木金土](?:曜日?)?(?:[・･][祝休振])?[）)]"
_WHOLE = re.compile(
    rf"(?P<era>(?:明治|大正|昭和|平成|令和|西暦)(?={_DIGIT}|元年))?(?P<half>(?:午前|午後)(?={_DIGIT}))?"
    rf"(?P<bound>第)?{_SIGN}?(?:{_NUMBER}|元(?=年))(?:{_UNIT}|[%％℃°㎡])?(?:{_NUMBER}(?:{_UNIT})?)*(?:{_DAY})?"
)
_KATAKANA = re.compile("[ァ-ヶー]{4,}")
_AFTER_SCALE = re.compile(rf"{_DIGIT}{_SCALE}+$")
_LARGE = re.compile(rf"{_NUMBER}[十百千]*[万億兆]")
_INNER = re.compile(rf"{_NUMBER}|元(?=年)|{_DAY}")
_DASHES = re.compile(r"―{2,}|—{2,}|…{2,}|‥{2,}")
_URL = re.compile(r"(?:https?://|www\.)[!-~]+|(?<![0-9A-Za-z._+-])[0-9A-Za-z._+-]+@[0-9A-Za-z.-]+")
_TIED = re.compile(rf"{_SIGN}?[0-9]+(?:[.,:/-][0-9]+)*|―{{2,}}|—{{2,}}|…{{2,}}|‥{{2,}}|[!?]{{2,}}")
_LENIENT = frozenset({Kind.SMALL_KANA, Kind.PROLONGED})
_URL_FREELY, _URL_PIECES = "/?&=#", ".-@_"
# UAX 14: no line begins with invisible characters; one may end after ZWSP and SHY, none beside glue (GL, WJ).
_INVISIBLE = re.compile(
    "[\u200b\u00ad]|([\u00a0\u2007\u202f\u2011\u2060\ufeff])|[\u200c-\u200f\u202a-\u202e\u2066-\u206f]"
)
_OPEN_TO_ALL = "\u200b\u00ad"
_LATIN = re.compile(r"[A-Za-z](?:’(?=[A-Za-z])|-(?=[A-Za-z])| (?=[0-9]))")  # don’t, Wi-Fi, TEL 0164


def tied_to_next(characters: Sequence[str]) -> list[bool]:
    """For each character whether space must never open after it: inside numbers, ―― and …… (JLREQ 3.1.10)."""
    tied = [False] * len(characters)
    text = "".join(characters)
    if len(text) != len(characters):  # with marks and selectors: the first character counts
        text = "".join(character[0] for character in characters)
    for match in _TIED.finditer(text):
        tied[match.start() : match.end() - 1] = [True] * (match.end() - match.start() - 1)
    return tied


def may_end_after(characters: Sequence[str], *, strict: bool = True) -> list[End]:
    """For each character of a paragraph how well a line ends after it; after the last it always may. ``characters`` are
    counted as readers count them: one string each, with variation selectors and marks. Without ``strict`` small kana
    and ー may begin a line (``line-break: normal``, CSS Text 3, 5.2).
    """
    if not characters:
        return []
    kinds = [kind_of(character) for character in characters]
    ends = [_END_BETWEEN[strict, before, after] for before, after in pairwise(kinds)] + [End.FREELY]
    text = "".join(characters)
    if len(text) != len(characters):
        text = "".join(character[0] for character in characters)
    for place, end in _exceptions(text):
        ends[place] = end
    for match in _URL.finditer(text):
        for place in range(match.start(), match.end() - 1):
            ends[place] = _in_address(text, place)
    ends[-1] = End.FREELY
    return ends


def _exceptions(text: str) -> Iterator[tuple[int, End]]:
    """Breaks that differ from what the classes of the two characters say."""
    for match in _LATIN.finditer(text):
        yield match.start() + 1, {"’": End.NEVER, "-": End.PIECES, " ": End.PARTS}[text[match.start() + 1]]
    for match in _INVISIBLE.finditer(text):
        if match[0] in _OPEN_TO_ALL or match[1]:
            yield match.start(), End.NEVER if match[1] else End.FREELY
        if match.start():
            yield match.start() - 1, End.NEVER
    for match in _DASHES.finditer(text):
        yield from ((place, End.NEVER) for place in range(match.start(), match.end() - 1))
    for match in _WHOLE.finditer(text):
        yield from _in_number(text, match)


def _in_number(text: str, match: re.Match[str]) -> Iterator[tuple[int, End]]:
    """A number with its unit: whole or in parts, but no part of it is cut."""
    first, end = match.span()
    if match.end("era") > 0:
        yield from ((place, End.NEVER) for place in range(first, match.end("era") - 1))
        yield match.end("era") - 1, End.PIECES
    start = max(first, match.end("era"), match.end("half"))
    if match.end("half") > 0:
        yield match.end("half") - 2, End.NEVER
        yield match.end("half") - 1, End.PARTS
    yield from ((place, End.NEVER) for place in range(start, end - 1))
    for unit in _KATAKANA.finditer(text, start, end):  # 3.5ポイ｜ント: better than a hole, if kinsoku allows
        for place in range(unit.start() + 1, unit.end() - 2):
            if kind_of(text[place + 1]) is Kind.KANA:
                yield place, End.THOUSANDS
    parts = [inner.span() for inner in _INNER.finditer(text, start, end)]
    for part, stop in parts:
        scaled = text[part].isdigit() and _AFTER_SCALE.search(text, start, part)
        whole = scaled or _LARGE.match(text, part)
        if part > start and text[part - 1] not in "第" and not re.match(_SIGN, text[part - 1]):
            yield part - 1, End.SCALES if scaled else End.PARTS
        if text[part] in "(（":
            continue
        for place in range(part, stop - 1):
            if text[place] in "-‐–－":
                yield place, End.PIECES
            elif text[place] in ",，":
                yield place, End.LETTERS if whole else End.THOUSANDS
            elif text[place].isdigit() and text[place + 1].isdigit():
                yield place, End.LETTERS
    if text[end - 1].isdigit() and end < len(text) and kind_of(text[end]) is Kind.IDEOGRAPH:
        yield end - 1, End.PIECES  # a counter that we do not know


def _in_address(text: str, place: int) -> End:
    character, following = text[place], text[place + 1]
    goes_on = following.isalnum() or following in "#_~"  # no line begins with a separator of an address
    if character in _URL_FREELY and goes_on:
        return End.PARTS if text[place - 1 : place + 1] == "//" or character == "#" else End.FREELY
    if character in _URL_PIECES and goes_on:
        return End.PARTS if character == "@" else End.PIECES
    return End.LETTERS if character.isalnum() and following.isalnum() else End.NEVER


def _between(before: Kind, after: Kind, strict: bool) -> End:
    if not strict and after in _LENIENT:
        return End.FREELY if before not in NOT_AT_END else End.NEVER
    if after in NOT_AT_START or before in NOT_AT_END or after in SPACES:
        return End.NEVER  # spaces end a line, or hang beyond it, and never begin one (CSS Text 3, 4.1.3)
    if before is Kind.SPACE:
        return End.FREELY
    if before in LATINS and after in LATINS:
        if before is Kind.LATIN_CLOSING and after is Kind.LATIN_OPENING:
            return End.FREELY
        return End.LETTERS if before is Kind.LATIN and after is Kind.LATIN else End.NEVER
    return End.FREELY


_END_BETWEEN = {
    (strict, before, after): _between(before, after, strict)
    for strict in (True, False)
    for before in Kind
    for after in Kind
}
