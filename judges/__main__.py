"""``python -m judges``: build what is judged, hear every judge, write ``docs/conformance.md`` and ``docs/spoken/``, and
what ``copying`` and ``taking_in`` measure. ``--few`` hears those of files about two issues and writes nothing.

The exit code is 1 when any judge says no or lets a file pass that was spoilt for it, or an old PDF is called good and
is not.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from judges import (
    copying,
    epub,
    ghostscript,
    greys,
    lighthouse,
    nu,
    pdfjs,
    poppler,
    spoken,
    structure,
    syntax,
    taking_in,
    verapdf,
)
from judges.cases import LEAFLET, cases, few_cases
from judges.conformance import page
from judges.planned import planned_cases
from judges.verdict import ROOT, Case, Judge, Verdict
from koho_pdf.workspace.workspace import open_workspace

JUDGES = (
    verapdf.ARCHIVE,
    verapdf.WITH_FILES,
    verapdf.ACCESS,
    structure.JUDGE,
    ghostscript.PLATES,
    ghostscript.LETTERS,
    ghostscript.MARKS,
    greys.JUDGE,
    syntax.RESOURCES,
    syntax.QPDF,
    syntax.PIKEPDF,
    poppler.JUDGE,
    pdfjs.JUDGE,
    nu.JUDGE,
    epub.JUDGE,
    lighthouse.JUDGE,
)
_TOGETHER = (ghostscript.PLATES, ghostscript.MARKS)
"""Heard in one process, which makes the plates once for both."""
_OF_PAGES = (nu.JUDGE, lighthouse.JUDGE)
"""They take web pages only."""


def heard(judge: Judge, shown: Sequence[Case], folder: Path) -> tuple[dict[str, Verdict], bool]:
    """A judge's verdicts by the names of the cases, and whether it refused the file that was spoilt for it."""
    mine = [case for case in shown if judge.takes(case)]
    built = [case for case in mine if not case.trouble]
    verdicts = {case.name: Verdict(False, f"not built ({case.trouble})") for case in mine if case.trouble}
    if not built:
        return verdicts, False
    own = folder / judge.name.replace("/", "-")
    own.mkdir()
    *given, spoilt = judge.judge([*built, judge.spoil(built[0], own)])
    verdicts |= {case.name: verdict for case, verdict in zip(built, given, strict=True)}
    return verdicts, not spoilt.holds


def _copied(shown: Sequence[Case]) -> None:
    """The leaflet's editions measured; the print PDF is the city's own print shop's."""
    press = open_workspace(ROOT).city.press.name
    names = {"print": f"print: `{press}`", **{each: f"{each}: `{LEAFLET}`" for each in ("screen", "large")}}
    made = {
        edition: case.path
        for edition, name in names.items()
        for case in shown
        if case.name.startswith(name) and not case.trouble
    }
    if made.keys() >= {*copying.EDITIONS}:  # else the table says which was not built, and the exit code that it was not
        copying.write(made)


def _heard(numbers: Sequence[int], shown: Sequence[Case], folder: Path) -> list[tuple[dict[str, Verdict], bool]]:
    """As ``heard``, of judges by their places in ``JUDGES``: what another process is given must be data."""
    return [heard(JUDGES[number], shown, folder) for number in numbers]


def few() -> int:
    """Hear every judge that takes a PDF or a book about a few of them, and write nothing: what every change is judged
    by."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shown = few_cases(folder)
        with ProcessPoolExecutor(2) as pool:
            groups = [[JUDGES.index(each) for each in _TOGETHER]]
            groups += [[place] for place, each in enumerate(JUDGES) if each not in (*_TOGETHER, *_OF_PAGES)]
            asked = [(group, pool.submit(_heard, group, shown, folder)) for group in groups]
            told = [
                (JUDGES[place], *said)
                for group, each in asked
                for place, said in zip(group, each.result(), strict=True)
            ]
    return _told(told)


def _told(said: Sequence[tuple[Judge, dict[str, Verdict], bool]]) -> int:
    """Print what is wrong; the exit code."""
    for judge, given, refused in said:
        for case, verdict in given.items():
            if not verdict.holds:
                print(f"{case}: {judge.name} says no: {verdict.said}")
        if not refused:
            print(f"{judge.name} lets a spoilt file pass")
    verdicts = [verdict for _, given, _ in said for verdict in given.values()]
    wrong = [verdict for verdict in verdicts if not verdict.holds]
    print(f"{len(verdicts)} verdicts, {len(wrong)} no")
    return 1 if wrong or not all(refused for _, _, refused in said) else 0


def main() -> int:
    """Hear them all, two at a time, Lighthouse alone: it measures how long a page takes. Some judges are programs, some
    are Python, so each is heard in a process: threads of Python would take turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = cases(folder)
        shown = [*ours, *planned_cases(folder)]
        with ProcessPoolExecutor(2) as pool:
            old = pool.submit(taking_in.main)
            others = [pool.submit(spoken.write, ours), pool.submit(_copied, shown)]
            groups = [[JUDGES.index(each) for each in _TOGETHER]]
            groups += [[place] for place, each in enumerate(JUDGES[:-1]) if each not in _TOGETHER]
            asked = [pool.submit(_heard, group, shown, folder) for group in groups]
            places = [place for group in groups for place in group]
            found = dict(zip(places, (each for group in asked for each in group.result()), strict=True))
            for each in others:
                each.result()
            misread = old.result()
        said = [found[place] for place in sorted(found)]
        said.append(heard(lighthouse.JUDGE, shown, folder))
    told = [(judge, *each) for judge, each in zip(JUDGES, said, strict=True)]
    verdicts = {(judge.name, case): verdict for judge, given, _ in told for case, verdict in given.items()}
    refusals = {judge.name: refused for judge, _, refused in told}
    (ROOT / "docs" / "conformance.md").write_text(page(JUDGES, shown, verdicts, refusals), encoding="utf-8")
    return 1 if _told(told) or misread else 0


if __name__ == "__main__":
    sys.exit(few() if sys.argv[1:] == ["--few"] else main())
