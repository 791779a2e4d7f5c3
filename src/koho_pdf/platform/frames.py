"""Room for the frames of deep calls, in one piece of memory.

CPython keeps the frames of calls in pieces of 16 kB. Where a loop happens to stand at the end of one, every call in it
asks the system for a new piece and gives it back: lines took half as much time again to lay out. A function whose own
frame is large gets a large piece, and what it calls stands in the rest of that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

_WORDS = 40_000  # 320 kB: the piece is of 512 kB, and 190 kB of it are left; memory that is not used costs nothing

F = TypeVar("F", bound=Callable[..., Any])


def roomy(function: F) -> F:
    """The function, with room behind its frame for those of some 300 calls inside each other."""
    function.__code__ = function.__code__.replace(co_stacksize=_WORDS)
    return function
