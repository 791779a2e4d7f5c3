"""L17: ヶ, ヵ, カ, ケ and 箇 in counters after Arabic digits."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_KA = late(
    "(?:(?<=[0-9])|(?<=[0-9][ 　]))(?:[ヶヵカケ箇かｶｹ]|個(?=月|年|国))(?=月|所|年|国|条|村|寺|店舗|地区|地域|施設|市町村|校|店|項目|園|浦|院)"
)


def _find(prose: Prose, reading: Reading) -> Iterator[Alarm]:
    right = "か" if reading.style.official else "カ"
    for found in _KA.finditer(prose.half):
        if found[0] != right and not prose.is_quoted(found.start()):
            words = prose.text[found.start() - 1 : found.end() + 1]
            told = f"「{words}」の「{found[0]}」は「{right}」と書きます。"
            yield Alarm(found.start(), found.end(), told, right, certain=True)


RULE = Rule(
    "L17",
    "l17-ka",
    Severity.WARNING,
    "数字の後の「か月」「か所」",
    "公用文では、数字の後は平仮名の「か」です。1つの紙面で混ざると目立ちます。",
    wrong=(
        ("3個月", "3か月"),
        ("3ヶ月健診", "3か月健診"),
        ("市内5カ所で開きます。", "市内5か所で開きます。"),
        ("２箇国", "２か国"),
        ("12ケ月分", "12か月分"),
    ),
    silent=("数箇所", "何箇月", "駒ヶ岳、自由ヶ丘", "3か月", "5キロ", "2カメラ"),
    find=_find,
)
