"""Files that a manuscript names: they must be inside the issue's folder, have exactly that name, and
have a sane size.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

RECEIVED = "received"
"""The folder of an issue in which files of departments stay as they were sent (``intake``)."""

ROUNDS = "rounds"
"""The folder of an issue in which its rounds of proofs stay, with what departments answered (``rounds``)."""
DESK = ".desk"
"""The folder of an issue for the journal of its desk: every change with the name of whoever made it."""

_NAMES_LOOKED_AT = 2000

Why = Literal["outside", "missing", "name-differs", "no-file", "too-large"]


class Unread(Exception):
    """Why a named file is not read; ``there`` is the name it has (name-differs), ``size`` its bytes (too-large)."""

    def __init__(self, why: Why, there: str = "", size: int = 0) -> None:
        super().__init__(why)
        self.why, self.there, self.size = why, there, size


def is_file(path: Path) -> bool:
    """Whether a file is there; False for a name that no disk takes (too long, with NUL)."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_received(name: str) -> bool:
    """Whether a name leads into the folder of what departments sent, of proofs and their answers, or of the desk:
    nothing of them is ever printed or kept."""
    first = next((each for each in re.split(r"[/\\]", name) if each not in ("", ".")), "")
    return unicodedata.normalize("NFKC", first).casefold() in (RECEIVED, ROUNDS, DESK)


def content_of(folder: Path, name: str, limit: int) -> bytes:
    """The bytes of the file ``name`` (with slashes) of the issue in ``folder``; its size is checked before it is read.
    Raises ``Unread`` if it leads out of the folder, is missing, has another spelling, is not a regular file, or has
    more than ``limit`` bytes.
    """
    parts = re.split(r"[/\\]", name)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\~]", name) or ".." in parts or is_received(name):
        raise Unread("outside")
    if "\\" in name:
        raise Unread("missing")
    path = folder / name
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve(strict=True)):
            raise Unread("outside")
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise Unread("no-file")
        if state.st_size > limit:
            raise Unread("too-large", size=state.st_size)
        if (differs := _name_on_disk(folder, name)) != name:
            raise Unread("name-differs", differs)
        with path.open("rb") as opened:
            return opened.read(limit)
    except (OSError, RuntimeError, ValueError):
        raise Unread("missing") from None


def same_name(folder: Path, name: str, suffixes: Sequence[str]) -> str:
    """The file whose name differs only in case, width, composition or slashes; empty if there is none."""
    slashed = name.replace("\\", "/")
    return next((there for there in files_in(folder, suffixes) if there != name and _same(there, slashed)), "")


def nearest(folder: Path, name: str, suffixes: Sequence[str]) -> str:
    """The file with the most similar name; empty if none is similar."""
    name = name.replace("\\", "/")
    names = files_in(folder, suffixes)
    by_file = {Path(there).name: there for there in reversed(names)}
    near = difflib.get_close_matches(name, names, 1, 0.5)
    near_file = difflib.get_close_matches(Path(name).name, list(by_file), 1, 0.6)
    return near[0] if near else by_file[near_file[0]] if near_file else ""


def files_in(folder: Path, suffixes: Sequence[str]) -> list[str]:
    """The names of files with these suffixes, sorted; at most a few thousand files are checked."""
    names: list[str] = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if Path(here) != folder or not is_received(each))
        relative = Path(here).relative_to(folder)
        names += [(relative / file).as_posix() for file in sorted(files)[:_NAMES_LOOKED_AT]]
        if len(names) > _NAMES_LOOKED_AT:
            break
    return sorted(name for name in names if name.lower().endswith(tuple(suffixes)))


def _name_on_disk(folder: Path, name: str) -> str:
    """The name as it is spelt on the disk: some disks find ``Minato.JPG`` by ``minato.jpg``, others do not."""
    spelled: list[str] = []
    for part in name.split("/"):
        if part in ("", "."):
            continue
        entries = [entry.name for entry in folder.joinpath(*spelled).iterdir()]
        spelled.append(part if part in entries else next((e for e in entries if _same(e, part)), part))
    return "/".join(spelled)


def _same(one: str, other: str) -> bool:
    """Whether two names differ only in case, width or composition (Macs decompose が into か and ゛)."""
    return unicodedata.normalize("NFKC", one).casefold() == unicodedata.normalize("NFKC", other).casefold()
