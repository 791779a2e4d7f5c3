"""One issue of many: the task and its result. Both travel between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.editions.every import USUAL
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.pipeline import build
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.workspace import open_workspace


@dataclass(frozen=True, slots=True)
class Task:
    """An issue of ``content`` by its name, and what is to be made of it, as ``pipeline.build`` takes it; ``press`` is
    the name of a profile, empty for the city's own."""

    issue: str
    editions: tuple[str, ...] = USUAL
    press: str = ""
    papers: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """Every file by name, the findings, and the sums that ``pipeline.Build`` gives. If ``exit_code`` is not 0 there are
    no files, and the findings say why.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    public: str = ""
    whole: str = ""
    exit_code: int = 0


def make(root: Path, task: Task) -> Made:
    """Build the issue in the workspace ``root``. Writes nothing. A KohoError is not raised but returned as findings."""
    try:
        workspace = open_workspace(root)
        press = read_press(task.press, workspace.press, root) if task.press else None
        proved = build(workspace.content / task.issue, workspace, task.editions, press, task.papers)
    except KohoError as fault:
        return Made({}, fault.findings, exit_code=fault.exit_code)
    return Made(proved.files, proved.findings, proved.public, proved.whole)
