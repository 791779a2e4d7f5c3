"""``data/issue.json``: the issue for other programs, with the keys that docs/editions.md tells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.kinds import quiz

from koho_pdf.pipeline import Build

DOCS = Path(__file__).parents[2] / "docs" / "editions.md"


def keys(node: Any) -> set[str]:
    if isinstance(node, dict):
        return set(node) | {key for value in node.values() for key in keys(value)}
    return {key for each in node for key in keys(each)} if isinstance(node, list) else set()


def test_it_is_the_issue_in_plain_words(proved: Callable[..., Build], workspace: Path) -> None:
    (workspace / "layouts/policy-leaflet/sample").rename(workspace / "content/sample")
    files = proved(workspace, "sample", ("data",)).files
    assert next(iter(files)) == "data/issue.json"
    told = json.loads(files["data/issue.json"])
    assert [told[key] for key in ("schema", "issue", "municipality", "kind", "date")] == [
        *(1, "sample", "留萌市", "policy-leaflet", "2027-04-01")
    ]
    article = next(each for each in told["articles"] if each["key"] == "pillar-1-3")
    assert article["above"] == ["地域経済の活性化を進めます"]
    assert article["page"] == 2
    assert article["department"] == "政策調整企画課"
    assert article["pictures"] == [
        {
            "file": "photos/mihon-1.jpg",
            "alt": "港に浮かぶ漁船と灯台",
            "caption": "写真の説明は一行に二十三文字まで入ります。はい",
        }
    ]
    assert {each["page"] for each in told["articles"]} == {1, 2, 3, 4}
    tabular = json.loads(proved(workspace, "2012-policy-leaflet", ("data",)).files["data/issue.json"])
    assert keys(told) | keys(tabular) == set(re.findall(r"^\| `([a-z_]+)`", DOCS.read_text(encoding="utf-8"), re.M))


def test_the_same_issue_is_the_same_bytes(proved: Callable[..., Build], home: Path, tmp_path: Path) -> None:
    """Those of print, screen and web are asked of the leaflet (``tests/leaflet/test_same_bytes.py``)."""
    quiz.make(tmp_path)
    made, again = (proved(tmp_path, quiz.NAME, ("large", "text", "data")).files for _ in range(2))
    data = ("issue.json", "events.ics", "feed.atom", "feed.json", "events.csv", "events-2017.csv", "my-koho.txt")
    assert made.keys() == {"large.pdf", f"text/{quiz.NAME}.txt", *(f"data/{each}" for each in data)}
    assert made == again
