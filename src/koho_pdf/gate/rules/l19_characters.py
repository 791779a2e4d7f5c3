"""L19: characters that look right and are not: half-width kana, parted voiced marks, radicals, invisible signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_KANA = late("[\uff61-\uff9f]+")
_PARTED = late("[か-とは-ほうカ-トハ-ホウワ-ヲ\u309d\u30fd]?[\u3099\u309a\u309b\u309c]")
_RADICAL = late("[\u2e80-\u2fdf]")
_PRIVATE = late("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_UNSEEN = late(
    "[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufff9-\ufffd\u2028\u2029\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
)
_JOINER = late("\u200d(?![\u2600-\u27bf\U0001f300-\U0001faff])")
_JOINS = {"\u309b": "\u3099", "\u309c": "\u309a"}
_LIKE = dict(zip("⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯", "母民氵氺灬爫爫丬牛犭王疋罒示礻竹糸", strict=True))


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in _KANA.finditer(prose.text):
        right = unicodedata.normalize("NFKC", found[0])
        yield Alarm(found.start(), found.end(), f"半角のかな・句読点「{found[0]}」があります。", right, certain=True)
    for found in _PARTED.finditer(prose.text):
        if len(found[0]) == 1 and prose.text[found.start() - 1 : found.start()] == "「":
            continue  # the sign itself is meant
        right = unicodedata.normalize("NFC", found[0][:-1] + _JOINS.get(found[0][-1], found[0][-1]))
        joined = len(found[0]) == 2 and len(right) == 1
        told = f"「{found[0]}」の濁点・半濁点が、かなから分かれています。"
        yield Alarm(found.start(), found.end(), told, right if joined else "", joined, "打ち直してください。")
    for found in _RADICAL.finditer(prose.text):
        right = unicodedata.normalize("NFKC", found[0])
        right = _LIKE.get(found[0], "") if right == found[0] else right
        told = (
            f"「{found[0]}」（U+{ord(found[0]):04X}）は部首の記号で、漢字ではありません。検索も読み上げもできません。"
        )
        yield Alarm(
            found.start(), found.end(), told, right, bool(right), "PDF から写した文字です。打ち直してください。"
        )
    for found in _PRIVATE.finditer(prose.text):
        told = f"外字（U+{ord(found[0]):04X}）があります。ほかの機械では別の字になるか、消えます。"
        yield Alarm(found.start(), found.end(), told, hint="同じ字を Unicode の文字で打ち直してください。")
    for found in (*_UNSEEN.finditer(prose.text), *_JOINER.finditer(prose.text)):
        told = f"目に見えない文字（U+{ord(found[0]):04X}）があります。"
        yield Alarm(found.start(), found.end(), told, "", certain=True, hint="消してください。")


RULE = Rule(
    "L19",
    "l19-characters",
    Severity.ERROR,
    "正しく見えて、正しくない文字",
    "ほかの機械で化けたり、検索や読み上げができなかったりします。",
    wrong=(
        ("ｺｳﾎｳるもい", "コウホウるもい"),
        ("手か\u3099み", "手がみ"),
        ("か゛んばる", "がんばる"),
        ("⼈口", "人口"),
        ("髙\ue000さん", ""),
        ("市\u200b民", "市民"),
        ("⺠生委員", "民生委員"),
        ("雪が降ります｡", "雪が降ります。"),
    ),
    silent=("「゛」は濁点です。👨\u200d👩", "市　長", "ガ行の鼻濁音", "①②③", "留萌市（るもいし）"),
    find=_find,
)
