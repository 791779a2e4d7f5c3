"""An issue open at the desk: changes, conflicts, undo and redo, also after a restart and beside others."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kinds import quiz
from tests.plan import paper

from koho_pdf.desk.change import Change, Conflict, Refused, Saved
from koho_pdf.desk.open_issue import OpenIssue


@pytest.fixture
def issue(tmp_path: Path) -> OpenIssue:
    return OpenIssue(quiz.make(tmp_path), tmp_path)


def text_of(issue: OpenIssue) -> str:
    return (issue.folder / "issue.yaml").read_text(encoding="utf-8")


def put(issue: OpenIssue, field: str, old: str, new: str, author: str = "山田") -> object:
    return issue.change(Change("", field, old, new, author=author))


def test_every_article_of_a_manuscript_has_a_sheet(issue: OpenIssue) -> None:
    sheets = {sheet.key: sheet for sheet in issue.sheets()}
    assert list(sheets) == [
        "",
        *(f"rounds.{n}" for n in ("0", "0.questions.0", "0.questions.1", "1", "1.questions.0")),
        "rules",
        "ask",
    ]
    question = sheets["rounds.0.questions.1"]
    assert (question.title, question.kind, question.above) == ("昔よくとれた魚は何ですか", "問題2", "海の回")
    shown = {each.path.rpartition(".")[2]: each.value for each in question.fields}
    assert shown == {"question": "昔よくとれた魚は何ですか", "choices": ["サンマ", "ニシン"], "hint": None}


def test_a_change_is_on_the_disk_and_can_be_undone_tomorrow(issue: OpenIssue) -> None:
    before = text_of(issue)
    assert put(issue, "title", "るもいクイズ", "港クイズ") == Saved(1, ("issue.yaml",), ("title",), ("港クイズ",))
    after = text_of(issue)
    assert after == before.replace("title: るもいクイズ", "title: 港クイズ")
    tomorrow = OpenIssue(issue.folder, issue.root)
    assert isinstance(tomorrow.undo("山田"), Saved)
    assert text_of(issue) == before
    assert isinstance(issue.redo("山田"), Saved)
    assert text_of(issue) == after
    assert issue.redo("山田") is None
    assert isinstance(issue.undo("山田"), Saved)
    assert issue.undo("山田") is None


def test_what_another_window_changed_is_shown_and_stays(issue: OpenIssue) -> None:
    other = OpenIssue(issue.folder, issue.root)
    put(issue, "title", "るもいクイズ", "港クイズ")
    told = put(other, "title", "るもいクイズ", "海クイズ", "佐藤")
    assert told == Conflict("", "title", "るもいクイズ", "海クイズ", "港クイズ", 1)
    assert "title: 港クイズ" in text_of(issue)
    assert isinstance(put(other, "rounds.1.name", "まちの回", "街の回", "佐藤"), Saved)
    assert isinstance(issue.undo("山田"), Saved), "each takes back what is his own"
    assert "title: るもいクイズ" in text_of(issue)
    assert "name: 街の回" in text_of(issue)


def test_a_place_that_was_changed_since_is_not_undone(issue: OpenIssue) -> None:
    put(issue, "title", "るもいクイズ", "港クイズ")
    put(issue, "title", "港クイズ", "海クイズ", "佐藤")
    told = issue.undo("山田")
    assert told == Conflict("", "title", "港クイズ", "るもいクイズ", "海クイズ", 2)


def test_what_an_editor_saved_outside_is_merged(issue: OpenIssue) -> None:
    put(issue, "title", "るもいクイズ", "港クイズ")
    path = issue.folder / "issue.yaml"
    path.write_text(text_of(issue).replace("海の回", "うみの回") + "# 外で書いた覚え書き\n", encoding="utf-8")
    assert issue.look() == 2
    assert isinstance(put(issue, "lead", "港町{留萌|るもい}のことを、どれだけ知っていますか。", "さあ。"), Saved)
    assert isinstance(issue.undo("山田"), Saved)
    assert isinstance(issue.undo("山田"), Saved)
    assert "title: るもいクイズ" in text_of(issue)
    assert "うみの回" in text_of(issue)
    assert text_of(issue).endswith("# 外で書いた覚え書き\n")


def test_where_nothing_can_stand_nothing_is_written(issue: OpenIssue) -> None:
    before = text_of(issue)
    assert isinstance(issue.change(Change("nai", "heading", "あ", "い")), Refused)
    assert text_of(issue) == before


def test_lists_and_optional_fields_change_in_one_step_each(issue: OpenIssue) -> None:
    before, list_ = text_of(issue), "rounds.0.questions.1.choices"
    told = issue.change(Change("", f"{list_}.1", None, "{鮭|さけ}\n", act="insert"))
    assert isinstance(told, Saved)
    assert (told.fields, told.values) == ((list_,), (["サンマ", "{鮭|さけ}", "ニシン"],))
    assert isinstance(issue.change(Change("", f"{list_}.2", "ニシン", act="move", to=0)), Saved)
    assert "choices: [ニシン, サンマ, '{鮭|さけ}']" in text_of(issue)
    assert isinstance(issue.change(Change("", f"{list_}.1", "ニシン", act="remove")), Conflict), (
        "another item stands there"
    )
    assert isinstance(issue.change(Change("", f"{list_}.1", "サンマ", act="remove")), Saved)
    assert isinstance(issue.change(Change("", "rounds.1.questions.0.hint", None, "葉が落ちます。")), Saved)
    assert text_of(issue).count("葉が落ちます。\nrules:") == 1
    assert isinstance(
        issue.change(Change("", "prize", "正解した方の中から、地元の{鰊|にしん}漬けを差し上げます。", None)), Saved
    )
    assert "prize" not in text_of(issue)
    for _ in range(5):
        assert isinstance(issue.undo(), Saved)
    assert text_of(issue) == before
    assert issue.undo() is None


def test_several_changes_are_one_step(issue: OpenIssue) -> None:
    before = text_of(issue)
    both = Change("", "title", "るもいクイズ", "港クイズ"), Change("", "rounds.0.name", "海の回", "港の回")
    assert isinstance(issue.change(*both), Saved)
    assert isinstance(issue.undo(), Saved)
    assert text_of(issue) == before
    wrong = Change("", "title", "るもいクイズ", "港クイズ"), Change("", "rounds.0.name", "山の回", "港の回")
    assert isinstance(issue.change(*wrong), Conflict)
    assert text_of(issue) == before, "all or none"


def test_articles_in_files_and_in_the_issue_have_sheets_and_changes(home: Path, tmp_path: Path) -> None:
    articles = {"n1": paper.notice(1, 20), "n2": paper.notice(2, 20)}
    folder = paper.make(tmp_path, articles, ("cover", "notices: {main: [n1, n2]}"), columns=2, depth=100)
    written = folder / "issue.yaml"
    text = written.read_text(encoding="utf-8").replace(
        "[n1, n2]", "[n1, {id: n3, kind: notice, heading: 中の記事, body: 本文。}]"
    )
    written.write_text(text, encoding="utf-8")
    issue = OpenIssue(folder, tmp_path)
    assert {sheet.key for sheet in issue.sheets()} >= {"", "n1:", "n2:", "n3:"}
    assert isinstance(issue.change(Change("n3", "heading", "中の記事", "{紙|かみ}の記事")), Saved)
    assert "heading: '{紙|かみ}の記事'" in written.read_text(encoding="utf-8")
    (sheet,) = (each for each in issue.sheets() if each.article == "n1")
    heading = next(each.value for each in sheet.fields if each.path == "heading")
    told = issue.change(Change("n1", "heading", heading, "新しい見出し"))
    assert isinstance(told, Saved)
    assert (told.files, told.fields) == (("articles/n1.yaml",), ("n1:heading",))
    assert (folder / "articles" / "n1.yaml").read_text(encoding="utf-8") == articles["n1"].replace(
        str(heading), "新しい見出し", 1
    )
