"""Commands over many issues: a result a line, a bar on a terminal, and the exit code of the first that failed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from koho_pdf.errors import UsageError
from koho_pdf.findings import error
from koho_pdf.telling import Bar, tell
from koho_pdf.usage import Usage

if TYPE_CHECKING:
    from koho_pdf.many.issues import Result, Run
    from koho_pdf.many.sources import Sources

_WORDS = {"built": "組みました", "unchanged": "変わっていません", "failed": "組めません"}


def add_to(build: Usage) -> None:
    """What ``koho build`` takes for many issues."""
    build.add_argument(
        "--all",
        action="store_true",
        help="content の号をすべて。前に --all で作ったときから原稿もレイアウトも何も変わっていない号は作りません"
        "（号の名前を書けば、いつでも作ります）",
    )
    build.add_argument("--processes", type=_count, metavar="数", help="--all で同時に作る数。書かなければCPUの数")
    build.add_argument(
        "--scheduler",
        metavar="アドレス",
        help="--all を Dask のクラスターで行います（tcp://192.0.2.1:8786）。鍵は Dask の設定に書きます",
    )


def is_asked(options: argparse.Namespace) -> bool:
    """Whether all issues are meant. Raises UsageError (``usage``) for none, or for some and all."""
    said = "「号」か --all を書いてください。" if not options.issues else ""
    if options.all:
        said = "「号」と --all は、どちらかだけを書いてください。" if options.issues else ""
    elif options.processes or options.scheduler:
        said = "--processes と --scheduler は --all といっしょに書いてください。"
    if said:
        raise UsageError(error("usage", said, hint="書き方は koho build --help で見られます。"))
    return bool(options.all)


def build_all(options: argparse.Namespace) -> int:
    """Every issue below ``content``, on the cores of this machine or on a cluster."""
    from koho_pdf.many.issues import build_all as build
    from koho_pdf.many.making import Task
    from koho_pdf.many.sources import Sources
    from koho_pdf.pipeline import EDITIONS
    from koho_pdf.workspace import open_workspace

    workspace = open_workspace(options.workspace)
    sources = Sources(workspace, options.press or "")
    editions = tuple(sorted({*(options.edition or EDITIONS)}))
    names = sources.issues()
    tasks = [Task(name, editions, options.press or "", options.papers) for name in names]
    with closing(build(workspace, tasks, sources, _where(options, sources))) as results:
        return tell_results(results, names)


def tell_results(results: Iterable[Result], names: Sequence[str]) -> int:
    """Each result as it comes, its findings below it; returns the exit code of the first of ``names`` that failed."""
    codes: dict[str, int] = {}
    bar = Bar(len(names))
    try:
        for result in results:
            codes[result.name] = result.exit_code
            bar.clear()
            code = f"\t終了コード {result.exit_code}" if result.exit_code else ""
            print(f"{result.name}\t{_WORDS[result.outcome]}{code}", flush=True)
            tell(result.findings)
            bar.show(len(codes))
    finally:
        bar.clear()
    return next((codes[name] for name in names if codes.get(name)), 0)


def _where(options: argparse.Namespace, sources: Sources) -> Run:
    """Where the work is done."""
    from koho_pdf.many.making import make
    from koho_pdf.many.workers import cores, run

    if not options.scheduler:
        root = options.workspace.resolve()
        return lambda tasks: run(partial(make, root), tasks, options.processes or cores())
    try:
        from koho_pdf.many import cluster
    except ImportError as fault:
        hint = "pip install 'koho-pdf[cluster]' で入れてください。"
        raise UsageError(error("cluster-not-installed", "Dask が入っていません。", hint=hint)) from fault
    return lambda tasks: cluster.run(options.scheduler, make, tasks, sources.shared(), sources.own)


def _count(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text[:6]) <= 1000):
        raise UsageError(
            error("usage", f"同時に「{text[:30]}」は作れません。", hint="1から1000までの数を書いてください。")
        )
    return int(text)
