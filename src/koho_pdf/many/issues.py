"""Makes every issue of a workspace. Unchanged ones are kept; the others are written as each result comes back."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing

from koho_pdf.editions.earlier import beside_earlier
from koho_pdf.errors import ArchiveError, KohoError
from koho_pdf.findings import error
from koho_pdf.many.made_from import Sources
from koho_pdf.many.making import Made, Task
from koho_pdf.many.results import Outcome, Result, Run
from koho_pdf.many.stamp import stamped, still_made
from koho_pdf.platform.folders import write_whole
from koho_pdf.workspace.workspace import Workspace


def build_all(
    workspace: Workspace, tasks: Sequence[Task], sources: Sources, run: Run[Task, Made]
) -> Generator[Result, None, None]:
    """The result of every task: first those whose files are still up to date, then the others as they come.

    Closing the iterator closes that of ``run``.
    """
    fingerprints: dict[Task, str] = {}
    for task in tasks:
        fingerprint = sources.fingerprint(task)
        known = still_made(workspace.out / task.issue, fingerprint) if fingerprint else None
        if known is None:
            fingerprints[task] = fingerprint
        else:
            yield Result(task.issue, Outcome.UNCHANGED, known)
    with closing(run(list(fingerprints))) as results:
        for task, made in results:
            yield _kept(workspace, task, made or _lost(task), fingerprints[task])


def _kept(workspace: Workspace, task: Task, made: Made, fingerprint: str) -> Result:
    """Write what was made, with its stamp."""
    if made.exit_code:
        return Result(task.issue, Outcome.FAILED, made.findings, made.exit_code)
    target = workspace.out / task.issue
    try:
        files, stale = beside_earlier(made.files, made.public, made.whole, target)
        write_whole(stamped(files, fingerprint, made.findings), target, stale)
    except KohoError as fault:
        return Result(task.issue, Outcome.FAILED, (*made.findings, *fault.findings), fault.exit_code)
    return Result(task.issue, Outcome.BUILT, made.findings)


def _lost(task: Task) -> Made:
    found = error(
        "worker-died",
        f"号「{task.issue}」を作っている途中で、作業のプロセスが何度も止まりました。",
        hint=f"メモリーが足りているかを確かめ、koho build {task.issue} で1つだけ作ってみてください。",
    )
    return Made({}, (found,), exit_code=ArchiveError.exit_code)
