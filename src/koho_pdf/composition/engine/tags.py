"""Seam ``tags._build_box_tree``: the structure tree says what the text is, not how it was laid out.

A paragraph is one P whatever spans hold its words together: elements without meaning are transparent, their text is
that of what holds them. A ruby is Ruby with RB and RT (ISO 32000-1, 14.8.4.4.1). A head of a table says whether it is a
row's or a column's (14.8.5.7). A span's own language stays (14.9.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_BLOCKS = ("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Caption", "/LBody", "/Lbl", "/TD", "/TH")
_HOLDERS = frozenset([*_BLOCKS, "/Link", "/Span", "/Ruby", "/RT"])  # what may hold text itself (ISO 32000-1, 14.8.4)
_MEANINGLESS = frozenset(["/Span", "/NonStruct"])
_BARE = frozenset(["Type", "S", "K", "Pg", "P"])
_TAGS = {"ruby": "Ruby", "rt": "RT"}


def install() -> None:
    """Put the seam in."""
    from weasyprint.pdf import tags

    tags._get_pdf_tag = _tag(tags._get_pdf_tag)
    tags._build_box_tree = _box_tree(tags._build_box_tree)


def _tag(original: Any) -> Any:
    def get_pdf_tag(tag: str | None) -> Any:
        return _TAGS.get(tag or "") or original(tag)

    return get_pdf_tag


def _box_tree(original: Any) -> Any:
    def build_box_tree(box: Any, parent: Any, pdf: Any, page: int, nums: dict[int, bytes], *more: Any) -> Iterator[Any]:
        for element in original(box, parent, pdf, page, nums, *more):
            tree = _Tree(pdf, nums)
            if element["S"] in _HOLDERS:
                tree.flatten(element)
            if element["S"] == "/Ruby":
                tree.pair(element)
            if element["S"] == "/TH":
                element["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
            language = getattr(box, "element", None) is not None and box.element.get("lang")
            if language and element["S"] in _HOLDERS:
                import pydyf

                element["Lang"] = pydyf.String(language)
            if element["S"] in _MEANINGLESS and set(element) <= _BARE and not element["K"]:
                element.free = "f"  # a box that only draws
            else:
                yield element

    return build_box_tree


class _Tree:
    """The elements of one page while they are built; ``nums`` tells which element holds each marked content."""

    def __init__(self, pdf: Any, nums: dict[int, bytes]) -> None:
        self._pdf, self._nums = pdf, nums

    def flatten(self, element: Any) -> None:
        """Take the text of meaningless elements below this one for its own."""
        kids: list[Any] = []
        for kid in element["K"]:
            held = self._element(kid)
            if held is not None and held.get("S") in _MEANINGLESS and set(held) <= _BARE:
                kids += self._given(held, element)
            else:
                kids.append(kid)
        element["K"][:] = kids

    def pair(self, ruby: Any) -> None:
        """One RB with all of the base, one RT with all of the reading."""
        import pydyf

        base = pydyf.Dictionary({"Type": "/StructElem", "S": "/RB", "K": pydyf.Array(), "Pg": ruby["Pg"]})
        base["P"] = ruby.reference
        reading: Any = None
        for kid in list(ruby["K"]):
            held = self._element(kid)
            if held is None or held.get("S") != "/RT":
                base["K"].append(kid)
            elif reading is None:
                reading = held
            else:
                reading["K"] += self._given(held, reading)
        if reading is None:
            return
        self._pdf.add_object(base)
        for kid in base["K"]:
            self._adopt(kid, base)
        self.flatten(base)
        ruby["K"][:] = [base.reference, reading.reference]

    def _given(self, element: Any, heir: Any) -> list[Any]:
        """What an element held, which is none any more."""
        element.free = "f"
        for kid in element["K"]:
            self._adopt(kid, heir)
        return list(element["K"])

    def _adopt(self, kid: Any, parent: Any) -> None:
        held = self._element(kid)
        if held is not None and "P" in held:
            held["P"] = parent.reference
        elif isinstance(kid, int):
            self._nums[kid] = parent.reference

    def _element(self, kid: Any) -> Any:
        """The object that a reference among an element's kids leads to; None for marked content."""
        return None if isinstance(kid, int) else self._pdf.objects[int(kid.split()[0])]
