"""READ FIRST. An issue that is open at the desk: what its form shows, and every change of it.

The manuscript on the disk is the one truth; nothing here is newer than it, but for what a full disk did not take.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from koho_pdf.desk.change import Change, Conflict, Outcome, Refused, Saved, Unsaved
from koho_pdf.desk.editing import Collision, Editing
from koho_pdf.desk.form_sheets import Sheet, sheets_of
from koho_pdf.desk.journal import Entry, Journal, NotKept, taken_back
from koho_pdf.manuscript.yaml_splicing import Unspliced


class OpenIssue:
    """The issue in ``folder`` of the workspace ``root``. Its methods may be called by several threads; other programs,
    also a second desk, may write the same files meanwhile."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root
        self._journal, self._lock = Journal(folder), Lock()

    def sheets(self) -> tuple[Sheet, ...]:
        """What the form shows, as it is on the disk now. Raises KohoError: there is no form (the finding says why)."""
        return sheets_of(self.folder, self.root)

    def look(self) -> int:
        """Take in what others have changed meanwhile, and write what could not be written before; gives the revision.
        Ask every second or so. Raises OSError."""
        with self._lock, self._journal.alone():
            return self._journal.revision

    def change(self, *changes: Change) -> Outcome:
        """Make these changes together, all or none; they are one step of undo. On the disk when it comes back with
        ``Saved``."""
        with self._lock:
            try:
                with self._journal.alone():
                    return self._changed(changes)
            except NotKept as fault:
                return Unsaved(False, fault.strerror or str(fault), self._journal.revision)
            except OSError as fault:
                kept = self._journal.revision > max((each.revision for each in changes), default=0)
                return Unsaved(kept, fault.strerror or str(fault), self._journal.revision)

    def undo(self, author: str = "") -> Outcome | None:
        """Take back the last change of this author that still stands. None: there is nothing to take back. A
        ``Conflict`` if somebody has changed the same place since."""
        return self._step(author, "undo")

    def redo(self, author: str = "") -> Outcome | None:
        """Make again what this author took back last. None: there is nothing."""
        return self._step(author, "redo")

    def _changed(self, changes: tuple[Change, ...]) -> Outcome:
        editing = Editing(self.root, self._journal.text, self._journal.revision)
        for each in changes:
            try:
                editing.make(each)
            except Collision as fault:
                return fault.told
            except Unspliced as fault:
                return Refused("no-field" if fault.why == "no-text" else fault.why, each.field)
        changed = {name: text for name, text in editing.files.items() if text != self._journal.text(name)}
        fields = tuple(f"{article}:{field}" if article else field for article, field in editing.fields)
        if changed:
            self._journal.write(changed, "change", changes[0].author, fields)
        return Saved(self._journal.revision, tuple(changed), fields, editing.values())

    def _step(self, author: str, act: str) -> Outcome | None:
        with self._lock:
            try:
                with self._journal.alone():
                    done, taken = _stacks(self._journal.entries, author)
                    from_ = done if act == "undo" else taken
                    if not from_:
                        return None
                    entry = from_[-1]
                    files = taken_back(self._journal, entry.number)
                    if files is None:
                        return self._in_the_way(entry)
                    self._journal.write(files, act, author, entry.fields, of=entry.number)
                    fields = [_parted(each) for each in entry.fields]
                    now = Editing(self.root, self._journal.text, self._journal.revision)
                    values = tuple(now.value(*each) for each in fields)
                    return Saved(self._journal.revision, tuple(files), entry.fields, values)
            except NotKept as fault:
                return Unsaved(False, fault.strerror or str(fault), self._journal.revision)
            except OSError as fault:
                return Unsaved(True, fault.strerror or str(fault), self._journal.revision)

    def _in_the_way(self, entry: Entry) -> Conflict:
        """What stands now at the first place of an entry that cannot be taken back, and what it would be."""
        journal = self._journal
        article, field = _parted(next(iter(entry.fields), ""))
        states = journal.state(entry.number), journal.state(entry.number - 1), journal.texts
        old, mine, theirs = (Editing(self.root, each.get, 0).value(article, field) for each in states)
        return Conflict(article, field, old, mine, theirs, journal.revision)


def _stacks(entries: list[Entry], author: str) -> tuple[list[Entry], list[Entry]]:
    """The entries of an author that can be taken back, and those that can be made again; the last ones first to go."""
    done, taken = list[Entry](), list[Entry]()
    for each in entries:
        if each.author != author:
            continue
        if each.act == "change":
            done.append(each)
            taken.clear()
        elif each.act == "undo" and done:
            done.pop()
            taken.append(each)
        elif each.act == "redo" and taken:
            taken.pop()
            done.append(each)
    return done, taken


def _parted(name: str) -> tuple[str, str]:
    """The article and the path of a field."""
    article, _, field = name.rpartition(":")
    return article, field
