"""docs/designers.md, followed literally: each block is the file that the text names, and what it says comes true."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from koho_pdf.layout.art_inks import inked
from koho_pdf.press.profile import read_press

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "designers.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def test_the_guide_leads_to_a_flyer_without_a_finding(home: Path, tmp_path: Path, proved: Callable[..., Build]) -> None:
    for name in ("layouts/_shared", "layouts/_large", "layouts/_article"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "koho.yaml", tmp_path)
    for name in ("fonts", "press"):
        (tmp_path / name).symlink_to(ROOT / name)
    kind, layout, colour, sample = blocks("yaml")
    (drawing,) = blocks("svg")
    page, web = blocks("html")
    page_css, web_css = blocks("css")
    made = inked(drawing.encode(), "port", read_press("offset-coated", ROOT / "press", ROOT))
    assert made.lines("port") == colour  # as the guide says it
    for path, text in {
        "layouts/_kinds/ichi/kind.yaml": kind,
        "layouts/ichi/layout.yaml": layout + colour,
        "layouts/ichi/art/minato.svg": made.art,
        "layouts/ichi/layout.html": page,
        "layouts/ichi/layout.css": page_css,
        "layouts/ichi/web.html": web,
        "layouts/ichi/web.css": web_css,
        "content/asaichi/issue.yaml": sample,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        assert path.split("/")[-1] in GUIDE, path
    build = proved(tmp_path, "asaichi", ("print", "screen", "web", "large", "text", "data"))
    assert build.findings == ()


def test_the_pictures_and_pages_it_names_are_there() -> None:
    named = re.findall(r"\]\(([\w/.-]+)", GUIDE)
    assert [each for each in named if not (ROOT / "docs" / each).exists()] == []
    assert [each for each in re.findall(r"`(layouts/[\w-]+)`", GUIDE) if not (ROOT / each).exists()] == []


def test_every_key_is_explained_out_of_the_schema(koho: Callable[..., Any]) -> None:
    """docs/keys.md is what ``koho schema --keys`` writes (``make findings``)."""
    assert koho("schema", "--keys").stdout == (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
