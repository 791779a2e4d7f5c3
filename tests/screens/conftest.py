"""A desk that serves a small workspace, and a browser before it."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.kinds import quiz

from koho_pdf.screens.desk_app import desk_of
from koho_pdf.screens.serving import Serving


@dataclass(frozen=True)
class Served:
    """A desk that serves ``issue``, the only one of its workspace."""

    serving: Serving
    issue: Path

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.serving.port}"

    @property
    def written(self) -> str:
        """The manuscript as it is on the disk."""
        return (self.issue / "issue.yaml").read_text(encoding="utf-8")

    def asked(
        self, path: str, headers: dict[str, str] | None = None, method: str = "GET", body: bytes | None = None
    ) -> http.client.HTTPResponse:
        """An answer as it comes, to a request as it is written here."""
        connection = http.client.HTTPConnection("127.0.0.1", self.serving.port, timeout=30)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        told = {"Host": self.place, **(headers or {})}
        if body is not None and "Content-Length" not in told and "Transfer-Encoding" not in told:
            told["Content-Length"] = str(len(body))
        for name, value in told.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        return connection.getresponse()

    def cookie(self) -> str:
        """The cookie that the start link gives."""
        answer = self.asked(self.serving.link.partition(self.place)[2])
        assert answer.status == 303
        return str(answer.getheader("set-cookie"))

    def key(self) -> dict[str, str]:
        """The headers of a page of ours."""
        return {"Cookie": self.cookie().partition(";")[0], "Origin": f"http://{self.place}"}


@pytest.fixture
def manuscript() -> str:
    """That of the quiz; a module may have another."""
    return quiz.MANUSCRIPT


@pytest.fixture
def served(home: Path, tmp_path: Path, manuscript: str) -> Iterator[Served]:
    """The desk of a workspace with the quiz."""
    issue = quiz.make(tmp_path, manuscript)
    serving = Serving(desk_of(tmp_path))
    thread = serving.beside()
    yield Served(serving, issue)
    serving.stop()
    thread.join(20)


@pytest.fixture
def context(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """A browser that came in by the start link."""
    made = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page = made.new_page()
    page.goto(served.serving.link)
    page.close()
    yield made
    made.close()


@pytest.fixture
def table(context: BrowserContext, served: Served) -> Iterator[Callable[..., Page]]:
    """``table(piece)``: a window with one article of the quiz; its pages are in sight if ``composed``."""
    said: list[str] = []

    def opened(piece: str = "", *, composed: bool = False) -> Page:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        page.goto(f"http://{served.place}/issues/{served.issue.name}?piece={piece}")
        if composed:
            page.wait_for_selector(".pg img", timeout=120_000)
        return page

    yield opened
    assert [each for each in said if "net::ERR_FAILED" not in each] == []  # where a test lets nothing through


def until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)
