"""What stands for a field that is not written, and types that wait."""

from __future__ import annotations

import pytest
from tests.kinds.conftest import Kinds

from koho_pdf.collation.owed import owed
from koho_pdf.content.public import public, public_manuscript
from koho_pdf.errors import LayoutError
from koho_pdf.kinds.reading_order import articles_of


def test_a_default_is_read_as_if_it_stood_there(kind: Kinds) -> None:
    city = kind(
        "fee: {type: amount, default: 無料}",
        "body: {type: paragraphs, default: '{留萌|るもい}です。'}",
        "when: {type: occasions, default: 4月1日(木)}",
        "name: {type: text, default: 『見本』}",
        "hall: {type: plain, default: 公会堂}",
        "who: {type: person, default: 東海林（しょうじ）}",
        "on: {type: answer, default: true}",
    )
    issue = city.issue("")
    assert [block.plain for block in articles_of(issue)[0].blocks] == [  # type: ignore[union-attr]
        "無料",
        "留萌です。",
        "4月1日(木)",
        "『見本』",
        "公会堂",
        "東海林",
    ]
    assert issue.when[0].spans[0].first.year == 2027, "the issue's date gives the year"
    assert "fee" not in public_manuscript(issue)
    again = city.again(issue)
    assert [getattr(again, name) == getattr(issue, name) for name in city.kind.fields if name != "title"] == [True] * 7
    assert [each.field for each in owed(issue, "print")] == ["title", "fee", "body", "when.0", "name", "hall", "who"]
    assert city.issue("fee: 500円\n").fee.value == 500


def test_print_alone_leaves_no_raw_default(kind: Kinds) -> None:
    city = kind("name: {type: text, default: 見本}")
    left = public(city.issue("name: {text: 秘密, media: [print]}\n"))
    assert left.name.plain == "（紙面に掲載）"


def test_a_department_as_default_is_looked_for_in_each_city(kind: Kinds) -> None:
    city = kind("ask: {type: contact, default: 広報係}")
    assert [(each.code, each.where.field) for each in city.told("")] == [("unknown-department", "ask")]


WRONG = {
    "{type: amount, default: たくさん}": ("number-not-understood", 7),
    "{type: text, default: '**x'}": ("mark-not-closed", 7),
    "{type: date, default: 4月31日}": ("date-does-not-exist", 7),
    "{type: list, of: text, default: x}": ("kind-broken", 7),
    "{type: picture, default: a.png}": ("kind-broken", 7),
    "{type: occasion}": ("unknown-type", 7),
}


@pytest.mark.parametrize(("field", "told"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_with_a_field_is_told_to_its_designer(kind: Kinds, field: str, told: tuple[str, int]) -> None:
    with pytest.raises(LayoutError) as refusal:
        kind(f"it: {field}")
    (found, *others) = refusal.value.findings
    assert (found.code, found.where.line) == (told[0], told[1] + 1)
    assert found.hint
    assert {each.code for each in others} <= {"unknown-field", "field-in-no-article"}
