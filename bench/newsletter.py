"""A newsletter: how long a build takes against plain WeasyPrint on the same HTML, in one run; and how much memory 24
pages take. Prints its part of docs/benchmarks.md.

Times are CPU seconds of whole processes, medians of runs taken in turn. Memory is what a build and every process that
it starts hold together, looked at 20 times a second, and never less than what the system says of the build itself.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.build import BINARIES, cpu_seconds
from bench.composition import cpu_seconds as composing
from bench.long_newsletter import long_newsletter
from koho_pdf.composition.fonts.faces import font_configuration, read_faces
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[1]
ISSUE = "2027-03-koho"
LAYOUT = "monthly"
RUNS = 5
PAGES = 24


def main() -> None:
    compileall.compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "galley.html"
        subprocess.run([sys.executable, "-m", "bench.newsletter", "--galley", str(page)], check=True, cwd=ROOT)
        rows = [
            (f"{name}", *compared(page, Path(scratch), fresh=fresh))
            for name, fresh in (("cold", True), ("warm", False))
        ]
        print(_document(rows, composed(page, Path(scratch)), memory(Path(scratch))))


def galley(page: Path) -> None:
    """Write the print edition's HTML, as ``koho build`` composes it."""
    from koho_pdf.editions.edition import Of
    from koho_pdf.layout.unpaged import Galley
    from koho_pdf.pipeline import build

    noted: list[str] = []
    usual = Of.compose

    def compose(of: Of, edition: str, galley: Galley) -> object:
        noted.append(galley.html)
        return usual(of, edition, galley)

    Of.compose = compose  # type: ignore[method-assign, assignment]
    build(ROOT / "content" / ISSUE, open_workspace(ROOT), ["print"])
    page.write_text(noted[0], encoding="utf-8")


def compared(page: Path, scratch: Path, *, fresh: bool) -> tuple[float, float]:
    """The medians of ``koho build`` and of plain WeasyPrint, in CPU seconds, with empty caches or full ones."""
    faces = read_faces(open_workspace(ROOT).fonts, ROOT)
    folder = (ROOT / "layouts" / LAYOUT).as_uri() + "/"
    commands = {
        "koho": [str(BINARIES / "koho"), "-C", str(ROOT), "build", ISSUE],
        "plain": [str(BINARIES / "weasyprint"), "-q", "-u", folder, str(page), str(scratch / "plain.pdf")],
    }
    times: dict[str, list[float]] = {who: [] for who in commands}
    for run in range(RUNS if fresh else RUNS + 1):
        for who, command in commands.items():
            cache = scratch / (f"cold-{run}" if fresh else "warm") / who
            configuration = str(font_configuration(faces, cache / "koho-pdf"))
            caches = {"XDG_CACHE_HOME": str(cache), "FONTCONFIG_FILE": configuration}
            times[who].append(cpu_seconds(command, {**os.environ, **caches}))
    koho, plain = (statistics.median(values if fresh else values[1:]) for values in times.values())
    return koho, plain


def composed(page: Path, scratch: Path) -> tuple[float, float]:
    """The medians of composing and writing the pages alone."""
    times: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(RUNS):
        for who, taken in times.items():
            taken.append(composing(page, ROOT / "layouts" / LAYOUT, who, scratch / "cache")[0])
    ours, plain = map(statistics.median, times.values())
    return ours, plain


def memory(scratch: Path) -> tuple[float, float]:
    """The MB that a build of 24 pages holds at most with all its processes, and its CPU seconds."""
    root = long_newsletter(ROOT, scratch / "long", PAGES)
    command = [str(BINARIES / "koho"), "-C", str(root), "build", "long"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(scratch / "memory")}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most = 0
    while True:
        done, status, used = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        most = max(most, sum(map(_held, _tree(process.pid))))
        time.sleep(0.05)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(process.stderr.read().decode() if process.stderr else "failed")
    return max(most, used.ru_maxrss * 1024) / 1e6, used.ru_utime + used.ru_stime


def _tree(pid: int) -> list[int]:
    """A process and all that its threads have started (Linux: /proc)."""
    try:
        threads = [*Path(f"/proc/{pid}/task").iterdir()]
        children = [child for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in _tree(int(child)))]


def _held(pid: int) -> int:
    """The bytes that a process holds in memory. What a process and the copy it has just forked share counts once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return 0
    sizes = {name: int(size.split()[0]) * 1024 for name, _, size in (line.partition(":") for line in lines)}
    return sizes["Rss"] - sizes["Anonymous"] + sizes["Pss_Anon"] if sizes else 0


def _document(rows: list[tuple[str, float, float]], pages: tuple[float, float], held: tuple[float, float]) -> str:
    table = "\n".join(f"| {name} | {koho:.2f} s | {plain:.2f} s | {koho / plain:.2f} |" for name, koho, plain in rows)
    ours, plain = pages
    return f"""`koho build {ISSUE}` makes the print PDF, the screen PDF, eight page pictures, the web pages and
`map.json`. Plain WeasyPrint makes one PDF of the print edition's HTML, same fonts. The bar is 2.4 cold.

| caches | koho build | weasyprint | ratio |
|---|---|---|---|
{table}

Pages composed and written alone, caches warm: {ours:.2f} s, plain {plain:.2f} s, ratio {ours / plain:.2f} (bar: 1.0).

{PAGES} pages made of the articles of a sample: {held[0]:.0f} MB at most with all processes (bar: 400 MB), in
{held[1]:.1f} s."""


if __name__ == "__main__":
    if sys.argv[1:2] == ["--galley"]:
        galley(Path(sys.argv[2]))
    else:
        main()
