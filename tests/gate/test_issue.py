"""The text gate on a whole issue: cells of tables, やさしい日本語, and what two articles say of the same thing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kinds.monthly import ARTICLES, ISSUE, fill, make

from koho_pdf.editions.proofread import Proofread, proofread
from koho_pdf.findings import Finding
from koho_pdf.workspace.workspace import open_workspace

Read = Callable[..., Proofread]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(articles: dict[str, str], *, tables: str = "", city: str = "", issue: str = ISSUE) -> Proofread:
        folder = tmp_path / "content" / "r09-03"
        folder = make(tmp_path, issue) if not folder.exists() else folder
        fill(folder, issue, {**ARTICLES, **articles})
        if tables:
            (folder / "tables" / "catch.csv").write_text(tables, encoding="utf-8")
        if city:
            with (tmp_path / "koho.yaml").open("a", encoding="utf-8") as file:
                file.write(city)
        return proofread(folder, open_workspace(tmp_path))

    return read


def of(read: Proofread, code: str) -> list[Finding]:
    return [each for each in read.findings if each.code == code]


def test_a_finding_in_a_table_has_its_file_line_and_column(read: Read, tmp_path: Path) -> None:
    table = '日,催し\n"3月10日(水)",試験\n3月22日(月・休),"発表会、4月31日まで"\n'
    (found,) = of(read({}, tables=table), "l02-no-such-day")
    where = found.where
    assert where.file == "content/r09-03/tables/catch.csv" and (where.line, where.length) == (3, len("4月31日"))
    line = table.split("\n")[2]
    assert line[(where.column or 0) - 1 :].startswith("4月31日")


def test_a_finding_in_rows_of_the_manuscript_too(read: Read, tmp_path: Path) -> None:
    rows = 'table:\n  caption: 催し\n  rows:\n    - [日, 催し]\n    - [3月10日(水), "**発表会**、4月31日まで"]\n'
    nishin = ARTICLES["nishin"].replace("table: {file: tables/catch.csv, caption: 水揚げ}\n", rows)
    (found,) = of(read({"nishin": nishin}), "l02-no-such-day")
    where = found.where
    text = (tmp_path / (where.file or "")).read_text(encoding="utf-8").split("\n")[(where.line or 0) - 1]
    assert where.file == "content/r09-03/articles/nishin.yaml"
    assert text[(where.column or 0) - 1 :].startswith("4月31日")


PLAIN = """\
plain: |
  {市役所|しやくしょ}に {来|き}てください。

  令和9年4月1日に {書類|しょるい}を{持参|じさん}してください。
"""


def test_plain_japanese_has_rules_of_its_own(read: Read, tmp_path: Path) -> None:
    found = read({"shakai": ARTICLES["shakai"] + PLAIN})
    assert [each.suggestion for each in of(found, "p04-plain-days")] == ["2027年"]
    assert [each.message[1:3] for each in of(found, "p02-easy-words")] == ["書類", "持参"]
    (bare,) = of(found, "p05-plain-readings")
    text = (tmp_path / (bare.where.file or "")).read_text(encoding="utf-8").split("\n")[(bare.where.line or 0) - 1]
    assert text[(bare.where.column or 0) - 1 :].startswith("令和9年")
    apart = [each for each in found.readable if "やさしい日本語" in each.article]
    assert [(each.article, each.sentences) for each in apart] == [("shakai（やさしい日本語）", 2)]


CONCERT = """\
kind: notice
heading: 春のうた発表会を開きます
body: 市民の合唱団が歌います。
when: 3月13日(土)午後1時30分
"""
CALENDAR = "日,催し,場所\n3月10日(水),図書整理日,図書館\n3月{day}日(土),春のうた発表会,みなと体育館\n"
LISTED = ISSUE.replace("  - nishin\n", "  - nishin\n  - concert\n")


def test_two_articles_or_a_calendar_tell_an_event_in_two_ways(read: Read) -> None:
    radio = LISTED.replace("一斉に鳴らします。", "春のうた発表会は3月14日（日）にあります。")
    found = of(read({"concert": CONCERT}, issue=radio, tables=CALENDAR.format(day=20)), "l48-two-tellings")
    places = [(each.where.file, each.where.line) for each in found]
    assert places == [("content/r09-03/issue.yaml", 11), ("content/r09-03/tables/catch.csv", 3)]
    assert "3月13日" in found[0].message


def test_the_same_event_told_alike_is_left_alone(read: Read) -> None:
    radio = LISTED.replace("一斉に鳴らします。", "春のうた発表会は3月13日（土）にあります。")
    assert of(read({"concert": CONCERT}, issue=radio, tables=CALENDAR.format(day=13)), "l48-two-tellings") == []


PEOPLE = '区分,人数,前月比\n人口,"18,204人",△12\n男,"8,690人",△4\n女,"9,514人",△8\n'


def test_figures_go_on_from_those_of_the_last_issue(read: Read, tmp_path: Path) -> None:
    record = tmp_path / "archive" / "r09-02" / "data" / "record.json"
    record.parent.mkdir(parents=True)
    last = "区分 人口、人数 18,226人、前月比 △3。\n区分 男、人数 8,694人、前月比 △1。"
    article = {"heading": "人口", "text": last, "page": 1}
    told = {"schema": 1, "name": "r09-02", "number": None, "date": "2027-02-01", "title": "二月号", "kind": "monthly"}
    record.write_text(json.dumps({**told, "articles": [article], "pages": 1}, ensure_ascii=False), encoding="utf-8")
    found = of(read({}, tables=PEOPLE), "l50-counts")
    assert [(each.where.line, each.words) for each in found] == [(2, "18,204")]
    assert "18,226" in found[0].message and "18,214" in found[0].message and "r09-02" in found[0].message


def test_a_text_and_its_table_tell_the_same_figures(read: Read) -> None:
    table = '年,トン\n明治三十年,"1,240トン"\n大正元年,800トン\n'
    nishin = ARTICLES["nishin"].replace("海が白くなりました。", "明治三十年は1,240トン、大正元年は800トンでした。")
    assert of(read({"nishin": nishin}, tables=table), "l50-counts") == []
    (found,) = of(read({"nishin": nishin.replace("1,240", "1,420")}, tables=table), "l50-counts")
    assert found.words == "1,420トン" and "1,240トン" in found.message


def test_departments_are_those_of_the_city(read: Read) -> None:
    city = "\ndepartments:\n  市民課: {telephone: 42-1803, mail: shimin@city.example.jp}\n"
    body = "詳しくは、市民科（shimn@city.example.jp）へ。市民課（shimn@city.example.jp、電話42-1830）でも聞けます。"
    shakai = ARTICLES["shakai"].replace("二十歳になったら届け出ます。", body)
    found = read({"shakai": shakai}, city=city)
    assert [(each.words, each.severity.value) for each in of(found, "l49-departments")] == [
        ("市民科", "warning"),
        ("shimn@city.example.jp", "error"),
    ]
    assert [each.words for each in of(found, "l11-telephones")] == ["42-1830"]
