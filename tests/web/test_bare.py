"""Of the leaflet's web page a reader without any Japanese face sees words, not boxes; other readers fetch no face for
that."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from playwright.sync_api import Playwright
from tests.chromium import FLAGS, FONTS_CONF, ROOT, find_chromium
from tests.web.conftest import Visit

DRAWN = """face => { const c = document.createElement('canvas').getContext('2d');
  return ['国', '市'].map(t => { c.clearRect(0, 0, 40, 40); c.font = `32px "${face}", sans-serif`; c.fillText(t, 0, 32);
    return '' + c.getImageData(0, 0, 40, 40).data; }); }"""


def latin_face(folder: Path) -> None:
    """A face with Latin letters only, under another name than ours."""
    with TTFont(ROOT / "fonts" / "BIZUDGothic-Regular.ttf") as font:
        made = subset.Subsetter()
        made.populate(unicodes=range(0x20, 0x7F))
        made.subset(font)
        for name in font["name"].names:
            name.string = "Bare"
        font.save(folder / "bare.ttf")


@pytest.mark.parametrize("width", [390, 1280])
def test_without_a_japanese_face_ours_are_fetched_in_any_window(
    playwright: Playwright, leaflet: Path, tmp_path: Path, width: int
) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    latin_face(fonts)
    conf = tmp_path / "fonts.conf"
    conf.write_text(FONTS_CONF.format(fonts=fonts, cache=tmp_path / "cache"), encoding="utf-8")
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(conf)}
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS], env=environment)
    page = browser.new_context(viewport={"width": width, "height": 800}, offline=True).new_page()
    page.goto((leaflet / "web" / "index.html").as_uri(), wait_until="load")
    page.evaluate("document.fonts.ready")
    without, ours = page.evaluate(DRAWN, "Bare"), page.evaluate(DRAWN, "BIZ UDPGothic")
    browser.close()
    assert without[0] == without[1]  # the machine really has none
    assert ours[0] != ours[1]


def test_whoever_has_one_fetches_none_for_that(visit: Callable[..., Visit]) -> None:
    assert [url for url in visit(390).requested if "biz-udpgothic" in url] == []
