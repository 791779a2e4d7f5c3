"""Commands over many issues: a result a line, a bar on a terminal, and the exit code of the first that failed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from koho_pdf.cli.telling import Bar, tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import UsageError
from koho_pdf.findings import error

if TYPE_CHECKING:
    from koho_pdf.many.results import Result, Run

T = TypeVar("T")
R = TypeVar("R")

_WORDS = {
    "built": "組みました",
    "failed": "組めません",
    "unchanged": "変わっていません",
    "sourceless": "原稿のない昔のPDFです",
    "refused": "作り直せません",
}


def add_to(command: Usage, every: str) -> None:
    """Add the options for many issues to a command; ``every`` explains ``--all``."""
    command.add_argument("--all", action="store_true", help=every)
    command.add_argument("--processes", type=_count, metavar="数", help="--all で同時に作る数。書かなければCPUの数")
    command.add_argument(
        "--scheduler",
        metavar="アドレス",
        help="--all を Dask のクラスターで行います（tcp://192.0.2.1:8786）。鍵は Dask の設定に書きます",
    )


def is_asked(options: argparse.Namespace, named: bool, command: str) -> bool:
    """Whether all issues are meant. Raises UsageError (``usage``) if none are, or some are named beside ``--all``."""
    said = "「号」か --all を書いてください。" if not named else ""
    if options.all:
        said = "「号」と --all は、どちらかだけを書いてください。" if named else ""
    elif options.processes or options.scheduler:
        said = "--processes と --scheduler は --all といっしょに書いてください。"
    if said:
        raise UsageError(error("usage", said, hint=f"書き方は koho {command} --help で見られます。"))
    return bool(options.all)


def build_all(options: argparse.Namespace) -> int:
    """Every issue below ``content``, on the cores of this machine or on a cluster."""
    from koho_pdf.editions.every import USUAL
    from koho_pdf.many.issues import build_all as build
    from koho_pdf.many.made_from import Sources
    from koho_pdf.many.making import Task, make
    from koho_pdf.workspace.workspace import open_workspace

    workspace = open_workspace(options.workspace)
    sources = Sources(workspace, options.press or "")
    editions = tuple(sorted({*(options.edition or USUAL)}))
    names = sources.issues()
    tasks = [Task(name, editions, options.press or "", options.papers) for name in names]
    run = _where(options, make, workspace.root, sources.shared, sources.own)
    with closing(build(workspace, tasks, sources, run)) as results:
        return tell_results(results, names)


def rebuild_all(options: argparse.Namespace, place: Path | None) -> int:
    """Every issue of the archive from its bag, on the cores of this machine or on a cluster; written to ``place``."""
    from koho_pdf.archive.keeping import kept_issues, spread
    from koho_pdf.many.remaking import Bag, make_again, travelling
    from koho_pdf.many.remaking import rebuild_all as rebuild
    from koho_pdf.workspace.workspace import Folders

    folders = Folders(options.workspace.resolve(), samples=options.samples)
    names = kept_issues(folders.archive)
    bags = [Bag(name, place is not None) for name in names]
    run = _where(options, make_again, folders.archive, dict[str, bytes], partial(travelling, folders.archive))
    with closing(rebuild(folders.archive, bags, folders.cache / "identical", place or Path(), run)) as results:
        code = tell_results(results, names)
    for name in names if place else ():
        tell(spread(folders.archive / name))
    return code


def tell_results(results: Iterable[Result], names: Sequence[str]) -> int:
    """Print each result as it comes, with its findings below; return the exit code of the first of ``names`` that
    failed.
    """
    codes: dict[str, int] = {}
    bar = Bar(len(names))
    try:
        for result in results:
            codes[result.name] = result.exit_code
            bar.clear()
            code = f"\t終了コード {result.exit_code}" if result.exit_code else ""
            for line in result.lines or (f"{result.name}\t{_WORDS[result.outcome]}{code}",):
                print(line, flush=True)
            tell(result.findings)
            bar.show(len(codes))
    finally:
        bar.clear()
    return next((codes[name] for name in names if codes.get(name)), 0)


def _where(
    options: argparse.Namespace,
    work: Callable[[Path, T], R],
    root: Path,
    shared: Callable[[], Mapping[str, bytes]],
    own: Callable[[T], tuple[str, Mapping[str, bytes]]],
) -> Run[T, R]:
    """Where the work is done: here in ``root``, or on a cluster, to which ``shared`` and each task's ``own`` files are
    sent.
    """
    from koho_pdf.many.workers import cores, run

    if not options.scheduler:
        return lambda tasks: run(partial(work, root), tasks, options.processes or cores())
    try:
        from koho_pdf.many import cluster
    except ImportError as fault:
        hint = "pip install 'koho-pdf[cluster]' で入れてください。"
        raise UsageError(error("cluster-not-installed", "Dask が入っていません。", hint=hint)) from fault
    return lambda tasks: cluster.run(options.scheduler, work, tasks, shared(), own)


def _count(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text[:6]) <= 1000):
        raise UsageError(
            error("usage", f"同時に「{text[:30]}」は作れません。", hint="1から1000までの数を書いてください。")
        )
    return int(text)
