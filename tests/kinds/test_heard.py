"""A kind may say in which order, and with which words, its articles are read aloud; nobody else sees anything of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.kinds.monthly import ARTICLES, FEATURE, ISSUE, NOTICE, fill, with_kinds
from tests.kinds.quiz import KIND as QUIZ
from tests.kinds.test_kind_file import told

from koho_pdf.content.article_files import read_issue
from koho_pdf.content.check import check
from koho_pdf.editions.text import text_edition
from koho_pdf.kinds.known import kind_called
from koho_pdf.kinds.reading_order import articles_of, heard_articles_of
from koho_pdf.layout.city import City

NOTICE_SPOKEN = "spoken: {order: [heading, when], words: {when: 開かれる日, body: くわしく}}\n"
FEATURE_SPOKEN = "spoken:\n  words: {parts.body: 語り, table: 数の表}\n"


def issue_of(root: Path, notice: str = NOTICE, feature: str = FEATURE) -> Any:
    folder, kinds = root / "content" / "issue", with_kinds(root)
    (kinds / "notice" / "kind.yaml").write_text(notice, encoding="utf-8")
    (kinds / "feature" / "kind.yaml").write_text(feature, encoding="utf-8")
    fill(folder, ISSUE, ARTICLES)
    model = kind_called("monthly", root / "layouts", root).model
    return check(read_issue(folder, root), model, folder=folder, layouts=["monthly"]).issue


def lines_of(issue: Any) -> list[str]:
    city = City("留萌市", "0164", None, {}, "", {}, {})  # type: ignore[arg-type]
    text = text_edition(issue, {each.key: 1 for each in articles_of(issue)}, city).decode()
    return text[text.index("〔目次終わり〕") :].split("\n")


def test_the_order_and_the_words_are_those_of_the_kind(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, NOTICE + NOTICE_SPOKEN, FEATURE + FEATURE_SPOKEN)
    lines = lines_of(issue)
    at = lines.index("〔大見出し〕防災無線の試験")
    assert lines[at + 1 : at + 5] == [
        "開かれる日：3月10日水曜日、午前10時",
        "〔くわしく〕",
        "一斉に鳴らします。",
        "本物の警報ではありません。",
    ]
    assert lines.count("〔語り〕") == 2, "before the body of each part"
    assert lines[lines.index("〔数の表〕") + 1].startswith("〔表〕「水揚げ」")


def test_nobody_else_is_told_anything_of_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    plain = issue_of(tmp_path / "a")
    spoken = issue_of(tmp_path / "b", NOTICE + NOTICE_SPOKEN, FEATURE + FEATURE_SPOKEN)
    assert [each.paragraphs for each in articles_of(plain)] == [each.paragraphs for each in articles_of(spoken)]
    assert heard_articles_of(plain) == articles_of(plain)
    assert [each.key for each in heard_articles_of(spoken)] == [each.key for each in articles_of(spoken)]


@pytest.mark.parametrize(
    ("spoken", "code", "field"),
    [
        ("{words: {rules.winnres: 当選}}", "unknown-field", "spoken.words.rules.winnres"),
        ("{words: {rulez: きまり}}", "unknown-field", "spoken.words.rulez"),
        ("{words: [きまり]}", "not-a-group", "spoken.words"),
        ("{words: {rules: ''}}", "empty-text", "spoken.words.rules"),
        ("{order: [rules]}", "kind-broken", "spoken.order"),
        ("{oder: [rules]}", "unknown-field", "spoken.oder"),
        ("[rules]", "not-a-group", "spoken"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, spoken: str, code: str, field: str) -> None:
    (found,) = told(tmp_path, f"{QUIZ}spoken: {spoken}\n")
    assert (found.code, found.where.field, found.where.line) == (code, field, QUIZ.count("\n") + 1)


@pytest.mark.parametrize(
    ("order", "code"), [("[heading, wen]", "unknown-field"), ("[when, heading, when]", "kind-broken")]
)
def test_the_order_names_each_field_once(tmp_path: Path, order: str, code: str) -> None:
    (found,) = told(tmp_path, f"{NOTICE}spoken: {{order: {order}}}\n")
    assert (found.code, found.where.line) == (code, NOTICE.count("\n") + 1)


def test_words_of_a_kind_of_issue_are_said_too(tmp_path: Path) -> None:
    issue = issue_of(tmp_path)
    kind = tmp_path / "layouts" / "_kinds" / "monthly" / "kind.yaml"
    kind.write_text(
        kind.read_text(encoding="utf-8") + "spoken: {words: {ask: 聞くところ, lead: はじめに}}\n", encoding="utf-8"
    )
    model = kind_called("monthly", tmp_path / "layouts", tmp_path).model
    folder = tmp_path / "content" / "issue"
    issue = check(read_issue(folder, tmp_path), model, folder=folder, layouts=["monthly"]).issue
    lines = lines_of(issue)
    assert "〔大見出し〕〔聞くところ〕" in lines
    assert lines[lines.index("〔はじめに〕") + 1] == "春の便りです。"
