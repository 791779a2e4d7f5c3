"""Words keep clear of the trim, and of folds and holes: arithmetic in mm on where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from koho_pdf.composition.owners import Owners, Whose
from koho_pdf.findings import error
from koho_pdf.geometry import Rect
from koho_pdf.layout.keep_outs import KeepOut, covered

SAFE_MM = 5  # mm: nothing important nearer to the trim (断裁のずれ)


class Clearances:
    """What is told of words near the trim or beyond it, and of words in a keep-out; once on each page for a field or an
    element, where it begins.
    """

    def __init__(self, keep_outs: Sequence[KeepOut], owners: Owners) -> None:
        self._keep_outs, self._owners = keep_outs, owners
        self._here: tuple[KeepOut, ...] = ()
        self._trim = Rect(0, 0, 0, 0)
        self._told: set[tuple[Any, int, str]] = set()

    def begin(self, trim: Rect, number: int) -> None:
        """A page of this size; ``number`` is its number in the plan, from 1."""
        self._trim = trim
        self._here = tuple(each for each in self._keep_outs if each.is_on(number))

    def check(self, rect: Rect, text: str, whose: Whose, element: Any) -> None:
        """Tell of a text on the page, of this element."""
        key = whose.field or element
        safe = self._trim.grown(-SAFE_MM)
        if safe.union(rect) != safe:
            self._tell_near(text, whose, key, beyond=self._trim.union(rect) != self._trim)
        for out in self._here:
            if (amount := covered(rect, out.place)) and self._is_new(key, out.name):
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
