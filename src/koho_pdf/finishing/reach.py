"""What a page draws with: everything its content calls on, through forms, patterns and masks, each told once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

_GROUPS = {"gs": "/ExtGState", "Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern", "sh": "/Shading"}


def drawn_by(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """The graphics states, pictures, forms, patterns and shadings that a page's content uses, not what its resources
    merely list (the engine lists the same for every page)."""
    yield from _drawn_by(page.obj, page.Resources, set())


def _drawn_by(
    content: pikepdf.Object, resources: pikepdf.Object, seen: set[tuple[int, int]]
) -> Iterator[pikepdf.Object]:
    used = dict.fromkeys(
        (str(instruction.operator), str(operand))
        for instruction in pikepdf.parse_content_stream(content, " ".join(_GROUPS))
        for operand in instruction.operands[-1:]
        if isinstance(operand, pikepdf.Name)
    )
    for operator, name in used:
        each: Any = resources.get(_GROUPS[operator], pikepdf.Dictionary()).get(name)
        if each is None or each.objgen in seen:
            continue
        yield each
        mask: Any = each.get("/SMask")
        inner: Any = mask.get("/G") if isinstance(mask, pikepdf.Dictionary) else each
        if inner is not each and inner.objgen in seen:
            continue
        seen |= {one.objgen for one in (each, inner) if one.is_indirect}
        if isinstance(inner, pikepdf.Stream) and (inner.get("/Subtype") == "/Form" or "/PatternType" in inner):
            yield from _drawn_by(inner, inner.get("/Resources", resources), seen)
