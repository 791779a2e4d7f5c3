"""``koho watch``: page pictures and findings kept fresh while somebody edits, in any editor."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from koho_pdf.cli.streams import trouble
from koho_pdf.cli.telling import shown_from_here, tell
from koho_pdf.cli.usage import Usage
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.legible import of_text

if TYPE_CHECKING:
    from koho_pdf.proofs.page_proof import PageProof, Proof
    from koho_pdf.workspace.workspace import Workspace

_PAUSE, _SHORT = 0.5, 0.15  # seconds between two looks at the files; while somebody is writing


def watch(options: argparse.Namespace) -> int:
    """保存するたびに、変わったページの組み見本を描き直し、間違いを知らせます。Ctrl-C で終わります。"""
    from koho_pdf.proofs.watching import Watch, rounds
    from koho_pdf.workspace.workspace import open_workspace

    workspace = open_workspace(options.workspace)
    folder, target = _asked(options.issue, workspace)
    pause = Event()  # which nobody sets: it waits, and Ctrl-C ends it

    def wait(short: bool) -> bool:
        return not pause.wait(_SHORT if short else _PAUSE)

    desk = Desk(folder, target, workspace.root)
    print(
        f"{shown_from_here(target / 'index.html')} をブラウザーで開いてください。終わるには Ctrl-C を押します。",
        flush=True,
    )
    for _ in rounds(Watch(desk.places), wait):
        desk.round()
        desk.rest()
    return 0


class Desk:
    """What is told of each round: the pages that were made anew, and what has changed among the findings. Nothing that
    is wrong with a manuscript, a layout or a disk ends it."""

    def __init__(self, folder: Path, target: Path, root: Path) -> None:
        from koho_pdf.gate.kept_alarms import KeptAlarms
        from koho_pdf.proofs.look_folder import Shown
        from koho_pdf.proofs.session import Proofs

        self._folder, self._target, self._root = folder, target, root
        self._proofs, self._shown = Proofs(folder, root, "組み見本"), Shown(target, target.name)
        self._alarms = KeptAlarms()
        self._pages: Sequence[PageProof] = ()
        self._told: dict[tuple[str, str, str], Finding] = {}

    @property
    def places(self) -> tuple[Path, ...]:
        """Where the files stand that its pages are made of."""
        names = "layouts", "fonts", "press", "koho.yaml"
        return (self._folder, *(self._root / name for name in names))

    def round(self) -> None:
        """Pull proofs, show them, and tell what is new."""
        from koho_pdf.editions.proofread import proofread
        from koho_pdf.workspace.workspace import open_workspace

        changed: Sequence[int] = ()
        whole = False
        try:
            proof = self._proofs.pull()
            gate = proofread(self._folder, open_workspace(self._root), self._alarms)
        except KohoError as fault:
            findings, said = fault.findings, "直すところがあって、組めません。前に組んだページを見せています。"
        except OSError as fault:  # a file went away while it was read: somebody is about to write it again
            findings, said = (trouble(fault),), "ファイルを読めません。前に組んだページを見せています。"
        else:
            findings, whole = (*proof.findings, *gate.findings), True
            changed, before = self._changed(proof), len(self._pages)
            self._pages = proof.pages
            said = _said(changed, len(proof.pages), before)
        try:
            self._shown.show(self._pages, changed, findings, said)
        except (KohoError, OSError) as fault:
            findings = (*findings, *(fault.findings if isinstance(fault, KohoError) else (trouble(fault),)))
        self._tell(findings, said, whole)

    def rest(self) -> None:
        """Tidy up while nobody waits."""
        self._proofs.rest()

    def _changed(self, proof: Proof) -> tuple[int, ...]:
        """The pages that are others than those shown: composed now, or known from before and shown again."""
        shown = {page.number: page.key for page in self._pages}
        others = {page.number for page in proof.pages if shown.get(page.number) != page.key}
        return tuple(sorted(others.union(proof.composed)))

    def _tell(self, findings: Sequence[Finding], said: str, whole: bool) -> None:
        """What has changed since the last round; what stopped a round says nothing of other findings."""
        print(said, flush=True)
        tell([each for each in findings if each.key not in self._told])
        now = {each.key: each for each in findings}
        gone = [each for key, each in self._told.items() if key not in now] if whole else []
        if gone and not now:
            print("間違いと注意は、すべてなくなりました。", file=sys.stderr)
        else:
            lines = (f"[直りました] {of_text(each.message)} ({each.code})\n" for each in gone)
            print("".join(lines), end="", file=sys.stderr)
        sys.stderr.flush()
        self._told = now if whole else self._told | now


def _said(changed: Sequence[int], pages: int, before: int) -> str:
    """The pages that have changed, for a person; there were so many ``before``."""
    fewer = f"全{pages}ページになりました。" if pages < before else ""
    if not changed:
        return fewer or "ページは変わっていません。"
    if len(changed) == pages:
        return f"全{pages}ページを組みました。"
    named = "と".join(str(number) for number in changed)
    told = f"{named}ページ目を組み直しました。" if len(changed) <= 3 else f"{len(changed)}ページ分を組み直しました。"
    return fewer + told


def _asked(name: str, workspace: Workspace) -> tuple[Path, Path]:
    """The folder of an issue or of a layout's sample (``layouts/insert``), and the folder in which it is looked at.
    Raises UsageError."""
    from koho_pdf.layout.contract import layout_names
    from koho_pdf.workspace.beginning import issue_folder

    out = workspace.out / "look"
    for path in (Path(name), workspace.root / name):
        if path.resolve().parent == workspace.layouts.resolve() and path.name in layout_names(workspace.layouts):
            return issue_folder(str(path / "sample"), workspace), out / "_layouts" / path.name
    folder = issue_folder(name, workspace)
    return folder, out / folder.name


def add_to(usage: Usage) -> None:
    """This command with its arguments."""
    watched = usage.command(watch, "koho watch 2013-policy-leaflet")
    watched.add_argument(
        "issue",
        metavar="号",
        help="号のフォルダー、または content の中の号の名前。layouts/policy-leaflet と書けば、そのレイアウトの見本",
    )
