"""The stamp in ``out/<issue>/``: from what its files were made, what each of them is, and what was told.

It lets ``koho build --all`` leave alone what is still as it was made, and nothing else: a file that is missing,
damaged or made otherwise since then is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from koho_pdf.findings import Finding, Severity, Where
from koho_pdf.geometry import Rect

NAME = ".made.json"


def stamped(files: Mapping[str, bytes], fingerprint: str, findings: Sequence[Finding]) -> dict[str, bytes]:
    """The files with their stamp among them."""
    stamp = {
        "from": fingerprint,
        "files": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
        "findings": [asdict(finding) for finding in findings],
    }
    return {**files, NAME: (json.dumps(stamp, ensure_ascii=False, indent=1) + "\n").encode()}


def still_made(target: Path, fingerprint: str) -> tuple[Finding, ...] | None:
    """The findings of the build that made the files in ``target``; None if they have to be made again."""
    try:
        stamp = json.loads((target / NAME).read_bytes())
        sound = stamp["from"] == fingerprint and all(
            hashlib.sha256((target / name).read_bytes()).hexdigest() == known for name, known in stamp["files"].items()
        )
        return tuple(_finding(told) for told in stamp["findings"]) if sound else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # no stamp, not one of ours, or a file is gone


def _finding(written: dict[str, Any]) -> Finding:
    told = SimpleNamespace(**written)
    box = told.where["box"]
    where = Where(**{**told.where, "box": Rect(**box) if box else None})
    return Finding(Severity(told.severity), told.code, told.message, where, told.hint, told.why)
