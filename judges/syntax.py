"""qpdf and pikepdf: is the file sound as a PDF (ISO 32000-1, 7), object by object?"""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf

from judges.spoiling import cut_short
from judges.verdict import Case, Judge, Verdict, first_line, said_by


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
