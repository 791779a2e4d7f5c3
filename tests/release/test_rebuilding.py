"""An issue made again from its bag alone: it is identical, or the differing files, pages and words are told."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from itertools import takewhile
from pathlib import Path

import pytest
from tests.conftest import Koho, swap
from tests.kinds.quiz import NAME

from koho_pdf.archive.bags.bag import bagged, held
from koho_pdf.archive.bags.record import described
from koho_pdf.platform.folders import write_once
from koho_pdf.release.differences import differences, words


def changed(small_kept: Path, root: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """A copy of the issue's bag below ``root`` whose payload somebody changed and bagged again."""
    payload = held(small_kept / NAME / "data")
    change(payload)
    write_once(bagged(payload, described(NAME, "x", "2013-04-01")), root / "archive" / NAME)


def test_a_changed_word_is_told_with_its_page(small_kept: Path, koho: Koho, tmp_path: Path) -> None:
    def change(payload: dict[str, bytes]) -> None:
        name = f"print/source/content/{NAME}/issue.yaml"
        assert "オーロラ".encode() in payload[name]
        payload[name] = payload[name].replace("オーロラ".encode(), "流れ星".encode())
        told = json.loads(payload["release.json"])
        told["software"]["weasyprint"] = "69.0"
        payload["release.json"] = json.dumps(told).encode()

    changed(small_kept, tmp_path, change)
    done = koho("archive", "rebuild", NAME, "--out", folder=tmp_path)
    assert (done.returncode, "[間違い]" in done.stderr) == (5, False)
    lines = done.stdout.splitlines()
    at = lines.index(f"  print/package/{NAME}_newsprint.pdf\t違います")
    told = [line.strip() for line in takewhile(lambda line: line.startswith("    "), lines[at + 1 :])]
    # The heading stands twice on its page; no other page is told.
    assert set(told) == {"2ページ", "「オーロラ」→「流れ星」"}
    assert "  pages/p2.png\t違います" in lines
    assert not [line for line in lines if "pages/p1.png" in line or "source/fonts/" in line]
    assert [line for line in lines if "ソフトウェア" in line] == [
        f"  ソフトウェア weasyprint\t69.0 → {_version('weasyprint')}"
    ]
    made, kept = held(tmp_path / "out" / "rebuilt" / NAME), held(tmp_path / "archive" / NAME / "data")
    assert {name for name in made.keys() ^ kept.keys() if not name.startswith("web/fonts/")} == set()
    assert "流れ星".encode() in made["record.json"]


def _version(package: str) -> str:
    from importlib.metadata import version

    return version(package)


def test_a_bag_that_is_not_as_it_was_is_not_made_again(small_kept: Path, koho: Koho, tmp_path: Path) -> None:
    shutil.copytree(small_kept / NAME, tmp_path / "archive" / NAME)
    swap(tmp_path / "archive" / NAME / f"data/print/source/content/{NAME}/issue.yaml", "夕日", "朝日")
    done = koho("archive", "rebuild", NAME, folder=tmp_path)
    assert (done.returncode, "(bag-file-changed)" in done.stderr, done.stdout) == (5, True, "")


@pytest.mark.parametrize(
    "told",
    [b"{", b"[]", b'{"issue": "../..", "revision": 1, "press": {"name": "x"}, "editions": []}', b'{"issue": "x"}'],
)
def test_a_release_that_does_not_say_what_it_is(small_kept: Path, koho: Koho, tmp_path: Path, told: bytes) -> None:
    changed(small_kept, tmp_path, lambda payload: payload.update({"release.json": told}))
    done = koho("archive", "rebuild", NAME, folder=tmp_path)
    assert (done.returncode, "(archive-no-source)" in done.stderr) == (5, True)


def test_differences_of_files_pages_and_words(small_kept: Path) -> None:
    then = held(small_kept / NAME / "data")
    pdf = then["screen.pdf"]
    assert differences(then, then) == ()
    now: Mapping[str, bytes] = {**then, "new.txt": b"", "screen.pdf": pdf + b"\n% a comment"}
    found = differences(then, {name: now[name] for name in now if name != "map.json"})
    assert [(each.file, each.fate, each.pages) for each in found] == [
        ("map.json", "gone", ()),
        ("new.txt", "new", ()),
        ("screen.pdf", "changed", ()),
    ]
    assert list(words("一行目\n市は道路を直します。\n三行目", "一行目\n市は公園を直します。\n三行目")) == [
        ("市は道路を直します。", "市は公園を直します。")
    ]
    assert list(words("同じ", "同じ")) == []


def test_altered_colours_of_the_layout_are_told_as_looks_alone(small_kept: Path, koho: Koho, tmp_path: Path) -> None:
    def change(payload: dict[str, bytes]) -> None:
        name = "print/source/layouts/quiz/layout.yaml"
        payload[name] = payload[name].replace(b"ink: 0/0/0/100", b"ink: 0/0/0/90")

    changed(small_kept, tmp_path, change)
    done = koho("archive", "rebuild", NAME, folder=tmp_path)
    assert (done.returncode, "[間違い]" in done.stderr) == (5, False)
    lines = done.stdout.splitlines()
    at = lines.index("  screen.pdf\t違います")
    told = [line.strip() for line in takewhile(lambda line: line.startswith("    "), lines[at + 1 :])]
    assert told
    assert all(line.endswith("見た目だけが違います") for line in told)
    assert "layouts/quiz/layout.yaml」が、校了したときのものではありません。 (archive-source-altered)" in done.stderr


@pytest.mark.parametrize("listed", [False, True])
def test_altered_fonts_are_refused_or_told(small_kept: Path, koho: Koho, tmp_path: Path, *, listed: bool) -> None:
    """A face that differs from its entry, or that no program can read and whose entry was changed too."""

    def change(payload: dict[str, bytes]) -> None:
        name = "print/source/fonts/BIZUDGothic-Regular.ttf"
        was = payload[name]
        payload[name] = was[: len(was) // 2]
        if listed:
            sums = [hashlib.sha256(content).hexdigest().encode() for content in (was, payload[name])]
            payload["print/source/fonts/fonts.yaml"] = payload["print/source/fonts/fonts.yaml"].replace(
                sums[0], sums[1]
            )

    changed(small_kept, tmp_path, change)
    done = koho("archive", "rebuild", NAME, folder=tmp_path)
    assert "Traceback" not in done.stderr
    assert done.returncode in (3, 5)
    told = {
        line.split()[1].split("/source/")[1] for line in done.stderr.splitlines() if "(archive-source-altered)" in line
    }
    assert {each.rpartition(".")[2] for each in told} == ({"ttf", "yaml"} if listed else {"ttf"})
    assert all(each.startswith("fonts/") for each in told)
    assert "  screen.pdf\t違います" in done.stdout or "(font-" in done.stderr
