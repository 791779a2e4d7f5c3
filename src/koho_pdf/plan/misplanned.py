"""What of a plan does not go with the layout that its issue asks for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import Plan
from koho_pdf.findings import Finding, error, warning
from koho_pdf.kinds.keys_of import KeysOf
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.planned import articles_by_id, plan_of, types_of_pages
from koho_pdf.layout.regions import PageType
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.folds import CONCERTINA, fold_of


def misplanned(issue: Issue, layout: Layout, tree: Tree) -> Iterator[Finding]:
    """What of a plan does not go with the layout: page types and regions that it does not have, kinds of articles that
    may not stand there, a plan that is missing."""
    plan, types = plan_of(issue), layout.page_types
    if plan is None:
        if types:
            hint = f"pages に、ページの型（{'・'.join(types)}）を順に書いてください。"
            told = "このレイアウトには台割が要りますが、書かれていません。"
            yield error("plan-missing", told, where_of(tree, type(issue).planned or "layout"), hint)
        return
    articles = articles_by_id(issue)
    for page in plan.pages:
        if page.type not in types:
            told = f"「{page.type[:40]}」というページの型は、レイアウト「{layout.name}」にありません。"
            yield error("plan-page-unknown", told, where_of(tree, page.field), _near(page.type, types, "ページの型"))
            continue
        regions = types[page.type].regions
        for name, ids in page.regions.items():
            where = where_of(tree, page.places[name])
            if name not in regions:
                told = f"ページの型「{page.type}」に、領域「{name[:40]}」はありません。"
                yield error("plan-region-unknown", told, where, _near(name, regions, "領域"))
                continue
            takes = regions[name].kinds
            for id_ in ids:
                if takes and id_ in articles and articles[id_].kind not in takes:
                    told = f"記事「{id_}」は {articles[id_].kind} の型で、領域「{name}」には置けません。"
                    yield error("plan-kind-not-here", told, where, f"ここに置ける型: {'・'.join(takes)}")
    yield from _unmarked(articles, plan, layout, tree)
    yield from _unplaced(articles, plan, tree)


def _unmarked(articles: Mapping[str, ArticleManuscript], plan: Plan, layout: Layout, tree: Tree) -> Iterator[Finding]:
    """Articles that must be marked (広告) in regions whose page prints no such mark."""
    for page in plan.pages:
        regions = layout.page_types[page.type].regions if page.type in layout.page_types else {}
        for name, ids in page.regions.items():
            for id_ in ids if name in regions else ():
                mark = articles[id_].described.mark if id_ in articles else ""
                if mark and regions[name].mark != mark:
                    marked = [
                        f"{type_}の「{each}」"
                        for type_, there in layout.page_types.items()
                        for each, region in there.regions.items()
                        if region.mark == mark
                    ]
                    told = f"記事「{id_}」には「{mark}」の印が要りますが、領域「{name}」には付きません。"
                    hint = f"印の付く領域に置いてください: {'・'.join(marked)}" if marked else _NO_MARK.format(mark)
                    yield error("article-unmarked", told, where_of(tree, page.places[name]), hint)


_NO_MARK = "layout.yaml の領域に「mark: {}」と書き、ページのひな形でその言葉を印刷してください。"


def _unplaced(articles: Mapping[str, ArticleManuscript], plan: Plan, tree: Tree) -> Iterator[Finding]:
    """Articles that stand on no page and do not say why, and those that do and stand on one."""
    numbers = plan.numbers()
    for id_, article in articles.items():
        page, why = numbers.get(id_, 0), KeysOf(article).unplaced
        if bool(page) != bool(why):
            continue
        where = where_of(tree, of_article(id_))
        if not page and not why:
            hint = f"台割（pages）の領域に「{id_}」を書き足してください。ウェブなどだけに載せるなら、"
            told = f"記事「{id_}」が、どのページにもありません。"
            yield error(
                "article-on-no-page",
                told,
                where,
                f"{hint}記事に「unplaced: ウェブだけに載せる」のように理由を書きます。",
            )
        elif page and why:
            told = f"記事「{id_}」は、載せない理由（{why[:20]}）があるのに、{page}ページに載ります。"
            hint = "載せるなら記事の unplaced の行を、載せないなら台割のその名前を消してください。"
            yield warning("article-on-a-page", told, where_of(tree, f"{of_article(id_)}unplaced"), hint)


def unlike_leaves(issue: Issue, layout: Layout, tree: Tree) -> Iterator[Finding]:
    """Fronts and backs of a leaf (pages 1 and 2, 3 and 4 …) of different sizes or folds: a fold that stands so far from
    the left of a page stands as far from the right of its back."""
    plan, types = plan_of(issue), types_of_pages(issue, layout)
    way = fold_of(layout.fold, len(types)) if layout.fold else None
    leaves = way.leaves if way else [(number - 1, number) for number in range(2, len(types) + 1, 2)]
    for first, number in leaves if plan else ():
        front, back = types[first - 1], types[number - 1]
        if front.trim == back.trim and (way or _folded_alike(front, back)):
            continue
        what = "大きさ" if front.trim != back.trim else "折りの場所"
        told = f"{first}ページ（{front.name}）と{number}ページ（{back.name}）は1枚の紙の表と裏ですが、"
        told += f"{what}が合いません。"
        hint = "同じ大きさの型が表と裏に並ぶように、台割を直してください。折りの場所は、裏では左右が逆になります。"
        assert plan is not None
        yield error("plan-leaf-differs", told, where_of(tree, plan.pages[number - 1].field), hint)


def _folded_alike(front: PageType, back: PageType) -> bool:
    """Whether the folds of a page go on on its back: upright ones mirrored, those across as far from the head."""
    mirrored = sorted(round(front.trim[0] - fold, 2) for fold in front.folds)
    across = [sorted(round(fold, 2) for fold in each.folds_across) for each in (front, back)]
    return mirrored == sorted(round(fold, 2) for fold in back.folds) and across[0] == across[1]


def otherwise_folded(issue: Issue, layout: Layout, tree: Tree) -> Iterator[Finding]:
    """A plan with another number of pages than the layout's way of folding has panels."""
    plan, usual = plan_of(issue), fold_of(layout.fold) if layout.fold else None
    if plan and layout.fold and not fold_of(layout.fold, len(plan.pages)):
        told = f"台割は{len(plan.pages)}ページですが、折り方「{layout.fold}」では面の数が合いません。"
        wanted = f"{usual.pages}ページ" if usual and layout.fold != CONCERTINA else "6 から 24 までの偶数のページ"
        where = where_of(tree, plan.pages[-1].field if plan.pages else type(issue).planned)
        yield error("plan-not-folded", told, where, f"{wanted}にしてください。何もない面も、ページとして書きます。")


def touching(issue: Issue, layout: Layout, root: Path) -> Iterator[Finding]:
    """Regions of the plan's page types whose columns have no space between them, for the designer."""
    for type_ in dict.fromkeys(each.name for each in types_of_pages(issue, layout)):
        for name, region in layout.page_types[type_].regions.items():
            if region.columns > 1 and not region.gutter:
                where = where_of(read(layout.folder / "layout.yaml", root), f"page_types.{type_}.regions.{name}")
                told = f"領域「{name}」の{region.columns}つの段の間（gutter）が 0 なので、段と段の文章がくっつきます。"
                yield warning("columns-touch", told, where, "「gutter: 5」のように、段の間を書いてください。")


def _near(name: str, names: Mapping[str, object], what: str) -> str:
    near = difflib.get_close_matches(name, names, 1, 0.5)
    meant = f"「{near[0]}」のことではありませんか。" if near else ""
    return f"{meant}使える{what}: {'・'.join(names) or 'なし'}"
