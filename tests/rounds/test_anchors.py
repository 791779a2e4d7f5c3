"""A comment stays on its words through any edit, or says that it lost its place: it is never dropped."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.rounds.anchors import Anchor, Found, State, found_again

OLD = "新しいごみ処理施設の開設を受け、ごみの分別への円滑な移行に努めてまいります。"


def on(words: str, old: str = OLD, field: str = "shakai:body.0") -> Anchor:
    begin = old.index(words)
    return Anchor(field, begin, begin + len(words), words)


def again(words: str, new: str, *, old: str = OLD) -> tuple[str, State]:
    found = found_again(on(words, old), old, {"shakai:body.0": new})
    return new[found.begin : found.end], found.state


@pytest.mark.parametrize(
    ("new", "words", "state"),
    [
        (OLD, "開設を受け", State.SAME),
        (f"4月から、{OLD}", "開設を受け", State.SAME),
        (OLD.replace("努めてまいります", "努めます"), "開設を受け", State.SAME),
        (OLD.replace("開設", "供用開始"), "供用開始を受け", State.CHANGED),
        (OLD.replace("開設を", "開設をこれから"), "開設をこれから受け", State.CHANGED),
        (OLD.replace("施設の開設", "場の開業"), "開業を受け", State.CHANGED),
        (OLD.replace("開設を受け、", ""), "", State.LOST),
    ],
)
def test_an_edit_before_inside_across_and_over_its_words(new: str, words: str, state: State) -> None:
    assert again("開設を受け", new) == (words, state)


def test_it_follows_its_text_to_another_place() -> None:
    now = {"shakai:body.0": "はじめに置いた文です。", "shakai:body.1": OLD, "radio:body.0": "別の記事です。"}
    found = found_again(on("開設"), OLD, now)
    assert found == Found("shakai:body.1", on("開設").begin, on("開設").end, State.SAME)


def test_it_follows_an_edited_text_to_another_place() -> None:
    now = {"shakai:body.0": "はじめに置いた文です。", "shakai:body.1": OLD.replace("開設", "供用開始")}
    found = found_again(on("処理施設"), OLD, now)
    assert (found.field, found.state) == ("shakai:body.1", State.SAME)


def test_of_a_text_that_is_gone_it_is_lost() -> None:
    assert found_again(on("開設"), OLD, {"radio:body.0": "別の記事です。"}) == Found("", 0, 0, State.LOST)


def test_a_comment_on_a_whole_text_stays_on_it() -> None:
    anchor = Anchor("shakai:body.0", 0, 0, "")
    found = found_again(anchor, OLD, {"shakai:body.0": OLD + "よろしくお願いします。"})
    assert (found.field, found.begin, found.state) == ("shakai:body.0", 0, State.SAME)


@given(st.integers(0, 10**9))
def test_random_edits_lose_no_comment(seed: int) -> None:
    chance = random.Random(seed)
    letters = "あいうえおかきくけこ漢字数0123、。"
    old = "".join(chance.choice(letters) for _ in range(chance.randint(1, 60)))
    begin = chance.randrange(len(old))
    end = chance.randint(begin + 1, len(old))
    edited = [*zip(old, range(len(old)), strict=True)]
    for _ in range(chance.randint(0, 4)):
        at = chance.randint(0, len(edited))
        if chance.random() < 0.5:
            edited[at:at] = [(chance.choice("ＡＢＣＤ"), -1) for _ in range(chance.randint(1, 6))]
        else:
            del edited[at : at + chance.randint(1, 6)]
    new = "".join(letter for letter, _ in edited)
    found = found_again(Anchor("a:b.0", begin, end, old[begin:end]), old, {"a:b.0": new, "a:b.1": "ほかの文"})
    assert found.field in ("a:b.0", "a:b.1")
    if found.field == "a:b.1":
        return  # the text shares next to nothing with what it was
    assert 0 <= found.begin <= found.end <= len(new)
    if found.state is State.SAME:
        assert new[found.begin : found.end] == old[begin:end]
    if old[begin:end] and old[begin:end] in new and len(set(old)) == len(old):
        assert found.state is State.SAME
    if new == old:
        assert (found.begin, found.end, found.state) == (begin, end, State.SAME)
