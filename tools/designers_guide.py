#!/usr/bin/env python3
"""Make the pictures of docs/designers.md by following it: `.venv/bin/python tools/designers_guide.py`.

What the guide has a reader write stands in its blocks: `**ファイル**` begins a file, `**足す**` adds lines to one.
tests/brochures/test_designers_guide.py follows the same blocks and compares these pictures with what they make today.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, PngImagePlugin

from koho_pdf import pipeline
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.editions.page_pictures import page_pictures
from koho_pdf.layout.art_inks import inked
from koho_pdf.layout.contract import read_layout
from koho_pdf.press.profile import read_press
from koho_pdf.proofs.design_sheet import design_sheets
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "designers.md"
PICTURES = ROOT / "docs" / "pictures" / "designers"
SAMPLE = "layouts/ichi/sample"
ART = "layouts/ichi/art/minato.svg"
LONG = "title: 朝の港市へ、みなさんようこそ"  # a line too many
_GAP = 16


def files(guide: str) -> dict[str, str]:
    """What the guide has a reader write, by paths in the workspace."""
    made: dict[str, str] = {}
    for how, path, text in re.findall(r"\*\*(ファイル|足す)\*\* `([^`]+)`\n\n```\w+\n(.*?)```", guide, re.DOTALL):
        assert (how == "足す") == (path in made), path
        made[path] = made.get(path, "") + text
    return made


def workspace(folder: Path, written: Mapping[str, str]) -> Path:
    """A workspace of 汐見市 in which somebody followed the guide; the folder."""
    for name in ("layouts/_shared", "layouts/_large", "layouts/_article"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("fonts", "press"):
        (folder / name).symlink_to(ROOT / name)
    drawing = written["minato.svg"].encode()
    art = {ART: inked(drawing, "port", read_press("offset-coated", ROOT / "press", ROOT)).art}
    city = {"koho.yaml": "municipality: 汐見市\npress: offset-coated\n"}
    for path, text in {**written, **art, **city}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def pictures(folder: Path, made: Build) -> dict[str, Image.Image]:
    """The pictures of the guide that come of ``folder``, by name; ``made`` is its sample, built for the screen."""
    opened = open_workspace(folder)
    layout = read_layout(folder / "layouts" / "ichi", folder)
    faces = read_faces(opened.fonts, folder)
    pages = [_opened(each) for each in page_pictures(made.files["screen.pdf"])]
    sheets = [_opened(each) for each in design_sheets(layout, made.files["screen.pdf"], made.files["map.json"], faces)]
    issue = folder / SAMPLE / "issue.yaml"
    sample = issue.read_text(encoding="utf-8")
    looked, _ = pipeline.look(folder / SAMPLE, opened)
    issue.write_text(re.sub(r"^title: .*$", LONG, sample, flags=re.MULTILINE), encoding="utf-8")
    overset, _ = pipeline.look(folder / SAMPLE, opened)
    issue.write_text(sample, encoding="utf-8")
    return {
        "flyer": _beside(pages, 800),
        "look": _beside([_opened(each) for each in looked], 800),
        "sheet": _beside(sheets, 1400),
        "overset": _beside([_opened(overset[0])], 420),
    }


def sum_of_web(written: Mapping[str, str]) -> str:
    """Of all that the picture of the web page and that of the drawing show."""
    shown = (
        "minato.svg",
        "layouts/ichi/layout.yaml",
        "layouts/ichi/web.html",
        "layouts/ichi/web.css",
        f"{SAMPLE}/issue.yaml",
    )
    return sha256("\n".join(written[each] for each in shown).encode()).hexdigest()


def main() -> None:
    """Write the pictures."""
    written = files(GUIDE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as place:
        folder = workspace(Path(place), written)
        opened = open_workspace(folder)
        made = pipeline.build(folder / SAMPLE, opened, ("screen", "web"))
        for name, picture in pictures(folder, made).items():
            _write(picture, name)
        for path, content in made.files.items():
            (folder / "out" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "out" / path).write_bytes(content)
        before, after = folder / "minato.svg", folder / "after.svg"
        text = written["minato.svg"]
        for each in inked(text.encode(), "port", opened.city.press).colours:
            text = text.replace(each.screen, each.shown)
        after.write_text(text, encoding="utf-8")
        drawings = [_shot(each, folder, "620,362") for each in (before, after)]
        _write(_beside(drawings, 800), "art", sum_of_web(written))
        _write(
            _shot(folder / "out" / "web" / "index.html", folder, "500,1000").convert("RGB"), "web", sum_of_web(written)
        )


def _shot(page: Path, folder: Path, size: str) -> Image.Image:
    target = folder / "shot.png"
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars")
    apart = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
    command = ["chromium", *quiet, *apart, f"--window-size={size}", f"--screenshot={target}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return _opened(target.read_bytes())


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def _beside(pages: list[Image.Image], width: int) -> Image.Image:
    """Pictures beside each other on a grey table, ``width`` pixels in all."""
    across, down = pages[0].size
    sheet = Image.new("RGB", (len(pages) * (across + _GAP) + _GAP, down + 2 * _GAP), "#d9dde3")
    for number, page in enumerate(pages):
        sheet.paste(page, (_GAP + number * (across + _GAP), _GAP))
    return sheet.resize((width, round(width * sheet.height / sheet.width)), Image.Resampling.LANCZOS)


def _write(picture: Image.Image, name: str, made_of: str = "") -> None:
    said = PngImagePlugin.PngInfo()
    if made_of:
        said.add_text("made-of", made_of)
    few = picture.quantize(128, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True, pnginfo=said)


if __name__ == "__main__":
    main()
