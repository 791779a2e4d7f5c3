"""What a layout says of text that goes on in another region (``overflow``), where it cannot be so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from koho_pdf.findings import Finding, error
from koho_pdf.layout.regions import NEXT, PageType, Region
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.scalar import Tree


def impossible(types: Mapping[str, PageType], tree: Tree) -> Iterator[Finding]:
    """Contradictions of ``overflow``: regions that are not there, that text cannot run on in, or that run in a ring."""
    for type_ in types.values():
        taken: dict[str, str] = {}
        for name, region in type_.regions.items():
            if region.overflow is None:
                continue
            field = f"page_types.{type_.name}.regions.{name}.overflow"
            if wrong := _wrong(region, type_, taken):
                yield error("layout-broken", f"領域「{name}」の overflow: {wrong[0]}", where_of(tree, field), wrong[1])
            taken.setdefault(region.overflow.to, name)


def _wrong(region: Region, type_: PageType, taken: Mapping[str, str]) -> tuple[str, str] | None:
    """What is wrong with a region's overflow, and how to mend it."""
    assert region.overflow
    to = region.overflow.to
    if region.flow != "columns":
        return "記事を分けない領域（flow: whole）の文章は、続けられません。", "flow: columns にしてください。"
    if not region.line_feed:
        return "行送りが決まっていません。", "line_feed に行送り（H）を書いてください。"
    if to == NEXT:
        return None
    others = "・".join(name for name in type_.regions if name != region.name)
    where = f"to に書けるのは、{NEXT} か、同じページの型の別の領域（{others or 'ここにはありません'}）です。"
    if to not in type_.regions or to == region.name:
        return f"「{to[:40]}」という続く先はありません。", where
    if not type_.regions[to].takes_from(region):
        told = f"領域「{to}」は、組み方が違うか、flow: columns でないので、続きを置けません。"
        return told, "2つの領域の flow・direction を同じにしてください。"
    if to in taken:
        return f"領域「{to}」には、領域「{taken[to]}」の続きが入ります。", "続く先を分けてください。"
    if region.name in _after(to, type_.regions):
        return "続く先をたどると、元の領域に戻ります。", "ひと筋につながるように書いてください。"
    return None


def _after(name: str, regions: Mapping[str, Region]) -> set[str]:
    """The regions that text of a region may reach on its page."""
    found: set[str] = set()
    while name in regions and name not in found:
        found.add(name)
        onward = regions[name].overflow
        name = onward.to if onward else ""
    return found
