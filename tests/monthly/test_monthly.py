"""The newsletter (layouts/monthly): the eight pages of content/2027-03-koho, in one build of every edition."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jpholiday
import pikepdf
import pypdfium2
import pytest
import yaml
from tests.brochures.conftest import EDITIONS, city_with, misread
from tests.conftest import Edit, Mark, Told, read_marks, read_structure

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build

NAME = "2027-03-koho"
ROOT = Path(__file__).parents[2]
APRIL = ROOT / "content/2027-04-koho"
KINDS = tuple(
    yaml.safe_load((ROOT / "layouts/_kinds/newsletter/kind.yaml").read_text(encoding="utf-8"))["fields"]["articles"][
        "of"
    ]
)
MM = 25.4 / 72


def city_in(folder: Path) -> Path:
    return city_with(folder, "monthly", NAME, "newsletter", KINDS)


def with_pages(folder: Path, pages: str = "", *, april: tuple[str, ...] = ()) -> Path:
    """The city with this plan after its cover (or its own plan), no contents, the articles that the plan names, some of
    them of April, and a plain ground of the same size in the place of every drawing: most of the time goes into
    those."""
    city = city_in(folder)
    issue = city / "content" / NAME
    for name in april:
        shutil.copy(APRIL / f"articles/{name}.yaml", issue / "articles")
    for each in (APRIL / "photos").iterdir() if april else ():
        shutil.copy(each, issue / "photos")
    for each in (issue / "photos").glob("*.svg"):
        begin = each.read_text(encoding="utf-8").partition(">")[0]
        each.write_text(
            f'{begin}><rect x="-9" y="-9" width="999" height="999" fill="#C0DDD8"/></svg>', encoding="utf-8"
        )
    if not pages:
        return city
    text = (issue / "issue.yaml").read_text(encoding="utf-8")
    contents, rest = text.index("contents:\n"), text.index("# ── 奥付")
    assert contents < text.index("pages:\n") < rest
    (issue / "issue.yaml").write_text(f"{text[:contents]}pages:\n  - cover\n{pages}\n{text[rest:]}", encoding="utf-8")
    for each in (issue / "articles").iterdir():
        if each.stem not in re.split(r"[^\w-]+", pages):
            each.unlink()
    return city


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> Build:
    build = proved(city_in(tmp_path_factory.mktemp("monthly") / "city"), NAME, EDITIONS)
    assert build.findings == ()
    return build


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Path:
    return with_pages(tmp_path / "city")


def runs(build: Build, number: int) -> list[tuple[str, float, float, float]]:
    """Every run of letters of a page: what it says, its place in mm from the trim's left and top, its size in Q."""
    with pikepdf.open(BytesIO(build.files["screen.pdf"])) as pdf:
        page = pdf.pages[number - 1]
        left, _, _, top = (float(edge) for edge in page.trimbox)
        return [
            (each.text.strip(), (each.place[4] - left) * MM, (top - each.place[5]) * MM, each.size * _scale(each) * 4)
            for each in read_marks(page)
            if each.text.strip()
        ]


def _scale(mark: Mark) -> float:
    return max(abs(mark.place[0]), abs(mark.place[1])) * MM


def article(name: str) -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "content" / NAME / "articles" / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_every_notice_stands_on_one_grid(made: Build) -> None:
    """P6: body and fields of both columns stand on the same lines of 24.5 H; heads are 20 Q, nothing is below 15 Q."""
    found = runs(made, 6)
    body = [run for run in found if run[3] == pytest.approx(16, abs=0.05) and run[2] < 281]
    assert len(body) > 50
    columns = [[y for _, x, y, _ in body if low < x < low + 90] for low in (13, 103)]
    offsets = {round((y - 36) % 6.125, 1) for column in columns for y in column}
    assert max(offsets) - min(offsets) < 0.2, offsets
    heads = [said for said, _, _, size in found if size == pytest.approx(20, abs=0.05)]
    assert len(heads) >= 8
    assert min(size for _, _, _, size in found) > 12.9  # 見本 in the running title


def test_contents_name_the_pages_of_the_plan(made: Build, tmp_path: Path, proved: Callable[..., Build]) -> None:
    """The figures on the cover come from the plan: they change with it."""

    def figures(build: Build) -> list[str]:
        return [said for said, _, y, size in runs(build, 1) if size == pytest.approx(52, abs=0.1) and y > 240]

    assert figures(made) == ["2", "4", "5", "6", "7", "8"]
    pages = "  - topics: {lead: [snow-festival]}\n  - budget: {main: [budget]}\n  - back: {left: [library]}"
    contents = "\ncontents: [{to: budget, heading: 予算, note: 何が}, {to: snow-festival, heading: 話題, note: 雪}]\n"
    city = with_pages(tmp_path / "city", pages + contents)
    assert figures(proved(city, NAME, ("screen",))) == ["3", "2"]


def test_gutter_is_wider_than_fore_edge(made: Build) -> None:
    """Left pages begin 14 mm from the left, right pages 20 mm."""
    for page, left in ((4, 14.0), (6, 14.0), (5, 20.0), (7, 20.0)):
        xs = [x for _, x, y, _ in runs(made, page) if 30 < y < 280 and x > 12]
        assert min(xs) == pytest.approx(left, abs=2.3), page


def test_feature_runs_over_the_spread(made: Build) -> None:
    """Three parts in six columns of 56 mm; words of the text stand on the lines of 28 H."""
    left, right = runs(made, 2), runs(made, 3)
    for found in (left, right):
        body = [y for _, _, y, size in found if size == pytest.approx(17, abs=0.05) and 150 < y < 281]
        offsets = {round((y - 134) % 7, 1) for y in body}
        assert len(body) > 8
        assert max(offsets) - min(offsets) < 0.2
    assert not [said for said, *_ in left if "続く" in said]  # says: none, within a spread
    assert "3" in [said for said, *_ in right]
    assert {"186", "42", "平29"} <= {said.replace(" ", "") for said, *_ in right}


def test_calendar_knows_holidays(made: Build) -> None:
    """Every day of March once, each in the column of its weekday; 休 on Sundays and holidays."""
    found = runs(made, 7)
    days = {said: x for said, x, y, size in found if size == pytest.approx(24, abs=0.1) and said.isdigit() and y > 40}
    assert sorted(map(int, days)) == [*range(1, 32)]
    for said, x in days.items():
        day = datetime.date(2027, 3, int(said))
        column = (day.weekday() + 1) % 7
        assert 20 + 176 / 7 * column < x < 20 + 176 / 7 * (column + 1), day
    rests = sum(
        day.weekday() == 6 or jpholiday.is_holiday(day) for day in (datetime.date(2027, 3, n) for n in range(1, 32))
    )
    assert len([said for said, *_ in found if said == "休"]) == rests == 5
    assert {"春分の日", "振替休日"} <= {said for said, *_ in found}


def test_figures_agree(made: Build) -> None:
    """Income and expenditure are the total, works their sum; sexes and districts are the population."""
    budget, people = article("budget"), article("population")

    def sums(table: dict[str, Any]) -> float:
        return round(sum(float(str(row[1]).replace(",", "")) for row in table["rows"][1:]), 1)

    assert sums(budget["income"]) == sums(budget["spending"]) == float(budget["total"]["amount"].removesuffix("億円"))
    counts = {each["name"]: int(each["count"].replace(",", "")) for each in people["counts"]}
    total = int(people["total"].removesuffix("人").replace(",", ""))
    assert sums(people["districts"]) == counts["男"] + counts["女"] == total
    shares = [said for said, *_ in runs(made, 4) if said.endswith("%")]
    assert {"41%", "28%"} <= set(shares)


def test_read_in_order(made: Build, tmp_path: Path) -> None:
    """The screen PDF is heard page by page: heads before what is under them, and painted in the same order."""
    assert misread(made, tmp_path) == []
    with pikepdf.open(BytesIO(made.files["screen.pdf"])) as pdf:
        assert len(pdf.pages) == 8
        tree = read_structure(pdf)
    text, at = tree.text.replace("\n", ""), 0
    words = [
        "広報",
        "第1,024号",
        "春は、",
        "海が白くなる朝",
        "沖の音を",
        "刺し網漁",
        "浜谷 修一",
        "粒の締まり",
        "令和9年度予算",
    ]
    words += [
        "まちの話題",
        "雪の山から",
        "暮らしの情報",
        "マイナンバーカード",
        "数の子料理教室",
        "申込み・全文",
        "行事カレンダー",
    ]
    words += [
        "休日当番医",
        "ごみの収集日",
        "乳幼児健診",
        "潮の便り",
        "三月の朝",
        "図書館",
        "相談",
        "人口と世帯",
        "発行",
    ]
    for each in words:
        assert (at := text.find(each, at)) >= 0, each


def test_sample_says_so_everywhere(made: Build) -> None:
    """見本 in titles and metadata; the web pages are not to be indexed (it is a real city)."""
    pages = [
        made.files[name].decode() for name in made.files if name.startswith("web/") and name.endswith("index.html")
    ]
    assert pages
    for html in pages:
        assert '<meta name="robots" content="noindex">' in html
        assert re.search(r"<title>[^<]*見本[^<]*</title>", html)
    assert json.loads(made.files["data/issue.json"])


SMALL = {
    "deadlines": "heading: 今月の納期限\ndues:\n  - {name: 固定資産税　第4期, day: 3月31日（水）}\n",
    "correction": "heading: お詫びと訂正\nwhere: 令和8年2月号の表に誤りがありました。\nwrong: 10円\nright: 100円\n",
    "editors-note": "heading: 編集後記\nbody: 浜の朝は、まだ寒い。けれど光は春です。\nwriter: （み）\n",
    "births-condolences": "media: [print]\nheading: お誕生・お悔やみ\n"
    "births:\n  - {name: 港川 海斗（みなとかわ かいと）}\n"
    "condolences:\n  - {name: 港川 ハル（みなとかわ はる）, age: 88歳, district: 港町}\n",
}


def test_twelve_pages_and_a_month_of_six_weeks(city: Path, edit: Edit, proved: Callable[..., Build]) -> None:
    """More pages of notices on either side, no contents written, and a month whose days stand in six rows."""
    folder = city / "content" / NAME
    for number in range(24):
        words = f"heading: 春のお知らせの{number}番\nbody: {'港で春の催しを開きます。' * 3}\nplace: 市役所1階　市民課\n"
        (folder / "articles" / f"n{number}.yaml").write_text(f"kind: notice\ncategory: 催し\n{words}", encoding="utf-8")
    issue = folder / "issue.yaml"
    text = issue.read_text(encoding="utf-8")
    begin, end = text.index("contents:\n"), text.index("# ── 中")
    text = text[:begin] + text[end:]
    more = [
        f"  - notices: {{main: [{', '.join(f'n{n}' for n in range(6 * page, 6 * page + 6))}]}}\n" for page in range(4)
    ]
    (folder / "articles" / "n23.yaml").unlink()
    for name, words in SMALL.items():
        (folder / "articles" / f"{name}.yaml").write_text(f"kind: {name}\n{words}", encoding="utf-8")
    more[3] = more[3].replace("n23", ", ".join(SMALL))
    at = text.index("  - calendar:")
    issue.write_text(text[:at] + "".join(more) + text[at:], encoding="utf-8")
    edit(issue, "month: 2027年3月", "month: 2027年5月")
    market, feast = "{name: 港の朝市, day: 5月31日（月）}", "{name: 春の祭り, day: 5月1日（土）, until: 5月9日（日）}"
    days = f"month: 2027年5月\nevents:\n  - {market}\n  - {feast}\n"
    (folder / "articles" / "events.yaml").write_text(
        f"kind: calendar\nheading: 行事カレンダー\n{days}", encoding="utf-8"
    )
    build = proved(city, NAME, ("print", "screen", "web", "text"))
    assert [each.code for each in build.findings] == []
    assert [said for said, _, y, size in runs(build, 1) if size == pytest.approx(52, abs=0.1) and y > 240] == [
        *("2", "4", "5", "6", "7", "8")
    ]
    said = "".join(word for word, *_ in runs(build, 10))
    for each in ("固定資産税　第4期", "3月31日（水）", "令和8年2月号", "正", "浜の朝は"):
        assert each.replace("　", "") in said.replace("　", ""), each
    with pikepdf.open(BytesIO(build.files["print.pdf"])) as pdf:
        on_paper = "".join(each.text for each in read_marks(pdf.pages[9]))
    for each in ("港川", "みなとかわ", "88歳"):
        assert each in on_paper, each
        assert each not in said, each
    for name, content in build.files.items():  # those who are named on paper alone
        if name.startswith(("web/", "text/")) and name.endswith((".html", ".txt")):
            assert "港川".encode() not in content, name
    found = runs(build, 11)
    days_of = {
        said: (x, y) for said, x, y, size in found if size == pytest.approx(24, abs=0.1) and said.isdigit() and y > 40
    }
    assert sorted(map(int, days_of)) == [*range(1, 32)]
    assert days_of["31"][1] > days_of["24"][1] > days_of["1"][1]
    assert days_of["31"][0] < days_of["1"][0]
    with pypdfium2.PdfDocument(build.files["screen.pdf"]) as screen:
        drawn = screen[10].render(scale=100 / 72).to_pil().convert("L")
    for day in ("3", "4", "6"):  # the bar of the feast goes on over the ground of holidays
        x, y = 20 + 176 / 7 * (int(day) - 0.5 - 1), 43 + 2 * 122.5 / 6 - 3
        assert drawn.getpixel((round(x / 25.4 * 100), round(y / 25.4 * 100))) < 70, day
    assert max(y for _, _, y, size in found if size == pytest.approx(24, abs=0.1)) < 36 + 7 + 122.5


def test_nothing_is_too_long_in_silence(city: Path, edit: Edit, told: Told) -> None:
    """What does not fit is told by the article that is too much, on each page."""
    folder = city / "content" / NAME / "articles"
    edit(
        folder / "herring.yaml",
        "  - heading: 放した",
        "  - {heading: 四つ目, body: " + "浜の話を聞きました。" * 40 + "}\n  - heading: 放した",
    )
    edit(folder / "garden.yaml", "fee: ", "body: " + "畑で土に触れる春です。" * 12 + "\nfee: ")
    edit(folder / "calligraphy.yaml", "body: ", "body: " + "大きな紙に書きました。" * 12)
    edit(folder / "mayor.yaml", "  新しい年度", "  " + "海の音を聞きました。" * 20 + "\n\n  新しい年度")
    edit(city / "content" / NAME / "issue.yaml", "theme: 特集　", "theme: 特集　ながいながい題の")
    found = told(city, NAME)
    regions = {Path(each.where.file or "").stem for each in found if each.code == "region-overset"}
    assert regions == {"herring", "garden", "calligraphy", "mayor"}
    assert {each.where.field for each in found if each.code == "overset"} >= {"theme"}
