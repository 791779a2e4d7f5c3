"""What comparing every edition's words with the manuscript's costs a build. Prints its part of docs/benchmarks.md.

CPU seconds (user + system, programs that were started included) of ``build`` with the comparison and without it, in
turn, medians; beside that what the comparison itself takes, measured within the same builds.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from typing import Any

from koho_pdf import pipeline
from koho_pdf.collation.collation import Collation
from koho_pdf.editions import every
from koho_pdf.workspace.workspace import open_workspace

ROOT = Path(__file__).parents[1]
RUNS = 3
BAR = 0.05
EDITIONS = {"print, screen, web": every.USUAL, "every edition": every.RELEASED}
METHODS = ("pdf", "web", "text", "data")


def used() -> float:
    """CPU seconds of this process and of those it started."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


class Watched(Collation):
    """The comparison, and how much of the CPU it took."""

    taken = 0.0


class Left(Collation):
    """No comparison."""


def watched(compare: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*given: Any) -> Any:
        begun = time.thread_time()
        found = compare(*given)
        Watched.taken += time.thread_time() - begun
        return found

    return timed


for method in METHODS:
    setattr(Watched, method, watched(getattr(Collation, method)))
    setattr(Left, method, lambda *given: ())


def main() -> None:
    workspace = open_workspace(ROOT)
    rows = []
    for issue in ("2013-policy-leaflet",):
        for name, editions in EDITIONS.items():
            took: dict[str, list[float]] = {"with": [], "without": [], "itself": []}
            for run in range(RUNS + 1):
                for how, kind in (("with", Watched), ("without", Left)):
                    rmtree(workspace.cache / "preflight", ignore_errors=True)  # a build of what has changed
                    pipeline.Collation, Watched.taken, begun = kind, 0.0, used()  # type: ignore[misc]
                    pipeline.build(workspace.content / issue, workspace, editions)
                    if run:  # the first filled the caches
                        took[how].append(used() - begun)
                        if how == "with":
                            took["itself"].append(Watched.taken)
            rows.append((issue, name, *(statistics.median(took[each]) for each in took)))
    for issue, name, with_it, without, itself in rows:
        print(
            f"| {issue}: {name} | {with_it:.2f} s | {without:.2f} s | {itself * 1000:.0f} ms | {itself / without:.1%} |"
        )
    if any(itself / without > BAR for *_, without, itself in rows):
        raise SystemExit("the comparison takes more than its bar")


if __name__ == "__main__":
    print("| issue: editions | with | without | the comparison itself | of a build |")
    print("|---|---|---|---|---|")
    main()
