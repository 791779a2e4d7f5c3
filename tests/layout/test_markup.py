"""Words as HTML: no character becomes markup; headings break between phrases and lose nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from koho_pdf.content.values.inline import InlineText, Run, Text, parse_inline
from koho_pdf.content.values.runs import Joint
from koho_pdf.layout import markup
from koho_pdf.layout.markup import clauses, inline, lines, phrases, upright
from koho_pdf.layout.phrases import parts_of, phrases_of, pieces_of

WORDS = st.text(
    st.sampled_from("留萌市民健康子どもたちの夢と可能性が育つまちづくりを、。「」・ーAB12 <&>\"'"),
    min_size=1,
    max_size=40,
)
HEADINGS = [
    "地域経済の活性化",
    "安心安全なまちづくり",
    "子どもたちの夢と可能性が育つまちづくり",
    "健康で笑顔あふれるまちづくり",
    "農水産物や加工食品の付加価値化の取組",
    "子どもたちの健やかな体を育てる取組",
    "未来に向けて笑顔、絆、夢を実現させる留萌であるために。",
    "留萌ならではを創りたい",
]


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def typed(source: str) -> InlineText:
    return InlineText(source, parse_inline(source))


@given(WORDS)
@example("")
@example("に")
def test_phrases_join_to_the_text(text: str) -> None:
    assert "".join(phrases_of(text)) == text


@given(WORDS)
def test_no_phrase_but_the_first_is_one_or_two_characters(text: str) -> None:
    assert all(len(phrase) > 2 for phrase in phrases_of(text)[1:])


@given(WORDS)
def test_every_way_to_set_a_heading_keeps_its_words(text: str) -> None:
    assert text_of(phrases(text)) == text
    assert text_of(clauses(text, 12)) == text
    assert "".join(map(text_of, lines(text, 9, 2))) == text
    assert text_of(inline(text)) == text


@given(WORDS, st.integers(3, 20), st.integers(1, 3))
def test_lines_are_as_long_as_allowed_unless_a_phrase_is_longer(text: str, characters: int, at_least: int) -> None:
    found = [text_of(line) for line in lines(text, characters, at_least)]
    whole = pieces_of(text, characters)
    assert all(len(line) <= characters or line in whole for line in found)
    assert len(found) >= min(at_least, len(whole))


def every_partition(parts: list[str], count: int) -> list[list[str]]:
    return [
        ["".join(parts[a:b]) for a, b in zip((0, *cuts), (*cuts, len(parts)), strict=True)]
        for cuts in combinations(range(1, len(parts)), count - 1)
    ]


@given(st.lists(st.integers(1, 6), min_size=1, max_size=8), st.integers(6, 16), st.integers(1, 4))
def test_lines_are_few_and_even(lengths: list[int], characters: int, at_least: int) -> None:
    """Compared with every way to divide the phrases: no fewer lines would do, and none are more even."""
    parts = ["字" * length for length in lengths]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "pieces_of", lambda text, _, **_how: list(parts))
        found = [str(line) for line in lines("".join(parts), characters, at_least)]
    longest = {
        count: min(max(map(len, way)) for way in every_partition(parts, count)) for count in range(1, len(parts) + 1)
    }
    fewest = min(count for count in longest if longest[count] <= characters and count >= min(at_least, len(parts)))
    assert len(found) == fewest
    assert max(map(len, found)) == longest[fewest]


def test_a_heading_of_hundreds_of_phrases_is_divided_at_once() -> None:
    found = lines("市民と協働のまちづくりを進める" * 130, 12)
    assert "".join(found) == "市民と協働のまちづくりを進める" * 130


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("characters", [8, 12, 15])
def test_no_line_of_a_heading_is_one_or_two_characters(heading: str, characters: int) -> None:
    assert all(len(line) > 2 for line in lines(heading, characters))
    assert all(len(line) > 2 for line in lines(heading, characters, 2))


@pytest.mark.parametrize(
    ("heading", "characters", "at_least", "wanted"),
    [
        ("留萌ならではを創りたい", 7, 1, ["留萌ならではを", "創りたい"]),
        ("地域経済の活性化", 8, 2, ["地域経済の", "活性化"]),
        ("健康で笑顔あふれるまちづくり", 12, 2, ["健康で笑顔", "あふれるまちづくり"]),
        ("安心安全なまちづくり", 12, 1, ["安心安全なまちづくり"]),
    ],
)
def test_the_leaflets_own_headings(heading: str, characters: int, at_least: int, wanted: list[str]) -> None:
    assert [str(line) for line in lines(heading, characters, at_least)] == wanted


def test_clauses_stay_whole_where_they_fit() -> None:
    html = clauses("市民の健康、子どもの夢、まちの力。", 10)
    assert re.findall(r">([^<]+)<", html) == ["市民の健康、", "子どもの夢、", "まちの力。"]


@pytest.mark.parametrize("way", [inline, phrases, lambda text: clauses(text, 20), lambda text: lines(text, 20)[0]])
@pytest.mark.parametrize(
    "text", ["<b>太字</b>", "{{ issue }}", "{% x %}", "&amp;", "</style><script>", '" onload="x', "#*"]
)
def test_no_character_becomes_markup(way: Callable[[InlineText], str], text: str) -> None:
    html = way(InlineText(text, parse_inline(text)))
    without_ours = re.sub(r'</?span( class="phrase")?>', "", html)
    assert not re.search("[<>\"']", without_ours)
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{留萌|るもい}", "<ruby>留萌<rt>るもい</rt></ruby>"),
        ("{政策|せい|さく}", "<ruby>政<rt>せい</rt>策<rt>さく</rt></ruby>"),
        ("**強調**", "<strong>強調</strong>"),
        ("《《点、々》》", '<em class="kenten">点、々</em>'),
        ("[市](https://example.jp/)", '<a href="https://example.jp/">市</a>'),
        ("**{市|し}<**", "<strong><ruby>市<rt>し</rt></ruby>&lt;</strong>"),
    ],
)
def test_marks(source: str, html: str) -> None:
    assert inline(typed(source)) == html


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        (
            "市の[ホームページ](https://a.jp/)をご覧ください",
            ["市の", '<a href="https://a.jp/">ホームページ</a>を', "ご覧ください"],
        ),
        (
            "健康で**笑顔あふれる**まちづくり",
            ["健康で<strong>笑顔</strong>", "<strong>あふれる</strong>", "まちづくり"],
        ),
        ("{政策|せい|さく}を着実に進めます", ["<ruby>政<rt>せい</rt>策<rt>さく</rt></ruby>を", "着実に", "進めます"]),
        ("**健康で笑顔あふれる**まち", ["<strong>健康で笑顔</strong>", "<strong>あふれる</strong>まち"]),
        ("第50回るもい港まつりです", ["第50回るもい", "港まつりです"]),
    ],
)
def test_a_heading_with_marks_breaks_between_phrases_too(source: str, pieces: list[str]) -> None:
    spans = "".join(f'<span class="phrase">{each}</span>' for each in pieces)
    assert phrases(typed(source)) == clauses(typed(source), 9) == spans
    assert len(lines(typed(source), 9)) > 1


@pytest.mark.parametrize(
    "whole",
    [
        "みんなで|支え合う|まちづくり",
        "にぎわうまち",
        "人が|集うまち",
        "中央公民館|（るもいプラザ内）",
        "夢を|追うまち",
        "家族が|笑い合うまち",
        "支え合う|まちの",
    ],
)
def test_a_verb_keeps_its_last_kana(whole: str) -> None:
    assert phrases_of(whole.replace("|", "")) == whole.split("|")


@pytest.mark.parametrize(
    ("characters", "whole"),
    [
        (9, "雪国の|知恵で、|次の100年を|ひらく"),
        (11, "子育てまでを|応援し、|若い世代に|選ばれるまち"),
        (9, "未来に|向けて|笑顔、絆、夢を|実現させる"),
        (9, "MISE 2030 |あと3年"),
        (19, "まち・北稜 |～ひと・みどり・|ものづくりの輪"),
        (9, "稼ぐ力を|高める|ものづくりと|食の|産業"),
        (12, "EV（電気自動車）・|FCV（燃料電池自動車）|シフト"),
        (12, "子ども・若者の|声が|届くまち"),
        (12, "デジタル|トランスフォーメーション|(DX)推進プロジェクト"),
        (10, "ALT・|ICT支援員の|増員"),
    ],
)
def test_a_short_word_stays_with_what_it_belongs_to(characters: int, whole: str) -> None:
    assert pieces_of(whole.replace("|", ""), characters) == whole.split("|")


def test_a_phrase_that_is_longer_than_its_line_breaks_where_a_word_begins() -> None:
    assert parts_of("第50回るもい港まつり") == ["第50回", "るもい", "港まつり"]
    assert parts_of("三ヶ月健診センター") == ["三ヶ月健診", "センター"]
    assert parts_of("デマンドバス「のるーと」") == ["デマンドバス", "「のるーと」"]
    assert parts_of("イノベーション&スタートアップ・エコシステム") == [
        "イノベーション&",
        "スタートアップ・",
        "エコシステム",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "子ども・若者の声が届くまち",
        "EV（電気自動車）・FCV（燃料電池自動車）シフト",
        "市道の消雪パイプの更新と流雪溝の延伸（3か年計画の2年目）",
        "「書かない・行かない・待たない」市役所",
        "次世代モビリティ（自動運転レベル4）の社会実装",
        "収納率80％をめざす取組",
    ],
)
def test_no_phrase_begins_or_ends_as_no_line_may(text: str) -> None:
    found = phrases_of(text)
    assert len(found) > 1
    assert "".join(found) == text
    assert not [phrase for phrase in found if phrase[0] in "・、。）」％" or phrase[-1] in "（「"]
    assert parts_of("お知らせ") == ["お知らせ"]
    assert parts_of("子どもたちの読み聞かせ") == ["子どもたちの", "読み聞かせ"]
    assert parts_of("市の施設") == ["市の", "施設"]
    assert [text_of(line) for line in lines("第50回るもい港まつり", 6)] == ["第50回", "るもい", "港まつり"]
    carbon = [text_of(line) for line in lines("ゼロカーボンシティへの挑戦", 10)]
    assert carbon == ["ゼロカーボン", "シティへの挑戦"]  # ゼロカーボンシティへ|の挑戦 was cut
    shown = phrases("第50回コミュニティセンター運営協議会", in_browser=True)
    assert shown == '<span class="between"></span>'.join(
        f'<span class="phrase">{each}</span>' for each in ("第50回", "コミュニティセンター", "運営協議会")
    )


def test_in_a_browser_a_bracket_stays_with_the_letter_beside_it() -> None:
    shown = phrases("市民に「信頼」される", in_browser=True)
    assert shown.endswith('<span class="phrase">「信頼<span class="joined">」さ</span>れる</span>')
    assert "joined" not in phrases("市民に「信頼」される")


def test_words_of_many_pillars_names_are_never_cut() -> None:
    assert phrases_of("地震に強くしなやかな都市基盤づくり") == ["地震に強く", "しなやかな", "都市基盤づくり"]
    assert phrases_of("人がにぎわうまちづくり") == ["人が", "にぎわうまちづくり"]
    assert parts_of("ユニバーサルツーリズム") == ["ユニバーサル", "ツーリズム"]


@pytest.mark.parametrize(
    "whole",
    [
        "暮らし』を|もう一度豊かにする",
        "5月10日（日曜日）から、|月1回の",
        "「マイ保健師制度」を|始めます。",
        "スマホ相談会を|月2回開きます。",
        "措置が|必要とされた|橋りょう",
        "令和9年4月の|共同運用に|向け、",
    ],
)
def test_a_day_a_year_and_a_short_name_in_brackets_are_one(whole: str) -> None:
    """もう|一度, 5月10日|（日曜日）, 「マイ|保健師制度」 were cut."""
    assert phrases_of(whole.replace("|", "")) == whole.split("|")


def test_a_short_name_in_brackets_is_cut_only_if_a_line_is_shorter() -> None:
    heading = "次世代モビリティ（自動運転レベル4）の社会実装"
    assert [text_of(line) for line in lines(heading, 11)] == ["次世代モビリティ", "（自動運転レベル4）の", "社会実装"]
    assert "（自動運転" in pieces_of(heading, 7)


def test_in_a_browser_a_link_is_one_whatever_phrases_its_words_are() -> None:
    """Cut at its phrases it would be several, each with a part of its name."""
    linked = typed("市の[くらしの「手引き」のページ](https://a.jp/)と[本](https://b.jp/)へ")
    shown = phrases(linked, in_browser=True)
    assert shown.count("<a ") == 2
    assert ">くらしの「手引き」のページ</a>" in re.sub("</?span[^>]*>", "", shown)
    assert shown.startswith('<span class="phrase">市の</span>')


def test_the_editor_breaks_a_line_and_forbids_a_break() -> None:
    broken = typed("留萌ならではを{改行}創り{つなぐ}たい")
    assert broken.plain == "留萌ならではを創りたい"
    assert inline(broken) == '留萌ならではを<br>創<span class="joined">りた</span>い'
    assert [text_of(line) for line in lines(broken, 12)] == ["留萌ならではを", "創りたい"]
    assert phrases(broken).count("<br>") == clauses(broken, 20).count("<br>") == 1
    joined = '<span class="phrase">市民の</span><span class="phrase">健康で笑顔</span>'
    assert phrases(typed("市民{つなぐ}の健康で{つなぐ}笑顔")) == joined
    both = typed("**第50回{改行}るもい**港")
    assert inline(both) == "<strong>第50回<br>るもい</strong>港"
    assert lines(both, 9) == ["<strong>第50回</strong>", "<strong>るもい</strong>港"]


@given(WORDS, st.lists(st.integers(1, 40)))
def test_no_break_stands_where_the_editor_forbids_it(text: str, places: list[int]) -> None:
    runs: list[Run] = []
    for at, character in enumerate(text):
        runs += [Joint(), Text(character)] if at in places else [Text(character)]
    marked = InlineText(text, tuple(runs))
    for html in (phrases(marked), clauses(marked, 12), "</span>".join(lines(marked, 9))):
        ends, at = set(), 0
        for piece in re.split(r"(?:</span>)+", html):
            at += len(text_of(piece))
            ends.add(at)
        assert at == len(text)
        assert not (ends - {len(text)}) & set(places)


def test_longer_numbers_and_abbreviations_stand_upright_in_vertical_lines() -> None:
    def each(words: str) -> str:
        return "".join(f"<span>{letter}</span>" for letter in words)

    assert upright(lines("次の100年", 9)[0]) == f"次の{each('100')}年"
    assert upright("MISE 2030 あと20年") == f"{each('MISE')} {each('2030')} あと20年"
    assert upright("1,024億円 Smile &amp; A4") == "1,024億円 Smile &amp;amp; A4"
    assert upright(Markup('<a href="2030">&#39;</a>')) == '<a href="2030">&#39;</a>'


def test_words_in_another_language_say_so() -> None:
    """``lang`` for browsers and, from there, for the tags of PDFs; the words stay whatever else is done to them."""
    text = typed("ようこそ**{Welcome <b>|lang:en}**へ、{欢迎|言語:簡体字}。")
    assert '<strong><span lang="en">Welcome &lt;b&gt;</span></strong>' in inline(text)
    assert '<span lang="zh-Hans">欢迎</span>' in inline(text)
    for html in (inline(text), phrases(text), clauses(text, 12), "".join(lines(text, 12))):
        assert text_of(html) == text.plain == "ようこそWelcome <b>へ、欢迎。"
        assert html.count('lang="en"') >= 1
