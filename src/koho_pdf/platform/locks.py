"""One program of ours at a time: advisory locks on a file or folder (POSIX ``flock``); a killed program holds none."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of ``folder``; whoever else wants it waits. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def lock(file: IO[Any]) -> None:
    """Take the lock of an open file, which is held until it is closed. Raises OSError."""
    fcntl.flock(file, fcntl.LOCK_EX)
