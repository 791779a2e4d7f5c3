"""What is judged: the leaflet as every print shop gets it, the insert as two of them do, the other brochures and the
newsletters as the city's own does, what we make for a screen, for the archive, for the web."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from itertools import zip_longest
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
SAMPLE = "layouts/policy-leaflet/sample"
INSERT = "content/2027-03-insert"
FOLDED = "content/2027-04-waste-guide"  # one sheet of six panels
PILLARS = ("content/2027-policy-three", "content/2027-policy-five")
BROCHURES = ("content/2027-08-flyer", "content/2027-11-poster", "content/2027-09-programme", *PILLARS, FOLDED)
NEWSLETTERS = ("content/2027-03-koho", "layouts/monthly-vertical/sample")  # horizontal and vertical
SPECIMEN = "content/specimen"
ARCHIVED = (LEAFLET, SAMPLE, TABLES, INSERT, *BROCHURES, *NEWSLETTERS)
BOOKS = (LEAFLET, TABLES, "content/2027-09-programme", FOLDED, *NEWSLETTERS)  # pillars, a table, vertical, all tables
SCREENS = (*ARCHIVED, SPECIMEN, "content/specimen-vertical")


FEW = (LEAFLET, "content/2027-09-programme")  # horizontal and vertical, slots and a page plan


def few_cases(folder: Path) -> list[Case]:
    """As ``cases``, of few issues: what every change is judged by."""
    press = read_press("offset-coated", ROOT / "press", ROOT)
    with ProcessPoolExecutor(2) as pool:
        read = [pool.submit(_read, issue, True, folder) for issue in FEW]
        prints = [pool.submit(_print, issue, press, folder) for issue in FEW]
        books = [pool.submit(_book, issue, folder) for issue in FEW]
        reading = [case for each in read for case in each.result()]
        made = [(issue, each.result()) for issue, each in zip(FEW, prints, strict=True)]
        bound = [each.result() for each in books]
    return [*_counted(made, reading), *reading, *bound]


def cases(folder: Path) -> list[Case]:
    """Every case, its file written into ``folder``; one that cannot be built says why in ``trouble``."""
    with ProcessPoolExecutor(2) as pool:
        heard = _for_reading(folder, pool)
        jobs = [(LEAFLET, read_press(name, ROOT / "press", ROOT)) for name in press_names(ROOT / "press")]
        jobs += [(INSERT, press) for press in of_insert()]
        jobs += [(issue, read_press("offset-coated", ROOT / "press", ROOT)) for issue in (*BROCHURES, *NEWSLETTERS)]
        prints = [pool.submit(_print, issue, press, folder) for issue, press in jobs]
        books = [pool.submit(_book, issue, folder) for issue in BOOKS]
        reading = heard()
        made = [(issue, each.result()) for (issue, _), each in zip(jobs, prints, strict=True)]
        bound = [each.result() for each in books]
    return [*_counted(made, reading), *reading, *bound]


def _counted(made: Sequence[tuple[str, Case]], reading: Sequence[Case]) -> list[Case]:
    """Print files with the pages that they must have."""
    pages = {case.name: case.pages for case in reading}
    return [
        replace(case, pages=2 if issue == FOLDED else sides(case.press, pages[f"screen: `{issue}`"]))
        for issue, case in made
        if case.press
    ]


def spoken_cases(folder: Path) -> list[Case]:
    """Those of them that are for reading, and may be read aloud: what we make for a screen, the archive, the web."""
    with ProcessPoolExecutor(2) as pool:
        return _for_reading(folder, pool)()


def _for_reading(folder: Path, pool: Executor) -> Callable[[], list[Case]]:
    """They are begun, the web's first, which take longest; what is given waits for them and has them in their order."""
    web = pool.submit(web_cases, open_workspace(ROOT), LEAFLET, TABLES, SAMPLE, (SPECIMEN, INSERT), folder)
    issues = [pool.submit(_read, issue, issue in ARCHIVED, folder) for issue in SCREENS]

    def told() -> list[Case]:
        of_issues = [each.result() for each in issues]
        return [case for cases in (*zip_longest(*of_issues), web.result()) for case in cases if case]

    return told


def sides(press: Press, pages: int) -> int:
    """How many pages a print PDF has: sides of sheets (two pages on each), spreads (the first and the last page stand
    alone), or the issue's pages."""
    if press.sheets == "spreads":
        return pages // 2 + 1
    return pages // 2 if press.sheets in ("fold", "saddle-stitch") else pages


def of_insert() -> tuple[Press, ...]:
    """What the insert goes through: the city's own print shop, and トンボ around each of its two sides."""
    usual, marked = (read_press(name, ROOT / "press", ROOT) for name in ("offset-coated", "sheet-with-tombo"))
    marks = tuple(mark for mark in marked.marks if mark != "fold")
    return usual, replace(marked, name="single-with-tombo", sheets="single", marks=marks)


def _print(issue: str, press: Press, folder: Path) -> Case:
    """Its pages are counted later. What is named only after the press profile is the leaflet."""
    path = folder / f"{issue.replace('/', '-')}-{press.name}.pdf"
    trouble = build(issue, "print", open_workspace(ROOT), path, press)
    shown = "print" if issue == LEAFLET else f"print of `{issue}`"
    return Case(f"{shown}: `{press.name}` ({press.standard})", path, 0, press, trouble)


def _book(issue: str, folder: Path) -> Case:
    """The EPUB of an issue."""
    path = folder / f"{issue.replace('/', '-')}.epub"
    return Case(f"epub: `{issue}`", path, 0, trouble=build(issue, "epub", open_workspace(ROOT), path, None))


def _read(issue: str, archived: bool, folder: Path) -> list[Case]:
    """The screen PDF of an issue, and where it is ``archived`` the large print and the archival PDF; of one build."""
    editions = ("screen", "large", "archive") if archived else ("screen",)
    paths = {edition: folder / f"{issue.replace('/', '-')}-{edition}.pdf" for edition in editions}
    shown = {
        edition: Case(f"{edition}: `{issue}`", path, 0, archival=edition == "archive")
        for edition, path in paths.items()
    }
    try:
        made = pipeline.build(ROOT / issue, open_workspace(ROOT), ("screen", "large", "data") if archived else editions)
    except KohoError as fault:
        codes = ", ".join(dict.fromkeys(found.code for found in fault.findings))
        return [replace(case, trouble=codes) for case in shown.values()]
    for edition, path in paths.items():
        path.write_bytes(archival_pdf(made, ROOT / issue) if edition == "archive" else _named(made, edition))
        with pikepdf.open(path) as pdf:
            shown[edition] = replace(shown[edition], pages=len(pdf.pages))
    return list(shown.values())


def _named(made: pipeline.Build, edition: str) -> bytes:
    (content,) = (content for name, content in made.files.items() if name.endswith((f"{edition}.pdf", f".{edition}")))
    return content


def build(issue: str, edition: str, workspace: Workspace, path: Path, press: Press | None) -> str:
    """Build one edition into ``path``; the codes of what was found, when it cannot be built."""
    try:
        made = pipeline.build(ROOT / issue, workspace, (edition,), press)
    except KohoError as fault:
        return ", ".join(dict.fromkeys(finding.code for finding in fault.findings))
    path.write_bytes(_named(made, edition))
    return ""
