"""What an editor types is what is printed: no character of the manuscript is taken for anybody's markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Element, Mark

    from koho_pdf.pipeline import Build

LEAFLET = "2013-policy-leaflet"
TYPED = {
    "経済界との連携を強め、国や北海道の施策を活用し、": "<b>太字</b>と{{ issue.title }}",
    "新しいごみ処理施設の供用開始を受け、円滑なごみ分別への移行に努めます。": "{% raw %}と&amp;と&#x41;",
    "食の付加価値を高め、市内外への積極的なPRや、": "</style></p>と#見出しと*点",
    "特定健診や各種がん検診の受診率向上を目指し、健康づくりに対する意識を高めます。": "<!-- 消えない -->と\\\\n",
    "市民に信頼される市立病院": "<i>病院</i>",
    "本庁舎 2階": "本庁舎<2>階&",
    "『人情港町留萌』の実現を目指します。": "\"'>< {{{ を。",
}
FIELDS = list(TYPED.values())


@pytest.fixture(scope="module")
def made(
    home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    throwaway: Callable[[Path], Path],
    edit: Callable[[Path, str, str], None],
    proved: Callable[..., Build],
) -> Path:
    root = throwaway(tmp_path_factory.mktemp("typed") / "city")
    path = root / "content" / LEAFLET / "issue.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in TYPED.items():
        lines = [line for line in text.splitlines() if old in line]
        assert lines
        for line in lines:
            name, value = re.findall(r"( *(?:- )?(?:\w+: )?)(.*)", line)[0]
            quoted = value.replace(old, new).replace("'", "''")
            text = text.replace(line, f"{name}'{quoted}'")
    path.write_text(text, encoding="utf-8")
    build = proved(root, LEAFLET, ("print", "screen", "web"))
    assert {each.code for each in build.findings} <= {"html-tag", "wide-mark"}  # told, and printed as typed
    for name, content in build.files.items():
        target = root / "out" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root / "out"


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
