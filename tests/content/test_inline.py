"""The marks inside a text, and everything that is not a mark and is printed as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koho_pdf.content.values.inline import (
    InlineText,
    Kenten,
    Link,
    Note,
    Ruby,
    Run,
    Strong,
    Text,
    escape,
    parse_inline,
)
from koho_pdf.content.values.runs import Break, Joint, Tongue, plain_of
from koho_pdf.manuscript.refusal import Refusal

MARKED = {
    "{留萌|るもい}": Ruby((("留萌", "るもい"),)),
    "{政策|せい|さく}": Ruby((("政", "せい"), ("策", "さく"))),
    "{港|みなと}": Ruby((("港", "みなと"),)),
    "{葛󠄀城|かつら|ぎ}": Ruby((("葛󠄀", "かつら"), ("城", "ぎ"))),
    "{a\\|b|え\\}ー}": Ruby((("a|b", "え}ー"),)),
    "**強調**": Strong((Text("強調"),)),
    "***強調***": Strong((Text("*強調*"),)),
    "**2 ** 3**": Strong((Text("2 ** 3"),)),
    "《《圏点》》": Kenten((Text("圏点"),)),
    "((三年前に完成))": Note("三年前に完成"),
    "((市\\(仮\\)の案))": Note("市(仮)の案"),
    "{改行}": Break(),
    "{ つなぐ }": Joint(),
    "{Welcome to Rumoi|lang:en}": Tongue((Text("Welcome to Rumoi"),), "en"),
    "{Welcome|lang: EN_us }": Tongue((Text("Welcome"),), "en-US"),
    "{欢迎|LANG：zh-hans}": Tongue((Text("欢迎"),), "zh-Hans"),
    "{어서 오세요|言語：韓国語}": Tongue((Text("어서 오세요"),), "ko"),
    "{a\\|b\\}|言語:英語}": Tongue((Text("a|b}"),), "en"),
    "[{English|lang:en}](https://example.jp/)": Link((Tongue((Text("English"),), "en"),), "https://example.jp/"),
    "[市](https://example.jp/)": Link((Text("市"),), "https://example.jp/"),
    "[市](http://example.jp)": Link((Text("市"),), "http://example.jp"),
    "[市](mailto:a@example.jp)": Link((Text("市"),), "mailto:a@example.jp"),
    "[市](tel:0164-42-1809)": Link((Text("市"),), "tel:0164-42-1809"),
    "[市](https://example.jp/a_(b)?c=d&e#f)": Link((Text("市"),), "https://example.jp/a_(b)?c=d&e#f"),
    "[市](https://example.jp/留萌)": Link((Text("市"),), "https://example.jp/%E7%95%99%E8%90%8C"),
    "[[市]の案内](https://example.jp/)": Link((Text("[市]の案内"),), "https://example.jp/"),
    "**《《{港|みなと}》》**": Strong((Kenten((Ruby((("港", "みなと"),)),)),)),
    "[**市**](https://example.jp/)": Link((Strong((Text("市"),)),), "https://example.jp/"),
}


@pytest.mark.parametrize(("text", "run"), MARKED.items())
def test_a_mark_becomes_its_run_wherever_it_stands(text: str, run: Run) -> None:
    assert parse_inline(text) == (run,)
    assert parse_inline(f"前{text}後") == (Text("前"), run, Text("後"))


@pytest.mark.parametrize(
    "text",
    [
        "<b>太字</b>",
        "{{ x }}",
        "{{ x|upper }}",
        "{% if x %}",
        "&amp;",
        "#",
        "*",
        "a * b",
        "2 ** 3",
        "****",
        "**",
        "》》",
        "《一》",
        "{abc}",
        "{",
        "}",
        "|",
        "a|b",
        "[注]",
        "[注](別紙)",
        "[",
        "]",
        "](",
        "(x)",
        "\\",
        "\\n",
        "C:\\x",
        "  ",
        "{}",
        "$x$",
        "`x`",
        "_x_",
    ],
)
def test_everything_else_is_printed_as_typed(text: str) -> None:
    assert parse_inline(text) == (Text(text),)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\\{留萌|るもい}", "{留萌|るもい}"),
        ("\\{政策|せい|さく}", "{政策|せい|さく}"),
        ("\\**強調**", "**強調**"),
        ("\\*\\*強調\\*\\*です", "**強調**です"),
        ("\\《《圏点》》", "《《圏点》》"),
        ("\\{改行}", "{改行}"),
        ("\\[市](https://example.jp/)", "[市](https://example.jp/)"),
        ("[市]\\(https://example.jp/)", "[市](https://example.jp/)"),
        ("\\\\", "\\"),
    ],
)
def test_a_backslash_before_a_mark_prints_its_characters(text: str, printed: str) -> None:
    assert parse_inline(text) == (Text(printed),)


REFUSED = {
    "**強調": "mark-not-closed",
    "前《《圏点": "mark-not-closed",
    "{留萌|るもい": "mark-not-closed",
    "**a《《b**c》》": "marks-cross",
    "[a**b](https://example.jp/)c**": "marks-cross",
    "{政策|せ|い|さく}": "ruby-count",
    "((三年前に完成": "mark-not-closed",
    "((**三年前**に完成))": "note-not-plain",
    "(({港|みなと}))": "note-not-plain",
    "((三年前{改行}に完成))": "note-not-plain",
    "{留萌|}": "ruby-incomplete",
    "{|るもい}": "ruby-incomplete",
    "{Welcome|lang:jp}": "language-unknown",
    "{Welcome|lang:english}": "language-unknown",
    "{Welcome|lang:}": "language-unknown",
    "{Welcome|lang:../en}": "language-unknown",
    "{Welcome|言語:火星語}": "language-unknown",
    "{ |lang:en}": "language-unknown",
    "{Welcome|lang:en|us}": "ruby-count",
    "{政策|せい|}": "ruby-incomplete",
    "[x](javascript:alert(1))": "link-address",
    "[x](file:///etc/passwd)": "link-address",
    "[x](data:text/html,y)": "link-address",
    "[x](ftp://example.jp)": "link-address",
    "[x](https://)": "link-address",
    "[x](https://example.jp/a b)": "link-address",
    "[x](https://例え.jp/)": "link-address",
    "[x](mailto:nobody)": "link-address",
    "[x](tel:四二)": "link-address",
    "[x](www.example.jp)": "link-address",
}


@pytest.mark.parametrize(("text", "code"), REFUSED.items())
def test_what_was_meant_as_a_mark_and_is_none_is_refused_with_a_hint(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_inline(text)
    (found,) = refusal.value.findings
    assert found.code == code
    assert found.hint


def test_all_mistakes_of_a_text_are_told() -> None:
    with pytest.raises(Refusal) as refusal:
        parse_inline("{政策|a|b|c}と[x](ftp://y)と**強調")
    assert [found.code for found in refusal.value.findings] == ["ruby-count", "link-address", "mark-not-closed"]


TEXTS = st.text(st.one_of(st.sampled_from("\\{}|*《》[]() *aあ漢"), st.characters(codec="utf-8")), max_size=40)
WORDS = st.text(st.sampled_from("留萌港町ab、。1"), min_size=1, max_size=6)


@given(TEXTS)
def test_an_escaped_text_is_that_text(text: str) -> None:
    assert parse_inline(escape(text)) == ((Text(text),) if text else ())


@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        runs = parse_inline(text)
    except Refusal as refusal:
        assert refusal.findings
    else:
        assert InlineText(text, runs).plain == str(InlineText(text, runs)) == plain_of(runs)


def written(run: Run) -> str:
    """The marks an editor types for a run."""
    if isinstance(run, Text):
        return escape(run.text)
    if isinstance(run, Ruby):
        bases, readings = zip(*run.pairs, strict=True)
        return "{" + escape("".join(bases)) + "|" + "|".join(escape(reading) for reading in readings) + "}"
    if isinstance(run, Note):
        return f"(({escape(run.text)}))"
    if isinstance(run, Break | Joint):
        return "{改行}" if isinstance(run, Break) else "{つなぐ}"
    inner = "".join(written(each) for each in run.runs)
    if isinstance(run, Link):
        return f"[{inner}]({run.url})"
    return f"**{inner}**" if isinstance(run, Strong) else f"《《{inner}》》"


RUBY = st.one_of(
    st.tuples(WORDS, WORDS).map(lambda pair: Ruby((pair,))),
    st.lists(st.tuples(st.sampled_from("留萌港町"), WORDS), min_size=1, max_size=4).map(
        lambda pairs: Ruby(tuple(pairs))
    ),
)
NOTE = WORDS.map(Note)
LEAVES = st.one_of(NOTE, TEXTS.filter(lambda text: bool(text.strip()) and text == text.strip()).map(Text), RUBY)
INSIDE = st.tuples(LEAVES)
KENTEN = INSIDE.map(Kenten)
STRONG = st.one_of(INSIDE, st.tuples(KENTEN)).map(Strong)
LINK = st.one_of(INSIDE, st.tuples(STRONG)).map(lambda runs: Link(runs, "https://example.jp/a?b=(c)"))


@given(st.one_of(LEAVES, KENTEN, STRONG, LINK), RUBY)
def test_runs_written_with_their_marks_are_read_back(run: Run, next_to_it: Ruby) -> None:
    assert parse_inline(written(run) + written(next_to_it)) == (run, next_to_it)
