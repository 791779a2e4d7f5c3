"""qpdf and pikepdf: is the file sound as a PDF (ISO 32000-1, 7), object by object; does a page hold its own alone?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf

from judges.spoiling import cut_short
from judges.verdict import Case, Judge, Verdict, first_line, said_by

_GROUPS = ("/XObject", "/Font")


def _every(case: Case) -> bool:
    return case.is_pdf


def _qpdf(cases: Sequence[Case]) -> Sequence[Verdict]:
    verdicts = []
    for case in cases:
        done = said_by("qpdf", "--check", case.path)
        verdicts.append(Verdict(done.returncode == 0 and not done.stderr, f"exit code {done.returncode}"))
    return verdicts


def _pikepdf(cases: Sequence[Case]) -> Sequence[Verdict]:
    verdicts = []
    for case in cases:
        try:
            with pikepdf.open(case.path) as pdf:
                found = pdf.check_pdf_syntax()
        except pikepdf.PdfError:
            found = ["cannot be opened"]
        verdicts.append(Verdict(not found, f"{len(found)} problems"))
    return verdicts


def _names(pdf: pikepdf.Pdf) -> int:
    groups = [page.obj.get("/Resources", pikepdf.Dictionary()).get(name) for page in pdf.pages for name in _GROUPS]
    return sum(len(group) for group in groups if group is not None)


def _resources(cases: Sequence[Case]) -> Sequence[Verdict]:
    verdicts = []
    for case in cases:
        with pikepdf.open(case.path) as pdf:
            named = _names(pdf)
            pdf.remove_unreferenced_resources()
            unused = named - _names(pdf)
        verdicts.append(Verdict(not unused, f"{unused} not used"))
    return verdicts


def _with_a_stranger(case: Case, folder: Path) -> Case:
    path = folder / "stranger.pdf"
    with pikepdf.open(case.path) as pdf:
        page = pdf.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(
            {**page.Resources.get("/XObject", {}), "/Stranger": pdf.make_stream(b"", Subtype=pikepdf.Name.Form)}
        )
        pdf.save(path)
    return replace(case, path=path)


RESOURCES = Judge(
    "pikepdf: resources",
    "does every page of a print file hold the fonts, pictures and forms it draws with, and no others"
    " (`remove_unreferenced_resources` finds nothing)?",
    lambda: f"{pikepdf.__version__} (libqpdf {pikepdf.__libqpdf_version__})",
    lambda case: case.press is not None,
    _resources,
    "a form that nobody draws",
    _with_a_stranger,
)
QPDF = Judge(
    "qpdf --check",
    "are cross-references, objects, streams and page tree whole?",
    lambda: first_line(said_by("qpdf", "--version").stdout).removeprefix("qpdf version "),
    _every,
    _qpdf,
    "last third cut off",
    cut_short,
)
PIKEPDF = Judge(
    "pikepdf",
    "the same of pikepdf's newer qpdf, which also decodes every stream (`check_pdf_syntax`).",
    lambda: f"{pikepdf.__version__} (libqpdf {pikepdf.__libqpdf_version__})",
    _every,
    _pikepdf,
    "last third cut off",
    cut_short,
)
