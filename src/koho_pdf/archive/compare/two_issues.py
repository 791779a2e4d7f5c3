"""The two sides of a comparison: an issue by its name, from the archive or from ``content/``, as an outline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.archive.bags.record import Record
from koho_pdf.archive.bags.withheld import issue_folders, shown_of, withheld_of
from koho_pdf.content.article_files import read_issue
from koho_pdf.content.check import check, layout_named
from koho_pdf.content.departments import departments_in
from koho_pdf.content.issue import Issue
from koho_pdf.content.outline import Part, outline
from koho_pdf.content.public import public
from koho_pdf.errors import KohoError, UsageError
from koho_pdf.findings import error
from koho_pdf.kinds.known import kind_called
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.contract import layout_names, read_layout


@dataclass(frozen=True, slots=True)
class Side:
    """One issue to compare, in its public words.

    ``structure`` is None if its manuscript is not available. Structures of the same ``kind`` can be compared; articles
    always can. ``issue`` is the name of the issue, if both sides are rounds of one.
    """

    name: str
    title: str
    date: datetime.date
    kind: str
    structure: Part | None
    articles: Part
    issue: str = ""


def side_of(name: str, archive: Path, root: Path) -> Side:
    """The issue ``name``: its manuscript in the archive, else its record there, else its manuscript in ``content/``.
    For an issue with withheld parts, its record without them. ``root`` is the workspace. Raises UsageError
    (``no-issue``) if there is none, and what reading it raises.
    """
    if Path(name).name == name:
        if archive / name in issue_folders(archive):
            for manuscript, source in () if withheld_of(archive / name) else _manuscripts(archive / name):
                return _of_manuscript(name, manuscript, source)
            return _of_record(shown_of(archive / name).record)
        if (root / "content" / name / "issue.yaml").is_file():
            return _of_manuscript(name, root / "content" / name, root)
    held = {path.name for path in issue_folders(archive)}
    names = "・".join(sorted(held | {path.parent.name for path in root.glob("content/*/issue.yaml")}))
    raise UsageError(
        error(
            "no-issue",
            f"号「{name}」がありません。",
            hint=f"保存庫と content にある号: {names or 'まだ1つもありません'}",
        )
    )


def _of_manuscript(name: str, folder: Path, root: Path) -> Side:
    issue = public(checked_manuscript(folder, root))
    articles = ((article.heading, article.paragraphs) for article in articles_of(issue))
    return Side(name, issue.as_title(), issue.date.day, issue.kind, outline(issue), _as_outline(articles))


def checked_manuscript(folder: Path, root: Path) -> Issue:
    """The issue in ``folder`` of the workspace ``root``, its manuscript checked as its layout's kind.

    Raises ManuscriptError and LayoutError.
    """
    tree = read_issue(folder, root)
    names = layout_names(root / "layouts")
    layout = layout_named(tree)
    kind = read_layout(root / "layouts" / layout, root).kind if layout in names else ""
    model = kind_called(kind, root / "layouts", root).model if kind else Issue
    return check(tree, model, folder=folder, layouts=names, departments=departments_in(root)).issue


def kept_manuscript(folder: Path) -> Issue | None:
    """The whole issue that the bag in ``folder`` was made from; None if its manuscript cannot be read today."""
    try:
        for manuscript, source in _manuscripts(folder):
            return checked_manuscript(manuscript, source)
    except KohoError:
        pass
    return None


def _manuscripts(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The folder of a bag's manuscript, and the small workspace around it."""
    source = folder / PAYLOAD / "print" / "source"
    yield from ((manuscript.parent, source) for manuscript in sorted(source.glob("content/*/issue.yaml")))


def _of_record(record: Record) -> Side:
    articles = ((article.heading, article.text.split("\n")) for article in record.articles)
    return Side(record.name, record.title, record.date, record.kind, None, _as_outline(articles))


def _as_outline(articles: Iterable[tuple[str, Iterable[str]]]) -> Part:
    """The outline of articles, each with a heading and paragraphs."""
    return Part(
        "",
        "",
        parts=tuple(
            Part(
                f"articles.{number}",
                "記事",
                heading,
                tuple(
                    Part(f"articles.{number}.paragraphs.{count}", "段落", words, listed=True)
                    for count, words in enumerate(paragraphs)
                ),
                listed=True,
            )
            for number, (heading, paragraphs) in enumerate(articles)
        ),
    )
