"""What was received, and words without a place, are in no edition, no release and no source of one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from tests.kinds import monthly

from koho_pdf.editions.proofread import proofread
from koho_pdf.errors import ManuscriptError
from koho_pdf.pipeline import build
from koho_pdf.release.releasing import release
from koho_pdf.workspace.workspace import Workspace, open_workspace

SECRET = "極秘の覚え書き"
FILE = "received/naibu.jpg"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path, Path]:
    """A newsletter with words that found no place, a file of a department, and a text that names it."""
    root = tmp_path_factory.mktemp("w")
    folder = monthly.make(root)
    article = folder / "articles" / f"{next(iter(monthly.ARTICLES))}.yaml"
    (folder / "received").mkdir()
    (folder / FILE).write_bytes(SECRET.encode())
    text = article.read_text(encoding="utf-8")
    article.write_text(f"{text}leftover: |\n  {SECRET}\n  {FILE}\n", encoding="utf-8")
    return open_workspace(root), folder, article


def _words(files: dict[str, bytes]) -> str:
    """The words of all files, also within a ZIP and on the pages of a PDF."""
    found = []
    for name, content in files.items():
        found.append(name + content.decode("utf-8", "ignore"))
        if content.startswith(b"%PDF"):
            with pypdfium2.PdfDocument(content) as pdf:
                found += [page.get_textpage().get_text_range() for page in pdf]
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found.append(_words({each: archive.read(each) for each in archive.namelist()}))
    return "".join(found)


def test_no_edition_has_them(made: tuple[Workspace, Path, Path]) -> None:
    workspace, folder, _ = made
    files = dict(build(folder, workspace, ("screen", "web", "text", "data", "epub")).files)
    said = _words(files)
    assert "防災" in said or len(said) > 1000, "this test has lost sight of the words"
    assert SECRET not in said
    assert "naibu" not in said
    assert "leftover" not in said


def test_a_release_waits_until_somebody_has_looked(made: tuple[Workspace, Path, Path]) -> None:
    workspace, folder, article = made
    told = [each for each in proofread(folder, workspace).findings if each.code == "leftover-words"]
    assert len(told) == 1
    assert told[0].where.file
    assert told[0].where.file.endswith(f"articles/{article.name}")
    with pytest.raises(ManuscriptError) as refused:
        release(folder, workspace)
    assert "leftover-words" in {each.code for each in refused.value.findings}
    text = article.read_text(encoding="utf-8")
    article.write_text(text[: text.index("leftover: |")], encoding="utf-8")
    written = release(folder, workspace).folder
    files = {each.relative_to(written).as_posix(): each.read_bytes() for each in written.rglob("*") if each.is_file()}
    assert any(name.endswith("issue.yaml") for name in files) or any(name.endswith(".zip") for name in files)
    assert SECRET not in _words(files)
    assert "naibu" not in _words(files)
