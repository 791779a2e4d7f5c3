"""The engine is imported without what it only imports in case: half of the time that its import takes. Its reader of
HTML makes no pattern twice: half of the time that it reads."""

from __future__ import annotations

import ctypes.util
import importlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_IN_CASE = ("fontTools.subset", "fontTools.varLib.instancer")
"""For fonts that HarfBuzz cannot cut down, and for variable ones; ours are neither."""


@contextmanager
def lightly() -> Iterator[None]:
    """Within, the engine's import starts no programs and reads no modules in vain.

    Each system library is loaded by its soname, the last name the engine tries on Linux: for every other name cffi
    asks ``find_library``, which starts ldconfig, a compiler and a linker, fifty programs in all. What is imported in
    case is read when something of it is first asked for.
    """
    kept = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    later = {name: _Later(name) for name in _IN_CASE if name not in sys.modules}
    sys.modules.update(later)
    try:
        yield
    finally:
        ctypes.util.find_library = kept
        for name, module in later.items():
            if sys.modules.get(name) is module:  # whoever imports it after the engine gets the module itself
                del sys.modules[name]


class _Later(ModuleType):
    """A module that is imported when one of its functions or classes is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def called(*given: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*given, **named)

        return called


def reading_quickly() -> None:
    """tinyhtml5 keeps the patterns of what ends a name or a text, but under other keys than it looks for."""
    from tinyhtml5 import inputstream

    inputstream.characters_until_regex = _Patterns()


class _Patterns(dict[Any, re.Pattern[str]]):
    """Patterns of many characters, by the characters, and by whether these are meant or all others."""

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        characters, meant = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        made = self[key] = re.compile(f"[{'' if meant else '^'}{listed}]+")
        return made
