"""Files read in this process: what a rule finds does not hang on the process that reads for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from koho_pdf.errors import PreflightError
from koho_pdf.preflight.facts import Facts
from koho_pdf.preflight.reading import _REFUSALS, read_here


@pytest.fixture
def read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``inspect`` reads without starting a process of its own, which takes it a third of a second."""

    def facts(pdf: bytes) -> Facts:
        path = tmp_path / "read.pdf"
        path.write_bytes(pdf)
        found = read_here(path)
        if isinstance(found, str):
            raise PreflightError(_REFUSALS[found]())
        return found

    monkeypatch.setattr("koho_pdf.preflight.inspect.read_facts", facts)
