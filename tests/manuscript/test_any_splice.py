"""Values changed, put in, taken away and moved in every manuscript of the repository: all other bytes stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koho_pdf.errors import ManuscriptError
from koho_pdf.manuscript.reader import marks_of, read_bytes
from koho_pdf.manuscript.yaml_splicing import Unspliced, with_item, with_item_moved, with_value_at, without

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for pattern in (
        "content/*/issue.yaml",
        "content/*/articles/*.yaml",
        "layouts/**/sample/**/*.yaml",
        "layouts/_kinds/*/sample.yaml",
    )
    for path in ROOT.glob(pattern)
)
WORDS = st.sampled_from(
    [
        "新しい言葉",
        "12,000部",
        "朝: 夜",
        "# 一番",
        "'引用'",
        '"二重"',
        "",
        "true",
        "0164-42-1801",
        "- 頭",
        "[市](https://example.jp/)",
        "{留萌|るもい}の**春**",
        "一段目。\n\n二段目。",
        "a\nb\nc",
        "行の終わり:",
        "a #b",
        "*星*",
        "&と",
        "100%",
        "@課",
        " 頭の空白",
        "\\**",
        "｜",
        "?",
    ]
) | st.text(alphabet="ab あ字1:#-'\"{}[],|>&*!%@`\\.?～、。\n", max_size=10)
VALUES = st.recursive(
    WORDS,
    lambda of: st.lists(of, max_size=3) | st.dictionaries(st.sampled_from(["name", "note", "items"]), of, max_size=3),
    max_leaves=5,
)
AS = st.sampled_from(["", "crlf", "bom", "tab"])


def written_as(path: Path, how: str) -> bytes:
    text = path.read_text(encoding="utf-8")
    if how == "crlf":
        text = text.replace("\n", "\r\n")
    if how == "tab":
        text = re.sub(r"(?m)(?<=[^\s#:-]) # ", "\t# ", text)
    return ("\ufeff" if how == "bom" else "").encode() + text.encode()


def said(raw: bytes) -> Any:
    """What an independent reader finds, every value as text."""
    return yaml.load(raw.decode("utf-8-sig"), Loader=yaml.CBaseLoader)


def places(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in pairs:
        below = f"{path}.{name}" if path else str(name)
        yield below, each
        yield from places(each, below)


def at(value: Any, path: str) -> Any:
    for part in path.split(".") if path else ():
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def same(one: Any, other: Any) -> bool:
    """The same but for line ends at the end of a text, which manuscripts do not have."""
    if isinstance(one, str) and isinstance(other, str):
        return one.rstrip("\n") == other.rstrip("\n")
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return isinstance(one, list) and isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))


def tokens(raw: bytes) -> list[str]:
    """Every value and name as it is written, with its quotes."""
    text = raw.decode("utf-8-sig")
    return [text[mark.begin : mark.end].rstrip() for mark in marks_of(text) if mark.what == "text"]


def comments(raw: bytes) -> list[str]:
    text = raw.decode("utf-8-sig")
    inside = [(mark.begin, mark.end) for mark in marks_of(text) if mark.what == "text"]
    found = ((each.start(), each[0].rstrip()) for each in re.finditer(r"(?m)(?:^|(?<=[ \t]))#.*$", text))
    # a comment may stand behind ``|``, within the text as YAML counts it
    return [
        word
        for begin, word in found
        if not any(a <= begin < b and "\n" not in text[a:begin] and text[a] not in "|>" for a, b in inside)
    ]


def only_here(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """What of two rows is different, between the same beginnings and ends."""
    while before and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return before, after


def is_plain(value: Any) -> bool:
    """Whether it may stand anywhere: words of one line, and lists and groups that are not empty."""
    if isinstance(value, str):
        return bool(re.fullmatch(r"\w[\w、。]*", value))
    held = value.values() if isinstance(value, dict) else value
    return bool(value) and all(map(is_plain, held))


chosen = st.sampled_from(FILES)
many = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,  # a red test says something of the change at hand
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@given(chosen, AS, st.data())
@many
def test_a_text_is_changed_and_no_other(path: Path, how: str, data: st.DataObject) -> None:
    raw = written_as(path, how)
    before = said(raw)
    texts = [place for place, value in places(before) if isinstance(value, str)]
    place, new = data.draw(st.sampled_from(texts)), data.draw(WORDS)
    try:
        after = with_value_at(raw, place, new)
    except Unspliced:
        assert not is_plain(new)
        return
    expected = said(raw)
    above, _, key = place.rpartition(".")
    group = at(expected, above)
    group[int(key) if isinstance(group, list) else key] = new
    assert same(said(after), expected)
    if "\n" not in new:
        gone, come = only_here(tokens(raw), tokens(after))
        assert len(gone) <= 1
        assert len(come) <= 1
        assert comments(after) == comments(raw)
    assert (b"\r\n" in after) == (how == "crlf")
    assert b"\n" not in after.replace(b"\r\n", b"") or how != "crlf"
    assert after.startswith(b"\xef\xbb\xbf") == (how == "bom")


@given(chosen, AS, st.data())
@many
def test_an_item_more_and_the_others_stay(path: Path, how: str, data: st.DataObject) -> None:
    raw = written_as(path, how)
    before = said(raw)
    lists = [place for place, value in places(before) if isinstance(value, list)]
    if not lists:
        return
    place, new = data.draw(st.sampled_from(lists)), data.draw(VALUES)
    number = data.draw(st.integers(0, len(at(before, place))))
    try:
        after = with_item(raw, f"{place}.{number}", new)
    except Unspliced:
        assert not is_plain(new)
        return
    at(before, place).insert(number, new)
    assert same(said(after), before)
    if "\\n" not in repr(new):
        gone, _ = only_here(tokens(raw), tokens(after))
        assert gone == []
        assert comments(after) == comments(raw)
        assert without(after, f"{place}.{number}") == raw or not at(said(raw), place) or len(at(said(raw), place)) == 0


@given(chosen, AS, st.data())
@many
def test_an_entry_less_and_the_others_stay(path: Path, how: str, data: st.DataObject) -> None:
    raw = written_as(path, how)
    before = said(raw)
    place = data.draw(st.sampled_from([place for place, _ in places(before)]))
    above, _, key = place.rpartition(".")
    group = at(before, above)
    if not above and len(group) == 1:
        return
    after = without(raw, place)
    del group[int(key) if isinstance(group, list) else key]
    assert same(said(after), before)
    _, come = only_here(tokens(raw), tokens(after))
    assert come == []


@given(chosen, AS, st.data())
@many
def test_an_item_elsewhere_and_the_others_stay(path: Path, how: str, data: st.DataObject) -> None:
    raw = written_as(path, how)
    before = said(raw)
    lists = [place for place, value in places(before) if isinstance(value, list) and value]
    if not lists:
        return
    place = data.draw(st.sampled_from(lists))
    items = at(before, place)
    one, other = (data.draw(st.integers(0, len(items) - 1)) for _ in range(2))
    after = with_item_moved(raw, f"{place}.{one}", other)
    items.insert(other, items.pop(one))
    assert same(said(after), before)
    assert sorted(tokens(after)) == sorted(tokens(raw))
    assert sorted(comments(after)) == sorted(comments(raw))
    assert with_item_moved(after, f"{place}.{other}", one) == raw


@given(chosen, AS, st.data())
@many
def test_any_value_in_the_place_of_another(path: Path, how: str, data: st.DataObject) -> None:
    raw = written_as(path, how)
    before = said(raw)
    place, new = data.draw(st.sampled_from([place for place, _ in places(before)])), data.draw(VALUES)
    above, _, key = place.rpartition(".")
    group = at(before, above)
    try:
        after = with_value_at(raw, place, new)
    except (
        Unspliced
    ):  # our reader takes a list or group alone below a dash for its one text; it is refused, nothing is lost
        assert not is_plain(new) or (not isinstance(new, str) and isinstance(group, list))
        return
    group[int(key) if isinstance(group, list) else key] = new
    assert same(said(after), before)


@given(chosen, st.data())
@many
def test_a_field_comes_where_its_kind_has_it(path: Path, data: st.DataObject) -> None:
    raw = written_as(path, "")
    before = said(raw)
    groups = ["", *(place for place, value in places(before) if isinstance(value, dict) and len(value) > 1)]
    place = data.draw(st.sampled_from(groups))
    order = list(at(before, place))
    gone = data.draw(st.sampled_from(order))
    value = _trimmed(at(before, place)[gone])
    below = f"{place}.{gone}" if place else gone
    after = with_value_at(without(raw, below), below, value, lambda path: order)
    assert same(said(after), before)
    assert list(at(said(after), place)) == order


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_value_that_is_there_changes_nothing(path: Path) -> None:
    raw = path.read_bytes()
    try:
        read_bytes(raw, "")
    except ManuscriptError:
        return
    for place, value in list(places(said(raw)))[::7]:
        if value and not isinstance(value, str):
            assert with_value_at(raw, place, _trimmed(value)) == raw


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.rstrip("\n")
    return (
        {name: _trimmed(each) for name, each in value.items()} if isinstance(value, dict) else [*map(_trimmed, value)]
    )
