"""Orders of days and hours that a text tells without both of them: 使う日の3日後まで, 午後1時～午前11時30分."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm

_SAID = re.compile(
    r"(?:(?:受付|開館|開庁|開所|営業|窓口|診療|利用)(?:時間)?[はが：: 　]+(?P<times>午後[0-9]{1,2}時(?:[0-9]{1,2}分)?(?:～|〜|から)午前[0-9]{1,2}時(?:[0-9]{1,2}分)?))"
    r"|(?:申し?込み?|予約|応募|締め?切り?)[^。\n]{0,10}(?P<after>(?:使う|利用する?|開催|参加する|行う|当)日の[0-9]{1,2}(?:日|週間|か月)後まで)"
    r"|(?<![0-9])(?P<from>[0-9]{1,2})月[0-9]{1,2}日(?:\([^)]*\))?(?:に始め|に始まり|から始め|から始まり|に開き)て?、(?P<till>(?P<to>[0-9]{1,2})月(?:末|[0-9]{1,2}日)(?:\([^)]*\))?まで)"
)


def said_orders(prose: Prose) -> Iterator[Alarm]:
    """受付時間　午後1時～午前11時30分; 申し込みは、使う日の3日後まで; 12月12日に始め、11月末まで続けます."""
    for found in _SAID.finditer(prose.half):
        name = next(each for each in ("times", "after", "till") if found[each])
        if name == "till" and not 0 < int(found["from"]) - int(found["to"]) <= _NEAR_MONTHS:
            continue
        told = f"「{prose.text[found.start(name) : found.end(name)]}」は、始まりや使う日との前後が合いません。"
        yield Alarm(found.start(name), found.end(name), told, hint="日や時刻を確かめてください。")


_NEAR_MONTHS = 2
