"""L24: wave dashes of two kinds, and hyphens, minus signs and long vowels in each other's place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose, Role
from koho_pdf.gate.rule import Alarm, Reading, Rule

_VOWEL = late(
    "(?<=[ァ-ヺ])[-－−‐–—―─](?=[ァ-ヺー])|(?<=[ァ-ヺ])一(?=[ァ-ヺー])|(?<=[ァ-ヺ][タダバパマラカサヤャザナ])一(?=[をはがにでへも、。])|(?<=[ァ-ヺ])[－−‐─](?![0-9０-９A-Za-zＡ-Ｚ])|(?<=[ァ-ヺー]{2})[-―─—](?=[をはがのにとでやも、。」\\s]|$)"
)
_TILDE = late(
    "(?<=[0-9０-９日月年時分円人名歳曜生）)])[ ]?(?:[~∼˜〰]|(?<=[時分日月歳曜年階生])[−－―─–—ー]|(?<=[時日曜生])-|(?<=第[0-9０-９])[−－―─–—])[ ]?(?=[0-9０-９午正翌令平一-龥])|(?<=[一-龥])[~∼˜〰](?=[一-龥])"
)
_IN_CELLS = late(
    "(?<=[0-9０-９歳人円名年度％%])[−－‐–—―-](?=[0-9０-９,，]+(?:歳|人|円|名|年|月|日|時|分|回|度|％|%|cm|km|kg|メートル|キロ|センチ|ページ|万|千|世帯|組))"
)
"""A range in a table, where − alone may be a minus."""
_LONG = 200
"""From so many characters on, a text would have more than one wave dash if its writers used this one."""
_HYPHEN = late("(?<=[0-9A-Za-zＡ-Ｚａ-ｚ０-９])[−－‐–—ー―](?=[0-9A-Za-zＡ-Ｚａ-ｚ０-９])")


def _across(proses: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    usual = reading.style.wave
    other = "〜" if usual == "～" else "～"
    if any(usual in prose.text for prose in proses):
        for prose in proses:
            for found in re.finditer(other, prose.text):
                told = f"波線「～」（U+FF5E）と「〜」（U+301C）が混ざっています。「{usual}」にそろえます。"
                yield prose, Alarm(found.start(), found.end(), told, usual, certain=True)
    elif sum(len(prose.text) for prose in proses) > _LONG:
        yield from _other_wave(proses, usual, other)
    for prose in proses:
        for found in _TILDE.finditer(prose.text):
            if not prose.is_address(found.start()):
                words = prose.text[max(0, found.start() - 3) : found.end() + 3]
                told = f"「{words}」の「{found[0]}」は、範囲の「{usual}」ではありません。"
                yield prose, Alarm(found.start(), found.end(), told, usual, certain=True)
        for found in _VOWEL.finditer(prose.text):
            told = (
                f"「{prose.text[max(0, found.start() - 3) : found.end() + 3]}」の長音が「{found[0]}」になっています。"
            )
            yield prose, Alarm(found.start(), found.end(), told, "ー", certain=True)
        if prose.role is Role.CELL:
            for found in _IN_CELLS.finditer(prose.text):
                if found[0] != "-" or "歳" in prose.text:
                    told = f"「{prose.text}」の「{found[0]}」は、範囲の「{usual}」ではありません。"
                    yield prose, Alarm(found.start(), found.end(), told, usual, certain=True)
            continue
        for found in _HYPHEN.finditer(prose.text):
            if (
                prose.is_address(found.start())
                or _is_wide(prose.text, found.start())
                or (found[0] == "−" and re.match(r"\s", prose.text[found.end() :]))
            ):
                continue
            words = prose.text[max(0, found.start() - 3) : found.end() + 3]
            yield (
                prose,
                Alarm(
                    found.start(),
                    found.end(),
                    f"「{words}」の「{found[0]}」は、ハイフン「-」ではありません。",
                    "-",
                    certain=True,
                ),
            )


def _other_wave(proses: Sequence[Prose], usual: str, other: str) -> Iterator[tuple[Prose, Alarm]]:
    """The one wave dash of a text, which is the other: no habit yet."""
    if sum(prose.text.count(other) for prose in proses) > 1:
        return
    for prose in proses:
        if (at := prose.text.find(other)) >= 0:
            told = f"波線が、koho.yaml の「{usual}」（wave）ではありません。"
            yield prose, Alarm(at, at + 1, told, hint="波線をそろえるか、koho.yaml の style.wave を決めてください。")


def _is_wide(text: str, at: int) -> bool:
    """Whether a full-width hyphen stands between full-width digits: a number that is full width throughout."""
    return (
        text[at] == "－" and text[at - 1] in "０１２３４５６７８９" and text[at + 1 : at + 2] in "０１２３４５６７８９"
    )


RULE = Rule(
    "L24",
    "l24-dashes",
    Severity.WARNING,
    "波線・ハイフン・長音",
    "見た目の似た別の字です。検索で見つからず、電話も掛けられません。",
    wrong=(
        ("インタ一ネット", "インターネット"),
        ("10時ー12時、月曜－金曜", "10時～12時、月曜～金曜"),
        ("Ａ−B区間", "Ａ-B区間"),
        ("コ－ヒーを出します。", "コーヒーを出します。"),
        ("3月1日～5日、4月1日〜3日", "3月1日～5日、4月1日～3日"),
        ("0164−42−1805", "0164-42-1805"),
        ("ボランティアセンタ一で", "ボランティアセンターで"),
        ("小学1年生-6年生", "小学1年生～6年生"),
        ("スーパ－とコンビニ", "スーパーとコンビニ"),
        ("10月1日~15日", "10月1日～15日"),
        ("本町∼港町のバス", "本町～港町のバス"),
    ),
    silent=(
        "０１９０－２２－１８０１",
        "A-B区間",
        "コーヒーとスーパー",
        "10〜20人",
        "気温は−5度",
        "10～20人",
        "パソコン―それは",
        "わ~い、楽しいな~",
    ),
    across=_across,
)
