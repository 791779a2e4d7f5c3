"""Write once, whole or not at all: a build that fails at any moment leaves the last good files."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from operator import eq
from pathlib import Path

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, error
from koho_pdf.platform.locks import locked


def write_whole(files: Mapping[str, bytes], target: Path, stale: Iterable[str] = ()) -> None:
    """Make the folder ``target`` hold ``files`` (by relative name). Its other files stay, except those named as
    ``stale``, and those in a folder below it that gets a new file, because a picture there may no longer be public.
    Everything is written beside it on the same disk, then put in place in one step; of two builds at once, one waits
    for the other. Raises ArchiveError (``not-written``) when the disk is full or the folder cannot be written; then
    nothing has changed.
    """
    staging, retired = _beside(target)
    with alone(target):
        try:
            if target.exists():
                shutil.copytree(target, staging)
                for name in stale:
                    _remove(staging / name)
                for folder in dict.fromkeys((staging / name).parent for name in files):
                    if folder != staging and folder.exists():
                        shutil.rmtree(folder)
            _fill(staging, files)
            if target.exists():
                _exchange(staging, retired, target)
            else:
                staging.rename(target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def write_once(
    files: Mapping[str, bytes],
    target: Path,
    taken: Finding | None = None,
    same: Callable[[dict[str, bytes], dict[str, bytes]], bool] = eq,
) -> bool:
    """Write the new folder ``target``, whole or not at all, and wait until it is on the disk. False when it is there
    and holds the ``same`` files. Raises ArchiveError when it holds anything else, with ``taken`` (or
    ``already-written``); it then stays as it is; ``not-written`` as above.
    """
    staging, _ = _beside(target)
    with alone(target):
        if target.exists():
            if same(held(target), dict(files)):
                return False
            hint = "同時に同じ号を入れていないか、確かめてください。"
            told = f"{target.name} はもうあります。上書きはしません。"
            raise ArchiveError(taken or error("already-written", told, hint=hint))
        try:
            _fill(staging, files)
            for path in (*sorted(staging.rglob("*")), staging):
                _settle(path)
            staging.rename(target)
            _settle(target.parent)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return True


def write_first(files: Mapping[str, bytes], target: Path, last: str) -> None:
    """Write the first files of a folder that is empty or not there yet. Everything is written inside it, then put in
    place, and the file ``last`` at the end: a folder without it is not what it shall be. The folder itself stays, so
    that somebody may stand in it. Raises ArchiveError (``not-written``).
    """
    staging, _ = _beside(target / "first")
    with alone(target / "first"):
        try:
            _fill(staging, files)
            for path in sorted(staging.iterdir(), key=lambda path: (path.name == last, path.name)):
                path.rename(target / path.name)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def write_file(content: bytes, target: Path) -> None:
    """Write one file, whole or not at all; an existing one is replaced. Raises ArchiveError (``not-written``)."""
    staging, _ = _beside(target)
    with alone(target):
        try:
            staging.write_bytes(content)
            staging.replace(target)
        finally:
            staging.unlink(missing_ok=True)


def put_settled(content: bytes | None, target: Path, staging: Path) -> None:
    """Write one file by way of ``staging``, which is on the same disk, and wait until it is on the disk; None takes the
    file away. Whoever calls holds the lock of its folder. Raises OSError; then the file is as it was."""
    if content is None:
        target.unlink(missing_ok=True)
    else:
        target.parent.mkdir(exist_ok=True)
        try:
            with staging.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                staging.chmod(target.stat().st_mode)
            staging.replace(target)
        finally:
            staging.unlink(missing_ok=True)
    _settle(target.parent)


def move_folder(source: Path, target: Path) -> None:
    """Move a folder to another place on the same disk in one step; nothing may be there yet. Raises ArchiveError:
    ``already-written``, ``not-written``.
    """
    with alone(target):
        if target.exists():
            hint = "そのフォルダーに何が入っているかを確かめてください。"
            raise ArchiveError(error("already-written", f"{target} はもうあります。上書きはしません。", hint=hint))
        source.rename(target)
        for folder in (target.parent, source.parent):
            _settle(folder)


def held(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its relative name with slashes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Keep our other programs from writing beside ``target`` meanwhile; a killed program holds no lock, and its traces
    are removed. Raises ArchiveError (``not-written``) if the system refuses.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target.parent):
            _clear_away(*_beside(target), target)
            yield
    except OSError as fault:
        raise ArchiveError(
            error(
                "not-written",
                f"{target} に書けません（{fault.strerror or fault}）。前に作ったファイルはそのまま残っています。",
                hint="ディスクの空きと、フォルダーに書き込めるかを確かめてください。",
            )
        ) from fault


def _beside(target: Path) -> tuple[Path, Path]:
    """The paths of the new folder while it is made, and of the old one for a moment."""
    return target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _settle(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk (POSIX fsync)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_away(staging: Path, retired: Path, target: Path) -> None:
    """Remove what a killed build left beside ``target``; the last good files, if among it, go back in their place."""
    if retired.exists() and not target.exists():
        retired.rename(target)
    for left in (staging, retired):
        if left.exists():
            shutil.rmtree(left)


def _exchange(staging: Path, retired: Path, target: Path) -> None:
    """Swap two folders in one step (Linux: renameat2 with RENAME_EXCHANGE); elsewhere in three steps."""
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE (linux/fcntl.h, linux/fs.h)
    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    if swap and swap(here, os.fsencode(staging), here, os.fsencode(target), exchange) == 0:
        return
    target.rename(retired)
    try:
        staging.rename(target)
    except OSError:
        retired.rename(target)
        raise
    retired.rename(staging)
