"""Memory that is free goes back to the system, so that other processes (Ghostscript's plates) can have it."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give free memory back, where the system's allocator keeps it (glibc); elsewhere nothing happens."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
