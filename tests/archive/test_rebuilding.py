"""An issue made again from its bag alone: identical; or which files, pages and words are not."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from itertools import takewhile
from pathlib import Path

import pytest
from tests.archive.conftest import MIHON
from tests.conftest import swap

from koho_pdf.archive.bags.bag import bagged, held
from koho_pdf.archive.bags.record import described
from koho_pdf.platform.folders import write_once
from koho_pdf.release.differences import differences, words

Koho = Callable[..., "subprocess.CompletedProcess[str]"]


def changed(mihon: Path, root: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """A copy of the issue's bag below ``root`` whose payload somebody changed and bagged again."""
    payload = held(mihon / MIHON / "data")
    change(payload)
    write_once(bagged(payload, described(MIHON, "x", "2013-04-01")), root / "archive" / MIHON)


def test_a_changed_word_is_told_with_its_page(mihon: Path, koho: Koho, tmp_path: Path) -> None:
    def change(payload: dict[str, bytes]) -> None:
        name = f"print/source/content/{MIHON}/issue.yaml"
        assert "都市機能の充実".encode() in payload[name]
        payload[name] = payload[name].replace("都市機能の充実".encode(), "都市機能の充足".encode())
        told = json.loads(payload["release.json"])
        told["software"]["weasyprint"] = "69.0"
        payload["release.json"] = json.dumps(told).encode()

    changed(mihon, tmp_path, change)
    done = koho("archive", "rebuild", MIHON, "--out", folder=tmp_path)
    assert (done.returncode, "[間違い]" in done.stderr) == (5, False)
    lines = done.stdout.splitlines()
    at = lines.index("  print/package/mihon_newsprint.pdf\t違います")
    told = [line.strip() for line in takewhile(lambda line: line.startswith("    "), lines[at + 1 :])]
    # The heading stands twice on its page; no other page is told.
    assert set(told) == {"2ページ", "「都市機能の充実」→「都市機能の充足」"}
    assert "  pages/p2.png\t違います" in lines
    assert not [line for line in lines if "pages/p1.png" in line or "source/fonts/" in line]
    assert [line for line in lines if "ソフトウェア" in line] == [
        f"  ソフトウェア weasyprint\t69.0 → {_version('weasyprint')}"
    ]
    made, kept = held(tmp_path / "out" / "rebuilt" / MIHON), held(tmp_path / "archive" / MIHON / "data")
    assert {name for name in made.keys() ^ kept.keys() if not name.startswith("web/fonts/")} == set()
    assert "都市機能の充足".encode() in made["record.json"]


def _version(package: str) -> str:
    from importlib.metadata import version

    return version(package)


def test_a_bag_that_is_not_as_it_was_is_not_made_again(mihon: Path, koho: Koho, tmp_path: Path) -> None:
    shutil.copytree(mihon / MIHON, tmp_path / "archive" / MIHON)
    swap(tmp_path / "archive" / MIHON / f"data/print/source/content/{MIHON}/issue.yaml", "充実", "充足")
    done = koho("archive", "rebuild", MIHON, folder=tmp_path)
    assert (done.returncode, "(bag-file-changed)" in done.stderr, done.stdout) == (5, True, "")


@pytest.mark.parametrize(
    "told",
    [b"{", b"[]", b'{"issue": "../..", "revision": 1, "press": {"name": "x"}, "editions": []}', b'{"issue": "x"}'],
)
def test_a_release_that_does_not_say_what_it_is(mihon: Path, koho: Koho, tmp_path: Path, told: bytes) -> None:
    changed(mihon, tmp_path, lambda payload: payload.update({"release.json": told}))
    done = koho("archive", "rebuild", MIHON, folder=tmp_path)
    assert (done.returncode, "(archive-no-source)" in done.stderr) == (5, True)


def test_differences_of_files_pages_and_words(mihon: Path) -> None:
    then = held(mihon / MIHON / "data")
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


def test_altered_colours_of_the_layout_are_told_as_looks_alone(mihon: Path, koho: Koho, tmp_path: Path) -> None:
    def change(payload: dict[str, bytes]) -> None:
        name = "print/source/layouts/policy-leaflet/layout.yaml"
        payload[name] = payload[name].replace(b"navy: 95/85/25/55", b"navy: 95/85/25/50")

    changed(mihon, tmp_path, change)
    done = koho("archive", "rebuild", MIHON, folder=tmp_path)
    assert (done.returncode, "[間違い]" in done.stderr) == (5, False)
    lines = done.stdout.splitlines()
    at = lines.index("  screen.pdf\t違います")
    told = [line.strip() for line in takewhile(lambda line: line.startswith("    "), lines[at + 1 :])]
    assert told
    assert all(line.endswith("見た目だけが違います") for line in told)
    assert (
        "layouts/policy-leaflet/layout.yaml」が、校了したときのものではありません。 (archive-source-altered)"
        in done.stderr
    )


@pytest.mark.parametrize("listed", [False, True])
def test_altered_fonts_are_refused_or_told(mihon: Path, koho: Koho, tmp_path: Path, *, listed: bool) -> None:
    """A face that is not as it was registered, or one whose entry was altered with it and that no program can read."""

    def change(payload: dict[str, bytes]) -> None:
        name = next(
            each for each in sorted(payload) if each.startswith("print/source/fonts/") and each.endswith(".ttf")
        )
        was = payload[name]
        payload[name] = was[: len(was) // 2]
        if listed:
            sums = [hashlib.sha256(content).hexdigest().encode() for content in (was, payload[name])]
            payload["print/source/fonts/fonts.yaml"] = payload["print/source/fonts/fonts.yaml"].replace(
                sums[0], sums[1]
            )

    changed(mihon, tmp_path, change)
    done = koho("archive", "rebuild", MIHON, folder=tmp_path)
    assert "Traceback" not in done.stderr
    assert done.returncode in (3, 5)
    told = {
        line.split()[1].split("/source/")[1] for line in done.stderr.splitlines() if "(archive-source-altered)" in line
    }
    assert {each.rpartition(".")[2] for each in told} == ({"ttf", "yaml"} if listed else {"ttf"})
    assert all(each.startswith("fonts/") for each in told)
    assert "  screen.pdf\t違います" in done.stdout or "(font-" in done.stderr
