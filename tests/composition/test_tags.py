"""The structure tree of composed text (ISO 32000-1, 14.8): what the words are, not how they were laid out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from tests.composition.conftest import EM, Composed, read_page

if TYPE_CHECKING:
    from tests.conftest import Element

Read = Callable[[Path], "Element"]
INLINE = 'style="display: inline; margin: 0"'


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
        ("<p>これは<strong>大切</strong>な文</p>", "P(これは Strong(大切) な文)"),
        ('<p>これは<em class="kenten">大切</em>な文</p>', "P(これは Em(大切) な文)"),
        ("<ul style='list-style: none'><li><p>項目</p></li></ul>", "L(LI(LBody(P(項目))))"),
        ("<p>今日の<ruby>留萌<rt>るもい</rt></ruby>市</p>", "P(今日の Ruby(RB(留萌) RT(るもい)) 市)"),
        (
            "<p><ruby>政<rt>せい</rt>策<rt>さく</rt></ruby>の</p>",
            "P(Ruby(RB(政 策) RT(せい さく)) の)",
        ),
        (
            "<p><strong><ruby>留萌<rt>るもい</rt></ruby></strong>市</p>",
            "P(Strong(Ruby(RB(留萌) RT(るもい))) 市)",
        ),
        ("<p><ruby>留<b>萌</b><rt>るもい</rt></ruby></p>", "P(Ruby(RB(留 萌) RT(るもい)))"),
        (
            "<p>前<ruby>留萌<rp>（</rp><rt>るもい</rt><rp>）</rp></ruby></p>",
            "P(前 Ruby(RB(留萌) RT(るもい)))",
        ),
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


def test_a_compound_split_between_lines_is_one_ruby(composed: Composed, structure: Read) -> None:
    body = "<p>一二三四五六七<ruby>政<rt>せい</rt>策<rt>さく</rt></ruby>の</p>"
    path = composed(body, f"p {{ width: {8 * EM}pt }} ruby {{ ruby-merge: auto }}")
    assert tree(path, structure) == "P(一二三四五六七 Ruby(RB(政 策) RT(せい さく)) の)"


def test_a_reading_says_its_own_brackets(composed: Composed) -> None:
    """Print has no brackets; heard, 留萌 and るもい are two words (ISO 32000-1, 14.8.4.4.1 and 14.9.4)."""
    with pikepdf.open(composed("<p>今日の<ruby>留<rt>る</rt>萌<rt>もい</rt></ruby>市</p>")) as pdf:
        (reading,) = elements(pdf, "RT")
        assert str(reading.ActualText) == "（るもい）"
        assert elements(pdf, "RP") == []


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


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>一<li>二</ol>", "L(LI(Lbl(1. ) LBody(一)) LI(Lbl(2. ) LBody(二)))"),
        (
            "<ul><li>外<ul><li>内</ul>外</ul>",
            "L(LI(Lbl(• ) LBody(外 L(LI(Lbl(◦ ) LBody(内))) 外)))",
        ),
        (
            '<ol style="list-style: none"><li><span data-tag="Lbl">3</span><p>三</p></ol>',
            "L(LI(Lbl(3) LBody(P(三))))",
        ),
        ('<h2><span data-tag="Lbl">3</span><span>24時間の窓口</span></h2>', "H2(Lbl(3) 24時間の窓口)"),
        ("<dl><dt>語</dt><dd>説明</dd><dd>もう一つ</dd></dl>", "L(LI(Lbl(語) LBody(説明 もう一つ)))"),
        (
            f"<dl><div><dt {INLINE}>語</dt><dd {INLINE}>説明</dd> <dd {INLINE}><b>12</b></dd></div></dl>",
            "L(LI(Lbl(語) LBody(説明   12)))",
        ),
        ("<div>裸の<strong>文字</strong>です<p>段落</p>後</div>", "Div(P(裸の Strong(文字) です) P(段落) P(後))"),
        (
            '<p>港<span data-tag="Warichu">（<small class="warichu">三年前に完成</small>）</span>では</p>',
            "P(港 Warichu(WP(（) WT(三年前に完成) WP(）)) では)",
        ),
        (
            '<nav role="doc-toc"><ol style="list-style: none"><li><a href="#a">一</a><ol style="list-style: none">'
            '<li><a href="#a">二</a></li></ol></li></ol></nav><h2 id="a">題</h2>',
            "Sect(TOC(TOCI(Reference(Link(一)) TOC(TOCI(Reference(Link(二))))))) H2(題)",
        ),
        (
            "<table><caption>表</caption><thead><tr><th>頭</th><th></th></tr></thead>"
            "<tbody><tr><th scope=row>側</th><td></td></tr></tbody></table>",
            "Table(Caption(表) THead(TR(TH(頭) TH())) TBody(TR(TH(側) TD())))",
        ),
        ('<p aria-hidden="true">隠す<a href="https://example.jp/">先</a></p><p>出す</p>', "P(出す)"),
    ],
)
def test_an_element_is_what_its_words_are(composed: Composed, structure: Read, body: str, expected: str) -> None:
    assert tree(composed(body), structure) == expected


ART = '<svg viewBox="0 0 10 5"><title>港の絵</title><rect width="10" height="5" fill="#804020"/></svg>'
FIGURE = f"<figure>{ART}<figcaption>港</figcaption></figure>"


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == f"/{kind}"]
    return [each for each in found if each.get("/Type") == "/StructElem"]


def attributes(element: Any, owner: str) -> Any:
    said = element.get("/A", pikepdf.Array())
    (found,) = [each for each in ([said] if isinstance(said, pikepdf.Dictionary) else said) if f"/{owner}" == each.O]
    return found


def test_a_caption_is_in_its_figure_and_both_in_its_sides(composed: Composed, structure: Read) -> None:
    """BBox encloses what is painted, in points from the page's lower left (ISO 32000-1, 14.8.5.4.3)."""
    css = "figure { margin: 40pt 0 0 30pt } svg { display: block; width: 100pt; height: 50pt }"
    path = composed(FIGURE, css)
    assert tree(path, structure) == "Figure( Caption(港))"
    glyphs, shapes = read_page(path)
    (art,) = [shape for shape in shapes if shape.operator == "f"]
    with pikepdf.open(path) as pdf:
        (figure,) = elements(pdf, "Figure")
        assert str(figure.Alt) == "港の絵"
        box = [float(side) for side in attributes(figure, "Layout").BBox]
    assert [box[0], box[2], box[3]] == pytest.approx([art.left, art.right, art.head], abs=0.01)
    assert [box[0], box[3]] == pytest.approx([72 + 30, 842 - 72 - 40], abs=0.01)
    assert glyphs[0].baseline - EM / 2 < box[1] < glyphs[0].baseline


@pytest.mark.parametrize("css", ["opacity: .5", "transform: translate(10pt, 20pt)", "position: absolute; left: -80pt"])
def test_the_sides_of_a_figure_are_where_it_is_painted(composed: Composed, css: str) -> None:
    path = composed(f"<figure>{ART}</figure>", f"figure {{ margin: 0; {css} }} svg {{ display: block; width: 100pt }}")
    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as shown:
        (figure,) = elements(pdf, "Figure")
        left, foot, right, head = (float(side) for side in attributes(figure, "Layout").BBox)
        image = shown[0].render(scale=1).to_pil().convert("RGB")
        painted = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
        assert painted
        x, y = painted[:2]
        assert (left, 842 - head) == pytest.approx((x, y), abs=1)
        assert 0 <= left < right <= 595
        assert 0 <= foot < head <= 842


def test_lists_say_how_they_are_numbered(composed: Composed) -> None:
    """ListNumbering (ISO 32000-1, 14.8.5.5); a list without printed labels has none."""
    body = "".join(f'<ol type="{kind}"><li>一<li>二</ol>' for kind in "1aAiI") + "<ul><li>点</ul>"
    body += '<ul style="list-style: none"><li>無</ul><ol style="list-style: hiragana"><li>漢</ol>'
    with pikepdf.open(composed(body)) as pdf:
        kinds = [str(attributes(each, "List").ListNumbering) if "/A" in each else "" for each in elements(pdf, "L")]
    wanted = ["Decimal", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman", "Disc", "", "None"]
    assert kinds == [kind and f"/{kind}" for kind in wanted]


def test_a_link_over_two_lines_is_one(composed: Composed, structure: Read) -> None:
    """One Link with an annotation a line, each described by the words of all (ISO 14289-1, 7.18.5)."""
    body = '<p>長い文の中の<a href="https://example.jp/">市の案内の<ruby>頁<rt>ページ</rt></ruby>です</a>。</p>'
    path = composed(body, f"p {{ width: {9 * EM}pt }}")
    (link,) = structure(path).every("Link")
    assert len(link.objects) == 2
    with pikepdf.open(path) as pdf:
        said = [str(each.Contents) for each in pdf.pages[0].Annots]
        sides = [[float(side) for side in each.Rect] for each in pdf.pages[0].Annots]
    assert all(left < right and foot < head for left, foot, right, head in sides)
    assert said == ["市の案内の頁です"] * 2


@pytest.mark.parametrize("tag", ["a href='https://example.jp/'", "strong", "em", "span lang='en'"])
def test_what_a_template_cuts_is_one(composed: Composed, structure: Read, tag: str) -> None:
    """Phrases and lines cut a mark in pieces to stay whole themselves; it is still heard as one."""
    name = tag.split()[0]
    pieces = [f'<span class="phrase"><{tag}>{words}</{name}></span>' for words in ("市民の", "健康", "づくり")]
    heard = {"a": "Link", "strong": "Strong", "em": "Em", "span": "Span"}[name]
    path = composed(f"<h2>{pieces[0]}{pieces[1]}{pieces[2]}と{pieces[0]}</h2>")
    assert tree(path, structure) == f"H2({heard}(市民の 健康 づくり) と {heard}(市民の))"
    if name == "a":
        with pikepdf.open(path) as pdf:
            assert [str(each.Contents) for each in pdf.pages[0].Annots] == ["市民の健康づくり"] * 3 + ["市民の"]
            (first, _) = elements(pdf, "Link")
            assert sum(isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR" for kid in first.K) == 3


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<p>港は<span class=n>昭和に<b>完成</b>した。</span>古い。</p><p>次</p>",
            "P(港は Reference(1) 古い。) Note(Lbl(1. ) 昭和に 完成 した。) P(次)",
        ),
        (
            "<ul style='list-style: none'><li>港<span class=n>注</span>は</ul>",
            "L(LI(LBody(港 Reference(1) は Note(Lbl(1. ) 注))))",
        ),
        (
            "<div>裸の<em>港<span class=n>注</span></em>は<p>次</p></div>",
            "Div(P(裸の Em(港 Reference(1)) は) Note(Lbl(1. ) 注) P(次))",
        ),
        (
            "<p>港<span class=n>一</span>と町<span class=n>二</span></p>",
            "P(港 Reference(1) と町 Reference(2)) Note(Lbl(1. ) 一) Note(Lbl(2. ) 二)",
        ),
    ],
)
def test_a_footnote_is_read_after_its_paragraph(composed: Composed, structure: Read, body: str, expected: str) -> None:
    """ISO 32000-1, 14.8.4.4.1: Note, called by a Reference; each has a name of its own (ISO 14289-1, 7.9)."""
    path = composed(body, ".n { float: footnote }")
    assert tree(path, structure) == expected
    with pikepdf.open(path) as pdf:
        names = [str(each.ID) for each in elements(pdf, "Note")]
    assert all(names)
    assert len({*names}) == len(names)


def test_two_links_side_by_side_are_two(composed: Composed, structure: Read) -> None:
    body = '<p><a href="https://a.jp/">一</a><a href="https://b.jp/">二</a></p>'
    assert tree(composed(body), structure) == "P(Link(一) Link(二))"


def test_what_goes_on_over_a_page_is_one_element(composed: Composed, structure: Read) -> None:
    rows = "".join(f"<tr><td>値{row}</td></tr>" for row in range(60))
    body = f"<article><p>{'長い文です。' * 900}</p><table><thead><tr><th>頭</th></tr></thead>{rows}</table></article>"
    path = composed(body)
    document = structure(path)
    assert [len(document.every(kind)) for kind in ("Art", "P", "Table", "TH")] == [1, 1, 1, 1]
    assert document.every("P")[0].text == "長い文です。" * 900
    assert len(document.every("TD")) == 60
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) > 2
        heads = [str(head) for cell in elements(pdf, "TD") for head in attributes(cell, "Table").Headers]
        (head,) = elements(pdf, "TH")
        assert set(heads) == {str(head.ID)}
        assert len(heads) == 60


def test_a_cell_is_under_the_heads_of_its_row_that_stand_before_it(composed: Composed) -> None:
    """Heads of a group span rows (HTML, 4.9.12.2); a cell before the only head of its row is under it all the same."""
    first = '<th scope="rowgroup" rowspan="2">太鼓</th><td rowspan="2">保存会</td><th scope="row">笛</th><td>南</td>'
    second = '<th scope="row">鉦</th><td>林</td>'
    path = composed(f'<table><tr>{first}</tr><tr>{second}</tr><tr><td>五時</td><th scope="row">開会</th></tr></table>')
    with pikepdf.open(path) as pdf:
        place = {str(each.ID): number for number, each in enumerate(elements(pdf, "TH"))}
        cells = elements(pdf, "TD")
        heads = [[place[str(head)] for head in attributes(cell, "Table").Headers] for cell in cells]
    assert heads == [[0], [0, 1], [0, 2], [3]]


def test_what_is_fixed_is_read_once(composed: Composed, structure: Read) -> None:
    body = '<p style="position: fixed; top: 0">固定</p><p>一</p><p style="break-before: page">二</p>'
    assert tree(composed(body), structure) == "P(固定) P(一) P(二)"


def test_running_heads_and_feet_say_so(composed: Composed) -> None:
    """ISO 32000-1, 14.8.2.2.2."""
    css = "@page { @top-left { content: '柱' } @bottom-right { content: counter(page) } }"
    body = '<p>本文</p><p aria-hidden="true" data-artifact="Header"><span>題</span></p><p aria-hidden="true">飾り</p>'
    with pikepdf.open(composed(body, css)) as pdf:
        found = []
        for each in pikepdf.parse_content_stream(pdf.pages[0], "BMC BDC"):
            if str(each.operands[0]) == "/Artifact":
                said: Any = each.operands[1] if len(each.operands) > 1 else {}
                found.append((str(said.get("/Type")), str(said.get("/Subtype"))))
    furniture = [("/Pagination", "/Header"), ("/Pagination", "/Footer")]
    assert sorted(found) == sorted([("/Layout", "None"), furniture[0], *furniture])


def test_vertical_text_says_so_and_what_stands_upright_in_it(composed: Composed) -> None:
    """WritingMode (ISO 32000-1, 14.8.5.4.2), inherited by what is inside."""
    css = (
        ".v { writing-mode: vertical-rl; height: 200pt; width: 200pt } .h { writing-mode: horizontal-tb; width: 60pt }"
    )
    body = '<p>横</p><div class="v"><p>縦の文<strong>です</strong></p><div class="h"><p>横の文</p></div></div>'
    with pikepdf.open(composed(body, css)) as pdf:
        modes = [
            str(each.A.WritingMode)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/WritingMode" in each.get("/A", pikepdf.Dictionary())
        ]
        assert modes == ["/TbRl", "/LrTb"]
        (outer, inner) = elements(pdf, "Div")
        assert attributes(outer, "Layout").WritingMode == "/TbRl"
        assert inner.P.objgen == outer.objgen


def test_a_part_of_a_heading_that_stands_apart_is_a_word(composed: Composed) -> None:
    body = '<h1><span data-tag="Word">平成25年度</span><span style="display: block">題</span></h1>'
    with pikepdf.open(composed(body)) as pdf, pdf.open_outline() as outline:
        (word,) = elements(pdf, "Span")
        assert str(word.ActualText) == "平成25年度 "
        assert [item.title for item in outline.root] == ["平成25年度 題"]


def test_bookmarks_have_numbers_apart_and_no_readings(composed: Composed) -> None:
    body = (
        '<h1>題<br>二行</h1><h2><span data-tag="Lbl">3</span><span>24時間の'
        "<ruby>窓口<rt>まどぐち</rt></ruby></span></h2>"
        r'<h2>引用符"と\円と<span lang="en">A &amp; B</span></h2>'
    )
    with pikepdf.open(composed(body)) as pdf, pdf.open_outline() as outline:
        (first,) = outline.root
        assert first.title == "題 二行"
        assert [item.title for item in first.children] == ["3 24時間の窓口", r'引用符"と\円とA & B']


@pytest.mark.parametrize(
    "text",
    [
        "The city of Rumoi lies by the sea and has a harbour where people fish.",
        "留萌市は The city of Rumoi lies by the sea and has a harbour where people fish. です",
        "The city<br>of Rumoi lies by the<br><em>sea and</em> has a harbour where people fish.",
        'Rumoi lies <em>by the</em> sea <a href="https://example.jp/">and has a harbour</a> where 人 people fish.',
    ],
)
@pytest.mark.parametrize(
    "css", ["", "p { text-align: justify }", "p { writing-mode: vertical-rl; height: 120pt; width: 200pt }"]
)
def test_words_of_two_lines_are_two_words(composed: Composed, structure: Read, text: str, css: str) -> None:
    """A space at a line's end is not set (CSS Text 3, 4.1.2), but it is said: in the text and in ActualText."""
    path = composed(f"<p>{text}</p>", f"p {{ width: {10 * EM}pt }} {css}")
    words = re.sub("<.*?>", "", text.replace("<br>", " "))
    (paragraph,) = structure(path).every("P")
    assert re.sub(r"(?<=\W) | (?=\W)", "", paragraph.text) == re.sub(r"(?<=\W) | (?=\W)", "", words)
    assert " ".join(paragraph.text.split()) in (words, words.replace("は The", "はThe"))
    with pypdfium2.PdfDocument(path) as pdf:
        if "vertical" in css:
            return  # lines of Latin that lie on their side PDFium reads from the foot
        said = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert "by the sea and has a harbour where" in said or "人" in said
