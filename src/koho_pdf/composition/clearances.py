"""Words keep clear of the trim, and of folds and holes: arithmetic in mm on where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from koho_pdf.composition.owners import Owners, Whose
from koho_pdf.findings import error
from koho_pdf.geometry import Rect
from koho_pdf.layout.keep_outs import KeepOut, covered

SAFE_MM = 5  # mm: nothing important nearer to the trim (断裁のずれ)


def safe_area(trim: Rect, here: Sequence[KeepOut]) -> Rect:
    """Where words are safe from being cut: inside the trim, but as far as those edges that are folds."""
    folded = {out.edge for out in here}
    left, top, right, bottom = (0 if edge in folded else SAFE_MM for edge in ("left", "top", "right", "bottom"))
    return Rect(trim.x + left, trim.y + top, trim.width - left - right, trim.height - top - bottom)


class Clearances:
    """What is told of words near the trim or beyond it, and of words in a keep-out; once on each page for a field or an
    element, where it begins.
    """

    def __init__(self, keep_outs: Sequence[KeepOut], owners: Owners) -> None:
        self._keep_outs, self._owners = keep_outs, owners
        self._here: tuple[KeepOut, ...] = ()
        self._trim = self._safe = Rect(0, 0, 0, 0)
        self._told: set[tuple[Any, int, str]] = set()

    def begin(self, trim: Rect, number: int) -> None:
        """A page of this size; ``number`` is its number in the plan, from 1."""
        self._trim = trim
        self._here = tuple(each.at(trim.width, trim.height) for each in self._keep_outs if each.is_on(number))
        self._safe = safe_area(trim, self._here)

    def check(self, rect: Rect, text: str, whose: Whose, element: Any) -> None:
        """Tell of a text on the page, of this element."""
        key = whose.field or element
        if self._safe.union(rect) != self._safe:
            self._tell_near(text, whose, key, beyond=self._trim.union(rect) != self._trim)
        for out in self._here:
            if out.fold:
                self._check_fold(out, rect, f"「{text[:12]}」", whose, key, "text-near-fold")
            elif (amount := covered(rect, out.place)) and self._is_new(key, out.name):
                self._owners.tell(
                    error(
                        "text-in-keep-out",
                        f"「{text[:12]}」に、{out.name}が当たります（{amount}）。",
                        self._owners.where(whose),
                        "文章を短くするか、デザイナーに文字の枠を動かしてもらってください。"
                        if whose.told
                        else "文字を動かすか、layout.yaml の keep_outs の場所を確かめてください。",
                    )
                )

    def check_table(self, rect: Rect, whose: Whose, element: Any) -> None:
        """Tell of a table on the page whose rules come near a fold."""
        for out in self._here:
            if out.fold:
                self._check_fold(out, rect, "表", whose, ("table", element), "table-near-fold")

    def _check_fold(self, out: KeepOut, rect: Rect, what: str, whose: Whose, key: Any, code: str) -> None:
        if covered(rect, out.place) and self._is_new(key, out.fold):
            self._owners.tell(
                error(
                    code,
                    f"{what}が、{out.nearness(rect)}。{out.margin:g} mm は離します。",
                    self._owners.where(whose),
                    "文章を短くするか、デザイナーに文字の枠を折り目からずらしてもらってください。"
                    if whose.told
                    else "折り目から離してください。またいでよい折りなら、ページの型に folds_crossed: yes と書きます。",
                )
            )

    def _is_new(self, key: Any, what: str) -> bool:
        new = (key, self._owners.page, what) not in self._told
        self._told.add((key, self._owners.page, what))
        return new

    def _tell_near(self, text: str, whose: Whose, key: Any, *, beyond: bool) -> None:
        """Tell a text near the trim or ``beyond`` it."""
        if not self._is_new(key, "beyond" if beyond else "near"):
            return
        if beyond:
            self._owners.tell(
                error(
                    "text-off-page",
                    f"「{text[:12]}」が仕上りの外にはみ出しています。",
                    self._owners.where(whose),
                    "文章を短くするか、デザイナーに文字の枠を広げるか動かすかしてもらってください。",
                )
            )
        else:
            self._owners.tell(
                error(
                    "text-near-trim",
                    f"「{text[:12]}」が仕上りの端から{SAFE_MM}ミリ以内にあります。",
                    self._owners.where(whose),
                    "断裁で切れるおそれがあります。文章を短くするか、デザイナーに文字の枠を内側へ動かしてもらってください。",
                )
            )
