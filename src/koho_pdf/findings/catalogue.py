"""The meaning of every finding, by its code, from the YAML files beside this module, one for each room, in reading
order.

An entry has a Japanese title, meaning and mend for the people who make brochures, and an English part with the trigger
for those who work on the program. ``owner`` (who mends it) and ``exit`` are written once at the top of a file, and
again in an entry that differs; ``severity`` is written if it is not ``error``. ``koho findings`` and docs/findings.md
are made from these entries. This module is imported only for one of the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOMS = (
    "lines",
    "fields",
    "articles",
    "kinds",
    "layout",
    "plan",
    "composition",
    "words",
    "finishing",
    "preflight",
    "plates",
    "gate",
    "release",
    "intake",
    "rounds",
    "ingest",
    "bags",
    "archive",
    "workspace",
    "many",
)
"""The names of the files, in reading order."""

OWNERS = {
    "editor": "原稿を書く人",
    "designer": "デザイナー（レイアウトを作る人）",
    "press": "印刷所とやりとりする人（入稿条件 press のファイル）",
    "settings": "作業場（koho.yaml）とコンピューターの担当",
    "archive": "保存庫の担当",
    "caller": "命令を打った人",
    "file": "知らせに名前の出ているファイルの担当",
    "maker": "PDFを作った人（koho で作ったPDFなら、写真は原稿を書く人、ほかはデザイナー）",
}
"""Who mends a finding, in Japanese."""

SEVERITIES = {
    "error": "間違い",
    "warning": "注意",
    "note": "お知らせ",
    "either": "間違いか注意",  # depends on how bad it is, or on who asks
}
"""How bad a finding is, in Japanese."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one code means. ``exits`` are the exit codes of a command that it stops; none for a warning or note.

    ``title``, ``meaning`` and ``mend`` are Japanese, one line each; ``english`` may have several paragraphs, a line
    each. Code is marked with backticks, in ``english`` links as in Markdown.
    """

    code: str
    severity: str
    owner: str
    exits: tuple[int, ...]
    title: str
    meaning: str
    mend: str
    english: str


@dataclass(frozen=True, slots=True)
class Room:
    """The entries of one file, in its order; ``title`` and ``about`` are its heading on the page, in English."""

    name: str
    title: str
    about: str
    entries: tuple[Entry, ...]


@cache
def rooms() -> tuple[Room, ...]:
    """Every room with its entries, in reading order. Raises KeyError and TypeError for a wrong file (a test reads them
    all).
    """
    return tuple(map(_room, ROOMS))


def entries() -> Mapping[str, Entry]:
    """Every entry by its code, in reading order."""
    return {entry.code: entry for room in rooms() for entry in room.entries}


def _room(name: str) -> Room:
    text = Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8")
    told = yaml.load(text, Loader=yaml.CSafeLoader)
    owner, exits = told.pop("owner"), told.pop("exit")
    made = tuple(_entry(code, said, owner, exits) for code, said in told.pop("findings").items())
    return Room(name, told.pop("title"), told.pop("about", ""), made, **told)


def _entry(code: str, said: dict[str, Any], owner: str, exits: int | list[int]) -> Entry:
    severity = said.pop("severity", "error")
    owner, exits = said.pop("owner", owner), said.pop("exit", exits)
    stops = () if severity in ("warning", "note") else tuple(exits) if isinstance(exits, list) else (exits,)
    return Entry(code, severity, owner, stops, **said)
