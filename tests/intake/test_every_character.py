"""Nothing is lost: every character of every file is in the article, in a label that is the title of its field, in
``leftover`` or in a finding. The characters are counted by readers that are not ours: lxml, openpyxl, Python itself.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from lxml import etree, html
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from tests.intake.sent import PAGE, article, course, duty, mail, slides, take, workspace

from koho_pdf.intake.reception import Taken
from koho_pdf.kinds.kind_file import read_kind

TEXT = """\
国民年金の届け出

　会社を辞めた人は、市民課の窓口で年金の届け出をしてください。届け出には年金手帳が要
ります。①㈱～㎡の字も、そのまま載せます。

■日時：4月5日（月）午前9時から
■場　所　市役所1階
【対象】20歳から59歳の人
備考　駐車場はありません。
問い合わせ　市民課 電話42-0003
"""
TABLE = "日にち,健診,対象,備考\r\n4月6日（火）,4か月児,令和8年12月生まれ,母子手帳\r\n"
TABLE += '4月7日（水）,"1歳\n6か月児",令和7年9月生まれ,\r\n'


def word_characters(content: bytes) -> str:
    """The text of every part of a Word file that a reader or reviewer sees."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.match(r"word/(document|header|footer|foot|end|comments).*[.]xml", name):
                texts = etree.fromstring(archive.read(name)).iter("{*}t", "{*}delText")
                found += [each.text or "" for each in texts if not list(each.iterancestors("{*}Fallback"))]
    return "".join(found)


def book_characters(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    said = [str(cell.value) for cell in cells if not str(cell.value).startswith("=")]
    return "".join([*said, *(cell.comment.text for cell in cells if cell.comment)])


def pdf() -> bytes:
    made = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    page = canvas.Canvas(made)
    page.setFont("HeiseiKakuGo-W5", 12)
    for number, line in enumerate(("ごみの出し方", "燃やせるごみは月曜と木曜です。", "問合せ　市民課")):
        page.drawString(72, 700 - 20 * number, line)
    page.save()
    return made.getvalue()


def there(issue: Path, taken: Taken) -> Counter[str]:
    """The characters of all articles that were made, with the titles of their fields, and of the findings."""
    made: list[str] = []
    for number, (id_, _) in enumerate(taken.articles):
        text = (issue / "articles" / f"{id_}.yaml").read_text(encoding="utf-8")
        said = article(issue, taken, number)
        made += [
            text,
            *_titles(said, read_kind(issue.parents[1] / "layouts" / "_kinds" / said["kind"], issue.parents[1]).fields),
        ]
    return Counter("".join([*made, *(each.message for each in taken.findings)]))


def _titles(said: Any, fields: Any) -> list[str]:
    if isinstance(said, list):
        return [title for each in said for title in _titles(each, fields)]
    if not isinstance(said, dict):
        return []
    found = []
    for name, value in said.items():
        if name in fields:
            inner = getattr(getattr(fields[name], "of", fields[name]), "fields", {})
            found += [fields[name].title, *_titles(value, inner)]
    return found


def lost(wanted: str, issue: Path, taken: Taken) -> str:
    characters = Counter(each for each in wanted if not each.isspace())
    return "".join((characters - there(issue, taken)).elements())


FILES: dict[str, tuple[bytes, str]] = {
    "講座.docx": (course(), word_characters(course())),
    "当番医.xlsx": (duty(), book_characters(duty())),
    "年金.txt": (TEXT.encode(), TEXT),
    "年金-bom.txt": (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
    "年金-16.txt": (TEXT.encode("utf-16"), TEXT),
    "年金-16le.txt": (TEXT.encode("utf-16-le"), TEXT),
    "年金-sjis.txt": (TEXT.replace("㎡", "㎡").encode("cp932"), TEXT.replace("㎡", "㎡")),
    "年金-euc.txt": (TEXT.replace("①㈱～㎡", "").encode("euc_jp"), TEXT.replace("①㈱～㎡", "")),
    "健診.csv": (TABLE.encode(), TABLE.replace(",", "").replace('"', "")),
    "健診-bom.csv": (b"\xef\xbb\xbf" + TABLE.encode(), TABLE.replace(",", "").replace('"', "")),
    "健診-16.csv": (TABLE.replace(",", "\t").encode("utf-16"), TABLE.replace(",", "").replace('"', "")),
    "健診-sjis.csv": (TABLE.encode("cp932"), TABLE.replace(",", "").replace('"', "")),
    "健診.tsv": (TABLE.replace(",", "\t").encode(), TABLE.replace(",", "").replace('"', "")),
    "依頼.eml": (
        mail(),
        "広報担当様①に載せてください。会場公民館対象市民>先日のお願いです社会教育課山田shakai@city.example.jp"
        "koho@city.example.jp見出し本文の言葉です。講座のこと山田",
    ),
    "依頼.txt": (
        "件名: 講座のこと\n差出人: 山田 <a@example.jp>\n宛先: 広報\n\n場所　公民館\nよろしくお願いします。\n".encode(
            "cp932"
        ),
        "講座のこと山田<a@example.jp>広報場所公民館よろしくお願いします。",
    ),
    "休み.html": (
        PAGE.encode(),
        "".join(html.fromstring(PAGE).xpath("//body//text()[not(parent::rp)]|//title/text()|//img/@alt")),
    ),
    "休み-sjis.html": (
        PAGE.replace("utf-8", "Shift_JIS").encode("cp932"),
        "図書館の休み蔵書の点検で閉館へいかんします。",
    ),
    "ごみ.pdf": (pdf(), "ごみの出し方燃やせるごみは月曜と木曜です。問合せ市民課"),
    "ちらし.pptx": (slides(), "港まつりのちらし日時8月1日（日）花火を上げます。口頭で伝える"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_character_is_somewhere(name: str, tmp_path: Path) -> None:
    content, wanted = FILES[name]
    issue = workspace(tmp_path)
    taken = take(issue, name, content)
    assert taken.articles
    assert lost(wanted, issue, taken) == ""
    assert (issue / "received" / name).read_bytes() == content


def test_the_count_can_fail(tmp_path: Path) -> None:
    """A word that is taken out of the article is missed."""
    issue = workspace(tmp_path)
    taken = take(issue, "年金.txt", TEXT.encode())
    file = issue / "articles" / f"{taken.articles[0][0]}.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("年金手帳", ""), encoding="utf-8")
    assert set(lost(TEXT, issue, taken)) >= set("手帳")


MADE_BY_LIBREOFFICE = Path(__file__).parent / "libreoffice"
"""Saved by LibreOffice 7.4, which writes otherwise than the libraries do; to read them it is not needed."""


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        (
            "course.docx",
            "notice",
            "春の講座日時4月11日（日）場所をまちがえないでください。定員20人申込4月5日（月）までに電話で",
        ),
        ("doctors.xlsx", "duty-doctors", "休日当番医月日病院電話4月4日（日）みなと医院0164-42-0001"),
    ],
)
def test_every_character_of_a_file_saved_by_libreoffice(name: str, kind: str, wanted: str, tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    taken = take(issue, name, (MADE_BY_LIBREOFFICE / name).read_bytes())
    assert lost(wanted, issue, taken) == ""
    assert article(issue, taken)["kind"] == kind


def _by_libreoffice(source: Path, ending: str, folder: Path) -> bytes:
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return (folder / "out" / f"{source.stem}.{ending}").read_bytes()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed: files made by it are not tried")
@pytest.mark.parametrize("ending", ["odt", "doc", "docx", "ods", "xls", "xlsx"])
def test_every_character_of_a_file_that_libreoffice_made(ending: str, tmp_path: Path) -> None:
    if ending in ("odt", "doc", "docx"):
        made = docx.Document()
        made.add_heading("春の講座", 1)
        made.add_paragraph("日　時　4月11日（日）")
        made.add_paragraph("場所をまちがえないでください。")
        source, wanted = tmp_path / "a.docx", "春の講座日時4月11日（日）場所をまちがえないでください。"
        made.save(str(source))
    else:
        book = openpyxl.Workbook()
        for row in (["休日当番医"], ["月日", "病院", "電話"], ["4月4日（日）", "みなと医院", "0164-42-0001"]):
            book.active.append(row)
        source, wanted = tmp_path / "a.xlsx", "休日当番医月日病院電話4月4日（日）みなと医院0164-42-0001"
        book.save(source)
    issue = workspace(tmp_path / "w")
    taken = take(issue, f"講座.{ending}", _by_libreoffice(source, ending, tmp_path))
    assert lost(wanted, issue, taken) == ""
    assert article(issue, taken)["kind"] == ("notice" if source.suffix == ".docx" else "duty-doctors")
