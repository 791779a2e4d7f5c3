"""What an editor types is what is printed: no character of the manuscript is taken for anybody's markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.collation.flyer import make
from tests.conftest import swap, write_files

if TYPE_CHECKING:
    from tests.conftest import Element, Mark

    from koho_pdf.pipeline import Build

PLACE, HEAD = "本庁舎<2>階&", "<i>病院</i>"
TEXTS = (
    "<b>太字</b>と{{ issue.title }}",
    "{% raw %}と&amp;と&#x41;",
    "</style></p>と#見出しと*点",
    "<!-- 消えない -->と\\\\n",
    "\"'>< {{{ を。",
)
FIELDS = [PLACE, HEAD, *TEXTS]


@pytest.fixture(scope="module")
def made(home: Path, tmp_path_factory: pytest.TempPathFactory, proved: Callable[..., Build]) -> Path:
    """The print, screen and web edition of a flyer with these texts."""
    root = make(tmp_path_factory.mktemp("typed"))
    issue = root / "content" / "flyer" / "issue.yaml"
    swap(issue, "place: 留萌港", f"place: {quoted(PLACE)}")
    swap(issue, "head: 屋台", f"head: {quoted(HEAD)}")
    swap(issue, "    texts: [ホタ", "    texts:\n" + "".join(f"      - {quoted(text)}\n" for text in TEXTS) + "# ")
    build = proved(root, "flyer", ("print", "screen", "web"))
    assert {each.code for each in build.findings} <= {"html-tag", "wide-mark"}  # told, and printed as typed
    return write_files(build.files, root / "out")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def wanted(field: str) -> str:
    return squeezed(field.replace("\\\\", "\\"))


@pytest.mark.parametrize("field", FIELDS)
def test_on_screen(made: Path, structure: Callable[[Path], Element], field: str) -> None:
    assert wanted(field) in squeezed(structure(made / "screen.pdf").text)


@pytest.mark.parametrize("field", FIELDS)
def test_on_paper(made: Path, marks: Callable[[Path], list[list[Mark]]], field: str) -> None:
    said = squeezed("".join(mark.text for page in marks(made / "print.pdf") for mark in page))
    assert wanted(field) in said


@pytest.mark.parametrize("field", FIELDS)
def test_on_the_web(made: Path, field: str) -> None:
    html = (made / "web" / "index.html").read_text(encoding="utf-8")
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", html, flags=re.S)
    assert wanted(field) in squeezed(unescape(re.sub(r"<[^>]*>", "", body)))
