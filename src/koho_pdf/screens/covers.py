"""Pictures of first pages for the shelf, made one after the other while nobody works at the table, and kept.

A picture is named after the state of all files that its page may depend on: an old one is never shown as new.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Event, Lock, Thread
from typing import Any

from koho_pdf import VERSION
from koho_pdf.desk.worker import Worker
from koho_pdf.platform.folders import write_file

_LONGEST = 120.0  # seconds for the pages of one issue
_SHARED = ("layouts", "press", "koho.yaml")


class Covers:
    """The covers of the issues of the workspace ``root``, kept in ``kept``; ``busy`` says that somebody works at the
    table, whose pages come first."""

    def __init__(self, root: Path, kept: Path, busy: Callable[[], bool]) -> None:
        self._root, self._kept, self._busy = root, kept, busy
        self._queue: Queue[Path | None] = Queue()
        self._failed = set[Path]()
        self._asked, self._lock, self._ended = set[Path](), Lock(), Event()
        self._thread: Thread | None = None

    def of(self, folder: Path) -> Path | None:
        """The picture of an issue's first page as it is now; None if it is not made yet. Raises LookupError if none can
        be."""
        path = self._kept / f"{folder.name}-{self._state(folder)}.png"
        if path.is_file():
            return path
        if path in self._failed:
            raise LookupError(folder.name)
        with self._lock:
            if path not in self._asked and not self._busy():
                self._asked.add(path)
                self._queue.put(path)
                if self._thread is None:
                    self._thread = Thread(target=self._make_all, daemon=True)
                    self._thread.start()
        return None

    def close(self) -> None:
        """Make no more."""
        self._ended.set()
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join(5)

    def _make_all(self) -> None:
        while (path := self._queue.get()) is not None and not self._ended.is_set():
            if self._busy():
                self._asked.discard(path)
            else:
                self._make(path)

    def _make(self, path: Path) -> None:
        folder = self._root / "content" / path.name[:-21]
        heard, done = list[dict[str, Any]](), Event()

        def hear(answer: dict[str, Any]) -> None:
            heard.append(answer)
            done.set()

        pictures = Path(tempfile.mkdtemp(prefix="koho-desk-"))
        worker = Worker(folder, self._root, pictures, hear)
        try:
            worker.ask(0)
            for _ in range(int(_LONGEST * 10)):
                if done.wait(0.1) or self._ended.is_set():
                    break
            pages: list[dict[str, Any]] = heard[0].get("pages", []) if heard else []
            if pages and pages[0].get("picture"):
                for old in self._kept.glob(f"{folder.name}-{'?' * 16}.png"):
                    old.unlink(missing_ok=True)
                self._kept.mkdir(parents=True, exist_ok=True)
                write_file((pictures / pages[0]["picture"]).read_bytes(), path)
        except OSError:  # no room for pictures: the shelf has its painted covers
            pass
        finally:
            if not path.is_file():
                self._failed.add(path)
            worker.close()
            shutil.rmtree(pictures, ignore_errors=True)

    def _state(self, folder: Path) -> str:
        places = (folder, *(self._root / name for name in _SHARED))
        facts = "\n".join(line for place in places for line in sorted(_facts(place)))
        return hashlib.sha256(f"{VERSION}\n{self._root}\n{facts}".encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _facts(place: Path) -> Iterator[str]:
    """A line for each file, which is another when the file changes; hidden ones do not count."""
    for path in place.rglob("*") if place.is_dir() else (place,):
        below = path.relative_to(place).parts
        if path.is_file() and not any(part.startswith(".") for part in below):
            facts = path.stat()
            yield f"{path}\t{facts.st_size}\t{facts.st_mtime_ns}"
