"""What is wrong with the inks of the pages of a plan: for the layout, for the press, and for a side of its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from koho_pdf.content.issue import Issue
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.finishing.imposition import Laying, Misfit, pages_a_sheet, sides
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.page_palettes import inks_of_pages
from koho_pdf.layout.planned import plan_of, types_of_pages
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.plan.press_sides import press_sides
from koho_pdf.press.page_inks import IN_WORDS, sets_taken
from koho_pdf.press.profile import Press


def misinked(issue: Issue, layout: Layout, press: Press, tree: Tree) -> Iterator[Finding]:
    """Pages whose inks the page type does not offer or the press does not take, and sides of a sheet whose pages have
    different inks."""
    plan, inks, taken = plan_of(issue), inks_of_pages(issue, press), sets_taken(press)
    for number, page in enumerate(plan.pages, 1) if plan else ():
        kind, where = inks[number], where_of(tree, f"{page.field}.inks" if page.inks else page.field)
        type_ = layout.page_types.get(page.type)
        named = f"{number}ページの{IN_WORDS[kind]}（{kind}）"
        if kind not in taken:
            yield error(
                "inks-not-taken",
                f"{named}は、入稿条件「{press.name}」では刷れません。",
                where,
                f"inks を {'・'.join(taken)} のどれかにするか、印刷所に尋ねて、press/{press.name}.yaml の page_inks に"
                "足してください。",
            )
        if type_ and type_.inks and kind not in type_.inks:
            offered = "・".join(type_.inks)
            hint = f"「- {{page: {page.type}, inks: {type_.inks[0]}, …}}」のように、{offered} から選んでください。"
            yield error("inks-not-offered", f"{named}では、ページの型「{page.type}」を刷れません。", where, hint)
    if plan and len(set(inks.values())) > 1:
        yield from _mixed(inks, issue, layout, press, tree, plan.pages[0].field)


def _mixed(
    inks: Mapping[int, str], issue: Issue, layout: Layout, press: Press, tree: Tree, field: str
) -> Iterator[Finding]:
    """Sides of the press whose pages have different inks: all its pages run through all of its inks."""
    if press.sheets == "single" and not press.pages_per_side and not layout.fold:
        yield warning(
            "press-side-unknown",
            f"入稿条件「{press.name}」に pages_per_side がないので、紙の面ごとのインキを確かめられません。",
            Where(f"press/{press.name}.yaml"),
            "1つの面に何ページ並ぶかを印刷所に尋ねて、pages_per_side: 8 のように書いてください。",
        )
        return
    for side in _sides(len(inks), issue, layout, press):
        of_side: dict[str, list[int]] = {}
        for page in side:
            of_side.setdefault(inks[page], []).append(page)
        if len(of_side) > 1:
            told = "、".join(f"{_pages(pages)}は{IN_WORDS[kind]}" for kind, pages in of_side.items())
            most = max(of_side, key=lambda kind: (kind == press.inks.kind, len(of_side[kind])))
            few = min(of_side, key=lambda kind: len(of_side[kind]))
            yield warning(
                "side-of-mixed-inks",
                f"紙の同じ面に並ぶ{_pages(side)}のインキが、そろっていません（{told}）。",
                where_of(tree, field),
                f"{_pages(of_side[few])}の inks を変えて面のインキをそろえるか、ページを別の面に移すか、"
                f"面の全部を{IN_WORDS[most]}（{most}）にしてください。",
                "1つの面は同じ版で刷るので、少ないインキのページにも、ほかのページの版の費用がかかります。",
            )


def _sides(count: int, issue: Issue, layout: Layout, press: Press) -> tuple[tuple[int, ...], ...]:
    """The pages of each side: as the shop lays them, or as we do; none if they do not go together."""
    if press.sheets == "single" and not layout.fold:
        return press_sides(count, press.pages_per_side)
    sizes = [each.trim for each in types_of_pages(issue, layout)] or [layout.trim] * count
    more = 0 if layout.fold else -count % pages_a_sheet(press.sheets)
    try:
        laid = sides((*sizes, *[sizes[-1]] * more), press.bleed, Laying(press.sheets, layout.binding, 0.0, layout.fold))
    except Misfit:
        return ()
    return tuple(tuple(sorted(each.page for each in side.pages if each.page <= count)) for side in laid)


def _pages(numbers: object) -> str:
    assert isinstance(numbers, (list, tuple))
    return "・".join(map(str, numbers)) + "ページ"
