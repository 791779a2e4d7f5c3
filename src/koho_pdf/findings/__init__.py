"""The one shape for all that koho-pdf tells people: a finding says what, where and how to mend it.

Codes are English kebab-case and permanent. Their meanings are in the YAML files beside this module, one for each room
(``catalogue`` reads them, only for ``koho findings``). Messages and hints are Japanese, one sentence each, for somebody
who is not a programmer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from koho_pdf.geometry import Rect


class Severity(StrEnum):
    """An error stops the press; a warning does not (unless the caller is strict), a note never: nothing is wrong."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a finding; unknown parts are None.

    ``file`` is a path relative to the workspace, with slashes; ``line`` and ``column`` count from 1; ``field`` is the
    dotted path of a manuscript field (``pillars.0.name``, lists count from 0 as in ``map.json``); ``page`` counts
    from 1; ``box`` is mm from the top left of its trim; ``length`` counts the characters from the column on.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None
    page: int | None = None
    box: Rect | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell: how bad, which kind, what is wrong, where, how to mend it, and why it matters (if that is not
    obvious, for example to the print shop). ``suggestion`` is what should stand at its place, if that is certain; an
    empty one means that the words should go. ``words`` are those that stand there, for whoever puts it there.
    """

    severity: Severity
    code: str
    message: str
    where: Where = field(default_factory=Where)
    hint: str = ""
    why: str = ""
    suggestion: str | None = None
    words: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """The identity of a finding in the next round, even if its line has moved: its code, its field (else its file),
        and the words that it is about, which its message has in 「」.
        """
        named = _NAMED.search(self.message)
        return self.code, self.where.field or self.where.file or "", named[1] if named else ""


_NAMED = re.compile("「([^」]*)」")


def error(code: str, message: str, where: Where | None = None, hint: str = "", why: str = "") -> Finding:
    """A finding that stops the press."""
    return Finding(Severity.ERROR, code, message, where or Where(), hint, why)


def warning(code: str, message: str, where: Where | None = None, hint: str = "", why: str = "") -> Finding:
    """A finding that does not stop the press."""
    return Finding(Severity.WARNING, code, message, where or Where(), hint, why)


def note(code: str, message: str, where: Where | None = None, hint: str = "", why: str = "") -> Finding:
    """A finding that tells what was done; nobody need mend it."""
    return Finding(Severity.NOTE, code, message, where or Where(), hint, why)


def finding_of(told: Mapping[str, Any]) -> Finding:
    """A finding from the JSON of its ``asdict``. Raises KeyError, TypeError, ValueError."""
    where = told["where"]
    box = Rect(**where["box"]) if where["box"] else None
    return Finding(**{**told, "severity": Severity(told["severity"]), "where": Where(**{**where, "box": box})})


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only those findings that stop the press."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def field_in_words(path: str) -> str:
    """A dotted field path as PR staff read it: ``pillars.0.name`` -> ``pillars の1番目 → name``, and of an article
    ``shakai:heading`` -> ``shakai → heading``."""
    article, _, field = path.rpartition(":")
    words = [article] if article else []
    for part in field.split(".") if field else ():
        if part.isdigit() and words:
            words[-1] += f" の{int(part) + 1}番目"
        else:
            words.append(part)
    return " → ".join(words)


def place_in_words(where: Where) -> str:
    """The place of a finding on paper: ``2ページ（左から20 mm、上から64 mm）``; empty if the page is unknown."""
    if where.page is None:
        return ""
    box = f"（左から{where.box.x:.0f} mm、上から{where.box.y:.0f} mm）" if where.box else ""
    return f"{where.page}ページ{box}"
