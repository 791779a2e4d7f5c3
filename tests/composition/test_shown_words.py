"""What a finished PDF shows: text off the trim, clipped, covered or without ink is not shown, and why is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from koho_pdf.collation.shown import shown
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.finishing.finish import finish_screen
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.press.profile import read_press

ROOT = Path(__file__).parents[2]
CSS = """
@page { size: 210mm 297mm; margin: 0 }
html { font-family: "BIZ UDGothic"; font-size: 12pt; line-height: 1.5; color: #203040 }
body { margin: 0 }
"""
BOX = "position: absolute; left: 20mm; width: 60mm; height: 10mm"
OVER = "position: absolute; left: 0; top: 0; width: 100%; height: 100%"


def box(number: int, inside: str, style: str = "") -> str:
    return f'<div style="{BOX}; top: {12 + 14 * number}mm; {style}">{inside}</div>'


CASES = {
    "紙の上の文字": ("", ""),
    "絵の前の文字": ("background: #ccc", ""),
    "薄い絵の下の文字": ("", f'<i style="{OVER}; background: rgb(0 0 0 / .4)"></i>'),
    "角に触れた文字": ("", f'<i style="{OVER}; left: 83pt; background: #333"></i>'),
    "細い線の下の文字": ("", f'<i style="{OVER}; top: 2mm; height: .3mm; background: #333"></i>'),
    "半分透けた文字": ("opacity: .5", ""),
    "回した文字": ("transform: rotate(8deg)", ""),
    "縦に組んだ字": ("writing-mode: vertical-rl; height: 40mm; left: 100mm", ""),
    "箱の下に隠れた文字": ("", f'<i style="{OVER}; background: #333"></i>'),
    "丸い箱に隠れた文字": ("", f'<i style="{OVER}; background: #333; border-radius: 1mm"></i>'),
    "ぼかしに隠れた文字": ("", f'<i style="{OVER}; background: linear-gradient(#333, #999)"></i>'),
    "図に隠れた文字": (
        "",
        f'<svg style="{OVER}" viewBox="0 0 10 10" preserveAspectRatio="none">'
        '<path d="M-1 -1 C 5 -1 5 -1 11 -1 L 11 11 L -1 11 Z" fill="#333"/></svg>',
    ),
    "穴から見える文字": (
        "",
        f'<svg style="{OVER}" viewBox="0 0 60 10"><path fill="#333" fill-rule="nonzero"'
        ' d="M40 -1 L 61 -1 L 61 11 L -1 11 L -1 9 L 40 9 Z"/></svg>',
    ),
    "途中まで見える長い文字": ("", f'<i style="{OVER}; left: 60pt; background: #333"></i>'),
    "透明な文字": ("opacity: 0", ""),
    "切られた文字": ("height: 1.5mm; overflow: hidden", ""),
    "はみ出した文字": ("left: 250mm", ""),
}
WHY = {
    **dict.fromkeys(["箱の下に隠れた文字", "丸い箱に隠れた文字", "ぼかしに隠れた文字", "図に隠れた文字"], "covered"),
    "透明な文字": "invisible",
    "切られた文字": "clipped",
    "はみ出した文字": "outside",
}


@pytest.fixture(scope="module")
def told(home: Path) -> dict[str, str]:
    """Each piece of text on one page of all cases, and why it is not seen."""
    body = "".join(box(number, words + over, style) for number, (words, (style, over)) in enumerate(CASES.items()))
    html = (
        f'<!doctype html><html lang="ja"><head><title>見本</title><style>{CSS}</style></head><body>{body}</body></html>'
    )
    folder = ROOT / "layouts" / "specimen"
    galley = Galley("screen", html, folder, (folder,), read_press("offset-coated", ROOT / "press", ROOT))
    document = compose(galley, read_faces(ROOT / "fonts", ROOT), Tree("x.yaml", {}, {}), ROOT, home / "cache")
    found = shown(finish_screen(document.write()))
    assert {each.page for each in found} == {1}
    return {each.text.replace("\u2060", ""): each.why for each in found}


@pytest.mark.parametrize("words", sorted(set(CASES) - {"途中まで見える長い文字"}))
def test_what_is_seen_and_what_is_not(told: dict[str, str], words: str) -> None:
    pieces = [text for text in told if text in words]  # a vertical line is shown in several pieces
    assert ("".join(pieces), {told[text] for text in pieces}) == (words, {WHY.get(words, "")})


def test_a_line_that_is_cut_in_its_midst_is_parted(told: dict[str, str]) -> None:
    assert (told["途中まで見"], told["える長い文字"]) == ("", "covered")
