"""The next issue begun from the last one (``koho new --from``): number, dates and repeating articles move on.

What is copied says ``carried`` until somebody has looked at it (``editions.carried_over``). Nothing is
ever overwritten.
"""

from __future__ import annotations

import calendar
import datetime
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from koho_pdf.content.article_files import file_of, read_issue
from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.check import check, layout_named
from koho_pdf.content.issue import Issue
from koho_pdf.content.plan import Plan
from koho_pdf.content.plan_writing import Unwritable, with_plan
from koho_pdf.content.values.dates import CalendarDate, FiscalYear
from koho_pdf.content.values.months import Month
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.kinds.known import kind_called
from koho_pdf.layout.contract import layout_names, read_layout
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.scalar import Node, Scalar, Tree
from koho_pdf.manuscript.yaml_splicing import Unspliced, spliced
from koho_pdf.workspace.beginning import free_folder
from koho_pdf.workspace.left_behind import without_references
from koho_pdf.workspace.words_of_months import (
    comments_moved,
    days_in,
    fiscal_year_like,
    month_in_address,
    month_like,
    month_words,
    next_number,
    next_time,
    written_like,
)
from koho_pdf.workspace.workspace import Workspace

_NAMED_MONTH = re.compile(r"([0-9]{4})-?([01][0-9])(?![0-9])")
_NAMED_YEAR = re.compile(r"[0-9]{4}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Rolled:
    """The ``folder`` of the new issue, its ``kind`` and its day; the articles that were ``carried`` and those ``left``
    behind, by their ids; and what was ``changed`` in the manuscripts: the file, old and new words."""

    folder: Path
    kind: str
    date: datetime.date
    carried: tuple[str, ...]
    left: tuple[str, ...]
    changed: tuple[tuple[str, str, str], ...]


def roll(source: Path, name: str, workspace: Workspace) -> Rolled:
    """Begin the issue ``name`` from the one in the folder ``source``.

    Its date is that of the source a month later, or in the month that ``name`` begins with (2027-04-koho). Raises
    UsageError: ``issue-name``, ``issue-exists``; ManuscriptError if the source has mistakes, or its page plan cannot
    be written (``plan-not-written``), or articles are not in files (``articles-not-apart``).
    """
    target = free_folder(name, workspace)
    tree = read_issue(source, workspace.root)
    layout = read_layout(workspace.layouts / (layout_named(tree) or ""), workspace.root)
    kind = kind_called(layout.kind, workspace.layouts, workspace.root)
    names = layout_names(workspace.layouts)
    checked = check(tree, kind.model, folder=source, layouts=names, departments=workspace.city.departments)
    issue, tree = checked.issue, checked.tree
    articles = {each.id: each for key in type(issue).takes for each in getattr(issue, key)}
    carried = [id_ for id_, each in articles.items() if type(each).described.repeats]
    left = [id_ for id_ in articles if id_ not in carried]
    inside = [id_ for id_ in articles if not (source / file_of(id_)).is_file()]
    if inside or (articles and not type(issue).planned):
        raise ManuscriptError(_not_in_files(tree, inside))
    rolling = _Rolling(source.name, issue.date.day, _next(issue.date.day, source.name, name))
    files = {"issue.yaml": rolling.front(source, tree, issue, frozenset(left))}
    files |= {file_of(id_): rolling.article(source, tree, id_, articles[id_]) for id_ in carried}
    shown = _files_of([tree.root, *(tree.articles[id_].root for id_ in carried if id_ in tree.articles)], source)
    for shown_file in shown:
        (target / shown_file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / shown_file, target / shown_file)
    for file, content in files.items():
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        (target / file).write_bytes(content)
    return Rolled(target, layout.kind, rolling.day, tuple(carried), tuple(left), tuple(rolling.changed))


class _Rolling:
    """Manuscripts of the issue ``last`` of the day ``before``, changed for that of ``day``."""

    def __init__(self, last: str, before: datetime.date, day: datetime.date) -> None:
        self.last, self.before, self.day = last, before, day
        self.changed: list[tuple[str, str, str]] = []

    def front(self, source: Path, tree: Tree, issue: Issue, left: frozenset[str]) -> bytes:
        """``issue.yaml``: its plan without the articles that are left behind, number and dates moved on."""
        raw, file = (source / "issue.yaml").read_bytes(), "issue.yaml"
        plan = getattr(issue, type(issue).planned, None) if type(issue).planned else None
        if isinstance(plan, Plan):
            kept = [
                replace(
                    page,
                    regions={name: tuple(id_ for id_ in ids if id_ not in left) for name, ids in page.regions.items()},
                )
                for page in plan.pages
            ]
            raw = self._planned(raw, tree, type(issue).planned, replace(plan, pages=tuple(kept)))
        for name in type(issue).model_fields:
            if (text := self._moved(name, getattr(issue, name), tree.at(name))) is not None:
                raw = self._with(raw, file, name, str(tree.at(name)), text)
        delivery = tree.at("printing.delivery")
        if isinstance(delivery, Scalar) and (there := days_in(delivery, self._later)) != delivery:
            raw = self._with(raw, file, "printing.delivery", str(delivery), there)
        raw = without_references(raw, file, left)
        return _marked(comments_moved(raw, self.before, self.day), self.last)

    def _later(self, day: datetime.date) -> datetime.date:
        return _months_later(day, self._months)

    def article(self, source: Path, tree: Tree, id_: str, article: ArticleManuscript) -> bytes:
        """A file of an article: the month of its heading, its months, 第18回 and the month in addresses move on.

        Days and figures stay: no program knows which office is on duty next month, and an old day is seen to be old.
        """
        raw, file = (source / file_of(id_)).read_bytes(), file_of(id_)
        heading = type(article).described.heading
        for name in type(article).model_fields:
            node = tree.at(f"{of_article(id_)}{name}")
            if not isinstance(node, Scalar):
                continue
            said, value = str(node), getattr(article, name)
            if name == heading:
                moved = month_words(said, self.before, self.day)
            elif isinstance(value, Month):
                moved = month_like(said, self._later(value.first))
            else:
                moved = month_in_address(next_time(said), self.before, self.day)
            if moved != said:
                raw = self._with(raw, file, name, said, moved)
        return _marked(raw, self.last)

    def _planned(self, raw: bytes, tree: Tree, key: str, plan: Plan) -> bytes:
        try:
            return with_plan(raw, tree.file, key, plan)
        except Unwritable as kept:
            told = "この号の台割は、ほかの言葉を失わずには書き換えられないので、次の号を始められません。"
            hint = "台割を1ページ1行の形（「- notices: {main: [a, b]}」）に直してください。"
            raise ManuscriptError(error("plan-not-written", told, Where(tree.file, kept.line), hint)) from None

    def _moved(self, name: str, value: object, node: Node | None) -> str | None:
        """What a field of the issue says in the next one; None if it stays."""
        if not isinstance(node, Scalar):
            return None
        if name == "number":
            return month_words(next_number(node), self.before, self.day)
        if isinstance(value, CalendarDate):
            there = _months_later(value.day, self._months)
            return written_like(node, CalendarDate(self.day if name == "date" else there, ""))
        if isinstance(value, Month):
            return month_like(node, self._later(value.first))
        if isinstance(value, FiscalYear):
            year = self.day.year - (self.day.month < 4)
            return fiscal_year_like(node, year) if year != value.year else None
        moved = month_words(node, self.before, self.day)
        return moved if moved != node else None

    @property
    def _months(self) -> int:
        return (self.day.year - self.before.year) * 12 + self.day.month - self.before.month

    def _with(self, raw: bytes, file: str, path: str, old: str, new: str) -> bytes:
        try:
            changed = spliced(raw, path, new)
        except Unspliced:
            return raw
        self.changed.append((file, old, new))
        return changed


def _marked(raw: bytes, last: str) -> bytes:
    """A file with ``carried`` as its last line, in place of one that it has; within { }, as its first name."""
    if braced := re.match(rb"((?:\xef\xbb\xbf)?(?:\s|#.*\n)*\{)(?:carried: [^,{}]*, )?", raw):
        return braced[1] + f"carried: {last}, ".encode() + raw[braced.end() :]
    text = re.sub(rb"^carried:.*(?:\r?\n|\Z)", b"", raw, flags=re.MULTILINE)
    end = b"\r\n" if b"\r\n" in text else b"\n"
    return text + (b"" if text.endswith((b"\n", b"\r")) or not text else end) + f"carried: {last}".encode() + end


def _not_in_files(tree: Tree, inside: Sequence[str]) -> Finding:
    """The finding that a program cannot take the articles of an issue apart."""
    told = "記事がページの台割とファイルに分かれていないので、この号から次の号を始められません。"
    hint = "記事を articles のファイルに移し、台割（pages）に名前だけを書いてください。"
    line = tree.lines.get(of_article(inside[0]), 1) if inside else 1
    return error("articles-not-apart", told, Where(tree.file, line), hint)


def _next(before: datetime.date, last: str, name: str) -> datetime.date:
    """The day of the next issue: in the month, or as many years later, as the names say; else a month later."""
    found = _NAMED_MONTH.match(name)
    if found and 1 <= int(found[2]) <= 12:
        return _months_later(before, (int(found[1]) - before.year) * 12 + int(found[2]) - before.month)
    years = [_NAMED_YEAR.match(each) for each in (last, name)]
    if years[0] and years[1]:
        return _months_later(before, 12 * (int(years[1][0]) - int(years[0][0])))
    return _months_later(before, 1)


def _months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later; the last day of a month stays its last, and no month is passed over."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1] and day.day > 27
    return datetime.date(year, month + 1, last if is_last else min(day.day, last))


def _files_of(roots: Sequence[Node], folder: Path) -> Iterator[PurePosixPath]:
    """The files of the issue that manuscripts name."""
    found: dict[str, None] = {}
    for root in roots:
        for text in _texts(root):
            path = PurePosixPath(text.strip())
            inside = path.parts and ".." not in path.parts and not path.is_absolute() and path.suffix != ".yaml"
            if inside and len(text) < 200 and (folder / path).is_file():
                found[str(path)] = None
    yield from map(PurePosixPath, found)


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Mapping):
        for each in node.values():
            yield from _texts(each)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)
    else:
        yield node
