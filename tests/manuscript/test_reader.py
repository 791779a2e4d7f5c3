"""Every value is text with its place; what YAML would misread, or read behind the editor's back, is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.kinds.brochure import MANUSCRIPT

from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Node, Scalar, Tree


def read_text(folder: Path, text: str | bytes) -> Tree:
    file = folder / "issue.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(file, folder)


def findings_of(folder: Path, text: str | bytes) -> tuple[Finding, ...]:
    try:
        return read_text(folder, text).findings
    except ManuscriptError as refusal:
        return refusal.findings


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "on",
        "Yes",
        "true",
        "~",
        "null",
        "12:30",
        "0164",
        "1_000",
        "0x1F",
        "0o17",
        "0b1",
        "1e3",
        ".inf",
        ".nan",
        "2013-04-01",
        "2013-04-01T12:30:00",
        "平成25年度",
        "+81",
        "1,000",
        "=",
        "5.",
    ],
)
def test_every_scalar_stays_the_text_it_is(tmp_path: Path, written: str) -> None:
    tree = read_text(tmp_path, f"a: {written}\nb:\n  - {written}\n")
    assert tree.root == {"a": written, "b": [written]}
    assert tree.findings == ()


def test_what_an_editor_may_type_is_read_as_typed(tmp_path: Path) -> None:
    typed = [
        "<b>太字</b>",
        "{{ x }}",
        "&amp;",
        "C#",
        "5*3",
        "a:b",
        "https://example.jp/#top",
        "100%",
        "a'b\"c",
        "\\{",
        "@",
    ]
    tree = read_text(tmp_path, "a:\n" + "".join(f"- 文{text}\n" for text in typed))
    assert tree.root == {"a": ["文" + text for text in typed]}
    assert tree.findings == ()


def test_places_are_kept(tmp_path: Path) -> None:
    tree = read_text(tmp_path, "# 覚え書き\na: い\n\nb:\n  - c: ろ\n    d:\n      - は\n")
    assert isinstance(tree.root, dict)
    last = tree.root["b"][0]["d"][0]  # type: ignore[call-overload, index]
    assert isinstance(last, Scalar)
    assert (last, last.line, last.column, last.field) == ("は", 7, 9, "b.0.d.0")
    assert tree.lines == {"": 1, "a": 2, "b": 4, "b.0": 5, "b.0.c": 5, "b.0.d": 6, "b.0.d.0": 7}
    assert tree.file == "issue.yaml"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + "a: い\nb: ろ\n".encode(),
        "a: い\r\nb: ろ\r\n".encode(),
        "a: い\rb: ろ".encode(),
        "---\na: い\nb: ろ".encode(),
    ],
)
def test_bom_line_ends_and_a_leading_document_mark_are_simply_read(tmp_path: Path, content: bytes) -> None:
    tree = read_text(tmp_path, content)
    assert (tree.root, tree.findings) == ({"a": "い", "b": "ろ"}, ())


@pytest.mark.parametrize("text", ["a: い # 覚え #1\nb: # は\n  - ろ ## x\n", "a: 'い' # x\nb: [ろ] # y\n"])
def test_a_comment_after_a_text_is_left_out(tmp_path: Path, text: str) -> None:
    tree = read_text(tmp_path, text)
    assert (tree.root, tree.findings) == ({"a": "い", "b": ["ろ"]}, ())


@pytest.mark.parametrize("block", ["|", "|-", ">", ">-"])
def test_a_block_text_of_one_line_is_that_line(tmp_path: Path, block: str) -> None:
    tree = read_text(tmp_path, f"a: {block}\n  # 1: 'い\nb: ろ\n")
    assert (tree.root, tree.findings) == ({"a": "# 1: 'い", "b": "ろ"}, ())


BROKEN = {
    "indented too much": ("a: x\n  b: y\nc: z\n", "wrong-indentation", 2),
    "indented too little": ("a:\n    b: y\n  c: z\n", "wrong-indentation", 3),
    "list item out of line": ("a:\n  - x\n - y\n", "wrong-indentation", 3),
    "list item too deep": ("a:\n  - x\n    - y\n", "wrong-indentation", 3),
    "name inside a list": ("a:\n  - x\n  b: y\n", "wrong-indentation", 3),
    "tab": ("a:\n\tb: y\n", "tab", 2),
    "tab after a colon": ("a:\tx\n", "tab", 1),
    "tab in a text": ("a: x\ty\n", "tab", 1),
    "wide space": ("a:\n　b: y\n", "wide-space", 2),
    "wide space after a colon": ("a: x\nb:　y\n", "wide-space", 2),
    "wide space after a dash": ("a:\n  -　x\n", "wide-space", 2),
    "wide space after the colon of a list's group": ("a:\n  - b:　x\n    c: y\n", "wide-space", 2),
    "duplicate": ("a: x\nb: y\na: z\n", "duplicate-key", 3),
    "no space after colon": ("a: x\ntitle:留萌\n", "space-after-colon", 2),
    "wide colon": ("a: x\ntitle：留萌\n", "wide-colon", 2),
    "no space after dash": ("a:\n  - x\n  -y\n", "space-after-dash", 3),
    "wide dash": ("a:\n  - x\n  ・y\n", "wide-dash", 3),
    "dash missing": ("a:\n  - x\n  y\n  - z\n", "line-without-name", 3),
    "list on the line of its name": ("a: - x\nb: y\n", "list-on-line-of-name", 1),
    "quote not closed": ("a: 'x\nb: 'y'\n", "quote-not-closed", 1),
    "double quote not closed": ('a: "x\nb: y\n', "quote-not-closed", 1),
    "text after quote": ('a: "留萌"です\n', "text-after-quote", 1),
    "backslash in double quotes": ('a: "\\{x"\n', "backslash-in-quotes", 1),
    "escape of a surrogate": ('a: "\\ud800"\n', "yaml-syntax", 1),
    "bracket not closed": ("a: [x\nb: y\n", "bracket-not-closed", 1),
    "brace not closed": ("a: {x: y\nb: z\n", "bracket-not-closed", 1),
    "brackets closed crosswise": ("a: [x, {y: z]}\nb: y\n", "bracket-not-closed", 1),
    "begins with strong": ("a: **x** y\n", "needs-quotes", 1),
    "begins with ruby": ("a: {留萌|るもい}市\n", "needs-quotes", 1),
    "begins with braces": ("a: {{ x }}\n", "needs-quotes", 1),
    "no space after the colon of a group": ("a:\n  - b:x\n    c: y\n", "space-after-colon", 2),
    "control character by escape": ('a: "\\0"\n', "control-character", 1),
    "merge conflict of three": ("a: x\n||||||| base\nb: y\n=======\nb: z\n>>>>>>> other\n", "merge-conflict", 2),
    "begins with a link": ("a: [市](https://example.jp/)\n", "needs-quotes", 1),
    "begins with at": ("a: @x\n", "needs-quotes", 1),
    "begins with backtick": ("a: `x\n", "needs-quotes", 1),
    "begins with percent": ("a: %x\n", "needs-quotes", 1),
    "begins with ampersand": ("a: &amp; x\n", "needs-quotes", 1),
    "begins with exclamation": ("a: !注意\n", "needs-quotes", 1),
    "begins with greater": ("a: >x\n", "needs-quotes", 1),
    "colon in the text": ("a: 日時: 明日\n", "needs-quotes", 1),
    "hash in the text": ("a: 案内 #1\n", "hash-in-text", 1),
    "hash at the start": ("a: #1\n", "hash-in-text", 1),
    "text over lines": ("a: x\n  y\nb: z\n", "line-without-name", 2),
    "quoted text over lines": ("a: 'x\n  y'\nb: z\n", "text-over-lines", 1),
    "amount cut by its comma": ("a: [△3,400千円, 無料]\nb: z\n", "number-cut", 1),
    "figures cut by their commas": ("a: [x, 12,345]\nb: z\n", "number-cut", 1),
    "folded text": ("a: >-\n  x\n  y\nb: z\n", "text-over-lines", 1),
    "line break by escape": ('a: "x\\ny"\n', "text-over-lines", 1),
    "anchor": ("a: &b x\n", "yaml-anchor", 1),
    "alias": ("a: x\nb: *a\n", "yaml-alias", 2),
    "alias in brackets": ("a: x\nb: [*a]\n", "yaml-alias", 2),
    "tag": ("a: !!str x\n", "yaml-tag", 1),
    "python tag": ("a: !!python/object/apply:os.system ['true']\n", "yaml-tag", 1),
    "tag in brackets": ("a: [!!python/name:os.system x]\n", "yaml-tag", 1),
    "merge": ("a: x\n<<: {b: y}\n", "yaml-merge-key", 2),
    "two documents": ("a: x\n---\nb: y\n", "several-documents", 2),
    "directive": ("%YAML 1.1\n---\na: x\n", "several-documents", 1),
    "merge conflict": ("a: x\n<<<<<<< HEAD\nb: y\n=======\nb: z\n>>>>>>> other\n", "merge-conflict", 2),
    "empty": ("", "empty-manuscript", 1),
    "only a comment": ("# x\n", "empty-manuscript", 1),
    "a list": ("- x\n", "not-a-manuscript", 1),
    "a name that is a list": ("a: {[x]: y}\n", "name-not-text", 1),
    "nul": ("a: x\nb: y\0z\n", "control-character", 2),
    "bell": ("a: \x07\n", "control-character", 1),
    "next line": ("a: x\x85y\n", "control-character", 1),
    "direction override": ("a: x\u202ey\n", "control-character", 1),
    "lone accent": ("a: か\u3099\n", "decomposed-character", 1),
}


@pytest.mark.parametrize(("text", "code", "line"), BROKEN.values(), ids=BROKEN.keys())
def test_each_mistake_is_told_at_the_line_where_it_starts(tmp_path: Path, text: str, code: str, line: int) -> None:
    first = findings_of(tmp_path, text)[0]
    assert (first.code, first.where.line) == (code, line)
    assert first.hint


@pytest.mark.parametrize("values", ["3, 400", "'3,400円', 無料", "95,85,25,55", "2027,100", "3,400円未満", "1,0001"])
def test_commas_that_cut_no_number_part_values(tmp_path: Path, values: str) -> None:
    cut = values == "3,400円未満"
    assert bool([found for found in findings_of(tmp_path, f"a: [{values}]\n") if found.code == "number-cut"]) is cut


MENDED = {
    "a: x\n  b: y\nc: z\n": {"a": "x", "b": "y", "c": "z"},
    "a:\n\tb: y\n": {"a": {"b": "y"}},
    "a: **x** y\n": {"a": "**x** y"},
    "a: {留萌|るもい}市\n": {"a": "{留萌|るもい}市"},
    "title:留萌\nb: y\n": {"title": "留萌", "b": "y"},
    "a:\n  - b：x\n    c: y\n": {"a": [{"b": "x", "c": "y"}]},
    "a: x\n||||||| base\nb: y\n=======\nb: z\n>>>>>>> other\n": {"a": "x"},
    "a:\n  -x\n  - y\n": {"a": ["x", "y"]},
    "a:\n  - x\n    - y\n": {"a": ["x", "y"]},
    "a: &b\n  c: d\ne: !!str f\n": {"a": {"c": "d"}, "e": "f"},
    "a: x\n<<<<<<< HEAD\nb: y\n=======\nb: z\n>>>>>>> other\nc: w\n": {"a": "x", "b": "y", "c": "w"},
}


@pytest.mark.parametrize(("text", "root"), MENDED.items())
def test_a_mended_line_lets_the_rest_be_read(tmp_path: Path, text: str, root: Node) -> None:
    tree = read_text(tmp_path, text)
    assert tree.root == root
    assert len({found.where.line for found in tree.findings}) >= 1


def test_a_text_that_is_lost_is_named_and_the_others_are_not(tmp_path: Path) -> None:
    tree = read_text(tmp_path, 'a: \'x\nb:\n  - y\n  - "\\q"\n')
    assert tree.unread == {"a", "b.1"}
    assert [(found.code, found.where.field) for found in tree.findings] == [
        ("quote-not-closed", "a"),
        ("backslash-in-quotes", "b.1"),
    ]


ENCODED = {
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "iso2022_jp": "ISO-2022-JP",
}


@pytest.mark.parametrize(("codec", "name"), ENCODED.items())
def test_another_encoding_is_recognised_and_named(tmp_path: Path, codec: str, name: str) -> None:
    text = MANUSCRIPT.translate({ord("─"): "-", ord("☎"): None})
    (found,) = findings_of(tmp_path, text.encode(codec))
    assert found.code == "not-utf-8"
    assert name in found.message


@pytest.mark.parametrize(
    "damage", [b"\xe7\x95", b"\xed\xa0\x80", b"\xff"], ids=["cut short", "surrogate", "no byte of UTF-8"]
)
def test_damaged_utf8_points_at_the_line(tmp_path: Path, damage: bytes) -> None:
    (found,) = findings_of(tmp_path, "a: 留萌\nb: 港".encode() + damage + "\nc: 町\n".encode())
    assert (found.code, found.where.line) == ("not-utf-8", 2)


def test_a_file_that_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "issue.yaml", tmp_path, Path("/dev/zero")):
        with pytest.raises(ManuscriptError) as refusal:
            read(path, tmp_path)
        assert [found.code for found in refusal.value.findings] == ["manuscript-missing"]


def loaded_otherwise(text: str) -> object:
    """What PyYAML's own untyped loader makes of a text."""
    return yaml.load(text, yaml.CBaseLoader)


def one_line(value: object) -> object:
    """The other loader's value with the line end of block texts taken off, as ours are."""
    if isinstance(value, dict):
        return {key: one_line(inner) for key, inner in value.items()}
    return [one_line(inner) for inner in value] if isinstance(value, list) else str(value).removesuffix("\n")


PIECES = st.lists(
    st.sampled_from(
        [
            "a: ",
            "b:",
            "\n",
            "\n  ",
            "\n    ",
            "- ",
            "留萌",
            "x",
            "'",
            '"',
            "#",
            " # ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "**",
            "|",
            ">-",
            "*a",
            "&a ",
            "!!str ",
            "\\",
            "、",
            "c: d",
            "\n---\n",
            "、港",
            "?",
            "<<: ",
            ",",
            "%",
            "\n- ",
        ]
    ),
    max_size=24,
).map("".join)


_GROUPS = "p:\n  - n: x\n    l:\n      - y\n      - z\n  - n: x\n    l:\n      - y\nq:\n  i:\n    - w\n"


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize("at", [2, 3, 4, 5, 6, 7, 8, 10, 11])
def test_one_line_indented_with_wide_spaces_is_one_mistake(tmp_path: Path, at: int, width: int) -> None:
    """An editor types 　 for one space, or for the two that it is as wide as."""
    lines = _GROUPS.split("\n")
    body = lines[at - 1].lstrip(" ")
    lines[at - 1] = "　" * ((len(lines[at - 1]) - len(body)) // width) + body
    tree = read_text(tmp_path, "\n".join(lines))
    assert [(each.code, each.where.line) for each in tree.findings] == [("wide-space", at)]
    assert tree.root == read_text(tmp_path, _GROUPS).root


@given(text=st.one_of(PIECES, st.text(max_size=60).filter(lambda text: not set(text) & set("\t\u3000\u00a0"))))
def test_whatever_is_read_without_a_finding_is_what_yaml_says_and_nothing_else_is_raised(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    try:
        tree = read_text(folder, text.encode("utf-8", "surrogatepass"))
    except ManuscriptError as refusal:
        assert refusal.findings
        return
    if not tree.findings:
        assert tree.root == one_line(loaded_otherwise(text))
