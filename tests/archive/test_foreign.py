"""Old PDFs as ReportLab makes them: fonts that are not embedded, named only by a CMap, and pages of every kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import cidfonts, pdfmetrics
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tests.archive.apart import taken_in
from tests.conftest import REPOSITORY

from koho_pdf.archive.ingest.old_pdf import Entry
from koho_pdf.content.values.dates import CalendarDate

DAY = CalendarDate.parse("2010-04-01").day
TOP, FOOT, BODY = 790, 60, 10  # pt
TOPICS = {
    "ごみの分別が変わります": "四月から、プラスチックごみの分け方が変わります。" * 14,
    "保健センターから": "乳幼児健診を行います。母子手帳を持ってきてください。" * 12,
    "相談窓口": "法律相談は毎月第二水曜日です。予約が必要です。" * 12,
}
ROAD = "市では、四月から六月にかけて、栄町三丁目の道路で工事を行います。通行止めは午前九時から（雨の日は休みます）。"
LIBRARY = "五月の休館日は、七日、十四日、二十一日です。インターネットでも本を予約できます。"
CODECS = {"UniJIS-UCS2-V": "", "90ms-RKSJ-V": "cp932", "EUC-V": "euc_jp"}
"""How letters are written with each CMap (Adobe tech note 5094); of Unicode ReportLab takes care itself."""


@pytest.fixture(autouse=True)
def reportlab_as_it_came(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No CMap files of Acrobat are looked for, and no font stays registered."""
    monkeypatch.setattr(cidfonts, "DISABLE_CMAP", True)
    fonts = dict(pdfmetrics._fonts)
    yield
    pdfmetrics._fonts.clear()
    pdfmetrics._fonts.update(fonts)


def sheet() -> tuple[Canvas, BytesIO]:
    target = BytesIO()
    return Canvas(target, pagesize=A4, invariant=1), target


def horizontal(canvas: Canvas, heading: str = "HeiseiKakuGo-W5", body: str = "HeiseiMin-W3") -> None:
    """A nameplate and the topics in two columns of 24 letters a line."""
    for face in (heading, body):
        registerFont(cidfonts.UnicodeCIDFont(face))
    canvas.setFont(heading, 24)
    canvas.drawString(43, TOP, "広報るもい")
    x, y = 43, TOP - 50
    for title, text in TOPICS.items():
        canvas.setFont(heading, 14)
        canvas.drawString(x, y, title)
        y -= 24
        canvas.setFont(body, BODY)
        for line in in_lines("\u3000" + text, 24):
            if y < FOOT:
                x, y = 308, TOP - 50
            canvas.drawString(x, y, line)
            y -= 17
        y -= 12


def vertical(canvas: Canvas, cmap: str) -> None:
    """Two articles, their lines from right to left, in a font whose CMap says that it runs downwards."""
    codec = CODECS[cmap]
    font: Any = cidfonts.CIDFont("HeiseiMin-W3", cmap) if codec else cidfonts.UnicodeCIDFont("HeiseiMin-W3", True)
    registerFont(font)
    x = 510.0
    for size, text in ((18, "春の道路工事のお知らせ"), (BODY, ROAD), (18, "図書館の休館日"), (BODY, LIBRARY)):
        canvas.setFont(font.fontName, size)
        for line in in_lines(text, 22):
            canvas.drawString(x, TOP, line.encode(codec).decode("latin-1") if codec else line)
            x -= 1.7 * size
        x -= 14


def in_lines(text: str, count: int) -> list[str]:
    """Lines of so many letters; a character that may not begin a line hangs at the end of the line before."""
    lines: list[str] = []
    while text:
        end = count + (text[count : count + 1] in "、。）") if len(text) > count else len(text)
        lines.append(text[:end])
        text = text[end:]
    return lines


def read(content: bytes) -> tuple[list[tuple[int, str, str]], dict[str, Any], list[str], dict[str, str]]:
    """Articles (page, heading, text), quality, codes of the findings, text by file."""
    made = taken_in(content, Entry(Path("old.pdf"), "koho-0812", 812, DAY, "第812号", "koho"))
    articles = json.loads(made.files["record.json"])["articles"]
    return (
        [(each["page"], each["heading"], each["text"]) for each in articles],
        json.loads(made.files["quality.json"]),
        [finding.code for finding in made.findings],
        {name: content.decode() for name, content in made.files.items() if name.startswith("text/")},
    )


def test_columns_in_fonts_that_are_not_embedded_are_read_one_after_the_other() -> None:
    canvas, target = sheet()
    horizontal(canvas)
    canvas.save()
    articles, quality, codes, _ = read(target.getvalue())
    assert articles == [(1, "広報るもい", ""), *((1, *topic) for topic in TOPICS.items())]
    assert (quality["grade"], quality["fonts_without_unicode"], codes) == ("good", [], [])


@pytest.mark.parametrize("cmap", CODECS)
def test_vertical_text_known_only_by_its_cmap_is_read_from_right_to_left(cmap: str) -> None:
    canvas, target = sheet()
    vertical(canvas, cmap)
    canvas.save()
    content = target.getvalue()
    assert f"/Encoding /{cmap}".encode() in content
    assert b"/ToUnicode" not in content
    assert b"/FontFile" not in content
    articles, quality, codes, _ = read(content)
    assert articles == [(1, "春の道路工事のお知らせ", ROAD), (1, "図書館の休館日", LIBRARY)]
    assert (quality["grade"], codes) == ("good", [])


def gaiji(canvas: Canvas, words: Sequence[str]) -> None:
    """Words; those that begin with 外 are in a font made for one city, whose letters only its maker knows."""
    registerFont(cidfonts.UnicodeCIDFont("HeiseiMin-W3"))
    registerFont(TTFont("Rumoi", str(REPOSITORY / "fonts" / "BIZUDGothic-Regular.ttf")))
    x = 60.0
    for word in words:
        canvas.setFont("Rumoi" if word.startswith("外") else "HeiseiMin-W3", BODY)
        canvas.drawString(x, 600, word.removeprefix("外"))
        x += BODY * len(word.removeprefix("外"))


def test_gaiji_of_a_font_without_unicode_are_marked_and_the_rest_is_read() -> None:
    canvas, target = sheet()
    gaiji(canvas, ["市長の", "外髙", "田さんと、建設課の", "外﨑", "山さんが話しました。"])
    canvas.save()
    without = BytesIO()
    with pikepdf.open(BytesIO(target.getvalue())) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                del thing.ToUnicode
        pdf.save(without)
    _, quality, codes, texts = read(without.getvalue())
    assert texts["text/p1.txt"] == "市長の〓田さんと、建設課の〓山さんが話しました。\n"
    assert (quality["grade"], quality["pages"][0]["unmapped"], codes) == ("doubtful", 2, ["archive-unmapped"])


def test_each_page_of_a_mixed_issue_is_judged_by_itself() -> None:
    canvas, target = sheet()
    drawn: list[Callable[[Canvas], None]] = [horizontal, scan, partial(vertical, cmap="90ms-RKSJ-V")]
    for page, draw in enumerate(drawn, 1):
        draw(canvas)
        registerFont(cidfonts.UnicodeCIDFont("HeiseiMin-W3"))
        canvas.setFont("HeiseiMin-W3", 8)
        canvas.drawString(43, 20, f"{page}")
        canvas.showPage()
    canvas.save()
    articles, quality, codes, _ = read(target.getvalue())
    assert [(page, heading) for page, heading, _ in articles] == [
        *((1, heading) for heading in ("広報るもい", *TOPICS)), (3, "春の道路工事のお知らせ"), (3, "図書館の休館日"),
    ]  # fmt: skip
    assert [page["state"] for page in quality["pages"]] == ["text", "scanned", "text"]
    assert (quality["grade"], codes) == ("doubtful", ["archive-no-text"])


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.effect_noise((200, 280), 60)), 0, 0, *A4)


@pytest.mark.parametrize("pages", [2, 4])
def test_running_heads_that_count_the_pages_are_in_no_article(pages: int) -> None:
    canvas, target = sheet()
    registerFont(cidfonts.UnicodeCIDFont("HeiseiMin-W3"))
    for page in range(1, pages + 1):
        for size, y, words in ((9, 815, "広報るもい　平成22年4月号"), (9, 30, f"留萌市役所　{page}")):
            canvas.setFont("HeiseiMin-W3", size)
            canvas.drawString(60, y, words)
        canvas.setFont("HeiseiMin-W3", 18)
        canvas.drawString(60, 700, "お知らせ" * page)
        canvas.setFont("HeiseiMin-W3", BODY)
        canvas.drawString(60, 660, "本文です。" * 3)
        canvas.showPage()
    canvas.save()
    articles, _, _, texts = read(target.getvalue())
    assert articles == [(page, "お知らせ" * page, "本文です。" * 3) for page in range(1, pages + 1)]
    assert "広報るもい　平成22年4月号" in texts["text/p1.txt"]
