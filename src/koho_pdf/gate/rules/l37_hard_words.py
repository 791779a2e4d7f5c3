"""L37: words with kanji outside 常用漢字表 and without their reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.joyo import JOYO
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import PLAIN, WORDS, Alarm, Reading, Rule
from koho_pdf.gate.tokens import tokens_of
from koho_pdf.gate.word_lists import pairs

_EASIER = pairs("hard")
_HARD = late("|".join(sorted(_EASIER, key=lambda word: (-len(word), word))))
_READING = late(r"[ぁ-んァ-ヶ一-龥々豈-﫿]{0,3}(?:[ 　][一-龥々ぁ-んァ-ヶ豈-﫿]{1,4})?[（(][ぁ-んァ-ヶー・ 　]+[)）]")
_KANJI = late("[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff]")
_FREE = frozenset("々〆〇")


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    rare = {sign for sign in set(prose.text) - JOYO if _KANJI.match(sign)}
    if not rare and not _HARD.search(prose.text):
        return
    known = set("".join((*reading.style.persons, *reading.style.words.values(), *reading.style.allowed)))
    told: list[tuple[int, int]] = []
    tokens = list(tokens_of(prose, lambda sentence: not rare.isdisjoint(sentence) or _HARD.search(sentence)))
    names = [(token.begin, token.end) for token in tokens if token.is_name]
    people = [(token.begin, token.end) for token in tokens if token.is_person]
    for found in _HARD.finditer(prose.text):
        if (
            prose.is_read(*found.span())
            or prose.is_quoted(found.start())
            or _READING.match(prose.text, found.end())
            or found[0] in reading.style.allowed
        ):
            continue
        if any(begin <= found.start() < end for begin, end in names):
            continue
        told.append(found.span())
        hint = f"「{_EASIER[found[0]]}」と言い換えるか、読みを付けてください。"
        yield Alarm(found.start(), found.end(), f"「{found[0]}」は、常用漢字表にない字か読みの言葉です。", hint=hint)
    for token in tokens:  # without the tokeniser names cannot be told from words
        hard = [
            sign
            for sign in token.surface
            if _KANJI.match(sign)
            and unicodedata.category(sign) != "Co"
            and sign not in JOYO
            and sign not in known
            and sign not in _FREE
        ]
        if (
            not hard
            or prose.is_read(token.begin, token.end)
            or token.is_name
            or prose.is_quoted(token.begin)
            or _READING.match(prose.text, token.end)
            or "（" in token.surface
        ):
            continue
        if any(token.begin in (end, begin) or token.end == begin for begin, end in people):
            continue  # part of a name that the dictionary does not know
        if any(begin < token.end and token.begin < end for begin, end in told) or _named(
            prose.text, token.begin, token.end
        ):
            continue
        told.append((token.begin, token.end))
        hint = "やさしい言葉に言い換えるか、平仮名で書くか、読みを付けてください。"
        yield Alarm(
            token.begin, token.end, f"「{token.surface}」の「{'・'.join(hard)}」は、常用漢字表にありません。", hint=hint
        )


_NAME = late(
    "(?:さん|氏|様|市|町|村|区|郡|県|府|駅|港|川|岳|山|湖|橋|寺|神社|小学校|中学校|高校|公園|丁目|地区|通|行き|方面|発(?![一-龥])|経由|坂|峠|町内)"
)


def _named(text: str, begin: int, end: int) -> bool:
    """Whether a word seems to be the name of a person or a place."""
    return bool(_NAME.match(text, end)) or bool(re.search("(?:さん|氏|[市町村])$", text[begin:end]))


RULE = Rule(
    "L37",
    "l37-hard-words",
    Severity.WARNING,
    "常用漢字でない言葉",
    "読めない字があると、そこで読むのをやめる人がいます。",
    wrong=(
        ("罹災証明書を出します。", ""),
        ("財政が逼迫しています。", ""),
        ("仕事を斡旋します。", ""),
        ("赤字を補填します。", ""),
        ("感染の蔓延を防ぎます。", ""),
    ),
    silent=("被災した方", "補塡します。", "罹災（りさい）証明書", "留萌市、髙橋さん、深川市", "「逼迫」という言葉"),
    find=_find,
    roles=WORDS - PLAIN,
)
