"""Lists of every type: nothing of a value is lost in them, and they are written back."""

from __future__ import annotations

import pytest
from tests.kinds.conftest import Kinds

from koho_pdf.collation.owed import owed
from koho_pdf.errors import LayoutError
from koho_pdf.kinds.reading_order import articles_of

ITEMS = {
    "text": (["'**一**'", "二"], ["一", "二"]),
    "plain": (["'**一**'"], ["**一**"]),
    "paragraphs": (["|\n    一。\n\n    二。", "三"], ["一。", "二。", "三"]),
    "date": (["3月10日(水)", "2027-04-01"], ["3月10日(水)", "2027-04-01"]),
    "time": (["9:30"], ["9:30"]),
    "fiscal_year": (["令和9年度"], ["令和9年度"]),
    "telephone": (["42-1809 内線 1"], ["☎42-1809 内線 1"]),
    "mail": (["a@example.jp"], ["a@example.jp"]),
    "link": (["example.jp/a"], ["example.jp/a"]),
    "person": (["東海林（しょうじ）", "{name: 山田, reading: やまだ}"], ["東海林", "山田"]),
    "amount": (["△3円", "無料"], ["△3円", "無料"]),
    "contact": (["{department: 一課, telephone: 42-1801}"], ["一課", "☎42-1801"]),
}


@pytest.mark.parametrize("kind_of_item", ITEMS)
def test_each_type_in_a_list(kind: Kinds, kind_of_item: str) -> None:
    written, expected = ITEMS[kind_of_item]
    city = kind(f"them: {{type: list, of: {kind_of_item}}}")
    if kind_of_item == "contact":
        assert [each.code for each in city.told("them:\n  - {department: 課, telephone: 42}\n")] == [
            "telephone-not-understood"
        ]
    issue = city.issue("them:\n" + "".join(f"  - {each}\n" for each in written))
    (article,) = articles_of(issue)
    assert list(article.paragraphs) == expected
    again = city.again(issue)
    assert list(articles_of(again)[0].paragraphs) == expected
    assert [type(each) for each in again.them] == [type(each) for each in issue.them]
    assert [str(each) for each in again.them] == [str(each) for each in issue.them]
    assert [(each.field, each.ways) for each in owed(again, "text")] == [
        (each.field, each.ways) for each in owed(issue, "text")
    ]


@pytest.mark.parametrize("of", ["occasions", "{type: list, of: text}"])
def test_a_list_of_lists_is_refused(kind: Kinds, of: str) -> None:
    with pytest.raises(LayoutError) as refusal:
        kind(f"them: {{type: list, of: {of}}}")
    assert [each.code for each in refusal.value.findings] == ["kind-broken"]


def test_a_group_of_nothing_is_written_back(kind: Kinds) -> None:
    city = kind("them: {type: list, of: {type: group, name: One, fields: {a: {type: text, optional: true}}}}")
    issue = city.issue("them:\n  - {}\n  - a: {text: 秘密, media: [print]}\n  - a: 一\n")
    assert [each.a and each.a.plain for each in city.again(issue).them] == [None, None, "一"]


def test_a_reading_in_a_list_is_set_over_its_name(kind: Kinds) -> None:
    city = kind("them: {type: list, of: person}")
    (article,) = articles_of(city.issue("them:\n  - 東海林（しょうじ）\n"))
    (block,) = article.blocks
    assert block.items[0].text.runs[0].pairs == (("東海林", "しょうじ"),)  # type: ignore[union-attr]
