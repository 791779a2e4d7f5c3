"""The process that composes the pages of one issue: JSON lines in, JSON lines out. ``worker`` starts and ends it.

What is kept from request to request is that of ``koho watch`` (decision 0038). A request for pages has two answers: the
pages with what was found on them, then all findings with those of the text gate; the second only if nobody has asked
for newer pages meanwhile.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from koho_pdf.content.article_files import read_issue
from koho_pdf.desk.answer_parts import told_box, told_finding
from koho_pdf.editions.proofread import proofread
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.gate.kept_alarms import KeptAlarms
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.media.png import size_of
from koho_pdf.platform.folders import write_file
from koho_pdf.platform.processes import limit
from koho_pdf.proofs.page_proof import PageProof
from koho_pdf.proofs.session import Proofs
from koho_pdf.workspace.workspace import open_workspace

_MEMORY = 6 << 30  # bytes of address space
_SECONDS = 1_000_000  # of computing in the life of a process; a single request is limited by ``worker``
_RESTLESS = 8  # requests without a pause after which it tidies up all the same
_ROUNDS = 3  # whose pictures stay: somebody may still be loading one

Request = dict[str, Any]


class Composing:
    """The pages of the issue in ``folder`` of the workspace ``root``; pictures go into ``target``."""

    def __init__(self, folder: Path, root: Path, target: Path) -> None:
        self._folder, self._root, self._target = folder, root, target
        self._proofs, self._alarms = Proofs(folder, root, previews=True), KeptAlarms()
        self._rounds: list[set[str]] = []
        self._found: tuple[Finding, ...] = ()

    def pages(self, revision: int) -> Request:
        """The pages as they are now, or the findings that say why there are none."""
        began, cpu = time.perf_counter(), time.process_time()
        self._rounds = [*self._rounds[1 - _ROUNDS :], set()]
        try:
            proof = self._proofs.pull()
            tree = read_issue(self._folder, self._root)
            self._found = proof.findings
            told: Request = {
                "state": "composed",
                "pages": [self._page(page, page.number in proof.composed) for page in proof.pages],
                "boxes": [told_box(each) for each in proof.placed],
                "regions": [each.told() for each in proof.uses],
                "findings": [told_finding(each, tree) for each in proof.findings],
            }
        except KohoError as fault:
            self._found = fault.findings
            told = {"state": "failed", "findings": [told_finding(each, self._tree()) for each in fault.findings]}
        told["ms"] = round((time.perf_counter() - began) * 1000)
        told["cpu_ms"] = round((time.process_time() - cpu) * 1000)
        return {"revision": revision, **told}

    def checked(self, revision: int) -> Request:
        """All findings: those about the pages, then those of the text gate."""
        try:
            found = proofread(self._folder, open_workspace(self._root), self._alarms).findings
        except KohoError as fault:
            found = fault.findings
        tree = self._tree()
        told = [told_finding(each, tree) for each in dict.fromkeys((*self._found, *found))]
        return {"revision": revision, "state": "checked", "findings": told}

    def picture(self, page: int, ppi: int) -> Request:
        """A page of the last round at another resolution."""
        made = self._proofs.picture(page, ppi)
        told: Request = {"state": "pictured", "page": page, "ppi": ppi}
        if made:
            key, picture = made
            told |= {"picture": self._written(f"p{page}-{key[:16]}-{ppi}.png", picture), "size": size_of(picture[:24])}
        return told

    def rest(self) -> None:
        """Tidy up while nobody waits."""
        kept = set[str]().union(*self._rounds)
        for path in self._target.glob("p*.png"):
            if path.name not in kept:
                path.unlink(missing_ok=True)
        self._proofs.rest()

    def _tree(self) -> Tree | None:
        try:
            return read_issue(self._folder, self._root)
        except KohoError:
            return None

    def _page(self, page: PageProof, composed: bool) -> Request:
        told: Request = {"number": page.number, "key": page.key[:16], "composed": composed}
        if page.picture:
            name = self._written(f"p{page.number}-{page.key[:16]}.png", page.picture)
            told |= {"picture": name, "size": size_of(page.picture[:24])}
        return told

    def _written(self, name: str, picture: bytes) -> str:
        self._rounds[-1:] = [{*(self._rounds[-1] if self._rounds else ()), name}]
        if not (self._target / name).exists():
            write_file(picture, self._target / name)
        return name


def answers(composing: Composing, requests: Queue[Request | None]) -> Iterator[Request]:
    """An answer, or two, to each request: for pages (``revision``) or for a picture (``page``, ``ppi``)."""
    restless = 0
    while (request := requests.get()) is not None:
        if "page" in request:
            yield composing.picture(request["page"], request["ppi"])
            continue
        yield composing.pages(request["revision"])
        if requests.empty():
            yield composing.checked(request["revision"])
        restless += 1
        if requests.empty() or restless > _RESTLESS:
            restless = 0
            composing.rest()


def main() -> None:
    """Answer requests until there are no more."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else prints does not disturb the answers
    limit(_SECONDS, _MEMORY)
    requests = Queue[Request | None]()

    def listen() -> None:
        for line in sys.stdin:
            requests.put(json.loads(line))
        requests.put(None)

    Thread(target=listen, daemon=True).start()
    for answer in answers(Composing(*map(Path, sys.argv[1:4])), requests):
        out.write(json.dumps(answer) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
