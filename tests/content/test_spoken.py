"""Marks in words: nothing is left that a voice or braille drops or misreads, and what can be heard stays as typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from koho_pdf.content.spoken import RULES, readable, spoken

MISREAD = "☎☏℡℻〒㈱㈲①⑳❶㊤㊐※■□●○◎◆▲★→←↑⇒〜～℃％№㎡㎞㏄Ⅳ²×÷＋＝￥㍻㌔ｱﾞＡ１♪♨🎉½"
MISREAD += "〃〻ゝゞヽヾ〳〵\ufeff\u200b\u00ad\U000e0100\ue000⼈"
URLS = ("https://www.e-rumoi.jp/~koho/?page=12&lang=ja#top", "shisei+1@e-rumoi.jp", "www.example.jp/a-b/50%25")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("㈱留萌と㈲港", "株式会社留萌と有限会社港"),
        ("☎42-1809", "電話番号　42-1809"),
        ("①番、②3月", "まる1番、まる2　3月"),
        ("3月21日（日）〜4月1日", "3月21日（日）から4月1日"),
        ("〜夢のまち〜", "夢のまち"),
        ("10:00～", "10:00から"),
        ("■新しいごみ", "新しいごみ"),
        ("A■B、○月", "A黒四角B、まる月"),
        ("第○回", "第まる回"),
        ("※雨天中止", "注、雨天中止"),
        ("増減 △100,000千円、▲３．５％、△3", "増減 マイナス100,000千円、マイナス3.5パーセント、マイナス3"),
        ("△4月1日から、▲10:00、△1番、▲2027/4/1", "4月1日から、黒三角10:00、三角1番、黒三角2027/4/1"),
        ("18℃、20％、３．５％", "18度、20パーセント、3.5パーセント"),
        ("24.5km²と10m³と㎡", "24.5平方キロメートルと10立方メートルと平方メートル"),
        ("会費は￥1,250、１２，０００円", "会費は1,250円、12,000円"),
        ("3×4、○×", "3かける4、まるばつ"),
        ("いろ〳〵、しみ〴〵、こゝろ、すゞめ、バナヽ、各〻", "いろいろ、しみじみ、こころ、すずめ、バナナ、各々"),
        ("葛󠄀城、㍻25年、Ⅳ章、ﾊﾝｶｸ、ＮＨＫ", "葛城、平成25年、4章、ハンカク、NHK"),
        ("新・協働時代、『留萌力』、2013年4月1日", "新・協働時代、『留萌力』、2013年4月1日"),
        ("髙橋さん、﨑山さん", "髙橋さん、﨑山さん"),
    ],
)
def test_marks_become_words(typed: str, said: str) -> None:
    assert spoken(typed) == said


@given(
    st.text(st.one_of(st.sampled_from(MISREAD), st.sampled_from("あかハ字3 、。「」Am"), st.characters()), max_size=30)
)
@example("〜～" + MISREAD)
def test_nothing_is_left_that_is_dropped_or_misread(text: str) -> None:
    said = spoken(text)
    assert not set(said) & set(MISREAD)
    assert all(map(readable, said))


@given(st.sampled_from(URLS), st.text("あ、。（） ※■", max_size=8))
def test_addresses_are_as_typed(address: str, around: str) -> None:
    assert address in spoken(f"{around}、{address}（{around}")


@given(st.text("あいうカキ漢字、。・「」『』（）0123456789ABCabc年月日ー々", max_size=40))
def test_what_can_be_heard_stays(text: str) -> None:
    assert spoken(text) == text


def test_every_rule_has_its_reason_and_its_use() -> None:
    assert all(rule.why for rule in RULES)
    unused = [rule.why for rule in RULES if not any(rule.marks.search(text) for text in SAMPLES)]
    assert unused == []


SAMPLES = ("葛󠄀\ue000 ■あ ☎42 ※ ￥5 3km² 9⁵ 1〜2 あ〜い 〜 3×4 ×", "△3", "♪①㈱A□Ⅳ１ 1，2〃いろ〳〵こゝ")
