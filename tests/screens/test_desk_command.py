"""``koho desk``: the start link on one line; a port that is taken, and parts that are missing, are told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.conftest import REPOSITORY, Koho
from tests.kinds import quiz


def test_it_prints_its_link_and_ends_with_ctrl_c(home: Path, tmp_path: Path) -> None:
    quiz.make(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    command = [sys.executable, "-c", "from koho_pdf.cli.main import main; main()", "desk", "--no-browser"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        link = started.stdout.readline().strip()
        assert link.startswith("http://127.0.0.1:")
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        assert "るもいクイズ" in opener.open(link, timeout=60).read().decode()
        started.send_signal(signal.SIGINT)
        assert started.stdout.read() == ""
        assert started.wait(60) == 130


def test_a_port_that_is_taken_is_told(koho: Koho, tmp_path: Path) -> None:
    quiz.make(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = koho("desk", "--no-browser", "--port", str(other.getsockname()[1]), folder=tmp_path)
    assert done.returncode == 64
    assert "(desk-port)" in done.stderr


def test_a_port_that_is_none_is_told(koho: Koho, tmp_path: Path) -> None:
    quiz.make(tmp_path)
    for port in ("80", "70000", "八千", "-1"):
        done = koho("desk", "--port", port, folder=tmp_path)
        assert done.returncode == 64, port
        assert "(usage)" in done.stderr


def test_missing_parts_are_told(koho: Koho, tmp_path: Path) -> None:
    quiz.make(tmp_path)
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "starlette.py").write_text("raise ImportError", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "hidden"), str(REPOSITORY / "src")])
    done = koho("desk", folder=tmp_path, environment={"PYTHONPATH": path})
    assert done.returncode == 64
    assert "(desk-not-installed)" in done.stderr
