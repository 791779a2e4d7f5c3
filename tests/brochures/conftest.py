"""A workspace with one brochure alone, so that nothing of the others can help it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from judges.structure import wrong_in
from judges.tagged import open_tagged

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

ROOT = Path(__file__).parents[2]
EDITIONS = ("print", "screen", "web", "large", "text", "data")


def city_with(folder: Path, brochure: str, issue: str, kind: str = "", articles: tuple[str, ...] = ()) -> Path:
    """A city that has this layout, its kind (of the same name, if none is given) and those of its articles, and this
    issue."""
    folder.mkdir()
    shutil.copy(ROOT / "koho.yaml", folder)
    shared = ("layouts/_shared", "layouts/_large", "layouts/_article")
    kinds = [f"layouts/_kinds/{each}" for each in (kind or brochure, *articles)]
    for name in (f"content/{issue}", f"layouts/{brochure}", *kinds, *shared):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("fonts", "press"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def misread(build: Build, folder: Path) -> list[str]:
    """What a judge of tags says is wrong in the PDFs for reading: words painted in another order than they are read in,
    lists, links, artifacts, figures."""
    told = []
    for name, content in build.files.items():
        if name.endswith(("screen.pdf", "large.pdf")):
            path = folder / Path(name).name
            path.write_bytes(content)
            with (tagged := open_tagged(path)).pdf:
                told += [f"{path.name}: {each}" for each in wrong_in(tagged)]
    assert len([*folder.iterdir()]) == 2
    return told
