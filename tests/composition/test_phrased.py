"""Ragged items whose lines end at phrases (文節): by texts, by properties, and on a page."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.composition.conftest import Composed, lines_of, read_page

from koho_pdf.composition.paragraph.breaks import may_end_after, tied_to_next
from koho_pdf.composition.paragraph.classes import kind_of
from koho_pdf.composition.paragraph.line import Cell, Paragraph, fill
from koho_pdf.composition.paragraph.phrased import costs
from koho_pdf.layout.phrases import loan_ends, name_ends, parts_of, phrases_of

TEXTS = st.text(st.sampled_from("漁港の取組を進めます、。「」ー・12,万円人ABトン"), min_size=1, max_size=80)


def paragraph(text: str, *, phrased: bool, whole: bool = False) -> Paragraph:
    ends = may_end_after(text)
    phrases, parts, at = {0}, {0}, 0
    for phrase in phrases_of(text) if phrased else ():
        for part in parts_of(phrase):
            at += len(part)
            parts.add(at)
        phrases.add(at)
    return Paragraph.of(
        [
            Cell(kind_of(each), 0.5 if each.isascii() else 1.0, 1.0, end, tied, not each.isascii())
            for each, end, tied in zip(text, ends, tied_to_next(text), strict=True)
        ],
        phrases=costs(
            text,
            ends,
            phrases,
            parts | loan_ends(text) if whole else parts,
            name_ends(text) if whole else (),
            whole=whole,
        )
        if phrased
        else (),
    )


def lines(text: str, measure: float, *, phrased: bool = True, justify: bool = False, whole: bool = False) -> list[str]:
    cells, found, first = paragraph(text, phrased=phrased, whole=whole), [], 0
    while first < len(text):
        line = fill(cells, first, measure, justify=justify, hanging=True)
        assert line.width <= measure + 1 + 1e-6
        found.append(text[first : line.end])
        first = line.end
    return found


@pytest.mark.parametrize(
    ("text", "measure", "broken"),
    [
        ("共同の名前を決め、箱と札をそろえます。", 16, ["共同の名前を決め、", "箱と札をそろえます。"]),
        ("駅前の広場で、月に1度の朝市を開きます。", 16, ["駅前の広場で、", "月に1度の朝市を開きます。"]),
        ("店を継ぐ人と、譲る人を引き合わせます。", 16, ["店を継ぐ人と、", "譲る人を引き合わせます。"]),
        ("若い船主の船の更新を助けます。", 16, ["若い船主の船の更新を助けます。"]),
        ("農家の出荷量を、年300トンに増やします。", 13, ["農家の出荷量を、", "年300トンに増やします。"]),
        ("にんじんとばれいしょの出荷量を増やします。", 13, ["にんじんとばれいしょの", "出荷量を増やします。"]),
        ("職員の事務の時間を年に4万8,000時間減らします。", 14, ["職員の事務の時間を年に", "4万8,000時間減らします。"]),
    ],
)
def test_a_short_item_ends_its_lines_at_phrases(text: str, measure: float, broken: list[str]) -> None:
    assert lines(text, measure) == broken


def test_many_lines_are_as_full_as_phrases_allow() -> None:
    text = (
        "分野ごとに分かれていた相談の窓口を、市内5か所の「まるごと相談室」に一本化し、8050問題、ヤングケアラー、"
        "ごみ屋敷、ひきこもりなど、1つの窓口では受け止めきれなかった複合的な悩みに、組となって継続的に寄り添います。"
    )
    set_so = lines(text, 13)
    assert len(set_so) == len(lines(text, 13, phrased=False))
    assert not any(each.endswith(("ヤング", "ヤングケ", "ヤングケア")) for each in set_so)
    assert all(len(each) >= 8 for each in set_so[:-1])


def test_justified_lines_are_filled_whatever_their_phrases_are() -> None:
    text = "共同の名前を決め、箱と札をそろえます。"
    assert lines(text, 16, justify=True) == lines(text, 16, phrased=False, justify=True)


@pytest.mark.parametrize(
    ("text", "measure", "broken"),
    [
        (
            "病床数を、概算事業費の枠とする計画を示します。",
            9,
            ["病床数を、", "概算事業費の", "枠とする計画を", "示します。"],
        ),
        ("除雪車を増やし、通学路を朝までに空けます。", 11, ["除雪車を増やし、", "通学路を朝までに", "空けます。"]),
        ("保障し、機関を設けることなどを盛り込んだ条例案を、議会に提出します。", 19, None),
    ],
)
def test_words_stay_whole_for_a_line_more(text: str, measure: float, broken: list[str] | None) -> None:
    """病|床数, 通|学路 and 条|例案 were cut at the ends of lines."""
    found = lines(text, measure, whole=True)
    assert broken is None or found == broken
    ends = {*accumulate(len(part) for phrase in phrases_of(text) for part in parts_of(phrase))}
    assert ends.issuperset(accumulate(map(len, found)))
    assert len(found) <= len(lines(text, measure, phrased=False)) + 1


@pytest.mark.parametrize(
    ("text", "measure", "cut"),
    [
        ("温室効果ガスの排出をなくす工程表をまとめます。", 12, "効果|ガス"),
        ("月に1度の市長室を開き、市内の公民館を回ります。", 13, "月に|1度"),
        ("木質バイオマスボイラーを、プールに入れます。", 11, "ボイラー|を"),
        ("家庭を訪ねる「マイ保健師制度」を始めます。", 12, "マイ|保健師"),
        ("市内にある相談の窓口を「まるごと相談室」に一本化し、8050問題に寄り添います。", 19, "」|に"),
        ("寄付はふるさと納税の返礼品と合わせます。", 8, "ふるさと|納税"),
    ],
)
def test_compounds_and_short_phrases_stay_together(text: str, measure: float, cut: str) -> None:
    assert cut not in "|".join(lines(text, measure, whole=True))


@given(TEXTS, st.integers(8, 26))
def test_there_are_as_many_lines_as_if_each_was_filled(text: str, measure: int) -> None:
    assert "".join(lines(text, measure)) == text
    assert len(lines(text, measure)) == len(lines(text, measure, phrased=False))


@given(TEXTS, st.integers(8, 26))
def test_no_line_ends_where_none_may(text: str, measure: int) -> None:
    ends, at = may_end_after(text), 0
    usual = [sum(map(len, lines(text, measure, phrased=False)[: n + 1])) for n in range(len(text))]
    for line in lines(text, measure):
        at += len(line)
        assert at == len(text) or ends[at - 1] or at in usual  # a word longer than any line is cut as ever


def test_a_page_ends_lines_at_phrases_and_copies_the_same_text(composed: Composed) -> None:
    text = "港の作業場に、屋根と明かりを付けます。"
    css = "p { width: 192pt; text-align: start } .pretty { text-wrap-style: pretty }"
    shown = [
        "".join(each.text for each in line)
        for line in lines_of(read_page(composed(f"<p>{text}</p><p class=pretty>{text}</p>", css))[0])
    ]
    assert "".join(shown) == text * 2
    assert shown[2:] == ["港の作業場に、", "屋根と明かりを付けます。"]
    assert shown[0] != shown[2]


def test_there_is_a_line_more_rather_than_a_loan_word_cut(composed: Composed) -> None:
    """リサイ|クル was cut, because two filled lines hold all."""
    text = "ペットボトルの水平リサイクルを全世帯で始めます。"
    css = "p { width: 144pt; text-align: start; text-wrap-style: pretty }"
    shown = ["".join(each.text for each in line) for line in lines_of(read_page(composed(f"<p>{text}</p>", css))[0])]
    assert shown == ["ペットボトルの", "水平リサイクルを", "全世帯で始めます。"]
