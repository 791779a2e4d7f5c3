"""A real Dask cluster on loopback: its own processes, homes and disks; workers killed, foreign, absent."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cloudpickle
import pytest
from tests.conftest import Koho, sums, swap
from tests.kinds import brochure
from tests.standby import SECONDS

from koho_pdf.many.cluster import Answer, Ground, whole
from koho_pdf.many.made_from import Sources
from koho_pdf.many.making import Task, make
from koho_pdf.workspace.workspace import open_workspace

REPOSITORY = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from koho_pdf.cli.main import main; main()", "build", "--all"]


class Cluster:
    """A scheduler and its workers, each a process that starts in a folder of its own and knows no other."""

    def __init__(self, folder: Path, source: Path = REPOSITORY / "src") -> None:
        self.folder = folder
        self.source = source
        self.running: list[subprocess.Popen[bytes]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-jupyter")

    def start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        home = self.folder / f"{kind}-{len(self.running)}"
        home.mkdir(parents=True)
        place = ["--local-directory", str(home)] if kind == "worker" else []
        with (home / "log").open("wb") as log:
            self.running.append(
                subprocess.Popen(
                    [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments, *place, "--no-dashboard"],
                    cwd=home,
                    env={"PATH": os.environ["PATH"], "PYTHONPATH": str(self.source), "HOME": str(home)},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            )
        return self.running[-1]

    def worker(self) -> subprocess.Popen[bytes]:
        """One more worker, which is never started again; returns when the scheduler knows it."""
        number = len(self.running)
        started = self.start("worker", self.address, "--nthreads", "1", "--no-nanny")
        log = self.folder / f"worker-{number}" / "log"
        wait_until(lambda: b"Registered to" in log.read_bytes())
        return started

    def jobs(self) -> set[str]:
        """The workers that are making an issue now, by the folder in which they keep it."""
        return {path.relative_to(self.folder).parts[0] for path in self.folder.glob("worker-*/**/content/*")}

    def grounds(self) -> list[Path]:
        return list(self.folder.glob("worker-*/**/koho.yaml"))

    def end(self) -> None:
        for process in reversed(self.running):
            process.kill()
            process.wait()


def wait_until(true: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    made = Cluster(tmp_path / "elsewhere")
    yield made
    made.end()


@pytest.fixture
def many(tiny: Path) -> Path:
    """A workspace of two small issues, and one with a mistake."""
    content = tiny / "content"
    for folder in content.iterdir():
        if folder.name != "tiny":
            shutil.rmtree(folder)
    for name in ("another", "bad"):
        shutil.copytree(content / "tiny", content / name)
    swap(content / "bad" / "issue.yaml", "title: ", "titel: ")
    return tiny


@pytest.fixture
def photographs(many: Path) -> Path:
    """The same with an issue that has photographs, and takes so long that a worker can be killed at it."""
    issue = many / "content" / "with-photographs"
    issue.mkdir()
    (issue / "issue.yaml").write_text(brochure.MANUSCRIPT, encoding="utf-8")
    for chapter in range(3):
        brochure.with_photo(issue, chapter=chapter, file=f"photos/{chapter}.jpg")
    return many


def started(many: Path, cluster: Cluster) -> subprocess.Popen[str]:
    """The build of all issues for print on the cluster, while it runs."""
    return subprocess.Popen(
        [*COMMAND, "--edition", "print", "--scheduler", cluster.address],
        cwd=many,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_one_worker_killed_in_the_middle_the_bytes_are_those_made_here(
    photographs: Path, cluster: Cluster, koho: Koho
) -> None:
    many = photographs
    local = koho("build", "--all", "--edition", "print", "--processes", "1", folder=many)
    here = sums(many / "out")
    shutil.rmtree(many / "out")
    doomed, _ = cluster.worker(), cluster.worker()

    running = started(many, cluster)
    wait_until(lambda: "worker-1" in cluster.jobs())
    os.kill(doomed.pid, signal.SIGKILL)
    told, findings = running.communicate(timeout=SECONDS)

    assert running.returncode == local.returncode == 2
    assert sorted(told.splitlines()) == sorted(local.stdout.splitlines())
    assert sorted(findings.splitlines()) == sorted(local.stderr.splitlines())
    assert sums(many / "out") == here
    assert "with-photographs/print.pdf" in here
    assert {path.relative_to(cluster.folder).parts[0] for path in cluster.grounds()} <= {"worker-1"}, (
        "the worker that lived keeps nothing of ours"
    )
    assert cluster.jobs() <= {"worker-1"}


def test_a_scheduler_that_dies_in_the_middle_leaves_only_whole_issues(many: Path, cluster: Cluster) -> None:
    cluster.worker()
    running = started(many, cluster)
    assert running.stdout is not None
    first = running.stdout.readline()
    cluster.scheduler.kill()
    told, findings = running.communicate(timeout=SECONDS)
    assert running.returncode == 64
    assert "(cluster-unreachable)" in findings
    assert "Traceback" not in findings
    done = [line.partition("\t")[0] for line in [first, *told.splitlines()] if "組みました" in line]
    assert sorted(path.name for path in (many / "out").glob("*")) == sorted(done)


def test_what_travels_names_no_folder_of_ours(photographs: Path) -> None:
    many = photographs
    opened = open_workspace(many)
    sources = Sources(opened)
    for name in sources.issues():
        task = Task(name)
        assert str(many).encode() not in cloudpickle.dumps((task, *sources.own(task)))
    ground = cloudpickle.dumps(Ground(make, sources.shared()))
    assert str(many).encode() not in ground
    assert str(REPOSITORY).encode() not in ground


def test_a_cluster_without_workers(many: Path, cluster: Cluster, koho: Koho) -> None:
    wait_until(lambda: b"Scheduler at" in (cluster.folder / "scheduler-0" / "log").read_bytes())
    done = koho("build", "--all", "--scheduler", cluster.address, folder=many)
    assert (done.returncode, done.stdout) == (64, "")
    assert "(cluster-without-workers)" in done.stderr


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://"])
def test_a_scheduler_that_is_not_there(many: Path, koho: Koho, address: str) -> None:
    done = koho("build", "--all", "--scheduler", address, folder=many)
    assert (done.returncode, done.stdout) == (64, "")
    assert "(cluster-unreachable)" in done.stderr
    assert len(done.stderr.splitlines()) == 2, "and nothing of Dask's own words"
    assert not (many / "out").exists()


@pytest.mark.parametrize("other", ["older", "none"])
def test_a_worker_with_other_software_is_refused(many: Path, koho: Koho, tmp_path: Path, other: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    if other == "older":
        shutil.copytree(REPOSITORY / "src" / "koho_pdf", source / "koho_pdf")
        with (source / "koho_pdf" / "geometry.py").open("a") as file:
            file.write("\n")
    else:
        (source / "koho_pdf.py").write_text("raise ImportError")  # wherever else the machine has it
    cluster = Cluster(tmp_path / "elsewhere", source)
    try:
        cluster.worker()
        done = koho("build", "--all", "--scheduler", cluster.address, folder=many)
    finally:
        cluster.end()
    assert (done.returncode, done.stdout) == (64, "")
    assert "koho-pdf" in done.stderr, done.stderr
    assert "(cluster-different)" in done.stderr
    assert not (many / "out").exists()


def test_without_dask(many: Path, koho: Koho, tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError")
    done = koho(
        "build",
        "--all",
        "--scheduler",
        "tcp://127.0.0.1:1",
        folder=many,
        environment={"PYTHONPATH": f"{tmp_path}{os.pathsep}{REPOSITORY / 'src'}"},
    )
    assert done.returncode == 64
    assert "(cluster-not-installed)" in done.stderr


def test_a_result_that_was_damaged_is_known(many: Path) -> None:
    content = pickle.dumps("pages")
    answer = Answer(content, hashlib.sha256(content).hexdigest())
    assert whole(answer)
    assert not whole(replace(answer, content=content[:-1] + b"!"))
