"""Warm processes: every task is done, whatever becomes of the process that does it."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from koho_pdf.many.workers import run


def named(task: str) -> tuple[str, int]:
    return task.upper(), os.getpid()


def die_once(task: str) -> str:
    """The task ``!<file>`` kills its worker unless the file is there already."""
    if task.startswith("!"):
        mark = Path(task[1:])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return task


def die(task: str) -> str:
    if task == "bad":
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def stumble(task: str) -> str:
    if task == "bad":
        raise ValueError(task)
    return task


def litter(task: str) -> str:
    Path(tempfile.mkdtemp(), "left.txt").write_text(task)
    return tempfile.gettempdir()


def sleep(task: float) -> float:
    time.sleep(task)
    return task


def left_over() -> set[int | None]:
    """Workers that run still, but for those that another test left in this process."""
    return {each.pid for each in active_children()} - BEFORE


BEFORE: set[int | None] = set()


@pytest.fixture(autouse=True)
def _others() -> None:
    BEFORE.clear()
    BEFORE.update(each.pid for each in active_children())


def test_every_task_is_done_by_as_few_processes_as_asked() -> None:
    done = dict(run(named, ["a", "b", "c", "d", "e"], 2))
    assert {task: result and result[0] for task, result in done.items()} == {each: each.upper() for each in "abcde"}
    assert 1 <= len({result[1] for result in done.values() if result}) <= 2
    assert left_over() == set()


def test_no_task_no_process() -> None:
    assert list(run(named, [], 4)) == []


def test_a_killed_worker_costs_only_its_time(tmp_path: Path) -> None:
    tasks = ["a", f"!{tmp_path / 'mark'}", "b", "c"]
    assert sorted(run(die_once, tasks, 2)) == sorted((task, task) for task in tasks)


@pytest.mark.parametrize("work", [die, stumble])
def test_a_task_that_takes_its_worker_with_it_is_given_up(work: object, capfd: pytest.CaptureFixture[str]) -> None:
    assert callable(work)
    assert sorted(run(work, ["a", "bad", "b", "c"], 2)) == [("a", "a"), ("b", "b"), ("bad", None), ("c", "c")]
    assert left_over() == set()


def test_the_same_task_twice_is_done_twice() -> None:
    assert list(run(die, ["a", "a"], 1)) == [("a", "a"), ("a", "a")]


def test_nothing_of_a_worker_is_left_on_the_disk() -> None:
    folders = {folder for _, folder in run(litter, ["a", "b"], 1)}
    assert folders
    assert not any(Path(folder).exists() for folder in folders if folder)


def test_closing_ends_every_worker_at_once() -> None:
    running = run(sleep, [0.0, 60.0, 60.0], 2)
    assert next(running) == (0.0, 0.0)
    before = time.monotonic()
    running.close()
    assert time.monotonic() - before < 4
    assert left_over() == set()
