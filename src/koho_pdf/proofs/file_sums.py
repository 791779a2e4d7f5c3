"""What files are like: by their content, looked at again only when the system says that they were written."""

from __future__ import annotations

import hashlib
from pathlib import Path


class FileSums:
    """The SHA-256 of files, each read again when its size, time or place on the disk is another."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, ...], str]] = {}

    def of(self, path: Path) -> str:
        """The sum of a file's content; empty if it cannot be read."""
        try:
            facts = path.stat()
            now = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
            if path not in self._known or self._known[path][0] != now:
                self._known[path] = now, hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            self._known.pop(path, None)
            return ""
        return self._known[path][1]
