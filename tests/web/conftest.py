"""Pages of ours as readers see them in a real Chromium, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page


@dataclass
class Visit:
    """A page as one reader sees it, and the messages of the browser."""

    page: Page
    said: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """``window(script=…, offline=…)``: an empty page, the same one for every test that asks alike: the browser takes
    most of a second to open another."""
    pages: dict[tuple[bool, bool], Page] = {}

    def empty(*, script: bool = True, offline: bool = True) -> Page:
        if (script, offline) not in pages:
            context = browser.new_context(java_script_enabled=script, offline=offline, reduced_motion="reduce")
            pages[script, offline] = context.new_page()
        page = pages[script, offline]
        page.goto("about:blank")
        page.emulate_media(media="null", color_scheme="light", reduced_motion="reduce", forced_colors="none")
        return page

    yield empty
    for page in pages.values():
        page.context.close()


class Listening:
    """What a page tells while somebody listens."""

    def __init__(self) -> None:
        self._heard: list[tuple[Page, str, Callable[..., None]]] = []

    def to(self, page: Page, event: str, told: Callable[..., None]) -> None:
        page.on(event, told)  # type: ignore[call-overload]
        self._heard.append((page, event, told))

    def end(self) -> None:
        for page, event, told in self._heard:
            page.remove_listener(event, told)
        self._heard.clear()


def quietly(window: Callable[..., Page], path: Path) -> Iterator[Callable[[int], Page]]:
    """Opens a page of ours as a file: ``opened(width)``; the browser has no complaints."""
    listening, said = Listening(), []

    def opened(width: int) -> Page:
        page = window()
        page.set_viewport_size({"width": width, "height": 900})
        listening.end()
        listening.to(page, "console", lambda message: said.append(message.text))
        page.goto(path.as_uri(), wait_until="load")
        return page

    yield opened
    listening.end()
    assert said == []


@pytest.fixture
def visit(window: Callable[..., Page], leaflet: Path) -> Iterator[Callable[..., Visit]]:
    """Opens the built page as a file: ``visit(width, height=…, dark=…, script=…)``."""
    listening = Listening()

    def opened(width: int, height: int = 800, *, dark: bool = False, script: bool = True) -> Visit:
        listening.end()
        seen = Visit(window(script=script))
        seen.page.set_viewport_size({"width": width, "height": height})
        seen.page.emulate_media(color_scheme="dark" if dark else "light")
        listening.to(seen.page, "console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
        listening.to(seen.page, "pageerror", lambda fault: seen.said.append(str(fault)))
        listening.to(seen.page, "request", lambda request: seen.requested.append(request.url))
        seen.page.goto((leaflet / "web" / "index.html").as_uri(), wait_until="load")
        return seen

    yield opened
    listening.end()
