"""Columns are laid out once, and stand as if the engine had laid them out again at their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import boxes, compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

ROOT = Path(__file__).parents[2]
FACES = read_faces(ROOT / "fonts", ROOT)
CSS = """
@page { size: 90mm 50mm; margin: 6mm 5mm 5mm }
html { font: 10q/15q "BIZ UDMincho" }
p { margin: 0; text-align: justify }
main { columns: 3; column-gap: 3mm }
"""
TEXT = "春の図書館まつりは、4月12日（土）午前10時から本館で開きます。読み聞かせや工作のほか、古い本の交換市もあります。"
BESIDES = {
    "plain": "",
    "spaced": "p { margin: 2mm 0 1em; break-inside: avoid; widows: 3 }",
    "to the end": "main { column-fill: auto }",
    "ragged": "p { text-align: left; letter-spacing: .4q } p:nth-child(2n) { condense: .95 }",
    "right to left": "main { direction: rtl }",
    "vertical": "main { writing-mode: vertical-rl; height: 60mm }",
    "a slot": "main { position: absolute; height: 50mm; width: 100mm }",
    "below a head": "main::before { content: '催し'; column-span: all; font-size: 20q; display: block }",
    "across": "p:nth-child(4n) { column-span: all }",
    "floating": "p:nth-child(3n) { float: left; width: 12mm }",
    "placed": "p:nth-child(3n) { position: absolute; width: 12mm; background: #eee }",
    "placed within": "p { position: relative } p::after { content: '印'; position: absolute; right: 0 }",
    "running": "p:nth-child(3n) { position: running(head) } @page { @top-left { content: element(head) } }",
    "in the foot": "p:nth-child(4n) { float: footnote; font-size: 7q }",
    "first letters": "p::first-letter { font-size: 20q } p::first-line { color: red }",
    "boxes": "p:nth-child(2n) { display: flow-root; border: 1px solid; padding: 1mm; margin: 1mm 0 }",
    "tables": "p:nth-child(3n) { display: table; border: 1px solid } p:nth-child(5n) { display: flex }",
    "named": "p:nth-child(3n) { string-set: said content() } @page { @top-left { content: string(said, last) } }",
    "columns within": "p:nth-child(3n) { columns: 2; column-gap: 1mm }",
}


def composed(css: str, cache: Path, paragraphs: int = 6) -> Document:
    texts = "".join(f"<p>{TEXT[number * 7 % 30 :]}{TEXT}</p>" for number in range(paragraphs))
    html = f'<!doctype html><html lang="ja"><title>見本</title><style>{CSS}{css}</style><main>{texts}</main>'
    press = read_press("offset-coated", ROOT / "press", ROOT)
    galley = Galley("print", html, ROOT / "layouts" / "specimen", (ROOT,), press)
    return compose(galley, FACES, Tree("x.yaml", {}, {}), ROOT, cache)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the engine lays out again what it has tried."""
    from weasyprint.layout import LayoutContext

    monkeypatch.setattr(LayoutContext, "koho_tried", property(lambda _: None, lambda *_: None), raising=False)


@pytest.mark.parametrize("css", BESIDES.values(), ids=BESIDES)
def test_tried_columns_stand_as_if_they_were_laid_out_again(
    css: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = composed(css, tmp_path)
    forget(monkeypatch)
    again = composed(css, tmp_path)
    assert (once.pages, once.findings) == (again.pages, again.findings)
    assert once.draw() == again.draw()


def test_a_line_is_set_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And up to three after each column once more, which say whether a higher column would hold them."""
    lines: list[object] = []
    line = boxes.Builder.line

    def noted(builder: boxes.Builder, box: object) -> object:
        lines.append(box)
        return line(builder, box)

    monkeypatch.setattr(boxes.Builder, "line", noted)
    columns = 3 * composed("main { column-fill: auto }", tmp_path, 9).pages
    once = len(lines)
    forget(monkeypatch)
    composed("main { column-fill: auto }", tmp_path, 9)
    stand = len(lines) - 2 * once  # the engine sets them twice
    assert stand > 100
    assert stand <= once <= stand + 3 * columns
