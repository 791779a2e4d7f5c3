"""The structure tree of composed text (ISO 32000-1, 14.8): what the words are, not how they were laid out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from tests.composition.conftest import EM, Composed

if TYPE_CHECKING:
    from tests.conftest import Element

Read = Callable[[Path], "Element"]


def drawn(element: Element) -> str:
    """An element and what it holds: ``P(a Ruby(RB(b) RT(c)))``."""
    parts = [part if isinstance(part, str) else drawn(part) for part in element.children]
    return f"{element.kind}({' '.join(parts)})"


def tree(path: Path, structure: Read) -> str:
    return " ".join(drawn(child) for child in structure(path).children if not isinstance(child, str))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>一つの文です。</p>", "P(一つの文です。)"),
        ('<p><span class="phrase">一つの</span><span class="phrase">文です。</span></p>', "P(一つの 文です。)"),
        ('<h1><span class="line">二行の</span><span class="line">題</span></h1>', "H1(二行の 題)"),
        ("<p>これは<strong>大切</strong>な文</p>", "P(これは 大切 な文)"),
        ('<p>これは<em class="kenten">大切</em>な文</p>', "P(これは 大切 な文)"),
        ("<ul style='list-style: none'><li><p>項目</p></li></ul>", "L(LI(LBody(P(項目))))"),
        ("<p>今日の<ruby>留萌<rt>るもい</rt></ruby>市</p>", "P(今日の Ruby(RB(留萌) RT(るもい)) 市)"),
        (
            "<p><ruby>政<rt>せい</rt>策<rt>さく</rt></ruby>の</p>",
            "P(Ruby(RB(政 策) RT(せい さく)) の)",
        ),
        ("<p><strong><ruby>留萌<rt>るもい</rt></ruby></strong>市</p>", "P(Ruby(RB(留萌) RT(るもい)) 市)"),
        ("<p><ruby>留<b>萌</b><rt>るもい</rt></ruby></p>", "P(Ruby(RB(留 萌) RT(るもい)))"),
        ("<p>前<ruby>留萌<rp>（</rp><rt>るもい</rt><rp>）</rp></ruby></p>", "P(前 Ruby(RB(留萌) RT(るもい)))"),
    ],
)
def test_a_paragraph_is_one_element(composed: Composed, structure: Read, body: str, expected: str) -> None:
    assert tree(composed(body), structure) == expected


def test_a_paragraph_of_many_lines_is_one_element(composed: Composed, structure: Read) -> None:
    text = "これはいくつもの行に分かれる長い文です。"
    path = composed(f"<p>{text}<span>{text}</span>{text}</p>", f"p {{ width: {7 * EM}pt }}")
    (paragraph,) = (child for child in structure(path).children if not isinstance(child, str))
    assert paragraph.kind == "P"
    assert all(isinstance(child, str) for child in paragraph.children)
    assert paragraph.text == text * 3


def test_a_compound_split_between_lines_says_each_part_with_its_reading(composed: Composed, structure: Read) -> None:
    body = "<p>一二三四五六七<ruby>政<rt>せい</rt>策<rt>さく</rt></ruby>の</p>"
    path = composed(body, f"p {{ width: {8 * EM}pt }} ruby {{ ruby-merge: auto }}")
    assert tree(path, structure) == "P(一二三四五六七 Ruby(RB(政) RT(せい)) Ruby(RB(策) RT(さく)) の)"


def test_a_link_keeps_its_annotation(composed: Composed, structure: Read) -> None:
    path = composed(
        '<p>詳しくは<a href="https://example.jp/"><span>市の<ruby>頁<rt>ページ</rt></ruby></span></a>へ</p>'
    )
    (link,) = structure(path).every("Link")
    assert len(link.objects) == 1
    assert drawn(link) == "Link(市の Ruby(RB(頁) RT(ページ)))"


def test_a_span_in_another_language_says_so(composed: Composed) -> None:
    """ISO 32000-1, 14.9.2."""
    path = composed('<p>これは<span lang="en">English</span>です</p>')
    with pikepdf.open(path) as pdf:
        (paragraph,) = pdf.Root.StructTreeRoot.K[0].K
        kids: list[Any] = list(paragraph.K)
        kinds = [kid if isinstance(kid, int) else (str(kid.S), str(kid.Lang)) for kid in kids]
    assert kinds == [0, ("/Span", "en"), 2]


def test_readings_hidden_from_assistive_technology_are_artifacts(composed: Composed, structure: Read) -> None:
    path = composed('<p>見える</p><p aria-hidden="true"><ruby>留萌<rt>るもい</rt></ruby></p>')
    assert tree(path, structure) == "P(見える)"


def test_no_element_is_left_behind(composed: Composed) -> None:
    """Every structure element of the file hangs in the tree, below the parent it names (ISO 32000-1, table 323)."""
    path = composed("<p>今日の<span>文に<ruby>政<rt>せい</rt>策<rt>さく</rt></ruby></span>と<b>言葉</b></p>")
    with pikepdf.open(path) as pdf:
        hanging: set[tuple[int, int]] = set()

        def walk(node: Any) -> None:
            hanging.add(node.objgen)
            for kid in node.K:
                if not isinstance(kid, int):
                    assert kid.P.objgen == node.objgen
                    walk(kid)

        walk(pdf.Root.StructTreeRoot.K[0])
        dictionaries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        assert {each.objgen for each in dictionaries if each.get("/Type") == "/StructElem"} == hanging
        assert {holder.objgen for holder in pdf.Root.StructTreeRoot.ParentTree.Nums[1]} <= hanging
