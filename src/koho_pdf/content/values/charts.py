"""Charts (図): a table whose second column holds numbers, which a layout draws as bars, as shares or as columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from pydantic import PrivateAttr

from koho_pdf.content.values.model import Media
from koho_pdf.content.values.runs import InlineText
from koho_pdf.content.values.tables import Table
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.refusal import Refusal

_NUMBER = re.compile(r"([△▲−-]?)[+]?([0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3}){1,5})(\.[0-9]{1,9})?")
_TOTAL = re.compile(r"(?:合|総)?[ \u3000]*計")
_ROUNDED = re.compile("四捨五入|端数|概数|切り?捨て|切り?上げ")
_HINT = "「58.4」「1,200」「△30」のように、数だけを書いてください。単位は、表の題か注に書きます。"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: its ``label``, the ``figure`` as it was written, its ``value``; its ``share`` of the sum in
    whole percent, and the ``exact`` one, 0 to 1; its length as a ``part`` of the longest, 0 to 1, however it is signed.
    """

    label: InlineText
    figure: InlineText
    value: Decimal
    share: int
    exact: float
    part: float


class Chart(Table):
    """A table that layouts draw. ``form`` is bars, shares or columns, ``unit`` what the numbers count; the kind says
    both."""

    media: Media = ()

    _form: str = PrivateAttr(default="bars")
    _unit: str = PrivateAttr(default="")

    def drawn_as(self, form: str, unit: str) -> Chart:
        """The chart in this form. Raises ``Refusal``: chart-without-figures, chart-not-a-number, chart-sum."""
        self._form, self._unit = form, unit
        found = list(self._wrong())
        if found:
            raise Refusal(*found)
        return self

    @property
    def form(self) -> str:
        """bars, shares or columns."""
        return self._form

    @property
    def unit(self) -> str:
        """What its numbers count (億円); empty if the kind does not say."""
        return self._unit

    @property
    def total(self) -> InlineText | None:
        """The figure of its row 合計, which is no bar."""
        return next((row[1] for row in self.body if self._sums(row)), None)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Its rows as they were written, without 合計."""
        rows = [(row, number) for row in self.body if (number := self._number(row[1])) is not None]
        rows = [(row, number) for row, number in rows if not self._sums(row)]
        values = [number for _, number in rows]
        total = sum(values, Decimal(0)) or Decimal(1)
        longest = max(map(abs, values), default=Decimal(0)) or Decimal(1)
        return tuple(
            Bar(row[0], row[1], value, share, float(value / total), float(abs(value) / longest))
            for (row, value), share in zip(rows, shares_of(values), strict=True)
        )

    @property
    def scale(self) -> tuple[Decimal, ...]:
        """The values of the lines behind columns, from the lowest to the highest: 0 among them, and steps of 1, 2 or 5
        times a power of ten, at most four from the lowest value to the highest."""
        values = [Decimal(0), *(each.value for each in self.bars)]
        low, high = min(values), max(values)
        whole = high - low or Decimal(1)
        unit = Decimal(1).scaleb(whole.adjusted() - 1)
        step = next(unit * each for each in (1, 2, 5, 10, 20, 50) if whole <= unit * each * 4)
        first, last = (
            int((each / step).to_integral_value(way)) for each, way in ((low, ROUND_FLOOR), (high, ROUND_CEILING))
        )
        return tuple(step * each for each in range(first, max(last, first + 1) + 1))

    def _sums(self, row: Sequence[InlineText]) -> bool:
        return self._form != "columns" and _TOTAL.fullmatch(row[0].plain.strip()) is not None

    def _number(self, cell: InlineText) -> Decimal | None:
        """The number of a cell, with its unit or without; None if there is none."""
        plain = unicodedata.normalize("NFKC", cell.plain).strip()
        found = _NUMBER.fullmatch(plain.removesuffix(unicodedata.normalize("NFKC", self._unit)).strip())
        if not found:
            return None
        value = Decimal(found[2].replace(",", "") + (found[3] or ""))
        return -value if found[1] else value

    def _wrong(self) -> Iterator[Finding]:
        if len(self.head) < 2:
            hint = "1列目に名前、2列目に数を書いてください。"
            told = "図にする表に、数の列がありません。"
            yield error("chart-without-figures", told, self._where(self.head[0]), hint)
            return
        wrong = False
        for row in self.body:
            number = self._number(row[1])
            if number is None or (number < 0 and self._form == "shares"):
                wrong = True
                said = f"「{row[1].plain[:20]}」" if row[1].plain else "空のセル"
                told = f"図にする表の「{row[0].plain[:20]}」の{said}は、" + (
                    "図の数として読めません。" if number is None else "割合の図に描けません（0より小さい数）。"
                )
                yield error("chart-not-a-number", told, self._where(row[1]), _HINT)
        if not wrong:
            yield from self._sum_differs()

    def _sum_differs(self) -> Iterator[Finding]:
        bars = self.bars
        right = sum((each.value for each in bars), Decimal(0))
        if self._form == "shares" and not right:
            hint = "0より大きい数のある行を、1つは書いてください。"
            told = "割合の図にする表の数が、足して0になります。"
            yield error("chart-without-figures", told, self._where(self.head[1]), hint)
        total = self.total
        said = self._number(total) if total else None
        if total is None or said is None or said == right:
            return
        places = min(int(each.value.as_tuple().exponent) for each in bars) if bars else 0
        rounded = self.note is not None and _ROUNDED.search(self.note.plain)
        if rounded and abs(said - right) <= Decimal(1).scaleb(places) * len(bars) / 2:
            return
        told = f"図の合計「{total.plain}」が、ほかの行を足した{right:,}と合いません。"
        hint = "合計と内訳のどちらが違うか、元の資料で確かめてください。四捨五入のためなら、note にそう書いてください。"
        yield error("chart-sum", told, self._where(total), hint)

    def _where(self, cell: InlineText) -> Where:
        file = self.cells.file or None
        return Where(file=file, line=cell.line, column=cell.column, field=cell.field)


def shares_of(values: Sequence[Decimal]) -> tuple[int, ...]:
    """Shares in whole percent that sum to 100, by the largest remainder; of equal ones the first is given more.

    All 0 where there is nothing to share, or a value below 0.
    """
    total = sum(values, Decimal(0))
    if total <= 0 or min(values) < 0:
        return (0,) * len(values)
    exact = [each * 100 / total for each in values]
    whole = [int(each.to_integral_value(ROUND_FLOOR)) for each in exact]
    order = sorted(range(len(values)), key=lambda at: whole[at] - exact[at])
    for at in order[: 100 - sum(whole)]:
        whole[at] += 1
    return tuple(whole)
