"""What we write as YAML reads the same again: anything by PyYAML, what an editor may say by our own reader."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.yaml_writing import yaml_of

PIECES = (
    *"あaア'\"\\|>[]{},%@`~=:-?#*&! \u3000\u00a0\n\r\t\0\x1b\x7f\x85\u2028\u2029\ufeff\ufffe𠮷",
    *(
        "no",
        "null",
        "0164",
        "12:30",
        "2013-04-01",
        "1e3",
        "<<",
        "---",
        "...",
        "- ",
        "? ",
        ": ",
        " #",
        "　#",
        "&a",
        "*a",
        "!a",
    ),
    *("\n\n", "\n ", "か\u3099", "<<<<<<< HEAD", "{漢字|かんじ}", "[言葉](https://example.jp)", "text:", "title: x"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=20)
TREES = st.recursive(
    TEXTS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(TEXTS, inside, max_size=3),
    max_leaves=8,
)


def again(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CBaseLoader)


@given(TREES)
@example("あ\nあ")
@example({"a": {}, "b": [], "c": [[], {}, [["x"]], {"d": ""}], "": "x", "e": [{"f": "一\n\n 二", "g": "三"}, "四\n五"]})
@settings(max_examples=400, deadline=None)
def test_everything_reads_the_same_again(tree: Any) -> None:
    tree = sent(tree)
    written = yaml_of(tree)
    assert ended(again(written)) == ended(tree)
    assert ended(yaml.load(written, Loader=yaml.BaseLoader)) == ended(tree)


def each(tree: Any, change: Callable[[str], str]) -> Any:
    if isinstance(tree, str):
        return change(tree)
    if isinstance(tree, dict):
        return {change(name): each(inside, change) for name, inside in tree.items()}
    return [each(inside, change) for inside in tree]


def sent(tree: Any) -> Any:
    """Without characters that UTF-8 cannot write."""
    return each(tree, lambda text: text.encode("utf-8", "replace").decode())


def ended(tree: Any) -> Any:
    """Other readers end the last line of a text of several lines with a line break; ours does not."""
    return each(tree, lambda text: text.removesuffix("\n") if "\n" in text[:-1] else text)


def sayable(text: str) -> bool:
    """Whether a manuscript may say it: no control characters, no blank lines at either end, no deeper first line."""
    lines = text.split("\n")
    plain = not any(
        unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Cn") for line in lines for sign in line
    )
    blank = any(line and not line.strip() for line in lines)
    alone = len(lines) == 1 or bool(lines[0].strip() and lines[-1].strip() and lines[0][0] != " ")
    whole = text == unicodedata.normalize("NFC", text) and "\ufeff" not in text
    return plain and not blank and alone and whole


def read_again(tree: dict[str, Any]) -> Any:
    with TemporaryDirectory() as folder:
        path = Path(folder, "issue.yaml")
        path.write_text(yaml_of(tree), encoding="utf-8")
        found = read(path, Path(folder))
    assert found.findings == ()
    return found.root


@given(st.lists(TEXTS.filter(sayable), min_size=1, max_size=4), TEXTS.filter(sayable))
@example(["案内　#1", "a\t b"], "x")
@example(["一段\n\n二段", "- 一\n# 二\n|"], "'")
@settings(max_examples=300, deadline=None)
def test_our_reader_takes_what_a_manuscript_may_say(texts: list[str], one: str) -> None:
    texts = [text for text in texts if sayable(text)]
    tree: dict[str, Any] = {
        "title": one,
        "items": texts,
        "pillars": [{"name": text, "measures": [one]} for text in texts],
    }
    cells = [text for text in (*texts, one) if "\n" not in text]
    tree["rows"] = [["題", *cells], [*cells, "題"]]  # a table's
    assert read_again(tree) == tree


@pytest.mark.parametrize("text", ["案内　#1", "件名: 一", "  前後  ", "", "'", "~", "一\n二", "一\n\n  二", "a:"])
def test_texts_that_yaml_would_take_for_something_else(text: str) -> None:
    assert read_again({"title": text, "items": [text]}) == {"title": text, "items": [text]}


def test_it_is_written_as_an_editor_would() -> None:
    tree: dict[str, Any] = {
        "title": "広報るもい",
        "time": "12:30",
        "note": "件名: 一",
        "empty": {},
        "pillars": [{"name": "一", "lines": "いち\n\nに"}, "三"],
    }
    assert yaml_of(tree) == (
        "title: 広報るもい\ntime: 12:30\nnote: '件名: 一'\nempty: {}\n"
        "pillars:\n  - name: 一\n    lines: |\n      いち\n\n      に\n  - 三\n"
    )
