"""Findings and progress told to a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from koho_pdf.findings import Finding, Severity, field_in_words, place_in_words


def tell(findings: Sequence[Finding]) -> None:
    """Findings for a person: how bad, where, what; below it how to mend it."""
    for finding in findings:
        where = finding.where
        place = ":".join(str(part) for part in (where.file, where.line) if part) or place_in_words(where)
        words = field_in_words(where.field) if where.field else ""
        named = f"{words}: " if words and not finding.message.startswith(words) else ""
        word = "間違い" if finding.severity is Severity.ERROR else "注意"
        print(
            " ".join(filter(None, [f"[{word}]", place, named + finding.message, f"({finding.code})"])), file=sys.stderr
        )
        if finding.hint:
            print(f"    → {finding.hint}", file=sys.stderr)


def progress_of(name: str) -> Callable[[str], None]:
    """A line a stage on a terminal; quiet elsewhere."""
    if not sys.stderr.isatty():
        return lambda stage: None
    return lambda stage: print(f"{name}: {stage}", file=sys.stderr)
