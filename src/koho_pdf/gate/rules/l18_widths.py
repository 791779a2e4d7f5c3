"""L18: digits and letters of both widths in one issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_WIDE = late("[０-９](?:[０-９，．：]*[０-９])?")
_HALF = late(r"(?<![0-9.@/_])[0-9](?:[0-9,.:]*[0-9])?(?![0-9@/_])")
_WIDE_LETTERS = late("[Ａ-Ｚａ-ｚ]+")
_HALF_LETTERS = late(r"(?<![A-Za-z.@/_:-])[A-Za-z]+(?![A-Za-z.@/_:-])")
_BESIDE = late("[Ａ-Ｚａ-ｚ](?=[0-9])|(?<=[0-9])[Ａ-Ｚａ-ｚ]|(?<=[A-Za-z])[０-９]|[０-９](?=[A-Za-z])")
_WIDE_COLON, _HALF_COLON = late("(?<=[0-9])：(?=[0-9]{2})"), late("[0-9]:[0-9]{2}")
_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def _across(proses: Sequence[Prose], _: Reading) -> Iterator[tuple[Prose, Alarm]]:
    colons = any(_HALF_COLON.search(prose.text) for prose in proses)
    for prose in proses:
        for found in (*_BESIDE.finditer(prose.text), *(_WIDE_COLON.finditer(prose.text) if colons else ())):
            words = prose.text[max(0, found.start() - 2) : found.end() + 2]
            told = f"「{words}」で、全角と半角が混ざっています。"
            yield prose, Alarm(found.start(), found.end(), told, found[0].translate(_NARROW), certain=True)
    for name, wide, half in (("数字", _WIDE, _HALF), ("英字", _WIDE_LETTERS, _HALF_LETTERS)):
        wides = [
            (prose, found)
            for prose in proses
            for found in wide.finditer(prose.text)
            if not prose.is_address(found.start())
        ]
        halves = [
            found[0] for prose in proses for found in half.finditer(prose.text) if not prose.is_address(found.start())
        ]
        if not wides or not halves:
            continue
        if name == "数字" and all(len(found[0]) == 1 for _, found in wides) and all(len(each) > 1 for each in halves):
            continue  # one digit full-width, more of them half-width: a style of its own
        for prose, found in wides:
            right = found[0].translate(_NARROW)
            told = f"{name}の全角「{found[0]}」と半角「{halves[0]}」が混ざっています。"
            yield prose, Alarm(found.start(), found.end(), told, right, certain=True, hint="半角にそろえてください。")


RULE = Rule(
    "L18",
    "l18-widths",
    Severity.WARNING,
    "全角と半角が混ざる",
    "全角と半角が混ざると、字間が乱れ、検索で見つかりません。",
    wrong=(
        ("Ａ4判の紙", "A4判の紙"),
        ("10：30～11:30", "10:30～11:30"),
        ("定員１２人、費用500円", "定員12人、費用500円"),
        ("Ａ４用紙とA4封筒", "A4用紙とA4封筒"),
        ("３月22日（月）から4月１日まで", "3月22日（月）から4月1日まで"),
    ),
    silent=("定員は12人、開始は３時", "１２人と３４人", "12人と34人", "ＮＨＫとＪＡ", "https://example.jp/と１２"),
    across=_across,
)
