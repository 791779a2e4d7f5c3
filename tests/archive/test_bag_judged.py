"""The Library of Congress's program as a judge of ours: a bag that it refuses is never sound here.

The other way round, much that it takes is refused here: a file that no manifest lists, a link, a list of files to be
fetched. Where it refuses what RFC 8493 allows, the names are left out (``SIGNS``): of what is written in percent
(2.1.3) it knows %0A and %0D alone, and a manifest of decomposed names it does not find again.
"""

from __future__ import annotations

import hashlib
import logging
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import bagit

from koho_pdf.archive.bags.bag import bagged
from koho_pdf.archive.bags.verifying import verified
from koho_pdf.errors import ArchiveError

BAGS = 300
FILES = {
    "record.json": b'{"schema": 1}\n',
    "screen.pdf": bytes(range(256)),
    "text/港　まつり.txt": b"x",
    "empty.txt": b"",
}
KINDS = ("md5", "sha1", "sha256", "sha512")
SIGNS = "\v\f\x1c\x85\u2028\u3000\xa0\t $~*#:./\\\ufeffあ"
Bag = dict[str, bytes]


def whole(chance: random.Random) -> Bag:
    """A sound bag, of this version or the last, with more kinds of sums or not."""
    made = bagged(FILES, {"Bagging-Date": "2013-04-01", "Contact-Name": "広報"})
    if chance.random() < 0.2:
        made["bagit.txt"] = made["bagit.txt"].replace(b"1.0", b"0.97")
    if chance.random() < 0.2:
        del made["bag-info.txt"]
    for kind in chance.sample(KINDS, chance.choice((0, 0, 1, 2))):
        made[f"manifest-{kind}.txt"] = listed(made, kind, lambda name: name.startswith("data/"))
    return made


def listed(bag: Bag, kind: str, wanted: Callable[[str], bool]) -> bytes:
    return b"".join(
        f"{hashlib.new(kind, bag[name]).hexdigest()}  ".encode() + name.encode("utf-8", "surrogateescape") + b"\n"
        for name in bag
        if wanted(name)
    )


def tagged(bag: Bag, kind: str = "sha256") -> Bag:
    """The bag with its list of tag files brought up to date, as somebody would do on purpose."""
    is_tag = lambda name: not name.startswith(("data/", "tagmanifest-"))  # noqa: E731
    return {**bag, f"tagmanifest-{kind}.txt": listed(bag, kind, is_tag)}


def another_file(bag: Bag, chance: random.Random) -> None:
    """A file of an odd name, listed as the others are."""
    sign = chance.choice((*SIGNS, "$HOME", "${PATH}", "\udc83"))
    part = chance.choice((f"a{sign}b", f"{sign}b", f"a{sign}"))
    folder = chance.choice(("data/", "", f"data/{part}/"))
    if "/" in part or part in (".", "..") or part.endswith("\\"):
        return
    bag[f"{folder}{part}.txt"] = bag[f"{folder}{part}"] = b"odd"
    for name in [name for name in bag if name.startswith("manifest-")]:
        bag[name] = listed(bag, name[9:-4], lambda file: file.startswith("data/"))


def a_line(bag: Bag, chance: random.Random) -> None:
    """A line of a tag file said twice, gone, cut, changed in a sign, moved to another file."""
    name = chance.choice([name for name in bag if "/" not in name])
    lines = bag[name].splitlines(keepends=True) or [b"\n"]
    at = chance.randrange(len(lines))
    line = lines[at]
    cut = chance.randrange(len(line) + 1)
    lines[at : at + 1] = chance.choice(
        (
            [line, line],
            [],
            [line[:cut] + chance.choice(SIGNS).encode() + line[cut:]],
            [line[:cut] + bytes([chance.randrange(256)]) + line[cut + 1 :]],
            [line.upper()],
            [b" " + line],
            [line.replace(b"  ", b"\t*")],
            [line, chance.choice([each for file in bag if "/" not in file for each in bag[file].splitlines(True)])],
            [b"\n", b"\xef\xbb\xbf" + line],
        )
    )
    bag[name] = b"".join(lines)


def a_size(bag: Bag, chance: random.Random) -> None:
    """The facts about the payload in bag-info.txt."""
    sound = f"{sum(map(len, FILES.values()))}.{len(FILES)}"
    said = chance.choice(
        ("1.1", "x", "", "²71.4", f"{sound}.0", f"00{sound}", f"{sound}\n 0", f"\n {sound}", "9" * 5000)
    )
    label = chance.choice(("Payload-Oxum", "payload-oxum", " Payload-Oxum", "Payload-Oxum "))
    bag["bag-info.txt"] = chance.choice(
        (f"{label}: {said}\n", f"{label}: {sound}\n{label}: {said}\n", f"A: b\n{label}:{said}\nno colon\n")
    ).encode()


def a_payload(bag: Bag, chance: random.Random) -> None:
    """The payload gone, or files of it changed, gone, more."""
    payload = [name for name in bag if name.startswith("data/")]
    if chance.random() < 0.3 or not payload:
        for name in payload:
            del bag[name]
        for name in [name for name in bag if name.startswith("manifest-")]:
            bag[name] = b""
        bag.pop("bag-info.txt", None)
        return
    name = chance.choice(payload)
    bag.update(chance.choice(({name: b"changed"}, {"data/more": b""}, {"memo": b""}, {"fetch.txt": b"x - data/x\n"})))


DAMAGES = (another_file, a_line, a_line, a_size, a_payload)


def damaged(number: int) -> Bag:
    chance = random.Random(f"bag {number}")
    bag = whole(chance)
    for damage in chance.choices(DAMAGES, k=chance.choice((0, 1, 1, 2))):
        damage(bag, chance)
    for kind in {"sha256", *chance.sample(KINDS, chance.choice((0, 1)))}:
        bag = tagged(bag, kind)
    if chance.random() < 0.2:
        a_line(bag, chance)
    return bag


def written(bag: Bag, folder: Path) -> bool:
    """Whether the disk could keep every name."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        for name, content in bag.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    except OSError:
        return False
    return True


def judged(folder: Path) -> str:
    """The judge's complaint about a bag; empty if there is none."""
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bagit.Bag(str(folder)).validate()
    except Exception as fault:  # noqa: BLE001
        return str(fault) or type(fault).__name__
    return ""


def test_what_the_judge_refuses_is_refused(tmp_path: Path) -> None:
    said: Counter[tuple[bool, bool]] = Counter()
    for number in range(BAGS):
        if not written(damaged(number), tmp_path / "x"):
            continue
        no, ours = judged(tmp_path / "x"), verified(tmp_path / "x")
        assert ours or not no, f"bag {number}: {no}"
        said[bool(ours), bool(no)] += 1
    assert all(said[each] > BAGS / 20 for each in ((False, False), (True, True), (True, False))), said


def test_names_that_the_judge_reads_otherwise(tmp_path: Path) -> None:
    """A bag from another program: some programs read its names as two lines, or without the last sign."""
    refused = 0
    for sign in (*SIGNS, "$HOME", "\udc83"):
        for name in (f"data/a{sign}b", f"data/a{sign}"):
            bag = bagged({}, {}) | {name: b"odd"}
            del bag["bag-info.txt"]
            bag["manifest-sha256.txt"] = listed(bag, "sha256", lambda file: file.startswith("data/"))
            if "/" in sign or not written(tagged(bag), tmp_path / "x"):
                continue
            no, ours = judged(tmp_path / "x"), verified(tmp_path / "x")
            assert ours or not no, (name, no)
            refused += bool(no)
    assert refused > 10


def test_what_is_written_the_judge_takes(tmp_path: Path) -> None:
    """Names of any kind are refused before, or make a bag that every program accepts."""
    taken = 0
    for sign in (*SIGNS, "%", "%0A", "$HOME", "${PATH}", "$", "\n", "\r", "が", "か\u3099"):
        for name in (f"a{sign}b.jpg", f"{sign}b.jpg", f"a{sign}", f"a{sign}b/c.jpg"):
            try:
                bag = bagged({name: b"x"}, {})
            except ArchiveError as refused:
                assert {found.code for found in refused.findings} == {"bag-name"}
                continue
            assert written(bag, tmp_path / "x")
            assert (verified(tmp_path / "x"), judged(tmp_path / "x")) == ((), ""), name
            taken += 1
    assert taken > 20


def test_everyday_names() -> None:
    for name in ("photos/港　まつり.jpg", "費用 $.jpg", "100円$1a.jpg"):
        assert f"data/{name}" in bagged({name: b""}, {})
