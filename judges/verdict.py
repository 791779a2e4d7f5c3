"""What every judge shares: the case it is shown, the verdict it gives, and how it is asked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.press.profile import Press

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / ".venv-judges"
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
"""A run of a few seconds: what Java would spend on making itself faster is more than it would gain. The stack is as the
Nu HTML checker wants it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file to be judged: its ``name`` in the table, the file, how many pages (sheets' sides) it must have, the press
    profile of a print file (None: a screen file), why it could not be built (empty: it was), and whether it is the
    archival PDF of a release. A web page has no pages, but a ``site``, the folder that is served, its ``address`` below
    that, and whether it is ``visited`` there or opened from a disk."""

    name: str
    path: Path
    pages: int
    press: Press | None = None
    trouble: str = ""
    archival: bool = False
    site: Path | None = None
    address: str = ""
    visited: bool = True

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF, not a web page or a book."""
        return not self.address and self.path.suffix != ".epub"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the judge lets the file pass, and what it said; nothing that changes from run to run."""

    holds: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """One question to one program.

    ``asked`` is the question in words. ``takes`` says which cases it is a question about. ``spoil`` makes of a case a
    file that the judge must refuse (``spoilt`` says how it was spoilt), put into a folder: a judge that cannot say no
    is none.
    """

    name: str
    asked: str
    version: Callable[[], str]
    takes: Callable[[Case], bool]
    judge: Callable[[Sequence[Case]], Sequence[Verdict]]
    spoilt: str
    spoil: Callable[[Case, Path], Case]


def said_by(
    *command: str | Path, given: str = "", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A program's exit code and words; it may refuse, but not take longer than a quarter of an hour."""
    return subprocess.run(
        [str(part) for part in command],
        input=given,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
        env={**os.environ, **(environment or {})},
    )


def first_line(text: str) -> str:
    """What a program said first, for a cell of the table."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
