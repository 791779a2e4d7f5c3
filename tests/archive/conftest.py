"""Archives with one issue of ours, each made once for all tests: a real one and a small one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Once, copy_workspace
from tests.media.photograph import camera_jpeg, quadrants

MIHON = "mihon"


@pytest.fixture(scope="session")
def mihon(koho: Callable[..., subprocess.CompletedProcess[str]], once: Once) -> Path:
    """The folder ``archive`` with the sample of the leaflet, released for another print shop than the city's, with
    photographs, one of them from a camera; nothing else is beside it."""

    def make(folder: Path) -> None:
        root = copy_workspace(folder / "city")
        shutil.copytree(root / "layouts" / "policy-leaflet" / "sample", root / "content" / MIHON)
        (root / "content" / MIHON / "photos" / "mihon-1.jpg").write_bytes(camera_jpeg(picture=quadrants(1780, 980)))
        for arguments in (("release", MIHON, "--press", "newsprint"), ("archive", "add", MIHON)):
            done = koho("-C", str(root), *arguments)
            assert done.returncode == 0, done.stderr
        shutil.move(root / "archive", folder / "archive")
        shutil.rmtree(root)

    return once("mihon", make) / "archive"
