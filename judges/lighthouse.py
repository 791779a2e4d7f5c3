"""Lighthouse, as a telephone on a slow line: is a page quick, accessible, soundly made, and does it say what it is?"""

from __future__ import annotations

import functools
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from judges.spoiling import slow_and_mute
from judges.verdict import ROOT, TOOLS, Case, Judge, Verdict, said_by

_MODULES = TOOLS / "node_modules"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")  # as in tools/system-packages
_ALWAYS = ("accessibility", "best-practices", "seo")
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


class _Quiet(SimpleHTTPRequestHandler):
    """A plain static server: nothing is packed, nothing is kept."""

    def log_message(self, *words: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    """A browser that has seen enough hangs up: nobody need hear of it."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def _browser() -> str:
    found = (shutil.which(name) for name in (os.environ.get("KOHO_CHROMIUM", ""), *_BROWSERS) if name)
    return next(filter(None, found))


def _categories(case: Case) -> tuple[str, ...]:
    return ("performance", *_ALWAYS) if case.visited else _ALWAYS


def _judge(cases: Sequence[Case]) -> Sequence[Verdict]:
    asked = [{"categories": _categories(case)} for case in cases]
    return [_verdict(scores) for _, scores in of_pages("lighthouse.mjs", cases, asked)]


def of_pages(script: str, cases: Sequence[Case], asked: Sequence[dict[str, Any]]) -> list[tuple[str, Any]]:
    """What a script of this folder, run by Node, says about each page, and the address of its server: the script is
    given a line of JSON a page, ``asked`` with its ``url``, and answers in lines of JSON."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as open_servers:
        # The telephone has one Japanese face, which is none of the pages' own: theirs must come by the network.
        fonts = Path(name) / "fonts"
        fonts.mkdir()
        shutil.copy(ROOT / "fonts" / "BIZUDGothic-Regular.ttf", fonts)
        conf = Path(name) / "fonts.conf"
        conf.write_text(_FONTS.format(fonts=fonts, cache=Path(name) / "cache"), encoding="utf-8")
        folders = list(dict.fromkeys(case.site for case in cases if case.site))
        sites = {folder: open_servers.enter_context(_served(folder)) for folder in folders}
        at = [sites[case.site] for case in cases if case.site]
        urls = [site + quote(case.address, safe="/?=") for site, case in zip(at, cases, strict=True)]
        lines = "".join(json.dumps({**each, "url": url}) + "\n" for each, url in zip(asked, urls, strict=True))
        command = ("node", ROOT / "judges" / script, _MODULES, _browser())
        done = said_by(*command, given=lines, environment={"FONTCONFIG_FILE": str(conf)})
        assert done.returncode == 0, done.stderr
        return list(zip(at, map(json.loads, done.stdout.splitlines()), strict=True))


def _verdict(scores: dict[str, float]) -> Verdict:
    short = [f"{name} {round(100 * score)}" for name, score in scores.items() if score < 1]
    return Verdict(not short, ", ".join(short))


JUDGE = Judge(
    "Lighthouse",
    "100 of 100 each, on the simulated telephone and slow line of its mobile report: performance (of what a server"
    " sends, not of a file that is opened from a disk), accessibility, best practices, search engines. Of five tries at"
    " most the best counts, as another load on the machine can only make a page slower.",
    lambda: str(json.loads((_MODULES / "lighthouse" / "package.json").read_text(encoding="utf-8"))["version"]),
    lambda case: bool(case.address),
    _judge,
    "half a megabyte of styles before the first word, the language and the description taken out",
    slow_and_mute,
)
