"""Which fields a text lacks: each find counts once, whatever stands between the parts of a field."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from koho_pdf.collation.matching import lacks
from koho_pdf.collation.owed import Owed, folded

LEAD = "市民会館で、港まつりの前夜祭を開きます。屋台は午後5時からです。"


def missing(said: str | list[str], *fields: str) -> list[tuple[str, str]]:
    wanted = [Owed(str(number), (words,)) for number, words in enumerate(fields)]
    return [(lack.owed.field, lack.words) for lack in lacks(wanted, said)]


def test_all_is_there() -> None:
    assert missing(f"号外\n{LEAD}\n市民会館", "市民会館", LEAD) == []


def test_a_field_is_not_found_in_a_longer_one_that_names_it() -> None:
    assert missing(LEAD, "市民会館", LEAD) == [("0", "市民会館")]


def test_of_two_fields_alike_each_must_be_there() -> None:
    assert missing("なし　なし", "なし", "なし") == []
    assert missing("なし", "なし", "なし") == [("1", "なし")]


def test_a_date_of_many_ways_takes_no_cell_that_says_the_same() -> None:
    year = Owed("year", ("令和9年度", "2027年度"))
    cells = [Owed("a", ("令和9年度",)), Owed("b", ("令和9年度",))]
    assert lacks([year, *cells], "令和9年度 予算 令和9年度 令和9年度") == ()
    assert lacks([year, *cells], "2027年度 予算 令和9年度 令和9年度") == ()
    assert len(lacks([year, *cells], "令和9年度 予算 令和9年度")) == 1


@pytest.mark.parametrize(
    "row", [["L", "LL", "LLL"], ["★★★", "★", "★★"], ["0", "000", "00"], ["はい", "はいはい", "はい"]]
)
def test_cells_side_by_side_are_not_taken_for_one_longer(row: list[str]) -> None:
    assert missing(" ".join(row), *row) == []
    assert missing(" ".join(row[1:]), *row)


def test_the_end_that_ran_off_is_told() -> None:
    assert missing("市民会館で、港まつりの前夜祭を開きます。", LEAD) == [("0", "屋台は午後5時からです。")]


@pytest.mark.parametrize("heading", ["屋台", "屋台は午後", "屋台の出店者を募ります"])
def test_what_is_left_of_a_cut_field_takes_no_words_of_the_next_page(heading: str) -> None:
    said = ["市民会館で、港まつりの前夜祭を開きます。", f"{heading}　電話で", "9"]
    ((lost, words),) = missing(said, LEAD, heading)
    assert (lost, words[-7:]) == ("0", "5時からです。")
    assert [field for field, _ in missing(said, LEAD, heading, "はじめに")] == ["0", "2"]


@pytest.mark.parametrize("at", range(1, len(LEAD)))
def test_a_field_that_goes_on_overleaf_is_whole(at: int) -> None:
    assert missing([LEAD[:at], f"{LEAD[at:]}屋台"], LEAD, "屋台") == []
    assert missing([LEAD[:at], f"{LEAD[at:]}屋台"], LEAD, "屋台", "はじめに") == [("2", "はじめに")]


@pytest.mark.parametrize("between", ["（るもい）", "3", "平成25年度 市政執行の重点的な取組 4"])
def test_parts_with_something_between_them_are_one_field(between: str) -> None:
    assert missing(LEAD.replace("前夜祭を", f"前夜祭{between}を"), LEAD) == []


@pytest.mark.parametrize("at", range(17, 33))
def test_a_text_that_names_another_field_goes_on_overleaf(at: int) -> None:
    asked = "電話は0164-42-1809か市民会館、屋台は午後5時からです。"
    said = f"{asked[:at]} 平成25年度 市政執行の重点的な取組 6 {asked[at:]} 0164-42-1809 市民会館"
    assert missing(said, asked, "0164-42-1809", "市民会館") == []
    (lost, words), *_ = missing(said.replace("電話は", ""), asked, "0164-42-1809", "市民会館")
    assert (lost, words[:3]) == ("0", "電話は")


def test_a_forgotten_field_takes_no_words_of_another() -> None:
    lead = "今年で50回目を迎える港まつり。海の幸の屋台が並びます。"
    assert missing("第50回るもい港まつり", "第50回るもい港まつり", lead) == [("1", folded(lead))]


def test_a_short_cell_takes_nothing_from_a_text_that_is_in_parts() -> None:
    said = LEAD.replace("前夜祭を", "前夜祭（ぜんやさい）を") + " 5 夜"
    assert missing(said, "5", "夜", LEAD) == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("２０１３年", "2013年"),
        ("2013年", "２０１３年"),
        ("午前10時〜午後3時", "午前10時～午後3時"),
        ("渡邊\U000e0106さん", "渡邊さん"),
        ("留萌　港", "留萌港"),
        ("ｶﾀｶﾅ", "カタカナ"),
        ("るもいプラザ Open", "るもいプラザ OPEN"),
        ("0164‐42‐1809", "0164-42-1809"),
        ("ホーム\u00adページ", "ホームページ"),
    ],
)
def test_what_looks_the_same_is_the_same(typed: str, printed: str) -> None:
    assert missing(f"前{printed}後", typed) == []


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(st.lists(st.text(st.sampled_from("市民会館港まつり12（）"), min_size=1, max_size=12), min_size=1, max_size=12))
@example(["11", "21"])
@example(["11", "21"])
def test_whatever_is_said_in_any_order_is_never_missing(fields: list[str]) -> None:
    assert missing("\n".join(reversed(fields)), *fields) == []


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(st.lists(st.text(st.sampled_from("0123"), min_size=1, max_size=3), min_size=2, max_size=40))
@example(["01", "0", "010", "0", "11", "011"])
def test_cells_of_figures_are_never_missing(cells: list[str]) -> None:
    assert missing("\n".join(cells), *cells) == []


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(st.text(st.sampled_from("市民会館港まつり"), min_size=9, max_size=40), st.data())
def test_a_field_without_its_end_is_always_missing(field: str, data: st.DataObject) -> None:
    said = field[: data.draw(st.integers(0, len(field) - 4))]
    (lack,) = missing(said, field)
    assert field.endswith(lack[1][-1])
