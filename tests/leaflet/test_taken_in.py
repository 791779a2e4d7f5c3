"""The leaflet's finished pages, taken into the archive as somebody's old PDF, are its articles again."""

from __future__ import annotations

import json
from pathlib import Path

from tests.archive.test_strange import ingested


def test_our_own_leaflet_is_as_many_articles_as_it_was_written_in(leaflet: Path) -> None:
    for file in ("print.pdf", "screen.pdf"):
        record = json.loads(ingested((leaflet / file).read_bytes(), file).files["record.json"])
        found = [(article["heading"], article["text"]) for article in record["articles"]]
        assert 15 <= len(found) <= 18
        assert all(text for _, text in found)
        heads = [heading for heading, _ in found]
        assert "地域経済の活性化\u30001産業振興の取組" in heads  # the section's head opens its first article
        (motto,) = [text for heading, text in found if heading == "市政運営の基本理念"]
        assert "「対話」の重視" in motto
        assert "「期待」される市政" in motto
