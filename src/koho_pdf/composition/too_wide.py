"""Tables, pictures and words of an article that are wider than its column: arithmetic in mm on the laid-out boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from koho_pdf.composition.fonts.turned import is_turned
from koho_pdf.composition.owners import Owners, Whose
from koho_pdf.findings import error
from koho_pdf.geometry import mm_from_px
from koho_pdf.manuscript.paths import above, is_in

_LEAST = 0.5  # mm: a rule at the edge of a table is no fault
_HANGING = "、。，．"  # may stand outside their line (hanging-punctuation), as may spaces


class TooWide:
    """What is told of articles in columns. ``fields`` are those of this page that are told, with all that is in
    them."""

    def __init__(self, owners: Owners) -> None:
        self._owners = owners
        self._fields: set[tuple[int, str]] = set()

    def is_told(self, field: str | None) -> bool:
        """Whether a field of this page is a part of what is told already."""
        page = self._owners.page
        return field is not None and any(at == page and is_in(field, each) for at, each in self._fields)

    def check(self, block: Any, whose: Whose) -> None:
        """Tell what in a placed article (or a piece of one) reaches out of its column; once for a table, a picture or a
        text, by how far it does.
        """
        left, across = block.content_box_x(), block.element.get("data-across")
        found: dict[tuple[str, str], float] = {}
        spans = mm_from_px(block.width) if across is None else float(across)
        for what, box, field, reach, spanning in _parts(block, None, whose.field, False):
            room = spans if spanning else mm_from_px(block.width)
            over = mm_from_px(reach - left) - room
            if field and over > _tolerance(what, box):
                found[what, field] = max(over, found.get((what, field), 0.0))
        for (what, field), over in found.items():
            where = self._owners.where(Whose(field, None, whose.template))
            self._fields.add((self._owners.page, field))
            self._owners.tell(
                error(
                    "wider-than-column",
                    f"{what}が、段の幅より {over:.1f} mm 広くて、段からはみ出しています。",
                    where,
                    f"{_HINTS[what]}、台割（pages）で幅の広い領域に移してください。",
                )
            )


_HINTS = {
    "表": "表の列を減らすか、セルの言葉を短くするか",
    "写真や図": "写真の幅を決めているのはレイアウトです。デザイナーに幅を段に合わせてもらうか",
    "途中で折り返せない言葉": "言葉を短くするか、途中で折り返してよい所に {改行} と書くか",
}


def _tolerance(what: str, box: Any) -> float:
    text = getattr(box, "text", "")
    hangs = what == "途中で折り返せない言葉" and (text[-1:].isspace() or text.endswith(tuple(_HANGING)))
    return mm_from_px(float(box.style["font_size"])) + _LEAST if hangs else _LEAST


def _parts(
    box: Any, matrix: Any, field: str | None, spanning: bool
) -> Iterator[tuple[str, Any, str | None, float, bool]]:
    """The tables, pictures and texts in a box: what each is, its box, its field, how far it reaches along the lines,
    and whether it spans all columns. What is placed absolutely stands where the designer put it."""
    for child in getattr(box, "children", ()):
        if hasattr(child, "_box"):
            continue
        inner, of, spans = matrix, field, spanning or child.style["column_span"] == "all"
        if child.transformation_matrix and not is_turned(child):
            inner = child.transformation_matrix @ matrix if matrix else child.transformation_matrix
        if child.element is not None and "::" not in (child.element_tag or ""):
            of = child.element.get("data-field", field)
        if _is_table(child):
            named = next((each for each in child.element.iter() if each.get("data-field")), None)
            of = of or (above(named.get("data-field")) if named is not None else None)
            yield "表", child, of, _reach(child, inner), spans
        elif getattr(child, "replacement", None) is not None:
            yield "写真や図", child, of, _reach(child, inner), spans
        elif getattr(child, "text", "").strip() and child.element_tag != "rt":
            yield "途中で折り返せない言葉", child, of, _reach(child, inner), spans
        else:
            yield from _parts(child, inner, of, spans)


def _is_table(box: Any) -> bool:
    return bool(box.element_tag == "table" and box.is_in_normal_flow())


def _reach(box: Any, matrix: Any) -> float:
    """How far a box reaches to the right (CSS pixels)."""
    left, top = box.border_box_x(), box.border_box_y()
    corners = [(left + x, top + y) for x in (0, box.border_width()) for y in (0, box.border_height())]
    return float(max(matrix.transform_point(*each)[0] if matrix else each[0] for each in corners))
