"""Where lines may end (禁則), by tables and properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.composition.breaks import may_end_after, tied_to_next

NOT_FIRST = "。、，．・：；？！）」』】〕》〉］｝ー々ゝゞヽヾ〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％℃…―"
NOT_LAST = "（「『【〔《〈［｛￥＄№〒"
TEXTS = st.text(st.sampled_from("留萌のまち" + NOT_FIRST + NOT_LAST + "0123,.:-AbcXyz \u3000"), min_size=1, max_size=40)


def parts(text: str) -> str:
    """The text with a bar where a line may end."""
    ends = may_end_after(text)
    return "".join(
        character + "|" * (end and place + 1 < len(text))
        for place, (character, end) in enumerate(zip(text, ends, strict=True))
    )


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
        ("会費は3,500円です", "会|費|は|3,500円|で|す"),
        ("18℃の夏", "18℃|の|夏"),
        ("面積24.5km²と", "面|積|24.5km²|と"),
        ("3月21日（日）から", "3月21日（日）|か|ら"),
        ("電話0164-42-1809へ", "電|話|0164-42-1809|へ"),
        ("夢――と……も", "夢――|と……|も"),
        ("第2回大会", "第2回|大|会"),
        ("平成25年度", "平成25年度"),
        ("〒077-8601です", "〒077-8601|で|す"),
        ("ファイル№12", "ファ|イ|ル|№12"),
        ("New York市", "New |York|市"),
        ("見よ！\u3000次へ", "見|よ！\u3000|次|へ"),
        ("https://a.jp/b?c=d&e=f-g", "https://a.|jp/|b?|c=|d&|e=|f-|g"),
        ("a.b@c-d.jpへ", "a.|b@|c-|d.|jp|へ"),
    ],
)
def test_the_places_where_lines_may_end(text: str, broken: str) -> None:
    assert parts(text) == broken


def test_marks_stay_with_their_base() -> None:
    assert list(map(bool, may_end_after(["葛\U000e0100", "城", "。"]))) == [True, False, True]


@pytest.mark.parametrize(
    ("text", "tied"),
    [("夢――と", ".―.."), ("3,500円", "3,50.."), ("12:30に", "12:3.."), ("留萌", ".."), ("A1", "..")],
)
def test_what_no_space_opens_in(text: str, tied: str) -> None:
    assert "".join(c if tie else "." for c, tie in zip(text, tied_to_next(text), strict=True)) == tied
