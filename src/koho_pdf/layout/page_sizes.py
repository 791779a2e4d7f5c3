"""The pages of a layout with page types: their sizes and folds, their number, and what does not go into them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.geometry import Rect
from koho_pdf.layout.layout_yaml import LayoutFile
from koho_pdf.layout.regions import LEAST_COLUMN, PageType
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.scalar import Node, Scalar, Tree
from koho_pdf.press.folds import CONCERTINA, NARROWER, fold_of

_HAIR = 0.01  # mm


def too_large(tree: Tree, read: LayoutFile | None) -> Iterator[Finding]:
    """Regions that reach out of their page, columns too narrow for text, and folds that are not on it. Nothing if the
    file could not be read."""
    for name, each in (read.page_types if read else {}).items():
        assert read is not None
        width, height = each.trim or read.trim
        inner, what = width, "仕上り"
        if each.margins:
            inner, what = width - each.margins.gutter - each.margins.fore_edge, "版面（のどと小口の余白の内側）"
        page = Rect(0, 0, inner, height).grown(_HAIR)
        for key, region in each.regions.items():
            if page.union(region.at) != page:
                told = f"領域「{key}」（{region.at.right:g} × {region.at.bottom:g} mm まで）が、"
                told += f"ページの型「{name}」の{what}（{inner:g} × {height:g} mm）からはみ出しています。"
                hint = "at の幅か高さを小さくするか、ページの型の trim か margins を直してください。"
                yield error("layout-broken", told, where_of(tree, f"page_types.{name}.regions.{key}.at"), hint)
            across = region.at.height if region.direction == "vertical" else region.at.width
            wide = (across - (region.columns - 1) * region.gutter) / region.columns
            if wide < LEAST_COLUMN - _HAIR:
                told = f"領域「{key}」の段が、{max(wide, 0):.4g} mm しかありません（{LEAST_COLUMN} mm は要ります）。"
                hint = "columns（段の数）か gutter（段の間）を小さくしてください。"
                yield error("layout-broken", told, where_of(tree, f"page_types.{name}.regions.{key}.columns"), hint)
        for key, folds, length, (size, begin) in (
            ("folds", each.folds, width, ("幅", "左")),
            ("folds_across", each.folds_across, height, ("高さ", "上")),
        ):
            if wrong := [fold for fold in (folds if isinstance(folds, tuple) else (folds,)) if not 0 < fold < length]:
                told = f"折りの場所 {wrong[0]:g} mm は、ページの型「{name}」（{size} {length:g} mm）の中にありません。"
                hint = f"仕上りの{begin}から測った、{size}より小さい数で書いてください。"
                yield error("layout-broken", told, where_of(tree, f"page_types.{name}.{key}"), hint)


def of_another_fold(tree: Tree, read: LayoutFile | None) -> Iterator[Finding]:
    """A number of pages that the way of folding cannot have; where there are page types, each plan says how many."""
    if read and read.fold and not read.page_types and not fold_of(read.fold, read.pages or -1):
        usual = fold_of(read.fold)
        wanted = "6 から 24 までの偶数" if read.fold == CONCERTINA or not usual else f"{usual.pages}"
        told = f"折り方「{read.fold}」は1面を1ページとして数えますが、pages: {read.pages} では面の数が合いません。"
        yield error("layout-broken", told, where_of(tree, "pages"), f"pages には {wanted} と書いてください。")


def wide_flaps(layout: str, fold: str, sizes: Sequence[tuple[float, float]]) -> Iterator[Finding]:
    """Panels that are folded in and not narrower than those that hold them: their edge is crushed in the fold."""
    way = fold_of(fold, len(sizes)) if fold else None
    for inner, holder in way.tucked if way else ():
        one, other = sizes[inner - 1][0], sizes[holder - 1][0]
        if other - one < NARROWER - _HAIR:
            told = f"{fold}の内側に折り込む{inner}ページ（幅 {one:g} mm）が、{holder}ページ（幅 {other:g} mm）より"
            told += f"{NARROWER:g} mm 以上狭くありません。"
            yield warning(
                "flap-not-narrower",
                told,
                Where(layout, field="fold"),
                f"{inner}ページとその裏を、2〜3 mm 狭くしてください（page_types の trim か @page の size）。",
                "同じ幅では、折り込む紙の端が折り目に当たって、曲がります。",
            )


def of_no_page(tree: Tree, read: LayoutFile | None) -> Iterator[Finding]:
    """Keep-outs of page types that the layout does not have."""
    for name, each in (read.keep_outs if read else {}).items():
        assert read is not None
        types = each.types if isinstance(each.types, tuple) else (each.types,)
        if wrong := [type_ for type_ in types if type_ not in read.page_types]:
            told = f"「{wrong[0][:40]}」というページの型は、page_types にありません。"
            hint = f"使えるページの型: {'・'.join(read.page_types) or 'なし（types の行を消してください）'}"
            yield error("layout-broken", told, where_of(tree, f"keep_outs.{name}.types"), hint)


def of_no_kind(tree: Tree, takes: Sequence[str]) -> Iterator[Finding]:
    """``kinds`` of regions that are none of those of articles that the layout's manuscripts take (none: unknown)."""
    for name, type_ in _group(tree.at("page_types")).items() if takes else ():
        for key, region in _group(_group(type_).get("regions")).items():
            kinds = _group(region).get("kinds")
            for each in kinds if isinstance(kinds, list) else [kinds]:
                if isinstance(each, Scalar) and each.strip() and each.strip() not in takes:
                    near = difflib.get_close_matches(each.strip(), takes, 1, 0.5)
                    meant = f"「{near[0]}」のことではありませんか。" if near else ""
                    told = f"領域「{key}」の kinds の「{each.strip()[:40]}」という記事の型は、この号にはありません。"
                    where = where_of(tree, each.field or f"page_types.{name}.regions.{key}.kinds")
                    yield error("layout-broken", told, where, f"{meant}使える記事の型: {'・'.join(takes)}")


def counted_twice(tree: Tree, read: LayoutFile | None) -> Iterator[Finding]:
    """A number of pages beside page types: then the plan of each issue says how many there are."""
    if read and read.page_types and read.pages:
        told = f"pages: {read.pages} とありますが、page_types のあるレイアウトのページ数は、号の台割が決めます。"
        yield error("layout-broken", told, where_of(tree, "pages"), "「pages: 0」にしてください。")


def _group(node: Node | None) -> Mapping[str, Node]:
    return node if isinstance(node, dict) else {}


def named_pages(types: Mapping[str, PageType], usual: tuple[float, float]) -> str:
    """The CSS of page types that have not the ``usual`` size."""
    made = []
    for number, each in enumerate(types.values()):
        if each.trim != usual:
            size = " ".join(f"{side:g}mm" for side in each.trim)
            made.append(f"@page page-type-{number} {{ size: {size} }}\n")
            made.append(f'.page[data-type="{each.name}"] {{ page: page-type-{number} }}\n')
    return "".join(made)


def folds_in_words(types: Sequence[PageType]) -> str:
    """Where pages of these types are folded; empty if none is."""
    told = []
    for number, each in enumerate(types, 1):
        for side, folds in (("左", each.folds), ("上", each.folds_across)):
            if folds:
                told.append(f"{number}ページは{side}から {'・'.join(f'{fold:g}' for fold in folds)} mm")
    return "、".join(told)
