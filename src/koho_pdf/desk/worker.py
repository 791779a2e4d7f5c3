"""A process for the pages of one issue, which is started anew when it ends, and stopped when it takes too long.

A bad layout or an endless page takes nothing else down. Of several requests only the newest is answered.

An answer has ``revision`` and ``state``: ``composed``; ``failed`` (no page can be made, ``findings`` say why); ``late``
or ``ended`` (the process was stopped, or died; the next request starts it anew). One that is composed has

- ``pages``: ``number``, ``picture`` (a file in the folder for pictures, named after its content), ``size`` in pixels,
  ``composed``: it was made in this round
- ``boxes``: ``field``, ``page``, ``box`` and ``pieces`` as x, y, width, height in mm from the trim's top left; of a
  slot its name, its ``lines``, ``lines_used``, and how many characters are ``left`` (あと23字; below 0: too many)
- ``regions`` as in ``map.json``; ``findings`` with their ``key``
- ``ms`` and ``cpu_ms``: how long it took
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Condition, Thread
from typing import Any

LIMIT = 60.0
"""Seconds that a request may take before its process is stopped."""


class Worker:
    """The pages of the issue in ``folder`` of the workspace ``root``, as pictures in ``target``. ``heard`` is called
    with every answer, by a thread of the worker's own."""

    def __init__(
        self,
        folder: Path,
        root: Path,
        target: Path,
        heard: Callable[[dict[str, Any]], None],
        limit: float = LIMIT,
    ) -> None:
        self._command = [sys.executable, "-m", "koho_pdf.desk.composing", str(folder), str(root), str(target)]
        self._heard, self._limit = heard, limit
        self._changed = Condition()
        self._next: dict[str, Any] | None = None
        self._closed = False
        self._process: subprocess.Popen[str] | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def ask(self, revision: int) -> None:
        """Ask for the pages of this revision, or of a later one; comes back at once. An older request that has not
        begun is dropped."""
        with self._changed:
            self._next = {"revision": revision}
            self._changed.notify()

    def close(self) -> None:
        """End the process."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._stop()
        self._thread.join(5)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not (self._next or self._closed):
                    self._changed.wait()
                if self._closed or self._next is None:
                    return
                request, self._next = self._next, None
            self._heard(self._asked(request))

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        process = self._process
        if process is None or process.poll() is not None:
            process = self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
        assert process.stdin is not None and process.stdout is not None
        answer: list[str] = []
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            reading = Thread(target=lambda: answer.append(process.stdout.readline()), daemon=True)  # type: ignore[union-attr]
            reading.start()
            reading.join(self._limit)
        except OSError:
            pass
        if answer and answer[0]:
            told: dict[str, Any] = json.loads(answer[0])
            return told
        late = process.poll() is None
        self._stop()
        return {"revision": request["revision"], "state": "late" if late else "ended", "findings": []}

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
