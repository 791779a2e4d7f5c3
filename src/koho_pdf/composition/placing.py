"""Finds where every field stands on the composed pages, how full its slot is, and what is wrong.

Reads the engine's laid-out boxes (a seam: see ``engine``) and nothing else. In a layout's HTML ``data-field`` names
the manuscript field an element prints and ``data-slot`` the slot it is printed in; a slot has a fixed size, and text
that leaves it is overset (あふれ), an error: nothing is ever clipped, overlapped or made smaller to fit. Other text in
a slot (such as running titles) says in ``data-owner`` whose words it prints: a field's (``title``), or those of
``koho.yaml`` (``city.municipality``); without one they are the layout's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import inf, sqrt
from typing import Any

from koho_pdf.composition.clearances import Clearances
from koho_pdf.composition.document import Placed, Running
from koho_pdf.composition.figure_rooms import is_room
from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.fonts.stand_ins import StandIns
from koho_pdf.composition.fonts.turned import is_turned, stands_upright
from koho_pdf.composition.owners import CITY, Owners, Whose, own
from koho_pdf.composition.slots import Slot, limit_of, on_page
from koho_pdf.composition.too_wide import TooWide
from koho_pdf.composition.type_checks import TypeChecks
from koho_pdf.content.values.telephone import Telephone
from koho_pdf.findings import Finding, error, field_in_words
from koho_pdf.geometry import Rect, mm_from_px
from koho_pdf.layout.keep_outs import KeepOut
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Tree

_LESS = 1.0  # mm: lines of a column touch, columns stand farther from each other


class Places:
    """The fields of a set of pages: ``placed`` in page and reading order, ``findings`` without repeats."""

    def __init__(
        self,
        pages: Sequence[Any],
        layout: tuple[str, str],
        faces: Sequence[Face],
        stand_ins: StandIns,
        source: Tree,
        city: Mapping[str, int],
        chosen: Mapping[str, str],
        last_text: Callable[[Any], Running | None],
        keep_outs: Sequence[KeepOut] = (),
    ) -> None:
        """``layout`` are its HTML and CSS files, ``city`` the lines of ``koho.yaml`` by their keys, ``chosen`` the key
        for each family that the city has chosen. ``last_text`` gives the last text of a slot's box, if it can be filled
        again.
        """
        self._last_text = last_text
        self._owners = Owners(layout[1], source, city)
        self._type = TypeChecks(faces, stand_ins, self._owners, chosen)
        self._clear = Clearances(keep_outs, self._owners)
        self._wide = TooWide(self._owners)
        self._boxes: dict[tuple[str, int, int], Rect] = {}
        self._pieces: dict[tuple[str, int, int], list[Rect]] = {}
        self._readings: dict[tuple[str, int], list[Rect]] = {}
        self._slots: dict[tuple[str, int, int], Slot | None] = {}
        self._every_slot: list[Slot] = []
        self._upright: Any = None
        for number, page in enumerate(pages, 1):
            self._owners.page = number
            self._trim = Rect(0, 0, mm_from_px(page.width), mm_from_px(page.height))
            self._clear.begin(self._trim, number)
            self._read(page._page_box, None, Whose(None, None, layout[0]), None)
        for slot in self._every_slot:
            self._overset(slot)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The fields in page and reading order; boxes in mm from the trim's top left. One slot is one use."""
        uses = {id(slot): slot.use(self._last_text(slot.box)) for slot in self._slots.values() if slot}
        return tuple(
            Placed(
                name, page, box.rounded(), uses.get(id(self._slots[name, page, count])), self._parts(name, page, count)
            )
            for (name, page, count), box in self._boxes.items()
        )

    def _parts(self, name: str, page: int, count: int) -> tuple[Rect, ...]:
        readings = () if count else self._readings.get((name, page), ())
        return tuple(each.rounded() for each in (*self._pieces[name, page, count], *readings))

    @property
    def over(self) -> dict[str, int]:
        """How many characters are too many in the slots of a name, together."""
        found: dict[str, int] = {}
        for slot in self._every_slot:
            if slot.over:
                found[slot.name] = found.get(slot.name, 0) + slot.over
        return found

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings about these pages, without repeats."""
        return tuple(self._owners.found)

    def _read(self, box: Any, matrix: Any, whose: Whose, slot: Slot | None) -> None:
        box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
        if box.transformation_matrix:
            matrix = box.transformation_matrix @ matrix if matrix else box.transformation_matrix
        attributes = box.element.attrib if box.element is not None and "::" not in (box.element_tag or "") else {}
        whose = whose.inside(attributes)
        if "data-page" in attributes:
            self._clear.begin(self._trim, int(attributes["data-page"]))
        if slot is None and ("data-block" in attributes or "data-piece" in attributes):
            self._wide.check(box, whose)
        outer = self._upright
        if "data-slot" in attributes and (slot is None or slot.box.element is not box.element):
            slot = self._open(box, attributes, whose, slot)
            slot.matrix, self._upright = matrix, None
        elif slot and is_turned(box) and slot.box.element is box.element:
            slot.box, slot.limit, slot.matrix = box, inf, matrix
        if strain := getattr(box, "koho_strain", None):
            self._owners.found[strain.finding(self._owners.where(whose))] = None
        if box.is_table_wrapper:
            self._clear.check_table(self._rect(box, matrix, border=True), whose, box.element)
        text = getattr(box, "text", None)
        if text is not None and not is_room(box):
            self._text(box, text, matrix, whose, slot)
        elif getattr(box, "replacement", None) is not None and "data-field" in attributes:
            self._place(whose.field, self._rect(box, matrix), slot)
        if stands_upright(box):
            self._upright = box
        for child in getattr(box, "children", ()):
            self._read(child, matrix, whose, slot)
        self._upright = outer

    def _open(self, box: Any, attributes: Any, whose: Whose, around: Slot | None) -> Slot:
        line_height = box.style["line_height"]
        feed = getattr(line_height, "value", line_height)
        unit = getattr(line_height, "unit", None)
        line_feed = float(feed) if unit else float(feed) * float(box.style["font_size"])
        direction = "vertical" if box.style["writing_mode"] == "vertical-rl" else "horizontal"
        owner, limit = attributes.get("data-owner", whose.field), limit_of(box)
        known = next((each for each in reversed(self._every_slot) if each.box.element is box.element), None)
        if known and known.limit < inf and "top" in box.remove_decoration_sides:  # what the engine has cut off
            known.goes_on = True
            return known
        page = self._owners.page
        slot = Slot(
            attributes["data-slot"], box, direction, line_feed, owner, page, whose.template, limit, around=around
        )
        self._every_slot.append(slot)
        return slot

    def _text(self, box: Any, text: str, matrix: Any, whose: Whose, slot: Slot | None) -> None:
        if not text.strip():
            return
        ruby = box.element_tag == "rt" or "koho_below" in box.__dict__  # or a warichu, half the size of its line
        rect = self._rect(box, matrix)
        if whose.field and ruby:
            self._readings.setdefault((whose.field, self._owners.page), []).append(rect)
        elif whose.field:
            self._place(whose.field, rect, slot)
        if scale := _scale(matrix):  # at 0 it is not painted, and told as that
            self._type.check(box.style, text, whose, scale, ruby=ruby)
        if slot and not ruby:
            slot.fill(box, text, whose.field, self._upright, matrix)
        if not (slot and slot.over) and not self._wide.is_told(whose.field):  # it is told as overset, or as too wide
            self._clear.check(rect, text, whose, box.element)

    def _place(self, name: str | None, rect: Rect, slot: Slot | None) -> None:
        """Note a box of a field. A field that is printed in two places (a summary and the full text) has a box for each
        slot.
        """
        if not name:
            return
        count = 0
        while (key := (name, self._owners.page, count)) in self._slots and self._slots[key] is not slot:
            count += 1
        self._slots[key] = slot
        self._boxes[key] = self._boxes[key].union(rect) if key in self._boxes else rect
        pieces = self._pieces.setdefault(key, [])
        if pieces and _touch(pieces[-1], rect):
            pieces[-1] = pieces[-1].union(rect)
        else:
            pieces.append(rect)

    def _rect(self, box: Any, matrix: Any, *, border: bool = False) -> Rect:
        """Its margin box on the page, or its ``border`` box."""
        x, y = (box.border_box_x(), box.border_box_y()) if border else (box.position_x, box.position_y)
        width, height = (box.border_width, box.border_height) if border else (box.margin_width, box.margin_height)
        place = on_page(x, y, width(), height(), matrix)
        return Rect(*map(mm_from_px, (place.x, place.y, place.width, place.height)))

    def _overset(self, slot: Slot) -> None:
        if not slot.over:
            return
        use = slot.use(None)
        lines = max(0, use.lines_used - use.lines)
        of_desk = (slot.over_field or slot.owner or "").startswith(CITY)
        named = field_in_words(own(slot.owner or ""))
        place = f"（{named}の枠「{slot.name}」）" if named else f"（枠「{slot.name}」）"
        shorter = f"文を{slot.over}字ほど短くしてください"
        if of_desk:  # nobody can shorten the name of a city
            shorter = f"{slot.over}字ほど短い書き方にするか、デザイナーに枠を広げてもらってください"
        elif number := self._telephone(slot.over_field):
            shorter = f"「{number}」のように、かっこや空白を使わずに書いてください"
        elif not lines and (slot.over_field or "").endswith(".file"):  # the cells of a table
            shorter = "表の列を減らすか、セルの言葉を短くしてください"
        elif not lines and use.lines > 1:  # a word is wider than its line; the editor can allow a break in it
            shorter += "。長い言葉の途中で折り返してよければ、そこに {改行} と書いてください"
        amount = f"{lines}行、約{slot.over}字" if lines else f"約{slot.over}字"
        told = f"文字が枠に入りません{place}。{amount}あふれています。"
        if (wide := slot.wide) and _IN_ONE.fullmatch(wide[0]):  # nobody can shorten an address by so many characters
            told = f"「{wide[0]}」が枠の幅より {mm_from_px(wide[1]):.1f} mm 長くて、1行に入りません{place}。"
            if not self._telephone(slot.over_field):
                shorter = (
                    "途中で折り返せません。短い書き方にするか、デザイナーに枠を広げるか文字を小さくしてもらってください"
                )
        self._owners.tell(
            error(
                "overset",
                told,
                self._owners.where(Whose(slot.over_field or slot.owner, None, slot.template), slot.page),
                f"この枠に入るのは{use.lines}行です。{shorter}。",
            )
        )

    def _telephone(self, name: str | None) -> str:
        """A shorter form of a telephone number; empty if the field is not one, or cannot be shorter."""
        typed = self._owners.source.at(name) if name else None
        try:
            number = Telephone.parse(typed) if isinstance(typed, str) else None
        except Refusal:
            return ""
        return number.hyphened if number and len(number.hyphened) < len(number.printed) else ""


_IN_ONE = re.compile(r"[!-~]+")
"""A mail or web address, a number: one word, without a place to break."""


def _touch(one: Rect, other: Rect) -> bool:
    """Whether two parts of a field follow each other in one column: next to nothing is between them."""
    across = max(one.x, other.x) - min(one.right, other.right)
    down = max(one.y, other.y) - min(one.bottom, other.bottom)
    return max(across, down) <= _LESS


def _scale(matrix: Any) -> float:
    """How much larger something stands on the page than its style says."""
    if not matrix:
        return 1.0
    a, b, c, d, *_ = matrix.values
    return sqrt(abs(a * d - b * c))
