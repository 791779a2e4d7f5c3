"""What is judged: the leaflet as every print shop gets it, what we make for a screen, for the archive, for the web."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pikepdf

from judges.verdict import ROOT, Case
from judges.webpages import web_cases
from koho_pdf import pipeline
from koho_pdf.errors import KohoError
from koho_pdf.press.profile import Press, press_names, read_press
from koho_pdf.release.releasing import archival_pdf
from koho_pdf.workspace.workspace import Workspace, open_workspace

LEAFLET = "content/2013-policy-leaflet"
TABLES = "content/2012-policy-leaflet"  # its table
SCREENS = (LEAFLET, "layouts/policy-leaflet/sample", TABLES, "content/specimen", "content/specimen-vertical")


def cases(folder: Path) -> list[Case]:
    """Every case, its file written into ``folder``; one that cannot be built says why in ``trouble``."""
    with ProcessPoolExecutor(2) as pool:
        heard = _for_reading(folder, pool)
        prints = [pool.submit(_print, name, folder) for name in press_names(ROOT / "press")]
        reading = [each.result() for each in heard]
        pages = reading[0][0].pages
        made = [each.result() for each in prints]
    printed = [replace(case, pages=sides(case.press, pages)) for case in made if case.press]
    return [*printed, *(case for some in reading for case in some)]


def spoken_cases(folder: Path) -> list[Case]:
    """Those of them that are for reading, and may be read aloud: what we make for a screen, the archive, the web."""
    with ProcessPoolExecutor(2) as pool:
        return [case for some in _for_reading(folder, pool) for case in some.result()]


def _for_reading(folder: Path, pool: Executor) -> list[Future[list[Case]]]:
    """In the order in which they are told; the web's take longest and begin first."""
    web = pool.submit(web_cases, open_workspace(ROOT), LEAFLET, TABLES, SCREENS[1], SCREENS[3], folder)
    screens = [pool.submit(_screen, issue, "screen", folder) for issue in SCREENS]
    large = [pool.submit(_screen, issue, "large", folder) for issue in SCREENS[:3]]
    archival = [pool.submit(_archival, issue, folder) for issue in SCREENS[:3]]
    return [*screens, *large, *archival, web]


def sides(press: Press, pages: int) -> int:
    """How many pages a print PDF has: sides of sheets (two pages on each), spreads (the first and the last page stand
    alone), or the issue's pages."""
    if press.sheets == "spreads":
        return pages // 2 + 1
    return pages // 2 if press.sheets in ("fold", "saddle-stitch") else pages


def _print(name: str, folder: Path) -> Case:
    """Its pages are counted later."""
    press, path = read_press(name, ROOT / "press", ROOT), folder / f"{name}.pdf"
    trouble = build(LEAFLET, "print", open_workspace(ROOT), path, press)
    return Case(f"print: `{name}` ({press.standard})", path, 0, press, trouble)


def _archival(issue: str, folder: Path) -> list[Case]:
    name, path = f"archive: `{issue}`", folder / f"{issue.replace('/', '-')}-archive.pdf"
    try:
        made = pipeline.build(ROOT / issue, open_workspace(ROOT), ("screen", "data"))
    except KohoError as fault:
        return [Case(name, path, 0, trouble=", ".join(found.code for found in fault.findings), archival=True)]
    path.write_bytes(archival_pdf(made, ROOT / issue))
    return [Case(name, path, made.layout.pages, archival=True)]


def _screen(issue: str, edition: str, folder: Path) -> list[Case]:
    path = folder / f"{issue.replace('/', '-')}-{edition}.pdf"
    trouble = build(issue, edition, open_workspace(ROOT), path, None)
    pages = 0
    if not trouble:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
    return [Case(f"{edition}: `{issue}`", path, pages, None, trouble)]


def build(issue: str, edition: str, workspace: Workspace, path: Path, press: Press | None) -> str:
    """Build one edition into ``path``; the codes of what was found, when it cannot be built."""
    try:
        made = pipeline.build(ROOT / issue, workspace, (edition,), press)
    except KohoError as fault:
        return ", ".join(dict.fromkeys(finding.code for finding in fault.findings))
    (content,) = (content for name, content in made.files.items() if name.endswith(f"{edition}.pdf"))
    path.write_bytes(content)
    return ""
