"""L07: noon and midnight."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule
from koho_pdf.gate.said_times import times_in


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for time in times_in(prose):
        words = prose.text[time.begin : time.end]
        if time.half and time.hour == 12:
            hint = "昼なら「正午」か「午後0時30分」、夜中なら「午前0時」と書いてください。"
            yield Alarm(time.begin, time.end, f"「{words}」は、昼とも夜中とも読めます。", hint=hint)
        elif time.half == "午後" and time.hour == 0 and not time.minute:
            yield Alarm(
                time.begin, time.end, f"「{words}」は「正午」と書くのが普通です。", "正午", certain=True, warns=True
            )


RULE = Rule(
    "L07",
    "l07-noon",
    Severity.ERROR,
    "正午と午前0時",
    "「午後12時」は昼と夜中のどちらにも読め、半日ずれて来る人が出ます。",
    wrong=(
        ("午後12時に終わります。", ""),
        ("午前10時～午前12時", ""),
        ("午後１２時３０分から受け付けます。", ""),
        ("PM12時に閉めます。", ""),
        ("10:30～12:30PM、午後の12時", ""),
        ("午後0時から始めます。", "正午から始めます。"),
    ),
    silent=("午後0時30分に集まります。", "正午に鳴らします。", "12時に鳴らします。", "午前0時を過ぎました。"),
    find=_find,
)
