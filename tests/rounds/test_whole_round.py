"""A whole round played: four departments' files in, a proof out, their answers in, mended, compared, 念校."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Edit, Koho
from tests.kinds import monthly
from tests.rounds.newsletter import NAME

from koho_pdf.rounds.round import Round, rounds_of

SENT = {
    "nenkin": ("市民課", "国民年金の届け出\n\n二十歳になったら届け出ます。\n日時　4月1日(木)から\n"),
    "musen": ("総務課", "防災無線の試験\n\n一斉に鳴らします。\n日時　3月10日(水)午前10時\n"),
    "zei": ("税務課", "市民税の申告\n\n市役所の2階で受け付けます。\n日時　3月15日(月)まで\n"),
    "sakana": ("水産課", "鰊の料理\n\n24人を先着で受け付けます。\n日時　3月20日(土)午後1時\n"),
}
ISSUE = monthly.ISSUE[: monthly.ISSUE.index("articles:")] + (
    "articles: [nenkin, musen, zei, sakana]\nask: {department: 政策調整課, telephone: 42-1809}\n"
)


def answer(made: Round, department: str, *, comment: str = "", on: str = "", field: str = "") -> bytes:
    words = next((p.words for each in made.of(department) for p in each.passages if p.field == field), "")
    begin = words.index(on) if on else 0
    said = [{"field": field, "begin": begin, "end": begin + len(on), "quote": on, "words": comment}] if comment else []
    told = {"kind": "koho-answer", "schema": 1, "issue": NAME, "round": made.number, "department": department}
    told |= {"version": made.version(department), "name": f"{department}の人"}
    return json.dumps(told | {"answer": "to-mend" if said else "as-it-is", "comments": said}).encode()


def test_a_whole_round(tmp_path: Path, koho: Koho, edit: Edit) -> None:
    folder = monthly.make(tmp_path, ISSUE, {})
    with (tmp_path / "koho.yaml").open("a", encoding="utf-8") as city:
        city.write("departments: {市民課: 42-1803, 総務課: 42-1801, 税務課: 42-1805, 水産課: 42-1840}\n")

    def done(*command: str, code: int = 0) -> str:
        ended = koho(*command, folder=tmp_path)
        assert ended.returncode == code, ended.stderr
        return str(ended.stdout + ended.stderr)

    for id_, (department, words) in SENT.items():
        (tmp_path / f"{id_}.txt").write_text(words, encoding="utf-8")
        done("intake", NAME, f"{id_}.txt", "--kind", "notice", "--id", id_, "--department", department)
    assert "初校" in done("proof", NAME, "--date", "2027-02-10")
    (first,) = rounds_of(folder, tmp_path)
    assert set(first.departments) == {"政策調整課", *(department for department, _ in SENT.values())}

    replies = {
        "a": answer(first, "市民課"),
        "b": answer(first, "総務課"),
        "c": answer(first, "税務課", comment="3階に移りました。", on="2階", field="zei:body.0"),
        "d": answer(first, "水産課", comment="30人にします。", on="24人", field="sakana:body.0"),
    }
    for name, content in replies.items():
        (tmp_path / f"{name}.json").write_bytes(content)
    told = done("answers", NAME, *(f"{name}.json" for name in replies))
    assert all(f"{each}: 確認（{each}の人）" in told for each in ("市民課", "総務課"))
    assert all(f"{each}: 直しあり（{each}の人）" in told for each in ("税務課", "水産課"))
    assert "zei.yaml:4" in told and "sakana.yaml:4" in told

    edit(folder / "articles" / "zei.yaml", "2階", "3階")
    told = done("compare", NAME, "初校")
    assert "頼まれたところだけが変わりました。まだ変わっていない頼みが1つあります。" in told
    edit(folder / "articles" / "sakana.yaml", "24人", "30人")
    assert "再校" in done("proof", NAME, "--date", "2027-02-17")
    told = done("compare", NAME, "初校", "再校")
    assert "\n頼まれたところだけが変わりました。\n" in told
    told = done("answers", NAME)
    ids = [word for word in told.split() if len(word) == 8 and word[6] == "-"]
    assert len(ids) == 2
    for id_ in ids:
        told = done("answers", NAME, "--done", id_, "--by", "山田")
    assert "閉じた書き込み: 2件" in told and "answer-" not in told
    assert "市民課: 確認（初校から言葉はそのままです）（市民課の人）" in told and "税務課: まだ" in told

    assert "念校" in done("proof", NAME, "--last")
    assert "\n何も変わっていません。\n" in done("compare", NAME, "再校", "念校")
    assert [each.name for each in rounds_of(folder, tmp_path)] == ["初校", "再校", "念校"]
