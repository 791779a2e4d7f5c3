"""The rows of a table that are written in the manuscript, the heads of the columns first.

rows:
  - [事業, 予算額]
  - [道路の整備, "1,200万円"]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from koho_pdf.content.values.model import text_given
from koho_pdf.content.values.table_cells import BLANKS, Cells, Row, cells_of
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.paths import above
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Node, Scalar

_HINT = (
    '「- [事業, 予算額]」のように、1行を [ ] で囲み、セルをコンマで区切ってください。コンマのある言葉は " で囲みます。'
)


def rows_given(value: object, heads: int = 1) -> Cells:
    """The cells of rows, the first one or two of them ``heads``.

    Raises ``Refusal``: table-rows, and those of ``cells_of``, each with its place.
    """
    if not isinstance(value, list) or not value:
        raise Refusal(error("table-rows", "表の行を書くところです。", hint=_HINT))
    first = next(_texts(value), None)
    field = above(above(first.field)) if first is not None else ""
    return replace(cells_of(map(_row, value), "", field, heads), at=above(field))


def _row(node: Node) -> Row:
    first = next(_texts(node), None)
    place = _where(first) if first is not None else Where()
    if not isinstance(node, list) or not node:
        return Row(
            (), replace(place, column=None), (), (error("table-rows", "表の行として読めません。", place, _HINT),)
        )
    where = replace(place, column=None, field=above(place.field or "") or None)
    texts, places, wrong = [], [], []
    for each in node:
        inner = next(_texts(each), None)
        places.append(_where(inner) if inner is not None else place)
        try:
            texts.append("" if isinstance(each, str) and not each.strip() else str(text_given(each)).strip(BLANKS))
        except Refusal as refused:
            wrong += _placed(refused, places[-1])
            texts.append("？")
    return Row(texts, where, places, tuple(wrong))


def _placed(refused: Refusal, where: Where) -> list[Finding]:
    return [replace(each, where=where) for each in refused.findings]


def _where(text: Scalar) -> Where:
    return Where(line=text.line, column=text.begins, field=text.field)


def _texts(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, (dict, list)):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _texts(each)
