"""Every type and role in the editions without the layout's pages: shown, heard, as data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.kinds import fair

from koho_pdf.composition.engine.pages import compose
from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.content.articles import readings_in
from koho_pdf.content.check import check
from koho_pdf.content.schema import json_schema
from koho_pdf.editions.issue_json import issue_json
from koho_pdf.editions.text import text_edition
from koho_pdf.kinds.known import kind_called
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.contract import read_layout
from koho_pdf.layout.reflowed import article_pages, large_galley
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.workspace.workspace import Workspace, open_workspace


class Fair:
    """The issue, read once."""

    def __init__(self, root: Path) -> None:
        self.folder = fair.make(root)
        self.workspace: Workspace = open_workspace(root)
        kind = kind_called("quiz", root / "layouts", root)
        tree = read(self.folder / "issue.yaml", root)
        city = self.workspace.city
        checked: Any = check(tree, kind.model, folder=self.folder, layouts=["quiz"], departments=city.departments)
        self.issue, self.findings = checked.issue, checked.findings
        self.layout = read_layout(root / "layouts" / "quiz", root)
        self.pages = {each.key: 1 for each in articles_of(self.issue)}


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Fair:
    return Fair(tmp_path_factory.mktemp("fair"))


def test_nothing_is_told_of_an_everyday_manuscript(one: Fair) -> None:
    assert one.findings == ()
    assert {each.department for each in articles_of(one.issue)} == {"広報係"}
    assert readings_in(articles_of(one.issue)[1], {}) == ("しょうじ", "みゆき")


@pytest.mark.filterwarnings("error")
def test_an_editor_is_offered_every_type(one: Fair) -> None:
    event = json_schema(type(one.issue))["definitions"]["Event"]
    assert set(event["required"]) >= {"heading", "when", "ask"}
    assert "fee" not in event["required"], "it has a default"
    assert all(each["title"] for each in event["properties"].values())


def test_it_is_heard(one: Fair) -> None:
    text = text_edition(one.issue, one.pages, one.workspace.city).decode()
    event = text[text.index("〔大見出し〕番屋") : text.index("〔大見出し〕〔問い")].strip().split("\n")
    assert event == [
        "〔大見出し〕番屋を歩く",
        "昔の番屋を歩きます。",
        "動きやすい服でおいでください。",
        "日時：4月3日土曜日、午前10時から正午まで。毎週水曜日 13時30分から15時まで（祝日を除く）",
        "参加費：無料",
        "講師：東海林 美雪（しょうじ みゆき）",
        "申込期限：3月26日金曜日",
        "開場：9時30分",
        "くわしく：二次元コード　https://www.city.example.jp/koho/",
        "〔引用〕",
        "太い梁に驚きました。",
        "また来たいです。",
        "〔引用終わり〕",
        "〔注〕昼食は各自で用意してください。",
        "〔囲み記事〕",
        "〔中見出し〕番屋とは",
        "漁師が寝泊まりした建物です。",
        "〔囲み記事終わり〕",
        "問合せ：社会教育課　文化財係、電話番号　0164-42-1801 内線 123、ファクス 0164-43-8778",
    ]


def test_it_is_data(one: Fair) -> None:
    written = json.loads(issue_json("fair", one.issue, one.pages, one.workspace.city))
    values = {each["field"]: each for each in written["articles"][1]["values"]}
    assert [(each["type"], field) for field, each in values.items()] == [
        ("occasion", "event.when.0"),
        ("occasion", "event.when.1"),
        ("amount", "event.fee"),
        ("person", "event.who"),
        ("date", "event.until"),
        ("time", "event.opens"),
        ("code", "event.more"),
        ("contact", "event.ask.department"),
    ]
    assert values["event.when.0"]["times"] == [{"begin": "2027-04-03T10:00", "end": "2027-04-03T12:00"}]
    assert values["event.when.1"]["times"] == [{"daily": ["13:30", "15:00"], "repeats": "FREQ=WEEKLY;BYDAY=WE"}]
    assert values["event.until"]["date"] == "2027-03-26"
    assert values["event.opens"]["time"] == "09:30"
    assert values["event.ask.department"]["telephone"][0]["extension"] == "123"


def test_it_is_read_on_a_telephone(one: Fair) -> None:
    page = article_pages("fair", one.issue, one.layout, one.workspace.city, one.workspace.root)["event"]
    body = page[page.index("<main") : page.index("</main>")]
    plain = re.sub(r"\s+", "", re.sub("<[^>]+>", "", body))
    assert "日時4月3日(土)午前10時～正午毎週水曜日13:30～15:00（祝日を除く）参加費無料" in plain
    assert re.search(r"<blockquote>\s*<p>太い梁.*?</p>\s*<p>また.*?</p>\s*</blockquote>", body, re.DOTALL)
    assert re.search(r"<aside>\s*<h2>.*番屋とは.*?</h2>\s*<p>漁師", body, re.DOTALL)
    assert re.search(r'<p class="note">昼食', body)
    assert 'href="https://www.city.example.jp/koho/"' in body
    assert 'href="tel:+81164421801' in body


def test_it_is_set_in_large_print(one: Fair, home: Path, tmp_path: Path) -> None:
    root = one.workspace.root
    galley = large_galley(one.issue, one.layout, one.workspace.city, one.folder, root)
    assert galley.html.count("<blockquote") == galley.html.count("<aside") == 1
    assert '<svg class="code"' in galley.html
    faces = read_faces(root / "fonts", root)
    document = compose(galley, faces, Tree("issue.yaml", {}, {}), root, tmp_path / "cache")
    assert [each for each in document.findings if each.severity == "error"] == []
    stands = {each.field for each in document.placed}
    assert {"event.body.0", "event.body.1", "event.said.1", "event.when.1", "event.more"} <= stands
