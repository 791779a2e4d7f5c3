"""Ruby, strong, kenten and links on the finished pages and on the web."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from tests.conftest import write_files

if TYPE_CHECKING:
    from tests.conftest import Element, Mark

    from koho_pdf.pipeline import Build

LEAFLET = "2013-policy-leaflet"
MARKED = {
    "高齢者や障がい者が、": "{高齢者|こう|れい|しゃ}や《《障がい者》》が、",
    "道路・橋梁の補修改善、": "**道路**・{橋梁|きょうりょう}の補修改善、",
    "留萌水道ビジョンに基づき、老朽化した配水": "[留萌水道ビジョン](https://example.jp/水道)に基づき、老朽化した配水",
    "長寿命化計画に基づき下水処理場の設備の更新、": "[長寿命化計画に基づき下水処理場の設備の更新](https://example.jp/2)、",
}


@pytest.fixture(scope="module")
def made(
    home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    throwaway: Callable[[Path], Path],
    edit: Callable[[Path, str, str], None],
    proved: Callable[..., Build],
) -> Path:
    root = throwaway(tmp_path_factory.mktemp("marked") / "city")
    path = root / "content" / LEAFLET / "issue.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in MARKED.items():
        line = next(line for line in text.splitlines() if old in line)
        start, words = line.split("- ", 1)
        text = text.replace(line, f"{start}- '{words.replace(old, new)}'")
    path.write_text(text, encoding="utf-8")
    build = proved(root, LEAFLET, ("print", "screen", "web"))
    assert build.findings == ()
    return write_files(build.files, root / "out")


def body(marks: list[Mark]) -> list[Mark]:
    """The text of the page that is set in 17Q."""
    return [mark for mark in marks if mark.text and mark.size == pytest.approx(17 * 0.25 * 96 / 25.4, abs=0.05)]


def test_marks_change_no_line(made: Path, leaflet: Path, marks: Callable[[Path], list[list[Mark]]]) -> None:
    """Words stand on the same baselines as without marks; readings and dots do not push the lines apart."""
    marked, plain = (
        sorted({round(mark.place[5], 1) for mark in body(marks(folder / "print.pdf")[1])}) for folder in (made, leaflet)
    )
    assert marked == plain


def test_words_are_the_same_without_readings_and_dots(
    made: Path, leaflet: Path, marks: Callable[[Path], list[list[Mark]]]
) -> None:
    for page in range(4):
        marked, plain = (
            "".join(mark.text for mark in body(marks(folder / "print.pdf")[page])) for folder in (made, leaflet)
        )
        assert marked == plain


def test_readings_are_half_as_large_and_touch_neither_line(
    made: Path, marks: Callable[[Path], list[list[Mark]]]
) -> None:
    """The reading's em box lies between that of its base and that of the line above (foot at 0.12 em, head at 0.88)."""
    page = marks(made / "print.pdf")[1]
    readings = {mark.text: mark for mark in page if mark.text in ("こう", "れい", "しゃ", "きょうりょう")}
    assert len(readings) == 4
    bases = {round(mark.place[5], 1) for mark in body(page)}
    em = 17 * 0.25
    for mark in readings.values():
        assert mark.size == pytest.approx(8.5 * 0.25 * 96 / 25.4, abs=0.05)
        above = min(mark.place[5] - base for base in bases if base < mark.place[5]) * 25.4 / 72
        assert above - 0.12 * em / 2 > 0.88 * em - 0.05
        assert above + 0.88 * em / 2 < 7 - 0.12 * em


def test_strong_words_are_bold(made: Path, marks: Callable[[Path], list[list[Mark]]]) -> None:
    (strong,) = [mark for mark in marks(made / "print.pdf")[1] if mark.text == "道路"]
    assert "Bold" in strong.font


def test_every_link_is_tagged_and_every_annotation_belongs_to_one(
    made: Path, structure: Callable[[Path], Element]
) -> None:
    links = structure(made / "screen.pdf").every("Link")
    # A link that runs over two lines is two, one a line.
    assert "".join(link.text for link in links) == "留萌水道ビジョン長寿命化計画に基づき下水処理場の設備の更新☎42-1809"
    tagged = [number for link in links for number in link.objects]
    assert all(link.objects for link in links)
    with pikepdf.open(made / "screen.pdf") as pdf:
        annotations: list[Any] = [each for page in pdf.pages for each in page.obj.get("/Annots", [])]
        assert sorted(each.objgen for each in annotations) == sorted(tagged)
        assert {str(each.A.URI) for each in annotations} == {
            "https://example.jp/%E6%B0%B4%E9%81%93",
            "https://example.jp/2",
            "tel:+81164421809",
        }


def test_the_web_has_the_marks_too(made: Path) -> None:
    html = (made / "web" / "index.html").read_text(encoding="utf-8")
    assert "<ruby>橋梁<rp>（</rp><rt>きょうりょう</rt><rp>）</rp></ruby>" in html
    assert "<strong>道路</strong>" in html
    assert re.search(r'<a href="https://example.jp/%E6%B0%B4%E9%81%93"[^>]*>留萌水道ビジョン</a>', html)
    assert '<em class="kenten">' in html
