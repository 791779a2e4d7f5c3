"""Standard input, output and error, whatever state a command is started in: closed, full, of another encoding."""

from __future__ import annotations

import atexit
import io
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import NoReturn, TextIO

from koho_pdf.errors import UsageError
from koho_pdf.findings import Finding, error
from koho_pdf.legible import of_text


def opened() -> None:
    """Open closed streams on the null device, so that the next opened file does not take their place; and print a
    character that the terminal's encoding lacks as its number.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, which is the stream's
    sys.stdout = sys.stdout or _nobody()
    sys.stderr = sys.stderr or _nobody()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    atexit.register(_ended)  # as the first, so that it is called as the last


_CODE: list[int] = []


def ended(code: int, *, at_once: bool) -> NoReturn:
    """End the program with this exit code. ``at_once``: without taking apart what it has made, since pages, models and
    modules take a tenth of a build to free; all that is to be done at the end is done.
    """
    _CODE[:] = [code] if at_once else []
    sys.exit(code)


def _ended() -> None:
    if _CODE:
        with suppress(OSError, ValueError):  # then Python ends as it always does, and tells
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(_CODE[0])


def silenced() -> None:
    """Write nothing more to an output that takes nothing, or Python would complain when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def trouble(fault: OSError) -> Finding:
    """The finding about a file or a stream that the system does not let us use."""
    place = f"「{fault.filename}」" if fault.filename else "出力先"
    told = f"{place}を読み書きできません（{fault.strerror or fault}）。"
    return error("not-written", told, hint="ディスクの空きと、フォルダーの権限を確かめてください。")


def bytes_of(path: Path) -> bytes:
    """The content of a file that was named on the command line. Raises UsageError (``no-file``)."""
    try:
        return path.read_bytes()
    except OSError as fault:
        told = f"「{path}」を読めません（{fault.strerror or fault}）。"
        raise UsageError(error("no-file", told, hint="ファイルの名前とフォルダーを確かめてください。")) from fault


def print_json(value: object) -> None:
    """Print a value as JSON; as ASCII if the output's encoding lacks one of its characters."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=1, default=str)
    sys.stdout.write(f"{text}\n")


def as_json(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Findings for a program."""
    return [asdict(_legible(finding)) for finding in findings]


def _legible(finding: Finding) -> Finding:
    where = finding.where
    if where.file:
        where = replace(where, file=of_text(where.file))
    return replace(finding, message=of_text(finding.message), where=where)


def _nobody() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")
