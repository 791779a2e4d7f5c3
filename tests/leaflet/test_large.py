"""The leaflet in large print: pages follow one another, and heads stay with their text."""

from __future__ import annotations

import math
from collections.abc import Callable

from tests.conftest import LEAFLET, REPOSITORY
from tests.editions.test_large import texts

from koho_pdf.pipeline import Build


def test_pages_follow_one_another_and_heads_stay_with_their_text(proved: Callable[..., Build]) -> None:
    pages = texts(proved(REPOSITORY, LEAFLET, ("large",)).files["large.pdf"])
    assert len(pages) <= 10
    contents = "".join(mark.text for mark in pages[1])
    assert contents.startswith("目次")
    assert "問い合わせ先" in contents  # the contents' last line
    for number, page in enumerate(pages[2:-1], 3):
        body = [mark for mark in page if mark.place[5] > 25 * 72 / 25.4]  # above the folio
        lowest = min(body, key=lambda mark: mark.place[5])
        assert lowest.place[5] < 0.6 * 842, f"page {number} is nearly empty"
        assert lowest.size * math.hypot(*lowest.place[2:4]) < 28, f"a head ends page {number}"
