"""Point 12 of composition: what each engine tells when a text does not fit its box of ten characters
and three lines.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bench.glyphs import glyphs_of
from bench.ours import ROOT
from bench.rivals import FACES
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.workspace import open_workspace

_TEXT = "市民の皆さんとともに海と山に囲まれた留萌らしいまちをつくり次の世代へ手渡していきます"
_SIZE, _FEED, _LINES, _ACROSS = 12, 21, 3, 10
_HTML = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>overset</title><style>
{face}
@page {{ size: 400pt 400pt; margin: 50pt }} body, p {{ margin: 0 }}
p {{ font: {size}pt/{feed}pt "{family}"; text-align: justify; width: {wide}pt; height: {high}pt }}
</style><p data-field="lead" data-slot="words">{text}</p>"""
_TYPST = """#set page(width: 400pt, height: 400pt, margin: 50pt)
#set text(font: "BIZ UDMincho", size: {size}pt, lang: "ja")
#block(width: {wide}pt, height: {high}pt)[{text}]"""
_RUN_TYPST = """
import sys, typst
made, warnings = typst.compile_with_warnings(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])
print("\\n".join(map(str, warnings)))
"""
_RUN_JTYPESET = """
import sys, jtypeset as ts
fonts = ts.FontSet()
fonts.load_file(sys.argv[1], "specimen")
paragraph = ts.Paragraph(sys.argv[2], ts.TextStyle(["specimen"], float(sys.argv[3])), ts.ParagraphStyle())
mode = ts.WritingMode.HORIZONTAL_TB
made = ts.fit_paragraph(fonts, paragraph, mode, int(sys.argv[4]), default_length=float(sys.argv[5]), min_scale=1.0)
print("" if made.fits else "`fits` of its `fit_paragraph` is False; not by how much")
"""


def told(folder: Path) -> dict[str, str]:
    """By engine: what it told, or that it was silent."""
    measures = {"size": _SIZE, "feed": _FEED, "wide": _SIZE * _ACROSS, "high": _FEED * _LINES, "text": _TEXT}
    return {
        "koho-pdf": _ours(measures, folder),
        "Chromium": _chromium(measures, folder) or "silent",
        "Typst": _typst(measures, folder) or "silent",
        "jtypeset": _jtypeset(measures) or "silent",
    }


def _ours(measures: dict[str, object], folder: Path) -> str:
    layout = ROOT / "layouts" / "specimen"
    html = _HTML.format(face="", family="BIZ UDMincho", **measures)
    galley = Galley("screen", html, layout, (layout,), read_press("offset-coated", ROOT / "press", ROOT))
    cache = open_workspace(ROOT).cache
    document = compose(galley, read_faces(ROOT / "fonts", ROOT), Tree("issue.yaml", {}, {}), ROOT, cache)
    (finding,) = document.findings
    path = folder / "overset.pdf"
    path.write_bytes(document.write())
    outside = sum(glyph.bottom > 50 + _FEED * _LINES for glyph in glyphs_of(path))
    said = re.search(r"約([0-9]+)字", finding.message)
    right = "as the page shows" if said and int(said[1]) == outside else f"though {outside} are"
    return f"{finding.severity.name.lower()} `{finding.code}`: {finding.message} ({right})"


def _chromium(measures: dict[str, object], folder: Path) -> str:
    page = folder / "overset.html"
    face = f'@font-face {{ font-family: specimen; src: url("{FACES["BIZ UDMincho"].as_uri()}") }}'
    page.write_text(_HTML.format(face=face, family="specimen", **measures), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    options += ["--enable-logging=stderr", f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/c.pdf"]
    command = ["chromium", *options, page.as_uri()]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    lines = [line for line in done.stderr.splitlines() if "CONSOLE" in line or "overflow" in line.lower()]
    return " ".join(lines)


def _typst(measures: dict[str, object], folder: Path) -> str:
    source = folder / "overset.typ"
    source.write_text(_TYPST.format(**measures), encoding="utf-8")
    return _python(_RUN_TYPST, str(source), str(folder / "t.pdf"), str(ROOT / "fonts"))


def _jtypeset(measures: dict[str, object]) -> str:
    face = str(FACES["BIZ UDMincho"])
    return _python(_RUN_JTYPESET, face, _TEXT, str(_SIZE), str(_LINES), str(measures["wide"]))


def _python(script: str, *arguments: str) -> str:
    command = [sys.argv[1], "-c", script, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return (done.stdout + done.stderr).strip()
