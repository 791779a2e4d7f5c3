"""The programme (layouts/programme): planned pages, vertical throughout, read from the right, of 8, 12 or 16 pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from tests.brochures.conftest import EDITIONS, city_with, misread
from tests.conftest import Edit, Mark, Told, read_marks, read_structure

from koho_pdf import pipeline
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.workspace import open_workspace

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

NAME = "2027-09-programme"
ARTICLES = ("timetable", "essay", "cast", "song", "house")
TWO_INKS = {"inks: kc #": "inks: spot #", **{f"# {each}": each for each in ("spot:", "  as:", "  name:", "  colour:")}}
MM = 25.4 / 72
Run = tuple[str, float, float, float]


def city_in(folder: Path) -> Path:
    return city_with(folder, "programme", NAME, articles=ARTICLES)


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> Build:
    build = proved(city_in(tmp_path_factory.mktemp("programme") / "city"), NAME, EDITIONS)
    assert build.findings == ()
    return build


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Path:
    return city_in(tmp_path / "city")


def runs(page: pikepdf.Page, trim: Sequence[float]) -> list[Run]:
    """Every run of letters of a page: what it says, where it begins in mm from the trim's left and top, its size."""
    return [
        (each.text.rstrip(), (each.place[4] - trim[0]) * MM, (trim[3] - each.place[5]) * MM, each.size * _scale(each))
        for each in read_marks(page)
        if each.text.strip()
    ]


def _scale(mark: Mark) -> float:
    return max(abs(mark.place[0]), abs(mark.place[1])) * MM


def on_page(build: Build, number: int) -> list[Run]:
    with pikepdf.open(BytesIO(build.files["screen.pdf"])) as pdf:
        page = pdf.pages[number - 1]
        return runs(page, [float(edge) for edge in page.trimbox])


def sheets(pdf: bytes) -> list[list[str]]:
    """The words of both pages on each side of the sheets, from the left."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [[words for _, words in sorted(_laid(page))] for page in opened.pages]


def _laid(page: pikepdf.Page) -> Iterator[tuple[float, str]]:
    at = 0.0
    for each in pikepdf.parse_content_stream(page):
        if str(each.operator) == "cm":
            at = float(each.operands[4])
        elif str(each.operator) == "Do":
            form: Any = page.Resources.XObject[str(each.operands[0])]
            yield at, "".join(mark.text for mark in read_marks(form))


def planned(city: Path, pages: list[str]) -> None:
    """Give the issue another plan."""
    path = city / "content" / NAME / "issue.yaml"
    text = path.read_text(encoding="utf-8")
    plan = "pages:\n" + "".join(f"  - {page}\n" for page in pages)
    text, count = re.subn(r"^pages:\n(?:  .*\n)+", plan, text, flags=re.MULTILINE)
    assert count == 1
    path.write_text(text, encoding="utf-8")


def another(city: Path, old: str, new: str, *changes: tuple[str, str]) -> None:
    """A second article like one that is there."""
    folder = city / "content" / NAME / "articles"
    text = (folder / f"{old}.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (folder / f"{new}.yaml").write_text(text, encoding="utf-8")


def test_it_is_read_in_its_order_and_bound_on_the_right(made: Build) -> None:
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        assert len(pdf.pages) == 8
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        tree = read_structure(pdf)
    assert [each.text for each in tree.every("H1")] == ["郷土芸能の夕べ"]
    words = ["郷土芸能の夕べ", "第四十二回", "大ホール", "令和九年", "番組", "開会", "五時十分", "港太鼓", "七時三十分"]
    words += ["浜の唄は、力のかけ声", "春、浜には", "今夜の浜に", "出演", "敬称を", "太鼓浜野　剛", "あおいいっせい"]
    words += [
        "返しの所は",
        "浜は銀色",
        "太鼓と笛の、",
        "大太鼓の胴は",
        "会場で",
        "携帯電話",
        "次の催し",
        "日時",
        "主催",
    ]
    text, at = tree.text.replace("\n", ""), 0
    for each in words:
        assert (at := text.find(each, at)) >= 0, each


def test_timetable_and_cast_are_tables_with_heads(made: Build) -> None:
    """番組, 出演 and 会場で: a row for each item, its head the name (PDF/UA-1, 7.5)."""
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        tables = read_structure(pdf).every("Table")
    assert [len(each.every("TR")) for each in tables] == [9, 11, 7]
    assert all(row.every("TH") for each in tables for row in each.every("TR"))
    drums = tables[1].every("TR")[0]
    assert [each.text for each in drums.every("LI")][:3] == ["浜野　剛", "三上　航平", "佐々木　蓮"]  # not one word


def test_what_is_read_is_painted_in_its_order_and_headed(made: Build, tmp_path: Path) -> None:
    """Upright figures and names among vertical words too; the guide on the back is not part of the next event."""
    assert misread(made, tmp_path) == []
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        heads = [each.text for each in read_structure(pdf).every("H2")]
    assert heads[-3:] == ["会場で", "次の催し", "ご案内"]


def test_page_numbers_stand_at_one_height(made: Build) -> None:
    feet = [[run[2] for run in on_page(made, page) if run[0] == KANJI[page]][-1] for page in range(2, 8)]
    assert feet == pytest.approx([feet[0]] * 6, abs=0.05)


def test_readings_stand_on_the_grid(made: Build) -> None:
    """Running text: fifteen lines of 26 H from the right, two rows of 23 letters; right pages stand 2 mm to the right,
    so that the gutter of both is 2 mm wider than the fore-edge."""
    for page, right in ((3, 112.0), (6, 114.0)):
        body = [run for run in on_page(made, page) if run[3] == pytest.approx(3.75, abs=0.01) and run[1] < right]
        lines = [(right - x) / 6.5 for _, x, y, _ in body if y < 190]
        assert {int(line) for line in lines} == {*range(15)}
        assert max(lines, key=lambda line: line % 1) % 1 - min(lines, key=lambda line: line % 1) % 1 < 0.02
        heads = [min(y for _, x, y, _ in body if low < y < low + 87) for low in (14, 106)]
        assert heads == pytest.approx([15, 106.75], abs=0.03)


@pytest.mark.parametrize("count", [8, 16])
def test_saddle_stitched_sheets_open_to_the_right(city: Path, count: int) -> None:
    """Bound on the right, page 1 stands left of the last one; 16 pages take more articles, and long readings."""
    long = "".join(
        f"  浜の唄の話、その{number}。{'沖の色が変わり、鳥が騒ぎ、若衆が声を上げます。' * 5}\n\n" for number in range(8)
    )
    another(city, "bangumi", "dainibu", ("heading: 番組", "first: 七\nheading: 第二部"))
    another(city, "shutsuen", "urakata", ("heading: 出演", "heading: 裏方"))
    another(city, "okiage", "minato", ('"{沖揚|おきあ}げ音頭"', "港音頭"))
    head = "kind: essay\nheading: 浜の百年\nbody: |\n"
    picture = "picture: {file: photos/tools.svg, alt: 大太鼓, caption: 百年の胴, credit: 見本撮影}\n"
    (city / f"content/{NAME}/articles/hyakunen.yaml").write_text(head + long + picture, encoding="utf-8")
    first = ["cover", "timetable: {main: [bangumi]}"]
    more = ["timetable: {main: [dainibu]}", "essay-text: {text: [hyakunen]}", "essay-on", "cast: {main: [urakata]}"]
    more += ["song: {main: [minato]}", "essay-on", "house", "house"]
    rest = ["essay: {main: [uta]}", "cast: {main: [shutsuen]}", "song: {main: [okiage]}"]
    rest += ["essay: {main: [dogu]}", "house: {main: [kaijo]}", "back"]
    planned(city, first + (more if count > 8 else []) + rest)
    if count == 8:
        for each in ("dainibu", "urakata", "minato", "hyakunen"):
            (city / f"content/{NAME}/articles/{each}.yaml").unlink()
    opened = open_workspace(city)
    press = read_press("office-copier", city / "press", city)
    build = pipeline.build(opened.content / NAME, opened, ("print",), press)
    assert build.findings == ()
    (pdf,) = (content for name, content in build.files.items() if name.endswith("print.pdf"))
    heads = {1: "第四十二回", 2: "時刻は午後", count: "次の催し", count - 1: "携帯電話"}
    for number, (left, right) in enumerate(sheets(pdf)):
        pages = (number + 1, count - number) if number % 2 == 0 else (count - number, number + 1)
        for page, words in zip(pages, (left, right), strict=True):
            assert page not in heads or heads[page] in words, (pages, words)
            assert page in (1, count) or KANJI[page] in words, (pages, words)


KANJI = ["", *"一二三四五六七八九十", *(f"十{each}" for each in "一二三四五六")]
NAMES = ["東 剛", "浜野 剛", "浜野 拓也", "小野寺 拓也", "東海林 健太郎", "勅使河原 左衛門", "あおい"]


def test_names_of_two_to_seven_letters_keep_their_places(city: Path, proved: Callable[..., Build]) -> None:
    """5字取り: two to five letters are as long as five; six a little condensed; seven take two places."""
    roles = f"      - {{role: 太鼓, names: [{', '.join(NAMES)}, 林 美咲]}}\n"
    path = city / "content" / NAME / "articles" / "shutsuen.yaml"
    text = path.read_text(encoding="utf-8")
    text, count = re.subn(r"      - \{role: 太鼓, names: \[浜野 剛.*\n", roles, text)
    assert count == 1
    path.write_text(text, encoding="utf-8")
    build = proved(city, NAME, ("screen",))
    assert build.findings == ()
    found = [run for run in on_page(build, 4) if run[3] == pytest.approx(3.6, abs=0.2) and 103 < run[2] < 193]
    first, second = sorted({round(x, 1) for _, x, *_ in found}, reverse=True)[:2]
    one, two = ([(said, y) for said, x, y, _ in found if round(x, 1) == at] for at in (first, second))
    assert "".join(said for said, _ in one) == "東剛浜野剛浜野拓也小野寺拓也"
    assert "".join(said for said, _ in two) == "東海林健太郎勅使河原左衛門あおい"
    tops = [y for said, y in one if said[0] in "東浜小"]
    ends = [y + 3.75 * (len(said) - 1) for said, y in one if said[-1] in "剛也"]
    assert [end - top for top, end in zip(tops, ends, strict=True)] == pytest.approx([4 * 3.75] * 4, abs=0.03)
    assert [each - tops[0] for each in tops] == pytest.approx([0, 22.3, 44.6, 66.9], abs=0.05)
    begins = [y - tops[0] for said, y in two if said[0] in "東勅あ"]
    assert begins == pytest.approx([0, 22.3, 66.9], abs=0.05)  # seven letters take two places
    inner = [y - tops[0] for said, y in two if said in ("太郎", "衛門")]
    assert inner == pytest.approx([4 * 3.75 * 0.92, 22.3 + 5 * 3.75], abs=0.05)


def test_black_and_vermilion_are_two_plates(city: Path) -> None:
    """A spot colour: offset-two-colour with the lines that it says."""
    text = (city / "press" / "offset-two-colour.yaml").read_text(encoding="utf-8")
    for old, new in TWO_INKS.items():
        assert old in text
        text = text.replace(old, new, 1)
    folder = city / "presses"
    folder.mkdir()
    (folder / "profiles").symlink_to(city / "press" / "profiles")
    (folder / "shu.yaml").write_text(text, encoding="utf-8")
    opened = open_workspace(city)
    build = pipeline.build(opened.content / NAME, opened, ("print",), read_press("shu", folder, city))
    assert build.findings == ()
    (pdf,) = (content for name, content in build.files.items() if name.endswith("print.pdf"))
    with pikepdf.open(BytesIO(pdf)) as printed:
        spaces = [each for each in printed.objects if isinstance(each, pikepdf.Array) and len(each) > 2]
        inks = {str(each[1]) for each in spaces if each[0] == "/Separation"}
        inks |= {str(name) for each in spaces if each[0] == "/DeviceN" for name in each[1]}
    assert inks - {"/Black", "/All"} == {"/DIC 156s"}


HOSTILE = {
    "issue.yaml": [
        ("title: 郷土", "title: とても長い題名の郷土"),
        ("number: 第", "number: 北海道全国郷土芸能大会第"),
        ("hall: 留萌", "hall: 北海道会館の中の留萌"),
        ("date_lines:\n  - ", "date_lines:\n  - 平成の次の時代の"),
        ("text: 11月6日", f"text: {'11月6日から毎週、' * 14}11月6日"),
        ("cooperation: ", f"cooperation: {'港小学校、浜町町内会、' * 12}"),
    ],
    "articles/bangumi.yaml": [
        ("heading: ", "heading: とても長い見出しの今夜の"),
        ("note: 時刻", f"note: {'時刻は午後、' * 6}時刻"),
        ("note: 笛は", f"note: {'笛は最年長、' * 14}笛は"),
    ],
    "articles/uta.yaml": [
        ("heading: ", "heading: とても長い題名の"),
        ("writer: 港 史生（", "writer: 港川原 史生左衛門（みなとの"),
    ],
    "articles/dogu.yaml": [("body: |\n  ", f"body: |\n  {'道具を見られます。' * 20}")],
    "articles/shutsuen.yaml": [("names: [浜野 剛", f"names: [{'森 拓也, ' * 20}浜野 剛")],
    "articles/okiage.yaml": [
        ("words: 春", f"words: {'春を呼ぶ声　' * 9}春"),
        ("note: 返し", f"note: {'返しの所、' * 6}返し"),
    ],
    "articles/kaijo.yaml": [
        ("text: 電源", f"text: {'電源を切り、' * 14}電源"),
        ("note: ", f"note: {'緑のはっぴの人、' * 3}"),
    ],
}
OVER = {"title", "number", "hall", "date_lines.0", "bangumi:heading", "bangumi:note", "uta:heading", "uta:writer"}
OVER |= {"okiage:note", "kaijo:note", "hosts.cooperation"}


def test_nothing_is_too_long_in_silence(city: Path, edit: Edit, told: Told) -> None:
    """Each text that does not fit its slot is told by its field, each article by its region."""
    for name, changes in HOSTILE.items():
        for old, new in changes:
            edit(city / "content" / NAME / name, old, new)
    found = told(city, NAME)
    assert {each.where.field for each in found if each.code == "overset"} >= OVER
    assert any((each.where.field or "").startswith("next") for each in found if each.code == "overset")
    regions = {Path(each.where.file or "").stem for each in found if each.code == "region-overset"}
    assert regions == {"bangumi", "dogu", "shutsuen", "okiage", "kaijo"}


def test_times_are_bold_and_of_two_inks_at_most(made: Build) -> None:
    """Thin strokes of three inks blur where the plates are off by a hair."""
    with pikepdf.open(BytesIO(made.files["print.pdf"])) as pdf:
        marks = [each for each in read_marks(pdf.pages[1]) if re.fullmatch("[五六七]時.*", each.text.strip())]
    assert len(marks) >= 8
    for each in marks:
        assert "Gothic" in each.font, each
        assert sum(float(ink) > 0 for ink in each.fill[1:]) <= 2, each


def test_the_regions_are_where_the_text_stands_on_left_and_right_pages(made: Build) -> None:
    """So that ``koho layouts --sheet`` draws them there: the margins are the layout's, not a shift of its CSS."""
    fields = [each for each in json.loads(made.files["map.json"])["fields"] if each["edition"] == "print"]
    for page, side, kind, field in ((2, "right", "timetable", "bangumi:"), (5, "left", "song", "okiage:verses")):
        place = made.layout.page_types[kind].on(side)["main"].at
        boxes = [each["box"] for each in fields if each["page"] == page and each["field"].startswith(field)]
        boxes = [each for each in boxes if each["x"] < 110]  # without the heading beside the region
        right = max(each["x"] + each["width"] for each in boxes)
        assert boxes
        assert min(each["x"] for each in boxes) >= place.x - 0.1
        assert place.right - 1.5 < right <= place.right + 0.1, (page, place, right)
