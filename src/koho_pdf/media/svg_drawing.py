"""An SVG file as a ``Drawing``: this module lists what it may hold; the rest is refused, or left out if nothing is
lost.

Styles become attributes, ``use`` is replaced by its target, colours are read. Scripts, handlers, animations and private
data of programs are removed. Nothing outside the file is ever read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from koho_pdf.media.line_art import DEEPEST, MOST_ELEMENTS, MOST_POINTS, SVG, Drawing, Undrawable
from koho_pdf.media.path_data import length, numbers, path, transform
from koho_pdf.media.svg_elements import GROUPS, MOVING, SHAPES, SIZES, TEXTS, UNSEEN
from koho_pdf.media.svg_gradients import GRADIENTS, gradient
from koho_pdf.media.svg_size import size_of_root, view_of
from koho_pdf.media.svg_styles import (
    EFFECTS,
    WORDS,
    chosen,
    colour,
    current_of,
    fragment,
    only_cuts,
    referred,
    share,
    styles_of,
)
from koho_pdf.media.svg_tree import tree_of

_FIT = re.compile(r"(?:none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max))(?: (?:meet|slice))?")


def svg_drawing(content: bytes) -> Drawing:
    """The drawing in an SVG file. Raises ``Undrawable``."""
    root = tree_of(content)
    if root.tag not in (f"{{{SVG}}}svg", "svg"):
        raise Undrawable("broken", f"SVG でない（{root.tag.rpartition('}')[2][:20]}）")
    if root.tag == "svg":  # no namespace, and then none in its content either
        for element in root.iter():
            element.tag = element.tag if element.tag.startswith("{") else f"{{{SVG}}}{element.tag}"
    try:
        return _Cleaner(root).drawing()
    except RecursionError:
        raise Undrawable("too-complex", "入れ子が深い") from None
    except (ValueError, NotImplementedError, ArithmeticError, LookupError):  # of values that no program writes
        raise Undrawable("broken", "値") from None


class _Cleaner:
    def __init__(self, root: Element) -> None:
        self._root = root
        self._styles = styles_of(root)
        self._by_id = {name: each for each in reversed(list(root.iter())) if (name := each.get("id"))}
        self._made = Element("svg")
        self._making: set[str] = set()
        self._defs: dict[str, str] = {}  # new definitions by their old names
        self._left_out: dict[str, None] = {}
        self._shapes: dict[tuple[Element, str], tuple[dict[str, str], int]] = {}  # what ``use`` shows again
        self._elements = self._points = self._depth = 0

    def drawing(self) -> Drawing:
        left, top, across, down = view_of(self._root)
        self._size = across, down
        width, height = size_of_root(self._root, across, down)
        self._made.set("viewBox", f"{left:g} {top:g} {across:g} {down:g}")
        fit = self._root.get("preserveAspectRatio", "").strip()
        if _FIT.fullmatch(fit):
            self._made.set("preserveAspectRatio", fit)
        self._made.set("fill", "#000000")
        self._heard(self._root)
        self._own(self._root, self._made, "#000000")
        for child in self._root:
            self._draw(child, self._made, current_of(self._styles.get(self._root, {}), "#000000"))
        if not any(each.tag in SHAPES for each in self._made.iter()):
            raise Undrawable("empty")
        return Drawing(self._made, width, height, tuple(self._left_out))

    def _heard(self, element: Element) -> None:
        if any(name.lower().startswith("on") for name in element.attrib):
            self._left_out["script"] = None

    def _draw(self, element: Element, into: Element, current: str) -> None:
        """Draw an element into a new group, if it shows something."""
        if not element.tag.startswith(f"{{{SVG}}}"):
            return  # private data of programs
        tag = element.tag.rpartition("}")[2]
        self._heard(element)
        said = self._styles.get(element, {})
        if tag == "script" or tag in MOVING:
            self._left_out["script" if tag == "script" else "animation"] = None
            return
        if tag in UNSEEN or said.get("display") == "none" or tag in GRADIENTS or tag in ("clipPath", "marker"):
            if next(element.iter(f"{{{SVG}}}script"), None) is not None:
                self._left_out["script"] = None
            return
        if tag in TEXTS:
            if "".join(element.itertext()).strip():
                raise Undrawable("text", "".join(element.itertext()).split()[0][:12])
            return
        if tag == "image":
            raise Undrawable("picture")
        if tag == "use":
            self._use(element, into, current)
        elif tag in GROUPS:
            if tag in ("svg", "symbol") and element.get("viewBox"):
                raise Undrawable("effects", "中に置かれた別の svg・symbol（viewBox）")
            self._group(element, into, current, [*chosen(element)] if tag == "switch" else list(element))
        elif tag in SHAPES:
            self._shape(element, into, current)
        elif tag not in ("mask", "pattern", "filter"):  # told where they are used
            raise Undrawable("effects", tag[:20])

    def _group(self, element: Element, into: Element, current: str, children: list[Element]) -> None:
        self._deeper()
        group = self._new("g", into)
        self._own(element, group, current)
        if element.tag.endswith("}svg"):
            self._moved(element, group)
        current = current_of(self._styles.get(element, {}), current)
        for child in children:
            self._draw(child, group, current)
        self._depth -= 1

    def _use(self, element: Element, into: Element, current: str) -> None:
        source = self._by_id.get(referred(element))
        if source is None:
            return
        self._deeper()
        group = self._new("g", into)
        self._own(element, group, current)
        self._moved(element, group)
        said = self._styles.get(element, {})
        if source.tag == f"{{{SVG}}}symbol":
            if source.get("viewBox"):
                raise Undrawable("effects", "symbol（viewBox）")
            self._group(source, group, current_of(said, current), list(source))
        else:
            self._draw(source, group, current_of(said, current))
        self._depth -= 1

    def _moved(self, element: Element, group: Element) -> None:
        x, y = (length(element.get(name, "0"), whole) for name, whole in zip("xy", self._size, strict=True))
        if x or y:
            group.set("transform", f"{group.get('transform', '')} translate({x:g} {y:g})".strip())

    def _shape(self, element: Element, into: Element, current: str) -> None:
        tag = element.tag.rpartition("}")[2]
        made, points = self._new(tag, into), self._points
        if known := self._shapes.get((element, current)):
            made.attrib.update(known[0])
            self._pointed(known[1])
            return
        for name in SHAPES[tag]:
            if (told := element.get(name)) and told != "auto":
                whole = self._size[name in ("y", "height", "cy", "ry", "y1", "y2")]  # across or down
                size = length(told, whole)
                made.set(name, f"{max(0.0, size) if name in SIZES else size:g}")
        if tag == "path":
            data, count = path(element.get("d", ""))
            made.set("d", data)
            self._pointed(count)
        elif tag in ("polyline", "polygon"):
            numbered = numbers(element.get("points", ""))
            made.set("points", " ".join(f"{each:.6g}" for each in numbered[: len(numbered) // 2 * 2]))
            self._pointed(len(numbered))
        points = self._points - points
        self._own(element, made, current)
        self._shapes[element, current] = dict(made.attrib), points

    def _own(self, element: Element, made: Element, current: str) -> None:
        """Write the element's own properties as attributes of the new element."""
        said = self._styles.get(element, {})
        current = current_of(said, current)
        for name in EFFECTS:
            if name == "paint-order" and said.get("stroke", "none") == "none":
                continue  # only one thing is painted
            if name == "mask" and "clip-path" not in said and self._masked(made, said.get(name, "none")):
                continue
            if said.get(name, "none") not in ("none", "normal", "auto", ""):
                raise Undrawable("effects", name)
        for name, value in said.items():
            if value in ("inherit", "unset", "initial", "revert"):
                continue
            if name in ("fill", "stroke"):
                self._paint(made, name, value, current)
            elif name in WORDS:
                if value in WORDS[name]:
                    made.set(name, value)
            elif name in ("opacity", "fill-opacity", "stroke-opacity"):
                shown = share(value) * float(made.get(name, "1"))
                made.set(name, f"{shown:g}")
            elif name in ("stroke-width", "stroke-dashoffset"):
                made.set(name, f"{length(value, sum(self._size) / 2):g}")
            elif name == "stroke-miterlimit":
                made.set(name, f"{max(1.0, length(value, 0)):g}")
            elif name == "stroke-dasharray" and value not in ("none", "inherit"):
                parts = [length(each, sum(self._size) / 2) for each in re.split(r"[\s,]+", value) if each]
                made.set(name, " ".join(f"{each:g}" for each in parts))
            elif name == "transform" and value != "none":
                made.set(name, transform(value.replace("px", "").replace("deg", "")))
            elif name == "clip-path" and value != "none":
                self._clip(made, value)

    def _paint(self, made: Element, name: str, value: str, current: str) -> None:
        if value in ("none", "transparent"):
            made.set(name, "none")
        elif value in ("inherit", "unset", "context-fill", "context-stroke") or value.startswith("var("):
            return
        elif value.startswith("url("):
            reference, _, other = value.partition(")")
            source = self._by_id.get(fragment(reference))
            if source is None:
                self._paint(made, name, other.strip() or "none", current)
            elif (tag := source.tag.rpartition("}")[2]) not in GRADIENTS:
                raise Undrawable("effects", tag)
            else:
                made.set(name, f"url(#{self._defined(source, self._gradient, current)})")
        else:
            shown, alpha = colour(value, current)
            made.set(name, shown)
            if alpha < 1:
                made.set(f"{name}-opacity", f"{alpha * float(made.get(f'{name}-opacity', '1')):g}")

    def _defined(
        self, element: Element, make: Callable[[Element, Element, str], None], current: str, tag: str = ""
    ) -> str:
        """The new name of a definition, which is made once."""
        key = element.get("id", "")
        if key in self._making:
            raise Undrawable("broken", f"自分を指す #{key[:20]}")
        if key not in self._defs:
            self._making.add(key)
            self._defs[key] = f"d{len(self._defs)}"
            defs = self._made.find("defs")
            if defs is None:
                defs = Element("defs")
                self._made.insert(0, defs)
            self._deeper()
            made = self._new(tag or element.tag.rpartition("}")[2], defs)
            made.set("id", self._defs[key])
            make(element, made, current)
            self._making.remove(key)
            self._depth -= 1
        return self._defs[key]

    def _gradient(self, element: Element, made: Element, current: str) -> None:
        for stop in gradient(element, made, self._by_id, self._styles, current):
            self._counted()
            made.append(stop)

    def _masked(self, made: Element, value: str) -> bool:
        """Whether a mask only cuts, or is not there; then it is a clip."""
        mask = self._by_id.get(fragment(value)) if value.startswith("url(") else None
        if mask is None or not only_cuts(mask, self._styles, tuple(SHAPES)):
            return mask is None and value.startswith("url(")
        made.set("clip-path", f"url(#{self._defined(mask, self._clip_path, '#000000', 'clipPath')})")
        return True

    def _clip(self, made: Element, value: str) -> None:
        clip = self._by_id.get(fragment(value)) if value.startswith("url(") else None
        if clip is None or not clip.tag.endswith("}clipPath"):
            if value.startswith("url("):
                return
            raise Undrawable("effects", f"clip-path: {value[:20]}")
        made.set("clip-path", f"url(#{self._defined(clip, self._clip_path, '#000000')})")

    def _clip_path(self, element: Element, made: Element, current: str) -> None:
        if element.get("clipPathUnits") == "objectBoundingBox":
            raise Undrawable("effects", "clipPath（objectBoundingBox）")
        self._own(element, made, current)
        for child in element:
            self._draw(child, made, current)
        for part in element.iter():
            if (
                self._styles.get(part, {}).get("clip-rule") == "evenodd"
                and len(re.findall("[Mm]", part.get("d", ""))) > 1
            ):
                raise Undrawable("effects", "clip-rule: evenodd")

    def _new(self, tag: str, into: Element) -> Element:
        self._counted()
        return SubElement(into, tag)

    def _counted(self) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise Undrawable("too-complex", f"部品が{MOST_ELEMENTS:,}個より多い")

    def _pointed(self, points: int) -> None:
        self._points += points
        if self._points > MOST_POINTS:
            raise Undrawable("too-complex", f"点が{MOST_POINTS // 2:,}個より多い")

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Undrawable("too-complex", f"入れ子が{DEEPEST}段より深い")
