"""Locks for one program of ours at a time: advisory, on a file or folder (POSIX ``flock``); a killed program holds
none.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of ``folder``; others wait for it. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def lock(file: IO[Any]) -> None:
    """Take the lock of an open file, and hold it until the file is closed. Raises OSError."""
    fcntl.flock(file, fcntl.LOCK_EX)
