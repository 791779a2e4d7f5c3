"""An archive with one issue of ours, made once for all tests."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Once
from tests.kinds import brochure

MIHON = "mihon"


@pytest.fixture(scope="session")
def mihon(koho: Callable[..., subprocess.CompletedProcess[str]], once: Once) -> Path:
    """The folder ``archive`` with the small brochure, released for another print shop than the city's, with two
    photographs; nothing else is beside it."""

    def make(folder: Path) -> None:
        root = folder / "city"
        issue = brochure.make(root).rename(root / "content" / MIHON)
        for chapter in (0, 1):
            brochure.with_photo(issue, chapter=chapter, file=f"photos/mihon-{chapter + 1}.jpg")
        for arguments in (("release", MIHON, "--press", "newsprint"), ("archive", "add", MIHON)):
            done = koho("-C", str(root), *arguments)
            assert done.returncode == 0, done.stderr
        shutil.move(root / "archive", folder / "archive")
        shutil.rmtree(root)

    return once("mihon", make) / "archive"
