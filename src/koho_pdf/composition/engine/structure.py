"""The structure tree of a document (ISO 32000-1, 14.7 and 14.8), made from its HTML elements and their drawn content.

One element of HTML is one element of the tree, however many lines, columns and pages it covers. It is put into the tree
when it first shows something, so the tree has the order of the words. Elements without meaning are left out: their text
belongs to the element around them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from koho_pdf.composition.engine.elements import HEADINGS, HOLDERS, INLINE, alternative, kind_of, numbering
from koho_pdf.composition.engine.headed import heads
from koho_pdf.composition.engine.nodes import Annotation, Content, Node


class Structure:
    """The tree, to which contents are added in the order of the boxes."""

    def __init__(self, root: Any) -> None:
        self.document = Node("Document", root)
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._nodes: dict[Any, Node] = {}
        self._calls: dict[Any, Node] = {}  # the references to footnotes

    def holder(self, box: Any) -> Node:
        """The element that a text or picture of a page belongs to."""
        tag = box.element_tag or ""
        if tag.endswith("::footnote-call"):
            self._calls[box.element] = _under(_holding(self.node(self._parents[box.element])), "Reference")
            return self._calls[box.element]
        node = self.node(box.element)
        if tag.endswith("::footnote-marker"):
            return _first(node, "Lbl") or _under(node, "Lbl")
        if tag.endswith("::marker") and node.kind in ("LI", "TOCI"):
            return _first(node, "Lbl") or _under(node, "Lbl")
        node = node if node.kind == "Figure" else _holding(node)
        follows = node.kind == "Link" and tag.endswith("::after")
        return _under(node, "Span") if follows else node  # the page number in a line of contents

    def node(self, element: Any) -> Node:
        """The tree's element for one of HTML, put into the tree when it is first asked for."""
        parent = self._parents.get(element)
        if parent is None or element.tag in ("html", "body"):
            return self.document
        above = self.node(parent)  # a table makes its rows and cells when it is put into the tree
        if element not in self._nodes:
            kind = kind_of(element, parent, above.kind)
            self._nodes[element] = self._hung(kind, above, element) if kind else above
            if kind == "Table":
                self._rows(element)
        return self._nodes[element]

    def note(self, element: Any) -> None:
        """A footnote, which is read after the block that refers to it (Note, ISO 32000-1, 14.8.4.4.1); it has an ID, as
        ISO 14289-1, 7.9 asks.
        """
        if element in self._nodes:
            return
        above = self.node(self._parents[element])
        while above.kind in _CALLING:
            above = next(node for node in self.document.walk() if above in node.nodes)
        above = _body(above) if above.kind == "LI" else above
        called = self._calls.get(element, above)
        places = [at for at, kid in enumerate(above.kids, 1) if isinstance(kid, Node) and called in [*kid.walk()][1:]]
        self._nodes[element] = Node("Note", element, said={"ID": ""})
        place = places[0] if places else len(above.kids)
        while place < len(above.kids) and getattr(above.kids[place], "kind", "") == "Note":
            place += 1
        above.kids.insert(place, self._nodes[element])

    def turn(self, element: Any, mode: str) -> None:
        """Note that an element's lines have another direction than the page's (WritingMode, ISO
        32000-1, 14.8.5.4.3).
        """
        node = self.node(element)
        if node.element is element:
            node.attributes["Layout"] = {"WritingMode": "/TbRl" if mode == "vertical-rl" else "/LrTb"}

    def _hung(self, kind: str, above: Node, element: Any) -> Node:
        if element.tag in ("dt", "dd"):
            return _entry(above, element)
        if kind == "LI" and above.kind != "L":
            kind = "P"  # an item outside a list
        if above.kind in ("LI", "TOCI") and kind == "Lbl":
            pass
        elif above.kind == "LI":
            above = _body(above)
        elif kind == "Link" and above.kind == "TOCI":
            above = _under(above, "Reference")
        elif kind in INLINE and kind not in _OF[above.kind]:
            above = _holding(above)
        node = _under(above, kind, element)
        if kind == "Figure":
            node.said["Alt"] = alternative(element)
        if language := element.get("lang"):
            node.said["Lang"] = str(language)
        if spoken := element.get("data-said"):
            node.said["ActualText"] = str(spoken)
        return node

    def _rows(self, table: Any) -> None:
        """Every row and cell of a table: an empty one is a cell too (ISO 32000-1, 14.8.4.3.4)."""
        for part in table:
            for row in [part] if part.tag in ("caption", "tr") else part:
                for each in (row, *(row if row.tag == "tr" else ())):
                    if each.get("aria-hidden") != "true":
                        self.node(each)

    def close(self) -> None:
        """Finish the whole tree: labels, readings, writing modes; and remove empty elements."""
        _prune(self.document)
        _whole(self.document)
        for node in list(self.document.walk()):
            if node.kind in ("LI", "TOCI"):
                node.kids.sort(key=lambda kid: not (isinstance(kid, Node) and kid.kind == "Lbl"))
            elif node.kind == "L":
                labels = [label.words for item in node.nodes if (label := _first(item, "Lbl"))]
                if labels:
                    node.attributes["List"] = {"ListNumbering": f"/{numbering(labels)}"}
            elif node.kind == "Ruby":
                node.kids = _ruby(node)
            elif node.kind == "Table":
                heads(node)
            if node.kind in ("Figure", "Table") and len({content.page for content in node.contents()}) == 1:
                # Only for boxes that stand on one page (ISO 32000-1, 14.8.5.4.3).
                lefts, feet, rights, tops = zip(*(content.place for content in node.contents()), strict=True)
                sides = min(lefts), min(feet), max(rights), max(tops)
                node.attributes.setdefault("Layout", {})["BBox"] = [round(side, 3) for side in sides]
            for kid in node.nodes:
                numbers = kid.kind == "Lbl" and node.kind not in ("LI", "TOCI")
                if numbers or (kid.element is not None and kid.element.get("data-tag") == "Word"):
                    # A space separates a number from its heading, even if a reader joins all words of the heading.
                    kid.said["ActualText"] = f"{kid.words.strip()} "
                elif kid.kind == "Span" and kid.element is None:
                    kid.said["ActualText"] = f" {kid.words.strip()}"


_CALLING = (*HEADINGS, *INLINE, "P", "Caption")
"""Elements that can refer to a footnote, and after which it is read."""
_OF: dict[str, tuple[str, ...]] = defaultdict(tuple, {"Ruby": ("RB", "RT", "RP"), "Warichu": ("WT", "WP")})
"""Elements that only these can hold."""


def _under(above: Node, kind: str, element: Any = None) -> Node:
    node = Node(kind, element)
    above.kids.append(node)
    return node


def _first(above: Node, kind: str) -> Node | None:
    return next((kid for kid in above.nodes if kid.kind == kind), None)


def _holding(node: Node) -> Node:
    """The place for a node's text: itself, the body of an item, or a paragraph that is missing in HTML."""
    if node.kind in HOLDERS:
        return node
    if node.kind == "LI":
        return _body(node)
    if node.kind == "L":  # a space between two entries on one line
        return _body(_last_item(node))
    wanted = {"Ruby": "RB", "Warichu": "WP"}.get(node.kind, "P")
    last = node.kids[-1] if node.kids else None
    if isinstance(last, Node) and last.kind == wanted and last.element is None:
        return last
    return _under(node, wanted)


def _body(item: Node) -> Node:
    return _first(item, "LBody") or _under(item, "LBody")


def _entry(above: Node, element: Any) -> Node:
    """A term or its description (``dt``, ``dd``): the label and the body of one item."""
    if above.kind != "L":
        return _under(above, "P", element)
    if element.tag == "dt":
        return _under(_under(above, "LI"), "Lbl", element)
    return _body(_last_item(above))


def _last_item(node: Node) -> Node:
    """The item of a list that has been begun."""
    last = node.kids[-1] if node.kids else None
    return last if isinstance(last, Node) else _under(node, "LI")


def _prune(node: Node) -> None:
    """Drop elements of which nothing was drawn, except cells of tables."""
    for kid in node.nodes:
        _prune(kid)
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.kind in ("TH", "TD")]


def _whole(node: Node) -> None:
    """Join elements that a template cut to keep phrases and lines whole: a link in three pieces becomes one link."""
    kept: list[Node | Content | Annotation] = []
    for kid in node.kids:
        before = kept[-1] if kept else None
        if isinstance(before, Node) and isinstance(kid, Node) and _goes_on(before, kid):
            before.kids += kid.kids
        else:
            kept.append(kid)
    node.kids = kept
    for kid in node.nodes:
        _whole(kid)


def _goes_on(before: Node, after: Node) -> bool:
    """Whether two pieces of inline text belong together: nothing between them, and the same attributes."""
    if before.kind != after.kind or before.kind not in ("Link", "Em", "Strong", "Span"):
        return False
    elements = before.element, after.element
    same = [None if each is None else (each.get("href"), each.get("lang")) for each in elements]
    return same[0] is not None and same[0] == same[1]


def _ruby(ruby: Node) -> list[Node | Content | Annotation]:
    """One base and one reading (ISO 32000-1, 14.8.4.4.1).

    RP is for printed brackets (table 338); readers ignore one without content. If the reading stands above its base,
    its own text has the brackets, or 留萌 and るもい would be heard as one word.
    """
    parts = {kind: Node(kind) for kind in ("RB", "RT")}
    brackets = [kid for kid in ruby.nodes if kid.kind == "RP"]
    for kid in ruby.nodes:
        if kid.kind in parts:
            parts[kid.kind].kids += kid.kids
    if not parts["RT"].kids:
        return [parts["RB"]]
    if len(brackets) < 2:
        parts["RT"].said["ActualText"] = f"（{parts['RT'].words}）"
        return [parts["RB"], parts["RT"]]
    return [parts["RB"], brackets[0], parts["RT"], brackets[-1]]
