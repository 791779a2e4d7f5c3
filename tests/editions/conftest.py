"""Every edition of the leaflet as it stands in the repository, made once for all who read one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import LEAFLET, REPOSITORY, Once, prove, write_files

from koho_pdf.editions.every import RELEASED


@pytest.fixture(scope="session")
def leaflet(home: Path, once: Once) -> dict[str, bytes]:
    """The leaflet's files of every edition, by name."""

    def make(folder: Path) -> None:
        write_files(prove(REPOSITORY, LEAFLET, RELEASED, pictures=True).files, folder)

    folder = once("leaflet", make)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
