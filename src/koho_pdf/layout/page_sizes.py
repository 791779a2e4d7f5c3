"""The sizes and folds of pages: of a page type, of the pages of a plan, and what does not go into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from koho_pdf.findings import Finding, error
from koho_pdf.geometry import Rect
from koho_pdf.layout.layout_yaml import LayoutFile
from koho_pdf.layout.regions import LEAST_COLUMN, PageType
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.scalar import Tree

_HAIR = 0.01  # mm


def too_large(tree: Tree, read: LayoutFile | None) -> Iterator[Finding]:
    """Regions that reach out of their page, columns too narrow for text, and folds that are not on it. Nothing if the
    file could not be read."""
    for name, each in (read.page_types if read else {}).items():
        assert read is not None
        width, height = each.trim or read.trim
        page = Rect(0, 0, width, height).grown(_HAIR)
        for key, region in each.regions.items():
            if page.union(region.at) != page:
                told = f"領域「{key}」（{region.at.right:g} × {region.at.bottom:g} mm まで）が、"
                told += f"ページの型「{name}」の仕上り（{width:g} × {height:g} mm）からはみ出しています。"
                hint = "at の幅か高さを小さくするか、ページの型の trim を直してください。"
                yield error("layout-broken", told, where_of(tree, f"page_types.{name}.regions.{key}.at"), hint)
            across = region.at.height if region.direction == "vertical" else region.at.width
            wide = (across - (region.columns - 1) * region.gutter) / region.columns
            if wide < LEAST_COLUMN - _HAIR:
                told = f"領域「{key}」の段が、{max(wide, 0):.4g} mm しかありません（{LEAST_COLUMN} mm は要ります）。"
                hint = "columns（段の数）か gutter（段の間）を小さくしてください。"
                yield error("layout-broken", told, where_of(tree, f"page_types.{name}.regions.{key}.columns"), hint)
        folds = each.folds if isinstance(each.folds, tuple) else (each.folds,)
        if wrong := [fold for fold in folds if not 0 < fold < width]:
            told = f"折りの場所 {wrong[0]:g} mm は、ページの型「{name}」（幅 {width:g} mm）の中にありません。"
            where = where_of(tree, f"page_types.{name}.folds")
            yield error("layout-broken", told, where, "仕上りの左から測った、幅より小さい数で書いてください。")


def of_no_page(tree: Tree, read: LayoutFile | None) -> Iterator[Finding]:
    """Keep-outs of page types that the layout does not have."""
    for name, each in (read.keep_outs if read else {}).items():
        assert read is not None
        types = each.types if isinstance(each.types, tuple) else (each.types,)
        if wrong := [type_ for type_ in types if type_ not in read.page_types]:
            told = f"「{wrong[0][:40]}」というページの型は、page_types にありません。"
            hint = f"使えるページの型: {'・'.join(read.page_types) or 'なし（types の行を消してください）'}"
            yield error("layout-broken", told, where_of(tree, f"keep_outs.{name}.types"), hint)


def named_pages(types: Mapping[str, PageType], usual: tuple[float, float]) -> str:
    """The CSS of page types that have not the ``usual`` size."""
    made = []
    for number, each in enumerate(types.values()):
        if each.trim != usual:
            size = " ".join(f"{side:g}mm" for side in each.trim)
            made.append(f"@page page-type-{number} {{ size: {size} }}\n")
            made.append(f'.page[data-type="{each.name}"] {{ page: page-type-{number} }}\n')
    return "".join(made)
