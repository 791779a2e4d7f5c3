"""The same texts set by other engines, each with the best it has; by ours from HTML where a manuscript has no marks.

The rivals live in a virtual environment of their own: Typst and jtypeset from PyPI, Chromium from Debian. Every text
stands alone on a page, its box at a known place.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bench.boxes import Box
from bench.ours import ROOT
from bench.texts import TWO_DIGITS, as_html, halves
from koho_pdf.composition.fonts.faces import font_configuration, read_faces

EDGE = 60.0  # points from the page's edges to the box
PAGE = (700.0, 1200.0)
FACES = {"BIZ UDMincho": ROOT / "fonts" / "BIZUDMincho-Regular.ttf"}
Setter = Callable[[Sequence[Box], str, Path, Path], None]

_PAGE_CSS = """
@page { size: WIDTHpt HEIGHTpt; margin: 0 }
html, body, p { margin: 0 }
section { position: relative; width: WIDTHpt; height: HEIGHTpt; overflow: hidden; break-after: page }
p { position: absolute; top: EDGEpt; text-align: justify; overflow-wrap: anywhere }
em { font-style: normal }
rt { font-size: 50% }
.vertical { writing-mode: vertical-rl; right: EDGEpt }
.horizontal { left: EDGEpt }
"""
_CHROMIUM_CSS = """
@font-face { font-family: specimen; src: url("FILE") }
p { font-family: specimen; line-break: strict;
  text-justify: inter-character; text-autospace: normal; text-spacing-trim: trim-start;
  font-feature-settings: "halt", "chws"; font-kerning: normal; ruby-align: space-around }
.vertical { text-orientation: mixed; font-feature-settings: "vhal", "vchw" }
.hanging { hanging-punctuation: allow-end }
.kenten { text-emphasis: filled dot }
.vertical .kenten { text-emphasis: filled sesame }
.digits { text-combine-upright: all }
.warichu { display: inline-block; font-size: 50%; line-height: 1; vertical-align: -0.5em; text-align: left;
  text-indent: 0; white-space: nowrap }
.horizontal .warichu { vertical-align: -0.12em }
"""


def _page_of(boxes: Sequence[Box], css: str, *, cut_notes: bool, digits: bool) -> str:
    css = (_PAGE_CSS + css).replace("EDGE", f"{EDGE:g}")
    css = css.replace("WIDTH", f"{PAGE[0]:g}").replace("HEIGHT", f"{PAGE[1]:g}")
    parts = [f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>specimen</title><style>{css}</style>']
    for box in boxes:
        side, way = ("height", "vertical") if box.vertical else ("width", "horizontal")
        parts.append(
            f'<section><p class="{way}{" hanging" if box.hanging else ""}" style="font-size: {box.size}pt;'
            f' line-height: {box.line_feed}pt; {side}: {box.measure + 0.01}pt">'
            f"{as_html(box.pieces, cut_notes=cut_notes, digits=digits and box.vertical)}</p></section>"
        )
    return "\n".join(parts)


def chromium(boxes: Sequence[Box], face: str, target: Path, folder: Path) -> None:
    """Headless, with its best CSS; a note is cut by hand, pairs of digits are marked."""
    css = _CHROMIUM_CSS.replace("FILE", FACES[face].as_uri())
    page = folder / "specimen.html"
    page.write_text(_page_of(boxes, css, cut_notes=True, digits=True), encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        "--allow-file-access-from-files",
    ]
    command = ["chromium", *options, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", page.as_uri()]
    # With Debian's own settings it rounds the advance of every glyph, so it gets ours.
    configuration = font_configuration(read_faces(ROOT / "fonts", ROOT), folder)
    environment = os.environ | {"FONTCONFIG_FILE": str(configuration)}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)


_TYPST = """
#set page(width: {width}pt, height: {height}pt, margin: {edge}pt)
#set text(font: "{face}", size: {size}pt, lang: "ja", cjk-latin-spacing: auto, top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: {leading}pt, spacing: 0pt)
#let half(body) = text(size: 0.5em, body)
#let ruby(base, reading) = context {{
  let wide = calc.max(measure(base).width, measure(half(reading)).width)
  box(width: wide, {{ place(top + center, dy: -{half}pt, box(half(reading))); align(center, base) }})
}}
#let marked(character) = box({{ place(top + center, dy: -0.25em, circle(radius: 0.08em, fill: black)); character }})
#let note(upper, lower) = box(baseline: 0.12em, half(stack(spacing: 0pt, upper, lower)))
#let set-piece(piece) = {{
  if piece.at(0) == "ruby" {{ for pair in piece.at(2) {{ ruby(pair.at(0), pair.at(1)) }} }}
  else if piece.at(0) == "kenten" {{ show regex("[\\\\p{{L}}\\\\p{{N}}]"): marked; piece.at(1) }}
  else if piece.at(0) == "note" {{ note(piece.at(2).at(0), piece.at(2).at(1)) }}
  else {{ piece.at(1) }}
}}
#for each in json("texts.json") {{
  block(width: each.at(0) * 1pt, each.at(1).map(set-piece).join())
  pagebreak(weak: true)
}}
"""


def typst(boxes: Sequence[Box], face: str, target: Path, folder: Path) -> None:
    """It has no vertical lines; ruby, kenten and warichu are made from its boxes and places, as its users make them."""
    first = boxes[0]
    leading = first.line_feed - first.size
    source = _TYPST.format(
        width=PAGE[0], height=PAGE[1], edge=EDGE, face=face, size=first.size, leading=leading, half=first.size / 2
    )
    (folder / "specimen.typ").write_text(source, encoding="utf-8")
    texts = [
        (box.measure + 0.01, [(each.kind, each.text, each.pairs or halves(each.text)) for each in box.pieces])
        for box in boxes
    ]
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    script = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
    _python(script, str(folder / "specimen.typ"), str(target), str(ROOT / "fonts"))


_JTYPESET = """
import json, sys
import jtypeset as ts
boxes, face, target = json.load(open(sys.argv[1], encoding="utf-8")), sys.argv[2], sys.argv[3]
fonts = ts.FontSet()
fonts.load_file(face, "specimen")
pages = []
for text, notes, hanging, size, feed, measure, vertical, width, height, edge in boxes:
    style = ts.TextStyle(["specimen"], size)
    shape = ts.ParagraphStyle()
    shape.align = ts.Align.JUSTIFY
    shape.line_pitch = feed
    spacing = shape.spacing
    spacing.hanging_punctuation = hanging
    shape.spacing = spacing
    master = ts.PageSequence()
    if vertical:
        master.master.writing_mode = ts.WritingMode.VERTICAL_RL
        master.master.size = ts.Size(width, measure + 2 * edge)
    else:
        master.master.writing_mode = ts.WritingMode.HORIZONTAL_TB
        master.master.size = ts.Size(measure + 2 * edge, height)
    master.master.margin = ts.Margins(edge, edge, edge, edge)
    paragraph = ts.Paragraph(text, style, shape)
    for kind, first, end, reading in notes:
        if kind == "ruby":
            paragraph.annotate(ts.Annotation.ruby(first, end, reading))
        elif kind == "kenten":
            mark = ts.EmphasisMark.SESAME if vertical else ts.EmphasisMark.DOT
            paragraph.annotate(ts.Annotation.emphasis(first, end, mark))
        elif kind == "note":
            paragraph.annotate(ts.Annotation.warichu(first, end))
        else:
            paragraph.annotate(ts.Annotation.tate_chu_yoko(first, end))
    flow = ts.Flow()
    flow.add_paragraph(paragraph)
    pages += list(ts.FlowLayouter(fonts).layout(flow, master))[:1]
ts.save_pdf(pages, target)
"""


def jtypeset(boxes: Sequence[Box], face: str, target: Path, folder: Path) -> None:
    """One page a text, its body as wide (or, vertically, as high) as the measure."""
    rows = []
    for box in boxes:
        text, notes = "", []
        for piece in box.pieces:
            for base, reading in piece.pairs or ((piece.text, ""),):
                if piece.kind != "text":
                    notes.append((piece.kind, len(text), len(text) + len(base), reading))
                elif box.vertical:
                    spans = (match.span() for match in TWO_DIGITS.finditer(base))
                    notes += [("digits", len(text) + first, len(text) + end, "") for first, end in spans]
                text += base
        rows.append((text, notes, box.hanging, box.size, box.line_feed, box.measure + 0.01, box.vertical, *PAGE, EDGE))
    (folder / "boxes.json").write_text(json.dumps(rows), encoding="utf-8")
    _python(_JTYPESET, str(folder / "boxes.json"), str(FACES[face]), str(target))


def _python(script: str, *arguments: str) -> None:
    """Run in the environment of the rivals, whose interpreter is the first argument of this program."""
    subprocess.run([sys.argv[1], "-c", script, *arguments], check=True, timeout=300)


def set_alone(boxes: Sequence[Box], setter: Setter, face: str, target: Path) -> list[Box]:
    """The same texts at the same measures by another engine, a page each; where it set them."""
    alone = []
    for number, box in enumerate(boxes, 1):
        room = PAGE[0] - 2 * EDGE
        size = (room, box.measure) if box.vertical else (box.measure, PAGE[1] - 2 * EDGE)
        alone.append(replace(box, page=number, left=EDGE, top=EDGE, width=size[0], height=size[1]))
    with tempfile.TemporaryDirectory() as folder:
        setter(alone, face, target, Path(folder))
    return alone
