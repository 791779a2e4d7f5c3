"""A Word file becomes an article: marks, numbers, fields that were set with spaces, what stands beside the text."""

from pathlib import Path
from typing import Any

import docx
import pytest
from tests.intake.sent import W, article, codes, course, saved, take, with_xml, workspace

from koho_pdf.intake.reception import Taken


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Taken, dict[str, Any]]:
    issue = workspace(tmp_path_factory.mktemp("w"))
    taken = take(issue, "春の市民講座.docx", course())
    return issue, taken, article(issue, taken)


def test_the_kind_is_found_and_fields_are_where_they_belong(made: tuple[Path, Taken, dict[str, Any]]) -> None:
    _, taken, said = made
    assert taken.articles[0][1] == "お知らせ"
    assert said["kind"] == "notice"
    assert said["heading"] == "春の市民講座のご案内"
    assert said["when"] == "令和9年4月11日（日）13:00～15:30"
    assert said["place"] == "中央公民館　２階"
    assert said["audience"] == "市内にお住まいの方"
    assert said["fee"] == "５００円（材料代）"
    assert said["ask"] == {"department": "社会教育課", "telephone": "42-1890（内線 123）"}


def test_marks_of_word_are_marks_of_the_manuscript(made: tuple[Path, Taken, dict[str, Any]]) -> None:
    body = made[2]["body"]
    assert "**新しいこと**を始めて" in body
    assert "{東海林|しょうじ}さん" in body
    assert "《《定員十人》》" in body
    assert "[案内のページ](https://www.city.example.jp/)" in body
    assert "{留萌|るもい}市内" in body, "the ruby of old Word, a field"
    assert "☎" in body, "a sign of Wingdings"
    assert "1. 上ぐつ\n\n2. 筆記用具" in body, "automatic numbers are words"
    assert body.count("囲みの言葉") == 1, "a text box, and not its stand-in for old Word"


def test_what_is_pending_is_told_and_only_the_accepted_text_stays(made: tuple[Path, Taken, dict[str, Any]]) -> None:
    issue, taken, said = made
    text = (issue / "articles" / f"{taken.articles[0][0]}.yaml").read_text(encoding="utf-8")
    told = {each.code: each.message for each in taken.findings}
    assert "抽選です" in said["body"]
    for words, code in (
        ("先着順", "received-tracked"),
        ("内部用の覚え", "received-hidden"),
        ("課長に確認中", "received-comment"),
    ):
        assert words not in text
        assert any(each.code == code and words in each.message for each in taken.findings)
    assert "山田 太郎" in told["received-comment"]
    assert "山田" not in text
    assert said["leftover"].split("\n") == ["以上", "社会教育課 広報原稿用紙"]
    assert "（注1）締切は厳守" in said["body"]


def test_a_picture_is_a_file_with_its_caption(made: tuple[Path, Taken, dict[str, Any]]) -> None:
    issue, taken, said = made
    assert said["picture"]["caption"] == "（写真：昨年のようす）"
    assert (issue / said["picture"]["file"]).read_bytes().startswith(b"\xff\xd8")
    assert "received-alt" in codes(taken)


def test_several_headings_are_several_articles(tmp_path: Path) -> None:
    made = docx.Document()
    for name in ("税の相談", "年金の相談"):
        made.add_heading(name, 1)
        made.add_paragraph("日時　4月5日（月）")
    issue = workspace(tmp_path)
    taken = take(issue, "news.docx", saved(made))
    assert [article(issue, taken, number)["heading"] for number in (0, 1)] == ["税の相談", "年金の相談"]
    assert [id_ for id_, _ in taken.articles] == ["news", "news-2"]


def test_headings_below_a_title_are_parts_of_one_article(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("港の一年", 0)
    for name in ("春", "夏"):
        made.add_heading(name, 1)
        made.add_paragraph(f"{name}の港は静かです。")
    issue = workspace(tmp_path)
    taken = take(issue, "港.docx", saved(made))
    assert len(taken.articles) == 1
    assert article(issue, taken)["body"] == "**春**\n\n春の港は静かです。\n\n**夏**\n\n夏の港は静かです。"


@pytest.mark.parametrize(
    ("format_", "text", "wanted"),
    [
        ("decimalEnclosedCircle", "%1", "①"),
        ("japaneseCounting", "%1、", "一、"),
        ("aiueo", "（%1）", "（ア）"),
        ("decimalFullWidth", "第%1", "第１"),
        ("bullet", "\uf06c", "・"),
        ("bullet", "●", "●"),
        ("lowerRoman", "%1.", "i. "),
    ],
)
def test_automatic_numbers_of_every_sort(format_: str, text: str, wanted: str, tmp_path: Path) -> None:
    numbering = (
        f"<w:numbering xmlns:w='{W}'><w:abstractNum w:abstractNumId='9'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
        f"<w:numFmt w:val='{format_}'/><w:lvlText w:val='{text}'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='9'><w:abstractNumId w:val='9'/></w:num></w:numbering>"
    )
    xml = (
        "<w:p><w:r><w:t>持ち物を忘れないでください。</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='9'/></w:numPr></w:pPr>"
        "<w:r><w:t>上ぐつ。</w:t></w:r></w:p>"
    )
    issue = workspace(tmp_path, ("notice",))
    sent = with_xml(saved(docx.Document()), xml, word__numbering_xml=numbering.encode())
    assert article(issue, take(issue, "番号.docx", sent))["body"].split("\n\n")[-1] == f"{wanted}上ぐつ。"


@pytest.mark.parametrize(
    "text", ["{留萌|", "**", "a*b*c", "《《", "[a](b)", "((株)港", "{改行}", "back\\slash", "《", "{{x}}"]
)
def test_signs_that_look_like_marks_stay_what_they_are(text: str, tmp_path: Path) -> None:
    """The article reads the same characters as the file has."""
    from koho_pdf.content.values.inline import parse_inline
    from koho_pdf.content.values.runs import plain_of

    made = docx.Document()
    made.add_heading("見出し", 1)
    words = made.add_paragraph(f"前の{text}と")
    words.add_run(text).bold = True
    words.add_run("の後。")
    issue = workspace(tmp_path, ("notice",))
    said = article(issue, take(issue, "印.docx", saved(made)))["body"]
    assert plain_of(parse_inline(said)) == f"前の{text}と{text}の後。"
