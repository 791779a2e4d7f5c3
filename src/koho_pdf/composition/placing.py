"""Finds where every field stands on the composed pages, how full its slot is, and what is wrong.

Reads the engine's laid-out boxes (a seam: see ``engine``) and nothing else. In a layout's HTML ``data-field`` names
the manuscript field an element prints and ``data-slot`` the slot it is printed in; a slot has a fixed size, and text
that leaves it is overset (あふれ), an error: nothing is ever clipped, overlapped or made smaller to fit. Other text in
a slot (such as running titles) says in ``data-owner`` whose words it prints: a field's (``title``), or those of
``koho.yaml`` (``city.municipality``); without one they are the layout's.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from koho_pdf.composition.document import Placed
from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.fonts.stand_ins import StandIns, is_presentation, seen
from koho_pdf.composition.fonts.turned import SUFFIX, is_turned, stands_upright
from koho_pdf.composition.slots import Slot, limit_of
from koho_pdf.content.values.telephone import Telephone
from koho_pdf.findings import Finding, Where, error, field_in_words, warning
from koho_pdf.geometry import Rect, mm_from_px, q_from_px
from koho_pdf.manuscript.invisible import UNSEEN
from koho_pdf.manuscript.paths import above
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Tree

SMALLEST_Q = 13  # about 9.2 pt: below 9 pt is an error in a leaflet for every reader; ruby is half its base
SAFE_MM = 5  # mm: nothing important nearer to the trim (断裁のずれ)
_CITY = ("city.", "desk.")  # the owner of words from koho.yaml, in templates of today and of format 0


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
    ) -> None:
        """``layout`` are its HTML and CSS files, ``city`` the lines of ``koho.yaml`` by their keys."""
        self._template, self._looks = layout
        self._source, self._city = source, city
        self._faces, self._stand_ins = faces, stand_ins
        self._found: dict[Finding, None] = {}
        self._boxes: dict[tuple[str, int, int], Rect] = {}
        self._slots: dict[tuple[str, int, int], Slot | None] = {}
        self._every_slot: list[Slot] = []
        self._near: set[tuple[Any, int, bool]] = set()
        self._upright: Any = None
        self._stood_in: set[tuple[str, str | None]] = set()  # told once for each field, on its first page
        for number, page in enumerate(pages, 1):
            self._page = number
            self._trim = Rect(0, 0, mm_from_px(page.width), mm_from_px(page.height))
            self._read(page._page_box, None, None, None)
        for slot in self._every_slot:
            self._overset(slot)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The fields in page and reading order; boxes in mm from the trim's top left. One slot is one use."""
        uses = {id(slot): slot.use() for slot in self._slots.values() if slot}
        return tuple(
            Placed(name, page, box.rounded(), uses.get(id(self._slots[name, page, count])))
            for (name, page, count), box in self._boxes.items()
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings about these pages, without repeats."""
        return tuple(self._found)

    def _read(self, box: Any, matrix: Any, name: str | None, slot: Slot | None) -> None:
        box = getattr(box, "_box", box)  # an absolutely placed box stands behind a placeholder
        if box.transformation_matrix:
            matrix = box.transformation_matrix @ matrix if matrix else box.transformation_matrix
        attributes = box.element.attrib if box.element is not None and "::" not in (box.element_tag or "") else {}
        name = attributes.get("data-field", name)
        if "data-slot" in attributes and (slot is None or slot.box.element is not box.element):
            slot = self._open(box, attributes, name)
        elif slot and is_turned(box) and slot.box.element is box.element:
            slot.box, slot.limit = box, inf
        if strain := getattr(box, "koho_strain", None):
            self._found[strain.finding(self._where(name))] = None
        text = getattr(box, "text", None)
        if text is not None:
            self._text(box, text, matrix, name, slot)
        elif getattr(box, "replacement", None) is not None and "data-field" in attributes:
            self._place(name, self._rect(box, matrix), slot)
        outer = self._upright
        if stands_upright(box):
            self._upright = box
        for child in getattr(box, "children", ()):
            self._read(child, matrix, name, slot)
        self._upright = outer

    def _open(self, box: Any, attributes: Any, name: str | None) -> Slot:
        line_height = box.style["line_height"]
        feed = getattr(line_height, "value", line_height)
        unit = getattr(line_height, "unit", None)
        line_feed = float(feed) if unit else float(feed) * float(box.style["font_size"])
        direction = "vertical" if box.style["writing_mode"] == "vertical-rl" else "horizontal"
        owner, limit = attributes.get("data-owner", name), limit_of(box)
        known = next((each for each in reversed(self._every_slot) if each.box.element is box.element), None)
        if known and known.limit < inf and "top" in box.remove_decoration_sides:  # what the engine has cut off
            known.goes_on = True
            return known
        slot = Slot(attributes["data-slot"], box, direction, line_feed, owner, self._page, limit)
        self._every_slot.append(slot)
        return slot

    def _text(self, box: Any, text: str, matrix: Any, name: str | None, slot: Slot | None) -> None:
        if not text.strip():
            return
        ruby = box.element_tag == "rt" or "koho_below" in box.__dict__  # or a warichu, half the size of its line
        rect = self._rect(box, matrix)
        if name and not ruby:
            self._place(name, rect, slot)
        self._check_type(box, text, name, ruby)
        if slot and not ruby:
            slot.fill(box, text, name, self._upright)
        safe = self._trim.grown(-SAFE_MM)
        if safe.union(rect) != safe and not (slot and slot.over):  # overset text is told as overset
            self._tell_near(box, text, name, beyond=self._trim.union(rect) != self._trim)

    def _tell_near(self, box: Any, text: str, name: str | None, *, beyond: bool) -> None:
        """Tell a text near the trim or ``beyond`` it; once on each page for a field or an element, where it begins."""
        if (key := (name or box.element, self._page, beyond)) in self._near:
            return
        self._near.add(key)
        if beyond:
            self._tell(
                "text-off-page",
                f"「{text[:12]}」が仕上りの外にはみ出しています。",
                name,
                "文章を短くするか、デザイナーに文字の枠を広げるか動かすかしてもらってください。",
            )
        else:
            self._tell(
                "text-near-trim",
                f"「{text[:12]}」が仕上りの端から{SAFE_MM}ミリ以内にあります。",
                name,
                "断裁で切れるおそれがあります。文章を短くするか、デザイナーに文字の枠を内側へ動かしてもらってください。",
            )

    def _place(self, name: str | None, rect: Rect, slot: Slot | None) -> None:
        """Note a box of a field. A field that is printed in two places (a summary and the full text) has a box for each
        slot.
        """
        if not name:
            return
        count = 0
        while (key := (name, self._page, count)) in self._slots and self._slots[key] is not slot:
            count += 1
        self._slots[key] = slot
        self._boxes[key] = self._boxes[key].union(rect) if key in self._boxes else rect

    def _rect(self, box: Any, matrix: Any) -> Rect:
        x, y = box.position_x, box.position_y
        corners = [(x, y), (x + box.margin_width(), y), (x, y + box.margin_height())]
        corners.append((corners[1][0], corners[2][1]))
        if matrix:
            corners = [matrix.transform_point(*corner) for corner in corners]
        xs, ys = [mm_from_px(x) for x, _ in corners], [mm_from_px(y) for _, y in corners]
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    def _overset(self, slot: Slot) -> None:
        if not slot.over:
            return
        use = slot.use()
        lines = max(0, use.lines_used - use.lines)
        of_desk = (slot.over_field or slot.owner or "").startswith(_CITY)
        named = field_in_words(_own(slot.owner or ""))
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
        self._tell(
            "overset",
            f"文字が枠に入りません{place}。{amount}あふれています。",
            slot.over_field or slot.owner,
            f"この枠に入るのは{use.lines}行です。{shorter}。",
            slot.page,
        )

    def _telephone(self, name: str | None) -> str:
        """A shorter form of a telephone number; empty if the field is not one, or cannot be shorter."""
        typed = self._source.at(name) if name else None
        try:
            number = Telephone.parse(typed) if isinstance(typed, str) else None
        except Refusal:
            return ""
        return number.hyphened if number and len(number.hyphened) < len(number.printed) else ""

    def _tell_of_family(self, family: str) -> None:
        """A family that is not there, to the editor where the manuscript names it, else to the designer."""
        near = difflib.get_close_matches(family, sorted({face.family for face in self._faces}), 1, 0.6)
        meant = f"「{near[0]}」のことではありませんか。" if near else ""
        told = f"書体「{family}」は fonts.yaml にありません。", f"{meant}使える書体は koho fonts で見られます。"
        if field := next((each for each in self._source.lines if self._source.at(each) == family), None):
            self._tell("font-family-unknown", told[0], field, told[1])
        else:
            self._tell_designer("font-family-unknown", *told)

    def _check_type(self, box: Any, text: str, name: str | None, ruby: bool) -> None:
        style = box.style
        vertical = style["writing_mode"] == "vertical-rl"
        families = [family.removesuffix(SUFFIX) if vertical else family for family in style["font_family"]]
        known = [face for face in self._faces if face.family in families]
        for family in families:
            if not any(face.family == family for face in self._faces):
                self._tell_of_family(family)
        if style["font_style"] != "normal":
            self._tell(
                "font-slant-missing",
                f"「{text[:12]}」に斜体が求められていますが、斜体の書体はありません。",
                name,
                "レイアウトの font-style を normal にしてください。",
            )
        weights = [face for face in known if face.weight == style["font_weight"]]
        if known and not weights:
            self._tell_designer(
                "font-weight-missing",
                f"{'ルビの' if ruby else ''}書体「{families[0]}」に太さ {style['font_weight']} はありません。",
                f"レイアウトの{' rt の ' if ruby else ' '}font-weight を、koho fonts が示す太さにしてください。",
            )
        if weights and not self._stand_ins.is_plain(text, tuple(families), style["font_weight"]):
            self._check_glyphs(text, tuple(families), style["font_weight"], name)
        size = q_from_px(float(style["font_size"]))
        if not ruby and size < SMALLEST_Q - 0.01:
            self._tell(
                "type-too-small",
                f"「{text[:12]}」が{size:.1f}級です。",
                name,
                f"{SMALLEST_Q}級より小さい文字は読めない人がいます。",
            )

    def _check_glyphs(self, text: str, asked: tuple[str, ...], weight: int, name: str | None) -> None:
        """Tell characters that a stand-in draws, and characters that no face draws."""
        for _, unit in seen(text):
            if is_presentation(unit) and not self._stand_ins.is_drawn(unit, asked, weight):
                unit = unit[0]
            told = f"「{unit}」（{' '.join(f'U+{ord(character):04X}' for character in unit)}）"
            if face := self._stand_ins.for_unit(unit, asked, weight):
                if (unit, name) in self._stood_in:
                    continue
                self._stood_in.add((unit, name))
                finding = warning(
                    "glyph-stands-in",
                    f"{told}は紙面の書体にない字なので、「{face.family}」の字で組みました。",
                    self._where(name),
                    "紙面を大きくして、字の形を確かめてください。別の字でよければ改めてください。",
                )
                self._found[finding] = None
            elif not self._stand_ins.is_drawn(unit, asked, weight):
                form = f"その形の字（異体字）がどの書体にもありません。もとの字は「{unit[0]}」です。"
                self._tell(
                    "glyph-missing",
                    told + (form if UNSEEN.search(unit) else "の字がどの書体にもありません。"),
                    name,
                    "使ってよい別の字（常用の字体など）に改めるか、その字のある書体を fonts に加えてください。",
                )

    def _tell_designer(self, code: str, message: str, hint: str) -> None:
        """Tell a slip of the layout once, however many texts have it."""
        self._found[error(code, message, Where(self._looks), hint)] = None

    def _tell(self, code: str, message: str, name: str | None, hint: str, page: int | None = None) -> None:
        self._found[error(code, message, self._where(name, page), hint)] = None

    def _where(self, name: str | None, page: int | None = None) -> Where:
        """The source of some words: the line of a field, of ``koho.yaml``, or else the layout."""
        page = page or self._page
        known = name or ""
        while known and known not in self._source.lines:  # a paragraph of a text has the line of the text
            known = above(known)
        line = self._source.lines.get(known) if known else None
        if name is None:
            return Where(self._template, page=page)
        if name.startswith(_CITY):
            return Where("koho.yaml", self._city.get(_own(name)), page=page)
        return Where(self._source.of(name).file if line else None, line, None, name, page)


def _own(owner: str) -> str:
    """The key in ``koho.yaml`` for words from there; another owner unchanged."""
    return owner.partition(".")[2] if owner.startswith(_CITY) else owner
