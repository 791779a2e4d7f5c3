"""あと23字, 12字超過 of a slot: so many kanji added to, or characters cut from, random texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

from tests.plan.test_fit import article, changed

from koho_pdf.composition.document import SlotUse
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

ROOT = Path(__file__).parents[2]
CSS = """
@page { size: 210mm 297mm; margin: 10mm }
html { font-family: "BIZ UDGothic"; font-size: 4mm; line-height: 7mm; color: #203040 }
body, p { margin: 0 }
p { text-align: justify }
[data-slot] { margin-bottom: 5mm; break-inside: avoid }
.down { writing-mode: vertical-rl }
"""


def slots(home: Path, texts: Mapping[str, str]) -> dict[str, SlotUse]:
    """These texts in slots of three to six lines, across and down; every third behind another paragraph."""
    body = ""
    for name, text in texts.items():
        number = int(name[1:])
        measure, depth = 41 + 3 * (number % 9) * 2, 7 * (3 + number % 4)
        size = f"width: {depth}mm; height: {measure}mm" if number % 5 == 4 else f"width: {measure}mm; height: {depth}mm"
        before = "<p>港で祭りをひらきます。</p>" if number % 3 == 2 else ""
        look = ' class="down"' if number % 5 == 4 else ""
        text = f'{before}<p data-field="{name}">{text}</p>'
        body += f'<div data-slot="s" data-owner="{name}"{look} style="{size}">{text}</div>'
    shared = (ROOT / "layouts" / "_shared" / "text.css").read_text(encoding="utf-8")
    head = f"<head><title>見本</title><style>{CSS}{shared}</style></head>"
    html = f'<!doctype html><html lang="ja">{head}<body>{body}</body></html>'
    folder = ROOT / "layouts" / "policy-leaflet"
    galley = Galley("screen", html, folder, (folder,), read_press("offset-coated", ROOT / "press", ROOT))
    document = compose(galley, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), ROOT, home / "cache")
    return {each.field: each.slot for each in document.placed if each.slot}


def html_of(pieces: list[str]) -> str:
    """Pieces as they stand in a template, with their readings."""
    marked = (each[1:-1].partition("|") if each.startswith("{") else (each, "", "") for each in pieces)
    return "".join(f"<ruby>{base}<rt>{said}</rt></ruby>" if said else base for base, _, said in marked)


def test_so_many_characters_fit_in_a_slot_and_not_one_more(home: Path) -> None:
    pieces = {f"t{number}": article(Random(f"slot {number}"), 26) for number in range(60)}
    said = {name: use.left for name, use in slots(home, {name: html_of(each) for name, each in pieces.items()}).items()}
    assert min(said.values()) < 0 < max(said.values())
    found = []
    for more in (0, 1):
        made = {name: each for name, left in said.items() if (each := changed(pieces[name], left + more)) is not None}
        for name, use in slots(home, {name: html_of(each) for name, each in made.items()}).items():
            found.append((name, more, said[name], use.left >= 0 and use.lines_used <= use.lines))
    assert [each for each in found if each[3] == bool(each[1])] == []
    assert len(found) > 100
