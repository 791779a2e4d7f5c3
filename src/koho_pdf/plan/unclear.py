"""Regions that a keep-out meets and that cannot keep clear of it: something for the designer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from koho_pdf.content.plan import Plan
from koho_pdf.findings import Finding, Where, error
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.planned import Place
from koho_pdf.layout.regions import Region


def unclear(plan: Plan, regions: Mapping[Place, Region], layout: Layout) -> Iterator[Finding]:
    """Articles need a stretch to stand in; told once for each region of a page type, with its first page."""
    told = set[tuple[str, str]]()
    for (number, name), region in regions.items():
        type_ = plan.pages[number - 1].type
        if (type_, name) in told or not region.is_cut or region.has_room:
            continue
        told.add((type_, name))
        file = f"{layout.folder.parent.name}/{layout.name}/layout.yaml"
        where = Where(file, field=f"page_types.{type_}.regions.{name}", page=number)
        message = f"領域「{name}」のどの段にも、keep_outs の場所（折り目や穴）のほかに、記事の置き場がありません。"
        hint = "領域か keep_outs の場所を直してください。"
        yield error("region-in-keep-out", message, where, hint)
