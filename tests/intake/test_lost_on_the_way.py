"""Words that were once lost between a department's file and its article, each with the smallest file that has them."""

from __future__ import annotations

import io
import json
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from tests.intake.sent import RELATION, article, codes, saved, take, with_xml, workspace

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _word(xml: str, related: str = "", **parts: bytes) -> bytes:
    made = docx.Document()
    made.add_paragraph("春の講座のお知らせ")
    return with_xml(saved(made), xml, related, **parts)


def _run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def _mail(text: str, page: str = "", forwarded: EmailMessage | None = None, **files: bytes) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "山田 <a@city.example.jp>", "講座のこと"
    made.set_content(text)
    if page:
        made.add_alternative(page, subtype="html")
    if forwarded:
        made.add_attachment(forwarded)
    for name, content in files.items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return bytes(made)


def _inner() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "佐藤 <s@city.example.jp>", "中の件名"
    made.set_content("中の本文")
    return made


ROW = (
    "<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc><w:p><w:del w:id='2'><w:r><w:delText>消した行</w:delText>"
    "</w:r></w:del></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>残る行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
BOX = "<w:drawing><wp:docPr xmlns:wp='x' id='1' name='n' descr='箱の説明' title='箱の題'/></w:drawing>"
OBJECT = "<w:object><o:OLEObject xmlns:o='x' ProgID='Excel.Sheet.12'/></w:object>"
CHUNK = "<w:altChunk xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' r:id='rIdA'/>"
FORMULA = (
    "<w:p><m:oMath xmlns:m='x'><m:f><m:num><m:r><m:t>上</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>下</m:t></m:r></m:den></m:f></m:oMath></w:p>"
)
RAISED = _run("2", "<w:vertAlign w:val='superscript'/>")
LOOKS = f"<w:p>{_run('消したい言葉', '<w:strike/>')}{_run('広さ12m')}{RAISED}</w:p>"
PAGE = "<meta charset='utf-8'><h1>題</h1><p style='display: none'>見えない段</p><noscript>動かない時</noscript>"

ART = "<w:pict><v:shape xmlns:v='x'><v:textpath string='大売出し'/></v:shape></w:pict>"


def _old_field(kind: str, inner: str) -> str:
    """A field of a form as Word made them before 2007, which has no result."""
    begun = f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{inner}</w:ffData></w:fldChar></w:r>"
    return f"{begun}<w:r><w:instrText>{kind}</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"


CHOICES = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='午前'/><w:listEntry w:val='午後'/></w:ddList>"
OLD_FORM = _old_field("FORMDROPDOWN", CHOICES) + _old_field("FORMCHECKBOX", "<w:checkBox><w:checked/></w:checkBox>")

FILES = {
    "飾り文字.docx": (_word(f"<w:p><w:r>{ART}</w:r></w:p>"), "大売出し", ""),
    "古い様式.docx": (_word(f"<w:p>{OLD_FORM}</w:p>"), "午後☑", ""),
    "消した行.docx": (_word(ROW), "消した行", "received-tracked"),
    "図の説明.docx": (_word(f"<w:p><w:r>{BOX}</w:r></w:p>"), "箱の説明 箱の題", "received-aside"),
    "埋め込み.docx": (_word(f"<w:p><w:r>{OBJECT}</w:r></w:p>"), "Excel.Sheet.12", "received-embedded"),
    "差し込み.docx": (
        _word(CHUNK, RELATION.format(id="rIdA", kind="aFChunk", target="c.html", mode=""), word__c_html=b"<p>x</p>"),
        "c.html",
        "received-embedded",
    ),
    "数式.docx": (_word(FORMULA), "上下", "received-shape"),
    "取り消し線.docx": (_word(LOOKS), "消したい言葉", "received-shape"),
    "外字.txt": ("見出し\n\ue000田さん\n".encode(), "外字 U+E000", "received-character"),
    "濁点.txt": ("見出し\nか\u3099っこう\n".encode(), "が、1か所", "received-encoding"),
    "行の区切り.txt": ("見出し\u2028一行目\x85二行目\x0b三行目".encode(), "一行目", ""),
    "一字こわれた.csv": (
        "月日,病院,電話\r\n4月4日（日）,みなと".encode("cp932") + b"\xff" + "医院,0164-42-0001\r\n".encode("cp932"),
        "医院 0164-42-0001",
        "received-character",
    ),
    "二つの本文.eml": (_mail("文の方", "<p>文の方</p><p>頁だけの言葉</p>"), "頁だけの言葉", "received-mail-html"),
    "転送.eml": (_mail("外の本文", forwarded=_inner()), "中の件名 中の本文 佐藤 s@city.example.jp", "received-mail"),
    "転送の文.eml": (
        _mail("外の本文\n\n---- 転送 ----\nFrom: 佐藤 <s@city.example.jp>\nSubject: 中の件名\n\n中の本文\n"),
        "中の件名 中の本文 佐藤",
        "received-mail",
    ),
    "隠した段.html": (
        PAGE.encode(),
        "見えない段 動かない時",
        "received-hidden",
    ),
    "表を保存.xls": (
        "<html><meta charset='utf-8'><table><tr><td>月日<td>病院<tr><td>4月4日（日）<td>みなと医院</table>".encode(),
        "みなと医院",
        "",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_the_words_are_in_the_article_or_told(name: str, tmp_path: Path) -> None:
    content, words, code = FILES[name]
    issue = workspace(tmp_path)
    taken = take(issue, name, content)
    said = [(issue / "articles" / f"{id_}.yaml").read_text(encoding="utf-8") for id_, _ in taken.articles]
    said += [each.message for each in taken.findings]
    assert [each for each in words.split() if each not in "\n".join(said)] == []
    assert not code or code in codes(taken)


def test_each_mail_of_several_is_an_article_without_its_sender(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    mails = "件名: 一つ目\n差出人: 山田 <a@example.jp>\n\n日時：4月5日（月）\n\n"
    mails += "From: 佐藤 <s@example.jp>\nSubject: 二つ目\n\n本文\n"
    box = "From a@b Mon\nSubject: one\nFrom: a@b\n\nsea\n\nFrom c@d Tue\nSubject: two\nFrom: c@d\n\nend\n"
    taken = take(issue, "二通.txt", mails.encode())
    assert [article(issue, taken, at)["heading"] for at in (0, 1)] == ["一つ目", "二つ目"]
    assert article(issue, taken)["when"] == "4月5日（月）"
    assert "example.jp" not in json.dumps([article(issue, taken, at) for at in (0, 1)])
    boxed = take(issue, "箱.mbox", box.encode())
    assert [article(issue, boxed, at)["heading"] for at in (0, 1)] == ["one", "two"]


def test_a_program_and_a_mail_of_a_thousand_parts_are_refused_by_name(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    taken = take(issue, "添付.eml", _mail("本文", x_exe=b"MZ", y_js=b"alert(1)"))
    assert len(taken.articles) == 1
    assert {each.where.file for each in taken.findings if each.code == "received-refused"} == {
        "添付.eml/x.exe",
        "添付.eml/y.js",
    }
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(1000))
    taken = take(issue, "入れ子.eml", f"Subject: x\n{nested}Content-Type: text/plain\n\nx\n".encode())
    assert codes(taken) == {"received-too-large"} and not taken.articles


def test_a_length_of_time_is_the_same_in_a_workbook_of_a_mac(tmp_path: Path) -> None:
    import datetime

    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["行事", "長さ"])
    book.active.append(["夜通し", datetime.timedelta(hours=25, minutes=30)])
    book.active["B2"].number_format = "[h]:mm"
    made = io.BytesIO()
    book.save(made)
    issue = workspace(tmp_path, ("notice",))
    taken = take(issue, "長さ.xlsx", made.getvalue())
    assert "25:30" in json.dumps(article(issue, taken))


def test_cells_that_are_far_away_or_unseen_and_readings_are_told(tmp_path: Path) -> None:
    import openpyxl
    from tests.intake.sent import changed

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["行事名", "日時", "場所"],
        ["香月まつり", "4月4日（日）", "公民館"],
        ["海の日", "7月19日（月）", "白い字"],
    ):
        sheet.append(row)
    sheet["C3"].number_format, sheet["XFD1048576"] = ";;;", "遠い字"
    sheet.oddHeader.center.text = '&"游ゴシック"&12印刷の頭&P'
    base = "香月まつり".encode("ascii", "xmlcharrefreplace")
    reading = '</t><rPh sb="0" eb="2"><t>カツキ</t></rPh><phoneticPr fontId="1"/>'.encode()
    content = changed(
        saved(book), {"xl/worksheets/sheet1.xml": lambda old: old.replace(base + b"</t>", base + reading)}
    )
    issue = workspace(tmp_path)
    taken = take(issue, "行事.xlsx", content)
    told = {each.code: each.message for each in taken.findings if each.code != "received-unplaced"}
    assert "XFD1048576 遠い字" in told["received-cell"]
    assert "C3 白い字" in told["received-hidden"]
    assert "A2 香月（カツキ）" in told["received-reading"]
    assert article(issue, taken)["leftover"] == "印刷の頭"
    assert article(issue, taken)["heading"] == "香月まつり"


def test_each_sheet_is_an_article_though_one_has_a_single_line(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["月日", "病院", "電話"], ["4月4日（日）", "みなと医院", "0164-42-0001"], ["※ 変わることがあります"]):
        book.active.append(row)
    book.create_sheet("別")["A1"] = "二つ目のシート"
    issue = workspace(tmp_path)
    taken = take(issue, "当番医.xlsx", saved(book))
    first, second = article(issue, taken), article(issue, taken, 1)
    assert len(first["days"]) == 1 and "変わることがあります" in first["leftover"]
    assert second["heading"] == "二つ目のシート"


def test_the_heading_is_not_the_department_that_sent_the_letter(tmp_path: Path) -> None:
    made = docx.Document()
    for each in ("令和9年3月1日", "広報担当　様", "都市整備課", "春の園芸教室を開きます", "記", "日時：4月17日（土）"):
        made.add_paragraph(each)
    issue = workspace(tmp_path)
    said = article(issue, take(issue, "園芸.docx", saved(made)))
    assert said["heading"] == "春の園芸教室を開きます" and "都市整備課" in said["leftover"]


def test_an_empty_column_and_a_tab_make_no_odd_words(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    taken = take(issue, "行事.csv", "行事名,日時,対象,費用\n春まつり,4月4日（日）,,\n海の日,7月19日（月）,,\n".encode())
    assert "leftover" not in article(issue, taken)
    assert any("「対象」「費用」" in each.message for each in taken.findings)
    taken = take(issue, "字.txt", "見出し\n前\t後ろ\n次の段\n".encode())
    assert article(issue, taken)["body"] == "前　後ろ\n\n次の段" and "text-over-lines" not in codes(taken)


def _tables(*between: str) -> bytes:
    """A Word file with two tables with the same heads, and these lines between them."""
    made = docx.Document()
    made.add_paragraph("休日当番医")
    heads = ("月日", "病院", "電話")
    for at, row in enumerate((("4月4日（日）", "みなと医院", "42-0001"), ("4月11日（日）", "北医院", "42-0002"))):
        for each in between if at else ():
            made.add_paragraph(each)
        table = made.add_table(0, 3)
        for words in (heads, row):
            for cell, text in zip(table.add_row().cells, words, strict=True):
                cell.text = text
        made.add_paragraph("")
    return saved(made)


def test_a_second_table_goes_on_or_is_an_article_of_its_own(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    joined = article(issue, take(issue, "続き.docx", _tables()))
    assert [each["day"] for each in joined["days"]] == ["4月4日（日）", "4月11日（日）"] and "leftover" not in joined
    apart = take(issue, "歯科.docx", _tables("休日歯科"))
    assert [article(issue, apart, at)["heading"] for at in (0, 1)] == ["休日当番医", "休日歯科"]
    assert [len(article(issue, apart, at)["days"]) for at in (0, 1)] == [1, 1]
    noted = article(issue, take(issue, "注.docx", _tables("※ 変わることがあります。")))
    assert "北医院" in noted["leftover"]


def test_a_table_of_nobody_knows_what_is_no_article_of_births(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    taken = take(issue, "何か.csv", "項目,値\n重さ,3\n長さ,5\n".encode())
    assert article(issue, taken)["kind"] == "notice" and "重さ" in article(issue, taken)["leftover"]


def test_links_of_cells_sheets_of_charts_and_notes_on_a_pdf(tmp_path: Path) -> None:
    import openpyxl
    import pikepdf
    from openpyxl.chart import BarChart, Reference

    book = openpyxl.Workbook()
    for row in (
        ["行事名", "日時", "場所"],
        ["春まつり", "4月4日（日）", "申込はこちら"],
        ["海の日", "7月19日（月）", "浜"],
    ):
        book.active.append(row)
    book.active["C2"].hyperlink = "https://example.jp/form"
    chart = BarChart()
    chart.title = "グラフの題"
    chart.add_data(Reference(book.active, min_col=1, min_row=1, max_row=2))
    book.create_chartsheet("図").add_chart(chart)
    issue = workspace(tmp_path)
    left = article(issue, take(issue, "行事.xlsx", saved(book)))["leftover"]
    assert "C2 のリンク　https://example.jp/form" in left and "グラフの題" in left
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        filled = pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, V=pikepdf.String("欄の字"))
        noted = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Contents=pikepdf.String("付せんの字"))
        for each in (filled, noted):
            each.Type, each.Rect = pikepdf.Name.Annot, [0, 0, 9, 9]
        page.Annots = pikepdf.Array([pdf.make_indirect(filled), pdf.make_indirect(noted)])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([page.Annots[0]]))
        pdf.save(made)
    assert article(issue, take(issue, "申込書.pdf", made.getvalue()))["leftover"] == "欄の字\n付せんの字"


def test_parts_of_a_mail_that_are_too_many_are_named(tmp_path: Path) -> None:
    issue = workspace(tmp_path, ("notice",))
    parts = "".join(f"--b\nContent-Type: text/plain; name=f{at}.txt\n\n \n" for at in range(205))
    mail = f"Subject: x\nFrom: a@b\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"
    taken = take(issue, "多い.eml", mail.encode())
    (told,) = (each.message for each in taken.findings if each.code == "received-too-large")
    assert "f204.txt" in told and "f100.txt" not in told


def test_a_text_of_very_many_lines_is_refused_before_it_takes_long(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    taken = take(issue, "行.txt", ("見出し\n" + "a\n" * 200_000).encode())
    assert codes(taken) == {"received-too-large"} and not taken.articles
