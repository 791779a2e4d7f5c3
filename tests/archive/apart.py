"""Old PDFs taken in as ``ingest`` does it: in a process of its own, with our faces for those that are not embedded."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from koho_pdf.archive.ingest.old_pdf import Entry, Ingested, outcome_of, prepared
from koho_pdf.archive.ingest.pdf_pages import Reading, read_pdf
from koho_pdf.errors import ArchiveError

FONTS = Path(__file__).parents[2] / "fonts"


@cache
def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), initializer=prepared, initargs=(FONTS,)
    )


def read_apart(content: bytes) -> Reading:
    """The facts of the PDF."""
    return _process().submit(read_pdf, content, "old.pdf").result()


def taken_in(content: bytes, entry: Entry) -> Ingested:
    """What the PDF becomes; one process serves all tests."""
    outcome = _process().submit(outcome_of, content, entry).result()
    if isinstance(outcome, tuple):
        raise ArchiveError(*outcome)
    return outcome
