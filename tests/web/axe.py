"""axe-core on an open page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()


def axe(page: Page, tags: list[str] | None) -> dict[str, Any]:
    """What axe-core says by its rules of these ``tags`` (None: by all). Only violations name every element: to write
    down the path of each one that passes takes most of its time."""
    options: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": tags} if tags else {})
    return dict(_AXE.run(page, options=options).response)
