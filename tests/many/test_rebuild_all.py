"""``koho archive rebuild --all``: every bag made again, here and on a cluster."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import cloudpickle
import pytest
from tests.conftest import Koho, swap
from tests.kinds import quiz
from tests.many.test_cluster import Cluster, wait_until

from koho_pdf.archive.bags.bag import bagged, held
from koho_pdf.archive.bags.record import Record, described, record_bytes
from koho_pdf.archive.keeping import kept_issues
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.many.remaking import Again, Bag, make_again, rebuild_all, travelling
from koho_pdf.many.results import Outcome
from koho_pdf.platform.folders import write_once

REPOSITORY = Path(__file__).parents[2]
OLD = "koho-0812"
ALL = ("archive", "rebuild", "--all", "--processes", "1")
APRIL, MAY = "2013-04", "2013-05"
COMMAND = [sys.executable, "-c", "from koho_pdf.cli.main import main; main()", "archive", "rebuild", "--all"]


@pytest.fixture(scope="module")
def kept(koho: Koho, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but an archive: two small issues and an old PDF."""
    root = tmp_path_factory.mktemp("kept")
    paper = "printing:\n  paper: マットコート紙 四六判110kg\n"
    quiz.make(root, quiz.MANUSCRIPT + paper).rename(root / "content" / APRIL)
    shutil.copytree(root / "content" / APRIL, root / "content" / MAY)
    swap(root / "content" / MAY / "issue.yaml", "夕日, オーロラ", "朝日, オーロラ")
    for name in (APRIL, MAY):
        done = koho("-C", str(root), "release", name)
        assert done.returncode == 0, done.stderr
        assert koho("-C", str(root), "archive", "add", name).returncode == 0
    day = CalendarDate.parse("2010-04-01").day
    old = {"record.json": record_bytes(Record(OLD, 812, day, "第812号", "koho", (), 1)), "original.pdf": b"%PDF"}
    write_once(bagged(old, described(OLD, "第812号", "2010-04-01")), root / "archive" / OLD)
    alone = tmp_path_factory.mktemp("alone")
    shutil.move(root / "archive", alone / "archive")
    shutil.rmtree(root)
    return alone


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path / "elsewhere")
    yield made
    made.end()


def identical(folder: Path, name: str) -> str:
    return f"{name}\t同一です（{len(held(folder / 'archive' / name / 'data'))}ファイル）"


def test_each_is_told_and_what_is_known_is_left_alone(kept: Path, koho: Koho, tmp_path: Path) -> None:
    def all_again(*more: str) -> tuple[int, list[str]]:
        done = koho(*ALL, *more, folder=kept, cache=tmp_path)
        assert "Traceback" not in done.stderr
        return done.returncode, sorted(done.stdout.splitlines())

    names = (APRIL, MAY)
    old = f"{OLD}\t原稿のない昔のPDFです"
    same = [identical(kept, name) for name in names]
    place = tmp_path / "made"
    assert all_again("--out", str(place)) == (0, [*same, old])
    for name in names:
        assert held(place / name) == held(kept / "archive" / name / "data")
    assert all_again() == (0, [*(f"{name}\t変わっていません" for name in names), old])
    one = koho("archive", "rebuild", MAY, folder=kept)
    assert one.stdout == f"{same[1]}\n", "named, it is always made again"


def test_a_damaged_bag_stops_no_other_and_one_that_differs_is_told(kept: Path, koho: Koho, tmp_path: Path) -> None:
    shutil.copytree(kept / "archive", tmp_path / "archive")
    payload = held(kept / "archive" / MAY / "data")
    payload["text/more.txt"] = b"?"
    for name in (MAY, APRIL):
        shutil.rmtree(tmp_path / "archive" / name)
    write_once(bagged(payload, described(MAY, "x", "2013-04-01")), tmp_path / "archive" / MAY)
    damaged = tmp_path / "archive" / OLD / "data" / "original.pdf"
    damaged.write_bytes(bytes([damaged.read_bytes()[0] ^ 1]) + damaged.read_bytes()[1:])
    done = koho(*ALL, folder=tmp_path, cache=tmp_path)
    assert done.returncode == 5
    lines = done.stdout.splitlines()
    assert lines[0] == f"{OLD}\t作り直せません\t終了コード 5"
    assert "data/original.pdf" in done.stderr
    at = lines.index(f"{MAY}\t1ファイルが、しまったものと同じではありません。")
    assert lines[at + 1] == "  text/more.txt\tできなくなりました"


def test_what_is_known_is_known_of_this_bag_and_this_software(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def run(bags: Sequence[Bag]) -> Generator[tuple[Bag, Again | None], None, None]:
        for bag in bags:
            asked.append(bag.name)
            yield bag, Again(Outcome.IDENTICAL if bag.name == MAY else Outcome.DIFFERENT)

    def made(archive: Path) -> list[str]:
        asked.clear()
        bags = [Bag(name) for name in kept_issues(archive)]
        list(rebuild_all(archive, bags, tmp_path / "known", tmp_path / "out", run))
        return list(asked)

    archive = tmp_path / "archive"
    shutil.copytree(kept / "archive", archive)
    others = [APRIL, OLD]
    assert made(archive) == [APRIL, MAY, OLD]
    assert made(archive) == others, "what differed is made again"
    with monkeypatch.context() as patch:
        patch.setattr("koho_pdf.many.remaking.versions", lambda: {"weasyprint": "71.0"})
        assert MAY in made(archive)
    assert made(archive) == others
    payload = held(archive / MAY / "data")
    shutil.rmtree(archive / MAY)
    write_once(bagged({**payload, "a": b""}, described(MAY, "x", "2013-04-01")), archive / MAY)
    assert MAY in made(archive)
    shutil.rmtree(tmp_path / "known")
    assert MAY in made(archive)
    swap(archive / MAY / "bag-info.txt", "x", "y")
    assert made(archive) == others, "a damaged bag is not even tried"


@pytest.mark.parametrize(
    "arguments",
    [[], [MAY, "--all"], [MAY, "--processes", "2"], ["--scheduler", "tcp://127.0.0.1:1"], ["--processes", "2"]],
)
def test_called_wrongly(kept: Path, koho: Koho, arguments: list[str]) -> None:
    done = koho("archive", "rebuild", *arguments, folder=kept)
    assert (done.returncode, done.stdout) == (64, "")
    assert "koho archive rebuild --help" in done.stderr


def test_on_a_cluster_one_worker_killed_in_the_middle(kept: Path, cluster: Cluster) -> None:
    doomed, _ = cluster.worker(), cluster.worker()
    running = subprocess.Popen(
        [*COMMAND, "--scheduler", cluster.address],
        cwd=kept,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "XDG_CACHE_HOME": str(cluster.folder / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    wait_until(lambda: list(cluster.folder.glob("worker-1/**/manifest-sha256.txt")))
    os.kill(doomed.pid, signal.SIGKILL)
    told, findings = running.communicate(timeout=100)
    assert (running.returncode, findings) == (0, "")
    same = [identical(kept, name) for name in (APRIL, MAY)]
    assert sorted(told.splitlines()) == [*same, f"{OLD}\t原稿のない昔のPDFです"]
    assert not list(cluster.folder.glob("worker-2/**/manifest-sha256.txt")), "the worker that lived keeps no bag"


def test_what_travels_names_no_folder_of_ours(kept: Path) -> None:
    sent = cloudpickle.dumps((make_again, Bag(MAY), travelling(kept / "archive", Bag(MAY))))
    assert str(kept).encode() not in sent
    assert str(REPOSITORY).encode() not in sent
