"""The same manuscript gives the same bytes: at another time, in another folder, for another user, in another tongue."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.collation import flyer
from tests.conftest import sums
from tests.media.photograph import camera_jpeg, quadrants

from koho_pdf.pipeline import build
from koho_pdf.workspace.workspace import open_workspace

LEAFLET = "2013-policy-leaflet"


@pytest.fixture(scope="module")
def again(
    leaflet: Path, koho: Any, throwaway: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The leaflet built a second time in other surroundings."""
    folder = throwaway(tmp_path_factory.mktemp("別の 場所") / "写し")
    elsewhere = tmp_path_factory.mktemp("home-of-another")
    made = max(path.stat().st_mtime for path in leaflet.rglob("*"))
    time.sleep(max(0.0, 1.1 - (time.time() - made)))
    done = koho(
        "build",
        "--papers",
        LEAFLET,
        folder=folder,
        environment={
            "HOME": str(elsewhere),
            "XDG_CACHE_HOME": str(elsewhere / "cache"),
            "TZ": "America/St_Johns",
            "LANG": "tr_TR.UTF-8",
            "LC_ALL": "ja_JP.UTF-8",  # fontconfig reads the name; it need not be installed
            "PYTHONHASHSEED": "4711",
            "SOURCE_DATE_EPOCH": "1700000000",
            "USER": "another",
        },
        umask=0o077,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "out" / LEAFLET


def test_every_file_is_the_same(leaflet: Path, again: Path) -> None:
    assert sums(again) == sums(leaflet)


def test_the_files_are_those_that_are_promised(leaflet: Path) -> None:
    faces = {name for name in sums(leaflet) if name.startswith("web/fonts/")}
    assert len(faces) == 3, "each with a name made of its content"
    assert set(sums(leaflet)) - faces == {
        "print.pdf",
        "screen.pdf",
        "web/index.html",
        *(f"web/articles/{name}.html" for name in ("introduction", "principles", "closing", "contact")),
        *(f"web/articles/pillar-{pillar}-{number}.html" for pillar in range(1, 5) for number in range(1, 4)),
        "map.json",
        ".made-of",
        "preflight/report.html",
        "preflight/sheet.pdf",
        "preflight/instructions.pdf",
        "preflight/folding.pdf",
        *(f"pages/p{number}.png" for number in range(1, 5)),
    }


def test_no_file_tells_where_it_was_made(leaflet: Path, again: Path) -> None:
    for folder in (leaflet, again):
        for path in folder.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert str(folder.parents[1]).encode() not in content
                assert b"file:///" not in content


def test_in_one_process_the_second_is_as_the_first(workspace: Path, leaflet: Path) -> None:
    """Nothing that an issue leaves behind in the process reaches the next one."""
    opened = open_workspace(workspace)
    made = build(opened.content / LEAFLET, opened, papers=True)
    known = sums(leaflet)
    assert known.pop(".made-of") == hashlib.sha256(f"{made.public}\n{made.whole}\n".encode()).hexdigest()
    assert {name: hashlib.sha256(content).hexdigest() for name, content in made.files.items()} == known


def test_pictures_are_not_named_after_where_they_stand(
    home: Path, proved: Callable[..., Any], edit: Callable[[Path, str, str], None], tmp_path: Path
) -> None:
    """An issue with a photograph, in two folders."""
    made = []
    for name in ("here", "there"):
        (folder := tmp_path / name).mkdir()
        flyer.make(folder)
        (folder / "content" / "flyer" / "photo.jpg").write_bytes(camera_jpeg(picture=quadrants(1780, 980)))
        edit(
            folder / "content" / "flyer" / "issue.yaml", "sections:", "photo: {file: photo.jpg, alt: 港の夜}\nsections:"
        )
        photo = '<img class="place lead" src="{{ picture(issue.photo.file) }}" alt="港" data-field="photo.file"></body>'
        edit(folder / "layouts" / "flyer" / "layout.html", "</body>", photo)
        made.append(proved(folder, "flyer", ("print", "screen"), pictures=True).files)
    assert made[0] == made[1]
    with pikepdf.open(BytesIO(made[0]["screen.pdf"])) as pdf:
        assert [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
