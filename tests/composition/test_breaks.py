"""Where lines may end (禁則), by tables and properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.composition.paragraph.breaks import End, may_end_after, tied_to_next

NOT_FIRST = "。、，．・：；？！）」』】〕》〉］｝ー々ゝゞヽヾ〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％℃…―"
NOT_LAST = "（「『【〔《〈［｛￥＄№〒"
TEXTS = st.text(st.sampled_from("留萌のまち" + NOT_FIRST + NOT_LAST + "0123,.:-AbcXyz \u3000"), min_size=1, max_size=40)


BARS = {
    End.NEVER: "",
    End.FREELY: "|",
    End.PARTS: "/",
    End.PIECES: "~",
    End.THOUSANDS: "'",
    End.SCALES: "",
    End.LETTERS: "",
}


def parts(text: str, bars: dict[End, str] = BARS) -> str:
    """The text with a bar where a line may end; ``/`` where it ends if it must, ``~`` and ``'`` more rarely."""
    ends = [*may_end_after(text)[:-1], End.NEVER]
    return "".join(character + bars[end] for character, end in zip(text, ends, strict=True))


@given(TEXTS)
def test_nothing_forbidden_begins_or_ends_a_line(text: str) -> None:
    for place, end in enumerate(may_end_after(text)[:-1]):
        if end:
            assert text[place + 1] not in NOT_FIRST
            assert text[place] not in NOT_LAST
            assert not text[place + 1].isspace()


@given(TEXTS)
def test_a_paragraph_may_always_end(text: str) -> None:
    ends = may_end_after(text)
    assert len(ends) == len(text)
    assert ends[-1]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("会費は3,500円です", "会|費|は|3,'500円|で|す"),
        ("18℃の夏", "18℃|の|夏"),
        ("面積24.5km²と", "面|積|24.5km²|と"),
        ("3月21日（日）から", "3月/21日/（日）|か|ら"),
        ("電話0164-42-1809へ", "電|話|0164-~42-~1809|へ"),
        ("夢――と……も", "夢――|と……|も"),
        ("第2回大会", "第2回|大|会"),
        ("平成25年度", "平成~25年度"),
        ("〒077-8601です", "〒077-~8601|で|す"),
        ("ファイル№12", "ファ|イ|ル|№12"),
        ("New York市", "New |York|市"),
        ("昭和64年1月7日と", "昭和~64年/1月/7日|と"),
        ("令和元年5月", "令和~元年/5月"),
        ("1億2,345万6千円と", "1億2,345万6千円|と"),
        ("延べ1万8,400人", "延|べ|1万8,400人"),
        ("2,345万円は3,500円", "2,345万円|は|3,'500円"),
        ("4月1万人", "4月/1万人"),
        ("15,432,100千円", "15,'432,'100千円"),
        ("寿町3丁目12番地", "寿|町|3丁目/12番地"),
        ("午後1時30分", "午後/1時/30分"),
        ("4月1日(火)と", "4月/1日/(火)|と"),
        ("(火)(水)", "(火)|(水)"),
        ("f(x)と", "f(x)|と"),
        ("△12千円と▲3.5と±0", "△12千円|と|▲3.5|と|±0"),
        ("℡42と☎42", "℡42|と|☎42"),
        ("3ポイントとセンチメートル", "3ポイ'ント|と|セ|ン|チ|メー|ト|ル"),
        ("ええ!?まさか!!え", "え|え!?|ま|さ|か!!|え"),
        ("鹿5頭と", "鹿|5頭|と"),
        ("鹿5疋と", "鹿|5~疋|と"),
        ("don’t、", "don’t、"),
        ("Wi-Fiと", "Wi-~Fi|と"),
        ("TEL 0164", "TEL /0164"),
        ("100\u00a0kmと", "100\u00a0km|と"),
        ("山\u2060川\u200b海", "山\u2060川\u200b|海"),
        ("CO₂と", "CO₂|と"),
        ("｢ｶﾞｯ｡｣と", "｢ｶﾞｯ｡｣|と"),
        ("見よ！\u3000次へ", "見|よ！\u3000|次|へ"),
        ("https://a.jp/b?c=d&e=f-g", "https:///a.~jp/|b?|c=|d&|e=|f-~g"),
        ("http://a.jp/?c=d/)", "http:///a.~jp/?|c=|d/)"),
        ("a.b@c-d.jpへ", "a.~b@/c-~d.~jp|へ"),
    ],
)
def test_the_places_where_lines_may_end(text: str, broken: str) -> None:
    assert parts(text) == broken


def test_a_word_is_broken_amid_only_if_no_line_can_hold_it() -> None:
    assert parts("15abと", {**BARS, End.LETTERS: "."}) == "1.5.a.b|と"
    assert parts("3,500円", {**BARS, End.LETTERS: "."}) == "3,'5.0.0円"
    assert parts("1億2,345万6千円", {**BARS, End.SCALES: "."}) == "1億.2,345万.6千円"


@given(st.text(st.sampled_from("0123456789,.-年月日円番地%℃kmキロ（）"), min_size=2, max_size=20))
def test_no_line_ends_between_a_number_and_its_unit(text: str) -> None:
    for place, end in enumerate(may_end_after(text)[:-1]):
        if text[place].isdigit() and text[place + 1] in "年月日円%℃":
            assert end is End.NEVER


def test_marks_stay_with_their_base() -> None:
    assert list(map(bool, may_end_after(["葛\U000e0100", "城", "。"]))) == [True, False, True]


@pytest.mark.parametrize(
    ("text", "tied"),
    [("夢――と", ".―.."), ("3,500円", "3,50.."), ("12:30に", "12:3.."), ("留萌", ".."), ("A1", "..")],
)
def test_what_no_space_opens_in(text: str, tied: str) -> None:
    assert "".join(c if tie else "." for c, tie in zip(text, tied_to_next(text), strict=True)) == tied
