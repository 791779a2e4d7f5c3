"""Patterns that are compiled when they are first used: many processes of the house load the rules, and read little."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """A pattern that becomes one at its first use."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:  # asked only for what is not yet there
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for each in ("finditer", "search", "match", "fullmatch", "sub", "split", "findall"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern, to be used as one. An error in ``source`` is told at its first use."""
    return cast("re.Pattern[str]", _Late(source, flags))
