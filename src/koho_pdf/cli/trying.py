"""A layout tried out: its contract read, its sample built in every edition, its colours measured. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable

from koho_pdf.editions.every import RELEASED
from koho_pdf.editions.faint_text import pale
from koho_pdf.errors import KohoError, LayoutError
from koho_pdf.findings import Finding, errors_in
from koho_pdf.layout.contract import Layout, read_layout
from koho_pdf.layout.palette import painted
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import Workspace


def tried(
    name: str, workspace: Workspace, progress: Callable[[str], None] = lambda stage: None
) -> tuple[Layout | None, tuple[Finding, ...], int]:
    """The layout called ``name`` (None: it cannot be read), what there is to tell about it, and its exit code."""
    layout = None
    try:
        layout = painted(read_layout(workspace.layouts / name, workspace.root), workspace.city)
        made = build(layout.sample, workspace, RELEASED, progress=progress)
        faint = pale(made.files["screen.pdf"], layout, workspace)
    except KohoError as fault:
        return layout, fault.findings, fault.exit_code
    told = tuple(dict.fromkeys([*made.findings, *faint]))
    return layout, told, LayoutError.exit_code if errors_in(faint) else 0
