"""Seams ``build_formatting_structure`` and ``draw_first_line``: every text is counted until it is painted.

The engine drops text that it finds no room for: the rest of a floating box on the last page, lines beyond
``line-clamp``, a running element that no page uses, a footnote of an absolute box. And it does not paint text that is
hidden, transparent or scaled to nothing. Therefore each text of the document gets a number before layout and is looked
for on the finished pages; a finding tells if it is missing or not drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from koho_pdf.composition.engine.svg_words import look_at
from koho_pdf.composition.figure_rooms import is_room
from koho_pdf.findings import Finding, Where, error, field_in_words

_INKLESS = re.compile(r"[\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+")


@dataclass(slots=True)
class _Set:
    """A text on a page: its words, its field, its page (from 1), and whether it was drawn."""

    words: str
    field: str | None
    page: int
    drawn: bool = False


def with_numbers(original: Any) -> Any:
    """Number the texts of the document before they are laid out."""

    def build_formatting_structure(*arguments: Any) -> Any:
        root = original(*arguments)
        texts: Texts | None = root.style.font_config.__dict__.pop("koho_texts", None)
        if texts:
            texts.number(root)
        return root

    return build_formatting_structure


def noted(original: Any) -> Any:
    """Note of each text that it is drawn."""

    def draw_first_line(stream: Any, box: Any, *more: Any) -> Any:
        if standing := box.__dict__.get("koho_set"):
            standing.drawn = True
        look_at(stream, box)
        return original(stream, box, *more)

    return draw_first_line


class Texts:
    """The texts of one document: ``number`` before layout, ``look`` on its pages, ``undrawn`` once they are drawn.

    ``template`` and ``looks`` are the layout's HTML and CSS, which findings about missing and hidden text name.
    """

    def __init__(self, template: Where, looks: Where) -> None:
        self._template, self._looks = template, looks
        self._root: Any = None
        self._set: list[_Set] = []

    def number(self, root: Any) -> None:
        """Give every text of a box tree its number."""
        self._root = root
        for number, (box, _) in enumerate(_texts_of(root, None)):
            box.koho_number = number

    def look(self, pages: Sequence[Any]) -> tuple[Finding, ...]:
        """Findings for texts that are on no page (``text-lost``), or are there but hidden (``text-unpainted``)."""
        hidden: list[_Set] = []
        pieces: dict[int | None, list[str]] = {}
        for page, each in enumerate(pages, 1):
            for box, field, seen in _standing(each._page_box, None, True):
                if not (words := _words(box.text)) or is_room(box):
                    continue
                pieces.setdefault(box.__dict__.get("koho_number"), []).append(words)
                box.koho_set = _Set(box.text.strip(), field, page)
                (self._set if seen and _is_seen(box.style) else hidden).append(box.koho_set)
        lost: dict[str | None, str] = {}
        for box, field in _texts_of(self._root, None):
            number = box.__dict__.get("koho_number")  # numbers of other pages exist only after layout
            if (
                number is not None
                and not is_room(box)
                and (missing := _missing(_words(box.text), pieces.get(number, ())))
            ):
                lost[field] = lost.get(field, "") + missing
        self._root = None
        return (*(self._lost(field, words) for field, words in lost.items()), *self._unpainted(hidden))

    def undrawn(self) -> tuple[Finding, ...]:
        """Findings for texts that are on drawn pages but were not drawn (``text-unpainted``)."""
        return self._unpainted([each for each in self._set if not each.drawn])

    def _lost(self, field: str | None, words: str) -> Finding:
        return error(
            "text-lost",
            f"「{words[:12]}」{_of(field)}など{len(words)}字が、置き場所がなくて紙面に出ません。",
            Where(self._template.file, field=field),
            "data-slot を付けた、大きさの決まった枠に入れるか、次のページへ続く流れの中に置いてください。",
        )

    def _unpainted(self, texts: Sequence[_Set]) -> tuple[Finding, ...]:
        """One finding for each field on each page."""
        words: dict[tuple[str | None, int], str] = {}
        for each in texts:
            place = each.field, each.page
            words[place] = words.get(place, "") + each.words
        return tuple(
            error(
                "text-unpainted",
                f"「{said[:12]}」{_of(field)}など{len(said)}字は、場所は取りますが、印刷も表示もされません。",
                Where(self._looks.file, field=field, page=page),
                "visibility・opacity・color・transform を確かめ、要らない文字なら layout.html から消してください。",
            )
            for (field, page), said in words.items()
        )


def _of(field: str | None) -> str:
    return f"（{field_in_words(field)}）" if field else ""


def _texts_of(box: Any, field: str | None) -> Iterator[tuple[Any, str | None]]:
    """Every text of a box tree before layout, with its field."""
    field = _field(box, field)
    if hasattr(box, "text"):
        yield box, field
    if footnote := getattr(box, "footnote", None):
        yield from _texts_of(footnote, field)
    for child in getattr(box, "children", ()):
        yield from _texts_of(child, field)


def _standing(box: Any, field: str | None, seen: bool) -> Iterator[tuple[Any, str | None, bool]]:
    """Every text on a page, with its field, and whether the box around it is visible."""
    box = getattr(box, "_box", box)  # an absolutely placed box is reached through a placeholder
    field = _field(box, field)
    matrix = box.transformation_matrix
    seen = seen and box.style["opacity"] > 0 and (not matrix or bool(matrix.determinant))
    if hasattr(box, "text"):
        yield box, field, seen
    for child in getattr(box, "children", ()):
        yield from _standing(child, field, seen)


def _field(box: Any, field: str | None) -> str | None:
    if box.element is None or "::" in (box.element_tag or ""):
        return field
    named: str | None = box.element.attrib.get("data-field", field)
    return named


def _is_seen(style: Any) -> bool:
    colour = style["color"]
    return bool(style["visibility"] == "visible" and (colour == "currentcolor" or colour.alpha > 0))


def _words(text: str) -> str:
    """The part of a text that must be seen: without spaces, which lines drop, and without signs that have no ink (soft
    hyphens).
    """
    return _INKLESS.sub("", text)


def _missing(words: str, pieces: Sequence[str]) -> str:
    """The characters of ``words`` that are in none of the ``pieces``; pieces are in order and may repeat."""
    if "".join(pieces) == words:
        return ""
    there = [False] * len(words)
    at = 0
    for piece in pieces:
        for part in (piece, piece[:-1]):  # a broken word ends with a hyphen added by the engine
            place = words.find(part, at)
            place = words.find(part) if place < 0 else place
            if place >= 0:
                at = place + len(part)
                there[place:at] = [True] * len(part)
                break
    return "".join(each for each, is_there in zip(words, there, strict=True) if not is_there)
