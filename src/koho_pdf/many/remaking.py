"""Makes every issue of an archive again from its bag (``rebuilding``), on this machine or a cluster.

An issue that came out identical is not made again while its bag and all software stay the same. That is known by an
empty file in the user's cache, named after the SHA-256 of both: it may be deleted, and says nothing of any other bag.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD, TAG_MANIFEST, held
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.errors import ArchiveError, KohoError
from koho_pdf.findings import Finding, error
from koho_pdf.many.results import Outcome, Result, Run
from koho_pdf.platform.folders import write_whole
from koho_pdf.release.rebuilding import in_words, rebuild
from koho_pdf.release.versions import versions


@dataclass(frozen=True, slots=True)
class Bag:
    """An issue of an archive by its name, and whether the files it becomes are wanted too."""

    name: str
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """The result for a bag: ``lines`` from ``rebuilding.in_words``, and ``files`` if they were wanted."""

    outcome: Outcome
    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    exit_code: int = 0
    files: Mapping[str, bytes] | None = None


def make_again(archive: Path, bag: Bag) -> Again:
    """Make the bag in the folder ``archive`` again. Writes nothing; a KohoError is returned as findings."""
    folder = archive / bag.name
    try:
        made = rebuild(folder)
    except KohoError as fault:
        # The bag is whole (else ``rebuild`` says so), and an old PDF was never released.
        if not (folder / PAYLOAD / "release.json").is_file() and fault.findings[0].code == "archive-no-source":
            return Again(Outcome.SOURCELESS)
        return Again(Outcome.REFUSED, findings=fault.findings, exit_code=fault.exit_code)
    lines, files = tuple(in_words(bag.name, made)), made.files if bag.wanted else None
    if made.different:
        return Again(Outcome.DIFFERENT, lines, made.findings, ArchiveError.exit_code, files)
    return Again(Outcome.IDENTICAL, lines, made.findings, files=files)


def travelling(archive: Path, bag: Bag) -> tuple[str, dict[str, bytes]]:
    """The bag's folder in the archive, and every file in it."""
    return bag.name, held(archive / bag.name)


def rebuild_all(
    archive: Path, bags: Sequence[Bag], known: Path, place: Path, run: Run[Bag, Again]
) -> Generator[Result, None, None]:
    """The result of every bag: first those that are damaged, or known to come out identical, then the others as they
    come.

    ``known`` is where that is noted; wanted files are written to ``place/<name>``. Closing the iterator closes that of
    ``run``.
    """
    notes: dict[Bag, Path] = {}
    for bag in bags:
        if faults := verified(archive / bag.name):
            yield Result(bag.name, Outcome.REFUSED, faults, ArchiveError.exit_code)
            continue
        note = known / _fingerprint(archive / bag.name)
        if note.is_file() and not bag.wanted:
            yield Result(bag.name, Outcome.UNCHANGED, ())
        else:
            notes[bag] = note
    with closing(run(list(notes))) as results:
        for bag, again in results:
            made = again or _lost(bag)
            if made.outcome is Outcome.IDENTICAL:
                with suppress(OSError):  # then it is only made again the next time
                    known.mkdir(parents=True, exist_ok=True)
                    notes[bag].touch()
            yield _told(bag, made, place)


def _fingerprint(folder: Path) -> str:
    """One SHA-256 over a sound bag, as its tag manifest tells of it, and over all software."""
    bag = hashlib.sha256((folder / TAG_MANIFEST).read_bytes()).hexdigest()
    return hashlib.sha256(json.dumps([bag, dict(versions())], sort_keys=True).encode()).hexdigest()


def _told(bag: Bag, made: Again, place: Path) -> Result:
    try:
        if made.files is not None:
            write_whole(made.files, place / bag.name)
    except KohoError as fault:
        return Result(bag.name, Outcome.REFUSED, (*made.findings, *fault.findings), fault.exit_code)
    return Result(bag.name, made.outcome, made.findings, made.exit_code, made.lines)


def _lost(bag: Bag) -> Again:
    found = error(
        "worker-died",
        f"号「{bag.name}」を作り直している途中で、作業のプロセスが何度も止まりました。",
        hint=f"メモリーが足りているかを確かめ、koho archive rebuild {bag.name} で1つだけ作り直してみてください。",
    )
    return Again(Outcome.REFUSED, findings=(found,), exit_code=ArchiveError.exit_code)
