"""What the arguments of a command name: the workspace, the issues, the press profile."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.cli.streams import as_json, print_json
from koho_pdf.cli.telling import tell
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding

if TYPE_CHECKING:
    from koho_pdf.press.profile import Press
    from koho_pdf.workspace.workspace import Workspace


def each(options: argparse.Namespace, work: Callable[[Path, Workspace], tuple[Finding, ...]]) -> int:
    """Do the work for every issue, also after one has failed; tell all findings; the exit code is that of the first
    failure.
    """
    from koho_pdf.workspace.beginning import issue_folder

    workspace = workspace_of(options)
    findings: list[Finding] = []
    codes: list[int] = []
    for issue in options.issues:
        try:
            findings += work(issue_folder(issue, workspace), workspace)
        except KohoError as fault:
            findings += fault.findings
            codes.append(fault.exit_code)
    if getattr(options, "json", False):
        print_json(as_json(findings))
    else:
        tell(findings)
    return codes[0] if codes else 0


def press_of(options: argparse.Namespace, workspace: Workspace) -> Press | None:
    """The press profile that ``--press`` names; None if it is not given."""

    from koho_pdf.press.profile import read_press

    return read_press(options.press, workspace.press, workspace.root) if options.press else None


def workspace_of(options: argparse.Namespace) -> Workspace:
    """The workspace that ``-C`` names, or the current folder."""
    from koho_pdf.workspace.workspace import open_workspace

    return open_workspace(options.workspace)
