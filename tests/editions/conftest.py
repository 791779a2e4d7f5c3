"""Every edition of the leaflet as it stands in the repository, made once for all who read one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import LEAFLET, REPOSITORY, Once, prove

from koho_pdf.editions.every import RELEASED


@pytest.fixture(scope="session")
def leaflet(home: Path, once: Once) -> dict[str, bytes]:
    """The leaflet's files of every edition, by name."""

    def make(folder: Path) -> None:
        for name, content in prove(REPOSITORY, LEAFLET, RELEASED).files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)

    folder = once("leaflet", make)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
