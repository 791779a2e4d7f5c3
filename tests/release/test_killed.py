"""A release that is killed at any moment of its writing is there whole or not at all."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import error
from koho_pdf.platform.folders import held, write_once

FILES = {
    "release.json": b"{}\n",
    "print/package/x.pdf": b"print" * 5000,
    "print/x.zip": b"zip",
    "web/articles/a.html": b"page",
    "pages/p1.png": b"picture",
}
ON_DISK = ("open", "write", "fsync", "rename", "mkdir", "close", "flock", "unlink", "rmdir")


def _killed_at(moment: int, target: Path) -> bool:
    """Write in a child that kills itself before its ``moment``th call to the system; false if it finished before."""
    child = os.fork()
    if child == 0:
        done = 0

        def watch(frame: FrameType, event: str, argument: Any) -> None:
            nonlocal done
            if event == "c_call" and argument.__name__ in ON_DISK:
                done += 1
                if done == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(watch)
        write_once(FILES, target)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_killed_at_any_moment_it_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    there = []
    for moment in range(1, 1000):
        target = tmp_path / str(moment) / "releases" / "2013"
        killed = _killed_at(moment, target)
        there.append(target.exists())
        assert not there[-1] or held(target) == FILES, f"moment {moment}: half a release"
        # ... and the next release clears the traces, and writes it or finds it there.
        assert write_once(FILES, target) is not there[-1]
        assert held(target) == FILES
        assert [path.name for path in target.parent.iterdir()] == ["2013"], f"moment {moment}: traces"
        if not killed:
            break
    assert len(there) > 60, "hardly a moment was tried"
    assert there == sorted(there), "once there, it stays"
    assert set(there) == {False, True}


def test_all_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut everything is there that ``fsync`` (POSIX) waited for: files, folders, the name, its folder."""
    settled: list[str] = []

    def fsync(descriptor: int) -> None:
        settled.append(Path(f"/proc/self/fd/{descriptor}").resolve().relative_to(tmp_path).as_posix())

    monkeypatch.setattr(os, "fsync", fsync)
    write_once(FILES, tmp_path / "2013")
    folders = {parent.as_posix() for name in FILES for parent in Path(name).parents}
    new = {(Path(".2013.new") / name).as_posix() for name in FILES.keys() | folders}
    assert set(settled[:-1]) == new
    assert settled[-1] == "."


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    target = tmp_path / "2013"
    assert write_once(FILES, target) is True
    assert write_once(FILES, target) is False
    for changed in ({"pages/p1.png": b"another"}, {"more.txt": b""}):
        with pytest.raises(ArchiveError) as raised:
            write_once({**FILES, **changed}, target)
        assert [found.code for found in raised.value.findings] == ["already-written"]
    with pytest.raises(ArchiveError) as raised:
        write_once({"release.json": b"{}\n"}, target, error("the-callers-own", "もうあります。"))
    assert [found.code for found in raised.value.findings] == ["the-callers-own"]
    assert held(target) == FILES


def _written(number: int, target: Path) -> bool:
    try:
        return write_once(dict.fromkeys("abcdefgh", b"%d" % number * 1000), target)
    except ArchiveError:
        return False


def test_of_many_at_once_one_writes(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
        written = list(pool.map(partial(_written, target=tmp_path / "releases" / "2013"), range(10, 50)))
    assert sum(written) == 1
    assert len(set(held(tmp_path / "releases" / "2013").values())) == 1
