"""What an earlier build left in ``out/<issue>/``: what of it stays beside a new one, and what must go."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path


def beside_earlier(
    files: Mapping[str, bytes], public: str, whole: str, target: Path
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """What a build made, ready for ``write_whole``: the files with a note of the ``public`` and the ``whole`` matter
    they were made of, and what in ``target`` is stale.

    What an earlier build made of the same matter stays, and ``map.json`` goes on telling of it. What it made of other
    matter is stale: no edition is left in which somebody stands who may no longer be shown, or words that were
    corrected since, or that looks otherwise. So are papers about another print PDF. What somebody else put there stays.
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
_FOR_EVERYONE = ("screen.pdf", "pages", "web", "web-single", "large.pdf", "text", "data", "map.json")


def _papers_of_others(files: Mapping[str, bytes], target: Path) -> Iterator[str]:
    """The papers in ``target`` that go with another print PDF than the one made."""
    for name, content in files.items():
        place, _, file = name.rpartition("print.pdf")
        if not file and name.endswith("print.pdf") and (target / f"{place}preflight").is_dir():
            known = target / name
            if not known.is_file() or known.read_bytes() != content:
                yield f"{place}preflight"


def _with_fields_of_other_editions(files: dict[str, bytes], target: Path) -> dict[str, bytes]:
    """The files, with ``map.json`` still telling of the editions in ``target`` that were not made anew."""
    known = target / "map.json"
    if "map.json" not in files or not known.is_file():
        return files
    made = json.loads(files["map.json"])
    editions = {field["edition"] for field in made["fields"]}
    try:
        kept = [field for field in json.loads(known.read_bytes())["fields"] if field["edition"] not in editions]
    except (ValueError, KeyError, TypeError):
        kept = []  # not a map of ours: it goes
    made["fields"] = sorted([*kept, *made["fields"]], key=lambda field: str(field["edition"]))
    return {**files, "map.json": (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()}
