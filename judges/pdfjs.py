"""pdf.js, the PDF reader of Firefox: does it read every operator, font, picture and word without a warning?"""

from __future__ import annotations

import json
from collections.abc import Sequence

from judges.spoiling import cut_short
from judges.verdict import ROOT, TOOLS, Case, Judge, Verdict, said_by

_PACKAGE = TOOLS / "node_modules" / "pdfjs-dist"


def _judge(cases: Sequence[Case]) -> Sequence[Verdict]:
    script, library = ROOT / "judges" / "pdfjs.mjs", _PACKAGE / "legacy" / "build" / "pdf.mjs"
    done = said_by("node", script, library, *(case.path for case in cases))
    assert done.returncode == 0, done.stderr
    return [_verdict(case, json.loads(line)) for case, line in zip(cases, done.stdout.splitlines(), strict=True)]


def _verdict(case: Case, read: dict[str, list[str]]) -> Verdict:
    if read["warnings"]:
        return Verdict(False, read["warnings"][0])
    if len(read["pages"]) != case.pages:
        return Verdict(False, f"{len(read['pages'])} pages, {case.pages} promised")
    silent = [str(number) for number, text in enumerate(read["pages"], 1) if not text.strip()]
    return Verdict(not silent, f"no text on page {', '.join(silent)}")


JUDGE = Judge(
    "pdf.js",
    "the operators, fonts, pictures and text of every page are read without a warning, and every page has text"
    " (nothing is painted: Node has no canvas).",
    lambda: str(json.loads((_PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]),
    lambda case: case.is_pdf,
    _judge,
    "last third cut off",
    cut_short,
)
