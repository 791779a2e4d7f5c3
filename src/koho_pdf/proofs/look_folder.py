"""The folder in which proofs are looked at: a picture for each page, and ``index.html``, which a browser opens from the
disk and which renews itself.

A page that is read from the disk may ask no server, but it may load a script: ``state.js`` says what there is to see.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from koho_pdf.findings import Finding, field_in_words, place_in_words
from koho_pdf.legible import of_text
from koho_pdf.media.png import size_of
from koho_pdf.platform.folders import write_file
from koho_pdf.proofs.page_proof import PageProof


class Shown:
    """The folder ``target`` of the issue called ``name``. Each file in it is replaced whole."""

    def __init__(self, target: Path, name: str) -> None:
        self._target, self._name = target, name
        self._round = 0
        self._written: dict[int, str] = {}

    def show(self, pages: Sequence[PageProof], composed: Sequence[int], findings: Sequence[Finding], said: str) -> None:
        """Show a round; pages that are as they were are not written again. Raises ArchiveError (``not-written``)."""
        self._round += 1
        for page in pages:
            if page.picture and self._written.get(page.number) != page.key:
                write_file(page.picture, self._target / f"p{page.number}.png")
                self._written[page.number] = page.key
        if not self._written or self._round == 1:
            write_file((files("koho_pdf.proofs") / "look.html").read_bytes(), self._target / "index.html")
        state = {
            "round": f"{self._round} {' '.join(page.key[:8] for page in pages)}",
            "name": of_text(self._name),
            "said": said,
            "pages": [self._page(page, page.number in composed) for page in pages],
            "findings": [_told(each) for each in findings],
        }
        script = json.dumps(state, ensure_ascii=False, indent=1).replace("\u2028", "\\u2028")
        write_file(f"show({script});\n".encode(), self._target / "state.js")
        for path in self._target.glob("p*.png"):  # of pages that there are no more
            number = path.stem[1:]
            if number.isdecimal() and int(number) > len(pages):
                path.unlink(missing_ok=True)
                self._written.pop(int(number), None)

    def _page(self, page: PageProof, composed: bool) -> dict[str, object]:
        told: dict[str, object] = {"number": page.number, "key": page.key[:16], "composed": composed}
        if page.picture:
            told |= {"picture": f"p{page.number}.png", "size": size_of(page.picture[:24])}
        return told


def _told(found: Finding) -> dict[str, str]:
    where = found.where
    file = ":".join(str(part) for part in (where.file, where.line) if part)
    parts = (file, place_in_words(where), field_in_words(where.field) if where.field else "", f"({found.code})")
    return {
        "severity": str(found.severity),
        "message": of_text(found.message),
        "place": of_text(" ".join(filter(None, parts))),
        "hint": of_text(found.hint),
    }
