"""The process that composes the pages of one issue: JSON lines in, JSON lines out. ``worker`` starts and ends it.

A request is ``{"revision": 7}``; the answer says everything about the pages as the files then are. What is kept from
request to request is that of ``koho watch`` (decision 0038).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from koho_pdf.composition.document import Placed
from koho_pdf.editions.proofread import proofread
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding
from koho_pdf.gate.kept_alarms import KeptAlarms
from koho_pdf.media.png import size_of
from koho_pdf.platform.folders import write_file
from koho_pdf.proofs.page_proof import PageProof
from koho_pdf.proofs.session import Proofs
from koho_pdf.workspace.workspace import open_workspace


class Composing:
    """The pages of the issue in ``folder`` of the workspace ``root``; pictures go into ``target``."""

    def __init__(self, folder: Path, root: Path, target: Path) -> None:
        self._folder, self._root = folder, root
        self._proofs, self._target, self._alarms = Proofs(folder, root), target, KeptAlarms()
        self._written = dict[str, set[str]]()  # the files of this round and of the last

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The pages as they are now, or the findings that say why there are none."""
        began, cpu = time.perf_counter(), time.process_time()
        try:
            proof = self._proofs.pull()
            told: dict[str, Any] = {
                "state": "composed",
                "pages": [self._page(page, page.number in proof.composed) for page in proof.pages],
                "boxes": [_box(each) for each in proof.placed],
                "regions": [each.told() for each in proof.uses],
                "findings": [_told(each) for each in dict.fromkeys([*proof.findings, *self._of_words()])],
            }
        except KohoError as fault:
            told = {"state": "failed", "findings": [_told(each) for each in fault.findings]}
        told["ms"] = round((time.perf_counter() - began) * 1000)
        told["cpu_ms"] = round((time.process_time() - cpu) * 1000)
        return {"revision": request["revision"], **told}

    def _of_words(self) -> tuple[Finding, ...]:
        """校閲: what the text gate tells of the words. Raises KohoError."""
        return proofread(self._folder, open_workspace(self._root), self._alarms).findings

    def rest(self) -> None:
        """Tidy up while nobody waits."""
        self._proofs.rest()

    def _page(self, page: PageProof, composed: bool) -> dict[str, Any]:
        told: dict[str, Any] = {"number": page.number, "key": page.key[:16], "composed": composed}
        if page.picture:
            name = f"p{page.number}-{page.key[:16]}.png"
            if not (self._target / name).exists():
                write_file(page.picture, self._target / name)
            told |= {"picture": name, "size": size_of(page.picture[:24])}
        return told


def _box(placed: Placed) -> dict[str, Any]:
    told: dict[str, Any] = {"field": placed.field, "page": placed.page, "box": _rect(placed.box)}
    if placed.pieces:
        told["pieces"] = [_rect(each) for each in placed.pieces]
    if placed.slot:
        slot = placed.slot
        told |= {"slot": slot.name, "left": slot.left, "lines": slot.lines, "lines_used": slot.lines_used}
    return told


def _rect(rect: Any) -> list[float]:
    return [round(each, 2) for each in (rect.x, rect.y, rect.width, rect.height)]


def _told(found: Finding) -> dict[str, Any]:
    return {"key": list(found.key), **asdict(found), "severity": str(found.severity)}


def _requests(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        yield json.loads(line)


def main() -> None:
    """Answer requests until there are no more."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else prints does not disturb the answers
    folder, root, target = map(Path, sys.argv[1:4])
    composing = Composing(folder, root, target)
    for request in _requests(sys.stdin):
        out.write(json.dumps(composing.answer(request)) + "\n")
        out.flush()
        composing.rest()


if __name__ == "__main__":
    main()
