"""ごみの収集日: a table with a row for each district and a column for each sort of waste; its cells are rules (月・木,
第1・3火)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, ValidationInfo

from koho_pdf.content.values.occasions import occasion_of
from koho_pdf.content.values.runs import InlineText
from koho_pdf.content.values.tables import Table
from koho_pdf.findings import error
from koho_pdf.kinds.types.files import TableField
from koho_pdf.manuscript.refusal import Refusal

_NTH = re.compile("(第[0-9０-９・、第]+[月火水木金土日](?:・[月火水木金土日])*)(?!曜)")
"""第1・3火, as tables have it; in a line of 日時 曜日 follows."""
_DAYS = re.compile("毎?週?([月火水木金土日])(?:[、,，・]?([月火水木金土日]))*")
"""月, 月木 and 月、木, as tables have them; in a line of 日時 one sign alone is no day."""
_NONE = ("", "-", "－", "―", "—", "なし")


def rules_of(cell: InlineText) -> tuple[str, ...]:
    """The rules of iCalendar (RFC 5545, 3.3.10) that a cell says; none where nothing is collected. Raises ``Refusal``
    for words that are none."""
    if cell.plain.strip() in _NONE:
        return ()
    said = cell.plain.strip()
    if _DAYS.fullmatch(said):
        said = f"毎週{'・'.join(re.findall('[月火水木金土日]', said))}曜日"
    spans = occasion_of(_NTH.sub(r"\1曜日", said), None).spans
    rules = [span.repeats.rule for span in spans if span.repeats]
    if not rules or len(rules) != len(spans):
        raise Refusal(error("collection-not-understood", ""))
    return tuple(rules)


class CollectionDaysField(TableField):
    """Such a table. Data editions have its days by district (``data/waste.csv``, ``data/waste-1.ics``)."""

    called: ClassVar = "collection_days"
    label: ClassVar = "収集日の表"
    about: ClassVar = "表と同じ書き方。1列目が地区、ほかの列はごみの種類で、「月・木」「第1・3火」のように書きます。"

    def annotation(self) -> Any:
        return Annotated[super().annotation(), AfterValidator(_read)]

    def item_annotation(self) -> Any:
        return self.annotation()


def _read(table: Table, given: ValidationInfo) -> Table:
    if given.context and "warnings" in given.context:
        given.context["warnings"].extend(_wrong(table))
    return table


def _wrong(table: Table) -> Iterator[tuple[str, Any]]:
    for row in table.body:
        for cell in row[1:]:
            try:
                rules_of(cell)
            except Refusal:
                told = f"「{cell.plain[:20]}」は、収集日として読めません。"
                hint = "「月・木」「第1・3火」「毎週水曜日」のように書いてください。集めない所は「－」です。"
                yield cell.field, error("collection-not-understood", told, hint=hint)
