"""Everything that a page's content uses, through forms, patterns and masks, each once; and its scale on paper."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_GROUPS = {"gs": "/ExtGState", "Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern", "sh": "/Shading"}


def drawn_by(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """The graphics states, pictures, forms, patterns and shadings that a page's content really uses; its resources may
    list more (the engine lists the same for every page).
    """
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


def drawn_scales(pdf: pikepdf.Pdf) -> dict[tuple[int, int], float]:
    """The scale of forms and tiling patterns on paper (ISO 32000-1, 8.3.4, 8.7.3.1, 8.10.1), by object; the largest if
    an object is drawn at several scales.
    """
    scales: dict[tuple[int, int], float] = {}
    for page in pdf.pages:
        _measure(page.obj, page.Resources, 1.0, scales, ())
    return scales


def _measure(
    content: pikepdf.Object,
    resources: pikepdf.Object,
    scale: float,
    scales: dict[tuple[int, int], float],
    within: tuple[tuple[int, int], ...],
) -> None:
    for drawn, place in _placed(content, resources):
        found = scale * scale_of(times(drawn.get("/Matrix", _IDENTITY), place))
        if drawn.objgen not in within and found > scales.get(drawn.objgen, 0.0):
            scales[drawn.objgen] = found
            _measure(drawn, drawn.get("/Resources", resources), found, scales, (*within, drawn.objgen))


def _placed(content: pikepdf.Object, resources: pikepdf.Object) -> Iterator[tuple[Any, Matrix]]:
    """Each form that a content draws, with its matrix; each tiling pattern, which is placed relative to the content
    itself.
    """
    forms: Any = resources.get("/XObject", {})
    place, outer = _IDENTITY, []
    for each in pikepdf.parse_content_stream(content, "q Q cm Do"):
        match str(each.operator):
            case "q":
                outer.append(place)
            case "Q" if outer:
                place = outer.pop()
            case "cm":
                place = times(each.operands, place)
            case "Do":
                form = forms.get(str(each.operands[0]))
                if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
                    yield form, place
    patterns: Any = resources.get("/Pattern", {})
    yield from ((each, _IDENTITY) for each in patterns.values() if each.get("/PatternType") == 1)


def times(first: Any, then: Matrix) -> Matrix:
    """The matrix that applies ``first`` and then ``then`` (six numbers each; ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = (float(number) for number in first)
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def scale_of(place: Matrix) -> float:
    """The factor by which a matrix makes lengths longer."""
    a, b, c, d, _, _ = place
    return sqrt(abs(a * d - b * c))
