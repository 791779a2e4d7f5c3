"""Each page and form has the resources it draws with, and no others (ISO 32000-1, 7.8.3).

The engine gives all pages one dictionary with every picture and state of the document. A single page taken out would
carry all pictures, and every page would seem to have transparency.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage, Dictionary, Name, Stream

_GROUPS = {
    "Do": "/XObject",
    "gs": "/ExtGState",
    "Tf": "/Font",
    "sh": "/Shading",
    "BDC": "/Properties",
    "DP": "/Properties",
}
_GROUPS |= dict.fromkeys(("cs", "CS"), "/ColorSpace") | dict.fromkeys(("scn", "SCN"), "/Pattern")
_ASKED = " ".join((*_GROUPS, "BI", "ID", "EI"))  # the other operators are not even made objects of
_DEFAULTS = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")  # colour spaces that are used without being named (8.6.5.6)


def only_own(pdf: pikepdf.Pdf) -> None:
    """Remove from every page, form, pattern and soft mask the resources that it does not name."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        _keep_used(pdf, page.obj, page.Resources, seen)


def _keep_used(pdf: pikepdf.Pdf, content: Any, resources: Any, seen: set[tuple[int, int]]) -> None:
    used = _named(content)
    kept = Dictionary()
    for group, members in resources.items():
        if not isinstance(members, Dictionary):
            kept[group] = members  # /ProcSet
        elif left := {name: each for name, each in members.items() if name in used[group]}:
            kept[group] = Dictionary(left)
    content.Resources = pdf.make_indirect(kept)
    for drawn in _drawn_by(kept):
        if drawn.objgen not in seen:
            seen.add(drawn.objgen)
            _keep_used(pdf, drawn, drawn.get("/Resources", resources), seen)


def _named(content: Any) -> dict[str, set[str]]:
    """The resource names in a content stream, by group of resources."""
    used: dict[str, set[str]] = defaultdict(set)
    used["/ColorSpace"] |= set(_DEFAULTS)
    for each in pikepdf.parse_content_stream(content, _ASKED):
        if isinstance(each, ContentStreamInlineImage):
            given = each.iimage.obj
            used["/ColorSpace"] |= {
                str(given[key]) for key in ("/CS", "/ColorSpace") if isinstance(given.get(key), Name)
            }
        elif group := _GROUPS.get(str(each.operator)):
            used[group] |= {str(operand) for operand in each.operands if isinstance(operand, Name)}
    return used


def _drawn_by(resources: Any) -> list[Any]:
    """The forms, tiling patterns and groups of soft masks among resources; each has resources of its own."""
    states = resources.get("/ExtGState", Dictionary()).values()
    masks = [each.SMask.G for each in states if isinstance(each.get("/SMask"), Dictionary)]
    patterns = [each for each in resources.get("/Pattern", Dictionary()).values() if isinstance(each, Stream)]
    forms = [each for each in resources.get("/XObject", Dictionary()).values() if each.get("/Subtype") == Name.Form]
    return [*masks, *patterns, *forms]
