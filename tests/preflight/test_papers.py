"""The papers for a print shop: the report shows every finding in its place, the sheet is one page with
readable text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.preflight.constructs import Construct, built

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.editions.papers import papers
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.geometry import Rect
from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.galley import lightened
from koho_pdf.preflight.inspect import inspect
from koho_pdf.preflight.plates.plate_pictures import encoded, ink_colours, ink_map, page_picture, plate_picture
from koho_pdf.preflight.plates.plates import Separation, separations
from koho_pdf.preflight.plates.total_ink import at_most, ink_use
from koho_pdf.preflight.report.summary import Consignment
from koho_pdf.press.profile import Press, read_press
from koho_pdf.workspace.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[2]
SENT = Consignment("2013-test", "2013-test_shop.pdf", "留萌市", CalendarDate.parse("平成25年4月1日"), "right")
A4 = {"/MediaBox": [0, 0, 612.28, 858.9], "/TrimBox": [8.5, 8.5, 603.78, 850.39], "/BleedBox": [0, 0, 612.28, 858.9]}
PAGE = Construct("1 0 0 0 k 0 0 612.28 858.9 re f 0 0 0 1 k 100 100 200 200 re f", [], page=A4)

FOUND = (
    warning(
        "too-small", "小さい文字があります。", Where(page=1, box=Rect(21, 29.7, 42, 59.4)), "大きく。", "読めません。"
    ),
    error("too-<thick>", "インキが多すぎます<script>。", Where(page=1, field="pillars.0.name"), "減らしてください。"),
)

Papers = Callable[..., dict[str, bytes]]


@pytest.fixture(scope="module")
def city(home: Path) -> Workspace:
    return open_workspace(ROOT)


@pytest.fixture(scope="module")
def press(city: Workspace) -> Press:
    return read_press("offset-coated", city.press, city.root)


@pytest.fixture(scope="module")
def made(city: Workspace, press: Press) -> Papers:
    faces = read_faces(city.fonts, city.root)

    def make(pdf: bytes, findings: tuple[Finding, ...] = FOUND, press: Press = press, **more: Any) -> dict[str, bytes]:
        plates = more["plates"] if "plates" in more else separations(pdf)
        inspected = replace(inspect(pdf, press, plates), findings=findings)
        return papers(pdf, replace(SENT, **more.get("sent", {})), inspected, press, city, faces)

    return make


def at(picture: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    """A pixel of a picture, in RGB."""
    red, green, blue = picture.crop((x, y, x + 1, y + 1)).convert("RGB").tobytes()
    return red, green, blue


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def test_colours_that_were_lightened_are_told_by_name_and_percent(made: Papers) -> None:
    heavy = (("navy", 260.0, 250.0), ("sea-9", 262.4, 249.9))
    written = made(built(PAGE), sent={"lightened": heavy})
    assert "navy 260→250%、sea-9 262→250%" in written["report.html"].decode()
    assert "上限を超える色（navy260→250%など2色）" in re.sub(r"\s", "", words(written["sheet.pdf"]))
    plain = made(built(PAGE))
    assert "減らした色" not in plain["report.html"].decode()
    assert "減らしてあります" not in words(plain["sheet.pdf"])


def test_the_layouts_heavy_colours_are_those_the_press_lightens(city: Workspace) -> None:
    layout = read_layout(city.layouts / "policy-leaflet", city.root)
    news = read_press("newsprint", city.press, city.root)
    told = {name: (drawn, printed) for name, drawn, printed in lightened(layout, news)}
    assert set(told) == {"navy", "rust", "rock-1", "figure"}
    assert all(drawn > 250 >= printed > 249 for drawn, printed in told.values())
    assert lightened(layout, read_press("offset-coated", city.press, city.root)) == ()
    assert lightened(layout, read_press("offset-two-colour", city.press, city.root)) == ()


def test_the_sheet_is_one_tagged_page_whose_words_can_be_copied(made: Papers) -> None:
    pdf = built(PAGE, pages=4)
    sheet = made(pdf)["sheet.pdf"]
    assert pages(sheet) == 1
    text = re.sub(r"\s", "", words(sheet))
    for wanted in (
        *("入稿データ確認書", "2013-test_shop.pdf", hashlib.sha256(pdf).hexdigest(), "4ページ", "210×297mm", "3mm"),
        *(
            "右綴じ",
            "コート紙・マットコート紙",
            "シアン・マゼンタ・イエロー・スミ",
            "100%",
            "8%",
            "留萌市",
            "平成25年4月1日",
        ),
        *("間違い1件", "注意1件", "インキが多すぎます", "小さい文字があります", "入稿できません"),
    ):
        assert wanted in text, wanted
    with pikepdf.open(BytesIO(sheet)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.Lang == "ja"
        kinds = [str(each.S)[1:] for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    assert {"H1", "H2", "Table", "TR", "TH", "TD", "Figure"} <= set(kinds)
    assert kinds.count("Figure") == 4 * (1 + 4)  # each page as it prints, and its four plates


def test_the_sheet_stays_one_page_whatever_is_found(made: Papers, press: Press) -> None:
    worst = tuple(
        error(
            f"code-{n}",
            "とても長い文で、何がどう違うのかをくわしく知らせ、しかも2行にわたります" * 2 + "。",
            Where(page=n + 1),
        )
        for n in range(30)
    )
    wordy = replace(press, paper="再生上質紙・中質紙・更紙のうち、その号の部数と納期によって印刷所と決めたもの")
    for count in (1, 7, 40):
        sheet = made(built(PAGE, pages=count), worst, wordy)["sheet.pdf"]
        assert pages(sheet) == 1
        text = re.sub(r"\s", "", words(sheet))
        assert "30件のうち2件" in text
        assert ("ほかに24ページ" in text) == (count == 40)


def test_only_the_plates_of_the_job_are_shown_and_any_other_that_prints(made: Papers, city: Workspace) -> None:
    two = read_press("offset-two-colour", city.press, city.root)
    text = re.sub(r"\s", "", words(made(built(PAGE), (), two)["sheet.pdf"]))
    assert "シアン" in text
    assert "100%" in text
    assert "マゼンタ" not in text
    stray = Construct("0 1 0 0 k 100 100 50 50 re f", [], page=A4)
    assert "マゼンタ" in words(made(built(stray), (), two)["sheet.pdf"])


def test_a_file_may_call_itself_anything(made: Papers) -> None:
    with pikepdf.open(BytesIO(built(PAGE))) as pdf:
        pdf.docinfo["/Title"] = "留萌🦆<b>&" + "長い題" * 100
        target = BytesIO()
        pdf.save(target)
    files = made(target.getvalue())
    text = re.sub(r"\s", "", words(files["sheet.pdf"]))
    assert "留萌〓<b>&長い題" in text
    assert pages(files["sheet.pdf"]) == 1
    assert "留萌🦆&lt;b&gt;&amp;長い題" in files["report.html"].decode()


def test_the_report_is_one_file_that_says_every_finding_at_its_place(made: Papers) -> None:
    report = made(built(PAGE))["report.html"].decode()
    assert all(re.match("data:image/(jpeg|png);base64,", source) for source in re.findall(r'src="([^"]*)"', report))
    assert not re.search(r"https?://|file:|url\(|@import|<script(?!>)|<link(?! rel=\"icon\" href=\"data:,\">)", report)
    assert "too-&lt;thick&gt;" in report
    assert report.index("インキが多すぎます&lt;script&gt;。") < report.index("小さい文字があります。")  # errors first
    for wanted in ("読めません。", "大きく。", "減らしてください。", "pillars の1番目 → name"):
        assert wanted in report
    (mark,) = re.findall(r'<a id="m2" class="mark warning" href="#f2" style="([^"]*)"', report)
    assert mark == "left:10.0%;top:10.0%;width:20.0%;height:20.0%"


def test_the_report_shows_each_plate_and_the_map(made: Papers) -> None:
    report = made(built(PAGE))["report.html"].decode()
    shown = {
        alt: Image.open(BytesIO(base64.b64decode(source))).convert("RGB")
        for source, alt in re.findall(r'<img src="data:image/(?:jpeg|png);base64,([^"]*)" alt="([^"]*)"', report)
    }
    assert len(shown) == 6
    black = shown["1ページのスミ版"]
    left, right = at(black, 170, 680), at(black, 400, 200)
    assert sum(left) < 250 < 740 < sum(right)  # the black square, and paper
    assert sum(at(shown["1ページのマゼンタ版"], 300, 400)) > 740


def test_without_plates_the_papers_say_so(made: Papers) -> None:
    files = made(built(PAGE), (), plates=None)
    assert "版は確かめていません" in files["report.html"].decode()
    assert "版は確かめていません" in re.sub(r"\s", "", words(files["sheet.pdf"]))


def test_the_same_pdf_has_the_same_papers(made: Papers) -> None:
    assert made(built(PAGE)) == made(built(PAGE))


def plain(*inks: int, **spots: int) -> Separation:
    values = dict(zip(("Cyan", "Magenta", "Yellow", "Black"), inks, strict=True)) | spots
    return Separation(1, 72, 10, 10, {name: bytes([value]) * 100 for name, value in values.items()})


def test_paper_is_white_and_inks_are_dark(press: Press) -> None:
    assert at(page_picture(plain(0, 0, 0, 0), press), 5, 5) == (255, 255, 255)
    red, green, blue = at(page_picture(plain(255, 0, 0, 0), press), 5, 5)
    assert red < 60 < green < blue


def test_a_spot_is_shown_as_the_profile_says_it_looks(city: Workspace, press: Press) -> None:
    from koho_pdf.press.colour import ProcessColour
    from koho_pdf.press.profile import Inks, Spot

    spot = replace(press, inks=Inks("spot", Spot("DIC 156s", ProcessColour(0, 80, 60, 0), True, "Magenta")))
    named = page_picture(plain(0, 0, 0, 0, **{"DIC 156s": 255}), spot)
    mixed = page_picture(plain(0, 204, 153, 0), spot)
    assert all(abs(a - b) <= 2 for a, b in zip(at(named, 5, 5), at(mixed, 5, 5), strict=True))
    assert ink_colours(["DIC 156s"], spot)["DIC 156s"] == "#{:02x}{:02x}{:02x}".format(*at(mixed, 5, 5))


def test_a_plate_goes_from_paper_to_its_ink() -> None:
    half = Separation(1, 72, 3, 1, {"Cyan": bytes((0, 128, 255))})
    picture = plate_picture(half, "Cyan", "#0090d0")
    assert [at(picture, x, 0) for x in (0, 2)] == [(255, 255, 255), (0, 0x90, 0xD0)]
    assert at(picture, 1, 0)[0] == pytest.approx(127, abs=9)  # half of a step, which is a sixteenth part


@pytest.mark.parametrize(("side", "smaller", "size"), [(6, 2, 3), (7, 2, 4), (9, 4, 3)])
def test_where_pictures_are_smaller_no_place_over_the_limit_is_lost(side: int, smaller: int, size: int) -> None:
    for at_x, at_y in ((0, 0), (3, 2), (4, 4), (side - 1, side - 1)):
        one = bytearray(side * side)
        one[at_y * side + at_x] = 255
        spot = Separation(1, 72, side, side, {"Cyan": bytes(one), "Black": bytes(one)})
        picture = ink_map(spot, 150, smaller)
        assert picture.size == (size, size)
        reds = [(x, y) for x in range(size) for y in range(size) if at(picture, x, y)[0] > 150 > at(picture, x, y)[2]]
        assert reds == [(at_x // smaller, at_y // smaller)]
        assert plate_picture(spot, "Cyan", "#0090d0", smaller).size == (size, size)


def test_the_heaviest_square_and_pixel_are_those_of_the_plates_themselves() -> None:
    """Two steps on each plate still count, although their mean rounds them away: ``mean`` is only used to find them."""
    width = height = 90
    plates = {name: bytearray(bytes([100]) * width * height) for name in ("Cyan", "Magenta", "Yellow", "Black")}
    plates["Cyan"][50 * width + 60] = 101
    page = Separation(1, 72, width, height, {name: bytes(plate) for name, plate in plates.items()})
    use = ink_use(page)
    assert use.peak == pytest.approx(401 / 2.55)
    assert (use.spot.x, use.spot.y) == pytest.approx((60 * 25.4 / 72, 50 * 25.4 / 72), abs=0.01)
    assert use.mean == pytest.approx(400 / 2.55, abs=0.1)
    assert at_most(page) >= use.peak


def test_the_map_is_red_only_over_the_limit() -> None:
    steps = Separation(
        1,
        72,
        4,
        1,
        {"Cyan": bytes((0, 255, 255, 255)), "Magenta": bytes((0, 0, 255, 255)), "Black": bytes((0, 0, 0, 255))},
    )
    picture = ink_map(steps, 200)
    none, half, full, over = (at(picture, x, 0) for x in range(4))
    assert none == (255, 255, 255)
    assert sum(none) > sum(half) > sum(full)
    assert full[2] > full[0]
    assert over[0] > 150 > over[2]


def test_a_thumbnail_is_brought_down_never_up() -> None:
    picture = Image.new("RGB", (400, 600), "red")
    assert Image.open(BytesIO(encoded(picture, "PNG", 100))).size == (100, 150)
    assert Image.open(BytesIO(encoded(picture, "PNG", 900))).size == (400, 600)
