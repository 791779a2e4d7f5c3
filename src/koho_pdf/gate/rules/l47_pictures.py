"""L47: a picture's description that is missing, or only its caption again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose, Role
from koho_pdf.gate.rule import Alarm, Reading, Rule

_FILE = late(
    r"[\w.-]*\.(?:jpe?g|png|gif|tiff?|heic|webp|svg|pdf)|(?:IMG|DSC|DSCN|DSCF|PIC|image|photo|P)[_-]?[0-9]{2,}[\w-]*",
    re.IGNORECASE,
)
_NOTHING = frozenset(
    ["写真", "画像", "イメージ", "イメージ写真", "図", "イラスト", "photo", "image", "写真1", "画像1", "説明", "alt"]
)
_NOT_WORDS = late(r"[\s　、。・「」『』（）()▲△▼▽↑↓←→=＝:：]")


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    alt, _stop, caption = prose.text.partition("\n")
    said, shown = _bare(alt), _bare(caption)
    hint = "写真に何が写っているかを、見ていない人に話すように書いてください。"
    if not said:
        yield Alarm(0, max(1, len(alt)), "写真の説明がありません。", hint=hint)
    elif _FILE.fullmatch(alt.strip()) or said in _NOTHING:
        yield Alarm(0, len(alt), f"写真の説明「{alt[:20]}」では、何が写っているか分かりません。", hint=hint)
    elif shown and said in (shown, f"{shown}の写真", f"{shown}の様子", f"{shown}です"):
        told = f"写真の説明「{alt[:20]}」が、キャプションと同じです。読み上げでは同じ言葉が2度聞こえます。"
        yield Alarm(0, len(alt), told, hint=hint)


def _bare(words: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", words))


RULE = Rule(
    "L47",
    "l47-pictures",
    Severity.WARNING,
    "写真の説明",
    "目の見えない方は、写真の説明で、何が写っているかを知ります。",
    wrong=(
        ("夕日の港\n夕日の港", ""),
        ("\n夕日の港", ""),
        ("IMG_2041.jpg\n", ""),
        ("画像\n夕日の港", ""),
        ("夕日の港の写真\n▲夕日の港", ""),
    ),
    silent=(
        "オレンジ色の空の下、漁船が3そう並ぶ港\n夕日の港",
        "雪の残る山を背に、苗を植える子どもたち\n",
        "市長と握手をする選手\n表彰された選手",
    ),
    find=_find,
    roles=frozenset({Role.PICTURE}),
)
