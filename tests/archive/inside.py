"""Runs our commands in this process, so that imports (a second) are paid only once for all tests."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from koho_pdf.cli.main import main


@dataclass(frozen=True, slots=True)
class Done:
    """What a command said and its exit code."""

    returncode: int
    stdout: str
    stderr: str


class Terminal(io.StringIO):
    """What is read from a terminal, or written to it."""

    def isatty(self) -> bool:
        return True


def run(*arguments: str, folder: Path, environment: Mapping[str, str] | None = None, answer: str | None = None) -> Done:
    """``koho`` with these arguments in ``folder``; with an ``answer``, somebody sits at a terminal and types it."""
    out, err = io.StringIO(), io.StringIO() if answer is None else Terminal()
    typed = sys.stdin if answer is None else Terminal(answer)
    code: object = 0
    held = gc.get_threshold()
    with (
        chdir(folder),
        patch.dict(os.environ, environment or {}),
        patch("sys.stdin", typed),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main([*arguments])
        except SystemExit as done:
            code = done.code
    gc.set_threshold(*held)
    return Done(code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())
