"""The order that goes with the file: the paper and its weight, how a sheet is folded, which pages are on which side.

A sheet that is folded once is not 中綴じ, and has no 綴じ: it opens to one side. Its two sides have names, and their
heads are at the same edge (天合わせ), so that nobody prints the inside upside down.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from koho_pdf.content.issue import Printing
from koho_pdf.findings import Finding
from koho_pdf.preflight.pdf.facts import Facts
from koho_pdf.press.profile import Press

_FOLDS = {"single": "", "spreads": "", "fold": "二つ折り", "saddle-stitch": "中綴じ"}
_SUMI_NOSE = {
    "data": "データに設定済み（墨の文字と細い線）",
    "rip": "印刷所のRIPで（データには設定なし）",
    "off": "しない",
}
_KNOCKED_OUT = {"black-text-knocks-out", "black-line-knocks-out"}
_TOLD_SEPARATELY = "別途指示"
_TWO = re.compile(r"(二|2|ふた)(つ|ッ|ツ)?折")
_WEIGHT = re.compile(r"\d(\.\d+)?(kg|キロ|g/m)", re.IGNORECASE)
_OUTSIDE, _INSIDE = "表（外側）", "裏（内側）"
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Folded:
    """Sheets that are folded: size folded and open, in mm; how many sheets; whether they are stitched; ``sides`` by
    name, with their pages from left to right; the ``way`` they are folded (in two if it is not said), and the open
    sizes of ``others`` among them.
    """

    finished: Size
    opened: Size
    sheets: int
    stitched: bool
    sides: tuple[tuple[str, tuple[int, ...]], ...]
    way: str = ""
    others: tuple[Size, ...] = ()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return sum(len(pages) for _, pages in self.sides)

    @property
    def sizes(self) -> str:
        """Its sizes in words."""
        opened = dict.fromkeys(map(size_in_words, (self.opened, *self.others)))
        return f"{size_in_words(self.finished)}、展開 {'、'.join(opened)}"


def folded(facts: Facts, press: Press, fold: str, binding: str) -> Folded | None:
    """How the sheets of a file are folded, from press profile and order (``fold``, in words); None if they are not
    folded in two.
    """
    if not facts.pages:
        return None
    width, height = facts.pages[0].trim
    count = len(facts.pages)
    if press.sheets in ("fold", "saddle-stitch"):
        sheets, finished, opened = count // 2, (width / 2, height), (width, height)
    elif press.sheets == "single" and count == 4 and _TWO.search(unicodedata.normalize("NFKC", fold)):
        sheets, finished, opened = 1, (width, height), (2 * width, height)
    else:
        return None
    stitched = press.sheets == "saddle-stitch" and sheets > 1
    return Folded(finished, opened, sheets, stitched, _sides(sheets, stitched, binding))


def _sides(sheets: int, stitched: bool, binding: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    last = 4 * sheets
    made: list[tuple[str, tuple[int, int]]] = []
    for sheet in range(sheets):
        first, end = (2 * sheet + 1, last - 2 * sheet) if stitched else (4 * sheet + 1, 4 * sheet + 4)
        which = f"{sheet + 1}枚目の" if sheets > 1 else ""
        outside, inside = (end, first), (first + 1, end - 1)
        if binding == "right":
            outside, inside = outside[::-1], inside[::-1]
        made += [(which + _OUTSIDE, outside), (which + _INSIDE, inside)]
    return tuple(made)


def sides_in_words(facts: Facts, press: Press, sheet: Folded | None) -> str:
    """``表（外側）4・1ページ、裏（内側）2・3ページ、天合わせ``; for many sheets, only how they are printed; for a leaf
    ``表だけ（片面）`` or ``表1ページ、裏2ページ（両面）、天合わせ``; empty for bound single pages.
    """
    if sheet is None and is_leaf(facts, press):
        return "表だけ（片面）" if len(facts.pages) == 1 else "表1ページ、裏2ページ（両面）、天合わせ"
    if sheet is None:
        return ""
    if sheet.sheets > 1:
        return "どの紙も、表と裏は天合わせ"
    return "、".join([*(f"{name}{'・'.join(map(str, pages))}ページ" for name, pages in sheet.sides), "天合わせ"])


def sumi_nose_in_words(findings: Sequence[Finding], press: Press) -> str:
    """Whether black overprints: as agreed, unless the file shows something else."""
    lacking = press.sumi_nose == "data" and any(each.code in _KNOCKED_OUT for each in findings)
    return "データに設定のない所があります" if lacking else _SUMI_NOSE[press.sumi_nose]


def is_leaf(facts: Facts, press: Press) -> bool:
    """Whether the file is one leaf, front only or front and back, without binding or folds."""
    return press.sheets == "single" and len(facts.pages) <= 2


def order(printing: Printing, press: Press, sides: int, way: str = "") -> tuple[tuple[str, str, bool], ...]:
    """The order line by line: label, value, and whether the order itself says it. Missing values come from the press
    profile, or are told separately (別途指示). ``sides`` is the number of pages in the file, ``way`` how the layout's
    sheet is folded.
    """
    one_sheet = press.sheets == "saddle-stitch" and sides <= 2
    said = (
        ("部数", f"{printing.copies:,}部" if printing.copies else "", ""),
        ("用紙", _paper(printing.paper or ""), _paper(press.paper)),
        ("折り", printing.fold, way or _FOLDS["fold" if one_sheet else press.sheets]),
        ("穴あけ", printing.holes, ""),
        ("納品", printing.delivery, ""),
        ("備考", printing.note, "なし"),
    )
    return tuple((label, value or other or _TOLD_SEPARATELY, bool(value)) for label, value, other in said)


def has_weight(paper: str) -> bool:
    """Whether a paper is named with its weight: 連量 in kg, or g/m²."""
    return bool(_WEIGHT.search(unicodedata.normalize("NFKC", paper).replace(" ", "")))


def _paper(named: str) -> str:
    return named if not named or has_weight(named) else f"{named}（連量は{_TOLD_SEPARATELY}）"


def size_in_words(size: Sequence[float]) -> str:
    """Width and height, given in mm."""
    return " × ".join(f"{round(side, 1):g}" for side in size) + " mm"
