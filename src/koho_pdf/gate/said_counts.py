"""How many people and households a text or a table counts, as of which day, and the change since the month before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from koho_pdf.gate.patterns import late
from koho_pdf.gate.prose import Grid, Prose

_LABELS = {
    "総人口": "人口", "人口総数": "人口", "人口": "人口", "総数": "人口", "世帯数": "世帯", "世帯": "世帯",
    "男性": "男", "男": "男", "女性": "女", "女": "女",
}  # fmt: skip
_NAMES = "|".join(sorted(_LABELS, key=len, reverse=True))
_CHANGE = (
    r"(?:[、\s(]{0,3}(?:前月比|対前月比?|前月から|前月より|前月との差|先月比|先月から|先月より|増減|前月)[はが：:\s]{0,2}|[\s(]{0,2}(?=[+＋−△▲-]|プラス|マイナス))"
    r"(?P<sign>[+＋−△▲-]|プラス|マイナス)?\s?(?P<change>[0-9][0-9,]*)(?:人|世帯)?(?P<way>の?増|の?減)?"
)
_COUNT = late(
    rf"(?<![一-龥々ァ-ヶ])(?:市の|町の|村の|本市の|[一-龥]{{1,4}}[市町村]の)?(?P<label>{_NAMES})(?:[はが：:　\s、]|人数|合計)*(?P<value>[0-9][0-9,]{{2,}})(?P<unit>人|世帯)?(?![0-9.%])(?:{_CHANGE})?"
)
_AS_OF = late(
    r"(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|(?P<last>末)(?:日)?)(?:\([月火水木金土日]\))?(?:時点|現在)"
)
_OTHER = late(
    "地区|町内|国勢|推計|予測|将来|年前|合併|昭和|平成|最も|ピーク|昨年|前年|外国人|高齢|年度|歳|全国|道内|県内|管内|当時|予想|目標"
)
_WIDER = late("[県道府都国]の|県内|隣の")
_THIS = late("人数?|今月|当月|現在|総数|計|人口|件数|数")
_DIFFERENCE = late("前月|先月|増減|比")


@dataclass(frozen=True, slots=True)
class Count:
    """A figure under its ``label`` (人口, 世帯, 男, 女): where it stands, its ``value``, the ``change`` since the month
    before (None if none is told), and the day that it is of as month and day (empty if unknown, day 0 its end).
    ``is_city`` is false where only figures beside it can tell that it is of the whole city (男, 女)."""

    label: str
    value: int
    change: int | None
    prose: Prose
    begin: int
    end: int
    as_of: tuple[int, int] | tuple[()] = ()
    is_city: bool = True


def counts_in(prose: Prose) -> Iterator[Count]:
    """The counts of a text that are of the whole city, with the day nearest before them, else after them."""
    half = prose.half
    days = [(each.start(), _as_of(each)) for each in _AS_OF.finditer(half)]
    for found in _COUNT.finditer(half):
        around = prose.text[max(0, found.start() - 16) : found.end() + 4]
        if _OTHER.search(around) or _WIDER.search(prose.text, max(0, found.start() - 4), found.start("label")):
            continue
        label = _LABELS[found["label"]]
        if (found["unit"] == "世帯") != (label == "世帯") and found["unit"]:
            continue
        before = [day for at, day in days if at <= found.start()]
        after = [day for at, day in days if at > found.start()]
        day = before[-1] if before else after[0] if after else ()
        begin, end = found.span("value")
        is_city = label == "人口" or found["label"] == "世帯数"
        yield Count(label, _int(found["value"]), _change(found), prose, begin, end, day, is_city)


def counts_in_table(grid: Grid) -> Iterator[Count]:
    """The counts of a table, in rows (人口, 世帯) or in columns."""
    beside = grid.beside.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    words = f"{beside} " + " ".join(cell.prose.half for cell in grid.rows[0])
    found = _AS_OF.search(words)
    as_of = _as_of(found) if found else ()
    if _OTHER.search(re.sub("(?:平成|昭和|令和)[0-9元]+年[0-9]+月", "", grid.beside)):
        return
    yield from _in_rows(grid, as_of)
    yield from _in_columns(grid, as_of)


def _in_rows(grid: Grid, as_of: tuple[int, int] | tuple[()]) -> Iterator[Count]:
    heads = [cell.words for cell in grid.rows[0]]
    value = next(
        (at for at, head in enumerate(heads) if at and _THIS.search(head) and not _DIFFERENCE.search(head)), None
    )
    change = next((at for at, head in enumerate(heads) if at and _DIFFERENCE.search(head)), None)
    for row in grid.rows[1:]:
        label = _LABELS.get(re.sub(r"[\s　]", "", row[0].words))
        if label and value is not None:
            yield from _cell(label, row[value].prose, row[change].prose if change is not None else None, as_of)


def _in_columns(grid: Grid, as_of: tuple[int, int] | tuple[()]) -> Iterator[Count]:
    labels = [_LABELS.get(re.sub(r"[\s　]|[(（].*", "", cell.words)) for cell in grid.rows[0]]
    rows = [row for row in grid.rows[1:] if not _DIFFERENCE.search(row[0].words)]
    changes = [row for row in grid.rows[1:] if _DIFFERENCE.search(row[0].words)]
    if len(rows) == 1 and sum(map(bool, labels)) > 1:
        for at, label in enumerate(labels):
            if label:
                yield from _cell(label, rows[0][at].prose, changes[0][at].prose if changes else None, as_of)


def _cell(label: str, value: Prose, change: Prose | None, as_of: tuple[int, int] | tuple[()]) -> Iterator[Count]:
    found = re.fullmatch(r"(?P<value>[0-9][0-9,]*)(?:人|世帯)?(?:\s?(?P<rest>\(.*\)))?", value.half.strip())
    if not found:
        return
    told = change.half if change else found["rest"] or ""
    by = re.fullmatch(
        r"\(?(?:前月比)?\s?(?P<sign>[+＋−△▲-]|プラス|マイナス)?\s?(?P<change>[0-9][0-9,]*)(?:人|世帯)?(?P<way>の?増|の?減)?\)?",
        told.strip(),
    )
    begin = len(value.half) - len(value.half.lstrip())
    size = found.end("value")
    yield Count(label, _int(found["value"]), _change(by) if by else None, value, begin, begin + size, as_of)


def _change(found: re.Match[str]) -> int | None:
    if not found["change"]:
        return None
    down = (found["sign"] or "") in ("−", "-", "△", "▲", "マイナス") or (found["way"] or "").endswith("減")
    return -_int(found["change"]) if down else _int(found["change"])


def _as_of(found: re.Match[str]) -> tuple[int, int]:
    return int(found["month"]), 0 if found["last"] else int(found["day"])


def _int(words: str) -> int:
    return int(words.replace(",", ""))
