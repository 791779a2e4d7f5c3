"""A process for the pages of one issue, which is started anew when it ends, and stopped when it takes too long.

A bad layout or an endless page takes nothing else down. Of several requests only the newest is answered. An answer has
``revision`` and ``state``: ``composed``; ``failed`` (no page can be made, ``findings`` say why); ``late`` or ``ended``
(the process was stopped, or died; the next request starts it anew). One that is composed has

- ``pages``: ``number``, ``picture`` (a file in the folder for pictures, named after its content), ``size`` in pixels,
  ``composed``: it was made in this round
- ``boxes``: ``field``, ``page``, ``box`` and ``pieces`` as x, y, width, height in mm from the trim's top left; of a
  slot its name, its ``lines``, ``lines_used``, and how many characters are ``left`` (あと23字; below 0: too many)
- ``regions`` as in ``map.json``
- ``findings``: those about manuscript and pages, each with its ``key``; ``span`` (``path``, ``start``, ``length`` in
  characters) where it is about words of a text; ``suggestion``, what should stand there, if that is certain
- ``ms`` and ``cpu_ms``: how long it took

A little later, unless newer pages were asked for, comes ``checked``: all ``findings``, with those of the text gate.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread
from time import monotonic
from typing import IO, Any

Answer = dict[str, Any]

LIMIT = 60.0
"""Seconds that a request may take before its process is stopped."""


class Worker:
    """The pages of the issue in ``folder`` of the workspace ``root``, as pictures in ``target``. ``heard`` is called
    with every answer, by threads of the worker's own."""

    def __init__(
        self, folder: Path, root: Path, target: Path, heard: Callable[[Answer], None], limit: float = LIMIT
    ) -> None:
        self._command = [sys.executable, "-m", "koho_pdf.desk.composing", str(folder), str(root), str(target)]
        self._heard, self._limit = heard, limit
        self._changed = Condition()
        self._pages: Answer | None = None  # the newest request that has not begun
        self._wanted: list[tuple[int, int]] = []
        self._pictures: dict[tuple[int, int], Answer | None] = {}  # those asked for, and their answers
        self._answered = self._ended = self._closed = False
        self._process: subprocess.Popen[str] | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def ask(self, revision: int) -> None:
        """Ask for the pages of this revision, or of a later one; comes back at once. An older request that has not
        begun is dropped."""
        with self._changed:
            self._pages = {"revision": revision}
            self._changed.notify_all()

    def picture(self, page: int, ppi: int, wait: float = 10.0) -> str:
        """A page as it was composed last, at another resolution: the name of its file. Waits so many seconds; empty if
        there is none."""
        key = page, ppi
        with self._changed:
            self._pictures[key] = None
            self._wanted.append(key)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._pictures.get(key) is not None or self._closed, wait)
            return str((self._pictures.pop(key, None) or {}).get("picture", ""))

    def close(self) -> None:
        """End the process."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._stop()
        self._thread.join(5)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._pages or self._wanted or self._closed)
                if self._closed:
                    return
                if self._wanted:
                    page, ppi = self._wanted.pop(0)
                    request: Answer = {"page": page, "ppi": ppi}
                else:
                    request, self._pages = self._pages or {}, None
            if (failed := self._sent(request)) and not self._closed:
                if "page" in request:
                    self._hear({"state": "pictured", **request})
                else:
                    self._heard({**request, "state": failed, "findings": []})

    def _sent(self, request: Answer) -> str:
        """Hand on a request and wait for its first answer; says if there is none, and why."""
        with self._changed:
            process = self._running()
            self._answered = False
        with suppress(OSError):
            assert process.stdin
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
        until = monotonic() + self._limit
        with self._changed:
            self._changed.wait_for(lambda: self._answered or self._ended or self._closed, until - monotonic())
            if self._answered or self._closed:
                return ""
            ended = self._ended
        self._stop()
        return "ended" if ended else "late"

    def _running(self) -> subprocess.Popen[str]:
        """The process, started if there is none."""
        if self._process is None or self._ended or self._process.poll() is not None:
            self._stop()
            self._ended = False
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
            assert self._process.stdout
            Thread(target=self._listen, args=(self._process, self._process.stdout), daemon=True).start()
        return self._process

    def _listen(self, process: subprocess.Popen[str], lines: IO[str]) -> None:
        for line in lines:
            self._hear(json.loads(line))
        with self._changed:
            self._ended |= process is self._process
            self._changed.notify_all()

    def _hear(self, answer: Answer) -> None:
        if answer["state"] not in ("pictured", "checked"):
            self._heard(answer)
        with self._changed:
            if answer["state"] == "pictured" and (answer["page"], answer["ppi"]) in self._pictures:
                self._pictures[answer["page"], answer["ppi"]] = answer
            self._answered |= answer["state"] != "checked"
            self._changed.notify_all()
        if answer["state"] == "checked":
            self._heard(answer)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
