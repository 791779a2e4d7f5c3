"""Whether files have changed: asked again and again, because shares of a network do not tell.

Names, sizes and times are compared. A disk with coarse times may give two quick savings the same time, so the content
of what has just changed is compared too for some rounds.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

_PASSING = re.compile(r"\..*|.*~|~\$.*|#.*#|4913|.*\.(?:swp|swx|tmp|part|bak|crdownload)", re.IGNORECASE)
"""Files that editors and systems put beside others for a moment."""
_LONG = 6  # rounds in which the content of a file that has changed is compared
_SMALL = 1_000_000  # bytes; larger files are pictures, whose size changes with them
_SETTLED = 8  # rounds that are waited at most for files that are still being written

Facts = tuple[int, int, int]


class Watch:
    """The files in ``places`` (folders and files, of which some may be missing)."""

    def __init__(self, places: Sequence[Path]) -> None:
        self.places = tuple(places)
        self._facts = dict(_facts(self.places))
        self._sums = dict[str, tuple[int, str]]()  # what has changed lately: rounds to go, sum of its content

    def changed(self) -> bool:
        """Whether anything is not as it was when this was asked last."""
        now = dict(_facts(self.places))
        other = {path for path in now.keys() | self._facts.keys() if now.get(path) != self._facts.get(path)}
        self._facts = now
        again = False
        for path, (rounds, before) in list(self._sums.items()):
            is_now = _sum(path)
            again |= is_now != before
            self._sums[path] = rounds - 1, is_now
            if not rounds:
                del self._sums[path]
        self._sums |= {path: (_LONG, _sum(path)) for path in other}
        return again or bool(other)


def rounds(watch: Watch, wait: Callable[[bool], bool]) -> Iterator[None]:
    """One round at once, then one whenever somebody has saved and nothing changes any more: editors write a file in
    several steps. ``wait`` waits a while (a short one if it is told so) and says whether to go on.
    """
    yield
    while wait(False):
        if not watch.changed():
            continue
        for _ in range(_SETTLED):
            if not wait(True):
                return
            if not watch.changed():
                break
        yield


def _facts(places: Sequence[Path]) -> Iterator[tuple[str, Facts]]:
    for place in places:
        if place.is_dir():
            yield from _within(os.fspath(place))
        else:
            yield from _of(os.fspath(place), lambda path=place: path.stat())  # type: ignore[misc]


def _within(folder: str) -> Iterator[tuple[str, Facts]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # it has just been renamed
        return
    for entry in entries:
        if _PASSING.fullmatch(entry.name):
            continue
        try:
            is_folder = entry.is_dir()
        except OSError:
            continue
        if is_folder and not entry.is_symlink():
            yield from _within(entry.path)
        else:
            yield from _of(entry.path, entry.stat)


def _of(path: str, stat: Callable[[], os.stat_result]) -> Iterator[tuple[str, Facts]]:
    try:
        facts = stat()
    except OSError:
        return
    yield path, (facts.st_mtime_ns, facts.st_size, facts.st_ino)


def _sum(path: str) -> str:
    try:
        if os.stat(path).st_size > _SMALL:  # noqa: PTH116 - the paths here are text, for speed
            return ""
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""
