"""A command ends with an exit code and never with a traceback: whatever its streams, its words and its folders are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import gettempdir

import pytest
from tests.conftest import REPOSITORY, Koho
from tests.kinds import quiz
from tests.preflight.strange import NAMES, assembled, encrypted, for_a_certificate, written

from koho_pdf.workspace.workspace import Folders

SHIFT_JIS = os.fsdecode("表紙".encode("cp932"))


@pytest.fixture
def small(home: Path, tmp_path: Path) -> Path:
    """A workspace with one small layout, whose sample is broken: nothing is composed."""
    (folder := tmp_path / "city").mkdir()
    quiz.make(folder)
    (folder / "layouts" / "quiz" / "sample" / "issue.yaml").write_text("layout: quiz\n", encoding="utf-8")
    return folder


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    path = tmp_path / f"{SHIFT_JIS}.pdf"
    path.write_bytes(written(NAMES["shift_jis"]))
    return path


def in_shell(words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs ``koho`` with the redirections of a shell."""
    koho = f"{sys.executable} -c 'from koho_pdf.cli.main import main; main()'"
    standing = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), **environment}
    return subprocess.run(
        ["sh", "-c", words.replace("koho ", f"{koho} ")], cwd=folder, env=standing, capture_output=True, check=False
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("koho layouts > /dev/full", 5),
        ("koho schema quiz > /dev/full", 5),
        ("koho fonts > /dev/full 2> /dev/full", 5),
        ("koho preflight typo.pdf 2> /dev/full", 5),
        ("koho preflight --json typo.pdf > /dev/full", 5),
        ("koho fonts >&-", 0),
        ("koho preflight typo.pdf >&- 2>&-", 64),
        ("koho preflight --json typo.pdf <&- >&- 2>&-", 64),
    ],
)
def test_a_stream_that_is_full_or_closed(words: str, code: int, small: Path) -> None:
    done = in_shell(words, small)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    if code == 5 and "2>" not in words:
        assert b"(not-written)" in done.stderr


def test_a_closed_output_is_not_taken_for_a_file_that_is_opened_next(small: Path, strange: Path) -> None:
    """The next file gets the lowest free number. If this were 1 or 2, the output would be printed into the file."""
    done = in_shell('koho preflight "$FILE" --report report >&- 2>&-', small, FILE=str(strange))
    assert done.returncode == 4
    assert b"%PDF-" in (small / "report" / "sheet.pdf").read_bytes()[:8]


WRONG: dict[str, tuple[Callable[[Path], list[str]], str, int]] = {
    "no file": (lambda folder: ["nothing.pdf"], "no-file", 64),
    "no PDF": (lambda folder: [kept(folder, b"no PDF")], "pdf-unreadable", 4),
    "password": (lambda folder: [kept(folder, encrypted(written(b"x"), user="secret"))], "pdf-encrypted", 4),
    "certificate": (lambda folder: [kept(folder, for_a_certificate())], "pdf-encrypted", 4),
    "too heavy": (lambda folder: [kept(folder, heavy())], "pdf-too-heavy", 4),
    "no such shop": (lambda folder: [kept(folder, written(b"x")), "--press", "nowhere"], "unknown-press", 3),
    "no words": (lambda folder: [], "usage", 64),
}


def kept(folder: Path, content: bytes) -> str:
    path = folder / "file.pdf"
    path.write_bytes(content)
    return str(path)


def heavy() -> bytes:
    """More operators than a page of print has."""
    content = b"q Q " * 200_001
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
    )


@pytest.mark.parametrize("case", WRONG)
def test_json_is_told_whatever_happens(case: str, small: Path, koho: Koho, tmp_path: Path) -> None:
    made, code, exit_code = WRONG[case]
    done = koho("preflight", "--json", *made(tmp_path), folder=small)
    assert done.returncode == exit_code
    assert [finding["code"] for finding in json.loads(done.stdout)] == [code]
    assert done.stderr == ""


def test_json_in_a_terminal_of_another_encoding(small: Path) -> None:
    for encoding in ("ascii", "euc_jp", "cp932"):
        done = in_shell('koho preflight --json "$FILE"', small, FILE="表紙𠮷.pdf", PYTHONIOENCODING=encoding)
        (finding,) = json.loads(done.stdout.decode(encoding))
        assert "表紙𠮷.pdf" in finding["message"]


def test_a_file_whose_name_is_no_utf_8(small: Path, koho: Koho, strange: Path) -> None:
    done = koho("preflight", str(strange), "--report", str(strange.parent / "report"), folder=small)
    assert done.returncode == 4
    assert "特色赤3" in done.stderr
    assert "表紙.pdf" in (strange.parent / "report" / "report.html").read_text(encoding="utf-8")


FREE: Sequence[Sequence[str]] = (
    *(["build", "X"], ["check", "X"], ["release", "X"], ["new", "X", "y"], ["new", "quiz", "X"], ["schema", "X"]),
    *(["build", quiz.NAME, "--press", "X"], ["preflight", "f.pdf", "--press", "X"], ["archive", "search", "X"]),
    *(["archive", "search", "市", "--year", "X"], ["archive", "search", "市", "--kind", "X"]),
    *(["archive", "search", "市", "--department", "X"], ["archive", "site", "--url", "X"], ["archive", "show", "X"]),
    *(["archive", "compare", "X", "y"], ["archive", "add", "X"], ["archive", "verify", "X"]),
    *(
        ["archive", "ingest", "f.pdf", f"--{key}", "X"]
        for key in ("number", "date", "title", "kind", "name", "revision")
    ),
)


@pytest.mark.parametrize("words", FREE, ids=" ".join)
def test_words_that_are_no_text_are_refused(
    words: Sequence[str], small: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from koho_pdf.cli.main import main

    monkeypatch.chdir(small)
    for odd in ("a\nb", "\x1b[31m", SHIFT_JIS, "\u202e", "\ufffe"):
        with pytest.raises(SystemExit) as ended:
            main([odd if word == "X" else word for word in words])
        assert ended.value.code == 64
        told = capfd.readouterr().err
        assert "(usage)" in told
        assert odd not in told


def test_a_temporary_folder_that_is_full_is_never_the_fault_of_the_pdf(small: Path, strange: Path) -> None:
    """The limit for the size of a file is reached before the PDF is copied, and while its plates are drawn."""
    for blocks in (1, 64):
        done = in_shell(f'ulimit -f {blocks}; koho preflight "$FILE"', small, FILE=str(strange))
        assert done.returncode == 5, done.stderr.decode()
        assert b"(not-written)" in done.stderr


def test_a_temporary_folder_that_is_not_there(small: Path, strange: Path, tmp_path: Path) -> None:
    """Python then takes another folder. Ghostscript must take it too, or it would stop and blame the PDF."""
    done = in_shell('koho preflight "$FILE"', small, FILE=str(strange), TMPDIR=str(tmp_path / "nothing"))
    assert done.returncode == 4
    assert b"(plates-" not in done.stderr
    assert b"(ink-not-in-job)" in done.stderr


def test_a_cache_that_is_no_whole_path_is_not_used(
    small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """XDG Base Directory: a path that is relative is ignored."""
    folders = Folders(small)
    monkeypatch.setenv("HOME", str(tmp_path))
    for said in ("cache", "", "./cache", "~/cache"):
        monkeypatch.setenv("XDG_CACHE_HOME", said)
        assert folders.cache == tmp_path / ".cache" / "koho-pdf"
    monkeypatch.setenv("HOME", "home")
    assert folders.cache == Path(gettempdir()) / "koho-pdf"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert folders.cache == tmp_path / "cache" / "koho-pdf"


def test_a_workspace_whose_name_is_no_utf_8_is_told(small: Path, koho: Koho) -> None:
    """Profiles, fonts and pages are opened by programs that know files by UTF-8 only."""
    moved = small.rename(small.parent / SHIFT_JIS)
    done = koho("-C", str(moved), "layouts")
    assert done.returncode == 64
    assert "(no-workspace)" in done.stderr
    assert "表紙" in done.stderr


LEAVE = """
import atexit, sys
from koho_pdf.cli import main as cli
class Held:
    def __del__(self): print("taken apart")
def done(said):
    atexit.register(lambda: sys.stdout.write("left in order"))
    return 3
held, cli._done = Held(), done
cli.main()
"""


def test_a_command_does_what_is_to_be_done_at_its_end_and_takes_nothing_apart() -> None:
    ran = subprocess.run([sys.executable, "-c", LEAVE], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (3, "left in order", "")
