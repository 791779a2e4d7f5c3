"""A build that fails, at whatever moment and of whatever cause, leaves the last good files."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from tests.conftest import Koho

from koho_pdf.errors import ArchiveError
from koho_pdf.platform.folders import write_whole

OLD = {"print.pdf": b"old print", "screen.pdf": b"old screen", "web/index.html": b"old page", "pages/p1.png": b"old"}
NEW = {"print.pdf": b"new print", "web/index.html": b"new page", "pages/p1.png": b"new", "map.json": b"new map"}
BOTH = {**OLD, **NEW}
STALE = {"web/photos/face.jpg": b"no longer for everyone", "pages/p2.png": b"a page that is no more"}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_are_written_and_those_under_other_names_stay_but_in_folders_made_anew(tmp_path: Path) -> None:
    target = tmp_path / "out" / "issue"
    write_whole({**OLD, **STALE}, target)
    assert files_in(target) == {**OLD, **STALE}
    write_whole(NEW, target)
    assert files_in(target) == BOTH
    assert [path.name for path in target.parent.iterdir()] == ["issue"]


# Runs write_whole in a process that kills itself at the nth thing it does to the disk.
KILLED = """
import os, signal, sys
from pathlib import Path
from koho_pdf.platform.folders import write_whole

target, moment = Path(sys.argv[1]), int(sys.argv[2])
NEW = eval(sys.argv[3])
watched = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.copytree", "shutil.rmtree"}
done = 0

def watch(event, arguments):
    global done
    if armed and event in watched:
        done += 1
        if done == moment:
            os.kill(os.getpid(), signal.SIGKILL)

armed = False
sys.addaudithook(watch)
armed = True
write_whole(NEW, target)
armed = False
"""


def test_killed_at_any_moment_it_leaves_all_old_or_all_new(tmp_path: Path, koho: Koho) -> None:
    source = Path(write_whole.__code__.co_filename).parents[1]
    moments = 0
    for moment in range(1, 200):
        target = tmp_path / str(moment) / "issue"
        write_whole(OLD, target)
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(target), str(moment), repr(NEW)],
            env={**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
            capture_output=True,
        )
        assert target.is_dir(), f"moment {moment}: the folder is gone"
        assert files_in(target) in (OLD, BOTH), f"moment {moment}: half of a build"
        # ... and the next build clears the traces and works.
        write_whole(NEW, target)
        assert files_in(target) == BOTH
        assert [path.name for path in target.parent.iterdir()] == ["issue"], f"moment {moment}: traces"
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        moments += 1
    assert moments > 10


def test_where_folders_cannot_be_exchanged_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another system, or a disk that has no such thing: three renames."""
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    target = tmp_path / "issue"
    write_whole(OLD, target)
    write_whole(NEW, target)
    assert files_in(target) == BOTH
    assert [path.name for path in tmp_path.iterdir()] == ["issue"]


def test_files_that_a_killed_build_took_away_come_back(tmp_path: Path) -> None:
    """Killed between two of the three renames: the last good files stand beside their place."""
    write_whole(OLD, tmp_path / ".issue.old")
    write_whole({"map.json": b"new map"}, tmp_path / "issue")
    assert files_in(tmp_path / "issue") == {**OLD, "map.json": b"new map"}
    assert [path.name for path in tmp_path.iterdir()] == ["issue"]


def written_by(number: int, target: Path) -> None:
    write_whole({f"{name}.txt": b"%d" % number * 1000 for name in "abcdefgh"}, target)


def test_builds_at_once_wait_for_each_other(tmp_path: Path) -> None:
    target = tmp_path / "out" / "issue"
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
        list(pool.map(partial(written_by, target=target), range(10, 60)))
    assert len(files_in(target)) == 8
    assert len(set(files_in(target).values())) == 1, "files of two builds"
    assert [path.name for path in target.parent.iterdir()] == ["issue"]


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("not a folder", encoding="utf-8")
    with pytest.raises(ArchiveError) as raised:
        write_whole(NEW, tmp_path / "out" / "issue")
    (found,) = raised.value.findings
    assert found.code == "not-written"
    assert (tmp_path / "out").read_text(encoding="utf-8") == "not a folder"


@pytest.fixture
def standing(tiny: Path) -> Path:
    """A workspace with a build from before."""
    write_whole(OLD, tiny / "out" / "tiny")
    return tiny


def assert_as_before(root: Path) -> None:
    assert files_in(root / "out" / "tiny") == OLD
    assert [path.name for path in (root / "out").iterdir()] == ["tiny"]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "exit_code"),
    [
        ("content/tiny/issue.yaml", "lead: ", "led: ", "unknown-field", 2),
        ("content/tiny/issue.yaml", "短い文です。", "長い文" * 20, "overset", 3),
        ("layouts/tiny/layout.yaml", "ink: 0/0/0/100", "ink: black", "value-not-understood", 3),
        ("layouts/tiny/layout.css", "body", "p { color: rgb(1 2 3) } body", "colour-not-process", 4),
        ("koho.yaml", "municipality:", "city:", "missing-field", 3),
    ],
)
def test_a_mistake_leaves_the_last_good_files(
    standing: Path,
    koho: Koho,
    edit: Callable[[Path, str, str], None],
    file: str,
    old: str,
    new: str,
    code: str,
    exit_code: int,
) -> None:
    path = standing / file
    if old not in path.read_text(encoding="utf-8"):
        path.write_text(new + " {}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    else:
        edit(path, old, new)
    done = koho("build", "tiny", folder=standing)
    assert done.returncode == exit_code, done.stderr
    assert f"({code})" in done.stderr
    assert_as_before(standing)


def limit_files() -> None:
    """No file may grow beyond 64 KiB: what a full disk does, in the middle of writing."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))


def test_a_full_disk_leaves_the_last_good_files(standing: Path, koho: Koho) -> None:
    done = koho("build", "tiny", folder=standing, preexec_fn=limit_files)
    assert done.returncode == 5, done.stderr
    assert "(not-written)" in done.stderr
    assert_as_before(standing)


def test_a_folder_where_nobody_may_write(tiny: Path, koho: Koho) -> None:
    """The kernel's own folder: not even root makes a file there."""
    (tiny / "out").symlink_to("/proc")
    done = koho("build", "tiny", "--edition", "web", folder=tiny)
    assert done.returncode == 5
    assert "(not-written)" in done.stderr


def test_one_edition_is_made_and_the_others_stay(tiny: Path, koho: Koho) -> None:
    folder = tiny / "out" / "tiny"
    assert koho("build", "tiny", "--edition", "screen", folder=tiny).returncode == 0
    before = files_in(folder)
    assert {"screen.pdf", "pages/p1.png", "map.json"} <= before.keys()
    assert koho("build", "tiny", "--edition", "web", folder=tiny).returncode == 0
    found = files_in(folder)
    assert {name: found[name] for name in before} == before
    pages = {name for name in found if name.startswith(("web/articles/", "web/fonts/"))}
    assert len(pages) == 10 + 2
    assert found.keys() - pages - before.keys() == {"web/index.html"}
    assert found["web/index.html"].startswith(b"<!doctype html>")
