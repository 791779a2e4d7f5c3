"""Hostile manuscripts are refused in time and within 300 MB; each is read in a process of its own that is measured."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

SECONDS = 4.0  # of a slow and busy machine; whatever grows with the square takes half a minute and more
MEGABYTES = 300

# Reads and checks each file it is given, each in a process that forks for it, and prints a line of what it told and
# what it took; the limits only guard the machine.
CHILD = r"""
import json, os, re, resource, sys
from pathlib import Path
from tests.repository_kinds import POLICY_LEAFLET

from koho_pdf.errors import ManuscriptError
from koho_pdf.content.check import check
from koho_pdf.manuscript.reader import read
for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        break
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit(f"{name}: {status}")
else:
    sys.exit()
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
path = Path(name)
try:
    found = check(read(path, path.parent), POLICY_LEAFLET, folder=path.parent, layouts=["policy-leaflet"]).findings
except ManuscriptError as refusal:
    found = refusal.findings
used = resource.getrusage(resource.RUSAGE_SELF)
seconds = used.ru_utime + used.ru_stime
# ru_maxrss carries over exec, so a child of a large pytest would report its parent's peak.
peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps({"codes": [each.code for each in found], "seconds": seconds, "kb": peak}))
"""


def laughs() -> str:
    """A billion laughs: nine anchors, each nine times the one before."""
    levels = ["a: &a ['lol', 'lol', 'lol', 'lol', 'lol', 'lol', 'lol', 'lol', 'lol']"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        levels.append(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]")
    return "\n".join(levels) + "\n"


MEGA = 499_000  # half of what a manuscript may have: what takes four times as long at twice the length is seen here too
HOSTILE: dict[str, tuple[Callable[[], str], str]] = {
    "brackets": (lambda: "[" * MEGA, "nested-too-deeply"),
    "brackets in a value": (lambda: "a: " + "[" * MEGA, "bracket-not-closed"),
    "groups in groups": (lambda: "a: {" * (MEGA // 4), "bracket-not-closed"),
    "closed brackets": (lambda: "a: " + "[" * (MEGA // 2) + "]" * (MEGA // 2), "nested-too-deeply"),
    "dashes": (lambda: "- " * (MEGA // 2), "nested-too-deeply"),
    "question marks": (lambda: "? " * (MEGA // 2), "line-without-name"),
    "deeper and deeper": (lambda: "".join(" " * n + "a:\n" for n in range(1400)), "nested-too-deeply"),
    "a flat list": (lambda: "a:\n" + "- a\n" * (MEGA // 4), "too-many-values"),
    "a flat list in brackets": (lambda: "a: [" + "a," * (MEGA // 2 - 10) + "a]", "too-many-values"),
    "many names": (lambda: "".join(f"k{n}: v\n" for n in range(90_000)), "too-many-values"),
    "unknown names": (lambda: "".join(f"k{n}: v\n" for n in range(19_000)), "unknown-field"),
    "many notes": (lambda: "# x\n" * 200_000, "too-many-values"),
    "one name": (lambda: "title: x\n" * (MEGA // 9), "duplicate-key"),
    "a long text": (lambda: "title: " + "あ" * (MEGA // 4), "field-too-long"),
    "a long name": (lambda: "a" * (MEGA - 10) + ": x", "line-without-name"),
    "long alike names": (
        lambda: "".join(f"fiscal_year_{n:05}{'_year' * 6}: x\n" for n in range(19_000)),
        "unknown-field",
    ),
    "open quotes": (lambda: "a: 'x\n" * (MEGA // 6), "quote-not-closed"),
    "an open quote": (lambda: "a: '" + "x\n" * (MEGA // 3), "quote-not-closed"),
    "quotes": (lambda: "a: " + "'" * (MEGA - 10), "unknown-field"),
    "open brackets": (lambda: "a: [x\n" * (MEGA // 6), "bracket-not-closed"),
    "open brackets and quotes": (lambda: "a: [" + "'x\", " * (MEGA // 6), "bracket-not-closed"),
    "laughs": (laughs, "yaml-anchor"),
    "anchors": (lambda: "a: " + "&a " * (MEGA // 4), "yaml-anchor"),
    "anchors alone": (lambda: "&a " * (MEGA // 4), "line-without-name"),
    "tags": (lambda: "- !!python/object/apply:os.system ['true']\n" * 20_000, "yaml-tag"),
    "tabs": (lambda: "\ta: b\n" * (MEGA // 6), "tab"),
    "only tabs": (lambda: "\t" * MEGA, "empty-manuscript"),
    "spaces": (lambda: "a" + " " * (MEGA - 10) + "b", "line-without-name"),
    "colons": (lambda: "a" + ":" * (MEGA - 10), "space-after-colon"),
    "colons and spaces": (lambda: "a: " * (MEGA // 3), "needs-quotes"),
    "hashes": (lambda: "a: " + " #x" * (MEGA // 4), "hash-in-text"),
    "line ends": (lambda: "\n" * MEGA, "empty-manuscript"),
    "control characters": (lambda: "\x01\n" * (MEGA // 2), "control-character"),
    "merge marks": (lambda: "=======\n" * (MEGA // 8), "merge-conflict"),
    "wrong indentation": (lambda: "a:\n  b: c\n   d: e\n" * (MEGA // 20), "wrong-indentation"),
    "documents": (lambda: "---\n" * (MEGA // 4), "several-documents"),
    "blocks": (lambda: "a: |\n  x\n" * (MEGA // 10), "duplicate-key"),
    "marks": (lambda: "closing:\n" + ("  - x" + "[a](" * 480 + "\n") * 250, "wrong-count"),
    "stars": (lambda: "closing:\n" + ("  - x" + "a**" * 639 + "b" + "\n") * 250, "mark-not-closed"),
    "rubies": (lambda: "closing:\n" + ("  - x" + "{a|" * 640 + "\n") * 250, "mark-not-closed"),
}


def judged(*paths: Path) -> list[list[str]]:
    """What was told about each manuscript; the process that did it kept the promised bounds."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, paths)], capture_output=True, text=True, check=False, timeout=300
    )
    assert child.returncode == 0, child.stderr[-2000:]
    assert child.stderr == ""
    took = [json.loads(line) for line in child.stdout.splitlines()]
    assert len(took) == len(paths)
    bad = [each | {"path": path} for path, each in zip(paths, took, strict=True) if each["seconds"] >= SECONDS]
    bad += [each | {"path": path} for path, each in zip(paths, took, strict=True) if each["kb"] / 1000 >= MEGABYTES]
    assert bad == []
    return [each["codes"] for each in took]


def test_hostile_manuscripts_are_refused_in_time_and_memory(tmp_path: Path) -> None:
    paths = {name: tmp_path / name / "issue.yaml" for name in HOSTILE}
    for name, path in paths.items():
        path.parent.mkdir()
        path.write_bytes(HOSTILE[name][0]().encode())
    told = dict(zip(HOSTILE, judged(*paths.values()), strict=True))
    assert {name: codes for name, codes in told.items() if HOSTILE[name][1] not in codes} == {}
    assert all(sorted(path.parent.iterdir()) == [path] for path in paths.values())


def test_a_file_beyond_its_limit_is_never_read(tmp_path: Path) -> None:
    path = tmp_path / "issue.yaml"
    with path.open("wb") as huge:
        huge.truncate(5_000_000_000)
    assert judged(path) == [["file-too-large"]]


def test_a_file_of_bytes_that_are_no_text_is_refused_in_time(tmp_path: Path) -> None:
    contents = (bytes(range(256)) * 3900, b"\x82\xa0" * 499_000, b"\x00" * 999_000, b"\xff" * 999_000)
    paths = [tmp_path / f"{number}.yaml" for number in range(4)]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    assert judged(*paths) == [["not-utf-8"]] * 4
