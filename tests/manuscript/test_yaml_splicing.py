"""One text of a YAML file is changed, and nothing else: every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koho_pdf.manuscript.reader import read_bytes
from koho_pdf.manuscript.yaml_splicing import Unspliced, spliced, with_item, with_item_moved, with_value_at, without
from koho_pdf.manuscript.yaml_writing import Writable

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


PILLARS = """\
# 柱
pillars:
  # ── 柱1 ──
  - name: 港   # 一番目
    items: [a, b]
    # 港の覚え書き

  # ── 柱2 ──
  - name: 森
    items:
      - 木
      - 草 # 秋
# 結び
closing: おわり
"""
PORT = "  # ── 柱1 ──\n  - name: 港   # 一番目\n    items: [a, b]\n    # 港の覚え書き\n"
WOOD = "  # ── 柱2 ──\n  - name: 森\n    items:\n      - 木\n      - 草 # 秋\n"
ORDER = {"": ("pillars", "lead", "closing"), "pillars.0": ("name", "icon", "items")}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_item_moves_with_its_comments_and_no_others(end: str) -> None:
    raw = PILLARS.replace("\n", end)
    wanted = f"# 柱\npillars:\n{WOOD}\n{PORT}# 結び\nclosing: おわり\n".replace("\n", end)
    assert with_item_moved(raw.encode(), "pillars.1", 0).decode() == wanted
    assert with_item_moved(wanted.encode(), "pillars.0", 1).decode() == raw


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("pillars.2", {"name": "川", "items": ["魚"]}, WOOD, f"{WOOD}\n  - name: 川\n    items:\n      - 魚\n"),
        ("pillars.0.items.1", "あ, い", "[a, b]", "[a, 'あ, い', b]"),
        (
            "pillars.0.items.2",
            "一\n二",
            "items: [a, b]",
            "items:\n      - a\n      - b\n      - |\n        一\n        二",
        ),
        ("pillars.1.items.0", "花", "      - 木\n", "      - 花\n      - 木\n"),
        ("pillars.1.items.2", "花", "草 # 秋\n", "草 # 秋\n      - 花\n"),
    ],
)
def test_an_item_is_put_in(path: str, value: Writable, old: str, new: str) -> None:
    assert with_item(PILLARS.encode(), path, value).decode() == PILLARS.replace(old, new)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("pillars.0", f"{PORT}\n", ""),
        ("pillars.1", f"\n{WOOD}", ""),
        ("pillars.0.items.0", "[a, b]", "[b]"),
        ("pillars.1.items.1", "      - 草 # 秋\n", ""),
        ("pillars.0.name", "name: 港   # 一番目\n    items: [a, b]", "items: [a, b]"),
        ("closing", "# 結び\nclosing: おわり\n", "# 結び\n"),
    ],
)
def test_an_entry_is_taken_away(path: str, old: str, new: str) -> None:
    assert without(PILLARS.encode(), path).decode() == PILLARS.replace(old, new)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("lead", "朝", "# 結び\n", "lead: 朝\n# 結び\n"),
        ("pillars.0.icon", "波", "    items: [a", "    icon: 波\n    items: [a"),
        ("pillars.0.items", ["a", "c", "b"], "[a, b]", "[a, c, b]"),
        ("pillars.0.items", [], "[a, b]", "[]"),
        ("pillars.1", {"name": "森", "items": ["木", "竹"]}, "- 草 # 秋", "- 竹 # 秋"),
        ("pillars.1.items", "無し", "items:\n      - 木\n      - 草 #", "items: 無し #"),
        ("closing", ["一", "二"], "closing: おわり", "closing:\n  - 一\n  - 二"),
    ],
)
def test_a_field_is_put_in_or_has_another_value(path: str, value: Writable, old: str, new: str) -> None:
    assert with_value_at(PILLARS.encode(), path, value, lambda group: ORDER.get(group, ())).decode() == PILLARS.replace(
        old, new
    )


def test_the_last_item_leaves_an_empty_list_which_takes_another() -> None:
    one = without(without(PILLARS.encode(), "pillars.1.items.1"), "pillars.1.items.0")
    assert "    items: []\n# 結び" in one.decode()
    assert "    items:\n      - 石\n# 結び" in with_item(one, "pillars.1.items.0", "石").decode()
