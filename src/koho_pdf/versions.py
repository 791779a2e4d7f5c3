"""Which software makes the files: with the same of it, the same content gives the same bytes."""

from __future__ import annotations

import platform
import re
from importlib.metadata import PackageNotFoundError, distribution

from koho_pdf.composition.engine import pango_version

_NEEDED = (
    *("weasyprint", "pikepdf", "pydantic", "pyyaml", "jinja2", "pillow", "pypdfium2", "uharfbuzz", "budoux"),
    *("fonttools", "bagit", "setuptools", "pagefind"),
)
"""As in ``pyproject.toml`` (a test compares them): a checkout that is not installed knows no metadata of its own."""

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?[^;]*(?:;(.*))?")  # PEP 508, name and extras
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)""")


def versions() -> dict[str, str]:
    """Name to version of Python, Pango and every Python package that takes part, sorted by name (PEP 503)."""
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
        except PackageNotFoundError:  # for another system or another Python
            continue
        found[re.sub(r"[-_.]+", "-", name).lower()] = installed.version
        for line in installed.requires or ():
            needed = _REQUIREMENT.match(line)
            only = _EXTRA.search(line)
            if needed and (only is None or only[1] == extra):
                extras = (needed[2] or "").split(",")
                waiting += [(needed[1], each.strip()) for each in ("", *extras)]
    return {"python": platform.python_version(), "pango": pango_version(), **dict(sorted(found.items()))}
