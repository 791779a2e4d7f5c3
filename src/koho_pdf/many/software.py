"""All software that has a say in what an issue becomes, by name: the same here and there gives the same bytes."""

from __future__ import annotations

import ctypes
import hashlib
import platform
import re
import subprocess
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

PACKAGES = (
    *("weasyprint", "pikepdf", "pydantic", "pyyaml", "jinja2"),
    *("pillow", "pypdfium2", "uharfbuzz", "budoux", "fonttools"),
)
"""The packages that make and judge pages (``pyproject.toml``); what they need in turn counts too."""

_LIBRARIES = (
    ("pango", "libpango-1.0.so.0", "pango_version", ctypes.c_int),
    ("harfbuzz", "libharfbuzz.so.0", "hb_version_string", ctypes.c_char_p),
    ("fontconfig", "libfontconfig.so.1", "FcGetVersion", ctypes.c_int),
)
_SOURCES = Path(__file__).parents[1]


@cache
def software() -> Mapping[str, str]:
    """Name and version of each; of our own sources, which change without a version, a SHA-256."""
    found = {name: version(name) for name in sorted(_needed(PACKAGES))}
    found |= {name: _library(file, asked, answer) for name, file, asked, answer in _LIBRARIES}
    return {
        "koho-pdf": _own(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "ghostscript": _ghostscript(),
        **found,
    }


def differences(theirs: Mapping[str, str]) -> tuple[str, ...]:
    """What is not the same here, by name."""
    ours = software()
    return tuple(name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name))


def _needed(names: tuple[str, ...]) -> frozenset[str]:
    """These packages and all that they need, without the extras nobody asked for."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _asked_by(name)
    return frozenset(found)


def _asked_by(name: str) -> Iterator[str]:
    for line in requires(name) or ():
        asked, _, condition = line.partition(";")
        needed = re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", asked.strip())[0]).lower()
        if "extra" not in condition and _is_there(needed):
            yield needed


def _is_there(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False  # asked for on another system or an older Python only
    return True


def _own() -> str:
    read = hashlib.sha256()
    for path in sorted(path for path in _SOURCES.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        content = path.read_bytes()
        read.update(f"{path.relative_to(_SOURCES).as_posix()}\0{len(content)}\0".encode() + content)
    return read.hexdigest()


def _library(file: str, asked: str, answer: type[ctypes.c_int | ctypes.c_char_p]) -> str:
    try:
        call = getattr(ctypes.CDLL(file), asked)
    except (OSError, AttributeError):
        return ""  # another system names it otherwise; its packages still tell
    call.restype = answer
    told = call()
    return told.decode() if isinstance(told, bytes) else str(told)


def _ghostscript() -> str:
    try:
        return subprocess.run(["gs", "--version"], capture_output=True, check=True, encoding="ascii").stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
