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
"""Does tasks somewhere; None for one that took its worker with it every time (``workers.run``, ``cluster.run``)."""


class Outcome(StrEnum):
    """What became of an issue: the first two of one of ``content``, the last four of one of the archive."""

    BUILT = "built"
    FAILED = "failed"
    UNCHANGED = "unchanged"
    IDENTICAL = "identical"
    DIFFERENT = "different"
    SOURCELESS = "sourceless"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one issue, what there is to tell, and the exit code it asks for; ``lines`` say it at length."""

    name: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    exit_code: int = 0
    lines: tuple[str, ...] = ()
