"""Rows and cells of a table of a Word file (ECMA-376-1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from koho_pdf.intake.office_parts import local
from koho_pdf.intake.word_styles import said


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, within whatever encloses them."""
    for each in table:
        if local(each.tag) == "tr":
            yield each
        elif local(each.tag) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from rows_of(each)


def cells_of(row: Element) -> Iterator[Element]:
    """The cells of a row."""
    for each in row:
        if local(each.tag) == "tc":
            yield each
        elif local(each.tag) in ("sdt", "sdtContent", "customXml"):
            yield from cells_of(each)


def merging(cell: Element) -> tuple[int, bool]:
    """How many columns a cell takes, and whether it goes on from the row above."""
    span, goes_on = 1, False
    for each in cell:
        if local(each.tag) == "tcPr":
            for one in each:
                if local(one.tag) == "gridSpan" and said(one).isdigit():
                    span = int(said(one))
                elif local(one.tag) == "vMerge":
                    goes_on = said(one) != "restart"
    return span, goes_on
