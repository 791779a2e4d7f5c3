"""L27: さらに as a conjunction in kanji."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import WORDS, Alarm, Reading, Rule, replacing

_ADVERB = (
    "検討|詳し|良|よ[いく]|高|大き|多[いく]|深|強|広|便利|使い|快適|安[いく心全]|新し|厳し|早|長|若|遠|低|少な|増|減|進|工夫|努|充実|改善|推進|拡大|発展|調査|議論|協議|伸|続|細か|重|"
    "[0-9０-９]|一歩|一層"
)
"""Words that 更に goes with as an adverb."""
_PAIRS = (
    ("(?:(?<=[。\n　 」）])|^)更に(?=は?[、，])", "さらに"),
    (f"(?:(?<=[。\n　 」）])|^)更に(?!{_ADVERB})(?=[^、。をすく\n]{{1,14}}?[もはが][、，一-龥ァ-ヶぁ-ん])", "さらに"),
    ("(?<=[、，はがもで])更に(?=[、，])", "さらに"),
    ("(?:(?<=[。\n　 」）])|^)更に(?=また)", "さらに"),
    ("更には(?=[一-龥ァ-ヶーぁ-ん、，])", "さらには"),
)


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    yield from replacing(prose, reading, _PAIRS, "文の頭でつなぐ「{wrong}」は、平仮名で「{right}」と書きます。")


RULE = Rule(
    "L27",
    "l27-sarani",
    Severity.WARNING,
    "接続詞の「さらに」",
    "つなぐ言葉は平仮名、程度を表す言葉は漢字と、公用文では書き分けます。",
    wrong=(
        ("更に、住民の声を聞きます。", "さらに、住民の声を聞きます。"),
        ("雪です。更に、風も吹きます。", "雪です。さらに、風も吹きます。"),
        ("（案）更に、検討します。", "（案）さらに、検討します。"),
    ),
    silent=("更に検討します。", "さらに検討します。", "一層、更に進めます。"),
    find=_find,
    roles=WORDS,
)
