"""What an archive holds: its issues, which revision replaced which, and the numbers missing between them (欠号)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import error

_REVISION = re.compile(r"(.+)-r([0-9]{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue without its articles; ``articles`` is their number."""

    name: str
    number: int | None
    date: datetime.date
    title: str
    kind: str
    pages: int
    articles: int


def must_be_there(archive: Path) -> None:
    """Raise ArchiveError (``no-archive``) where there is no archive."""
    if not archive.is_dir():
        hint = "しまった号がまだないか、作業場が違います。-C で作業場のフォルダーを示してください。"
        raise ArchiveError(error("no-archive", f"保存庫のフォルダー {archive} がありません。", hint=hint))


def missing_numbers(
    issues: Iterable[Issue], explained: Iterable[tuple[str, int | None]] = ()
) -> dict[str, list[tuple[int, int]]]:
    """By kind, the first and last number of every gap between its lowest and its highest number.

    ``explained`` are kinds and numbers of issues that are known to be missing, and so count as no gap.
    """
    numbers: dict[str, set[int]] = {}
    for kind, number in explained:
        if number is not None:
            numbers.setdefault(kind, set()).add(number)
    for issue in issues:
        if issue.number is not None:
            numbers.setdefault(issue.kind, set()).add(issue.number)
    gaps = {
        kind: [(low + 1, high - 1) for low, high in pairwise(sorted(held)) if high > low + 1]
        for kind, held in sorted(numbers.items())
    }
    return {kind: found for kind, found in gaps.items() if found}


def revision_of(name: str) -> tuple[str, int]:
    """The issue's name and the number of the revision: ``koho-0812-r2`` is the second of ``koho-0812``."""
    found = _REVISION.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, 1)


def newest_revisions(names: Iterable[str]) -> dict[str, str]:
    """For every name that a later revision (``-r2``) replaced, the name of the last revision."""
    revisions: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        issue, number = revision_of(name)
        revisions.setdefault(issue, []).append((number, name))
    return {name: max(row)[1] for row in revisions.values() for _, name in row if name != max(row)[1]}
