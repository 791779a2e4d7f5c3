"""Whether the articles of past issues that an issue corrects (お詫びと訂正) are there: in the archive, in a release, or
in the workspace."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.archive.bags.holdings import newest_revisions, revision_of
from koho_pdf.archive.bags.record import read_record
from koho_pdf.content.issue import Issue
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding, error, warning
from koho_pdf.kinds.types.past import PastArticle, PastArticleField
from koho_pdf.layout.planned import articles_by_id
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.workspace.workspace import Folders


def uncorrected(issue: Issue, tree: Tree, folders: Folders) -> tuple[Finding, ...]:
    """An error for each past article that its issue does not have (``past-article-unknown``), a warning where nobody
    has the issue (``past-issue-unknown``)."""
    return tuple(_told(issue, tree, folders))


def _told(issue: Issue, tree: Tree, folders: Folders) -> Iterator[Finding]:
    for id_, article in articles_by_id(issue).items():
        for name, field in article.described.fields.items():
            value = getattr(article, name) if isinstance(field, PastArticleField) else None
            if not isinstance(value, PastArticle):
                continue
            where = where_of(tree, f"{of_article(id_)}{name}")
            keys = _keys_of(value.issue, folders)
            if keys is None:
                told = f"「{value.issue}」という号は、保存庫にも、校了した号にもありません。"
                hint = "号のフォルダーの名前を確かめてください。保存庫を始める前の号なら、この行は要りません。"
                yield warning("past-issue-unknown", told, where, hint)
            elif value.key not in keys:
                near = difflib.get_close_matches(value.key, keys, 1, 0.5)
                meant = f"「{near[0]}」のことではありませんか。" if near else ""
                told = f"「{value.issue}」に、「{value.key}」という記事はありません。"
                hint = f"{meant}記事の名前（id）は {'・'.join(sorted(keys)[:12])} です。"
                yield error("past-article-unknown", told, where, hint)


def _keys_of(name: str, folders: Folders) -> frozenset[str] | None:
    """The ids of the articles of an issue, in its last revision; None if it is nowhere."""
    shelves = (folders.archive, PAYLOAD), (folders.root / "archive-samples", PAYLOAD), (folders.out / "releases", "")
    for shelf, payload in shelves:
        there = sorted(each.name for each in shelf.iterdir() if each.is_dir()) if shelf.is_dir() else []
        replaced = newest_revisions(there)
        for each in there:
            if each not in replaced and revision_of(each)[0] == name:
                try:
                    return frozenset(article.key for article in read_record(shelf / each, payload).articles)
                except (OSError, KohoError):  # ``koho archive verify`` tells it
                    continue
    articles = folders.content / name / "articles"
    return frozenset(each.stem for each in articles.glob("*.yaml")) if articles.is_dir() else None
