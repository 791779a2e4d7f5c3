"""A manuscript of the small brochure (``tests.kinds.brochure``), to be broken one mistake at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kinds import brochure

from koho_pdf.content.check import check
from koho_pdf.errors import ManuscriptError
from koho_pdf.findings import Finding
from koho_pdf.manuscript.reader import read

LAYOUTS = ("brochure", "town-news")

Told = Callable[[str | bytes], tuple[Finding, ...]]


def written(folder: Path) -> dict[Path, tuple[int, int]]:
    """When each file of a folder was last written, and its size."""
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an issue in an empty workspace (``tmp_path``)."""
    made = tmp_path / "content" / "issue"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def told(folder: Path, tmp_path: Path) -> Told:
    """What is told about a manuscript; a refused one leaves every file as it was."""

    def tell(content: str | bytes) -> tuple[Finding, ...]:
        file = folder / "issue.yaml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        before = written(tmp_path)
        try:
            return check(read(file, tmp_path), brochure.model(), folder=folder, layouts=LAYOUTS).findings
        except ManuscriptError as refusal:
            assert refusal.exit_code == 2
            assert all(found.message and found.hint for found in refusal.findings)
            assert all(found.where.file == "content/issue/issue.yaml" for found in refusal.findings)
            assert written(tmp_path) == before
            return refusal.findings

    return tell
