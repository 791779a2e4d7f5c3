"""A command of ours run in this process: what a new one costs (a second of imports) is spent once for all tests."""

from __future__ import annotations

import gc
import io
import os
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


def run(*arguments: str, folder: Path, environment: Mapping[str, str] | None = None) -> Done:
    """``koho`` with these arguments in ``folder``."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    held = gc.get_threshold()
    with chdir(folder), patch.dict(os.environ, environment or {}), redirect_stdout(out), redirect_stderr(err):
        try:
            main([*arguments])
        except SystemExit as done:
            code = done.code
    gc.set_threshold(*held)
    return Done(code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())
