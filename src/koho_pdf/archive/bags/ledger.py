"""台帳, ``archive/register.jsonl``: every act on an archive's bags, one line each, chained; lines are only ever added.

Each line holds the SHA-256 of the line before it, and that of a bag's tag manifest, which covers all files of the bag.
So ``fixity`` notices a missing bag, a missing archive, and a bag that was changed together with its manifests. Only
lines cut off at the end leave no trace here; a second copy of the archive shows them (``verify --copy``). The words are
those of PREMIS (eventType). A line is JSON, so that anybody can read it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from koho_pdf import VERSION
from koho_pdf.archive.bags.bag import TAG_MANIFEST
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Where, error
from koho_pdf.platform.clock import now
from koho_pdf.platform.locks import lock

FILE = "register.jsonl"
AGENT = f"koho-pdf {VERSION}"
INGESTED, REPLACED, REGISTERED = "ingestion", "replacement", "registration"
VALIDATED, WITHDRAWN, RETURNED = "validation", "withdrawal", "reinstatement"
SUCCESS, FAILURE = "success", "failure"
_TAKEN_IN = (INGESTED, REPLACED, REGISTERED)


@dataclass(frozen=True, slots=True)
class Event:
    """One act: ``event`` is its kind, ``bag`` the issue's name (empty for a validation of all), ``manifest`` the
    SHA-256 of the bag's tag manifest, ``time`` ISO 8601 with its zone, ``agent`` the program, ``by`` a person or
    office, ``note`` why, ``next`` the day of the next validation (ISO 8601).
    """

    event: str
    time: str
    bag: str = ""
    manifest: str = ""
    outcome: str = SUCCESS
    agent: str = AGENT
    by: str = ""
    note: str = ""
    bags: int = 0
    faults: tuple[str, ...] = ()
    next: str = ""
    previous: str = ""


def event(kind: str, **facts: object) -> Event:
    """An act at the present time."""
    return Event(kind, now().isoformat(timespec="seconds"), **facts)  # type: ignore[arg-type]


def manifest_of(folder: Path) -> str:
    """The SHA-256 of a bag's tag manifest; empty if it is missing or cannot be read."""
    try:
        return hashlib.sha256((folder / TAG_MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The acts in their order, and the SHA-256 of the last line ("" if there is none)."""

    events: tuple[Event, ...] = ()
    head: str = ""

    @property
    def held(self) -> dict[tuple[str, str], Event]:
        """Every bag that was ever taken in, by name and manifest; kept bags are never deleted."""
        return {(each.bag, each.manifest): each for each in self.events if each.event in _TAKEN_IN}

    def of(self, name: str) -> tuple[Event, ...]:
        """The acts on one issue."""
        return tuple(each for each in self.events if each.bag == name)

    @property
    def validated(self) -> Event | None:
        """The last time that the whole archive was verified and found sound."""
        found = [each for each in self.events if each.event == VALIDATED and not each.bag and each.outcome == SUCCESS]
        return found[-1] if found else None


def read_ledger(archive: Path) -> Ledger:
    """The register of an archive; empty if there is none. Raises ArchiveError (``ledger-broken``)."""
    try:
        written = (archive / FILE).read_bytes()
    except FileNotFoundError:
        return Ledger()
    except OSError as fault:
        raise _broken(archive, None, fault.strerror or "読めません") from fault
    return _read(archive, written)


def _read(archive: Path, written: bytes) -> Ledger:
    events: list[Event] = []
    head = ""
    lines = written.split(b"\n")
    if lines.pop():
        raise _broken(archive, len(lines) + 1, "最後の行が途中で切れています")
    for number, line in enumerate(lines, 1):
        try:
            told = json.loads(line)
            read = Event(**{**told, "faults": tuple(told.get("faults", ()))})
            if not all(isinstance(getattr(read, key), str) for key in ("event", "time", "bag", "manifest", "next")):
                raise TypeError("文字でないものがあります")
        except (ValueError, TypeError, AttributeError, RecursionError) as fault:
            raise _broken(archive, number, "台帳の行として読めません") from fault
        if read.previous != head:
            raise _broken(archive, number, "前の行と検査値がつながりません。行が書き換えられたか、抜けています")
        events.append(read)
        head = hashlib.sha256(line).hexdigest()
    return Ledger(tuple(events), head)


def _broken(archive: Path, line: int | None, why: str) -> ArchiveError:
    told = f"保存庫の台帳（{FILE}）が、書いたときのままではありません（{why}）。"
    hint = "控えの台帳と見比べて、控えから戻してください。台帳は、書き足すだけで、直したり消したりしません。"
    return ArchiveError(error("ledger-broken", told, Where(f"{archive.name}/{FILE}", line), hint))


class OpenLedger:
    """A register that is locked while it is open."""

    def __init__(self, archive: Path, file: BinaryIO, ledger: Ledger) -> None:
        self._archive, self._file, self.ledger = archive, file, ledger

    def add(self, *events: Event) -> None:
        """Write acts down, and wait until they are on the disk."""
        for each in events:
            told = {key: value for key, value in asdict(each).items() if value not in ("", 0, ())}
            line = json.dumps({**told, "previous": self.ledger.head}, ensure_ascii=False).encode("utf-8", "replace")
            self._file.write(line + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self.ledger = Ledger((*self.ledger.events, each), hashlib.sha256(line).hexdigest())


@contextmanager
def open_ledger(archive: Path) -> Iterator[OpenLedger]:
    """Open the register for adding. A second program waits for the first, also while the first looks which numbers are
    taken.

    Raises ArchiveError: ``ledger-broken``, ``not-written``.
    """
    try:
        archive.mkdir(parents=True, exist_ok=True)
        with (archive / FILE).open("a+b") as file:
            lock(file)
            file.seek(0)
            yield OpenLedger(archive, file, _read(archive, file.read()))
    except OSError as fault:
        told = f"保存庫の台帳 {archive / FILE} に書けません（{fault.strerror or fault}）。"
        hint = "ディスクの空きと、フォルダーに書き込めるかを確かめてください。"
        raise ArchiveError(error("not-written", told, hint=hint)) from fault


def note(archive: Path, events: Sequence[Event]) -> None:
    """Write acts down."""
    with open_ledger(archive) as book:
        book.add(*events)
