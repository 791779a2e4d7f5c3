"""All software that has a say in what an issue becomes, by name: the same here and there gives the same bytes."""

from __future__ import annotations

import ctypes
import hashlib
import platform
import subprocess
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from koho_pdf.versions import versions

_LIBRARIES = (
    ("harfbuzz", "libharfbuzz.so.0", "hb_version_string", ctypes.c_char_p),
    ("fontconfig", "libfontconfig.so.1", "FcGetVersion", ctypes.c_int),
)
_SOURCES = Path(__file__).parents[1]


@cache
def software() -> Mapping[str, str]:
    """Name and version of each; of our own sources, which change without a version, a SHA-256."""
    return {
        **versions(),
        **{name: _library(file, asked, answer) for name, file, asked, answer in _LIBRARIES},
        "koho-pdf": _own(),
        "machine": platform.machine(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "ghostscript": _ghostscript(),
    }


def differences(theirs: Mapping[str, str]) -> tuple[str, ...]:
    """What is not the same here, by name."""
    ours = software()
    return tuple(name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name))


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
