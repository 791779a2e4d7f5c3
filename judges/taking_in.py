"""``python -m judges.taking_in``: old PDFs of many makers, read by us and by two others; docs/reading.md.

Character by character, figures first. What another reader has otherwise must not be called good.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from judges.old_pdfs import old_pdfs
from judges.verdict import ROOT, TOOLS, Verdict, first_line, said_by
from koho_pdf.archive.bags.bag import bagged
from koho_pdf.archive.ingest.old_pdf import Entry, outcome_of, prepared
from koho_pdf.errors import ArchiveError

BAGIT = (TOOLS / "bin" / "python", "-W", "ignore", "-m", "bagit")
_TOLD = 8  # characters of a difference that are shown
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")


def difference(ours: str, other: str) -> str:
    """What another reader has otherwise than we: numbers, then letters. Spaces and the order of lines are not asked
    about, nor a hyphen at a line's end, which Poppler takes for the typesetter's, nor forms of one character."""
    both = [unicodedata.normalize("NFKC", text.translate(_DASHES)) for text in (ours, other)]
    numbers = [Counter(re.findall(r"\d+", text)) for text in both]
    letters = [Counter(filter(_is_seen, text)) for text in both]
    lost, made = letters[1] - letters[0], letters[0] - letters[1]
    said = []
    if any(letter.isdecimal() for letter in lost | made):
        apart = [" ".join(sorted((numbers[i] - numbers[1 - i]).elements())[:_TOLD]) for i in (0, 1)]
        said.append(f"numbers: {apart[0] or '–'} where it has {apart[1] or '–'}")
    lost, made = (Counter({each: n for each, n in found.items() if not each.isdecimal()}) for found in (lost, made))
    del made["-"]
    if lost or made:
        said.append(f"letters: +{''.join(made.elements())[:_TOLD]} −{''.join(lost.elements())[:_TOLD]}")
    return "; ".join(said)


def _is_seen(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) not in ("Cc", "Cf", "Cn", "Cs")


def verdict(grade: str, differences: Sequence[str]) -> Verdict:
    """Whether the grade may stand: ``good`` or ``mended`` is what has the numbers of every other reader, and the
    letters of one at least: printed twice, as shadows are, a letter is one to us, and not to every reader."""
    alike = not any(each.startswith("numbers") for each in differences) and not all(differences)
    return Verdict(alike or grade not in ("good", "mended"), "; ".join(filter(None, differences)))


def _bag(content: bytes, folder: Path) -> bool:
    """Whether the Library of Congress's program calls the bag of an old PDF valid, and not when a byte is changed."""
    made = outcome_of(content, Entry(Path("old.pdf"), "old", 1, datetime.date(2010, 4, 1), "old", "koho"))
    if isinstance(made, tuple):
        raise ArchiveError(*made)
    for name, file in bagged(made.files, {"External-Identifier": "old"}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(file)
    asked = (*BAGIT, "--validate", "--quiet", folder)
    valid = said_by(*asked).returncode == 0
    (folder / "data" / "record.json").write_bytes(b"{}")
    return valid and said_by(*asked).returncode != 0


def _read(content: bytes) -> tuple[str, str]:
    """Our text of a PDF with the readings, and its grade."""
    made = outcome_of(content, Entry(Path("old.pdf"), "old", 1, datetime.date(2010, 4, 1), "old", "koho"))
    if isinstance(made, tuple):
        raise ArchiveError(*made)
    quality = json.loads(made.files["quality.json"])
    readings = "".join("".join(page["readings"]) for page in quality["pages"])
    texts = (made.files[name].decode() for name in sorted(made.files) if name.startswith("text/"))
    return "".join(texts) + readings, quality["grade"]


def _pdfium(content: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def main() -> int:
    """Make the PDFs, read them three times each, write the page; 1 where something is called good that is not."""
    rows, wrong = [], 0
    with tempfile.TemporaryDirectory() as name, ProcessPoolExecutor(
        1, mp_context=get_context("spawn"), initializer=prepared, initargs=(ROOT / "fonts",)
    ) as reader:  # fmt: skip
        bag = ""
        for maker, content in old_pdfs(Path(name)):
            bag = bag or ("yes" if reader.submit(_bag, content, Path(name) / "bag").result() else "**no**")
            path = Path(name) / "old.pdf"
            path.write_bytes(content)
            ours, grade = reader.submit(_read, content).result()
            others: Mapping[str, str] = {
                "Poppler": said_by("pdftotext", "-q", path, "-").stdout,
                "PDFium": reader.submit(_pdfium, content).result(),
            }
            said = [difference(ours, text) for text in others.values()]
            given = verdict(grade, said)
            # A judge that cannot say no is none: one figure less must be seen.
            spoilt = verdict("good", [difference(re.sub(r"\d", "", ours, count=1), text) for text in others.values()])
            wrong += (not given.holds) + spoilt.holds
            cells = [maker, grade, *(each or "the same" for each in said), "yes" if given.holds else "**no**"]
            rows.append(f"| {' | '.join(cells)} |")
            print(rows[-1])
    told = (ROOT / "judges" / "taking_in.md").read_text(encoding="utf-8")
    poppler = first_line(said_by("pdftotext", "-v").stderr).removeprefix("pdftotext version ")
    bagit = first_line(said_by(*BAGIT, "--version").stdout).removeprefix("bagit-python version ")
    versions = f"bagit {bagit}, PDFium of pypdfium2 {version('pypdfium2')}, Poppler {poppler}"
    (ROOT / "docs" / "reading.md").write_text(
        told.format(rows="\n".join(rows), versions=versions, bag=bag), encoding="utf-8"
    )
    return 1 if wrong or bag != "yes" else 0


if __name__ == "__main__":
    sys.exit(main())
