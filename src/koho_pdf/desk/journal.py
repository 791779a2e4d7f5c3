"""READ SECOND. The journal of an issue: everything that was changed at the desk, in order, on the disk before the file
itself is.

``<issue>/.desk/journal.jsonl`` begins with the texts of all files, then a line for each change. So every state can be
made again: what was being written when the program was killed is written when it is next asked, a file changed by
somebody else is seen by its content, and everything can be undone, also tomorrow.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from koho_pdf.content.article_files import FOLDER
from koho_pdf.desk.journal_entry import Entry, apply, entry_of, sum_of
from koho_pdf.desk.merging import merged, patch_of, patches_of
from koho_pdf.manuscript.own_files import DESK
from koho_pdf.platform.clock import now
from koho_pdf.platform.folders import put_settled
from koho_pdf.platform.locks import locked

_ISSUE = "issue.yaml"
_LONGEST = 20_000_000  # bytes of a journal that is begun anew
_RESERVE = 65_536  # bytes of the disk that are given up when it is full: room for some hundred changes


class NotKept(OSError):
    """The journal could not be written: nothing of the change is on the disk."""


class NotPut(OSError):
    """The change is in the journal, but its files could not be written: they are when the disk lets it."""


class Journal:
    """The journal of the issue in ``folder``. Every method is called within ``alone``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / DESK / "journal.jsonl"
        self._reserve = folder / DESK / "reserve"
        self._forget()

    def _forget(self) -> None:
        self.entries: list[Entry] = []
        self.texts: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._read, self._identity = 0, (0, 0)
        self._done: dict[str, str] = {}  # what of each file was last known to be on the disk

    @property
    def revision(self) -> int:
        """The number of the last change."""
        return self.entries[-1].number if self.entries else 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the locks of the issue's folders for a moment; read what other programs have changed, and finish what
        was begun. Raises OSError, ``NotKept``."""
        self._path.parent.mkdir(exist_ok=True)
        with ExitStack() as held:
            for each in (self.folder, self.folder / FOLDER):
                if each.is_dir():
                    held.enter_context(locked(each))
            self._catch_up()
            self._settle()
            self._set_apart()
            yield

    def text(self, file: str) -> str | None:
        """The text of a file as it now is; None if there is none."""
        return self.texts.get(file)

    def write(
        self,
        files: Mapping[str, str | None],
        act: str,
        author: str = "",
        fields: Sequence[str] = (),
        of: int = 0,
    ) -> Entry:
        """Keep a change and then write its files; None takes a file away. Raises ``NotKept``, ``NotPut``."""
        changed = {name: text for name, text in files.items() if self.texts.get(name) != text}
        entry = self._keep(changed, act, author, fields, of)
        try:
            for name in changed:
                self._put(name)
        except OSError as fault:
            raise NotPut(fault.errno, fault.strerror) from fault
        self._append({"done": {name: self._sum(name) for name in changed}}, settled=False)
        return entry

    def state(self, number: int) -> dict[str, str]:
        """The texts of all files after the entry of this number (0: at the beginning)."""
        texts = dict(self._first)
        for each in self.entries:
            if each.number > number:
                break
            apply(texts, each)
        return texts

    # --- the journal itself

    def _catch_up(self) -> None:
        """Read what is new in the journal; a line that was being written when its program was killed goes."""
        try:
            facts = self._path.stat()
        except FileNotFoundError:
            self._begin()
            return
        if (facts.st_dev, facts.st_ino) != self._identity or facts.st_size < self._read:
            self._forget()
            self._identity = facts.st_dev, facts.st_ino
        if facts.st_size == self._read:
            return
        with self._path.open("r+b") as file:
            file.seek(self._read)
            raw = file.read()
            whole = raw[: raw.rfind(b"\n") + 1]
            if len(whole) < len(raw):
                file.truncate(self._read + len(whole))
        try:
            for line in whole.splitlines():
                self._take(json.loads(line))
        except (ValueError, KeyError, TypeError):
            self._set_aside()
            return
        self._read += len(whole)
        if self._read > _LONGEST:
            self._set_aside()

    def _begin(self) -> None:
        """A new journal, with the texts of all files."""
        self._forget()
        names = [_ISSUE, *sorted(f"{FOLDER}/{each.name}" for each in (self.folder / FOLDER).glob("*.yaml"))]
        first = {name: text for name in names if (text := self._on_disk(name)) is not None}
        self._append({"first": first})
        facts = self._path.stat()
        self._identity = facts.st_dev, facts.st_ino

    def _set_aside(self) -> None:
        """Begin anew; the old journal stays beside it."""
        number = 1 + len(list(self._path.parent.glob("journal-*.jsonl")))
        self._path.rename(self._path.with_name(f"journal-{number}.jsonl"))
        self._begin()

    def _take(self, told: dict[str, Any]) -> None:
        if "first" in told:
            self._first, self.texts = dict(told["first"]), dict(told["first"])
            self._done = {name: sum_of(text) for name, text in self.texts.items()}
        elif "done" in told:
            self._done |= told["done"]
        else:
            entry = entry_of(told)
            apply(self.texts, entry)
            self.entries.append(entry)

    def _append(self, told: object, *, settled: bool = True) -> None:
        """A line more. Raises ``NotKept``; then the journal is as it was."""
        line = json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        try:
            try:
                self._write(line, settled=settled)
            except OSError:
                if not (settled and self._reserve.exists()):
                    raise
                self._reserve.unlink()
                self._write(line, settled=settled)
            self._read += len(line)
        except OSError as fault:
            if settled:
                raise NotKept(fault.errno, fault.strerror) from fault
        self._take(json.loads(line))

    def _write(self, line: bytes, *, settled: bool) -> None:
        with self._path.open("ab", buffering=0) as file:
            try:
                left = line
                while left:
                    left = left[file.write(left) or 0 :]
                if settled:
                    os.fsync(file.fileno())
            except OSError:
                file.truncate(self._read)
                raise

    def _set_apart(self) -> None:
        """Keep some of the disk for the journal, in case it fills up."""
        if not self._reserve.exists():
            with suppress(OSError):
                self._reserve.write_bytes(b"\n" * _RESERVE)

    def _keep(self, files: Mapping[str, str | None], act: str, author: str, fields: Sequence[str], of: int) -> Entry:
        told: dict[str, Any] = {"number": self.revision + 1, "act": act, "author": author}
        told |= {"time": now().isoformat(), "fields": list(fields), "of": of, "files": {}, "appear": {}, "vanish": []}
        for name, text in files.items():
            old = self.texts.get(name)
            if text is None:
                told["vanish"].append(name)
                told["files"][name] = patch_of(old or "", "")
            elif old is None:
                told["appear"][name] = text
            else:
                told["files"][name] = patches_of(old, text) if act == "outside" else patch_of(old, text)
        self._append(told)
        return self.entries[-1]

    # --- the files

    def _settle(self) -> None:
        """Make disk and journal agree: write what was kept and not written, take in what others have changed."""
        outside: dict[str, str | None] = {}
        names = {f"{FOLDER}/{each.name}" for each in (self.folder / FOLDER).glob("*.yaml")}
        for name in sorted({_ISSUE, *self.texts, *names}):
            there = self._on_disk(name)
            if there == self.texts.get(name):
                continue
            known = self._done.get(name)
            is_now = sum_of(there) if there is not None else ""
            if known is not None and known != self._sum(name) and known == is_now:
                with suppress(OSError):  # kept, and not written before the program ended, or while the disk was full
                    self._put(name)
                    self._append({"done": {name: self._sum(name)}}, settled=False)
                continue
            outside[name] = there
        if outside:
            self._keep(outside, "outside", "", (), 0)
            self._append({"done": {name: self._sum(name) for name in outside}}, settled=False)

    def _sum(self, name: str) -> str:
        text = self.texts.get(name)
        return "" if text is None else sum_of(text)

    def _on_disk(self, name: str) -> str | None:
        try:
            return (self.folder / name).read_bytes().decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return None

    def _put(self, name: str) -> None:
        """Write a file as the journal has it, whole or not at all, and wait until it is on the disk."""
        path, text = (self.folder / name).resolve(), self.texts.get(name)
        content = None if text is None else text.encode("utf-8", "surrogateescape")
        put_settled(content, path, self._path.parent / "writing")


def taken_back(journal: Journal, first: int, last: int) -> dict[str, str | None] | None:
    """The files without the changes of these numbers, with all that was changed since; None where the same place was
    changed again."""
    before, after = journal.state(first - 1), journal.state(last)
    files: dict[str, str | None] = {}
    for name in before.keys() | after.keys():
        was, became, is_now = before.get(name), after.get(name), journal.texts.get(name)
        if was == became:
            continue
        if is_now == became:
            files[name] = was
        elif was is None or became is None or is_now is None:
            return None
        else:
            text = merged(became, was, is_now)
            if text is None:
                return None
            files[name] = text
    return files
