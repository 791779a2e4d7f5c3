"""議会、学校・給食、俳壇、募集、市政執行方針 in one to six columns and in every edition; what is for print alone;
advertisements; corrections."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from tests.brochures.conftest import EDITIONS, misread
from tests.conftest import Edit, Told, read_marks
from tests.monthly.test_monthly import APRIL, NAME, with_pages

from koho_pdf.editions.proofread import proofread
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.pipeline import as_looked_at, build
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

KINDS = ("council", "lunch", "haiku", "officers")


def words_of(build: Build, edition: str, page: int) -> str:
    with pikepdf.open(BytesIO(build.files[f"{edition}.pdf"])) as pdf:
        return "".join(each.text for each in read_marks(pdf.pages[page - 1])).replace("　", "").replace(" ", "")


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The agreement of every edition is proved where it is built (``proved``)."""
    names = (*KINDS, "policy", "correction", "names")
    pages = (
        "  - policy: {main: [policy]}\n  - plaza: {main: [council, correction, lunch, officers, haiku]}\n"
        "  - back: {left: [names]}"
    )
    return proved(with_pages(tmp_path_factory.mktemp("new") / "city", pages, april=names), NAME, EDITIONS)


def test_every_edition_says_them(made: Build, tmp_path: Path) -> None:
    assert [each.code for each in made.findings if each.severity != "note"] == []
    assert misread(made, tmp_path) == []
    plaza, text = words_of(made, "print", 3), made.files[f"text/{NAME}.txt"].decode()
    for words in ("除雪の担い手は", "コッペパン", "にしんのかば焼き", "群来の朝", "保健師", "6月8日（火）"):
        assert words in plaza, words
    for words in (
        "〔中見出し〕除雪の担い手は、足りるのか",
        "アレルギーの品目：小麦・乳",
        "群来の朝白き入り江に舟を出す",
    ):
        assert words in text, words
    html = made.files["web/index.html"].decode()
    assert 'id="haiku"' in html and 'class="group plaza"' in html


def test_poems_run_down_and_to_the_left(made: Build) -> None:
    with pikepdf.open(BytesIO(made.files["print.pdf"])) as pdf:
        marks = [each for each in read_marks(pdf.pages[2]) if each.text.strip()]
    places = {each.text[:2]: each.place for each in marks}
    first, last = next(place for words, place in places.items() if words.startswith("群")), places["かも"]
    assert last[4] < first[4] and abs(last[5] - first[5]) < 3  # the third verse left of the first, as high


def test_names_of_people_are_on_paper_alone(made: Build) -> None:
    """お誕生・お悔やみ without a word of ``media``: the kind says it (``print_only``)."""
    assert "つむぎ" in words_of(made, "print", 4)
    assert "つむぎ" not in words_of(made, "screen", 4)
    for name, content in made.files.items():
        if not name.endswith((".pdf", ".png")):
            assert "つむぎ".encode() not in content, name


def test_a_telephone_reads_the_code(made: Build) -> None:
    """At 200 dpi, as a telephone sees it."""
    with pypdfium2.PdfDocument(made.files["print.pdf"]) as pdf:
        found = zxingcpp.read_barcodes(pdf[2].render(scale=200 / 72).to_pil().convert("L"))
    assert [each.text for each in found] == ["https://www.example.jp/rumoi/saiyo"]


def test_one_to_six_columns(tmp_path: Path, told: Told) -> None:
    """Each kind in columns of 176, 86, 56, 41, 32 and 26 mm: nothing too wide, nothing over another."""
    layout = "{at: 0 36 176 900, columns: %d, gutter: 4, gap: 6}"
    pages, types = [], []
    every: list[str] = []
    for columns in range(1, 7):
        names = {each: f"{each}-{columns}" for each in KINDS if columns < 4 or each != "haiku"}
        pages.append(f"  - p{columns}: {{main: [{', '.join(names.values())}]}}")
        types.append(f"  p{columns}: {{title: 段, margins: {{gutter: 20, fore_edge: 14}}, regions: ")
        types[-1] += f"{{main: {layout % columns}}}}}\n"
        every += names.values()
    city = with_pages(tmp_path / "city", "\n".join((*pages, "  - back")), april=KINDS)
    for name in every:
        source = APRIL / f"articles/{name.rpartition('-')[0]}.yaml"
        shutil.copy(source, city / "content" / NAME / f"articles/{name}.yaml")
    file = city / "layouts/monthly/layout.yaml"
    text = file.read_text(encoding="utf-8").replace("page_types:\n", "page_types:\n" + "".join(types), 1)
    file.write_text(text.replace("trim: 210 x 297", "trim: 210 x 960", 1), encoding="utf-8")
    parts = city / "layouts/monthly/pages/parts.html"
    known = "".join(f'"p{columns}": (3, "段", "violet"), ' for columns in range(1, 7))
    parts.write_text(parts.read_text(encoding="utf-8").replace('"plaza": (', known + '"plaza": ('), encoding="utf-8")
    for columns in range(1, 7):
        (city / f"layouts/monthly/pages/p{columns}.html").write_text('{{ region("main") }}', encoding="utf-8")
    found = told(city, NAME, ("screen",))
    assert [(each.where.field, each.message[-60:]) for each in found if each.severity == "error"] == []


def test_advertisements_stand_where_the_page_says_so(tmp_path: Path, edit: Edit, told: Told) -> None:
    city = with_pages(tmp_path / "city", "  - notices: {main: [bakery]}\n  - back: {adverts: [windows, listen]}")
    edit(city / "layouts/monthly/layout.yaml", "kinds: [notice, box,", "kinds: [notice, box, advertisement,")
    found = told(city, NAME)
    assert [each.where.field for each in found if each.code == "article-unmarked"] == ["pages.1.notices.main"]


def test_a_page_prints_the_mark(tmp_path: Path, edit: Edit, told: Told) -> None:
    city = with_pages(tmp_path / "city", "  - back: {adverts: [windows]}")
    edit(city / "layouts/monthly/pages/back.html", '<p class="place mark-ad">広告</p>', "")
    found = told(city, NAME, ("print",))
    assert [each.where.file for each in found if each.code == "mark-not-printed"] == ["layouts/monthly/pages/back.html"]


def test_an_advertisement_has_its_size(tmp_path: Path, edit: Edit, told: Told) -> None:
    city = with_pages(tmp_path / "city", "  - back: {adverts: [windows]}")
    edit(city / "content" / NAME / "photos/ad-window.svg", 'width="56mm"', 'width="59mm"')
    found = told(city, NAME)
    assert [each.code for each in found if each.severity == "error"] == ["picture-not-this-size"]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("2027-02-koho/snow-festival", "past-issue-unknown"),
        ("2027-01-koho/festivals", "past-article-unknown"),
        ("2027-01-koho/festival", ""),
    ],
)
def test_what_is_corrected_is_there(tmp_path: Path, names: str, code: str) -> None:
    city = with_pages(tmp_path / "city", "  - plaza: {main: [correction]}\n", april=("correction",))
    before = city / "content/2027-01-koho/articles"
    before.mkdir(parents=True)
    (before / "festival.yaml").write_text("kind: topic\n", encoding="utf-8")
    file = city / "content" / NAME / "articles/correction.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2027-03-koho/storytime", names), encoding="utf-8")
    found = proofread(city / "content" / NAME, open_workspace(city)).findings
    assert [each.code for each in found if each.code.startswith("past-")] == ([code] if code else [])
    with ThreadPoolExecutor(1) as beside:
        told = articles_of(as_looked_at(city / "content" / NAME, open_workspace(city), beside)[0].public)
    assert [each.about.corrects for each in told if each.key == "correction"] == [(names,)]


def test_a_photo_without_consent_for_the_web_is_on_paper_alone(tmp_path: Path, edit: Edit) -> None:
    """Where it was required, the other editions say so in its frame; its words and file are nowhere in them."""
    city = with_pages(tmp_path / "city", "  - topics: {main: [snow-clearing]}")
    topic = city / "content" / NAME / "articles/snow-clearing.yaml"
    edit(topic, "keep: 15 38 75 60}", "keep: 15 38 75 60, media: [print]}")
    made = build(city / "content" / NAME, open_workspace(city), ("web",))
    page = made.files["web/index.html"].decode()
    assert made.findings == ()
    assert page.count("写真は紙面に掲載") == 1
    assert "戸口にお年寄り" not in page
    assert "雪かき隊" in page
