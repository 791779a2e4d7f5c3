"""The issues that are open in the browser: each with its manuscript, a worker for its pages, and who listens.

Everything that waits for the disk runs in threads; what is told to the browser is sent by the server's own loop.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from koho_pdf.content.article_files import read_issue
from koho_pdf.desk.change import Change, Conflict, Outcome, Refused, Saved, Unsaved
from koho_pdf.desk.form_sheets import plain
from koho_pdf.desk.open_issue import OpenIssue
from koho_pdf.desk.worker import Worker
from koho_pdf.errors import KohoError
from koho_pdf.proofs.watching import Watch
from koho_pdf.screens.article_form import pieces_of
from koho_pdf.screens.form_parts import Piece

_LOOK = 1.0  # seconds between two looks at files that others may change
_ALIVE = 15.0  # seconds after which a silent listener is told that we are still there

_REFUSED = {
    "no-field": "この欄は、いまの原稿にありません。ほかの窓で変わったようです。ページを読み直してください。",
    "not-read": "原稿のこのあたりに書き方の間違いがあって、ここからは直せません。指摘の一覧を見てください。",
    "not-writable": "この形では書き込めません。書いたものは画面に残っています。",
}


class OpenDesk:
    """One open issue. ``answer`` is the newest of its worker that has pages, ``said`` the newest of all,
    ``found`` all findings."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root, self.name = folder, root, folder.name
        self.issue = OpenIssue(folder, root)
        self.pictures = Path(tempfile.mkdtemp(prefix="koho-desk-"))
        self.answer: dict[str, Any] = {}
        self.said: dict[str, Any] = {}
        self.found: list[dict[str, Any]] = []
        self._checks = False
        self.pictured = 0
        self.revision = 0
        self._queues = set[asyncio.Queue[dict[str, Any]]]()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended, self._lock = Event(), Lock()
        self._watch = Watch([folder, *(root / name for name in ("layouts", "fonts", "press", "koho.yaml"))])
        self._worker = Worker(folder, root, self.pictures, self._heard)
        with suppress(OSError):
            self.revision = self.issue.look()
        self._worker.ask(self.revision)
        self._looking = Thread(target=self._look, daemon=True)
        self._looking.start()

    def pieces(self) -> tuple[Piece, ...]:
        """What its form shows. Raises KohoError."""
        return pieces_of(self.folder, self.root)

    def change(self, asked: Change) -> dict[str, Any]:
        """A change of a value, and what the browser is told of it. An item that is moved or taken away is what it was
        in the newest state, if the window has seen that."""
        path = _full(asked.article, asked.field)
        if asked.act in ("move", "remove"):
            if asked.revision < self.revision:
                return {"state": "conflict", "said": "ほかの窓で変わっていたので、読み直しました。もう一度どうぞ。"}
            try:
                held = plain(read_issue(self.folder, self.root).at(path))
            except KohoError:
                return {"state": "refused", "path": path, "said": _REFUSED["not-read"]}
            asked = replace(asked, old=held)
        return self._after(self.issue.change(asked), path)

    def step(self, act: str) -> dict[str, Any]:
        """``undo`` or ``redo``, and what the browser is told of it."""
        outcome = self.issue.undo() if act == "undo" else self.issue.redo()
        return {"state": "nothing"} if outcome is None else self._after(outcome, "")

    def sharp(self, page: int, ppi: int) -> str:
        """The name of the picture of a page at another resolution; empty where there is none."""
        there = any(each["number"] == page for each in self.answer.get("pages", ()))
        return self._worker.picture(page, ppi) if there else ""

    def _after(self, outcome: Outcome, path: str) -> dict[str, Any]:
        match outcome:
            case Saved():
                if outcome.revision > self.revision:
                    self.revision = outcome.revision
                    self._worker.ask(outcome.revision)
                    self._tell({"what": "saved", "revision": outcome.revision})
                return {"state": "saved", "revision": outcome.revision, "fields": list(outcome.fields)}
            case Conflict():
                where = _full(outcome.article, outcome.field)
                told = {"state": "conflict", "path": where, "theirs": outcome.theirs, "mine": outcome.mine}
                return {**told, "revision": outcome.revision, "said": "同じところが、あとから書き換えられています。"}
            case Refused():
                return {"state": "refused", "path": path, "said": _REFUSED[outcome.why]}
            case Unsaved():
                kept = "書いたものは控えに残り、書けるようになったら原稿に入ります。" if outcome.kept else ""
                said = f"ディスクに書けません（{outcome.reason}）。{kept or '書いたものはこの画面に残っています。'}"
                return {"state": "unsaved", "kept": outcome.kept, "revision": outcome.revision, "said": said}

    # --- what the worker and others do

    def _heard(self, answer: dict[str, Any]) -> None:
        with self._lock:
            if answer["state"] == "checked":  # all that was found, after the pages with what was found on them
                self.found, self._checks = answer["findings"], True
            else:
                self.said = answer
                if "pages" not in answer or not self._checks:
                    self.found = answer["findings"]
            if "pages" in answer:
                self.answer = answer
                self.pictured += 1
        self._tell({"what": "pages", "revision": answer["revision"]})

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            if not self._queues:
                continue
            try:
                now, other = self.issue.look(), self._watch.changed()
            except OSError:  # a disk that is away comes back, or a change tells of it
                continue
            if now > self.revision or other:
                newer, self.revision = now > self.revision, max(now, self.revision)
                self._worker.ask(self.revision)
                if newer:
                    self._tell({"what": "saved", "revision": now})

    # --- who listens

    async def listen(self) -> AsyncIterator[dict[str, Any]]:
        """What is told from now on; an empty one after a long silence."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield {"what": "pages", "revision": self.revision}
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), _ALIVE)
                except TimeoutError:
                    yield {}
        finally:
            self._queues.discard(queue)

    def _tell(self, said: dict[str, Any]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            with suppress(RuntimeError):  # the server ends
                loop.call_soon_threadsafe(self._put, said)

    def _put(self, said: dict[str, Any]) -> None:
        for queue in self._queues:
            queue.put_nowait(said)

    @property
    def is_watched(self) -> bool:
        """Whether a window shows it."""
        return bool(self._queues)

    def close(self) -> None:
        """End its worker and take its pictures away."""
        self._ended.set()
        self._worker.close()
        shutil.rmtree(self.pictures, ignore_errors=True)


class OpenDesks:
    """All issues that were opened since the server started."""

    def __init__(self, root: Path, is_issue: Callable[[str], bool]) -> None:
        self.root, self._is_issue = root, is_issue
        self._open: dict[str, OpenDesk] = {}
        self._lock = Lock()

    def of(self, name: str) -> OpenDesk | None:
        """The issue of this name, opened if need be; None if there is none."""
        with self._lock:
            if name not in self._open:
                if not self._is_issue(name):
                    return None
                self._open[name] = OpenDesk(self.root / "content" / name, self.root)
            return self._open[name]

    def are_watched(self) -> bool:
        """Whether somebody has one of them open."""
        return any(each.is_watched for each in list(self._open.values()))

    def close(self) -> None:
        """End all of them."""
        for each in self._open.values():
            each.close()


def change_of(told: object) -> Change | None:
    """A change as the browser asks for it; None if it is none."""
    if not isinstance(told, dict):
        return None
    act, path, old, new = (told.get(name) for name in ("act", "path", "old", "new"))
    revision, to = told.get("revision", 0), told.get("to", 0)
    if act not in ("set", "insert", "remove", "move") or not isinstance(path, str):
        return None
    if not (_is_value(old) and _is_value(new) and type(revision) is int and type(to) is int):
        return None
    article, _, field = path.rpartition(":")
    return Change(article, field, old, new, revision, "", act, to)


def _is_value(told: object, depth: int = 0) -> bool:
    if told is None:
        return depth == 0
    if isinstance(told, list):
        return depth < 8 and all(_is_value(each, depth + 1) for each in told)
    if isinstance(told, dict):
        return depth < 8 and all(isinstance(name, str) and _is_value(each, depth + 1) for name, each in told.items())
    return isinstance(told, str)


def _full(article: str, field: str) -> str:
    return f"{article}:{field}" if article else field


def form_of(desk: OpenDesk) -> tuple[tuple[Piece, ...], str]:
    """The pieces of an issue, or in words why there are none."""
    try:
        return desk.pieces(), ""
    except KohoError as fault:
        return (), "　".join(f"{each.message}{each.hint}" for each in fault.findings[:3])
