"""Write once, whole or not at all: a build that fails at any moment leaves the last good files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import error


def write_whole(files: Mapping[str, bytes], target: Path) -> None:
    """Make the folder ``target`` hold ``files`` (by relative name); files it held under other names stay.

    All is written beside it on the same disk, then one rename puts it in place. Raises ArchiveError
    (``not-written``) when the disk is full or the folder may not be written; then nothing has changed.
    """
    staging = target.with_name(f".{target.name}.{os.getpid()}.new")
    retired = target.with_name(f".{target.name}.{os.getpid()}.old")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            shutil.copytree(target, staging)
        for name, content in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if target.exists():
            target.rename(retired)
        try:
            staging.rename(target)
        except OSError:
            retired.rename(target)
            raise
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
        shutil.rmtree(retired, ignore_errors=True)
