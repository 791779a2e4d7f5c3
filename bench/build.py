"""How long a build takes, against plain WeasyPrint on the same HTML, in one run. Prints docs/benchmarks.md.

Every figure is a whole process: CPU seconds of the process (user + system), the median of several runs taken in turn.
Cold: empty caches (fontconfig's and ours) for both. Warm: caches as the run before left them. The bytecode of both
programs is there, as after their first run.
"""

from __future__ import annotations

import compileall
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from koho_pdf.composition.fonts.faces import font_configuration, read_faces
from koho_pdf.content.check import check
from koho_pdf.layout.contract import kind_of_layout, read_layout
from koho_pdf.layout.galley import print_galley
from koho_pdf.manuscript.reader import read
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[1]
ISSUE = ROOT / "content" / "2013-policy-leaflet"
RUNS = 7
BINARIES = Path(sys.executable).parent


def main() -> None:
    compileall.compile_dir(ROOT / "src", quiet=1)  # pip has done so for the engine
    workspace = open_workspace(ROOT)
    tree = read(ISSUE / "issue.yaml", ROOT)
    layout = read_layout(workspace.layouts / "policy-leaflet", ROOT)
    issue = check(tree, kind_of_layout(layout, ROOT).model, folder=ISSUE, layouts=[layout.name]).issue
    galley = print_galley(issue, layout, workspace.city, workspace.city.press, ISSUE, ROOT)
    faces = read_faces(workspace.fonts, ROOT)
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "galley.html"
        page.write_text(galley.html, encoding="utf-8")
        out = Path(scratch) / "plain.pdf"
        plain = [str(BINARIES / "weasyprint"), "-q", "-u", layout.folder.as_uri() + "/", str(page), str(out)]
        koho = [str(BINARIES / "koho"), "-C", str(ROOT), "build", ISSUE.name]
        rows = []
        for name, fresh in (("cold", True), ("warm", False)):
            times: dict[str, list[float]] = {"koho": [], "plain": []}
            for run in range(RUNS):
                cache = Path(scratch) / (f"{name}-{run}" if fresh else "warm")
                for who, command in (("koho", koho), ("plain", plain)):
                    own = cache / who
                    configuration = font_configuration(faces, own / "koho-pdf")
                    environment = {
                        **os.environ,
                        "XDG_CACHE_HOME": str(own),
                        "FONTCONFIG_FILE": str(configuration),
                    }
                    times[who].append(cpu_seconds(command, environment))
            if not fresh:
                times = {who: values[1:] for who, values in times.items()}  # the first run filled the cache
            rows.append((name, statistics.median(times["koho"]), statistics.median(times["plain"])))
        help_seconds = statistics.median(
            cpu_seconds([str(BINARIES / "koho"), "--help"], dict(os.environ)) for _ in range(RUNS)
        )
    print(document(rows, help_seconds))


def cpu_seconds(command: list[str], environment: dict[str, str]) -> float:
    """User and system time of one run of a command."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return used.ru_utime + used.ru_stime


def document(rows: list[tuple[str, float, float]], help_seconds: float) -> str:
    table = "\n".join(f"| {name} | {koho:.2f} s | {plain:.2f} s | {koho / plain:.2f} |" for name, koho, plain in rows)
    return f"""# Benchmarks

Made by `make bench` (`bench/build.py`): CPU seconds of whole processes, medians of {RUNS} runs taken in turn.
Python {platform.python_version()}, WeasyPrint {version("weasyprint")}, {os.cpu_count()} cores, {platform.machine()}.

`koho build 2013-policy-leaflet` makes the print PDF, the screen PDF, four page pictures, the web page with its fonts
and `map.json`. Plain WeasyPrint makes one PDF of the print edition's HTML (`weasyprint galley.html`), same fonts.

| caches | koho build | weasyprint | ratio |
|---|---|---|---|
{table}

The bar is 2.4 cold.
`koho --help` takes {help_seconds:.2f} s (bar: 0.3 s)."""


if __name__ == "__main__":
    main()
