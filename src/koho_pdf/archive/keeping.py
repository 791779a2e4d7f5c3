"""What an archive takes in, and what it gives out: a release as a bag, no number twice; a bag as a copy for others.

Nothing is written here.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from koho_pdf.archive.bag import PAYLOAD, bagged, held, verified
from koho_pdf.archive.holdings import Issue
from koho_pdf.archive.index import Index, with_index
from koho_pdf.archive.record import Record, described, read_record
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error

PRINT_ONLY = "print/"
"""What of a release, and so of a bag's payload, is for the print shop and not for the public."""

_REVISION = re.compile(r"-r[0-9]+$")


def kept(release: Path, archive: Path) -> dict[str, bytes]:
    """The bag of the release in the folder ``release``, to be written once under its name.

    Raises ArchiveError: ``not-released``, ``record-broken``, ``bag-not-plain`` and ``bag-name`` for what may not go
    into a bag, ``archive-number-taken`` when an issue of another name has its number.
    """
    if not all((release / name).is_file() for name in ("release.json", "record.json")):
        issue = _REVISION.sub("", release.name)
        raise ArchiveError(
            error(
                "not-released",
                f"「{release.name}」は、まだ校了（リリース）していません。",
                hint=f"先に koho release {issue} を実行してください。",
            )
        )
    record = read_record(release, payload="")
    bag = bagged(held(release), described(record.name, record.title, record.date.isoformat()))
    if other := another_of(archive, record.name, record.number, record.kind):
        raise ArchiveError(number_taken(record.name, other, Where(f"{release.name}/record.json")))
    return bag


def another_of(archive: Path, name: str, number: int | None, kind: str) -> Issue | None:
    """The issue of this number and kind that is kept under another name; another revision of ``name`` is none."""
    if number is None or not archive.is_dir():
        return None
    issues, _ = with_index(archive, Index.issues)
    own = _REVISION.sub("", name)
    others = (issue for issue in issues if (issue.number, issue.kind) == (number, kind))
    return next((issue for issue in others if _REVISION.sub("", issue.name) != own), None)


def number_taken(name: str, other: Issue | Record | None, where: Where) -> Finding:
    """Something else is kept under this name, or under this number (``other`` then has another name)."""
    what = f"（{other.title}、{other.date.isoformat()}）" if other else ""
    told = f"保存庫の「{other.name if other else name}」には、もう別のもの{what}が入っています。"
    hint = "号数と日付を確かめてください。差し替えるときは --revision 2 のように版を書けば、前の版も残ります。"
    return error("archive-number-taken", told, where, hint)


def exported(folder: Path, whole: bool) -> dict[str, bytes]:
    """A bag of its own with what the public may have of the bag in ``folder``; with all of it where ``whole``.

    Raises ArchiveError with every fault of the bag: a damaged copy is not spread; ``record-broken``.
    """
    if faults := verified(folder):
        raise ArchiveError(*faults)
    if whole:
        return held(folder)
    record = read_record(folder)
    public = {name: content for name, content in held(folder / PAYLOAD).items() if not name.startswith(PRINT_ONLY)}
    return bagged(public, described(record.name, record.title, record.date.isoformat()))


def zipped(bag: dict[str, bytes], record: Record) -> bytes:
    """The bag in one file: stored, sorted, every file of the issue's day; no earlier than 1980, where ZIP begins."""
    target = io.BytesIO()
    day = (max(record.date.year, 1980), record.date.month, record.date.day, 0, 0, 0)
    with zipfile.ZipFile(target, "w") as packed:
        for name in sorted(bag):
            entry = zipfile.ZipInfo(f"{record.name}/{name}", day)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, bag[name])
    return target.getvalue()
