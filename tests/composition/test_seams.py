"""The seams into the engine: a version of it that moves them fails here, loudly, before a page comes out wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Element, Mark

    from koho_pdf.pipeline import Proof

SEAMS = {
    "document:build_formatting_structure": [
        "element_tree",
        "style_for",
        "get_image_from_uri",
        "base_url",
        "target_collector",
        "counter_style",
        "footnotes",
    ],
    "layout.absolute:absolute_box_layout": [
        "context",
        "box",
        "containing_block",
        "fixed_boxes",
        "bottom_space",
        "skip_stack",
    ],
    "text.fonts:FontConfiguration.add_font_face": ["self", "rule_descriptors", "url_fetcher"],
    "layout.inline:line_box_verticality": ["box"],
    "layout.inline:split_inline_box": [
        "context",
        "box",
        "position_x",
        "max_x",
        "bottom_space",
        "skip_stack",
        "containing_block",
        "absolute_boxes",
        "fixed_boxes",
        "line_placeholders",
        "waiting_floats",
        "line_children",
        "first_letter_style",
        "first_line_style",
    ],
    "draw:draw_inline_level": ["stream", "page", "box", "offset_x", "text_overflow", "block_ellipsis"],
    "draw.text:draw_first_line": ["stream", "textbox", "text_overflow", "block_ellipsis", "matrix"],
    "pdf.tags:_get_pdf_tag": ["tag"],
    "pdf.stream:Stream.marked": ["self", "box", "tag"],
    "pdf.stream:Stream.artifact": ["self"],
    "pdf.tags:_build_box_tree": ["box", "parent", "pdf", "page_number", "nums", "annotations", "tags"],
    "text.line_break:Layout.get_first_line": ["self"],
    "urls:URLFetcher.fetch": ["self", "url", "headers"],
}
USED = {
    "pdf.stream:Stream.artifact",
    "text.fonts:FontConfiguration.add_font_face",
    "text.line_break:Layout.get_first_line",
    "urls:URLFetcher.fetch",
}  # called as they are
ASK = """
import inspect, json, operator, sys
from importlib import import_module
found = {}
for seam in json.loads(sys.argv[1]):
    module, name = seam.split(":")
    function = operator.attrgetter(name)(import_module("weasyprint." + module))
    found[seam] = list(inspect.signature(function).parameters)
print(json.dumps(found))
"""


def test_the_engine_is_the_one_the_seams_were_cut_for() -> None:
    assert version("weasyprint").split(".")[0] == "70"


def test_every_seam_is_where_it_was_and_takes_what_it_took() -> None:
    """Asked of an engine that nobody has touched: a process of its own."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(list(SEAMS))], capture_output=True, encoding="utf-8", check=True
    )
    assert json.loads(asked.stdout) == SEAMS


def test_our_functions_sit_in_the_seams(workspace: Path, proved: Callable[..., Proof]) -> None:
    assert proved(workspace).findings == ()
    for seam in SEAMS.keys() - USED:
        module, name = seam.split(":")
        function = attrgetter(name)(import_module(f"weasyprint.{module}"))
        ours = getattr(function, "__module__", type(function).__module__)
        assert ours.startswith("koho_pdf.composition.engine."), seam


HIDDEN = """
<p aria-hidden="true">飾りの<b>文字</b></p>
<svg aria-hidden="true" width="20" height="20"><rect width="20" height="20"/></svg>
<svg role="img" width="20" height="20"><title>四角い絵</title><rect width="20" height="20"/></svg>
<p>読まれる文字</p>
"""


@pytest.fixture
def hidden(tiny: Path, edit: Callable[[Path, str, str], None]) -> Path:
    edit(tiny / "layouts" / "tiny" / "layout.html", "</body>", f"<div>{HIDDEN}</div></body>")
    edit(
        tiny / "layouts" / "tiny" / "layout.css", "html {", "div { position: absolute; top: 60mm; left: 20mm }\nhtml {"
    )
    return tiny


def test_what_is_aria_hidden_is_an_artifact_with_all_it_holds(
    hidden: Path,
    tmp_path: Path,
    proved: Callable[..., Proof],
    structure: Callable[[Path], Element],
    marks: Callable[[Path], list[list[Mark]]],
) -> None:
    path = tmp_path / "screen.pdf"
    path.write_bytes(proved(hidden, "tiny").files["screen.pdf"])
    tree = structure(path)
    assert "飾り" not in tree.text
    assert "文字" in tree.text
    (page,) = marks(path)
    artifacts = "".join(mark.text for mark in page if mark.tag == "/Artifact")
    assert artifacts == "飾りの文字"
    assert [figure.alt for figure in tree.every("Figure")] == ["四角い絵"]
