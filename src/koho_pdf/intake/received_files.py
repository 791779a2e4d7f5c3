"""The folder ``received/`` of an issue: files of departments as they were sent, and a list of what became of each. Git
ignores it, and nothing in it is ever printed, released or put into the archive.
"""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from koho_pdf.findings import Finding
from koho_pdf.manuscript.own_files import RECEIVED
from koho_pdf.platform.folders import write_file

_LIST = "list.jsonl"
_IGNORED = "# 課から届いたままのファイル（koho intake）\n*\n".encode()


@dataclass(frozen=True, slots=True)
class Entry:
    """A received file: its name in the folder, the SHA-256 of its bytes, the articles made of it, the department that
    sent it (empty if nobody knows), and what was told."""

    file: str
    sha256: str
    articles: tuple[str, ...] = ()
    department: str = ""
    told: tuple[str, ...] = ()


def entries(folder: Path) -> list[Entry]:
    """What was received for the issue in ``folder``, in order; a line that cannot be read is left out."""
    found = []
    try:
        lines = (folder / RECEIVED / _LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    for line in lines:
        try:
            told: dict[str, Any] = json.loads(line)
            found.append(
                Entry(told["file"], told["sha256"], tuple(told["articles"]), told["department"], tuple(told["told"]))
            )
        except (ValueError, KeyError, TypeError):
            continue
    return found


def keep(folder: Path, name: str, content: bytes, entry: Entry) -> Entry:
    """Keep a received file and its entry; another file of that name stays beside it. Raises ArchiveError."""
    place = folder / RECEIVED
    place.mkdir(exist_ok=True)
    if not (place / ".gitignore").is_file():
        write_file(_IGNORED, place / ".gitignore")
    free = free_name(place, name, content)
    if not (place / free).is_file():
        write_file(content, place / free)
    kept = Entry(free, entry.sha256, entry.articles, entry.department, entry.told)
    lines = [*entries(folder), kept]
    text = "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in lines)
    write_file(text.encode(), place / _LIST)
    return kept


def free_name(place: Path, name: str, content: bytes) -> str:
    """A name under which the file can lie in a folder: its own, or with a number."""
    name = unicodedata.normalize("NFC", name).replace("/", "_").replace("\\", "_").lstrip(".") or "file"
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    number, free = 1, name
    while (place / free).exists() and (place / free).read_bytes() != content:
        number += 1
        free = f"{stem}-{number}{dot}{ending}"
    return free


def told_in_words(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Findings for the list."""
    return tuple(f"{each.message} ({each.code})" for each in findings)


def forget(folder: Path) -> int:
    """Delete the folder; how many received files it had. Raises OSError."""
    place = folder / RECEIVED
    if not place.is_dir() or place.is_symlink():
        return 0
    count = sum(each.is_file() and each.name not in (_LIST, ".gitignore") for each in place.iterdir())
    shutil.rmtree(place)
    return count
