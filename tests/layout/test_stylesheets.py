"""The line below a link: seen on a screen, not on paper."""

from __future__ import annotations

import pytest

from koho_pdf.layout.stylesheets import LINES_OF_LINKS, with_no_other_line
from koho_pdf.layout.unpaged import NO_LINE

RULE = LINES_OF_LINKS["print"]


def test_print_has_the_rule_of_the_screen_with_a_line_that_is_not_drawn() -> None:
    assert LINES_OF_LINKS["screen"].replace("currentcolor", NO_LINE) == RULE
    plain = f"<style>p {{ color: red }}\n{RULE}</style><p><a href='x'>文</a></p>"
    assert with_no_other_line(plain) == plain


@pytest.mark.parametrize(
    "other",
    [
        "<a href='x'><s>文</s></a>",
        "<U>文</U>",
        "<p style='text-decoration: underline'>文</p>",
        "<ins datetime=''>文</ins>",
    ],
)
def test_beside_other_lines_print_has_no_rule_for_links(other: str) -> None:
    assert with_no_other_line(f"<style>{RULE}</style>{other}") == f"<style></style>{other}"
    styled = "<style>em { text-decoration: line-through }\n"
    assert with_no_other_line(f"{styled}{RULE}</style>") == f"{styled}</style>"


@pytest.mark.parametrize(
    ("style", "stays"),
    [
        ("a { color: inherit; text-decoration: none }", True),
        ("a { text-decoration: none !important }", True),
        ("em a { text-decoration: none }", True),
        ("a .words { text-decoration: none }", True),
    ],
)
def test_what_a_layout_says_of_every_link_is_weaker_than_our_rule(style: str, stays: bool) -> None:
    html = f"<style>p {{ margin: 0 }}\n{style}\n{RULE}{style}\n</style>"
    assert (RULE in with_no_other_line(html)) is stays


def test_svg_is_no_struck_text() -> None:
    drawn = f"<style>{RULE}</style><svg><symbol/><use/></svg><span>文</span><section>文</section>"
    assert with_no_other_line(drawn) == drawn
