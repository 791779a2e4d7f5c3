"""The editor's own breaks on the finished files: lines end where they were told to, and the marks vanish elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from tests.conftest import Edit

from koho_pdf.pipeline import Build


def test_a_break_ends_a_line_and_the_marks_vanish_from_words(
    proved: Callable[..., Build], workspace: Path, edit: Edit
) -> None:
    manuscript = workspace / "content/2013-policy-leaflet/issue.yaml"
    edit(manuscript, "留萌ならではを創りたい\ntheme", "留萌ならでは{改行}を創りたい\ntheme")
    edit(manuscript, "lead: 財政健全化計画、", "lead: 財政{つなぐ}健全化計画、")
    edit(manuscript, "- name: 産業振興の取組", "- name: 産業{改行}振興の{つなぐ}取組")
    made = proved(workspace, editions=("screen", "web", "large", "text", "data"))
    assert made.findings == ()
    for name, content in made.files.items():
        if not name.endswith((".png", ".woff")):
            assert b"{\xe6\x94\xb9" not in content, name
            assert "つなぐ}".encode() not in content, name
    with pypdfium2.PdfDocument(made.files["screen.pdf"]) as pdf:
        lines = pdf[0].get_textpage().get_text_range().splitlines()
    assert {"留萌ならでは", "を創りたい"} <= {line.strip() for line in lines}
    page = made.files["web/index.html"].decode()
    assert '<span class="phrase">留萌ならでは</span><br>' in page
    assert '財<span class="joined">政健</span>全化計画、' in page
    assert "<title>産業振興の取組｜" in made.files["web/articles/pillar-1-1.html"].decode()
    headings = [article["heading"] for article in json.loads(made.files["data/issue.json"])["articles"]]
    assert "産業振興の取組" in headings
    assert "留萌ならではを創りたい" in made.files["text/2013-policy-leaflet.txt"].decode()
