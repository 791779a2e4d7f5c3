"""Seams ``build_formatting_structure``, ``block_container_layout``: ``writing-mode: vertical-rl``.

The engine only knows horizontal lines. So, after the box tree is built and before layout, the contents of each vertical
block move into an inner box with swapped width and height, which is turned 90 degrees clockwise as a whole. Their text
gets faces whose upright characters are turned the other way (``turned``). Lines, kinsoku, ruby, columns: everything in
the inner box is ordinary horizontal layout, and the box in the page keeps the designer's size. Pictures and horizontal
blocks are turned back in it (``upright``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import wraps
from math import inf
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from koho_pdf.composition.engine.leaf import is_marker
from koho_pdf.composition.engine.turned_sides import PHYSICAL, turned_sides
from koho_pdf.composition.engine.upright import QUARTER, Frame, held, laid_out, refusal
from koho_pdf.composition.engine.warm import NewFaces, Warm
from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.fonts.stand_ins import StandIns
from koho_pdf.composition.fonts.turned import ALL, DIGITS, SUFFIX, Wanted, is_turned, stands_upright, turned_face
from koho_pdf.composition.paragraph.orientation import Stance, stances, units_of
from koho_pdf.findings import Finding, Where, error

P = ParamSpec("P")
R = TypeVar("R")
_OTHER_SIDE = {"underline": "overline", "overline": "underline"}
_NUMBER = re.compile(r"[(]?[0-9A-Za-z]{1,3}[.)]?")  # of an item of a list
_COLUMNS = ("count", "width", "gap", "fill", "rule_color", "rule_style", "rule_width")


def with_vertical(original: Any) -> Any:
    """Move vertical content into boxes that are turned."""

    def build_formatting_structure(*arguments: Any) -> Any:
        root = original(*arguments)
        composer: Vertical | None = root.style.font_config.__dict__.pop("koho_vertical", None)
        if composer:
            composer.turn(root)
        return root

    return build_formatting_structure


def as_wide_as_lines(original: Any) -> Any:
    """Give a vertical block's inner box, and the upright elements in it, the sizes that depend on their
    surroundings.
    """

    def block_container_layout(context: Any, box: Any, *more: Any, **named: Any) -> Any:
        if stands_upright(box):
            return laid_out(original, context, box, *more, **named)
        if frame := getattr(box, "koho_frame", None):
            frame.width, frame.height = box.width or inf, box.height
            inner = box.children[0]
            _size(inner, box.height, box.width if frame.is_sized else "auto")
            if not frame.is_sized:  # as wide as its lines need (CSS Writing Modes 4, 7.3)
                from weasyprint.layout.absolute import absolute_box_layout

                tried = inner.copy()
                tried.position_x, tried.position_y = box.content_box_x(), box.content_box_y()
                box.width = absolute_box_layout(context, tried, box, [], 0, None)[0].height
            inner.style = _turning(inner.style, box.width)
        return original(context, box, *more, **named)

    return block_container_layout


def _size(inner: Any, width: float, height: float | str) -> None:
    """Give an inner box, and the box of its columns if it has one, its size (CSS pixels)."""
    from weasyprint.css.properties import Dimension

    for box in (inner, *(child for child in inner.children if is_turned(child) and child.element is inner.element)):
        box.style = box.style.copy()
        box.style["width"] = Dimension(width, "px")
        box.style["height"] = height if isinstance(height, str) else Dimension(height, "px")


def _turning(style: Any, width: float) -> Any:
    """The style of an inner box, turned around the head of its first line, which is at the right of its block."""
    from weasyprint.css.properties import Dimension

    turned = style.copy()
    turned.update(
        height=Dimension(width, "px"),
        transform=(("translate", (Dimension(width, "px"), Dimension(0, "px"))), ("rotate", QUARTER)),
        transform_origin=(Dimension(0, "px"), Dimension(0, "px")),
    )
    return turned


def anew(compose: Callable[P, R]) -> Callable[P, R]:
    """Compose once more, if it is found that the session needs other turned faces."""

    @wraps(compose)
    def composed(*arguments: P.args, **named: P.kwargs) -> R:
        try:
            return compose(*arguments, **named)
        except NewFaces:
            return compose(*arguments, **named)

    return composed


class Vertical:
    """Turns the vertical blocks of one document; ``findings`` tells what cannot be turned. In a session (``warm``) the
    turned faces have the characters of all its pages, so that they mostly stay when a word changes."""

    def __init__(
        self,
        faces: Sequence[Face],
        stand_ins: StandIns,
        cache: Path,
        fetcher: Any,
        layout: Where,
        warm: Warm | None = None,
    ) -> None:
        self._warm = warm
        self.findings: list[Finding] = []
        self._faces, self._stand_ins, self._layout = faces, stand_ins, layout
        self._cache, self._fetcher = cache, fetcher
        self._wanted: dict[Face, Wanted] = {}
        self._first: dict[Path, Face] = {}  # a file may be in several families, but is turned once
        for face in faces:
            self._first.setdefault(face.path, face)
        self._styles: dict[int, tuple[Any, Any]] = {}

    def turn(self, root: Any) -> None:
        """Turn every vertical block below the root of a box tree, and make the faces known to the engine."""
        if _is_vertical(root):
            self._tell(root, "ページ全体は縦組みにできません", "大きさの決まった枠を縦組みにしてください。")
            return
        self._look(root)
        fonts = root.style.font_config
        for face, wanted in self._wanted.items():
            all_wanted = self._warm.turned_of(fonts, face.path, wanted) if self._warm else wanted
            if all_wanted:
                source = [("external", turned_face(face, all_wanted, self._cache).as_uri())]
                family, weight = face.in_file
                weight = min(max(round(weight, -2), 100), 900)  # CSS Fonts 4, 2.2.3
                described = {"font_family": family + SUFFIX, "font_weight": weight, "src": source}
                fonts.add_font_face(described, self._fetcher)
            if face.listed and not face.is_vertical and not wanted.is_blank:
                self.findings.append(_not_vertical(face, face.listed))

    def _look(self, box: Any, sized: bool = False) -> None:
        """Turn the vertical blocks below a box; ``sized`` says whether percentages of its height can be resolved."""
        for child in getattr(box, "children", ()):
            if _is_vertical(child):
                self._block(child, _has_height(child, box, sized) and child.style["height"] != "auto")
            else:
                self._look(child, _has_height(child, box, sized))

    def _block(self, box: Any, sized: bool) -> None:
        from weasyprint.formatting_structure.boxes import BlockBox, InlineBlockBox

        if type(box) not in (BlockBox, InlineBlockBox):
            self._tell(
                box, "縦組みにできるのは段落や div のような枠だけです", "div で包み、div を縦組みにしてください。"
            )
            return
        frame = Frame(box.element, box.style["width"] != "auto")
        if not sized or (not frame.is_sized and (box.is_flex_item or box.is_grid_item)):
            self._tell(box, "縦組みの枠の大きさが決まっていません", "height と width を mm で書いてください。")
            return
        children = [self._content(child, frame, True) for child in box.children]
        inner = box.style.anonymous_style.copy()
        inner["font_family"] = self._families(box.style)
        if (box.style["column_count"], box.style["column_width"]) != ("auto", "auto"):
            columns = inner.copy()
            columns.update({f"column_{key}": box.style[f"column_{key}"] for key in _COLUMNS})
            box.style = box.style.copy()
            box.style.update(column_count="auto", column_width="auto")
            holder = BlockBox(box.element_tag, columns, box.element, children)
            holder.koho_turned = True
            children = [holder]
        inner["position"] = "absolute"
        turned = BlockBox(box.element_tag, inner, box.element, children)
        turned.koho_turned = True
        box.koho_frame = frame
        box.children = [turned]

    def _content(self, box: Any, frame: Frame, outermost: bool, em: float = 0.0) -> Any:
        """A box of a vertical block, prepared for the inner box; ``em`` is that of the type around it (CSS pixels)."""
        from weasyprint.formatting_structure.boxes import LineBox, ReplacedBox, TextBox

        if isinstance(box, ReplacedBox) or not _is_vertical(box):
            if why := refusal(box, frame, outermost):
                self._tell(box, *why)
                return box
            self._look(box, box.style["height"] != "auto")
            return held(box, self._styled(box.style), frame, em)
        if isinstance(box, TextBox):
            self._text(box)
        else:
            outermost &= isinstance(box, LineBox) or box.element is frame.element
            em = float(box.style["font_size"])
            box.style = self._styled(box.style)
            box.children = [self._content(child, frame, outermost, em) for child in box.children]
        return box

    def _text(self, box: Any) -> None:
        """Prepare a text box: the characters that its face needs, how its cells are made, which Latin
        stands upright.
        """
        combine, asked = box.style["text_combine_upright"], box.style["font_family"]
        if is_marker(box) and combine != "none" and _NUMBER.fullmatch(box.text.strip()):
            combine = "all"  # 1. and 10. stand upright in one cell, as the figures of a list do
        text, places = "", list[int]()
        for piece in self._stand_ins.pieces(box.text, asked, box.style["font_weight"]):
            text += "".join(piece.text)
            places += piece.places
            if piece.face is not None:  # without the words around it: ₂ lies with CO, or alone
                self._want(piece.face).add_alone("".join(piece.text))
        for family in asked:
            for face in self._of(family, box.style):
                self._want(face).add(text, combine)
            if all(any(ord(c) in face.characters for face in self._of(family, box.style)) for c in text):
                break
        box.style = self._styled(box.style)
        if combine != "digits 2":
            features = box.style["font_feature_settings"]
            box.style = box.style.copy()
            own = (ALL, 1) if combine == "all" else (DIGITS, 0)
            box.style["font_feature_settings"] = (*(() if features == "normal" else features), own)
        box.koho_upright = upright = set()
        number = 0
        for stance, part in stances(text, combine):
            for unit in [part] if stance is Stance.CELL else units_of(part):
                if stance is not Stance.LYING:  # invisible ones at the head belong to it (``shaping``)
                    upright.add(len(box.text[: places[number] if number else 0].encode()))
                number += len(unit)

    def _styled(self, style: Any) -> Any:
        """A style with the page's sides turned to the inner box's (CSS Writing Modes 4, 6), and turned faces."""
        if id(style) not in self._styles:
            made = style.copy()
            if hasattr(style, "cascaded"):
                made.cascaded = turned_sides(style.cascaded)
                for key in PHYSICAL:
                    made.pop(key, None)
            made["font_family"] = self._families(style)
            if (decoration := style["text_decoration_line"]) != "none":
                # Underlines of vertical Japanese stand at the right (CSS Text Decoration 3, 2.6).
                made["text_decoration_line"] = {_OTHER_SIDE.get(line, line) for line in decoration}
            self._styles[id(style)] = style, made  # with its key: an id is valid only while its object lives
        return self._styles[id(style)][1]

    def _families(self, style: Any) -> tuple[str, ...]:
        for face in self._of(style["font_family"][0], style):
            self._want(face)  # the engine measures empty lines by it
        return tuple(family + SUFFIX for family in style["font_family"])

    def _want(self, face: Face) -> Wanted:
        """What is wanted of the turned face of this one."""
        return self._wanted.setdefault(self._first[face.path], Wanted())

    def _of(self, family: str, style: Any) -> list[Face]:
        faces = [face for face in self._faces if face.family == family]
        return [face for face in faces if face.weight == style["font_weight"]] or faces

    def _tell(self, box: Any, message: str, hint: str) -> None:
        attributes = box.element.attrib if box.element is not None else {}
        field, tag = attributes.get("data-field"), box.element_tag.rpartition("}")[2]
        named = "".join(f' {key}="{attributes[key]}"' for key in ("id", "class", "data-slot") if key in attributes)
        self.findings.append(
            error(
                "vertical-unsupported",
                f"{message}（<{tag}{named}>）。",
                Where(self._layout.file, field=field),
                hint,
            )
        )


def _not_vertical(face: Face, listed: Where) -> Finding:
    return error(
        "font-not-vertical",
        f"書体「{face.family}」には縦組みの字形（vert）か縦組みの幅（vmtx）がないので、縦組みにできません。",
        listed,
        "縦組みのあるレイアウトでは、koho.yaml の faces で、縦組みのできる書体を選んでください。",
    )


def _is_vertical(box: Any) -> bool:
    return bool(box.style["writing_mode"] == "vertical-rl")


def _has_height(box: Any, parent: Any, sized: bool) -> bool:
    """Whether a box's style gives its height, if its ``parent`` is ``sized`` (CSS Sizing 3, 5.1.1)."""
    height = box.style["height"]
    if height == "auto":
        return sized and box.element is parent.element  # an anonymous box, which percentages ignore
    if box.is_flex_item or box.is_grid_item:
        sized = False
    return getattr(height, "unit", None) == "px" or sized or box.style["position"] in ("absolute", "fixed")
