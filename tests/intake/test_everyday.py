"""What arrives on an ordinary day."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.intake.sent import article, codes, picture, saved, take, workspace


@pytest.mark.parametrize(
    "text",
    [
        "講座のご案内\n１　日　時　４月５日（月）\n２　場　所　公民館\n３　対　象　市民\n",
        "講座のご案内\n(1) 日時：４月５日（月）\n(2) 場所：公民館\n(3) 対象：市民\n",
        "講座のご案内\n①日時　４月５日（月）\n②場所　公民館\n③対象　市民\n",
        "講座のご案内\n■日時\n４月５日（月）\n■場所\n公民館\n■対象\n市民\n",
        "講座のご案内\n【日時】\n　４月５日（月）\n【場所】\n　公民館\n【対象】\n　市民\n",
        "講座のご案内\n・とき／４月５日（月）\n・ところ／公民館\n・対象者／市民\n",
        "講座のご案内\n日　時：\n　　４月５日（月）\n場　所：\n　　公民館\n対　象：\n　　市民\n",
        "講座のご案内\n日時\t４月５日（月）\n場所\t公民館\n対象\t市民\n",
        "講座のご案内\n〇日時　　４月５日（月）\n〇場所　　公民館\n〇対象　　市民\n",
    ],
)
def test_fields_however_they_are_set(text: str, tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    said = article(issue, take(issue, "案内.txt", text.encode()))
    assert said["heading"] == "講座のご案内"
    assert (said["when"], said["place"], said["audience"]) == ("４月５日（月）", "公民館", "市民")
    assert "body" not in said


def test_words_that_are_no_label_stay_in_the_text(tmp_path: Path) -> None:
    text = "雪の日\n\n日 曜日は休みます。時間は 午後です。\n場所は広い。\n対象となる人は、電話 をください。\n"
    issue = workspace(tmp_path)
    said = article(issue, take(issue, "雪.txt", text.encode()))
    assert set(said) == {"kind", "heading", "body"}


def test_a_photograph_alone(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    taken = take(issue, "IMG_0412.jpg", picture().read())
    assert article(issue, taken)["picture"] == {"file": "photos/img-0412.jpg"}
    assert "received-alt" in codes(taken)


def test_photographs_of_a_mail_belong_to_it(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "花だより", "a@example.jp"
    mail.set_content("桜が咲きました。\n")
    mail.add_attachment(picture().read(), maintype="image", subtype="jpeg", filename="桜.jpg")
    issue = workspace(tmp_path)
    taken = take(issue, "a.eml", bytes(mail))
    assert len(taken.articles) == 1
    said = article(issue, taken)
    assert (said["heading"], said["body"], said["picture"]) == (
        "花だより",
        "桜が咲きました。",
        {"file": "photos/a.jpg"},
    )


def test_a_sheet_each(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, title, rows in (
        ("健診", "乳幼児健診", [["健診", "日", "対象"], ["4か月児", "4月6日（火）", "令和8年12月生まれ"]]),
        ("相談", "法律相談", [["相談名", "日時", "場所", "電話"], ["法律", "4月8日（木）", "市役所", "42-0001"]]),
    ):
        sheet = book.create_sheet(name)
        sheet.append([title])
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    made = io.BytesIO()
    book.save(made)
    issue = workspace(tmp_path)
    taken = take(issue, "4月分.xlsx", made.getvalue())
    assert [article(issue, taken, number)["kind"] for number in (0, 1)] == ["health-checks", "consultations"]
    assert article(issue, taken, 1)["heading"] == "法律相談"


def test_a_frame_around_the_whole_page(tmp_path: Path) -> None:
    """A table of one cell, with a table in it."""
    made = docx.Document()
    cell = made.add_table(1, 1).rows[0].cells[0]
    cell.text = "海開きのお知らせ"
    cell.add_paragraph("海水浴場を開きます。")
    inner = cell.add_table(2, 2)
    for row, words in zip(inner.rows, (("期間", "7月10日から"), ("費用", "無料")), strict=True):
        row.cells[0].text, row.cells[1].text = words
    issue = workspace(tmp_path)
    said = article(issue, take(issue, "海.docx", saved(made)))
    assert said["heading"] == "海開きのお知らせ"
    assert said["period"] == "7月10日から"
    assert said["fee"] == "無料"


def test_a_broken_manuscript_stops_nothing(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    (issue / "issue.yaml").write_bytes(b"title: [\n\xff")
    assert article(issue, take(issue, "a.txt", "見出し\n文章です。\n".encode()))["body"] == "文章です。"


def test_articles_and_photographs_that_are_there_stay(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    (issue / "articles").mkdir()
    (issue / "articles" / "a.yaml").write_text("kind: notice\n", encoding="utf-8")
    (issue / "photos").mkdir()
    (issue / "photos" / "a-2.jpg").write_bytes(b"mine")
    taken = take(issue, "a.jpg", picture().read())
    assert taken.articles[0][0] == "a-2"
    assert (issue / "articles" / "a.yaml").read_text(encoding="utf-8") == "kind: notice\n"
    assert (issue / "photos" / "a-2.jpg").read_bytes() == b"mine"
    assert article(issue, taken)["picture"]["file"] == "photos/a-2-2.jpg"


LETTER = """\
令和9年2月10日
総務課広報係長　様
税務課長
広報みほん4月号への掲載について（依頼）
標記の件について、下記のとおり掲載くださるようお願いします。
記
１　掲載内容
固定資産税の縦覧
　土地・家屋の価格を、縦覧帳簿で確かめられます。
（１）期　間　４月１日（木）～５月31日（月）
（２）場　所　税務課（市役所１階）
（３）対象者　固定資産税の納税者
２　掲載希望号　４月号
３　担　当　資産税係（内線　123）
以上
"""
MAIL = """\
差出人: 健康課 山田 <k@city.example.jp>
宛先: 広報
件名: 献血のお知らせ

お世話になっております。
下記の掲載をお願いします。

献血にご協力ください
日時：4月12日（月）10時～16時
問合せ：健康課（電話 42-1801）

よろしくお願いいたします。
--------------------
見本市 健康課 山田
"""


def test_an_official_letter_leaves_its_article(tmp_path: Path) -> None:
    made = docx.Document()
    for line in LETTER.splitlines():
        made.add_paragraph(line)
    issue = workspace(tmp_path)
    said = article(issue, take(issue, "依頼.docx", saved(made)))
    assert said.pop("leftover").split("\n") == [
        "令和9年2月10日",
        "総務課広報係長　様",
        "税務課長",
        "広報みほん4月号への掲載について（依頼）",
        "標記の件について、下記のとおり掲載くださるようお願いします。",
        "記",
        "１　掲載内容",
        "２　掲載希望号　４月号",
        "以上",
    ]
    assert said == {
        "kind": "notice",
        "heading": "固定資産税の縦覧",
        "body": "土地・家屋の価格を、縦覧帳簿で確かめられます。",
        "period": "４月１日（木）～５月31日（月）",
        "place": "税務課（市役所１階）",
        "audience": "固定資産税の納税者",
        "ask": {"department": "資産税係（内線　123）"},
    }


def test_a_mail_that_was_pasted_leaves_its_article(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    taken = take(issue, "メール.txt", MAIL.encode("cp932"))
    said = article(issue, taken)
    assert (said["heading"], said["body"]) == ("献血のお知らせ", "献血にご協力ください")
    assert said["ask"] == {"department": "健康課", "telephone": "42-1801"}
    assert "お世話になっております。" in said["leftover"]
    assert "山田" not in said["heading"] + said["body"]
    assert any("k@city.example.jp" in each.message for each in taken.findings)


def test_words_of_an_article_are_no_letter(tmp_path: Path) -> None:
    """A sentence that only begins like one of a letter stays in the text."""
    lines = ("市長が語る", "以上のことから、道を直します。", "記念の式を開きます。", "町内会長の会議がありました。")
    issue = workspace(tmp_path)
    said = article(issue, take(issue, "a.txt", "\n".join(lines).encode()))
    assert said["body"] == "\n\n".join(lines[1:])
