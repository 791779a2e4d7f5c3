"""One text of a YAML file is changed, and nothing else: every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koho_pdf.manuscript.reader import read_bytes
from koho_pdf.manuscript.yaml_splicing import Unspliced, spliced

FILE = """\
# 覚え書き
title:   港の朝   # 題
lead: '一''二'  # 引用符
said: "a\\tb"
body: |  # 本文
    一段目。

    二段目。

# 間の覚え書き
items:
- 一
-   二  # ここ
- name: 三
  note: 四
flow: [a, 'b, c', {d: e}]  # 並び
empty:
list:
  - - x
    - y
last: 終わり"""
PATHS = (
    *("title", "lead", "said", "body", "items.0", "items.1", "items.2.name", "items.2.note"),
    *("flow.0", "flow.1", "flow.2.d", "empty", "list.0.0", "list.0.1", "last"),
)
TEXTS = st.text(alphabet="ab あ字1:#-'\"{}[],|>&*!%@`\\.?～、。\n\t", max_size=12) | st.text(max_size=8)


def at(root: object, path: str) -> object:
    for part in path.split("."):
        root = root[int(part)] if isinstance(root, list) else root[part]  # type: ignore[index]
    return root


@pytest.mark.parametrize(
    ("path", "text", "old", "new"),
    [
        ("title", "港の夜", "港の朝 ", "港の夜 "),
        ("title", "朝: 夜", "港の朝 ", "'朝: 夜' "),
        ("title", "一\n\n二", "港の朝   # 題", "|   # 題\n  一\n\n  二"),
        ("lead", "それ'は", "'一''二'", "'それ''は'"),
        ("said", 'a"b', '"a\\tb"', '"a\\"b"'),
        ("body", "新しい。", "    一段目。\n\n    二段目。\n", "    新しい。\n"),
        ("body", "一。\n\n二。\n三。", "    一段目。\n\n    二段目。\n", "    一。\n\n    二。\n    三。\n"),
        ("items.1", "弐", "二 ", "弐 "),
        ("items.2.note", "一\n二", "note: 四", "note: |\n    一\n    二"),
        ("flow.0", "甲, 乙", "[a,", "['甲, 乙',"),
        ("flow.2.d", "戊", "d: e", "d: 戊"),
        ("empty", "あり", "empty:", "empty: あり"),
        ("last", "はじめ", "last: 終わり", "last: はじめ"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_other_byte_stays(path: str, text: str, old: str, new: str, end: str, mark: str) -> None:
    file = (mark + FILE).replace("\n", end)
    old, new = old.replace("\n", end), new.replace("\n", end)
    assert file.count(old) == 1
    assert spliced(file.encode(), path, text).decode() == file.replace(old, new)


@given(st.sampled_from(PATHS), TEXTS)
@settings(max_examples=300)
def test_what_comes_out_reads_as_asked_or_is_refused(path: str, text: str) -> None:
    before = read_bytes(FILE.encode(), "")
    try:
        after = spliced(FILE.encode(), path, text)
    except Unspliced as refused:
        assert refused.why == "not-writable"
        plain = text.strip() == text and text.isalnum()
        assert not plain, "a plain word can stand anywhere"
        return
    root = read_bytes(after, "").root
    assert at(root, path) == text
    for other in PATHS:
        if other != path:
            assert at(root, other) == at(before.root, other)
    for comment in ("# 覚え書き", "# 題", "# 引用符", "# 本文", "# 間の覚え書き", "# ここ", "# 並び"):
        assert comment in after.decode()


@given(st.sampled_from(PATHS))
def test_the_text_that_is_there_changes_at_most_how_it_is_quoted(path: str) -> None:
    old = str(at(read_bytes(FILE.encode(), "").root, path))
    if path != "empty":
        assert spliced(FILE.encode(), path, old).decode() == FILE


@pytest.mark.parametrize("path", ["items", "items.2", "flow.2", "nai", "title.x", "items.9", "items.x", ""])
def test_where_no_text_stands_nothing_is_changed(path: str) -> None:
    with pytest.raises(Unspliced) as refused:
        spliced(FILE.encode(), path, "あ")
    assert refused.value.why == "no-text"


@pytest.mark.parametrize("file", [b"", b"\xff\xfe", "題: [".encode(), "- 一".encode(), "題：港".encode()])
def test_a_file_that_is_not_read_as_it_is_written_is_left_alone(file: bytes) -> None:
    with pytest.raises(Unspliced):
        spliced(file, "題", "あ")
