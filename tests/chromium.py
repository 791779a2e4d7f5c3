"""A real Chromium for tests of pages and screens: the machine's own, headless, with our fonts, started once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def find_chromium() -> str:
    """The first Chromium that starts; KOHO_CHROMIUM comes first (as in tools/system-packages)."""
    names = [
        os.environ.get("KOHO_CHROMIUM", ""),
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ]
    for path in filter(None, map(shutil.which, filter(None, names))):
        if subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0:
            return path
    pytest.fail("no Chromium: `make test` installs it, or says what to install", pytrace=False)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once: it cannot run twice in a thread."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser, in a fresh profile, seeing the fonts of the repository and no other: the same lines everywhere."""
    folder = tmp_path_factory.mktemp("chromium")
    conf = folder / "fonts.conf"
    conf.write_text(FONTS_CONF.format(fonts=ROOT / "fonts", cache=folder / "cache"), encoding="utf-8")
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(conf)}
    chromium = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS], env=environment)
    yield chromium
    chromium.close()
