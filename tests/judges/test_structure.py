"""The questions about tags, on small files made here: each says yes to what is right and names what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name
from tests.judges.tagged import Paper

from judges.structure import wrong_in
from judges.tagged import open_tagged


def box(*edges: float) -> Dictionary:
    return Dictionary(O=Name.Layout, BBox=Array(list(edges)))


def listed(numbering: str) -> Dictionary:
    return Dictionary(O=Name.List, ListNumbering=Name(f"/{numbering}"))


def in_order(paper: Paper) -> list[Any]:
    one, reading, rest = paper.words("留萌"), paper.words("るもい"), paper.words("の港")
    ruby = paper.element("Ruby", paper.element("RB", one), paper.element("RT", reading))
    return [paper.element("P", ruby, rest)]


def reading_after_its_line(paper: Paper) -> list[Any]:
    one, rest, reading = paper.words("留萌"), paper.words("の港"), paper.words("るもい")
    ruby = paper.element("Ruby", paper.element("RB", one), paper.element("RT", reading))
    return [paper.element("P", ruby, rest)]


def numeral_after_its_heading(paper: Paper) -> list[Any]:
    heading, numeral = paper.words("窓口"), paper.words("1")
    return [paper.element("H2", numeral, heading)]


def items(paper: Paper, numbering: str, labels: str) -> list[Any]:
    """Two items; ``labels``: the kind of element that holds the numbers."""
    made = []
    for number in ("1", "2"):
        held, body = paper.words(number), paper.words("事業")
        if labels == "Lbl":
            made.append(paper.element("LI", paper.element("Lbl", held), paper.element("LBody", body)))
        else:
            made.append(paper.element("LI", paper.element("LBody", held, body)))
    return [paper.element("L", *made, attributes=listed(numbering) if numbering else None)]


def numbered(paper: Paper) -> list[Any]:
    return items(paper, "Decimal", "Lbl")


def numbers_as_words(paper: Paper) -> list[Any]:
    return items(paper, "", "LBody")


def labels_of_no_list(paper: Paper) -> list[Any]:
    return items(paper, "", "Lbl")


def numbered_without_labels(paper: Paper) -> list[Any]:
    return items(paper, "Decimal", "LBody")


def paragraph_in_a_list(paper: Paper) -> list[Any]:
    return [paper.element("L", paper.element("P", paper.words("事業")))]


def one_link_over_two_lines(paper: Paper) -> list[Any]:
    first = paper.words("市の"), paper.link("https://a.jp/", "市の案内")
    second = paper.words("案内"), paper.link("https://a.jp/", "市の案内")
    return [paper.element("P", paper.element("Link", *first, *second))]


def link_nobody_holds(paper: Paper) -> list[Any]:
    paper.link("https://a.jp/", "市の案内")
    return [paper.element("P", paper.words("市の案内"))]


def link_in_a_link(paper: Paper) -> list[Any]:
    words, held = paper.words("目次"), paper.link("https://a.jp/", "目次")
    inner = paper.element("Link", paper.words("3"))
    return [paper.element("P", paper.element("Link", words, held, inner))]


def link_in_pieces(paper: Paper) -> list[Any]:
    parts = [(paper.words(words), paper.link("https://a.jp/", words)) for words in ("市の", "案内")]
    return [paper.element("P", *(paper.element("Link", *part) for part in parts))]


def bracket_that_is_not_printed(paper: Paper) -> list[Any]:
    one, reading = paper.words("留萌"), paper.words("るもい")
    ruby = paper.element("RB", one), paper.element("RP"), paper.element("RT", reading), paper.element("RP")
    return [paper.element("P", paper.element("Ruby", *ruby))]


def link_not_described(paper: Paper) -> list[Any]:
    words, held = paper.words("案内"), paper.link("https://a.jp/")
    return [paper.element("P", paper.element("Link", words, held))]


def link_that_leads_back_nowhere(paper: Paper) -> list[Any]:
    words, held = paper.words("案内"), paper.link("https://a.jp/", "案内", parent=None)
    return [paper.element("P", paper.element("Link", words, held))]


def running_head(paper: Paper) -> list[Any]:
    paper.artifact("広報るもい", Type=Name.Pagination, Subtype=Name.Header)
    paper.artifact("")
    return [paper.element("P", paper.words("本文"))]


def running_head_of_no_type(paper: Paper) -> list[Any]:
    paper.artifact("広報るもい")
    return [paper.element("P", paper.words("本文"))]


def folio_of_no_kind(paper: Paper) -> list[Any]:
    paper.artifact("3", Type=Name.Pagination)
    return [paper.element("P", paper.words("本文"))]


def unmarked(paper: Paper) -> list[Any]:
    paper.bare()
    return [paper.element("P", paper.words("本文"))]


def held_by_nobody(paper: Paper) -> list[Any]:
    paper.words("忘れた")
    return [paper.element("P", paper.words("本文"))]


def figure(paper: Paper) -> list[Any]:
    return [paper.element("Figure", paper.words("", (20, 30, 100, 80)), Alt="港", attributes=box(20, 30, 120, 110))]


def figure_bled(paper: Paper) -> list[Any]:
    """Nobody sees what it paints outside the page."""
    return [paper.element("Figure", paper.words("", (-9, 30, 100, 400)), Alt="港", attributes=box(0, 30, 91, 300))]


def figure_in_pixels(paper: Paper) -> list[Any]:
    return [paper.element("Figure", paper.words("", (20, 30, 100, 80)), Alt="港", attributes=box(27, 40, 160, 147))]


def figure_off_the_page(paper: Paper) -> list[Any]:
    return [paper.element("Figure", paper.words("", (20, 30, 100, 80)), Alt="港", attributes=box(20, 30, 120, 410))]


def figure_without_a_box(paper: Paper) -> list[Any]:
    return [paper.element("Figure", paper.words("", (20, 30, 100, 80)), Alt="港")]


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        (in_order, ""),
        (reading_after_its_line, ""),
        (numeral_after_its_heading, "「窓口」 is painted before what is read before it"),
        (numbered, ""),
        (numbers_as_words, "numbers are words of items"),
        (labels_of_no_list, "labels without ListNumbering"),
        (numbered_without_labels, "an item without Lbl"),
        (paragraph_in_a_list, "list: holds P"),
        (one_link_over_two_lines, ""),
        (link_nobody_holds, "1 of 1 links are not held by one Link"),
        (link_in_a_link, "Link in a Link (「目次3」)"),
        (link_in_pieces, "one link is cut in pieces (「市の」「案内」)"),
        (bracket_that_is_not_printed, "RP holds nothing"),
        (link_not_described, "1 of 1 links have no description"),
        (link_that_leads_back_nowhere, "1 of 1 links do not lead to their element"),
        (running_head, ""),
        (running_head_of_no_type, "「広報るもい」 is an artifact of no type"),
        (folio_of_no_kind, "「3」 is Pagination of no kind"),
        (unmarked, "「本」 is neither tagged nor an artifact"),
        (held_by_nobody, "「忘れた」 is marked, and no element holds it"),
        (figure, ""),
        (figure_bled, ""),
        (figure_in_pixels, "its BBox is not around what it paints"),
        (figure_off_the_page, "its BBox leaves the page"),
        (figure_without_a_box, "has no BBox"),
    ],
)
def test_each_question(tmp_path: Path, made: Callable[[Paper], list[Any]], wrong: str) -> None:
    paper = Paper()
    tagged = open_tagged(paper.saved(tmp_path / "made.pdf", *made(paper)))
    with tagged.pdf:
        found = "; ".join(wrong_in(tagged))
    assert wrong in found
    assert bool(found) == bool(wrong)
