"""Our own setting of texts as a specimen, and its boxes from ``map.json``."""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.boxes import Box, Mark, lines_of
from bench.glyphs import Glyph, glyphs_of
from bench.texts import bases, pieces
from koho_pdf.content.check import check
from koho_pdf.kinds.known import kind_called
from koho_pdf.manuscript.reader import read
from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[1]
PT = 72 / 25.4


def specimen(name: str = "specimen") -> Any:
    """The issue ``content/<name>``."""
    folder = ROOT / "content" / name
    model = kind_called("specimen", ROOT / "layouts", ROOT).model
    return check(read(folder / "issue.yaml", ROOT), model, folder=folder, layouts=["specimen"]).issue


def set_by_us(
    issue: Any, measures: Sequence[int], *, vertical: bool, target: Path, texts: Sequence[str] | None = None
) -> list[Box]:
    """Write ``target`` (a screen PDF) with every text of ``issue`` (or ``texts``) at every measure; its boxes."""
    sources = list(texts or [text.source for text in issue.texts])
    with tempfile.TemporaryDirectory() as folder:
        lines = [
            "layout: specimen",
            "date: 令和9年4月1日",
            "title: 組見本",
            f"direction: {'vertical' if vertical else 'horizontal'}",
            f"face: {issue.face}",
            f"size: {issue.size:g}",
            f"chars_per_line: [{', '.join(map(str, measures))}]",
            f"hanging: {str(issue.hanging).lower()}",
            "texts:",
            *("  - '" + text.replace("'", "''") + "'" for text in sources),
        ]
        (Path(folder) / "issue.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        made = build(Path(folder), open_workspace(ROOT), ("screen",))
    target.write_bytes(made.files["screen.pdf"])
    glyphs: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs_of(target):
        glyphs[glyph.page].append(glyph)
    boxes = []
    for field in json.loads(made.files["map.json"])["fields"]:
        if not field["slot"]:
            continue
        box, slot = field["box"], field["slot"]
        of = pieces(sources[int(field["field"].split(".")[1])])
        made_box = Box(
            field["page"],
            box["x"] * PT,
            box["y"] * PT,
            box["width"] * PT,
            box["height"] * PT,
            size=slot["size"] * 0.25 * PT,
            measure=int(slot["name"].split("-")[1]) * slot["size"] * 0.25 * PT,
            line_feed=round(issue.size * 1.75) * 0.25 * PT,
            text=bases(of),
            vertical=vertical,
            pieces=of,
        )
        boxes.append(_headed(made_box, lines_of(glyphs[made_box.page], made_box)))
    return boxes


def _headed(box: Box, lines: Sequence[Sequence[Mark]]) -> Box:
    """The map's box is what the text covers; the head of its lines is where most of them begin."""
    starts = Counter(round(line[0].ink_start, 2) for line in lines)
    shift = (starts.most_common(1)[0][0] if starts else 0.0) * box.size
    return replace(box, top=box.top + shift) if box.vertical else replace(box, left=box.left + shift)
