"""A layout tried out: its contract read, and its sample built in every edition. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable

from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.layout.contract import Layout, read_layout
from koho_pdf.pipeline import ASKED, EDITIONS, proof
from koho_pdf.workspace import Workspace


def tried(
    name: str, workspace: Workspace, progress: Callable[[str], None] = lambda stage: None
) -> tuple[Layout | None, tuple[Finding, ...], int]:
    """The layout called ``name`` (None: it cannot be read), what there is to tell about it, and its exit code."""
    layout = None
    try:
        layout = read_layout(workspace.layouts / name, workspace.root)
        made = proof(layout.sample, workspace, (*EDITIONS, *ASKED), progress=progress)
    except KohoError as fault:
        return layout, fault.findings, fault.exit_code
    return layout, made.findings, 0
