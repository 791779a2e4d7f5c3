"""The one error tree. Each class has its exit code; a traceback that reaches a user is our bug.

KohoError
├── ManuscriptError  2   the editor's files: issue.yaml, photos
├── LayoutError      3   the designer's files: layout.yaml, HTML, CSS, art, fonts
├── PreflightError   4   the finished PDF does not hold what it must
├── ArchiveError     5   files could not be written, kept or found again
└── UsageError      64   the command was called wrongly
"""

from __future__ import annotations

from typing import ClassVar

from koho_pdf.findings import Finding


class KohoError(Exception):
    """Something that stops the work, with every finding that says why."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(finding.message for finding in findings))
        self.findings = findings


class ManuscriptError(KohoError):
    """The manuscript, or a picture it names, cannot be printed as it stands."""

    exit_code = 2


class LayoutError(KohoError):
    """The layout, or a font it asks for, is at fault; or the words do not fit it."""

    exit_code = 3


class PreflightError(KohoError):
    """The finished file breaks a promise."""

    exit_code = 4


class ArchiveError(KohoError):
    """A file could not be written or kept."""

    exit_code = 5


class UsageError(KohoError):
    """The command was called wrongly."""

    exit_code = 64
