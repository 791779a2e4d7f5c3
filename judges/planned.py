"""A page plan whose text is set tighter until it fits, condensed type (長体, in vertical text 平体) among it, as the
tests' small newsletter has it: no brochure of ours has to be.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf
from tests.plan.test_ladder import LADDER, paper

from judges.verdict import Case
from koho_pdf import pipeline
from koho_pdf.errors import KohoError
from koho_pdf.workspace.workspace import open_workspace

_FIT = {"horizontal": LADDER, "vertical": "{condense: [90, 95]}"}
_CONDENSED = {"horizontal": "文字を95％の長体に", "vertical": "文字を90％の平体に"}


def planned_cases(folder: Path) -> list[Case]:
    """The screen PDF of a plan in each direction, written into ``folder``."""
    return [_planned(direction, folder) for direction in _FIT]


def _planned(direction: str, folder: Path) -> Case:
    path = folder / f"planned-{direction}.pdf"
    case = Case(f"screen: a page plan with condensed type, {direction}", path, 2)
    issue = paper(folder / f"planned-{direction}", 60, fit=_FIT[direction], direction=direction)
    try:
        made = pipeline.build(issue, open_workspace(issue.parents[1]), ("screen",))
    except KohoError as fault:
        return Case(case.name, path, 2, trouble=", ".join(dict.fromkeys(each.code for each in fault.findings)))
    if not any(each.code == "region-fitted" and _CONDENSED[direction] in each.message for each in made.findings):
        return Case(case.name, path, 2, trouble="not condensed")
    path.write_bytes(made.files["screen.pdf"])
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == case.pages
    return case
