"""How fast many leaflets are built: one process, one a core, and a Dask cluster of as many workers. Prints a table.

    python -m bench.many [number of leaflets: 200]

Every leaflet is the sample with other words. Every row is the whole command in a process of its own, wall clock and
the CPU seconds of it and all its children; a cluster's workers are warm (their processes run, nothing is made yet).
Every row's files are compared with the first's, byte for byte. "One core": the same with one processor only, so that
the programs that inspect a print PDF beside its making stand in the same row as the rest of the work.
"""

from __future__ import annotations

import hashlib
import os
import platform
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEAFLET = ROOT / "content" / "2013-policy-leaflet" / "issue.yaml"
KOHO = [sys.executable, "-c", "from koho_pdf.cli.main import main; main()"]
CORES = sorted(os.sched_getaffinity(0))[:2]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")])),
}


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory(prefix="bench-many-") as scratch:
        ENVIRONMENT["XDG_CACHE_HOME"] = f"{scratch}/cache"
        city = Path(scratch) / "city"
        names = furnish(city, number)
        measured([*KOHO, "-C", str(city), "build", names[0]], city)  # the caches are warm for all
        every = [*KOHO, "-C", str(city), "build", "--all"]
        rows = [
            ("`koho build --all --processes 1`, one core", *measured([*every, "--processes", "1"], city, CORES[:1])),
            (
                "`koho build` of all names in turn, two cores",
                *measured([*KOHO, "-C", str(city), "build", *names], city),
            ),
            ("`koho build --all`, two cores", *measured(every, city)),
        ]
        unchanged = measured(every, city, anew=False)
        with cluster(Path(scratch), len(CORES)) as address:
            rows.append(("Dask, two workers of one thread", *measured([*every, "--scheduler", address], city)))
        cold = measured([*KOHO, "-C", str(city), "build", names[0]], city)[0]
    if len({row[3] for row in rows}) != 1:
        raise SystemExit("not the same bytes everywhere")
    print(document(number, rows, unchanged[0], cold))


def furnish(city: Path, number: int) -> list[str]:
    """A workspace of so many leaflets; returns their names."""
    city.mkdir()
    shutil.copy(ROOT / "koho.yaml", city)
    for name in ("fonts", "layouts", "press"):
        (city / name).symlink_to(ROOT / name)
    text = LEAFLET.read_text(encoding="utf-8")
    for each in range(number):
        folder = city / "content" / f"leaflet-{each:03}"
        folder.mkdir(parents=True)
        changed = text.replace("市政", "市政" if each % 2 else "行政").replace(
            "平成25年度", f"平成{20 + each % 10}年度"
        )
        (folder / "issue.yaml").write_text(changed, encoding="utf-8")
    return sorted(path.name for path in (city / "content").iterdir())


def measured(
    command: Sequence[str], city: Path, cores: Sequence[int] = CORES, anew: bool = True
) -> tuple[float, float, str]:
    """Wall and CPU seconds of a command that builds all, and one sum over what it made."""
    if anew:
        shutil.rmtree(city / "out", ignore_errors=True)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        list(command),
        env=ENVIRONMENT,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"failed: {done.stderr.decode()[-500:]}")
    total = hashlib.sha256()
    for path in sorted(path for path in (city / "out").rglob("*") if path.is_file() and path.name != ".made.json"):
        total.update(path.relative_to(city).as_posix().encode() + path.read_bytes())
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, cpu, total.hexdigest()


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler and workers of one thread, each a process; gives the address when all workers are there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    serve = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    work = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1"]
    started = []
    try:
        for number, command in enumerate([[*serve, "--no-jupyter"], *[work] * workers]):
            place = folder / f"dask-{number}"
            place.mkdir()
            kept = ["--local-directory", str(place), "--no-nanny"] if number else []
            with (place / "log").open("wb") as log:
                command = [*command, *kept, "--no-dashboard"]
                started.append(subprocess.Popen(command, env=ENVIRONMENT, cwd=place, stdout=log, stderr=log))
        while any(
            b"Registered to" not in (folder / f"dask-{each + 1}" / "log").read_bytes() for each in range(workers)
        ):
            time.sleep(0.1)
        yield address
    finally:
        for process in started:
            process.kill()
            process.wait()


def document(number: int, rows: Sequence[tuple[str, float, float, str]], unchanged: float, cold: float) -> str:
    alone = rows[0][1]
    table = "\n".join(
        f"| {name} | {wall:.1f} s | {number / wall:.2f} | {alone / wall:.2f} | "
        + (f"{cpu:.1f} s |" if "Dask" not in name else "in the workers |")
        for name, wall, cpu, _ in rows
    )
    apart = rows[3][1] / rows[2][1] - 1
    return f"""{number} leaflets, every edition, the print PDF inspected on its plates.
Python {platform.python_version()}, {os.cpu_count()} cores.

| | wall clock | leaflets a second | times one process on one core | CPU |
|---|---|---|---|---|
{table}

The same bytes in every row. Dask against two local processes: {apart:+.0%} (bar: 15 %).
Two local processes against one: {alone / rows[2][1]:.2f} (bar: 1.8).
`koho build --all` again with nothing changed: {unchanged:.1f} s.
A warm worker takes {rows[0][1] / number:.2f} s for a leaflet on its core;
a process begun for one leaflet {cold:.2f} s on two."""


if __name__ == "__main__":
    main()
