"""Where a line may end (JLREQ 3.1.7-3.1.10; UAX 14 for what is Latin): kinsoku, and words that stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from koho_pdf.composition.classes import NOT_AT_END, NOT_AT_START, SPACES, Kind, kind_of

# Digits stay on one line with what belongs to them: money, units, counters, dates with weekdays, telephone numbers.
_NUMBER = r"[0-9０-９]+(?:[.,，．:：/／‐–-][0-9０-９]+)*"
_COUNTER = (
    r"(?:年度?|月|日|時間?|分|秒|週間?|か月|カ月|ヶ月|人|名|円|億|万|千|百|回|件|個|台|枚|本|冊|号|番|番地|丁目|階|歳|才|位|"
    r"次|条|項|点|倍|割|度|世帯|戸|棟|校|学年|級|組|班|メートル|キロ|グラム|リットル|ヘクタール|パーセント|[%％℃°㎡㎞㎝㎜㎏㎎]|"
    r"[kcm]?m[²³]?|[km]?g|ha|kW|[ap]\.?m\.?)"
)
_WHOLE = re.compile(
    rf"(?:第|午前|午後|平成|令和|昭和)?[￥＄¥$]?{_NUMBER}(?:{_COUNTER}(?:{_NUMBER}{_COUNTER})*)?(?:（[日月火水木金土](?:・[祝休振])?）)?|―{{2,}}|…{{2,}}|‥{{2,}}"
)
_URL = re.compile(r"(?:https?://|www\.)[!-~]+|[0-9A-Za-z._+-]+@[0-9A-Za-z.-]+")
_TIED = re.compile(r"[0-9]+(?:[.,:/-][0-9]+)*|―{2,}|—{2,}|…{2,}|‥{2,}")
_LENIENT = frozenset({Kind.SMALL_KANA, Kind.PROLONGED})
_URL_BREAKS = "/?&=-.@"


def whole_runs(text: str) -> list[tuple[int, int]]:
    """The parts of ``text`` that stay on one line, each as (first, after last)."""
    return [match.span() for match in _WHOLE.finditer(text) if match.end() - match.start() > 1]


def tied_to_next(characters: Sequence[str]) -> list[bool]:
    """For each character whether no space may ever open after it: inside numbers, ―― and …… (JLREQ 3.1.10)."""
    tied = [False] * len(characters)
    text = "".join(characters)
    if len(text) != len(characters):  # marks and selectors: count by what stands first
        text = "".join(character[0] for character in characters)
    for match in _TIED.finditer(text):
        tied[match.start() : match.end() - 1] = [True] * (match.end() - match.start() - 1)
    return tied


def may_end_after(characters: Sequence[str], *, strict: bool = True) -> list[bool]:
    """For each character of a paragraph whether a line may end after it; the last always may.

    ``characters`` are what a reader counts: one string each, variation selectors and marks with their base. Without
    ``strict`` small kana and ー may begin a line (``line-break: normal``, CSS Text 3, 5.2).
    """
    text = "".join(characters)
    starts = [0]
    for character in characters:
        starts.append(starts[-1] + len(character))
    index = {start: number for number, start in enumerate(starts)}
    kinds = [kind_of(character) for character in characters]
    allowed = [_between(before, after, strict) for before, after in pairwise(kinds)] + [True]
    for first, end in whole_runs(text):
        for place in range(first, end - 1):
            if place + 1 in index:
                allowed[index[place + 1] - 1] = False
    for match in _URL.finditer(text):
        for place in range(match.start(), match.end() - 1):
            if place + 1 in index:
                number = index[place + 1] - 1
                slashes = "//" in (text[place - 1 : place + 1], text[place : place + 2])
                allowed[number] = text[place] in _URL_BREAKS and not slashes
    if allowed:
        allowed[-1] = True
    return allowed


def _between(before: Kind, after: Kind, strict: bool) -> bool:
    if not strict and after in _LENIENT:
        return before not in NOT_AT_END
    if after in NOT_AT_START or before in NOT_AT_END or after in SPACES:
        return False  # spaces end a line, or hang beyond it, and never begin one (CSS Text 3, 4.1.3)
    if before is Kind.SPACE:
        return True
    return not (before is Kind.LATIN and after is Kind.LATIN)
