"""The files of an earlier build in ``out/<issue>/``: which stay beside a new build, and which must be removed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path


def beside_earlier(
    files: Mapping[str, bytes], public: str, whole: str, target: Path
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Prepare a build for ``write_whole``: its files with a note of the ``public`` and ``whole`` sums, and the stale
    names in ``target``. Files of an earlier build with the same sum stay, and ``map.json`` goes on describing them.
    Files with another sum are stale, so that no edition stays that shows people who may no longer be shown, uncorrected
    words or an older look. Papers about another print PDF are stale too. Files that somebody else put there stay.
    """
    noted = {**files, _NOTE: f"{public}\n{whole}\n".encode()}
    try:
        known = (target / _NOTE).read_text(encoding="ascii").split("\n")
    except (OSError, ValueError):
        known = []
    for_shops = () if known[1:2] == [whole] else _FOR_PRINT_SHOPS
    papers = tuple(_papers_of_others(files, target))
    if known[:1] == [public]:
        return _with_fields_of_other_editions(noted, target), (*for_shops, *papers)
    return noted, (*_FOR_EVERYONE, *for_shops, *papers)


_NOTE = ".made-of"
_FOR_PRINT_SHOPS = ("print.pdf", "preflight", "press")
_FOR_EVERYONE = ("screen.pdf", "pages", "web", "web-single", "large.pdf", "text", "data", "epub", "map.json")


def _papers_of_others(files: Mapping[str, bytes], target: Path) -> Iterator[str]:
    """The papers in ``target`` that belong to another print PDF than the new one."""
    for name, content in files.items():
        place, _, file = name.rpartition("print.pdf")
        if not file and name.endswith("print.pdf") and (target / f"{place}preflight").is_dir():
            known = target / name
            if not known.is_file() or known.read_bytes() != content:
                yield f"{place}preflight"


def _with_fields_of_other_editions(files: dict[str, bytes], target: Path) -> dict[str, bytes]:
    """The files, with ``map.json`` still describing editions in ``target`` that were not made again."""
    known = target / "map.json"
    if "map.json" not in files or not known.is_file():
        return files
    made = json.loads(files["map.json"])
    editions = {field["edition"] for field in made["fields"]}
    try:
        kept = [field for field in json.loads(known.read_bytes())["fields"] if field["edition"] not in editions]
    except (ValueError, KeyError, TypeError):
        kept = []  # not our map: it is removed
    made["fields"] = sorted([*kept, *made["fields"]], key=lambda field: str(field["edition"]))
    return {**files, "map.json": (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()}
