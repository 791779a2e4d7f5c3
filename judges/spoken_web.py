"""A web page as a screen reader speaks it: Chromium's accessibility tree in reading order, one line a block.

As in ``spoken_pdf``: what stands before a colon or in braces is said by the reader, all else are the words of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]

_BLOCKS = {
    "paragraph": "paragraph",
    "caption": "caption",
    "Figcaption": "caption",
    "LabelText": "label",
    "term": "term",
    "definition": "definition",
    "contentinfo": "(foot of the page)",
    "banner": "(head of the page)",
    "main": "(main)",
    "article": "(article)",
    "region": "(region)",
    "navigation": "(navigation)",
    "search": "(search)",
    "form": "(form)",
    "group": "(group)",
    "status": "(status)",
    "complementary": "(aside)",
    "time": "",
    "blockquote": "quotation",
    "row": "row",
}
_CONTROLS = {
    "button": "button",
    "searchbox": "search field",
    "textbox": "field",
    "combobox": "choice",
    "checkbox": "check box",
}
_MARKED = {"strong": "strong", "emphasis": "emphasis", "insertion": "added", "deletion": "gone", "mark": "marked"}
_PASSED = frozenset(("InlineTextBox", "ListMarker", "LineBreak", "RubyAnnotation", "option", "MenuListPopup", "Iframe"))


def spoken_web(nodes: Sequence[Node], address: str) -> str:
    """All that a reader says of a page. ``address`` is its server's: what links lead to is said from there."""
    return "\n".join(_Voice(nodes, address).lines()) + "\n"


class _Voice:
    def __init__(self, nodes: Sequence[Node], address: str) -> None:
        self._by = {node["nodeId"]: node for node in nodes}
        self._root, self._address = nodes[0], address

    def lines(self) -> Iterator[str]:
        yield f"title: {_name(self._root)}"
        yield ""
        yield from self._group(self._root, 0)

    def _kids(self, node: Node) -> Iterator[Node]:
        """The nodes in a node that are read; what is passed over is not, what stands in it is."""
        for kid in (self._by[each] for each in node.get("childIds", ()) if each in self._by):
            if _role(kid) in _PASSED:
                continue
            if kid["ignored"] or _role(kid) in ("none", "generic", "rowgroup", "sectionheader", "sectionfooter"):
                yield from self._kids(kid)
            else:
                yield kid

    def _group(self, node: Node, depth: int) -> Iterator[str]:
        """The blocks in a node; words that stand beside blocks are a line of their own."""
        words = ""
        for kid in self._kids(node):
            if self._is_block(kid):
                if words.strip():
                    yield f"{'  ' * depth}{words.strip()}"
                words = ""
                yield from self._block(kid, depth)
            else:
                words += (" " if words.endswith("}") and _role(kid) == "link" else "") + self._inline(kid)
        if words.strip():
            yield f"{'  ' * depth}{words.strip()}"

    def _is_block(self, node: Node) -> bool:
        role = _role(node)
        if role == "link":
            return any(self._is_block(kid) for kid in self._kids(node))
        return role in ("heading", "list", "listitem", "table", "figure", "image", "DescriptionList") or (
            role in _BLOCKS and role != "time"
        )

    def _block(self, node: Node, depth: int) -> Iterator[str]:
        role, indent = _role(node), "  " * depth
        if role == "heading":
            yield f"{indent}heading {_told(node, 'level')}: {self._words(node)}"
        elif role in ("list", "DescriptionList"):
            items = [kid for kid in self._kids(node) if _role(kid) in ("listitem", "term")]
            named = f": {_name(node)}" if _name(node) else ""
            yield f"{indent}list of {len(items)}{named}"
            for item in self._kids(node):
                yield from self._block(item, depth + 1)
        elif role == "listitem":
            lines = list(self._group(node, 0))
            yield f"{indent}- {self._marker(node)}{lines[0] if lines else '(nothing)'}"
            yield from (f"{indent}  {line}" for line in lines[1:])
        elif role == "table":
            yield from self._table(node, depth)
        elif role == "image":
            yield f"{indent}image: {_name(node) or '(nothing said of it)'}"
        elif role == "figure":
            yield f"{indent}(figure{f': {_name(node)}' if _name(node) else ''})"
            yield from self._group(node, depth + 1)
        elif role == "link":
            yield f"{indent}{self._inline(node)}"
        elif _BLOCKS[role].startswith("("):
            named = f": {_name(node)}" if _name(node) else ""
            stop = " {stop for the keyboard}" if _told(node, "focusable") and role == "region" else ""
            yield f"{indent}{_BLOCKS[role][:-1]}{named}){stop}"
            yield from self._group(node, depth)
        else:
            lines = list(self._group(node, 0)) or ["(nothing)"]
            yield f"{indent}{_BLOCKS[role]}: {lines[0]}"
            yield from (f"{indent}  {line}" for line in lines[1:])

    def _marker(self, item: Node) -> str:
        """A list item's own number or sign."""
        markers = [self._by[each] for each in item.get("childIds", ()) if _role(self._by[each]) == "ListMarker"]
        return "".join(f"[{name}] " for each in markers if (name := _name(each).strip()))

    def _words(self, node: Node) -> str:
        """The words in a node, on one line."""
        said, name = "", _name(node)
        for kid in self._kids(node):
            plain = self._plain(kid).strip()
            if name.startswith(" ") and not said.endswith(" "):
                said += " "  # what stands apart is named apart: a number and its heading
            name = name.lstrip(" ").removeprefix(plain)
            said += self._inline(kid)
        return said.strip()

    def _plain(self, node: Node) -> str:
        if _role(node) == "StaticText":
            return _name(node)
        return "".join(self._plain(kid) for kid in self._kids(node))

    def _inline(self, node: Node) -> str:
        role = _role(node)
        if role == "StaticText":
            return _name(node)
        words = "".join(self._inline(kid) for kid in self._kids(node))
        if role == "link":
            named = _name(node)
            return f"{{link: {named or '(no name)'} → {self._target(node)}}}"
        if role == "Ruby":  # its reading is its description, the first one alone where there are several
            reading = str(node.get("description", {}).get("value", ""))
            return f"{words}《{reading}》" if reading else words
        if role in _CONTROLS:
            return f"{{{_CONTROLS[role]}: {_name(node) or '(no name)'}}}"
        if role == "image":
            return f"{{image: {_name(node) or '(nothing said of it)'}}}"
        return f"{{{_MARKED[role]}: {words}}}" if role in _MARKED else words

    def _below(self, node: Node) -> Iterator[Node]:
        for kid in (self._by[each] for each in node.get("childIds", ()) if each in self._by):
            yield kid
            yield from self._below(kid)

    def _target(self, link: Node) -> str:
        url = str(_told(link, "url") or "nowhere")
        return url.removeprefix(self._address) or "/"

    def _table(self, table: Node, depth: int) -> Iterator[str]:
        indent = "  " * depth
        rows = [each for each in self._below(table) if _role(each) == "row" and not each["ignored"]]
        yield f"{indent}table of {len(rows)} rows: {_name(table)}"
        columns: list[str] = []
        for number, row in enumerate(rows, 1):
            said, line = [], ""
            for at, cell in enumerate(self._kids(row)):
                words = self._words(cell) or "(nothing)"
                if _role(cell) == "columnheader":
                    columns.append(_name(cell))
                    said.append(f"{{head of column: {words}}}")
                elif _role(cell) == "rowheader":
                    line = _name(cell)
                    said.append(f"{{head of row: {words}}}")
                else:
                    heads = [line, columns[at] if at < len(columns) else ""]
                    said.append(f"{'・'.join(filter(None, heads)) or '(no head)'} → {words}")
            yield f"{indent}  row {number}: {' | '.join(said)}"


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: Node) -> str:
    return str(node.get("name", {}).get("value", ""))


def _told(node: Node, name: str) -> Any:
    """A property of a node, or None."""
    return next((each["value"].get("value") for each in node.get("properties", ()) if each["name"] == name), None)
