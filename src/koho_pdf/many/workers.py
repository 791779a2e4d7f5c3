"""Processes that stay warm: one a core, each doing one task after another, none able to take the others down."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_LAST_SECONDS = 5  # seconds that a worker has to stop when it is told to end
_DEATHS = 2  # a task of which this many workers died is not tried again


def cores() -> int:
    """How many processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(work: Callable[[T], R], tasks: Sequence[T], processes: int) -> Generator[tuple[T, R | None], None, None]:
    """Each task with its result, in the order in which they finish; None if two workers died of it.

    ``work`` is a function of a module, ``tasks`` and results can be pickled. If a worker is killed, another one does
    its task again. Closing the iterator, or an interruption, ends every worker.
    """
    waiting = deque(tasks)
    deaths: dict[int, int] = {}
    with tempfile.TemporaryDirectory(prefix="koho-many-", ignore_cleanup_errors=True) as scratch:
        busy: dict[Connection, _Worker[T, R]] = {}
        try:
            while waiting or busy:
                while waiting and len(busy) < processes:
                    worker = _Worker(work, scratch)
                    busy[worker.line] = worker
                    worker.give(waiting.popleft())
                for line in wait(list(busy)):
                    assert isinstance(line, Connection)
                    worker = busy[line]
                    task = worker.task
                    try:
                        done: R | None = line.recv()
                    except (EOFError, OSError):
                        del busy[line]
                        worker.end()
                        deaths[id(task)] = deaths.get(id(task), 0) + 1
                        if deaths[id(task)] < _DEATHS:
                            waiting.appendleft(task)
                            continue
                        done = None
                    else:
                        if waiting:  # before its result is used
                            worker.give(waiting.popleft())
                        else:
                            del busy[line]
                            worker.end()
                    yield task, done
        finally:
            for worker in busy.values():
                worker.process.terminate()
            for worker in busy.values():
                worker.end()


class _Worker(Generic[T, R]):
    """A process, the line to it, and the task it is at."""

    task: T

    def __init__(self, work: Callable[[T], R], scratch: str) -> None:
        context = get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work, scratch))
        with _uninterrupted():  # it inherits this: Ctrl-C reaches us, and we end it
            self.process.start()
        theirs.close()

    def give(self, task: T) -> None:
        self.task = task
        with suppress(BrokenPipeError):  # it is dead; reading from its line will show that
            self.line.send(task)

    def end(self) -> None:
        """No more tasks: it ends by itself, or is ended."""
        self.line.close()
        self.process.join(_LAST_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _serve(line: Connection, work: Callable[[T], R], scratch: str) -> None:
    """What a worker does until its line is closed."""
    gc.set_threshold(1_000_000)  # as ``cli.main``; pages are cycles, and go after each task: 350 MB at most, not 700
    tempfile.tempdir = scratch  # so that what a killed worker leaves is removed with the folder
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            task = line.recv()
            signal.signal(signal.SIGTERM, lambda number, frame: sys.exit())  # its own processes end with it
            made = work(task)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)  # an exception would be lost while objects are destroyed
            line.send(made)
            del made
            gc.collect()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    resource_tracker.ensure_running()  # multiprocessing would start it now, with interruptions allowed
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
