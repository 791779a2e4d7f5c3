"""The keys that may stand on any article: each shown, heard, found and told where it is asked for, and on no page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.kinds.monthly import ARTICLES, ISSUE, NAME, NOTICE, fill, make, with_kinds

from koho_pdf.archive.bags.record import read_record, record_bytes
from koho_pdf.content.article_files import read_issue
from koho_pdf.content.check import check
from koho_pdf.content.outline import outline
from koho_pdf.content.public import public_manuscript
from koho_pdf.content.schema import json_schema
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding
from koho_pdf.kinds.known import kind_called
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.pipeline import Build
from koho_pdf.release import releasing

KEYS = """\
department: 市民課
section: くらし
importance: high
deadline: 4月30日(金)
readings: {礼受: れうけ, 二十歳: はたち}
plain: |
  20{歳|さい}になったら、年金の 手続きを します。

  市役所に 来てください。
source: 日本年金機構『**国民年金**の手引き』
"""
SHAKAI = ARTICLES["shakai"] + KEYS
RADIO = "    when: 3月10日(水)午前10時\n"
DEPARTMENTS = "\ndepartments:\n  市民課: {section: 年金係, telephone: 42-1803}\n"
WITH_KEYS = ISSUE.replace(RADIO, f"{RADIO}    section: くらし\n").replace(
    "title: 広報", "delivery: 3月5日(金)\ntitle: 広報"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, proved: Callable[..., Build]) -> Build:
    root = tmp_path_factory.mktemp("keys")
    make(root, WITH_KEYS, {**ARTICLES, "shakai": SHAKAI, "nishin": ARTICLES["nishin"] + "source: 留萌市史\n"})
    with (root / "koho.yaml").open("a", encoding="utf-8") as file:
        file.write(DEPARTMENTS)
    build: Build = proved(root, NAME, ("screen", "web", "large", "text", "data"))
    assert build.findings == ()
    return build


def pdf_words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


def test_the_pages_show_none_of_them(made: Build) -> None:
    words = pdf_words(made.files["screen.pdf"])
    assert "国民年金の届け出" in words
    assert not any(each in words for each in ("やさしい日本語", "出典", "くらし", "年金係", "4月30日"))


def test_the_web_page_shows_what_is_plain_and_the_source_after_its_article(made: Build) -> None:
    """Also where a kind has a template of its own, which knows nothing of them."""
    page = made.files["web/index.html"].decode()
    end = page.index('id="radio"')
    assert page.index("二十歳") < page.index("やさしい</span>") < page.index("市役所に 来てください") < end
    assert page.index("出典：日本年金機構") < end
    assert "出典：留萌市史" in page[page.index("鰊がきた町") :]
    one = made.files["web/articles/shakai.html"].decode()
    assert one.count("出典：日本年金機構") == one.count("市役所に 来てください") == one.count("くらし") == 1


def test_they_are_heard_and_stand_in_large_print(made: Build) -> None:
    text = made.files[f"text/{NAME}.txt"].decode()
    lines = text[text.index("〔目次終わり〕") :].split("\n")
    assert lines.count("〔大見出し〕くらし") == 1, "one section over both"
    at = lines.index("〔小見出し〕やさしい日本語")
    assert lines[at - 5 : at + 4][-3:] == [
        "20歳（さい）になったら、年金の 手続きを します。",
        "市役所に 来てください。",
        "〔注〕出典：日本年金機構『国民年金の手引き』",
    ]
    assert "二十歳（はたち）になったら届け出ます。" in lines, "a reading that only this article has"
    words = pdf_words(made.files["large.pdf"])
    assert "出典：日本年金機構" in words
    assert words.count("くらし") == 2, "in the contents, and over both articles"


def test_programs_are_told_them(made: Build) -> None:
    issue = json.loads(made.files["data/issue.json"])
    assert issue["delivery"] == "2027-03-05"
    by_key = {each["key"]: each for each in issue["articles"]}
    told = by_key["shakai"]
    assert told["department"] == "市民課　年金係"
    assert (
        told["contact"]["telephone"] == [{"type": "telephone", "text": "42-1803", "number": "42-1803"}]
        or told["contact"]["telephone"]
    )
    assert (told["importance"], told["deadline"]) == ("high", "2027-04-30")
    assert told["plain"] == ["20歳になったら、年金の 手続きを します。", "市役所に 来てください。"]
    assert told["source"] == "日本年金機構『国民年金の手引き』"
    assert told["above"] == by_key["radio"]["above"] == ["くらし"]
    assert not any("市役所に 来て" in each for each in told["paragraphs"])
    assert {"contact", "importance", "deadline", "plain", "source"} & set(by_key["radio"]) == set()


def test_the_archive_finds_and_keeps_them(made: Build, tmp_path: Path) -> None:
    whole = replace(made, files={**made.files})
    record = releasing._record(whole, NAME, {})
    (found,) = (each for each in record.articles if each.key == "shakai")
    assert (found.importance, found.deadline, found.department) == ("high", "2027-04-30", "市民課　年金係")
    assert set(found.readings.split()) == {"とど", "さい", "はたち"}
    assert "市役所に 来てください。" in found.text
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "record.json").write_bytes(record_bytes(record))
    assert read_record(tmp_path / NAME, payload="") == record


class Desk:
    """A manuscript with the kinds of the small newsletter, without a layout."""

    def __init__(self, root: Path) -> None:
        (root / "koho.yaml").write_text("municipality: 市\n", encoding="utf-8")
        self.folder, self.root = root / "content" / "issue", root
        with_kinds(root)

    def checked(self, shakai: str, issue: str = ISSUE) -> Any:
        fill(self.folder, issue, {**ARTICLES, "shakai": shakai})
        model = kind_called("monthly", self.root / "layouts", self.root).model
        tree = read_issue(self.folder, self.root)
        return check(tree, model, folder=self.folder, layouts=["monthly"])

    def told(self, shakai: str) -> list[Finding]:
        try:
            return list(self.checked(shakai).findings)
        except ManuscriptError as refused:
            return list(refused.findings)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_written_back_they_read_the_same(desk: Desk) -> None:
    keys = KEYS.replace("department: 市民課", "department: {department: 市民課, telephone: 42-1803}")
    issue = desk.checked(ARTICLES["shakai"] + keys).issue
    written = public_manuscript(issue)
    (desk.folder / "articles" / "shakai.yaml").unlink()
    (desk.folder / "articles" / "nishin.yaml").unlink()
    (desk.folder / "issue.yaml").write_text(written, encoding="utf-8")
    model = type(issue)
    again = check(read_issue(desk.folder, desk.root), model, folder=desk.folder, layouts=["monthly"]).issue
    one, other = (next(each for each in articles_of(of) if each.key == "shakai") for of in (issue, again))
    assert one.about == other.about
    assert one.paragraphs == other.paragraphs


def test_every_mistake_in_them_is_told_at_once_with_its_line(desk: Desk) -> None:
    wrong = (
        "department: 税務課\nsection: [a]\nimportance: 高\ndeadline: いつか\nreadings: {礼受: 礼受}\n"
        "plain: '{年金|'\nsource: ''\nunplaced: []\nsorce: a\n"
    )
    found = desk.told(ARTICLES["shakai"] + wrong)
    first = ARTICLES["shakai"].count("\n") + 1
    assert [(each.code, each.where.line, each.where.field) for each in found] == [
        ("unknown-department", first, "shakai:department"),
        ("not-text", first + 1, "shakai:section"),
        ("word-not-known", first + 2, "shakai:importance"),
        ("date-not-understood", first + 3, "shakai:deadline"),
        ("value-not-understood", first + 4, "shakai:readings.礼受"),
        ("mark-not-closed", first + 5, "shakai:plain.0"),
        ("empty-text", first + 6, "shakai:source"),
        ("not-text", first + 7, "shakai:unplaced"),
        ("unknown-field", first + 8, "shakai:sorce"),
    ]
    assert all(each.hint for each in found)
    assert "「source」" in found[-1].hint


def test_a_kind_keeps_a_field_of_its_own_with_such_a_name(desk: Desk) -> None:
    kind = desk.root / "layouts" / "_kinds" / "notice" / "kind.yaml"
    own = "  section: {type: text, title: 係, role: field}\n  source: {type: text, title: 元, role: body}\n"
    kind.write_text(NOTICE + own, encoding="utf-8")
    issue = desk.checked(
        ARTICLES["shakai"] + "section: 年金係\nsource: 本文の元\n",
        ISSUE.replace(RADIO, f"{RADIO}    section: 係\n    source: 元\n"),
    ).issue
    (found,) = (each for each in articles_of(issue) if each.key == "shakai")
    assert (found.sections, found.beside, found.about.source) == ((), 0, "")
    assert "本文の元" in found.paragraphs
    assert any(
        each.words == "年金係"
        for part in outline(issue).parts
        for one in part.parts or ()
        for each in one.parts or (one,)
    )


def test_an_editor_is_offered_them(desk: Desk) -> None:
    schema = json_schema(kind_called("notice", desk.root / "layouts", desk.root).written)
    offered = schema["properties"]
    for name in ("department", "section", "importance", "deadline", "readings", "plain", "source", "unplaced", "media"):
        assert offered[name]["title"]
        assert offered[name]["description"]
        assert name not in schema["required"]
    assert offered["importance"]["enum"] == ["high", "normal", "low"]
    assert "delivery" in json_schema(kind_called("monthly", desk.root / "layouts", desk.root).written)["properties"]


def test_an_article_that_says_why_is_not_told_as_forgotten(desk: Desk) -> None:
    desk.checked(ARTICLES["shakai"])
    (desk.folder / "articles" / "later.yaml").write_text(ARTICLES["shakai"], encoding="utf-8")
    assert [each.code for each in desk.told(ARTICLES["shakai"])] == ["article-nowhere"]
    later = ARTICLES["shakai"] + "unplaced: 次号に回す\n"
    (desk.folder / "articles" / "later.yaml").write_text(later, encoding="utf-8")
    assert desk.told(ARTICLES["shakai"]) == []
