"""What an issue is made from: the files, and one fingerprint over them, the software and what was asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

from koho_pdf.content.check import layout_named
from koho_pdf.errors import ManuscriptError
from koho_pdf.manuscript.own_files import is_received
from koho_pdf.manuscript.reader import read
from koho_pdf.many.making import Task
from koho_pdf.preflight.report.report import FOLDER
from koho_pdf.press.profile import Press, read_press
from koho_pdf.release.versions import versions
from koho_pdf.workspace.workspace import Workspace

_PROOFS = "_rounds"


class Sources:
    """All files that the issues of a workspace are made from, for one print shop; each file is read once."""

    def __init__(self, workspace: Workspace, press: str = "") -> None:
        """Raises LayoutError as ``read_press`` does."""
        self._workspace = workspace
        asked = read_press(press, workspace.press, workspace.root) if press else workspace.city.press
        self._common = (
            workspace.root / "koho.yaml",
            *self._of_press(workspace.city.press),
            *self._of_press(asked),
            *_files_below(workspace.fonts),
        )
        self._sum_of_common = cache(lambda path: hashlib.sha256(path.read_bytes()).hexdigest())

    def issues(self) -> tuple[str, ...]:
        """Every issue below ``content``, by name."""
        return tuple(sorted(path.parent.name for path in self._workspace.content.glob("*/issue.yaml")))

    def shared(self) -> dict[str, bytes]:
        """All files except those of the issues, by path in the workspace: another machine needs them once."""
        paths = {*self._common, *_files_below(self._workspace.layouts)}
        return {self._name(path): path.read_bytes() for path in sorted(paths)}

    def own(self, task: Task) -> tuple[str, dict[str, bytes]]:
        """The issue's folder in the workspace, and every file in it."""
        folder = self._workspace.content / task.issue
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _made_of(folder)}
        return self._name(folder), files

    def fingerprint(self, task: Task) -> str:
        """One SHA-256 over everything that can change the result; empty if the issue's layout is unknown."""
        folder = self._workspace.content / task.issue
        try:
            layout = layout_named(read(folder / "issue.yaml", self._workspace.root))
        except ManuscriptError:
            return ""
        if not layout or not (self._workspace.layouts / layout / "layout.yaml").is_file():
            return ""
        shared = (path for path in self._workspace.layouts.glob("_*") if _is_used(path.name, task))
        common = [*self._common, *_all_below([self._workspace.layouts / layout, *shared])]
        sums = {self._name(path): self._sum_of_common(path) for path in common}
        sums |= {self._name(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in _made_of(folder)}
        return _sum_of({"task": asdict(task), "files": sums, "software": dict(versions())})

    def _of_press(self, press: Press) -> tuple[Path, Path]:
        return self._workspace.press / f"{press.name}.yaml", press.condition.profile

    def _name(self, path: Path) -> str:
        return path.relative_to(self._workspace.root).as_posix()


def _is_used(shared: str, task: Task) -> bool:
    """Whether a folder of templates is used: papers for the print shop only if they are asked for, proofs never."""
    return shared != _PROOFS and (task.papers or shared != FOLDER)


def _made_of(folder: Path) -> tuple[Path, ...]:
    """The files of an issue's folder without what came from departments and went to them: no edition shows that."""
    return tuple(path for path in _files_below(folder) if not is_received(path.relative_to(folder).as_posix()))


def _files_below(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _all_below(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in _files_below(folder)]


def _sum_of(said: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
