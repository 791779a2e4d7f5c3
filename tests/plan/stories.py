"""A newsletter whose stories run over columns, regions and pages, with everything that stands between paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

from tests.plan import paper

from koho_pdf import pipeline
from koho_pdf.editions.edition import Of
from koho_pdf.plan.placed_articles import Placed
from koho_pdf.workspace.workspace import open_workspace

LINE = 7.0  # mm: 28 H
STORY = """\
format: 1
title: 読み物
fields:
  heading: {type: text, title: 見出し, role: heading}
  lead: {type: text, title: リード, role: lead, optional: true}
  parts:
    type: list
    title: 話
    of:
      type: group
      name: Part
      fields:
        heading: {type: text, title: 小見出し, role: heading}
        body: {type: paragraphs, title: 本文}
        points: {type: list, of: text, title: 要点, role: bullet, optional: true}
        note: {type: text, title: 注, role: note, optional: true}
        photo: {type: picture, title: 写真, optional: true}
        table: {type: table, title: 表, optional: true}
        rest: {type: paragraphs, title: 本文の続き, optional: true}
"""
PAGE = """\
<p class="folio" aria-hidden="true" style="position: absolute; bottom: 8mm; {{ page.side }}: 15mm">{{ page.number }}</p>
{% for name in layout.page_types[page.type].regions %}{{ region(name) }}{% endfor %}
"""
STYLE = """\
p { text-align: justify; hanging-punctuation: allow-end }
p + p { text-indent: 1em }
h2 { font-size: 7mm; line-height: 12mm }
h3 { font-size: 4.5mm; line-height: 8mm }
.note, figcaption { font-size: 3.25mm; line-height: 5mm }
figure { margin: 2mm 0 }
img { width: 40mm; height: 23mm }
.table table { border-collapse: separate; border-spacing: 0; font-size: 3.25mm; line-height: 5mm; width: 100% }
.table td, .table th { border-bottom: .1mm solid var(--ink); padding: .4mm }
li { padding-left: 1em }
.goes-on, .comes-from { font-size: 3.25mm }
"""
WORDS = (
    "港",
    "で",
    "祭り",
    "を",
    "ひらき",
    "ます",
    "。",
    "、",
    "「春」",
    "（金）",
    "SDGs",
    "3月10日",
    "1,200円",
    "{留萌|るもい}",
    "鰊",
)


def body(random: Random, least: int, most: int) -> str:
    """A paragraph of so many words."""
    words = [random.choice(WORDS) for _ in range(random.randint(least, most))]
    return "市" + "".join(words) + "す。"


def story(random: Random, parts: int, number: int, *, rich: bool = True, longest: int = 90) -> str:
    """A story in YAML: parts with some of all that stands between paragraphs."""
    lines = ["kind: story", f"heading: {number}の読み物", "lead: 百年前の春の話です。", "parts:"]
    for part in range(parts):
        lines += [f"  - heading: その{part + 1}", "    body: |"]
        for _ in range(random.randint(1, 3)):
            lines += [f"      {body(random, 3, longest)}", ""]
        asked = random.sample(("points", "note", "photo", "table"), random.randint(0, 3)) if rich else []
        if "points" in asked:
            lines += ["    points:", *(f"      - {body(random, 3, 20)}" for _ in range(random.randint(1, 4)))]
        if "note" in asked:
            lines.append(f"    note: {body(random, 5, 30)}")
        if "photo" in asked:
            lines.append("    photo: {file: photos/umi.png, alt: 白い海, caption: 群来の海, credit: 観光協会}")
        if "table" in asked:
            lines.append("    table: {file: tables/catch.csv, caption: 水揚げ}")
        if asked:
            lines.append(f"    rest: {body(random, 3, longest)}")
    return "\n".join(lines) + "\n"


def make(
    root: Path, articles: Mapping[str, str], pages: Sequence[str], types: Mapping[str, Mapping[str, str]], css: str = ""
) -> Path:
    """A workspace whose layout has these page types, each with regions in YAML; the issue's folder."""
    folder = paper.make(root, articles, pages)
    kinds, layout = root / "layouts" / "_kinds", root / "layouts" / "monthly"
    (kinds / "story").mkdir()
    (kinds / "story" / "kind.yaml").write_text(STORY, encoding="utf-8")
    front = paper.FRONT.replace("[notice, feature]", "[notice, feature, story]")
    (kinds / "monthly" / "kind.yaml").write_text(front, encoding="utf-8")
    contract = paper.CONTRACT.partition("page_types:")[0] + "page_types:\n  cover: {title: 表紙}\n"
    for name, regions in types.items():
        contract += f"  {name}:\n    title: {name}\n    regions:\n"
        contract += "".join(f"      {region}: {said}\n" for region, said in regions.items())
        (layout / "pages" / f"{name}.html").write_text(PAGE, encoding="utf-8")
    (layout / "layout.yaml").write_text(contract, encoding="utf-8")
    (layout / "layout.css").write_text(paper.STYLE + STYLE + css, encoding="utf-8")
    return folder


def placed(folder: Path, articles: Mapping[str, str] = {}) -> tuple[Of, Placed]:
    """The issue read with these articles, composed in strips, and placed."""
    for id_, text in articles.items():
        (folder / "articles" / f"{id_}.yaml").write_text(text, encoding="utf-8")
    workspace = open_workspace(folder.parents[1])
    with ThreadPoolExecutor(1) as beside:
        of, _ = pipeline._read(folder, workspace, workspace.city.press, beside, False, "", lambda stage: None)
        assert isinstance(of, Of)
        return of, of.placed(of.whole)


def region(at: str, columns: int, more: str = "", **keys: Any) -> str:
    """A region of running text in YAML."""
    extra = "".join(f", {key}: {value}" for key, value in keys.items())
    return f'{{at: "{at}", columns: {columns}, gutter: 6, gap: 7, flow: columns, line_feed: 28{extra}{more}}}'
