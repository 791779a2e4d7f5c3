"""Findings of pages that the layout causes, told at the designer's rule: text that fits its slot stands where the slot
was put, and no shorter words move it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from koho_pdf.composition.document import Document, Placed
from koho_pdf.errors import LayoutError
from koho_pdf.findings import Finding, Where, errors_in
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.style_rules import PLACED, SIZED, Rule, rule_of
from koho_pdf.manuscript.paths import article_in
from koho_pdf.manuscript.reader import read

_HINTS = {
    "text-near-trim": "断裁で切れるおそれがあります。{}で、紙の端から 5 mm より内側に置いてください。",
    "text-off-page": "{}で、紙の内側に置いてください。",
    "text-in-keep-out": "{}で、文字を動かすか、layout.yaml の keep_outs の場所を確かめてください。",
    "text-near-fold": "{}で、折り目から離してください。",
}
_SMALL = "type-too-small"


def by_layout(
    found: Iterable[Finding], placed: Sequence[Placed], html: str, layout: Layout, root: Path
) -> tuple[Finding, ...]:
    """The findings, those that the layout causes with the designer's file and line; ``html`` is that of the pages."""
    return tuple(_told(each, placed, html, layout, root) for each in found)


def told_if_stopped(slips: Callable[[], Sequence[Finding]], compose: Callable[..., Document], *given: Any) -> Document:
    """The pages. Where the engine stops at a name that leads nowhere, it does not say so: raises LayoutError with the
    ``slips``, else with what the engine says."""
    try:
        return compose(*given)
    except LayoutError as fault:
        if astray := errors_in(slips()):
            raise LayoutError(*astray) from fault
        raise


def _told(found: Finding, placed: Sequence[Placed], html: str, layout: Layout, root: Path) -> Finding:
    field, page = found.where.field or "", found.where.page
    if not field or article_in(field) or (found.code != _SMALL and found.code not in _HINTS):
        return found
    slots = [each.slot for each in placed if each.field == field and each.page == page]
    slot = next((each for each in slots if each), None)
    if found.code == _SMALL:
        return replace(found, where=_size_of(slot.name if slot else "", field, page, html, layout, root))
    if not slot or any(each is None or each.left < 0 for each in slots):
        return found
    rule = rule_of(field, slot.name, page, PLACED, html, layout, root)
    return replace(found, where=rule.where, hint=_HINTS[found.code].format(_way(rule)))


def _way(rule: Rule) -> str:
    return f"「{rule.selector}」の left・top など" if rule.selector else "この要素の場所を決める CSS"


def _size_of(slot: str, field: str, page: int | None, html: str, layout: Layout, root: Path) -> Where:
    """What makes type so small: a rule, or the slot in ``layout.yaml``."""
    rule = rule_of(field, slot, page, SIZED, html, layout, root)
    if rule.selector or slot not in layout.slots:
        return rule.where
    path = layout.folder / "layout.yaml"
    line = read(path, root).lines.get(f"slots.{slot}")
    return Where(path.relative_to(root).as_posix(), line, field=field, page=page)
