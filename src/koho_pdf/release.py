"""Write once, whole or not at all: a build that fails at any moment leaves the last good files."""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import error


def write_whole(files: Mapping[str, bytes], target: Path) -> None:
    """Make the folder ``target`` hold ``files`` (by relative name); files it held under other names stay.

    All is written beside it on the same disk, then put in place in one step; of two builds at once one waits for the
    other. Raises ArchiveError (``not-written``) when the disk is full or the folder may not be written; then nothing
    has changed.
    """
    staging, retired = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target.parent):
            _clear_away(staging, retired, target)
            try:
                if target.exists():
                    shutil.copytree(target, staging)
                for name, content in files.items():
                    path = staging / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                if target.exists():
                    _exchange(staging, retired, target)
                else:
                    staging.rename(target)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as fault:
        raise ArchiveError(
            error(
                "not-written",
                f"{target} に書けません（{fault.strerror or fault}）。前に作ったファイルはそのまま残っています。",
                hint="ディスクの空きと、フォルダーに書き込めるかを確かめてください。",
            )
        ) from fault


def write_once(files: Mapping[str, bytes], target: Path) -> None:
    """Write the folder ``target``, whole or not at all, where there is none yet.

    Raises ArchiveError: ``already-written`` when there is one, which stays as it is; ``not-written`` as above.
    """
    if target.exists():
        hint = "同時に同じ号を入れていないか、確かめてください。"
        raise ArchiveError(error("already-written", f"{target.name} はもうあります。上書きはしません。", hint=hint))
    write_whole(files, target)


def with_fields_of_other_editions(files: Mapping[str, bytes], target: Path) -> dict[str, bytes]:
    """The files, with ``map.json`` still telling of the editions in ``target`` that were not made anew."""
    known = target / "map.json"
    if "map.json" not in files or not known.is_file():
        return dict(files)
    made = json.loads(files["map.json"])
    editions = {field["edition"] for field in made["fields"]}
    try:
        kept = [field for field in json.loads(known.read_bytes())["fields"] if field["edition"] not in editions]
    except (ValueError, KeyError, TypeError):
        kept = []  # not a map of ours: it goes
    made["fields"] = sorted([*kept, *made["fields"]], key=lambda field: str(field["edition"]))
    return {**files, "map.json": (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other build writes below ``folder`` meanwhile; a killed build holds nothing."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _clear_away(staging: Path, retired: Path, target: Path) -> None:
    """Remove what a killed build left beside ``target``; the last good files among it go back in their place."""
    if retired.exists() and not target.exists():
        retired.rename(target)
    for left in (staging, retired):
        if left.exists():
            shutil.rmtree(left)


def _exchange(staging: Path, retired: Path, target: Path) -> None:
    """Swap two folders in one step (Linux: renameat2 with RENAME_EXCHANGE); where there is none, in three."""
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
