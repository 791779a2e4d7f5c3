"""Findings and progress told to a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from koho_pdf.findings import Finding, Severity, field_in_words, place_in_words
from koho_pdf.legible import of_text

_WORDS = {Severity.ERROR: "間違い", Severity.WARNING: "注意", Severity.NOTE: "お知らせ"}


def tell(findings: Sequence[Finding]) -> None:
    """Print findings for a person: how bad, where, what; below it how to mend it. Findings with the same words are
    printed once: the same fault may be on the pages of two editions.
    """
    seen: set[tuple[str, str]] = set()
    for finding in findings:
        where = finding.where
        file = ":".join(str(part) for part in (where.file, where.line) if part)
        place = file if where.line else " ".join(filter(None, (file, place_in_words(where))))
        words = field_in_words(where.field) if where.field else ""
        named = f"{words}: " if words and not finding.message.startswith(words) else ""
        word = _WORDS[finding.severity]
        told = " ".join(filter(None, [f"[{word}]", place, named + finding.message, f"({finding.code})"]))
        if (told, finding.hint) in seen:
            continue
        seen.add((told, finding.hint))
        print(of_text(told), file=sys.stderr)
        if finding.hint:
            print("    → " + "\n      ".join(of_text(line) for line in finding.hint.split("\n")), file=sys.stderr)


def where_written(target: Path, files: Iterable[str]) -> str:
    """The paths of a build's files, relative to the current folder. Of many files in a folder: the folder, or the file
    to open.
    """
    shown = {"web": "web/index.html", "pages": "pages/", "press": "press/", "preflight": "preflight/"}
    heads = ((name.partition("/")[0], name) for name in files if name != "map.json")
    names = "・".join(dict.fromkeys(shown.get(head, name) for head, name in heads))
    return f"{shown_from_here(target)}/ に書きました（{names}）。"


def shown_from_here(path: Path) -> Path:
    """A path relative to the current folder, if it is below that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def progress_of(name: str) -> Callable[[str], None]:
    """Prints a line for each stage on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda stage: None
    return lambda stage: print(f"{name}: {stage}", file=sys.stderr)


class Bar:
    """A bar on the last line of a terminal that shows how many are done; nothing elsewhere."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._shown = sys.stderr.isatty()
        self.show(0)

    def show(self, done: int) -> None:
        """Draw the bar for this number of finished ones."""
        if self._shown:
            full = 30 * done // self._total if self._total else 30
            print(f"[{'#' * full}{'.' * (30 - full)}] {done}/{self._total}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Remove the bar before something else is printed."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
