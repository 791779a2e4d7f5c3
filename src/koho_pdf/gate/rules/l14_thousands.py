"""L14: numbers of four and more digits without commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koho_pdf.findings import Severity
from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Prose
from koho_pdf.gate.rule import Alarm, Reading, Rule

UNITS = (
    "円|人|名|件|世帯|戸|棟|部|個|台|枚|冊|本|通|票|頭|匹|羽|隻|区画|か所|カ所|ヶ所|箇所|回|歩|食|杯|組|株|点|品|校|社|店"
    "|トン|キロ|グラム|メートル|センチ|ミリ|リットル|ヘクタール|アール|平方|立方|㎡|㎥|㎞|㎏|km|kg|kW|ｋｍ|ｋｇ|ha|m|g|t|L|ml|mL|ボルト|ワット|カロリー|ポイント|時間|日間|分間|秒|歳|種類?|人分|人前|足|着|匹|株|筆|坪|票|基|張り?|束|箱|袋|缶|席|室|床|区間|ページ|字|語|曲|試合|ドル|ユーロ|リューベ|キロワット"
)
_NUMBER = late(rf"(?<![0-9,.:/#-])(?<![万億兆第号])[1-9][0-9]{{3,11}}(?=(?:余り?の?|余|あまり)?(?:{UNITS}))")


_ODD = late(
    rf"(?<![0-9,.])(?:[0-9]{{1,3}}(?:,[0-9]+)+|[0-9]{{1,3}}\.[0-9]{{3}}(?=円)|[0-9]{{4,}}(?:,[0-9]{{3}})+)(?![0-9,.])(?=(?:余り?の?|万)?(?:{UNITS}))"
)
_RIGHT = late("[0-9]{1,3}(?:,[0-9]{3})+")
_LIST = late("[0-9]{1,2}(?:,[0-9]{1,2})+")
"""3,5,7日 and 10,20人 are lists; 12,00円 is a slip."""
_MYRIADS = late(
    "(?<![0-9,.:/#-])(?<![億兆第号])[1-9][0-9]{3}(?=万(?:円|人|部|トン|キロ|件|本|世帯|k[wW]|台|個|食|枚|冊|票|株|平方|立方))"
)
_SIGN = late(r"(?<=[¥￥])[1-9][0-9]{3,11}(?![0-9,.])")
_HEAD = late("円|人|人口|世帯|数|額|件|量")
_NOT_HEAD = late("年|番号|コード|No|電話|郵便|号")


def _across(_: Sequence[Prose], reading: Reading) -> Iterator[tuple[Prose, Alarm]]:
    """Bare figures in a column whose head says what they count."""
    for grid in reading.grids:
        for column, head in enumerate(grid.rows[0]):
            if not column or not _HEAD.search(head.words) or _NOT_HEAD.search(head.words):
                continue
            for row in grid.rows[1:]:
                cell = row[column]
                if re.fullmatch("[1-9][0-9]{3,11}", cell.prose.half.strip()):
                    right = f"{int(cell.prose.half):,}"
                    told = f"「{cell.words}」に3桁ごとのコンマがありません。"
                    yield cell.prose, Alarm(0, len(cell.words), told, right, certain=True)


def _find(prose: Prose, _: Reading) -> Iterator[Alarm]:
    for found in _NUMBER.finditer(prose.half):
        if prose.is_address(found.start()):
            continue
        right = f"{int(found[0]):,}"
        words = prose.text[found.start() : found.end()]
        yield Alarm(found.start(), found.end(), f"「{words}」に3桁ごとのコンマがありません。", right, certain=True)
    for found in (*_SIGN.finditer(prose.half), *_MYRIADS.finditer(prose.half)):
        words = prose.text[found.start() : found.end()]
        told = f"「{words}」に3桁ごとのコンマがありません。"
        yield Alarm(found.start(), found.end(), told, f"{int(found[0]):,}", certain=True)
    for found in _ODD.finditer(prose.half):
        if _RIGHT.fullmatch(found[0]) or (_LIST.fullmatch(found[0]) and not found[0].endswith(",00")):
            continue
        if any(len(group) == 1 for group in found[0].split(",")[1:]):
            continue  # 1,2年生
        words = prose.text[found.start() : found.end()]
        right = f"{int(re.sub('[,.]', '', found[0])):,}"
        yield Alarm(found.start(), found.end(), f"「{words}」のコンマの所が違います。", right)


RULE = Rule(
    "L14",
    "l14-thousands",
    Severity.WARNING,
    "3桁ごとのコンマ",
    "大きな数は、コンマがないと1桁読み違えます。",
    wrong=(
        ("予算は3400万円です。", "予算は3,400万円です。"),
        ("受講料は12000円です。", "受講料は12,000円です。"),
        ("１８２０４人が暮らしています。", "18,204人が暮らしています。"),
        ("延べ2500世帯に配りました。", "延べ2,500世帯に配りました。"),
    ),
    silent=(
        "2027年3月1日",
        "0164-42-1805",
        "1234番地",
        "第1024号",
        "12,000円",
        "3万円と1,200円",
        "国道2310号線",
        "2027年度",
    ),
    find=_find,
    across=_across,
)
