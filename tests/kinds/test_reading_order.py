"""The order in which a kind's articles are read: that of its fields, and no words that nobody typed."""

from __future__ import annotations

from tests.kinds.conftest import Kinds

from koho_pdf.content.blocks import Part
from koho_pdf.kinds.reading_order import articles_of

CHAPTERS = """chapters:
  - name: 子ども
    words: 学校に力を入れます。
    works:
      - {name: 給食}
      - {name: 図書館}
    photo: 結びの言葉
  - name: 防災
    works:
      - {name: 無線}
"""


def test_what_a_section_says_first_is_read_first(kind: Kinds) -> None:
    work = "{type: group, name: Work, fields: {name: {type: text, role: heading}}}"
    fields = (
        "{name: {type: text, role: heading}, words: {type: text, title: あらまし, optional: true}, "
        f"works: {{type: list, article: work, of: {work}}}, photo: {{type: text, optional: true}}}}"
    )
    city = kind(f"chapters: {{type: list, section: chapter, of: {{type: group, name: Chapter, fields: {fields}}}}}")
    _, *articles = articles_of(city.issue(CHAPTERS))
    assert [(each.key, each.heading, each.printed_heading, each.above) for each in articles] == [
        ("chapter-1-0", "あらまし", False, ("子ども",)),
        ("chapter-1-1", "給食", True, ("子ども",)),
        ("chapter-1-2", "図書館", True, ("子ども",)),
        ("chapter-2-1", "無線", True, ("防災",)),
    ]
    assert [each.paragraphs for each in articles] == [("学校に力を入れます。",), (), ("結びの言葉",), ()]


def test_a_heading_may_be_of_any_type(kind: Kinds) -> None:
    fields = "{who: {type: plain, role: heading}, price: {type: amount, role: field, title: 料金}}"
    city = kind(f"fees: {{type: list, of: {{type: group, name: Fee, fields: {fields}}}}}")
    (article,) = articles_of(city.issue("fees:\n  - {who: 大人, price: 300円}\n"))
    assert article.paragraphs == ("大人", "料金：300円")


def test_copies_are_words_only_where_a_role_says_so(kind: Kinds) -> None:
    (article,) = articles_of(kind("copies: {type: copies, title: 部数}").issue("copies: 12,000部\n"))
    assert article.paragraphs == ()
    (article,) = articles_of(kind("copies: {type: copies, title: 部数, role: field}").issue("copies: 12,000部\n"))
    assert article.paragraphs == ("部数：12,000",)


def test_a_label_says_what_a_sign_would(kind: Kinds) -> None:
    city = kind("call: {type: telephone, title: 電話, role: field}", "ask: {type: contact, title: 問合せ, role: field}")
    (article,) = articles_of(city.issue("call: 42-1801\nask: {department: 税務課, telephone: 42-1802}\n"))
    assert article.paragraphs == ("電話：42-1801", "問合せ：税務課、☎42-1802")


def test_each_voice_of_a_list_of_quotes_stands_apart(kind: Kinds) -> None:
    city = kind("voices: {type: list, of: text, role: quote}", "tip: {type: text, role: aside}")
    (article,) = articles_of(city.issue("voices: [一, 二]\ntip: 三\n"))
    parts = [(each.role, each.field) for each in article.blocks if isinstance(each, Part)]
    assert parts == [("quote", "voices.0"), ("quote", "voices.1"), ("aside", "tip")]
