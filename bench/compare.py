"""Sets the specimen's texts here and in other engines, lets one judge count, and writes docs/composition-compare.md.

The rivals live in a virtual environment of their own (``make compare-composition``): Typst and jtypeset from PyPI,
Chromium from Debian with the best CSS it knows. Every text stands alone on a page, its box at a known place.
"""

from __future__ import annotations

import html
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2

from bench.glyphs import glyphs_of
from bench.judge import RULES, Box, Verdict, judged
from bench.ours import ROOT, bases, set_by_us, specimen

MEASURES = (8, 10, 12, 14, 17, 20, 24, 28, 33, 40)
EDGE = 60.0  # points from the page's edges to the box
PAGE = (700.0, 1200.0)
FACES = {"BIZ UDMincho": ROOT / "fonts" / "BIZUDMincho-Regular.ttf"}
Setter = Callable[[Sequence[Box], str, Path, Path], None]

_CSS = """
@font-face { font-family: specimen; src: url("FILE") }
@page { size: WIDTHpt HEIGHTpt; margin: 0 }
html, body, p { margin: 0 }
section { position: relative; width: WIDTHpt; height: HEIGHTpt; overflow: hidden; break-after: page }
p { position: absolute; top: EDGEpt; font-family: specimen; line-break: strict; text-align: justify;
  text-justify: inter-character; text-autospace: normal; text-spacing-trim: trim-start; overflow-wrap: anywhere;
  font-feature-settings: "halt", "chws"; font-kerning: normal; hanging-punctuation: first allow-end }
.vertical { writing-mode: vertical-rl; text-orientation: mixed; right: EDGEpt;
  font-feature-settings: "vhal", "vchw" }
.horizontal { left: EDGEpt }
"""


def chromium(boxes: Sequence[Box], face: str, target: Path, folder: Path) -> None:
    """Headless, with its best CSS."""
    css = _CSS.replace("FILE", FACES[face].as_uri()).replace("EDGE", f"{EDGE:g}")
    css = css.replace("WIDTH", f"{PAGE[0]:g}").replace("HEIGHT", f"{PAGE[1]:g}")
    parts = [f'<!doctype html><html lang="ja"><meta charset="utf-8"><style>{css}</style>']
    for box in boxes:
        side = "height" if box.vertical else "width"
        way = "vertical" if box.vertical else "horizontal"
        parts.append(
            f'<section><p class="{way}" style="font-size: {box.size}pt; line-height: {box.line_feed}pt;'
            f' {side}: {box.measure + 0.01}pt">{html.escape(box.text)}</p></section>'
        )
    page = folder / "specimen.html"
    page.write_text("\n".join(parts), encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        "--allow-file-access-from-files",
    ]
    command = ["chromium", *options, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", page.as_uri()]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


_TYPST = """
#set page(width: {width}pt, height: {height}pt, margin: {edge}pt)
#set text(font: "{face}", size: {size}pt, lang: "ja", cjk-latin-spacing: auto, top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: {leading}pt, spacing: 0pt)
#for each in json("texts.json") {{ block(width: each.at(0) * 1pt, each.at(1)); pagebreak(weak: true) }}
"""


def typst(boxes: Sequence[Box], face: str, target: Path, folder: Path) -> None:
    """It knows no vertical lines."""
    first = boxes[0]
    leading = first.line_feed - first.size
    source = _TYPST.format(width=PAGE[0], height=PAGE[1], edge=EDGE, face=face, size=first.size, leading=leading)
    (folder / "specimen.typ").write_text(source, encoding="utf-8")
    (folder / "texts.json").write_text(json.dumps([(box.measure + 0.01, box.text) for box in boxes]), encoding="utf-8")
    script = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
    _python(script, str(folder / "specimen.typ"), str(target), str(ROOT / "fonts"))


_JTYPESET = """
import json, sys
import jtypeset as ts
boxes, face, target = json.load(open(sys.argv[1], encoding="utf-8")), sys.argv[2], sys.argv[3]
fonts = ts.FontSet()
fonts.load_file(face, "specimen")
pages = []
for text, size, feed, measure, vertical, width, height, edge in boxes:
    style = ts.TextStyle(["specimen"], size)
    shape = ts.ParagraphStyle()
    shape.align = ts.Align.JUSTIFY
    shape.line_pitch = feed
    master = ts.PageSequence()
    if vertical:
        master.master.writing_mode = ts.WritingMode.VERTICAL_RL
        master.master.size = ts.Size(width, measure + 2 * edge)
    else:
        master.master.writing_mode = ts.WritingMode.HORIZONTAL_TB
        master.master.size = ts.Size(measure + 2 * edge, height)
    master.master.margin = ts.Margins(edge, edge, edge, edge)
    flow = ts.Flow()
    flow.add_paragraph(ts.Paragraph(text, style, shape))
    pages += list(ts.FlowLayouter(fonts).layout(flow, master))[:1]
ts.save_pdf(pages, target)
"""


def jtypeset(boxes: Sequence[Box], face: str, target: Path, folder: Path) -> None:
    """One page a text, its body as wide (or, vertically, as high) as the measure."""
    rows = [
        (box.text, box.size, box.line_feed, box.measure + 0.01, box.vertical, PAGE[0], PAGE[1], EDGE) for box in boxes
    ]
    (folder / "boxes.json").write_text(json.dumps(rows), encoding="utf-8")
    _python(_JTYPESET, str(folder / "boxes.json"), str(FACES[face]), str(target))


def _python(script: str, *arguments: str) -> None:
    """Run in the environment of the rivals, whose interpreter is the first argument of this program."""
    subprocess.run([sys.argv[1], "-c", script, *arguments], check=True, timeout=300)


def rival(boxes: Sequence[Box], setter: Setter, face: str, target: Path) -> list[Box]:
    """The same texts at the same measures by another engine; where it set them."""
    alone = [
        Box(
            number,
            PAGE[0] - EDGE - _lines_room(box) if box.vertical else EDGE,
            EDGE,
            _lines_room(box) if box.vertical else box.measure,
            box.measure if box.vertical else PAGE[1] - 2 * EDGE,
            box.size,
            box.measure,
            box.line_feed,
            box.text,
            box.vertical,
        )
        for number, box in enumerate(boxes, 1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        setter(alone, face, target, Path(folder))
    return alone


def _lines_room(box: Box) -> float:
    return PAGE[0] - 2 * EDGE


def count(target: Path, boxes: Sequence[Box]) -> dict[str, list[Verdict]]:
    """Every verdict on a PDF, by rule."""
    by_page = defaultdict(list)
    for glyph in glyphs_of(target):
        by_page[glyph.page].append(glyph)
    found: dict[str, list[Verdict]] = {rule: [] for rule in RULES}
    for box in boxes:
        for verdict in judged(by_page[box.page], box):
            found[verdict.rule].append(verdict)
    return found


def picture(target: Path, box: Box, path: Path) -> None:
    """One box as a small PNG."""
    with pypdfium2.PdfDocument(target) as pdf:
        scale = 1.6
        image = pdf[box.page - 1].render(scale=scale, grayscale=True).to_pil()
    left, width = box.left, box.width
    if box.vertical and box.width > 400:
        left, width = box.left + box.width - 130, 130
    height = min(box.height, 150.0) if not box.vertical else box.height
    edges = (left - 8, box.top - 8, left + width + 8, box.top + height + 8)
    image.crop(tuple(round(edge * scale) for edge in edges)).quantize(16).save(path, optimize=True)


def main() -> None:
    issue = specimen()
    texts = [text.source for text in issue.texts if bases(text.source) == text.source]
    out = ROOT / "out" / "compare"
    out.mkdir(parents=True, exist_ok=True)
    pictures = ROOT / "docs" / "pictures" / "composition"
    pictures.mkdir(parents=True, exist_ok=True)
    parts = [_HEAD]
    for direction, setters in (
        ("horizontal", {"Chromium": chromium, "Typst": typst, "jtypeset": jtypeset}),
        ("vertical", {"Chromium": chromium, "jtypeset": jtypeset}),
    ):
        vertical = direction == "vertical"
        target = out / f"koho-pdf-{direction}.pdf"
        ours = set_by_us(issue, MEASURES, vertical=vertical, target=target, texts=texts)
        counts, made = {"koho-pdf": count(target, ours)}, {"koho-pdf": (target, ours)}
        for name, setter in setters.items():
            target = out / f"{name.lower()}-{direction}.pdf"
            boxes = rival(ours, setter, issue.face, target)
            counts[name], made[name] = count(target, boxes), (target, boxes)
        parts.append(_table(direction, counts, len(texts)))
        shown = next(number for number, box in enumerate(ours) if "（『" in box.text and box.measure > 13 * box.size)
        for name, (target, boxes) in made.items():
            path = pictures / f"{name.lower()}-{direction}.png"
            picture(target, boxes[shown], path)
            parts.append(f"{name}:\n\n![{name}, {direction}](pictures/composition/{path.name})\n")
        if "--why" in sys.argv:
            for name, found in counts.items():
                for rule, verdicts in found.items():
                    for verdict in [each for each in verdicts if not each.kept][:6]:
                        print(direction, name, rule, verdict.line, verdict.why)
    (ROOT / "docs" / "composition-compare.md").write_text("\n".join(parts), encoding="utf-8")


def _table(direction: str, counts: dict[str, dict[str, list[Verdict]]], texts: int) -> str:
    rows = [
        f"## {direction.capitalize()}: {texts} texts at {len(MEASURES)} measures\n",
        "| rule | " + " | ".join(counts) + " |",
        "|---|" + "---|" * len(counts),
    ]
    for rule, words in RULES.items():
        cells = []
        for found in counts.values():
            kept = Counter(verdict.kept for verdict in found[rule])
            cells.append(f"{kept[False]} / {kept.total()}")
        rows.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


_HEAD = f"""# Composition compared

Made by `make compare-composition` (`bench/compare.py`). The texts of `content/specimen` that have no marks in them, in
BIZ UDMincho of 17Q at {len(MEASURES)} measures from {MEASURES[0]} to {MEASURES[-1]} characters, set by koho-pdf and by
engines that make PDFs too, each with the best settings it has. One judge (`bench/judge.py`, its tests are in
`tests/judge/`) reads where every glyph stands and counts: **lines that break a rule / lines it applies to**. Numbers
before the rules are those of `docs/composition.md`. Typst knows no vertical lines. Chromium rounds baselines, and the
places of upright glyphs, to whole CSS pixels (0.75 pt), which the judge sees. A ～ that copies as 〜 is a changed text:
in these faces both have one vertical form, and only an own code for each keeps them apart.
"""


if __name__ == "__main__":
    main()
