"""What is said of small PDFs and of a page's tree, word by word; and that every edition's text is in the repository,
the leaflet's too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.judges.tagged import Paper

from judges.spoken import FOLDER, file_name
from judges.spoken_pdf import spoken_pdf
from judges.spoken_web import spoken_web
from judges.verdict import Case


def said_of(paper: Paper, folder: Path, *top: Any) -> str:
    """What is said of a file with these elements, without its opening."""
    text = spoken_pdf(paper.saved(folder / "made.pdf", *top))
    return text.partition("bookmarks: none\n\n")[2]


def test_a_pdf_is_said_in_the_order_of_its_tree(tmp_path: Path) -> None:
    paper = Paper()
    make, words = paper.element, paper.words
    later, first = words("の港"), words("留萌")
    ruby = make("Ruby", make("RB", first), make("RT", words("るもい")))
    english = make("Span", words("Rumoi City"), Lang=String("en"))
    link = make("Link", words("市の案内"), paper.link("https://a.jp/", "案内のページ"))
    figure = make("Figure", make("Caption", make("P", words("朝の港"))), words(""), Alt=String("船"))
    paper.artifact("広報", Type=Name.Pagination, Subtype=Name.Header)
    words("忘れた")
    item = make("LI", make("Lbl", words("1")), make("LBody", make("P", words("事業"))))
    numbered = make("L", item, attributes=Dictionary(O=Name.List, ListNumbering=Name.Decimal))
    said = said_of(
        paper,
        tmp_path,
        make("H1", make("Lbl", words("2 ")), ruby, later),
        make("Art", make("P", english, words("へ")), make("P", link), T=String("港")),
        figure,
        numbered,
        make("P"),
    )
    assert said == (
        "── page 1\n"
        "heading 1: [2] 留萌《るもい》の港\n"
        "(article: 港)\n"
        "paragraph: {en: Rumoi City}へ\n"
        "paragraph: {link: 市の案内 → https://a.jp/; described as 案内のページ}\n"
        "figure: 船\n"
        "  caption: 朝の港\n"
        "list of 1 (Decimal)\n"
        "  - [1] 事業\n"
        "paragraph: (nothing)\n"
        "\n"
        "not said:\n"
        "  page 1, artifact Pagination Header: 広報\n"
        "  page 1, held by no element: 忘れた\n"
    )


def test_every_cell_is_said_with_its_heads(tmp_path: Path) -> None:
    paper = Paper()
    make, words = paper.element, paper.words

    def head(text: str, scope: str, **more: Any) -> Any:
        return make("TH", words(text), attributes=Dictionary(O=Name.Table, Scope=Name(f"/{scope}"), **more))

    wide = make("TD", words("なし"), attributes=Dictionary(O=Name.Table, ColSpan=2))
    named = Dictionary(O=Name.Table, Headers=Array([String("b")]))
    last = head("額", "Column")
    last.ID = String("b")
    table = make(
        "Table",
        make("Caption", words("予算")),
        make("TR", head("事業", "Column"), head("年", "Column"), last),
        make("TR", head("道路", "Row"), make("TD", words("25")), make("TD", words("3円"), attributes=named)),
        make("TR", head("橋", "Row"), wide),
    )
    assert said_of(paper, tmp_path, table).startswith(
        "── page 1\n"
        "table, 3 columns, 3 rows\n"
        "  caption: 予算\n"
        "  row 1: {head of column: 事業} | {head of column: 年} | {head of column: 額}\n"
        "  row 2: {head of row: 道路} | 年・道路 → 25 | 額 → 3円\n"
        "  row 3: {head of row: 橋} | 年・橋 → なし\n"
    )


def test_what_is_wrong_can_be_heard(tmp_path: Path) -> None:
    paper = Paper()
    make, words = paper.element, paper.words
    nested = make("Link", words("目次"), paper.link("https://a.jp/", "pillar-1"), make("Link", words("3")))
    glued = make("LI", make("LBody", words("1"), words("事業")))
    table = make("Table", make("TR", make("TD", words("なにか"))))
    said = said_of(paper, tmp_path, make("P", nested), make("L", glued), make("Figure", words("")), table)
    assert "{link: 目次{link that leads nowhere: 3} → https://a.jp/; described as pillar-1}" in said
    assert "list of 1\n  - 1事業\n" in said
    assert "figure: (nothing said of it)" in said
    assert "(no head) → なにか" in said


def node(at: int, role: str, name: str = "", *kids: int, ignored: bool = False, **told: Any) -> dict[str, Any]:
    """A node as the DevTools protocol has it."""
    properties = [{"name": key, "value": {"value": value}} for key, value in told.items()]
    return {
        "nodeId": str(at),
        "ignored": ignored,
        "role": {"value": role},
        "name": {"value": name},
        "properties": properties,
        "childIds": [str(kid) for kid in kids],
    }


def test_a_web_page_is_said_in_the_order_of_its_tree() -> None:
    nodes = [
        node(1, "RootWebArea", "広報", 2, 20),
        node(2, "main", "", 3, 6, 9, 12, 16),
        node(3, "heading", "1 港の話", 4, 5, level=2),
        node(4, "StaticText", "1"),
        node(5, "generic", "", 51, ignored=True),
        node(51, "StaticText", "港の話"),
        node(6, "list", "", 7),
        node(7, "listitem", "", 8, 81),
        node(8, "ListMarker", "1. "),
        node(81, "link", "市の案内", 82, url="http://here/a.html"),
        node(82, "StaticText", "案内"),
        node(9, "paragraph", "", 10, 11),
        node(10, "strong", "", 101),
        node(101, "StaticText", "大切"),
        node(11, "StaticText", "です"),
        node(12, "table", "予算", 13, 14),
        node(13, "row", "", 131),
        node(131, "columnheader", "額", 132),
        node(132, "StaticText", "額"),
        node(14, "row", "", 141),
        node(141, "cell", "3円", 142),
        node(142, "StaticText", "3円"),
        node(16, "region", "表「予算」", 17, focusable=True),
        node(17, "image", ""),
        node(20, "contentinfo", "", 21),
        node(21, "StaticText", "留萌市"),
    ]
    assert spoken_web(nodes, "http://here/") == (
        "title: 広報\n\n(main)\nheading 2: 1 港の話\nlist of 1\n  - [1.] {link: 市の案内 → a.html}\n"
        "paragraph: {strong: 大切}です\ntable of 2 rows: 予算\n  row 1: {head of column: 額}\n  row 2: 額 → 3円\n"
        "(region: 表「予算」) {stop for the keyboard}\nimage: (nothing said of it)\n(foot of the page)\n留萌市\n"
    )


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("screen: `content/2013-policy-leaflet`", "2013-policy-leaflet/screen.txt"),
        ("archive: `layouts/policy-leaflet/sample`", "policy-leaflet-sample/archive.txt"),
        (
            "web: `content/2012-policy-leaflet` articles/pillar-1-1.html",
            "2012-policy-leaflet/web-articles-pillar-1-1.txt",
        ),
        ("web-single: `content/2013-policy-leaflet` 2013-policy-leaflet.html", "2013-policy-leaflet/web-single.txt"),
        ("archive's site: front page", "archives-site-front-page.txt"),
        ("comparison of two issues", "comparison-of-two-issues.txt"),
    ],
)
def test_each_edition_has_its_text_in_the_repository(case: str, name: str) -> None:
    """CI makes it again to find out whether it is up to date."""
    assert file_name(Case(case, Path("x"), 0)) == name
    assert (FOLDER / name).stat().st_size > 30
