"""The sheets of a layout's sample, whatever is wrong with it: a ruler is wanted most when something does not fit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from koho_pdf.editions.looked import looked
from koho_pdf.findings import Finding
from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.planned import keep_outs_of
from koho_pdf.pipeline import as_looked_at, fit_of, places_of
from koho_pdf.proofs.design_sheet import design_sheets
from koho_pdf.workspace.workspace import Workspace


def sample_sheets(
    name: str, workspace: Workspace, progress: Callable[[str], None] = lambda stage: None
) -> tuple[tuple[bytes, ...], tuple[Finding, ...]]:
    """A picture (PNG) of every page of the sample of a layout, and the findings. Raises KohoError if no page can be
    made."""
    folder = read_layout(workspace.layouts / name, workspace.root).sample
    with ThreadPoolExecutor(1) as beside:
        of, told = as_looked_at(folder, workspace, beside, progress)
    progress("方眼と枠を描く")
    seen = looked(of)
    places = places_of(of, [seen.document], fit_of(of).regions)
    pictures = design_sheets(of.layout, seen.screen, places, of.faces, keep_outs_of(of.whole, of.layout))
    return pictures, tuple(dict.fromkeys([*told, *seen.findings]))
