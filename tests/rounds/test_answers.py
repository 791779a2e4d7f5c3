"""Answers: taken in with suspicion, told with a name, never taken for another version's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.conftest import Edit, Koho
from tests.rounds.newsletter import NAME, put_out

from koho_pdf.errors import ManuscriptError
from koho_pdf.rounds.answers import answer_in, answers_of, taken_in
from koho_pdf.rounds.round import Round, rounds_of
from koho_pdf.rounds.threads import findings_of, threads_of
from koho_pdf.workspace.workspace import open_workspace


def folder(root: Path) -> Path:
    return root / "content" / NAME


def last(root: Path) -> Round:
    return rounds_of(folder(root), root)[-1]


def answer(root: Path, **said: object) -> bytes:
    told: dict[str, object] = {
        "kind": "koho-answer",
        "schema": 1,
        "issue": NAME,
        "round": 1,
        "department": "税務課",
        "version": last(root).version("税務課"),
        "name": "高橋",
        "answer": "to-mend",
        "comments": [{"field": "tax:body.0", "begin": 4, "end": 6, "quote": "2階", "words": "3階に移りました。"}],
    }
    return json.dumps({**told, **said}, ensure_ascii=False).encode()


def told(root: Path) -> list[tuple[str, int | None, str]]:
    threads, _, tree = threads_of(folder(root), open_workspace(root))
    return [(each.code, each.where.line, each.message) for each in findings_of(threads, tree)]


def refused(root: Path, content: bytes) -> list[str]:
    with pytest.raises(ManuscriptError) as fault:
        taken_in(content, folder(root), root)
    assert answers_of(last(root), folder(root)) == ()
    return [each.code for each in fault.value.findings]


def test_an_answer_is_a_finding_with_a_name_at_its_words(city: Path, edit: Edit) -> None:
    taken_in(answer(city), folder(city), city)
    taken_in(answer(city), folder(city), city)  # the same file twice is one answer
    put_out(city)  # nothing changed: the same round, with its answer
    ((code, line, message),) = told(city)
    assert (code, line) == ("answer-mend", 3)
    assert message == "税務課の高橋さん（初校）から「2階」に: 3階に移りました。"
    edit(folder(city) / "articles" / "tax.yaml", "kind: notice\n", "kind: notice\n# 税務課から\n")
    assert told(city)[0][:2] == ("answer-mend", 4)
    edit(folder(city) / "articles" / "tax.yaml", "2階", "3階")
    assert told(city)[0][0] == "answer-mended"
    edit(folder(city) / "articles" / "tax.yaml", "市役所の3階で受け付けます。", "本庁舎へどうぞ。")
    assert told(city)[0][0] == "answer-lost"


def test_nobodys_answer_is_taken_for_another_versions(city: Path, edit: Edit) -> None:
    early = answer(city)
    edit(folder(city) / "articles" / "tax.yaml", "2階", "3階")
    put_out(city, again=True)
    assert refused(city, early) == ["answer-other-version"]


def test_an_agreement_holds_for_its_own_words(city: Path, edit: Edit) -> None:
    taken_in(answer(city, answer="as-it-is", comments=[]), folder(city), city)
    states = {each.department: each.state for each in threads_of(folder(city), open_workspace(city))[1]}
    assert states == {"政策調整課": "まだ", "市民課": "まだ", "総務課": "まだ", "税務課": "確認"}
    edit(folder(city) / "articles" / "radio.yaml", "一斉に", "いっせいに")
    assert threads_of(folder(city), open_workspace(city))[1][3].state == "確認"
    edit(folder(city) / "articles" / "tax.yaml", "2階", "3階")
    assert threads_of(folder(city), open_workspace(city))[1][3].state == "確認（そのあとで言葉が変わりました）"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"issue": "r09-04"}, "answer-elsewhere"),
        ({"round": 2}, "answer-elsewhere"),
        ({"department": "水道課"}, "answer-elsewhere"),
        ({"version": "0" * 64}, "answer-other-version"),
        ({"answer": "release"}, "answer-broken"),
        ({"schema": 2}, "answer-broken"),
        ({"name": "あ" * 61}, "answer-broken"),
        ({"comments": [{"field": "tax:body.0", "begin": 5, "end": 4, "quote": "", "words": ""}]}, "answer-broken"),
        ({"comments": [{"words": "場所がない"}]}, "answer-broken"),
        ({"comments": {}}, "answer-broken"),
        ({"comments": [{}] * 501}, "answer-broken"),
        ({"round": "../1"}, "answer-broken"),
    ],
)
def test_what_is_not_an_answer_to_this_is_refused(city: Path, said: Mapping[str, object], code: str) -> None:
    assert refused(city, answer(city, **said)) == [code]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"kind": "other"}', b"PK\x03\x04"])
def test_other_files_are_no_answers(content: bytes) -> None:
    assert answer_in(content) is None


def test_an_answer_that_a_mail_quoted_broke_and_decorated_is_the_same(city: Path) -> None:
    whole = answer(city, comments=[{"field": "tax:body.0", "begin": 4, "end": 6, "quote": "2階", "words": "1行\n2行"}])
    text = json.dumps(json.loads(whole), ensure_ascii=False, indent=1)
    broken = text.replace("1行", "1\n行").replace('"', "”")
    quoted = "返事です。\r\n\r\n" + "".join(f"> {line}\r\n" for line in broken.split("\n")) + "\r\n-- \r\n税務課\r\n"
    wanted = answer_in(whole)
    assert wanted is not None and wanted.comments[0].words == "1行\n2行"
    assert [answer_in(each) for each in (text.encode("utf-16"), quoted.encode(), broken.encode())] == [wanted] * 3
    taken_in(whole, folder(city), city)
    assert "1行 ／ 2行" in told(city)[0][2]


def test_a_late_answer_and_a_comment_on_anothers_article_are_told_as_such(city: Path, koho: Koho, edit: Edit) -> None:
    strange = [{"field": "shakai:heading", "begin": 0, "end": 0, "quote": "", "words": "ここも"}]
    (city / "a.json").write_bytes(answer(city, comments=strange))
    edit(folder(city) / "articles" / "radio.yaml", "雨の日も", "雪の日も")
    put_out(city)
    assert "初校への返事です（いまは再校）" in koho("answers", NAME, "a.json", folder=city).stdout
    assert "この課に見てもらった記事ではありません" in told(city)[0][2]
    (city / "b.json").write_bytes(answer(city, round=7, version="x"))
    assert "7回目の校正への" in koho("answers", NAME, "b.json", folder=city).stderr


def test_hidden_signs_and_a_cut_file(city: Path) -> None:
    made = taken_in(answer(city, name="高\u202e橋\x1b[31m", answer="as-it-is", comments=[]), folder(city), city)
    assert "\u202e" not in made.name and "\x1b" not in made.name
    with pytest.raises(ManuscriptError):
        answer_in(answer(city)[:-1])


def test_the_command_takes_answers_in_and_settles_comments(city: Path, koho: Koho) -> None:
    (city / "a.json").write_bytes(answer(city))
    dropped = koho("intake", NAME, "a.json", folder=city)
    assert (dropped.returncode, dropped.stdout) == (
        0,
        "税務課 高橋さんの返事「直すところがあります」を取り込みました。\n",
    )
    assert not (folder(city) / "received").exists()
    done = koho("answers", NAME, "a.json", "koho.yaml", folder=city)
    assert done.returncode == 2
    assert "税務課: 直しあり（高橋）" in done.stdout
    assert "answer-mend" in done.stderr and "answer-broken" in done.stderr
    checked = koho("check", NAME, folder=city)
    assert "answer-mend" in checked.stderr
    id_ = threads_of(folder(city), open_workspace(city))[0][0].id
    assert koho("answers", NAME, "--done", id_, folder=city).returncode == 64
    assert koho("answers", NAME, "--done", "zz", "--by", "山田", folder=city).returncode == 64
    done = koho("answers", NAME, "--done", id_, "--by", "山田", folder=city)
    assert "閉じた書き込み: 1件" in done.stdout and "answer-mend" not in done.stderr
