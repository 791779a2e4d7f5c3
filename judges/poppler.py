"""Poppler: does another renderer draw every page without a word, with as many pages as promised, every font inside?"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from judges.spoiling import cut_short
from judges.verdict import Case, Judge, Verdict, first_line, said_by


def _judge(cases: Sequence[Case]) -> Sequence[Verdict]:
    return [_verdict(case) for case in cases]


def _verdict(case: Case) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        drawn = said_by("pdftoppm", "-r", "72", case.path, Path(folder) / "p")
    described, fonts = said_by("pdfinfo", case.path), said_by("pdffonts", case.path)
    for done in (described, fonts, drawn):
        if done.returncode or done.stderr:
            return Verdict(False, first_line(done.stderr))
    pages = re.search(r"^Pages: +(\d+)$", described.stdout, re.MULTILINE)
    if not pages or int(pages[1]) != case.pages:
        return Verdict(False, f"{pages[1] if pages else 'no'} pages, {case.pages} promised")
    # After the encoding come "emb", "sub" and "uni"; names and encodings hold no such words.
    outside = [line.split()[0] for line in fonts.stdout.splitlines()[2:] if not re.search(r" yes (yes|no ) ", line)]
    return Verdict(not outside, f"not embedded: {', '.join(outside)}")


JUDGE = Judge(
    "Poppler",
    "pdfinfo, pdffonts and pdftoppm say nothing on standard error; the pages (of sheets: their sides) are as many as"
    " promised; every font is embedded.",
    lambda: first_line(said_by("pdfinfo", "-v").stderr).removeprefix("pdfinfo version "),
    lambda case: case.is_pdf,
    _judge,
    "last third cut off",
    cut_short,
)
