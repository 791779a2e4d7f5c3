"""Everything that ``koho archive verify`` checks: every bag of an archive, also in the closed folder, and the
registers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from koho_pdf.archive.bags.record import read_record
from koho_pdf.archive.bags.register import CLOSED, Act, closed_path, read_register, registered
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.archive.bags.withheld import withheld_of
from koho_pdf.archive.keeping import kept_issue, kept_issues
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error, warning

Check = Callable[[], str]
"""Says in words what else is known of a sound issue; raises ArchiveError with every fault of one that is not sound."""


def checks(archive: Path, names: Sequence[str]) -> Iterator[tuple[str, Check]]:
    """The issues to verify, those of ``names`` or all, each with its check. Raises ArchiveError (``no-archive``)."""
    kept = kept_issues(archive)
    closed: dict[str, list[Act]] = {}
    for name in registered(archive):
        try:
            closed[name] = [act for _, act in sorted(read_register(archive, name).removed.items())]
        except ArchiveError:
            if name not in kept:  # otherwise its own check tells it
                yield name, partial(_registered, archive, name)
    for name in names or kept:
        if name in kept or not closed.get(name):
            yield name, partial(_kept, archive, name)
    for name, acts in closed.items():
        if not names or name in names:
            yield from (
                (name, partial(_closed, archive, name, act))
                for act in acts
                if name not in kept or closed_path(archive, name, act.place).is_dir()  # else: removal-unfinished
            )


def unexplained(archive: Path) -> tuple[Finding, ...]:
    """A finding for every folder in the closed folder that is in no register."""
    explained = set[Path]()
    for name in registered(archive):
        try:
            explained |= {closed_path(archive, name, place) for place in read_register(archive, name).removed}
        except ArchiveError:
            return ()  # another check tells that
    found = (path for path in sorted(archive.glob(f"{CLOSED}/*/*")) if path not in explained)
    told, hint = (
        "が、加除の記録にありません。",
        "加除の記録（_register）を控えから戻すか、なぜここにあるかを確かめてください。",
    )
    return tuple(
        warning(
            "archive-closed-unexplained",
            f"閉じた書庫の「{path.name}」{told}",
            Where("/".join(path.parts[-4:])),
            hint,
        )
        for path in found
    )


def closed_missing(archive: Path, name: str, act: Act) -> Finding:
    """The finding about a bag that is missing from the closed folder although the register names it."""
    told = f"閉じた書庫に移した「{name}」の袋がありません（{act.in_words()}）。"
    where = Where("/".join(closed_path(archive, name, act.place).parts[-4:]))
    return error("archive-closed-missing", told, where, "控えから、このフォルダーをまるごと戻してください。")


def _kept(archive: Path, name: str) -> str:
    withheld = withheld_of(_sound(kept_issue(archive, name)))
    return f"公開しないもの: {'、'.join(act.what for act in withheld)}" if withheld else ""


def _closed(archive: Path, name: str, act: Act) -> str:
    folder = closed_path(archive, name, act.place)
    if not folder.is_dir():
        raise ArchiveError(closed_missing(archive, name, act))
    _sound(folder)
    return f"閉じた書庫、{act.in_words()}"


def _registered(archive: Path, name: str) -> str:
    read_register(archive, name)
    return ""


def _sound(folder: Path) -> Path:
    if faults := verified(folder):
        raise ArchiveError(*faults)
    read_record(folder)
    return folder
