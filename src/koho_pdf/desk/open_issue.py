"""READ FIRST. An issue that is open at the desk: what its form shows, and every change of it.

The manuscript on the disk is the one truth; nothing here is newer than it, but for what a full disk did not take.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from koho_pdf.content.article_files import FOLDER, file_of
from koho_pdf.content.values.ids import wrong_id
from koho_pdf.desk.change import Change, Conflict, Outcome, Refused, Saved, Unsaved
from koho_pdf.desk.editing import ISSUE, Collision, Editing
from koho_pdf.desk.form_sheets import Sheet, sheets_of
from koho_pdf.desk.journal import Journal, NotPut, taken_back
from koho_pdf.desk.undo_steps import Step, steps_of
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
            except OSError as fault:
                return self._unsaved(fault)

    def write(self, files: Mapping[str, tuple[str | None, str | None]], author: str = "") -> Outcome:
        """Write whole manuscripts (``issue.yaml``, ``articles/NAME.yaml``) as one step of undo, all or none: an article
        that is begun or taken away, a proposed plan. Each file has its text as the caller knows it and its new text;
        None is no file. A ``Conflict`` if another text stands there now, with its file as ``field``."""
        for name in files:
            article = name.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
            if name != ISSUE and (name != file_of(article) or wrong_id(article)):
                return Refused("no-field", name)
        with self._lock:
            try:
                with self._journal.alone():
                    for name, (old, new) in files.items():
                        theirs = self._journal.text(name)
                        if theirs not in (old, new):
                            return Conflict("", name, old, new, theirs, self._journal.revision)
                    changed = {name: new for name, (_, new) in files.items() if new != self._journal.text(name)}
                    if changed:
                        self._journal.write(changed, "change", author)
                    return Saved(self._journal.revision, tuple(changed))
            except OSError as fault:
                return self._unsaved(fault)

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
            typed = len(changes) == 1 and changes[0].act == "set" and isinstance(changes[0].new, str)
            act = "typed" if typed and changes[0].old else "change"
            self._journal.write(changed, act, changes[0].author, fields)
        return Saved(self._journal.revision, tuple(changed), fields, editing.values())

    def _step(self, author: str, act: str) -> Outcome | None:
        with self._lock:
            try:
                with self._journal.alone():
                    done, taken = steps_of(self._journal.entries, author)
                    rows = done if act == "undo" else taken
                    return self._without(rows[-1], act, author) if rows else None
            except OSError as fault:
                return self._unsaved(fault)

    def _without(self, step: Step, act: str, author: str) -> Outcome:
        """Take a step back, if that changes its fields as it should and nothing else."""
        journal = self._journal
        fields = [_parted(each) for each in step.fields]
        was = self._upon(journal.state(step.first - 1))
        values = tuple(was.value(*each) for each in fields)
        files = taken_back(journal, step.first, step.last)
        if files is not None:
            then = self._upon({name: text for name, text in {**journal.texts, **files}.items() if text is not None})
            if tuple(then.value(*each) for each in fields) == values:
                journal.write(files, act, author, step.fields, of=step.last)
                return Saved(journal.revision, tuple(files), step.fields, values)
        shown, now = self._upon(journal.state(step.last)), self._upon(journal.texts)
        place = fields[0] if fields else ("", "")
        return Conflict(*place, shown.value(*place), was.value(*place), now.value(*place), journal.revision)

    def _upon(self, texts: Mapping[str, str]) -> Editing:
        return Editing(self.root, texts.get, self._journal.revision)

    def _unsaved(self, fault: OSError) -> Unsaved:
        return Unsaved(isinstance(fault, NotPut), fault.strerror or str(fault), self._journal.revision)


def _parted(name: str) -> tuple[str, str]:
    """The article and the path of a field."""
    article, _, field = name.rpartition(":")
    return article, field
