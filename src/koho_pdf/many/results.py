"""What became of one of many issues, wherever and however it was made."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar

from koho_pdf.findings import Finding

T = TypeVar("T")
R = TypeVar("R")

Run: TypeAlias = Callable[[Sequence[T]], Generator[tuple[T, R | None], None, None]]
"""Does tasks somewhere (``workers.run``, ``cluster.run``); None for a task of which its worker died every time."""


class Outcome(StrEnum):
    """What became of an issue: the first two are for ``content``, the last four for the archive."""

    BUILT = "built"
    FAILED = "failed"
    UNCHANGED = "unchanged"
    IDENTICAL = "identical"
    DIFFERENT = "different"
    SOURCELESS = "sourceless"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one issue, its findings, and its exit code; ``lines`` tell it in more words."""

    name: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    exit_code: int = 0
    lines: tuple[str, ...] = ()
