"""Seams ``add_tags`` and ``Stream.marked``: the structure tree says what the text is, not how it was laid out.

The engine makes the tree from its boxes, page by page. Here it is made from the elements of HTML (``structure``) and
written: each element with its marked content on all pages (ISO 32000-1, 14.7.4), its attributes (14.8.5), and the way
back from each mark (14.7.4.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from koho_pdf.composition.engine.elements import ROLES
from koho_pdf.composition.engine.footnotes import is_area
from koho_pdf.composition.engine.nodes import Annotation, Content, Node, Rectangle
from koho_pdf.composition.engine.structure import Structure
from koho_pdf.composition.engine.subsetting import is_looked_at

_PT_PER_PX = 0.75


def placed(original: Any) -> Any:
    """Remember the place on the page of marked content."""

    def marked(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        if stream._tags is not None and not is_looked_at(stream):
            box.koho_place = _rectangle(stream, box)
        return original(stream, box, tag)  # type: ignore[no-any-return]

    return marked


def in_its_place(original: Any) -> Any:
    """Place what is drawn in a group on the page, where the group is."""

    def add_group(stream: Any, *sides: float) -> Any:
        group = original(stream, *sides)
        group.koho_base = on_page(stream)
        return group

    return add_group


def on_page(stream: Any) -> Any:
    """The matrix from a stream's current coordinates to the page; the engine's own starts again in each group and
    pattern.
    """
    base = getattr(stream, "koho_base", None)
    return stream.ctm @ base if base is not None else stream.ctm


def _rectangle(stream: Any, box: Any) -> Rectangle:
    """The sides of a text or picture in default user space, as far as it is on the page: left, foot, right, head."""
    matrix = on_page(stream)
    x, y = box.content_box_x(), box.content_box_y()
    corners = [matrix.transform_point(a, b) for a in (x, x + box.width) for b in (y, y + box.height)]
    left, foot, width, height = (side * _PT_PER_PX for side in stream.page_rectangle)
    right, head = left + width, foot + height
    xs, ys = zip(*corners, strict=True)
    return max(left, min(xs)), max(foot, min(ys)), min(right, max(xs)), min(head, max(ys))


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
    """Write the structure tree."""

    import pydyf

    if hasattr(document, "koho_unread"):
        return
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    root = next(box.element for box in _boxes(document.pages[0]._page_box) if box.element_tag == "html")
    structure = Structure(root)
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        for box in _boxes(page._page_box):
            if hasattr(box, "koho_frame") or getattr(box, "koho_horizontal", False):
                structure.turn(box.element, box.style["writing_mode"])
            if isinstance(box, FootnoteAreaBox) or is_area(box):
                for each in box.children:
                    structure.note(each.element)
            if box.link_annotation:
                structure.node(box.element).kids.append(Annotation(number, box.link_annotation))
            if mark := stream._tags.pop(box, None):
                words = getattr(box, "text", "") + getattr(box, "koho_space", "")
                structure.holder(box).kids.append(Content(number, mark["mcid"], words, box.koho_place))
        assert not stream._tags
    structure.close()
    _describe_links(structure.document)
    _Writer(pdf).write(structure.document)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _boxes(box: Any) -> Iterator[Any]:
    """A box and all boxes in it, in the order of the words."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _describe_links(document: Node) -> None:
    """Each annotation of a link says the link's words (ISO 14289-1, 7.18.5), not its address; its corners are the lower
    left and the upper right one, as readers expect (ISO 32000-1, 7.9.5)."""
    import pydyf

    for link in document.walk():
        words = " ".join(link.words.split())
        for kid in link.kids:
            if not isinstance(kid, Annotation):
                continue
            one, top, other, foot = kid.drawn["Rect"]
            kid.drawn["Rect"] = pydyf.Array([min(one, other), min(top, foot), max(one, other), max(top, foot)])
            if words:
                kid.drawn["Contents"] = pydyf.String(words)


class _Writer:
    """Writes the elements as objects of the file."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._marks: dict[int, dict[int, bytes]] = {}
        self._annotations: list[tuple[bytes, Any]] = []

    def write(self, document: Node) -> None:
        import pydyf

        above = self._object({"Type": "/StructTreeRoot"})
        self._element(document, above)
        nodes = list(document.walk())
        for node in nodes:
            self._say(node)
        roles = {name: f"/{kind}" for name, kind in ROLES.items() if any(node.kind == name for node in nodes)}
        if roles:
            above["RoleMap"] = pydyf.Dictionary(roles)
        above["K"] = pydyf.Array([document.made.reference])
        numbers = pydyf.Array()
        for page in range(len(self._pdf.page_references)):
            marks = self._marks.get(page, {})
            numbers += [page, pydyf.Array([reference for _, reference in sorted(marks.items())])]
        for key, (reference, drawn) in enumerate(self._annotations, len(self._pdf.page_references)):
            numbers += [key, reference]
            drawn["StructParent"] = key
        above["ParentTree"] = self._object({"Nums": numbers}).reference
        self._pdf.catalog["StructTreeRoot"] = above.reference

    def _object(self, entries: dict[str, Any]) -> Any:
        import pydyf

        made = pydyf.Dictionary(entries)
        self._pdf.add_object(made)
        return made

    def _element(self, node: Node, above: Any) -> None:
        import pydyf

        node.made = self._object({"Type": "/StructElem", "S": f"/{node.kind}", "P": above.reference})
        page = node.page
        if page is not None:
            node.made["Pg"] = self._pdf.page_references[page]
        node.made["K"] = kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                self._element(kid, node.made)
                kids.append(kid.made.reference)
                continue
            shown_on = self._pdf.page_references[kid.page]
            if isinstance(kid, Content):
                self._marks.setdefault(kid.page, {})[kid.number] = node.made.reference
                way = pydyf.Dictionary({"Type": "/MCR", "Pg": shown_on, "MCID": kid.number})
                kids.append(kid.number if kid.page == page else way)
            else:
                self._annotations.append((node.made.reference, kid.drawn))
                way = pydyf.Dictionary({"Type": "/OBJR", "Pg": shown_on, "Obj": kid.drawn.reference})
                kids.append(way)

    def _say(self, node: Node) -> None:
        """Write an element's attributes; heads of tables are named by their number in the file."""
        import pydyf

        for key, value in node.said.items():
            node.made[key] = pydyf.String(value or str(node.made.number))
        owners = [
            pydyf.Dictionary({"O": f"/{owner}", **{name: _value(value) for name, value in entries.items()}})
            for owner, entries in node.attributes.items()
            if entries
        ]
        if owners:
            node.made["A"] = owners[0] if len(owners) == 1 else pydyf.Array(owners)


def _value(value: Any) -> Any:
    import pydyf

    if not isinstance(value, list):
        return value
    return pydyf.Array([pydyf.String(str(each.made.number)) if isinstance(each, Node) else each for each in value])
