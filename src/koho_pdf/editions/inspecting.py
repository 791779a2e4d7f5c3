"""The preflight of a print file, remembered by everything it depends on: an unchanged file is not inspected again.

Only the findings are kept, and only for builds; a release and its papers are always inspected again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from shutil import which

from koho_pdf.editions.papers import inspected
from koho_pdf.findings import Finding, finding_of
from koho_pdf.platform.installed import SOURCES
from koho_pdf.preflight.inspect import Placed, Report
from koho_pdf.press.profile import Press

_KEPT = 200  # reports in the cache; each has a few kilobytes


def inspected_once(
    pdf: bytes,
    press: Press,
    trims: Sequence[tuple[float, float]],
    placed: Sequence[Placed],
    cache: Path | None,
    inks: Sequence[Sequence[str]] = (),
) -> tuple[tuple[Finding, ...], Report | None]:
    """What ``papers.inspected`` finds in a PDF, and its report; out of ``cache``, and without a report, where the
    same was asked before. Without a ``cache`` it is always inspected.

    Raises what that raises.
    """
    if cache is None:
        report = inspected(pdf, press, trims, placed, inks, ours=True)
        return report.findings, report
    kept = cache / "preflight" / f"{_key(pdf, press, trims, placed, inks)}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):  # a file that was cut or altered is made anew
        told = tuple(map(finding_of, json.loads(kept.read_bytes())))
        kept.touch()
        return told, None
    report = inspected(pdf, press, trims, placed, inks, ours=True)
    with suppress(OSError):  # the cache only saves time
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(f".{os.getpid()}.part")
        unfinished.write_text(json.dumps([asdict(each) for each in report.findings]), encoding="utf-8")
        unfinished.replace(kept)
        for old in sorted(kept.parent.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)[:-_KEPT]:
            old.unlink(missing_ok=True)
    return report.findings, report


def _key(
    pdf: bytes,
    press: Press,
    trims: Sequence[tuple[float, float]],
    placed: Sequence[Placed],
    inks: Sequence[Sequence[str]],
) -> str:
    """Everything that a report depends on: the file, the conditions with their profile, the places, the software."""
    read = hashlib.sha256(pdf)
    read.update(press.condition.profile.read_bytes())
    read.update(repr((press, trims, [(each.field, each.page, each.box) for each in placed], inks)).encode())
    read.update(_judges())
    return read.hexdigest()[:32]


@once
def _judges() -> bytes:
    """The versions of what inspects: our own rules and the programs they use."""
    read = hashlib.sha256()
    for path in sorted((SOURCES / "preflight").rglob("*.py")):
        read.update(path.read_bytes())
    if ghostscript := which("gs"):
        stands = Path(ghostscript).resolve().stat()
        read.update(f"{ghostscript} {stands.st_size} {stands.st_mtime_ns}".encode())
    read.update(" ".join(map(version, ("pikepdf", "pypdfium2", "pillow", "numpy"))).encode())
    return read.digest()
