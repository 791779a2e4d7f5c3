"""Files are read in this process: a rule finds the same, whichever process reads for it."""

from __future__ import annotations

import pytest
from tests.conftest import read_at_once


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """``inspect`` reads without starting a process of its own."""
    monkeypatch.setattr("koho_pdf.preflight.inspect.read_facts", read_at_once)
