"""Bags: bagit accepts the bags we write and agrees with our judgement, and every damage is told with its file."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import unicodedata
from pathlib import Path

import bagit
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import write_files

from koho_pdf.archive.bags.bag import bagged
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.errors import ArchiveError

FILES = {
    "record.json": b'{"schema": 1}\n',
    "screen.pdf": bytes(range(256)) * 40,
    "print/source/content/x/photos/港 まつり.jpg": b"\xff\xd8 photograph",
    "text/p1.txt": b"",
}
INFO = {"Bagging-Date": "2013-04-01", "External-Identifier": "x", "External-Description": "広報\nるもい"}


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return write_files(bagged(FILES, INFO), tmp_path / "archive" / "x")


def told(folder: Path) -> list[tuple[str, str]]:
    """Code and file of every fault, the file as named within the bag."""
    findings = verified(folder)
    assert all(found.message and found.hint for found in findings)
    return [(found.code, (found.where.file or "").removeprefix("archive/x/")) for found in findings]


def judged(folder: Path) -> bool:
    try:
        return bool(bagit.Bag(str(folder)).is_valid())
    except (bagit.BagError, UnicodeDecodeError):
        return False


def test_ours_are_sound_to_bagit_and_to_sha256sum(bag: Path) -> None:
    assert (told(bag), judged(bag)) == ([], True)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        done = subprocess.run(["sha256sum", "--strict", "-c", manifest], cwd=bag, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
    assert (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines() == [
        "Bagging-Date: 2013-04-01",
        "External-Identifier: x",
        "External-Description: 広報 るもい",
        f"Payload-Oxum: {sum(map(len, FILES.values()))}.4",
    ]
    assert bagged(dict(reversed(FILES.items())), INFO) == bagged(FILES, INFO)


@given(st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_flipped_bit_anywhere_is_told_with_its_file(bag: Path, data: st.DataObject) -> None:
    sound = bagged(FILES, INFO)
    name = data.draw(st.sampled_from([name for name in sound if sound[name]]))
    at = data.draw(st.integers(0, len(sound[name]) * 8 - 1))
    broken = bytearray(sound[name])
    broken[at // 8] ^= 1 << at % 8
    (bag / name).write_bytes(broken)
    faults = verified(bag)
    (bag / name).write_bytes(sound[name])
    assert faults
    if (
        name == "tagmanifest-sha256.txt"
    ):  # only the manifest names its files: if a name in it is damaged, the file looks renamed
        assert {fault.code for fault in faults} <= {"bag-manifest", "bag-file-renamed", "bag-file-missing"} | {
            "bag-file-extra"
        }
        return
    assert f"archive/x/{name}" in {fault.where.file for fault in faults}
    if name != "manifest-sha256.txt" and name != "bagit.txt":
        (fault,) = faults
        was, now = (hashlib.sha256(content).hexdigest() for content in (sound[name], broken))
        assert (fault.code, was in fault.message, now in fault.message) == ("bag-file-changed", True, True)


def test_every_bit_of_the_manifests(bag: Path) -> None:
    for name in ("tagmanifest-sha256.txt", "manifest-sha256.txt", "bagit.txt", "bag-info.txt"):
        sound = (bag / name).read_bytes()
        for at in range(0, len(sound) * 8, 3):
            broken = bytearray(sound)
            broken[at // 8] ^= 1 << at % 8
            (bag / name).write_bytes(broken)
            assert verified(bag), (name, at)
        (bag / name).write_bytes(sound)
    assert told(bag) == []


def test_a_damaged_digit_of_a_manifest_is_not_laid_on_the_file(bag: Path) -> None:
    path = bag / "tagmanifest-sha256.txt"
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    assert [code for code, _ in told(bag)] == ["bag-manifest"]


def test_files_gone_added_shortened_renamed(bag: Path) -> None:
    (bag / "data/record.json").unlink()
    (bag / "data/memo.txt").write_bytes(b"a memo")
    (bag / "Thumbs.db").write_bytes(b"left by a program")
    (bag / "data/screen.pdf").write_bytes(FILES["screen.pdf"][:-1])
    (bag / "data/text/p1.txt").rename(bag / "data/text/p2.txt")
    assert told(bag) == [
        ("bag-file-extra", "Thumbs.db"),
        ("bag-file-extra", "data/memo.txt"),
        ("bag-file-renamed", "data/text/p2.txt"),
        ("bag-file-missing", "data/record.json"),
        ("bag-file-changed", "data/screen.pdf"),
    ]
    assert not judged(bag)


def retagged(bag: Path) -> None:
    """Whoever changed the manifest has brought the tag manifest up to date."""
    names = [path.name for path in sorted(bag.iterdir()) if path.is_file() and not path.name.startswith("tagmanifest-")]
    lines = [f"{hashlib.sha256((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (bag / "tagmanifest-sha256.txt").write_text("".join(lines), encoding="utf-8")


def test_lines_ended_as_windows_does(bag: Path) -> None:
    path = bag / "manifest-sha256.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert told(bag) == [("bag-file-changed", "manifest-sha256.txt")]  # every file itself is as it was
    retagged(bag)
    assert (told(bag), judged(bag)) == ([], True)


def test_names_decomposed_on_a_mac(bag: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "ガイド.txt")
    shutil.rmtree(bag)
    write_files(bagged({"ガイド.txt": b"x"}, INFO), bag)
    (bag / "data/ガイド.txt").rename(bag / "data" / decomposed)
    assert (told(bag), judged(bag)) == ([], True)
    (bag / "data/ガイド.txt").write_bytes(b"x")
    assert [code for code, _ in told(bag)] == ["bag-not-plain"]


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "data/../../secret.txt", "~/secret.txt", "data//x"])
def test_a_manifest_that_leads_out(bag: Path, name: str) -> None:
    (bag.parent / "secret.txt").write_bytes(b"secret")
    sum_of = hashlib.sha256(b"secret").hexdigest()
    with (bag / "manifest-sha256.txt").open("a", encoding="utf-8") as file:
        file.write(f"{sum_of}  {name}\n")
    retagged(bag)
    assert told(bag) == [("bag-manifest", "manifest-sha256.txt")]


def test_links_and_devices_are_not_opened(bag: Path) -> None:
    (bag.parent / "secret.txt").write_bytes(FILES["record.json"])
    for make in (
        lambda path: path.symlink_to(bag.parent / "secret.txt"),
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: os.mkfifo(path),
        lambda path: path.symlink_to(bag.parent),
    ):
        (bag / "data/record.json").unlink()
        make(bag / "data/record.json")
        assert told(bag) == [("bag-not-plain", "data/record.json")]
    bag.rename(bag.parent / "y")
    bag.symlink_to(bag.parent / "y")
    assert [code for code, _ in told(bag)] == ["bag-not-plain"]


def test_other_bags_than_ours(bag: Path) -> None:
    (bag / "fetch.txt").write_text("http://example.com/x - data/x\n", encoding="ascii")
    assert told(bag) == [("bag-not-plain", "fetch.txt")]
    (bag / "fetch.txt").unlink()
    (bag / "manifest-shake_128.txt").write_text("00  data/record.json\n", encoding="ascii")
    assert told(bag) == [("bag-not-plain", "manifest-shake_128.txt")]
    (bag / "manifest-shake_128.txt").unlink()
    with (bag / "bag-info.txt").open("r+b") as file:
        file.truncate(1 << 30)
    assert told(bag) == [("bag-not-plain", "bag-info.txt")]
    (bag / "bag-info.txt").write_bytes(b"no colon in this line\n")
    retagged(bag)
    assert told(bag) == [("bag-refused", "bag-info.txt")]
    (bag / "bag-info.txt").write_bytes(b"Payload-Oxum: 1.1\n")
    retagged(bag)
    assert [code for code, _ in told(bag)] == ["bag-refused"]
    (bag / "bagit.txt").write_bytes(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: zlib_codec\n")
    retagged(bag)
    assert told(bag) == [("bag-no-bag", "bagit.txt")]
    (bag / "manifest-sha256.txt").unlink()
    assert [code for code, _ in told(bag)] == ["bag-no-bag"]
    shutil.rmtree(bag)
    assert [code for code, _ in told(bag)] == ["bag-not-plain"]


@given(st.binary(max_size=300))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_noise_for_a_manifest_is_no_traceback(bag: Path, noise: bytes) -> None:
    (bag / "manifest-sha256.txt").write_bytes(noise)
    retagged(bag)
    assert verified(bag)


def test_a_flood_of_faults_is_cut(bag: Path) -> None:
    lines = "".join(f"{number:064x}  data/{number}\n" for number in range(1000))
    (bag / "manifest-sha256.txt").write_text(lines, encoding="ascii")
    codes = [code for code, _ in told(bag)]
    assert (len(codes), codes[-1]) == (51, "bag-more-faults")


@pytest.mark.parametrize("name", ["50%.txt", "a\nb", "../a", "/a", "a/../b", "a\\b", ""])
def test_names_that_not_every_program_reads_alike(name: str) -> None:
    with pytest.raises(ArchiveError) as refused:
        bagged({name: b""}, INFO)
    assert [found.code for found in refused.value.findings] == ["bag-name"]
