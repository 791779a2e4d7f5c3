"""A small newsletter in its first round of proofs, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import Once
from tests.rounds.newsletter import make, put_out


@pytest.fixture(scope="session")
def first_round(home: Path, once: Once) -> Path:
    """A workspace whose newsletter is in its first round. It stays as it is."""

    def begun(folder: Path) -> None:
        make(folder)
        put_out(folder, date="2027-02-10", until="2月15日（月）")

    return once("first-round", begun)


@pytest.fixture
def city(first_round: Path, tmp_path: Path) -> Path:
    """A copy of it that may be edited."""
    return Path(shutil.copytree(first_round, tmp_path / "city", symlinks=True))
