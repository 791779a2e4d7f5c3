"""``koho build --all`` as an editor meets it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import Edit, Koho, in_terminal, sums

from koho_pdf.many.stamp import NAME as NOTE

REPOSITORY = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from koho_pdf.cli.main import main; main()", "build", "--all"]


@pytest.fixture
def many(tiny: Path, edit: Edit) -> Path:
    """A workspace of four small issues (a, b, d and ``warned``, which warns) and one with a mistake, ``c-bad``."""
    content = tiny / "content"
    for name in ("a", "b", "c-bad", "d", "warned"):
        shutil.copytree(content / "tiny", content / name)
    for path in content.iterdir():
        if path.name not in ("a", "b", "c-bad", "d", "warned"):
            shutil.rmtree(path)
    edit(content / "c-bad" / "issue.yaml", "title: ", "titel: ")
    edit(content / "warned" / "issue.yaml", "か", "か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}")
    return tiny


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    return sorted(done.stdout.splitlines())


def test_a_bad_issue_does_not_stop_the_rest_and_what_is_built_stays_built(many: Path, koho: Koho, edit: Edit) -> None:
    done = koho("build", "--all", folder=many)
    bad = "c-bad\t組めません\t終了コード 2"
    assert (done.returncode, lines(done)) == (
        2,
        ["a\t組みました", "b\t組みました", bad, "d\t組みました", "warned\t組みました"],
    )
    assert "(unknown-field)" in done.stderr
    assert "(decomposed-character)" in done.stderr
    assert not (many / "out" / "c-bad").exists()
    together = sums(many / "out", NOTE)
    shutil.move(many / "out", many / "together")
    koho("build", "a", "b", "d", "warned", folder=many)
    assert sums(many / "out", NOTE) == together, "many at once become what each becomes alone"
    shutil.rmtree(many / "out")
    shutil.move(many / "together", many / "out")

    one = many / "out" / "a" / "map.json"
    before = one.stat().st_mtime_ns
    assert (
        koho("build", "a", folder=many).stdout
        == "out/a/ に書きました（print.pdf・screen.pdf・pages/・web/index.html）。\n"
    )
    assert one.stat().st_mtime_ns != before, "named, an issue is always built"

    edit(many / "content" / "b" / "issue.yaml", "短い文です。", "べつの文です。")
    again = koho("build", "--all", "--processes", "1", folder=many)
    assert lines(again) == [
        "a\t変わっていません",
        "b\t組みました",
        bad,
        "d\t変わっていません",
        "warned\t変わっていません",
    ]
    assert "(decomposed-character)" in again.stderr, "warnings of an unchanged issue are told again"


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "--all", "a"],
        ["build", "a", "--processes", "2"],
        ["build", "a", "--scheduler", "tcp://127.0.0.1:8786"],
        ["build", "--all", "--processes", "0"],
        ["build", "--all", "--processes", "二"],
    ],
)
def test_called_wrongly(many: Path, koho: Koho, arguments: list[str]) -> None:
    done = koho(*arguments, folder=many)
    assert (done.returncode, done.stdout) == (64, "")
    assert "(usage)" in done.stderr


def test_a_profile_that_is_not_there_is_told_once(many: Path, koho: Koho) -> None:
    done = koho("build", "--all", "--press", "none", folder=many)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("(unknown-press)") == 1


def test_a_terminal_sees_how_far_it_is(many: Path) -> None:
    code, shown = in_terminal(
        *("build", "--all", "--edition", "web", "--processes", "1"), folder=many, stdout=subprocess.DEVNULL
    )
    assert code == 2
    assert [f"] {number}/5" in shown for number in range(6)] == [True] * 6
    assert shown.endswith("\r\x1b[K"), "the bar is taken away at the end"


def test_an_interruption_ends_everything_and_leaves_only_whole_issues(many: Path, tmp_path: Path) -> None:
    """Ctrl-C, which a terminal sends to all processes of the command."""
    for number in range(12):
        shutil.copytree(many / "content" / "a", many / "content" / f"e{number}")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    running = subprocess.Popen(
        [*COMMAND, "--processes", "2"],
        cwd=many,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )
    assert running.stdout is not None
    assert running.stdout.readline() != ""
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in said
    for _ in range(50):
        if not left(running.pid):
            break
        time.sleep(0.1)
    assert left(running.pid) == []
    assert list(scratch.iterdir()) == []
    assert len(list((many / "out").iterdir())) < 16, "interrupted when all was done: this test shows nothing"
    for folder in (many / "out").iterdir():
        known = json.loads((folder / ".made.json").read_bytes())["files"]
        assert sums(folder, NOTE) == known


def left(session: int) -> list[str]:
    """The processes of a session that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if of == str(session) and state != "Z":
            found.append(path.parent.name)
    return found
