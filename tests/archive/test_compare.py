"""Two years side by side: moved parts are told as moved, reworded ones by their phrases, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.archive.compare.pairs import Pair, compare, told
from koho_pdf.archive.compare.wording import pieces
from koho_pdf.content.outline import Part

Issue = Sequence[tuple[str, Sequence[str]]]
"""Groups, each a heading and its sentences."""


def built(issue: Issue) -> Part:
    groups = (
        Part(
            f"groups.{number}",
            "柱",
            heading,
            tuple(Part(f"groups.{number}.texts.{at}", "文", text, listed=True) for at, text in enumerate(texts)),
            listed=True,
        )
        for number, (heading, texts) in enumerate(issue)
    )
    return Part("", "", parts=tuple(groups))


def changes(old: Issue, new: Issue) -> list[tuple[str, str]]:
    """(what changed, the words of the newer side) of every change told."""
    return [(kinds(pair), pair.part.words) for pair in told(compare(built(old), built(new)))]


def kinds(pair: Pair) -> str:
    return " ".join(name for name in ("added", "dropped", "moved", "reworded") if getattr(pair, name))


def every(pair: Pair) -> Iterator[Pair]:
    for each in pair.parts:
        yield each
        yield from every(each)


def fields(part: Part) -> list[str]:
    return [field for each in part.parts for field in (each.field, *fields(each))]


FIRST = ("産業の取組", ["漁業の後継者を育てます。", "港の市場を建て替えます。", "駅前の商店街に花を植えます。"])
SECOND = ("健康の取組", ["がん検診を無料にします。", "体操教室を各地区で開きます。"])
THIRD = ("教育の取組", ["学校の図書を増やします。", "給食に地元の魚を出します。"])


def test_the_same_issue_has_no_changes() -> None:
    assert changes([FIRST, SECOND, THIRD], [FIRST, SECOND, THIRD]) == []


def test_a_sentence_that_moved_to_another_group_is_told_as_moved_once() -> None:
    old, new = [FIRST, SECOND], [("産業の取組", FIRST[1][:2]), ("健康の取組", [FIRST[1][2], *SECOND[1]])]
    assert changes(old, new) == [("moved", "駅前の商店街に花を植えます。")]
    away = [pair for pair in every(compare(built(old), built(new))) if pair.away]
    assert [(pair.old and pair.old.field, pair.new and pair.new.field) for pair in away] == [
        ("groups.0.texts.2", "groups.1.texts.0")
    ]


def test_of_two_that_changed_places_one_is_told_as_moved_and_what_stands_in_it_is_not() -> None:
    assert changes([FIRST, SECOND, THIRD], [FIRST, THIRD, SECOND]) == [("moved", "教育の取組")]
    assert changes([FIRST, SECOND, THIRD], [THIRD, FIRST, SECOND]) == [("moved", "教育の取組")]


def test_what_moved_and_was_reworded_is_told_as_both() -> None:
    new = [("産業の取組", FIRST[1][:2]), ("健康の取組", ["駅前の商店街に木を植えます。", *SECOND[1]])]
    assert changes([FIRST, SECOND], new) == [("moved reworded", "駅前の商店街に木を植えます。")]


def test_a_group_with_another_heading_and_the_same_sentences_is_reworded() -> None:
    assert changes([FIRST, SECOND], [FIRST, ("笑顔で長生き", SECOND[1])]) == [("reworded", "笑顔で長生き")]


def test_a_group_with_the_same_heading_and_other_sentences_stays_and_its_sentences_change() -> None:
    new = [FIRST, ("健康の取組", ["プールを新しく建てます。"])]
    assert changes([FIRST, SECOND], new) == [
        ("dropped", "がん検診を無料にします。"),
        ("dropped", "体操教室を各地区で開きます。"),
        ("added", "プールを新しく建てます。"),
    ]


def test_a_group_that_came_or_went_is_one_change_but_what_moved_in_or_out_is_told() -> None:
    assert changes([FIRST, SECOND], [FIRST]) == [("dropped", "健康の取組")]
    assert changes([FIRST], [FIRST, SECOND]) == [("added", "健康の取組")]
    new = [FIRST, ("笑顔で暮らす", ["がん検診を無料にします。", "公園の遊具を直します。", "空き家の相談を受けます。"])]
    assert changes([FIRST, ("健康の取組", ["がん検診を無料にします。", *THIRD[1]])], new) == [
        ("dropped", "健康の取組"),
        ("added", "笑顔で暮らす"),
        ("moved", "がん検診を無料にします。"),
    ]


def test_of_the_same_sentence_twice_one_is_dropped() -> None:
    old = [("産業の取組", ["港を直します。", "市場を開きます。", "港を直します。"])]
    assert changes(old, [("産業の取組", ["港を直します。", "市場を開きます。"])]) == [("dropped", "港を直します。")]


def test_the_nearest_wording_is_the_partner_even_when_another_would_do() -> None:
    old = [("産業の取組", ["漁業の後継者を育てる研修を開きます。"])]
    new = [("産業の取組", ["農業の後継者を支える基金を作ります。", "漁業の後継者を育てる研修を続けます。"])]
    assert changes(old, new) == [
        ("added", "農業の後継者を支える基金を作ります。"),
        ("reworded", "漁業の後継者を育てる研修を続けます。"),
    ]


SENTENCES = st.lists(st.text("市民港町夢育てるをに、。", min_size=1, max_size=12), max_size=6)
ISSUES = st.lists(st.tuples(st.text("市民の取組", max_size=4), SENTENCES), max_size=4)


@given(ISSUES)
def test_any_issue_and_itself_have_no_changes(issue: Issue) -> None:
    assert changes(issue, issue) == []


@given(ISSUES, ISSUES)
def test_every_part_of_both_issues_stands_in_the_comparison_once(old: Issue, new: Issue) -> None:
    before, after = built(old), built(new)
    found = list(every(compare(before, after)))
    here = [pair for pair in found if not pair.away]
    assert sorted(pair.old.field for pair in here if pair.old) == sorted(fields(before))
    assert [pair.new.field for pair in here if pair.new] == fields(after)
    assert all((pair.old is None) != (pair.new is None) or pair.old.label == pair.new.label for pair in here)  # type: ignore[union-attr]
    led = {pair.new.field for pair in here if pair.new and pair.moved}
    assert {pair.new.field for pair in found if pair.away and pair.new} <= led


@given(ISSUES, ISSUES)
def test_the_other_way_round_what_was_added_was_dropped(old: Issue, new: Issue) -> None:
    there = compare(built(old), built(new))
    back = compare(built(new), built(old))
    assert sum(pair.added for pair in every(there)) == sum(pair.dropped for pair in every(back))


NAMES = [f"{one}{two}の取組" for one, two in combinations("海山川空森町", 2)]
TEXTS = [
    f"{one}と{two}を{three}ます。"
    for one, two, three in zip("市民港町夢育駅前花木", "花木魚貝米麦酒茶雪氷", "植開建直支増減測守配", strict=True)
]


@given(st.permutations(range(4)), st.permutations(TEXTS), st.lists(st.integers(0, len(TEXTS)), min_size=3, max_size=3))
def test_in_any_order_everything_is_found_again_and_only_moved(
    order: Sequence[int], texts: Sequence[str], cuts: Sequence[int]
) -> None:
    """The groups in any order, and their sentences too: each group still has its heading, each sentence its words."""
    old = [(NAMES[at], TEXTS[at * 2 : at * 2 + 2] if at < 3 else TEXTS[6:]) for at in range(4)]
    bounds = [0, *sorted(cuts), len(texts)]
    new = [(NAMES[at], texts[bounds[place] : bounds[place + 1]]) for place, at in enumerate(order)]
    found = [pair for pair in every(compare(built(old), built(new))) if not pair.away]
    assert all(pair.old and pair.new and pair.old.words == pair.new.words for pair in found)
    moved = {pair.part.words for pair in found if pair.moved}
    homes = {text: name for name, group in old for text in group}
    for name, group in new:
        assert {text for text in group if homes[text] != name} <= moved
        stayed = [TEXTS.index(text) for text in group if text not in moved]
        assert stayed == sorted(stayed)
        at_home = [TEXTS.index(text) for text in group if homes[text] == name]
        longest = max(
            len(each)
            for size in range(len(at_home) + 1)
            for each in combinations(at_home, size)
            if list(each) == sorted(each)
        )
        assert len(stayed) == longest


def shown(old: str, new: str) -> tuple[str, str]:
    """Both texts with what changed in brackets."""
    before, after = (
        "".join(f"[{each.text}]" if each.changed else each.text for each in side) for side in pieces(old, new)
    )
    return before, after


def test_of_a_reworded_sentence_only_the_changed_phrases_are_marked() -> None:
    assert shown(
        "経済界との連携を深め、国や北海道の施策を活用し、雇用の確保を図ります。",
        "経済界との連携を強め、国や北海道の施策を活用し、地域経済の活性化と雇用の確保を図ります。",
    ) == (
        "経済界との連携を[深め、]国や北海道の施策を活用し、雇用の確保を図ります。",
        "経済界との連携を[強め、]国や北海道の施策を活用し、[地域経済の活性化と]雇用の確保を図ります。",
    )


def test_texts_that_have_nothing_in_common_differ_as_wholes() -> None:
    assert shown("留萌の宝を磨きたい", "市民と歩む") == ("[留萌の宝を磨きたい]", "[市民と歩む]")


@given(st.text("市民港町を、。 a1", max_size=30), st.text("市民港町を、。 a1", max_size=30))
def test_pieces_are_the_text_and_what_is_not_changed_is_the_same_in_both(old: str, new: str) -> None:
    before, after = pieces(old, new)
    assert ("".join(each.text for each in before), "".join(each.text for each in after)) == (old, new)
    kept = ["".join(each.text for each in side if not each.changed) for side in (before, after)]
    assert kept[0] == kept[1]
    assert (old == new) == (not any(each.changed for each in (*before, *after)))


def test_many_sentences_all_alike_are_each_found_again() -> None:
    texts = [f"地域での相互理解と絆を深め、第{number}区の防災訓練を進めます。" for number in range(100)]
    new = [text.replace("進めます", "行います") for text in reversed(texts)]
    found = changes([("防災の取組", texts)], [("防災の取組", new)])
    assert len(found) == 100
    assert {words for kind, words in found if "reworded" in kind} == set(new)


def test_texts_too_long_to_be_compared_phrase_by_phrase_differ_as_wholes() -> None:
    old, new = "市は港を直します。" * 400, "市は港を直します。" * 399 + "市は橋を直します。"
    assert [[(each.text, each.changed) for each in side] for side in pieces(old, new)] == [[(old, True)], [(new, True)]]
    before, _ = pieces(old[-900:], new[-900:])
    assert [each.changed for each in before] == [False, True]
