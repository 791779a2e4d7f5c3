"""The program ``koho`` standing by: a process that has imported all that the commands import, and forks for each call.

A command started in this way is a process of its own (its own folder, environment, output and exit code). It saves a
second in which Python imports its rooms and the engine, another second in which the first build of a process reads
fonts, kinds and templates, and the process that reads the finished PDF. Tests of things that depend on the start of
Python (locale, hash seed, closed streams, imports of a command) start the program itself: ``koho`` with an
environment.

This file is run as a script of its own too, for the process that stands by.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_BUILDING = frozenset(("build", "release", "rebuild", "try"))
SECONDS = 300  # a machine may be busy


class Standby:
    """Starts the process that stands by when the first command is asked for. Before the first command that builds,
    that process releases the issue in ``first``, so that it has read what every build needs."""

    def __init__(self, first: Path) -> None:
        self._first = first
        self._process: subprocess.Popen[bytes] | None = None

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """As ``subprocess.run`` with its output in UTF-8; raises TimeoutExpired."""
        if self._process is None:
            self._start(environment)
        assert self._process
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
            asked = json.dumps([[*arguments], str(folder), {**environment}]).encode()
            socket.send_fds(self._line, [asked], [said.fileno(), told.fileno()])
            try:
                answer = self._line.recv(64)
                code = int(answer)
            except (TimeoutError, ValueError):
                self.end()
                raise subprocess.TimeoutExpired(["koho", *arguments], SECONDS) from None
            outputs = []
            for file in (said, told):
                file.seek(0)
                outputs.append(file.read().decode("utf-8"))
        return subprocess.CompletedProcess(["koho", *arguments], code, *outputs)

    def _start(self, environment: Mapping[str, str]) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.settimeout(SECONDS)
        self._process = subprocess.Popen(
            # As ``python -c``, so that what a command starts with ``spawn`` imports nothing of the tests.
            [sys.executable, "-c", Path(__file__).read_text(encoding="utf-8"), str(self._first), str(theirs.fileno())],
            env={**environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()

    def end(self) -> None:
        """Ends the process that stands by, and all that it has started."""
        if self._process:
            self._line.close()
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def stand_by(line: socket.socket, first: Path) -> None:
    """Imports the modules of the commands, then forks for each command that comes on ``line``, one after the other."""
    from koho_pdf import archive, pipeline  # noqa: F401
    from koho_pdf.cli import main as cli  # noqa: F401
    from koho_pdf.composition.engine.pages import _with_seams
    from koho_pdf.editions import papers
    from koho_pdf.platform import folders  # noqa: F401
    from koho_pdf.release import rebuilding, releasing  # noqa: F401
    from koho_pdf.workspace import beginning  # noqa: F401

    _with_seams()
    vars(papers)["read_facts"] = _read_here
    warm = False
    while True:
        asked, files, _, _ = socket.recv_fds(line, 1 << 20, 2)
        if not asked:
            return
        arguments, folder, environment = json.loads(asked)
        if not warm and _BUILDING & {*arguments}:
            _build(first)
            warm = True
        child = os.fork()
        if child == 0:
            line.close()
            _be_koho(arguments, folder, environment, files)
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())


def _read_here(pdf: bytes, **_: bool) -> object:
    """As ``preflight.pdf.reading.read_facts``: starting a process takes longer than reading a small file."""
    from koho_pdf.errors import PreflightError
    from koho_pdf.preflight.pdf.reading import _REFUSALS, read_here

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        found = read_here(Path(file.name))
    if isinstance(found, str):
        raise PreflightError(_REFUSALS[found]())
    return found


def _build(issue: Path) -> None:
    from koho_pdf.release.releasing import release
    from koho_pdf.workspace.workspace import open_workspace

    release(issue, open_workspace(issue.parents[1]))
    gc.freeze()


def _be_koho(arguments: list[str], folder: str, environment: dict[str, str], files: list[int]) -> None:
    from koho_pdf.cli import main as cli

    code: object = 1
    try:
        for at, file in enumerate(files, 1):
            os.dup2(file, at)
            os.close(file)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv[1:] = arguments
        cli.main()
    except SystemExit as ended:
        code = ended.code
    except Exception:  # noqa: BLE001 (as Python does with what nobody caught)
        traceback.print_exc()
    finally:  # as Python ends: threads, functions to call at the end, output that is not written yet
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    line = socket.socket(fileno=int(sys.argv.pop()))
    stand_by(line, Path(sys.argv.pop()))
