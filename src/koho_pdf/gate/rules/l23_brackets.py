"""L23: brackets without their partner, or with one of another width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

_PAIRS = {
    "（": "）",
    "(": ")",
    "「": "」",
    "『": "』",
    "【": "】",
    "［": "］",
    "[": "]",
    "〔": "〕",
    "〈": "〉",
    "《": "》",
    "｛": "｝",
    "“": "”",
}
_CLOSES = {close: begin for begin, close in _PAIRS.items()}
_SIGNS = late("[" + re.escape("".join((*_PAIRS, *_CLOSES))) + "]")
_WIDTH = {"（": "(", "(": "（", "）": ")", ")": "）", "［": "[", "[": "［", "］": "]", "]": "］"}
_MARK = late(
    r"(?:^|(?<=[\s　、。・＊*※注]))(?:[0-9０-９]{1,2}|[a-zA-ZＡ-Ｚａ-ｚア-ン①-⑳])[)）]|[:;=]-?[()]|[(（][^\s（()）]{0,4}[；;^][^（()）]{0,6}[)）]",
    re.MULTILINE,
)


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    if not _SIGNS.search(prose.text):
        return
    marks = {
        at
        for found in _MARK.finditer(prose.text)
        if not re.search("[(（][注※＊*]?$", prose.text[max(0, found.start() - 2) : found.start()])
        and not _closes(prose.text, found)
        for at in range(*found.span())
    }
    open_: list[tuple[str, int]] = []
    for found in _SIGNS.finditer(prose.text):
        at, sign = found.start(), found[0]
        if at in marks or prose.is_address(at):
            continue
        if sign in _PAIRS:
            open_.append((sign, at))
        elif sign in _CLOSES:
            if open_ and open_[-1][0] == _CLOSES[sign]:
                open_.pop()
            elif open_ and open_[-1][0] == _CLOSES.get(_WIDTH.get(sign, ""), ""):
                begin, start = open_.pop()
                told = f"括弧「{begin}」と「{sign}」の全角・半角が合いません。"
                if _is_wide(begin):
                    yield Alarm(at, at + 1, told, _PAIRS[begin], certain=True)
                else:
                    yield Alarm(start, start + 1, told, _CLOSES[sign], certain=True)
            elif any(begin == _CLOSES[sign] for begin, _ in open_):
                while open_[-1][0] != _CLOSES[sign]:
                    yield _alone(*open_.pop(), _PAIRS)
                open_.pop()
            else:
                yield _alone(sign, at, _CLOSES)
    for begin, start in open_:
        yield _alone(begin, start, _PAIRS)


def _closes(text: str, mark: re.Match[str]) -> bool:
    """Whether what looks like the mark of a list closes a bracket: 電話22-1801（内線 55）."""
    sign = mark[0][-1]
    if sign not in "）)":
        return False
    line = text.rfind("\n", 0, mark.start()) + 1
    stop = text.find("\n", mark.end())
    before, after = text[line : mark.start()], text[mark.end() : stop if stop >= 0 else len(text)]
    begin = _CLOSES[sign]
    if before.rfind(begin) <= before.rfind(sign):
        return False
    rest = _MARK.sub("", after)
    other = rest.find(sign)
    return other < 0 or 0 <= rest.find(begin) < other


def _is_wide(sign: str) -> bool:
    return sign in "（［"


def _alone(sign: str, at: int, partner: dict[str, str]) -> Alarm:
    return Alarm(
        at, at + 1, f"括弧「{sign}」に、対になる「{partner[sign]}」がありません。", hint="足すか、消してください。"
    )


RULE = Rule(
    "L23",
    "l23-brackets",
    Severity.ERROR,
    "括弧が対になっていない",
    "どこまでが括弧の中か分からなくなります。片側の消し忘れです。",
    wrong=(
        ("計画（案)を公表します。", "計画（案）を公表します。"),
        ("「浜の声（改訂版」を配ります。", ""),
        ("会場は中央公民館（2階です。", ""),
        ("定員は20人）です。", ""),
        ("(仮称）子育て館", "（仮称）子育て館"),
    ),
    silent=(
        "計画（案）を公表します。",
        "1) 申込書を出す\n2) 面談する",
        "「浜の声（改訂版）」",
        "ありがとう :)",
        "(案)を公表します。",
        "Ａ）受付",
        "＊1）見本です。",
        "ア）対象　イ）定員",
        "電話0190-22-1801（内線 55）、電話0190-22-1802（内線　7）",
        "（用意する物　1）申込書　2）写真）",
        "(注1)を見てください。注2)",
    ),
    find=_find,
)
