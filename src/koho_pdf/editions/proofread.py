"""校閲: an issue's words read by the text gate, before a page is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.content.article_files import read_issue
from koho_pdf.editions.carried_over import carried_over
from koho_pdf.editions.checked_issue import checked_somehow
from koho_pdf.editions.corrected import uncorrected
from koho_pdf.editions.following import Patches
from koho_pdf.editions.last_issues import earlier_issues
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.gate.acknowledged import FILE, acknowledged, entries_of
from koho_pdf.gate.issue_prose import prose_of_articles
from koho_pdf.gate.kept_alarms import KeptAlarms
from koho_pdf.gate.proofreading import checked as gate
from koho_pdf.gate.readability import Readable, readability
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Proofread:
    """校閲: what the text gate tells of an issue's words, and how easy each article is to read."""

    findings: tuple[Finding, ...] = ()
    readable: tuple[Readable, ...] = ()


def proofread(folder: Path, workspace: Workspace, kept: KeptAlarms | None = None) -> Proofread:
    """Read an issue's words as its proofreader. Errors stop a release alone, and two people may let them stand
    (``acknowledged.yaml``). Of a manuscript with mistakes, which ``build`` tells, the other words are read; nothing is
    told if its date is one of them. ``kept`` has what was found in its texts when it was read before.

    Raises LayoutError for mistakes in ``acknowledged.yaml``.
    """
    try:
        checked, _, _, paths = checked_somehow(read_issue(folder, workspace.root), folder, workspace, short=True)
    except KohoError:
        return Proofread()
    if paths & {"date", "delivery", "layout"}:
        return Proofread()
    read = prose_of_articles(articles_of(checked.issue), checked.tree)
    delivery, day = getattr(checked.issue, "delivery", None), checked.issue.date.day
    earlier = earlier_issues(workspace, folder.name, day)
    told = gate(read, workspace.city.style, day, getattr(delivery, "day", None), earlier, kept)
    let = (*acknowledged(told, folder, workspace.root), *carried_over(checked.issue, checked.tree))
    let += uncorrected(checked.issue, checked.tree, workspace)
    if not paths:
        return Proofread(tuple(let), tuple(readability(read.proses)))
    patches = Patches(paths)
    return Proofread(tuple(each for each in let if _is_sure(each, patches)))


def _is_sure(found: Finding, patches: Patches) -> bool:
    """Whether a finding is one whatever will stand in the place of mistakes."""
    return found.code != "acknowledged-gone" and not patches.touches(found.where.field)


def standing(folder: Path, workspace: Workspace) -> tuple[Finding, ...]:
    """The errors of an issue's words that two people let stand, as notes. Costs nothing where there are none.

    Raises LayoutError for mistakes in ``acknowledged.yaml``.
    """
    if not (folder / FILE).is_file():
        return ()
    errors = {(each.rule, each.field, each.words) for each in entries_of(folder, workspace.root)}
    return tuple(each for each in proofread(folder, workspace).findings if each.key in errors)


def standing_in_words(found: Sequence[Finding]) -> str:
    """The same on a paper: the first in words, and how many more; empty for none."""
    more = f" ほか{len(found) - 1}件" if len(found) > 1 else ""
    return f"{found[0].message}{more}" if found else ""
