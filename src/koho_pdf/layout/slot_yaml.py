"""The model of a slot in ``layout.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from koho_pdf.findings import Finding, error
from koho_pdf.geometry import MM_PER_Q
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.readable import OneOrMore, between, count, length, one_of, size
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.manuscript.settings import key

AFAR = 200
"""Type can be read from as far as this many times its size."""
_SLOT = "数字で書いてください（大きさは Q、行送りは H）。"
_TIGHT = "95 から 100 までの数（%）で書いてください。それより詰めると読みにくくなります。"
_NARROW = "90 から 100 までの数（%）で書いてください。それより狭いと読みにくくなります。"
TRACKING = OneOrMore(between(95, 100, _TIGHT))
CONDENSE = OneOrMore(between(90, 100, _NARROW))
FEED = OneOrMore(size("行送りを H の数で書いてください。"))
Size = Annotated[float, size(_SLOT)]
Values = float | tuple[float, ...]


class SlotFitFields(Group):
    """``fit`` of a slot."""

    feed: Annotated[Values, FEED] = key(
        "行送り", "使ってよい行送り（H）。いちばん広いのは、枠の line_feed。", [27, 28], default=()
    )
    tracking: Annotated[Values, TRACKING] = key(
        "字間", "字間を詰めるときの字送り（%）。97 なら、全角の字と字の間を3%詰めます。", 97, default=()
    )
    condense: Annotated[Values, CONDENSE] = key("長体", "字の幅（%）。95 なら長体、縦組みでは平体。", 95, default=())


class SlotFields(Group):
    """One of ``slots``."""

    size: Size = key("文字の大きさ", "文字の大きさ（Q。1Q は 0.25 mm）。", 17)
    line_feed: Size = key("行送り", "行送り（H。1H は 0.25 mm）。", 28)
    chars_per_line: Size = key("字詰め", "1行の字数。", 20)
    lines: Annotated[int, count(_SLOT)] = key("行数", "枠に入る行数。", 4)
    indent: Annotated[float, length(_SLOT)] = key("字下げ", "箇条書きの■のために空ける幅（Q）。", 16, default=0.0)
    direction: Annotated[str, one_of("horizontal", "vertical")] = key(
        "組み方", "horizontal（横組み）・vertical（縦組み）。", "vertical", default="horizontal"
    )
    read_from: Annotated[float, length("何メートル離れて読むかを数で書いてください。")] = key(
        "読む距離",
        "何メートル離れて読むか。文字は距離の200分の1（5 m なら 100Q）から、地の色との差は4.5対1から。",
        5,
        default=0.0,
    )
    fit: SlotFitFields = key(
        "詰め方",
        "文章が入りきらないとき、どこまで詰めてよいか。書いた順に試し、はじめて入ったものにします。枠の大きさは変わりません。",
        {"feed": [27, 28], "tracking": 97, "condense": 95},
        default=SlotFitFields(),
    )


def too_small_from_afar(tree: Tree, slots: Mapping[str, SlotFields]) -> Iterator[Finding]:
    """Slots whose type cannot be read from as far away as they say (``read_from``)."""
    for name, slot in slots.items():
        least = slot.read_from * 1000 / AFAR / MM_PER_Q
        if slot.size < least:
            yield error(
                "too-small-from-afar",
                f"枠「{name}」は{slot.read_from:g}m離れて読む枠ですが、文字が{slot.size:g}Qです。",
                where_of(tree, f"slots.{name}.size"),
                f"{least:g}Q以上（距離の{AFAR}分の1）にするか、read_from を短くしてください。",
            )
