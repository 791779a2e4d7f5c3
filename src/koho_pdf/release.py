"""Write once, whole or not at all: a build that fails at any moment leaves the last good files."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import error


def write_whole(files: Mapping[str, bytes], target: Path) -> None:
    """Make the folder ``target`` hold ``files`` (by relative name); files it held under other names stay.

    All is written beside it on the same disk, then put in place in one step. Raises ArchiveError (``not-written``)
    when the disk is full or the folder may not be written; then nothing has changed.
    """
    staging = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(target)
        if target.exists():
            shutil.copytree(target, staging)
        for name, content in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if target.exists():
            _exchange(staging, target)
        else:
            staging.rename(target)
    except OSError as fault:
        raise ArchiveError(
            error(
                "not-written",
                f"{target} に書けません（{fault.strerror}）。前に作ったファイルはそのまま残っています。",
                hint="ディスクの空きと、フォルダーに書き込めるかを確かめてください。",
            )
        ) from fault
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _exchange(staging: Path, target: Path) -> None:
    """Swap two folders in one step (Linux: renameat2 with RENAME_EXCHANGE); where there is none, in three."""
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE (linux/fcntl.h, linux/fs.h)
    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    if swap and swap(here, os.fsencode(staging), here, os.fsencode(target), exchange) == 0:
        return
    retired = staging.with_suffix(".old")
    target.rename(retired)
    try:
        staging.rename(target)
    except OSError:
        retired.rename(target)
        raise
    retired.rename(staging)


def _clear_away(target: Path) -> None:
    """Remove what a killed build left beside ``target``; the last good files among it go back in their place."""
    for path in list(target.parent.iterdir()):
        left = re.fullmatch(rf"\.{re.escape(target.name)}\.(\d+)\.(new|old)", path.name)
        if left and not _runs(int(left[1])):
            if left[2] == "old" and not target.exists():
                path.rename(target)
            else:
                shutil.rmtree(path)


def _runs(process: int) -> bool:
    """Whether another process of this number is at work."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()
