"""The folder ``received/``: files stay as they were sent, nobody gets them, nothing is done twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Koho
from tests.intake.sent import article, codes, course, duty, mail, slides, take, workspace

from koho_pdf.content.public import public_manuscript
from koho_pdf.errors import UsageError
from koho_pdf.findings import Severity
from koho_pdf.intake.received_files import entries
from koho_pdf.intake.written_articles import articles_by_department
from koho_pdf.manuscript.own_files import Unread, content_of, files_in
from koho_pdf.workspace.workspace import open_workspace


def test_a_file_that_was_taken_in_is_not_taken_in_again(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    content = course()
    first = take(issue, "講座.docx", content)
    again = take(issue, "別の名前.docx", content)
    assert first.articles
    assert not again.articles
    assert codes(again) == {"received-already"}


def test_a_later_version_is_another_article_and_told(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    take(issue, "講座.txt", "講座\n\n場所　公民館\n".encode())
    again = take(issue, "講座_最終2.txt", "講座\n\n場所　図書館\n".encode())
    assert "received-again" in codes(again)
    assert article(issue, again)["place"] == "図書館"
    assert len(list((issue / "articles").iterdir())) == 2


def test_two_files_of_one_name_both_stay(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    take(issue, "a.txt", "一つ目の文章です。\n".encode())
    taken = take(issue, "a.txt", "二つ目の文章です。\n".encode())
    assert taken.file == "a-2.txt"
    assert (issue / "received" / "a.txt").read_text(encoding="utf-8") == "一つ目の文章です。\n"
    assert [each.file for each in entries(issue)] == ["a.txt", "a-2.txt"]


def test_git_ignores_the_folder(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    take(issue, "a.txt", "文章です。\n".encode())
    assert "*" in (issue / "received" / ".gitignore").read_text(encoding="utf-8").split()


@pytest.mark.parametrize("name", ["received/a.jpg", "./received/a.jpg", "Received/a.jpg", "ｒeceived/a.jpg"])
def test_no_manuscript_shows_a_file_of_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "received").mkdir()
    (tmp_path / "received" / "a.jpg").write_bytes(b"x")
    with pytest.raises(Unread):
        content_of(tmp_path, name, 100)
    assert files_in(tmp_path, (".jpg",)) == []


def test_leftover_words_are_in_no_public_manuscript(tmp_path: Path) -> None:
    from koho_pdf.kinds.kind_file import read_kind
    from koho_pdf.manuscript.mistakes import checked
    from koho_pdf.manuscript.reader import read_bytes

    issue = workspace(tmp_path, ("notice",))
    kind = read_kind(tmp_path / "layouts" / "_kinds" / "notice", tmp_path)
    text = "id: a\nkind: notice\nheading: 見出し\nleftover: |\n  秘密の言葉\n  - 記\n"
    value, found = checked(read_bytes(text.encode(), "a.yaml"), kind.article_model)
    assert not found
    assert value is not None
    assert value.leftover == "秘密の言葉\n- 記"  # type: ignore[attr-defined]
    assert "秘密" not in public_manuscript(value)  # type: ignore[arg-type]
    assert issue.is_dir()


def test_wishes_that_cannot_be_are_told(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    for wish in ({"kind": "no-such"}, {"department": "宇宙課"}, {"id": "だめ"}):
        with pytest.raises(UsageError):
            take(issue, "a.txt", b"a", **wish)
    assert not (issue / "articles").exists()


def test_the_department_is_known_by_the_address_of_a_mail(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    taken = take(issue, "依頼.eml", mail())
    assert entries(issue)[0].department == "社会教育課"
    assert len(taken.articles) == 2, "the mail, and the text that was attached"
    assert article(issue, taken, 1)["heading"] == "見出し"
    assert article(issue, taken)["heading"] == "講座のこと"
    assert "①に載せてください。" in article(issue, taken)["body"]


def test_slides_become_an_article_with_notes_aside(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    said = article(issue, take(issue, "ちらし.pptx", slides()))
    assert said["heading"] == "港まつりのちらし"
    assert said["when"] == "8月1日（日）"
    assert said["leftover"] == "口頭で伝える"


def test_an_old_file_goes_through_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Played by a program that puts a new file beside the old one, as LibreOffice does."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    (tmp_path / "made.docx").write_bytes(course())
    program.write_text(
        f'#!/bin/sh\nfor each; do out=$last; last=$each; done\ncp {tmp_path}/made.docx "$(dirname "$last")/a.docx"\n'
    )
    program.chmod(0o755)
    issue = workspace(tmp_path / "w")
    old = b"\xd0\xcf\x11\xe0" + b"\0" * 600
    monkeypatch.setenv("PATH", "/nowhere")
    without = take(issue, "講座.doc", old)
    assert codes(without) == {"received-old-format"}
    assert not without.articles
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    taken = take(issue, "講座.doc", old)
    assert "received-turned" in codes(taken)
    assert article(issue, taken)["heading"] == "春の市民講座のご案内"


@pytest.mark.parametrize("name", ["原稿.jtd", "IMG_0412.HEIC", "資料.zip", "x.xdw", "x.msg", "x.bin"])
def test_a_format_that_cannot_be_read_is_told_with_the_way_out(name: str, tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    content = b"PK\x05\x06" + b"\0" * 18 if name.endswith("zip") else bytes(range(256)) * 4
    taken = take(issue, name, content)
    assert codes(taken) == {"received-other-format"}
    assert all(each.hint for each in taken.findings)
    assert (issue / "received" / name).is_file(), "kept all the same"


def test_the_command(koho: Koho, tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    for name, content in (("講座.docx", course()), ("当番医.xlsx", duty())):
        (tmp_path / name).write_bytes(content)
    run = koho("intake", issue.name, "講座.docx", "当番医.xlsx", "ない.docx", folder=tmp_path)
    assert run.returncode == 64
    assert "講座.docx → articles/notice-1.yaml（お知らせ）" in run.stdout
    assert "当番医.xlsx → articles/duty-doctors-1.yaml（休日当番医）" in run.stdout
    assert "(no-file)" in run.stderr
    told = koho("intake", issue.name, "講座.docx", "--kind", "notice", "--id", "koza", "--json", folder=tmp_path)
    assert '"koza"' in told.stdout


def test_mends_are_proposed_and_nothing_is_changed(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    sent = "春の園芸教室\n４月１７日(日)に、子供も参加出来ます。\n日時　4月17日(土)\n問合せ　税務課（内線 55）\n"
    taken = take(issue, "園芸.txt", sent.encode())
    assert article(issue, taken)["body"] == "４月１７日(日)に、子供も参加出来ます。"
    told = {each.code: each for each in taken.findings}
    assert "「出来」→「でき」" in told["received-mends"].message and "「１７」→「17」" in told["received-mends"].message
    assert told["l01-weekday"].severity is Severity.WARNING and (told["l01-weekday"].where.line or 0) > 1
    assert "l23-brackets" not in told


def test_departments_are_those_of_articles_where_the_city_names_none(tmp_path: Path) -> None:
    issue = workspace(tmp_path)
    (tmp_path / "koho.yaml").write_text("municipality: 見本市\npress: offset-coated\n", encoding="utf-8")
    taken = take(issue, "園芸.txt", "春の園芸教室\n場所　公園\n問合せ　公園課 緑化係 0164-42-0001\n".encode())
    of = open_workspace(tmp_path)
    assert articles_by_department(issue, of) == {"公園課": (taken.articles[0][0],)}
    assert entries(issue)[-1].department == "公園課"
