"""棚: every issue of the workspace, what state it is in, how many days are left, what is to do today."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from koho_pdf.content.article_files import read_issue
from koho_pdf.content.check import layout_named
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.editions.checked_issue import checked_whole
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding, Severity
from koho_pdf.kinds.kind import Kind
from koho_pdf.layout.contract import Layout, kind_of_layout, read_layout
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.scalar import Scalar, Tree
from koho_pdf.platform.clock import now
from koho_pdf.press.folds import fold_of
from koho_pdf.rounds.round import name_of, rounds_of
from koho_pdf.screens.article_form import in_plain_words
from koho_pdf.workspace.workspace import Workspace, open_workspace

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")
_NAMED = re.compile(r"\{([a-z][a-z0-9_]*)\}")
STATES = ("原稿", "初校", "再校", "校了", "保管")
_COVERS = 6  # colours of covers that have no picture
_SOON = 330  # days for which a day needs no year


@dataclass(frozen=True, slots=True)
class Card:
    """An issue on the shelf. ``day`` is its day of issue in words, ``left`` the days until then (None: it is past, or
    not known). ``missing`` are words with whether each is done."""

    name: str
    title: str
    kind: str
    state: str
    day: str
    left: int | None
    colour: int
    missing: tuple[tuple[str, bool], ...] = ()

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The states with ``d`` (past), ``c`` (now) or nothing."""
        at = STATES.index(self.state) if self.state in STATES else 2
        return tuple((name, "d" if number < at else "c" if number == at else "") for number, name in enumerate(STATES))


@dataclass(frozen=True, slots=True)
class Shelf:
    """All issues, the next day of issue first, then the past ones; the day today; what is to do, by its issue."""

    cards: tuple[Card, ...]
    today: str
    todo: tuple[Card, ...]


def issue_names(root: Path) -> frozenset[str]:
    """The names of all issues that can be opened: folders in ``content`` with a manuscript; no link leads elsewhere."""
    content = root / "content"
    found = (path.parent for path in content.glob("*/issue.yaml"))
    inside = (each for each in found if _NAME.fullmatch(each.name) and each.resolve().parent == content.resolve())
    return frozenset(each.name for each in inside)


def shelf_of(root: Path) -> Shelf:
    """The shelf of a workspace. Raises KohoError where it is none. An issue that cannot be read is there too."""
    workspace = open_workspace(root)
    today = now().date()
    cards = [_card(workspace.content / name, workspace, today) for name in sorted(issue_names(root))]
    cards.sort(key=lambda card: (card.left is None, card.left or 0, card.name))
    todo = tuple(each for each in cards if each.left is not None and any(not done for _, done in each.missing))
    return Shelf(tuple(cards), _in_words(today), todo[:5])


def _card(folder: Path, workspace: Workspace, today: datetime.date) -> Card:
    colour = sum(folder.name.encode()) % _COVERS
    state = state_of(folder, workspace.root)
    try:
        tree = read_issue(folder, workspace.root)
        kind = _kind_of(tree, workspace)[1]
    except KohoError as fault:
        wrong = ((f"間違い {len(fault.findings)}", False),)
        return Card(folder.name, folder.name, "", state, "", None, colour, wrong)
    day = _day_of(tree)
    left = (day - today).days if day and day >= today else None
    said = (
        (_in_words(day)[5 if left is not None and left < _SOON else 0 :] + ("まで" if left is not None else ""))
        if day
        else ""
    )
    card = Card(folder.name, _title(kind, tree) or folder.name, kind.title, state, said, left, colour)
    return replace(card, missing=tuple(_missing(tree, folder, workspace)))


def _missing(tree: Tree, folder: Path, workspace: Workspace) -> Iterator[tuple[str, bool]]:
    """What the manuscript lacks, in a few words."""
    found: Sequence[Finding]
    try:
        found = checked_whole(tree, folder, workspace, looking=True)[2]
    except KohoError as fault:
        found = fault.findings
    empty = sum(each.code in ("missing-field", "empty-text") for each in found)
    wrong = sum(each.severity is Severity.ERROR for each in found) - empty
    care = sum(each.severity is Severity.WARNING for each in found)
    if empty:
        yield f"書いていない欄 {empty}", False
    if wrong > 0:
        yield f"間違い {wrong}", False
    if care:
        yield f"注意 {care}", False
    if not found or not (empty or wrong > 0 or care):
        yield "原稿の間違い 0", True


def title_of(folder: Path, root: Path) -> str:
    """What an issue is called, in plain words; its folder's name where that cannot be read."""
    try:
        workspace = open_workspace(root)
        tree = read_issue(folder, root)
        return _title(_kind_of(tree, workspace)[1], tree) or folder.name
    except KohoError:
        return folder.name


def sheet_of(folder: Path, root: Path) -> dict[str, Any]:
    """What the print shop does with an issue's pages: the side of the binding (``left`` or ``right``), bleed and safe
    margin in mm, and the edges at which each page is folded, by its number."""
    try:
        workspace = open_workspace(root)
        layout = _kind_of(read_issue(folder, root), workspace)[0]
    except KohoError:
        return {"binding": "left", "bleed": 3.0, "safe": 5.0, "folds": {}}
    way = fold_of(layout.fold, layout.pages) if layout.fold and layout.pages else None
    folds = {page: list(way.edges(page, layout.binding)) for page in range(1, way.pages + 1)} if way else {}
    return {
        "binding": layout.binding,
        "bleed": layout.bleed,
        "safe": workspace.city.press.safe_margin,
        "folds": folds,
    }


def state_of(folder: Path, root: Path) -> str:
    """原稿, the name of its last round, 校了, or 保管."""
    if (root / "archive" / folder.name).is_dir():
        return "保管"
    released = re.compile(rf"{re.escape(folder.name)}(?:-r[0-9]+)?")
    releases = root / "out" / "releases"
    if releases.is_dir() and any(released.fullmatch(each.name) for each in releases.iterdir()):
        return "校了"
    try:
        rounds = rounds_of(folder, root)
    except KohoError:
        return "原稿"
    return name_of(len(rounds)) if rounds else "原稿"


def _kind_of(tree: Tree, workspace: Workspace) -> tuple[Layout, Kind]:
    layout = read_layout(workspace.layouts / (layout_named(tree) or "_"), workspace.root)
    return layout, kind_of_layout(layout, workspace.root)


def _title(kind: Kind, tree: Tree) -> str:
    root: Mapping[str, object] = tree.root if isinstance(tree.root, dict) else {}

    def words(found: re.Match[str]) -> str:
        said = root.get(found[1])
        return in_plain_words(str(said)) if isinstance(said, Scalar) else ""

    return _NAMED.sub(words, kind.called).strip()


def _day_of(tree: Tree) -> datetime.date | None:
    written = tree.at("date")
    try:
        return CalendarDate.parse(str(written)).day if isinstance(written, Scalar) else None
    except Refusal:
        return None


def _in_words(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}）"
