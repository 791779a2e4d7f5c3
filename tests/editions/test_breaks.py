"""The editor's own breaks on the finished files: lines end where they were told to, and the marks vanish elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from tests.conftest import Edit
from tests.kinds import brochure

from koho_pdf.pipeline import Build


def test_a_break_ends_a_line_and_the_marks_vanish_from_words(
    proved: Callable[..., Build], home: Path, tmp_path: Path, edit: Edit
) -> None:
    manuscript = brochure.make(tmp_path) / "issue.yaml"
    edit(manuscript, "slogan: 港とともに", "slogan: 港と{改行}ともに")
    edit(manuscript, "lead: 留萌の港で", "lead: 留萌の{つなぐ}港で")
    edit(manuscript, "- name: 朝市を開く", "- name: 朝市を{改行}開く{つなぐ}日")
    edit(tmp_path / "layouts/brochure/layout.yaml", "chars_per_line: 8, lines: 1", "chars_per_line: 8, lines: 2")
    web = tmp_path / "layouts/brochure/web.html"
    edit(web, "{{ issue.slogan|inline }}", "{{ issue.slogan|phrases }}")
    made = proved(tmp_path, brochure.NAME, ("screen", "web", "large", "text", "data"))
    assert made.findings == ()
    for name, content in made.files.items():
        if not name.endswith((".png", ".woff")):
            assert b"{\xe6\x94\xb9" not in content, name
            assert "つなぐ}".encode() not in content, name
    with pypdfium2.PdfDocument(made.files["screen.pdf"]) as pdf:
        lines = pdf[0].get_textpage().get_text_range().splitlines()
    assert {"港と", "ともに"} <= {line.strip() for line in lines}
    page = made.files["web/index.html"].decode()
    assert '<span class="phrase">港と</span><br>' in page
    assert '<span class="joined">の港</span>で' in page
    assert "<title>朝市を開く日｜" in made.files["web/articles/chapter-1-1.html"].decode()
    headings = [article["heading"] for article in json.loads(made.files["data/issue.json"])["articles"]]
    assert "朝市を開く日" in headings
    assert "港とともに" in made.files[f"text/{brochure.NAME}.txt"].decode()
