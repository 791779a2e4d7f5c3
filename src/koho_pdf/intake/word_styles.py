"""The styles of a Word file: which are headings, bold, numbered (ECMA-376-1, 17.7). A title has level 1,
headings stand below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from koho_pdf.intake.office_parts import local

_HEADING = re.compile(r"(?:heading|見出し) ?([1-9])$", re.IGNORECASE)
_TITLES = ("title", "表題", "タイトル")


@dataclass(slots=True)
class Style:
    """A style: its name, the one it is based on, the level of its heading, whether it is bold, its list."""

    name: str = ""
    above: str = ""
    level: int = 0
    strong: bool = False
    numbered: tuple[str, int] | None = None


def styles_of(tree: Element | None) -> dict[str, Style]:
    """The styles of ``styles.xml`` by their ids."""
    found: dict[str, Style] = {}
    for each in tree if tree is not None else ():
        if local(each.tag) != "style":
            continue
        style = Style()
        for one in each.iter():
            name = local(one.tag)
            if name == "name":
                style.name = said(one)
                heading = _HEADING.match(style.name)
                style.level = int(heading[1]) + 1 if heading else 1 if style.name.lower() in _TITLES else style.level
            elif name == "basedOn":
                style.above = said(one)
            elif name == "outlineLvl" and said(one).isdigit() and int(said(one)) < 9:
                style.level = style.level or int(said(one)) + 2
            elif name == "b" and said(each, "type") == "character":
                style.strong = (said(one) or "1") not in ("0", "false")
            elif name == "numPr":
                told = {local(inner.tag): said(inner) for inner in one}
                style.numbered = told.get("numId", ""), int(told["ilvl"]) if told.get("ilvl", "").isdigit() else 0
        found[said(each, "styleId")] = style
    return found


def said(each: Element, name: str = "val") -> str:
    """An attribute by its local name; empty if there is none."""
    return next((value for key, value in each.items() if local(key) == name), "")
