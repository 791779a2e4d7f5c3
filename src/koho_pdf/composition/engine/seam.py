"""What a seam is: a function of WeasyPrint, and ours in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Seam:
    """``into``: the module below ``weasyprint``, the name in it, and the parameters of the engine's function, to notice
    if it changes. ``ours`` makes our function from the engine's (with ``instead`` it is our function). ``tests`` names
    the tests that fail without it (below ``tests/composition`` if no folder is named).
    """

    into: str
    ours: Callable[..., Any]
    why: str
    tests: str
    instead: bool = False

    @property
    def place(self) -> str:
        """Module and name."""
        return self.into.partition("(")[0]

    @property
    def takes(self) -> str:
        """The names of the parameters."""
        return self.into.partition("(")[2].removesuffix(")")

    def held(self) -> tuple[Any, str]:
        """The engine's module or class with the function, and its name there."""
        module, _, path = self.place.partition(":")
        holder, (*classes, name) = import_module(f"weasyprint.{module}"), path.split(".")
        for each in classes:
            holder = getattr(holder, each)
        return holder, name
