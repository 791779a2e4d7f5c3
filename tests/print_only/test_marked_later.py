"""After a new mark or a corrected word, nothing older stays in editions of an earlier build."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import swap
from tests.kinds import brochure
from tests.print_only.absent import files_below, places_of, places_showing
from tests.print_only.matter import FILE, MARKER, NAME, PART, make, write

from koho_pdf.editions.earlier import beside_earlier
from koho_pdf.editions.every import EDITIONS
from koho_pdf.platform.folders import write_whole

TO_PRINT_SHOPS = ("print.pdf", "preflight/", "press/")


def test_every_edition_is_known_as_stale_beside_another_state(proved: Callable[..., Any], tiny: Path) -> None:
    made = proved(tiny, "tiny", tuple(each.name for each in EDITIONS), pictures=True)
    _, stale = beside_earlier({}, "sum", "all", tiny / "out" / "tiny")
    assert {name.partition("/")[0] for name in made.files} | {"press", "preflight"} == set(stale)


def test_what_is_marked_later_is_left_nowhere_but_on_paper(koho: Any, tmp_path: Path) -> None:
    root = make(tmp_path / "city", marks=False)
    whole = tmp_path / "whole"
    brochure.make(whole)
    every = [part for name in ("print", "screen", "web", "large", "text", "data") for part in ("--edition", name)]
    assert koho("build", NAME, *every, folder=root).returncode == 0
    before = files_below(root / "out" / NAME)
    assert {"large.pdf", "screen.pdf", f"text/{NAME}.txt", f"web/photos/{FILE}"} <= before.keys()

    folder = root / "content" / NAME
    shutil.rmtree(folder)
    shutil.copytree(whole / "content" / NAME, folder)
    write(root, marks=True)
    assert koho("build", NAME, "--edition", "web", folder=root).returncode == 0
    after = files_below(root / "out" / NAME)
    public = {name: content for name, content in after.items() if not name.startswith(TO_PRINT_SHOPS)}
    assert "web/index.html" in public
    assert "screen.pdf" not in public
    assert [place for words in (PART, FILE) for place in places_of(words, public)] == []
    assert places_showing(MARKER, public) == []
    assert after["print.pdf"] == before["print.pdf"], "print is made of the same words, marked or not"


@pytest.mark.parametrize("note", [None, b"", b"\xff", b"other\n"])
def test_only_what_was_made_of_the_same_stays(tmp_path: Path, note: bytes | None) -> None:
    target = tmp_path / "out"
    for name in ("print.pdf", "press/other/print.pdf", "pages/p1.png", "screen.pdf", "map.json", "notes/of-ours.txt"):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(b'{"fields": [{"edition": "screen"}]}')
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").touch()
    (target / "web").symlink_to(tmp_path / "elsewhere")
    if note is not None:
        (target / ".made-of").write_bytes(note)
    made, stale = beside_earlier({"large.pdf": b"", "map.json": b'{"fields": []}'}, "sum", "all", target)
    write_whole(made, target, stale)
    assert files_below(target).keys() == {"notes/of-ours.txt", "large.pdf", "map.json", ".made-of"}
    assert (target / "map.json").read_bytes() == b'{"fields": []}'
    assert (tmp_path / "elsewhere" / "kept").is_file(), "a link goes, not what it leads to"

    made, stale = beside_earlier({"screen.pdf": b""}, "sum", "all", target)
    write_whole(made, target, stale)
    assert {"screen.pdf", "large.pdf"} <= files_below(target).keys()
    swap(target / ".made-of", "sum", "sam")
    assert "large.pdf" in beside_earlier({"screen.pdf": b""}, "sum", "all", target)[1]
