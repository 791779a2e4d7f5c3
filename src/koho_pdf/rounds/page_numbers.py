"""Numbers that only the pages have: page numbers, days of a calendar, the axis of a chart. They are read in the PDF."""

from __future__ import annotations

import re
from collections import Counter

from koho_pdf.gate.prose import HALF
from koho_pdf.rounds.belonging import Belonging
from koho_pdf.rounds.round import Round

_DIGITS = re.compile("[0-9][0-9,.]*[0-9]|[0-9]")


def beside_texts(made: Round, pages: bytes) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """For each page its numbers that no text of its articles has, in the order of the page; pages without any are left
    out."""
    import pypdfium2

    known = _known(made)
    found: list[tuple[int, tuple[str, ...]]] = []
    with pypdfium2.PdfDocument(pages) as document:
        for number, page in enumerate(document, 1):
            left = Counter(known.get(number, Counter()))
            text = page.get_textpage().get_text_bounded().translate(HALF)
            more: list[str] = []
            for each in _DIGITS.findall(text):
                left[each] -= 1
                if left[each] < 0:
                    more.append(each)
            if more:
                found.append((number, tuple(more)))
    return tuple(found)


def _known(made: Round) -> dict[int, Counter[str]]:
    """The numbers of the texts on each page."""
    belonging = Belonging(made)
    found: dict[int, Counter[str]] = {}
    for article in made.articles:
        for passage in article.passages:
            numbers = _DIGITS.findall(passage.words.translate(HALF))
            for page in {each.page for each in belonging.places_of(passage.field)}:
                found.setdefault(page, Counter()).update(numbers)
    return found
