"""Rounds, answers and what departments sent are in no edition, release or public part of a bag."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.conftest import Koho
from tests.rounds.newsletter import NAME
from tests.rounds.test_answers import answer, folder

from koho_pdf.many.made_from import Sources
from koho_pdf.many.making import Task
from koho_pdf.rounds.answers import taken_in
from koho_pdf.workspace.workspace import open_workspace

SECRET = "ひみつの書き込み"


def unpacked(content: bytes) -> bytes:
    """A file, and what is in it if it is a ZIP."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as inside:
        return b"".join(inside.read(name) for name in inside.namelist())


def test_no_release_and_no_public_file_knows_of_them(city: Path, koho: Koho) -> None:
    said = [{"field": "tax:body.0", "begin": 4, "end": 6, "quote": "2階", "words": SECRET}]
    taken_in(answer(city, comments=said), folder(city), city)
    received = folder(city) / "received"
    received.mkdir()
    (received / "税務課.txt").write_text(SECRET, encoding="utf-8")
    stopped = koho("release", NAME, folder=city)
    assert stopped.returncode != 0 and "release-open" in stopped.stderr and not (city / "out" / "releases").exists()
    done = koho("release", NAME, "--knowing", "山田", folder=city)
    assert "（山田）: 返事がまだの課: " in done.stdout and "開いている書き込み: " in done.stdout
    assert "山田" in (folder(city) / "rounds" / "let-stand.json").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    bag = city / "archive" / NAME
    assert koho("archive", "add", NAME, folder=city).returncode == 0
    assert [path.parent.relative_to(bag).as_posix() for path in bag.rglob("answers/*.json")] == [
        "data/print/rounds/1/answers"
    ]
    assert koho("archive", "export", NAME, "給.zip", folder=city).returncode == 0
    given = (city / "給.zip").read_bytes()
    assert SECRET.encode() not in unpacked(given) and b"rounds" not in given
    again = koho("archive", "rebuild", NAME, folder=city)
    assert again.returncode == 0 and "rounds" not in again.stdout + again.stderr
    files = {path: path.read_bytes() for path in (city / "out" / "releases").rglob("*") if path.is_file()}
    assert len(files) > 20
    for path, content in files.items():
        assert not {"rounds", "received", "_rounds"} & set(path.relative_to(city).parts), path
        assert SECRET.encode() not in unpacked(content), path


def test_they_change_no_build(city: Path) -> None:
    task = Task(NAME)
    workspace = open_workspace(city)
    before = Sources(workspace).fingerprint(task)
    (folder(city) / "rounds" / "1" / "answers").mkdir(exist_ok=True)
    (folder(city) / "rounds" / "1" / "answers" / "x.json").write_bytes(b"{}")
    (city / "layouts" / "_rounds" / "paper.css").write_text("p { color: red }", encoding="utf-8")
    assert Sources(workspace).fingerprint(task) == before
    assert not any(name.startswith("rounds/") for name in Sources(workspace).own(task)[1])
