"""Dask's only door: the same tasks on a Dask cluster, whose workers share no disk with us and none with each other.

What all tasks share (fonts, layouts, the city) goes to every worker once, as a plugin: a worker that comes late or
comes back gets it too. An issue's own folder travels with its task, as bytes. A worker keeps both below its own local
directory as long as they are needed, and results come back whole, with their SHA-256.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import pickle
import shutil
import tempfile
import warnings
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from distributed import Client, Future, Worker, WorkerPlugin, get_worker, wait
from distributed.comm.core import CommClosedError

from koho_pdf.errors import UsageError
from koho_pdf.findings import Finding, error
from koho_pdf.release.versions import versions

T = TypeVar("T")
R = TypeVar("R")

_CONNECT_SECONDS = 5
_WORKER_SECONDS = 60  # seconds without a worker: a killed one is started again within a few
_AHEAD = 2  # tasks for each thread of the cluster: one at work, one waiting
_TRIES = 2  # tries for a result that did not arrive as it was sent
_ALONE = Lock()  # composition is one at a time in a process: fontconfig reads the process's environment


class Ground(WorkerPlugin, Generic[T, R]):
    """Gives every worker what all tasks of a run need: the shared files in a folder, and the function that works."""

    def __init__(self, work: Callable[[Path, T], R], files: Mapping[str, bytes]) -> None:
        self.work = work
        self.software = dict(versions())
        self._files = dict(files)
        self.different: tuple[str, ...] = ()
        self.root: Path | None = None

    def setup(self, worker: Worker) -> None:
        """Called by Dask where the plugin arrives."""
        self.different = _other_than(self.software)
        if not self.different:
            self.root = Path(tempfile.mkdtemp(prefix="koho-", dir=worker.local_directory))
            _write(self._files, self.root)
        self._files = {}

    def teardown(self, worker: Worker) -> None:
        """Called by Dask when the run, or the worker, ends."""
        if self.root:
            shutil.rmtree(self.root, ignore_errors=True)


def _other_than(theirs: Mapping[str, str]) -> tuple[str, ...]:
    """The names of software that is different here."""
    ours = versions()
    return tuple(name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker sends: a pickled result with its SHA-256, or the names of software that is different there."""

    content: bytes = b""
    sha256: str = ""
    different: tuple[str, ...] = ()


def run(
    address: str,
    work: Callable[[Path, T], R],
    tasks: Sequence[T],
    shared: Mapping[str, bytes],
    own: Callable[[T], tuple[str, Mapping[str, bytes]]],
) -> Generator[tuple[T, R | None], None, None]:
    """Each task with its result, in the order in which they finish; None if its worker died every time. ``work`` is
    given a folder that holds the ``shared`` files (by path); ``own`` names the folder and the files of one task. Dask
    decides how many workers may die of a task (``distributed.scheduler.allowed-failures``).

    Raises UsageError: ``cluster-unreachable``, ``cluster-without-workers``, ``cluster-different`` where a worker's
    software is not ours.
    """
    if not tasks:
        return
    with _connected(address) as client:
        name = f"koho-{client.id}"
        try:
            client.wait_for_workers(1, _CONNECT_SECONDS)
        except TimeoutError as fault:
            raise UsageError(_without_workers(address)) from fault
        _look_for_us(client)
        try:
            client.register_plugin(Ground(work, shared), name)
            yield from _results(client, address, name, tasks, own)
        except (CancelledError, CommClosedError) as fault:
            raise UsageError(_unreachable(address)) from fault
        finally:
            with suppress(OSError, ValueError):  # the scheduler may be gone
                client.unregister_worker_plugin(name)


def _look_for_us(client: Client) -> None:
    """Check that every worker can import this module; otherwise it could not even tell us what is wrong."""
    try:
        found = client.run(find_spec, __name__).values()
    except ImportError:
        found = [None]
    if None in found:
        raise UsageError(_different(("koho-pdf",)))


def _results(
    client: Client, address: str, name: str, tasks: Sequence[T], own: Callable[[T], tuple[str, Mapping[str, bytes]]]
) -> Generator[tuple[T, R | None], None, None]:
    waiting = deque(tasks)
    running: dict[Future[Answer], T] = {}
    tries: Counter[int] = Counter()
    while waiting or running:
        threads = sum(client.nthreads().values())
        while waiting and len(running) < max(1, threads * _AHEAD):
            task = waiting.popleft()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a warning that a job is large: it carries all that it needs
                running[client.submit(_serve, name, task, *own(task), pure=False)] = task
        try:
            done = wait(list(running), _WORKER_SECONDS, "FIRST_COMPLETED").done
        except TimeoutError:
            if not client.nthreads():
                raise UsageError(_without_workers(address)) from None
            continue
        for future in done:
            task = running.pop(future)
            if future.status == "error":
                yield task, None
                continue
            answer = future.result()  # of a scheduler that is gone: CancelledError
            future.release()
            if answer.different:
                raise UsageError(_different(answer.different))
            if whole(answer):
                made: R = pickle.loads(answer.content)  # noqa: S301 (our own work made it, on a cluster of ours)
                yield task, made
            elif (tries := tries + Counter([id(task)]))[id(task)] < _TRIES:
                waiting.append(task)
            else:
                yield task, None


def whole(answer: Answer) -> bool:
    """Whether a result arrived as the worker sent it."""
    return hashlib.sha256(answer.content).hexdigest() == answer.sha256


def _serve(name: str, task: T, folder: str, files: Mapping[str, bytes]) -> Answer:
    """What a worker does: it writes the task's files into a folder, works there, and removes them."""
    ground = get_worker().plugins.get(name)
    if not isinstance(ground, Ground) or ground.root is None:
        return Answer(different=getattr(ground, "different", ("koho-pdf",)))
    with _ALONE, _cache_in(ground.root / "cache"), _collected_after():
        try:
            _write({f"{folder}/{file}": content for file, content in files.items()}, ground.root)
            content = pickle.dumps(ground.work(ground.root, task), protocol=pickle.HIGHEST_PROTOCOL)
        finally:
            shutil.rmtree(ground.root / folder, ignore_errors=True)
    return Answer(content, hashlib.sha256(content).hexdigest())


def _write(files: Mapping[str, bytes], root: Path) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextmanager
def _cache_in(folder: Path) -> Iterator[None]:
    """Put the cache into the run's folder, so that it is removed when the run ends."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["XDG_CACHE_HOME"]
        else:
            os.environ["XDG_CACHE_HOME"] = before


@contextmanager
def _collected_after() -> Iterator[None]:
    """Collect cycles after the task and rarely during it, as ``workers`` does."""
    before = gc.get_threshold()
    gc.set_threshold(1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.collect()


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """A client of the scheduler. Dask's own messages are silenced, because our findings say the same."""
    for name in logging.root.manager.loggerDict:
        if name.startswith("distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about versions: ours are compared more closely
            client = Client(address, timeout=_CONNECT_SECONDS)
    except (OSError, ValueError) as fault:
        raise UsageError(_unreachable(address)) from fault
    try:
        yield client
    finally:
        client.close(timeout=_CONNECT_SECONDS)


def _unreachable(address: str) -> Finding:
    return error(
        "cluster-unreachable",
        f"Dask のスケジューラー {address} につながりません。",
        hint="アドレス（tcp://192.0.2.1:8786 の形）と、dask scheduler が動いていることを確かめてください。",
    )


def _without_workers(address: str) -> Finding:
    return error(
        "cluster-without-workers",
        f"Dask のスケジューラー {address} に、仕事をするワーカーがいません。",
        hint=f"dask worker {address} --nthreads 1 で、ワーカーを動かしてください。",
    )


def _different(names: Sequence[str]) -> Finding:
    return error(
        "cluster-different",
        f"ワーカーのソフトウェアが、ここと違います（{'・'.join(names)}）。同じものでないと、同じ紙面になりません。",
        hint="すべてのワーカーに、ここと同じ koho-pdf を、同じ requirements.lock から入れてください。",
    )
