"""Files as departments send them, made by Word's and Excel's libraries (python-docx, openpyxl) and others, with what
those cannot write put into their XML; and a workspace that takes them in. All of it is invented.
"""

from __future__ import annotations

import base64
import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import openpyxl
import yaml
from openpyxl.comments import Comment
from PIL import Image

from koho_pdf.intake.reception import Reception, Taken, Wish
from koho_pdf.workspace.workspace import open_workspace

REPOSITORY = Path(__file__).parents[2]
KINDS = (
    "notice",
    "duty-doctors",
    "calendar",
    "health-checks",
    "population",
    "waste-days",
    "consultations",
    "deadlines",
)
ISSUE = "2027-04-koho"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KOHO = """\
municipality: 見本市
area_code: "0164"
press: offset-coated
departments:
  社会教育課: {telephone: 42-0001, mail: shakai@city.example.jp}
  税務課: {telephone: 42-0002}
  市民課: {telephone: 42-0003}
"""


def workspace(folder: Path, kinds: tuple[str, ...] = KINDS) -> Path:
    """A workspace with an issue that has nothing but a date; returns the folder of the issue."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "koho.yaml").write_text(KOHO, encoding="utf-8")
    (folder / "press").symlink_to(REPOSITORY / "press")
    for kind in kinds:
        shutil.copytree(REPOSITORY / "layouts" / "_kinds" / kind, folder / "layouts" / "_kinds" / kind)
    issue = folder / "content" / ISSUE
    issue.mkdir(parents=True)
    (issue / "issue.yaml").write_text("date: 令和9年4月1日\ntitle: 広報みほん\n", encoding="utf-8")
    return issue


def take(issue: Path, name: str, content: bytes, **wish: str) -> Taken:
    """Take a file in as ``koho intake`` does."""
    sent = issue.parents[1] / "sent"
    sent.mkdir(exist_ok=True)
    (sent / name).write_bytes(content)
    return Reception(issue, open_workspace(issue.parents[1]), Wish(**wish)).take(sent / name)


def article(issue: Path, taken: Taken, number: int = 0) -> dict[str, Any]:
    """An article that was made, as PyYAML reads it, every value a text."""
    text = (issue / "articles" / f"{taken.articles[number][0]}.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return {name: each.rstrip("\n") if isinstance(each, str) else each for name, each in read.items()}


def codes(taken: Taken) -> set[str]:
    return {each.code for each in taken.findings}


def picture() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 180, 120)).save(made, "JPEG")
    made.seek(0)
    return made


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def changed(content: bytes, parts: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """A ZIP with some of its parts changed or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = parts.get(name)
            new.writestr(name, part if isinstance(part, bytes) else part(old.read(name)) if part else old.read(name))
        for name in parts.keys() - set(old.namelist()):
            part = parts[name]
            assert isinstance(part, bytes)
            new.writestr(name, part)
    return made.getvalue()


def with_xml(content: bytes, xml: str, related: str = "", **parts: bytes) -> bytes:
    """A Word file with paragraphs put in as XML before the end of its body, and more parts."""

    def _body(old: bytes) -> bytes:
        at = old.rindex(b"<w:sectPr")
        return old[:at] + xml.encode() + old[at:]

    def _related(old: bytes) -> bytes:
        return old.replace(b"</Relationships>", related.encode() + b"</Relationships>")

    more = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    return changed(content, {"word/document.xml": _body, "word/_rels/document.xml.rels": _related, **more})


RELATION = '<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/>'  # noqa: E501


def course() -> bytes:
    """A department's announcement: spaces for layout, a table of two columns, a picture, everything that Word keeps
    beside its text."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "社会教育課 広報原稿用紙"
    made.add_heading("春の市民講座のご案内", 1)
    words = made.add_paragraph("　春の陽気に誘われ、")
    words.add_run("新しいこと").bold = True
    words.add_run("を始めてみませんか。")
    made.add_paragraph("日　時　令和9年4月11日（日）")
    made.add_paragraph("　　　　13:00～15:30")
    made.add_paragraph("会　場：中央公民館　２階")
    table = made.add_table(2, 2)
    for row, (label, value) in zip(
        table.rows, (("対象", "市内にお住まいの方"), ("参加費", "５００円（材料代）")), strict=True
    ):
        row.cells[0].text, row.cells[1].text = label, value
    for each in ("上ぐつ", "筆記用具"):
        made.add_paragraph(each, style="List Number")
    made.add_picture(picture())
    made.add_paragraph("（写真：昨年のようす）")
    made.add_paragraph("問合せ　社会教育課　42-1890（内線 123）")
    made.add_paragraph("以上")
    xml = (
        "<w:p><w:r><w:t xml:space='preserve'>講師は</w:t></w:r>"
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>しょうじ</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>東海林</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<w:r><w:t>さん、</w:t></w:r><w:r><w:rPr><w:em w:val='dot'/></w:rPr><w:t>定員十人</w:t></w:r>"
        "<w:hyperlink r:id='rIdL' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
        "<w:r><w:t>案内のページ</w:t></w:r></w:hyperlink>"
        "<w:del w:author='山田' w:id='1'><w:r><w:delText>先着順</w:delText></w:r></w:del>"
        "<w:ins w:author='山田' w:id='2'><w:r><w:t>抽選です</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部用の覚え</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:commentRangeStart w:id='0'/><w:r><w:t>雨天中止</w:t></w:r><w:commentRangeEnd w:id='0'/>"
        "<w:r><w:sym w:font='Wingdings' w:char='F028'/></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>EQ \\* jc2 \\o\\ad(\\s\\up 9(るもい),留萌)"
        "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>市内</w:t></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:Choice Requires='wps'><w:drawing><wps:txbx xmlns:wps='x'><w:txbxContent><w:p><w:r><w:t>囲みの言葉</w:t>"
        "</w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>囲みの言葉"
        "</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    related = (
        RELATION.format(
            id="rIdL", kind="hyperlink", target="https://www.city.example.jp/", mode=' TargetMode="External"'
        )
        + RELATION.format(id="rIdC", kind="comments", target="comments.xml", mode="")
        + RELATION.format(id="rIdF", kind="footnotes", target="footnotes.xml", mode="")
    )
    comments = (
        f"<w:comments xmlns:w='{W}'><w:comment w:id='0' w:author='山田 太郎'><w:p><w:r><w:t>課長に確認中</w:t></w:r>"
        "</w:p></w:comment></w:comments>"
    )
    foot = f"<w:footnotes xmlns:w='{W}'><w:footnote w:id='2'><w:p><w:r><w:t>締切は厳守</w:t></w:r></w:p>"
    foot += "</w:footnote></w:footnotes>"
    return with_xml(saved(made), xml, related, word__comments_xml=comments.encode(), word__footnotes_xml=foot.encode())


def duty() -> bytes:
    """Duty doctors: a serial day, telephone numbers without their 0, merged cells, a hidden row, column and sheet, a
    note on a cell, a formula without a result."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "4月"
    sheet.append(["休日当番医（4月）"])
    sheet.merge_cells("A1:F1")
    sheet.append(["月日", "曜日", "内科系", "電話", "外科系", "℡"])
    sheet.append([46481, "日", "みなと医院", "0164-42-0001", "港外科", 164420002])
    sheet.append(["令和9年4月11日", "日", "北内科", "0164-42-0003"])
    sheet.append(["4月18日", "月", "南医院", "0164-42-0004", "浜外科", "42-00"])
    sheet.append(["4月25日", "日", "隠れた医院", "0164-42-0005"])
    sheet.append(["4月29日", "木", "東医院", "=1+1"])
    sheet.row_dimensions[6].hidden = True
    sheet["H3"] = "見えない列"
    sheet.column_dimensions["H"].hidden = True
    sheet["C3"].comment = Comment("院長は交代", "鈴木")
    book.create_sheet("連絡網").append(["秘密の番号 090-0000-0000"])
    book["連絡網"].sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def mail() -> bytes:
    """A mail in ISO-2022-JP with signs that only Windows has, a quote, a signature, an attachment."""
    body = (
        "広報担当　様\r\n\r\n次号に載せてください。\r\n\r\n会場　公民館\r\n対象　市民\r\n\r\n> 先日のお願いです\r\n\r\n"
        "---------------------\r\n社会教育課　山田\r\nshakai@city.example.jp\r\n"
    )
    raw = body.encode("iso2022_jp").replace("次号".encode("iso2022_jp")[3:-3], b"\x2d\x21")  # ① of Windows

    def _header(text: str) -> bytes:
        return b"=?ISO-2022-JP?B?" + base64.b64encode(text.encode("iso2022_jp")) + b"?="

    head = b"From: " + _header("山田") + b" <shakai@city.example.jp>\r\nTo: koho@city.example.jp\r\n"
    head += b"Subject: " + _header("講座のこと") + b"\r\nMIME-Version: 1.0\r\n"
    head += b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
    head += b"Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
    inner = EmailMessage()
    inner.add_attachment(
        "見出し\r\n本文の言葉です。".encode("cp932"), maintype="text", subtype="plain", filename="原稿.txt"
    )
    part = bytes(next(iter(inner.iter_attachments())))
    return head + raw + b"\r\n--b\r\n" + part + b"\r\n--b--\r\n"


PAGE = """<html><head><meta charset="utf-8"><title>市のページ</title><style>p{color:red}</style>
<script>alert('x')</script></head><body><h1>図書館の休み</h1><p>蔵書の<b>点検</b>で<ruby>閉館<rp>(</rp><rt>へいかん</rt><rp>)</rp></ruby>します。
<a href="https://lib.example.jp/">図書館</a></p><ol start="3"><li>返却は<li>ポストへ</ol>
<table><tr><th>日時</th><td>4月5日（月）</td></tr><tr><th>場所</th><td>市立図書館</td></tr></table>
<img src="https://evil.example.jp/a.png" alt="正面の写真"></body></html>"""


def slides() -> bytes:
    """A presentation of one slide with notes, as small as PowerPoint takes it."""
    a, p = (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/presentationml/2006/main",
    )
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    text = "<p:sp><p:nvSpPr><p:cNvPr id='1' name='x'/><p:nvPr>{}</p:nvPr></p:nvSpPr>"
    text += "<p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
    head = f"xmlns:a='{a}' xmlns:p='{p}' xmlns:r='{r}'"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            rels.format(RELATION.format(id="a", kind="officeDocument", target="ppt/presentation.xml", mode="")),
        )
        archive.writestr(
            "ppt/presentation.xml",
            f"<p:presentation {head}><p:sldIdLst><p:sldId id='256' r:id='b'/></p:sldIdLst></p:presentation>",
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels",
            rels.format(RELATION.format(id="b", kind="slide", target="slides/slide1.xml", mode="")),
        )
        shapes = (
            text.format("<p:ph type='title'/>", "港まつりのちらし")
            + text.format("", "日時　8月1日（日）")
            + text.format("", "花火を上げます。")
        )
        archive.writestr(
            "ppt/slides/slide1.xml", f"<p:sld {head}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        )
        archive.writestr(
            "ppt/slides/_rels/slide1.xml.rels",
            rels.format(RELATION.format(id="c", kind="notesSlide", target="../notesSlides/n1.xml", mode="")),
        )
        archive.writestr(
            "ppt/notesSlides/n1.xml",
            f"<p:notes {head}><p:cSld><p:spTree>{text.format('', '口頭で伝える')}</p:spTree></p:cSld></p:notes>",
        )
    return made.getvalue()
