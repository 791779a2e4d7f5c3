"""A round pulled from an issue: its pages, where everything stands on them, its words, and what is still open."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.content.article_files import read_issue
from koho_pdf.content.articles import Article
from koho_pdf.content.blocks import words_of
from koho_pdf.content.issue import Issue
from koho_pdf.content.outline import outline
from koho_pdf.content.public import pictures_of
from koho_pdf.content.values.person import Person
from koho_pdf.editions.checked_issue import checked_somehow
from koho_pdf.editions.looked import looked
from koho_pdf.editions.proofread import proofread, standing
from koho_pdf.findings import Finding, place_in_words
from koho_pdf.gate.acknowledged import Entry, entries_of
from koho_pdf.gate.issue_prose import prose_of_articles
from koho_pdf.gate.prose import Prose, Role
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.own_files import is_received
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.pipeline import as_looked_at
from koho_pdf.rounds.round import MANUSCRIPT, PAGES, Passage, Proofed, Round, Standing, Told, as_bytes
from koho_pdf.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Pulled:
    """A round with its pages as a PDF (trim size, for a screen), the manuscript's files by name, what two people let
    stand, and what papers are set in.
    """

    round: Round
    pages: bytes
    manuscript: dict[str, bytes]
    acknowledged: tuple[Entry, ...]
    faces: tuple[Face, ...]
    findings: tuple[Finding, ...]

    def files(self) -> dict[str, bytes]:
        """What is kept of it, by name in its folder."""
        kept = {f"{MANUSCRIPT}/{name}": content for name, content in self.manuscript.items()}
        return {"round.json": as_bytes(self.round), PAGES: self.pages, **kept}


def pulled(
    folder: Path,
    workspace: Workspace,
    *,
    number: int,
    name: str,
    date: str = "",
    until: str = "",
    progress: Callable[[str], None] = lambda stage: None,
) -> Pulled:
    """The round of the issue in ``folder`` as it stands now. A manuscript with mistakes has one too: they are among its
    open findings, and something stands in their place as in ``koho look``.

    Raises KohoError where no page can be made.
    """
    with ThreadPoolExecutor(1) as beside:
        of, told = as_looked_at(folder, workspace, beside, progress)
    progress("ページを組む")
    seen = looked(of)
    words = proofread(folder, workspace).findings
    findings = tuple(dict.fromkeys((*told, *seen.findings, *words, *standing(folder, workspace))))
    manuscript = _manuscript(folder, of.tree)
    made = Round(
        issue=folder.name,
        number=number,
        name=name,
        date=date,
        until=until,
        title=of.whole.as_title(),
        issued=of.whole.date.iso,
        municipality=workspace.city.municipality,
        kind=of.whole.kind,
        layout=of.layout.name,
        outline=outline(of.whole, whole=True),
        articles=proofed(of.whole, of.tree),
        places=tuple(Standing(each.field, each.page, each.pieces) for each in seen.document.placed if each.pieces),
        sizes=tuple(seen.document.sizes),
        told=tuple(_told(each) for each in findings),
        pages_sum=hashlib.sha256(seen.screen).hexdigest(),
        files={each: hashlib.sha256(content).hexdigest() for each, content in manuscript.items()},
        pictures=_pictures(of.whole, folder),
    )
    return Pulled(made, seen.screen, manuscript, entries_of(folder, workspace.root), of.faces, findings)


def _pictures(issue: Issue, folder: Path) -> dict[str, str]:
    """The SHA-256 of every picture that there is, by its name."""
    there = (each for each in pictures_of(issue) if (folder / each).is_file())
    return {each: hashlib.sha256((folder / each).read_bytes()).hexdigest() for each in there}


def proofed(issue: Issue, tree: Tree) -> tuple[Proofed, ...]:
    """The articles of an issue with their texts, as they stand now."""
    articles = articles_of(issue)
    proses = prose_of_articles(articles, tree).proses
    return tuple(
        Proofed(each.key, each.field, each.heading, each.department or NOBODYS, _passages(each, proses, tree))
        for each in articles
    )


def texts_now(folder: Path, workspace: Workspace) -> tuple[tuple[Proofed, ...], Tree]:
    """The same of the issue in ``folder``, and its manuscript, without making a page. Raises KohoError."""
    checked, _, _, _ = checked_somehow(read_issue(folder, workspace.root), folder, workspace, short=False)
    return proofed(checked.issue, checked.tree), checked.tree


NOBODYS = "広報"
"""Who is asked about an article that names no department, in an issue whose kind names none."""

PERSON = "person"
"""The role of a passage that is somebody's name."""


def _passages(article: Article, proses: Iterable[Prose], tree: Tree) -> tuple[Passage, ...]:
    """The texts of an article, each once; a second text of the same field has a number after it."""
    made: list[Passage] = []
    seen: dict[str, int] = {}
    persons = {each.field for each in words_of(article.blocks) if isinstance(each.words, Person)}
    for each in proses:
        if each.article != article.key:
            continue
        words = each.text.partition("\n")[0] if each.role is Role.PICTURE else each.text
        if not words.strip():
            continue
        field = field_of(each)
        seen[field] = seen.get(field, 0) + 1
        own = field if seen[field] == 1 else f"{field}#{seen[field]}"
        role = PERSON if field in persons else each.role.value
        made.append(Passage(own, words, role, where_of(tree, field).line or 0))
    return tuple(made)


def field_of(prose: Prose) -> str:
    """The field of a text: the first that has words in it (a label has none)."""
    if prose.placed is None:
        return prose.place.field or ""
    return next(filter(None, (prose.placed(at).field for at in range(len(prose.text)))), "") or ""


def _told(found: Finding) -> Told:
    where = found.where
    line = f"{where.file}:{where.line}" if where.file and where.line else where.file or ""
    place = " ".join(filter(None, (line, place_in_words(where))))
    return Told(found.severity.value, found.code, found.message, place, where.field or "")


def _manuscript(folder: Path, tree: Tree) -> dict[str, bytes]:
    """The manuscript's own files: its texts and tables, not its pictures."""
    named = [folder / "issue.yaml", *sorted((folder / "articles").glob("*.yaml")), folder / "acknowledged.yaml"]
    tables = [path for end in ("csv", "tsv", "xlsx") for path in sorted(folder.glob(f"**/*.{end}"))]
    paths = [*named, *(each for each in tables if not is_received(each.relative_to(folder).as_posix()))]
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in paths if each.is_file()}


def again(made: Pulled, date: str, until: str) -> Pulled:
    """The same round with another date on its papers."""
    return replace(made, round=replace(made.round, date=date, until=until))
