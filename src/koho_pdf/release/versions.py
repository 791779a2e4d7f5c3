"""Which software makes the files: with the same of it, the same content gives the same bytes."""

from __future__ import annotations

import ctypes
import hashlib
import platform
import subprocess
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution

from koho_pdf import VERSION
from koho_pdf.composition.engine import pango_version
from koho_pdf.platform.installed import SOURCES, own_files

_NEEDED = (
    *("weasyprint", "pikepdf", "pydantic", "pyyaml", "jinja2", "pillow", "pypdfium2", "uharfbuzz", "budoux"),
    *("fonttools", "pagefind", "simplejpeg", "numpy", "segno", "packaging", "tinycss2"),
    "jpholiday",
    *("cssselect2", "tinyhtml5"),
)
"""The dependencies in ``pyproject.toml`` (a test compares them), because a checkout that is not installed has no
metadata.
"""

_LIBRARIES = (
    ("harfbuzz", "libharfbuzz.so.0", "hb_version_string", ctypes.c_char_p),
    ("fontconfig", "libfontconfig.so.1", "FcGetVersion", ctypes.c_int),
)


@cache
def versions() -> Mapping[str, str]:
    """Names and versions: koho-pdf with the first 16 digits of the SHA-256 of its sources, since they change between
    versions; Python and the kind of machine; the libraries of the system and Ghostscript; every Python package that
    takes part (names: PEP 503).
    """
    return {
        "koho-pdf": f"{VERSION} {_own()[:16]}",
        "python": platform.python_version(),
        "machine": platform.machine(),
        "pango": pango_version(),
        **{name: _library(file, asked, answer) for name, file, asked, answer in _LIBRARIES},
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "ghostscript": _ghostscript(),
        **dict(sorted(_packages().items())),
    }


def _packages() -> dict[str, str]:
    """What is installed of what we need, and of what that needs in its turn, on this machine."""
    from packaging.utils import canonicalize_name

    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(name, "") for name in _NEEDED]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            installed = distribution(name)
        except PackageNotFoundError:  # somebody has left it out
            continue
        found[canonicalize_name(name)] = installed.version
        waiting += _required(installed.requires or (), extra)
    return found


def _required(lines: Sequence[str], extra: str) -> Iterator[tuple[str, str]]:
    """What a package with this extra needs here (PEP 508): names, each without an extra and with every one asked for.
    A line that follows no rules is passed over, as pip does with a package that is installed."""
    from packaging.requirements import InvalidRequirement, Requirement

    for line in lines:
        try:
            needed = Requirement(line)
        except InvalidRequirement:
            continue
        if needed.marker is None or needed.marker.evaluate({"extra": extra}):
            yield from ((needed.name, more) for more in ("", *sorted(needed.extras)))


def _own() -> str:
    read = hashlib.sha256()
    for path in own_files():
        content = path.read_bytes()
        read.update(f"{path.relative_to(SOURCES).as_posix()}\0{len(content)}\0".encode() + content)
    return read.hexdigest()


def _library(file: str, asked: str, answer: type[ctypes.c_int | ctypes.c_char_p]) -> str:
    try:
        call = getattr(ctypes.CDLL(file), asked)
    except (OSError, AttributeError):
        return ""  # another system has another name for it; its Python packages are still known
    call.restype = answer
    told = call()
    return told.decode() if isinstance(told, bytes) else str(told)


def _ghostscript() -> str:
    try:
        return subprocess.run(["gs", "--version"], capture_output=True, check=True, encoding="ascii").stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
