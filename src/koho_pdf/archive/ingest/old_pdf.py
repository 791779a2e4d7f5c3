"""An old PDF becomes an issue of the archive: the original unchanged, beside it its text, and how good that text is.

``original.pdf`` byte for byte · ``record.json`` · ``quality.json`` · ``pages/pN.png`` · ``text/pN.txt``,
and around them a bag. Nothing is written here.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import multiprocessing
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.archive.bags.disk_names import must_be_keepable
from koho_pdf.archive.bags.ledger import Event
from koho_pdf.archive.bags.provenance import Source, packed
from koho_pdf.archive.bags.record import Record, read_record, record_bytes
from koho_pdf.archive.ingest.columns import Flow, flow
from koho_pdf.archive.ingest.found_articles import articles, paragraphs
from koho_pdf.archive.ingest.pdf_pages import read_pdf, stand_in
from koho_pdf.archive.ingest.quality import judged, without_text
from koho_pdf.archive.keeping import another_of, number_taken
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.legible import of_text
from koho_pdf.platform.processes import limit

LARGEST = 1 << 30  # bytes of a PDF
_MOST_SECONDS = 600  # seconds of one processor, for one PDF
_MOST_MEMORY = 6 << 30  # bytes of addresses


@dataclass(frozen=True, slots=True)
class Entry:
    """A PDF to take in, with facts that its pages do not say for sure; ``name`` will be its folder in the archive."""

    file: Path
    name: str
    number: int | None
    date: datetime.date
    title: str
    kind: str

    @property
    def shown(self) -> str:
        """The file's name as people are told it."""
        return of_text(self.file.name)


@dataclass(frozen=True, slots=True)
class Ingested:
    """The files of an issue, or of its bag, by name, and the findings; no files if it is already there. ``bare`` says
    in words that most of its pages have no text, so that somebody can agree; "" if they have text.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    bare: str = ""


def ingest(
    entry: Entry, archive: Path, fonts: Path, source: Source | None = None, events: Sequence[Event] = ()
) -> Ingested:
    """The bag made from the PDF. It is read in a process of its own, so that a bad PDF cannot stop the others.

    The faces in the folder ``fonts`` stand in for those the PDF does not embed.
    Raises ArchiveError: ``archive-no-file``, ``archive-number-taken`` (something else has this name or number),
    ``archive-no-pdf``, ``archive-locked``, ``archive-broken``, ``archive-too-long``, ``archive-too-heavy``,
    ``archive-name``, ``archive-no-faces``.
    """
    must_be_keepable(entry.name, archive, Where(file=entry.shown))
    if not any(fonts.glob("*.ttf")):
        told = f"昔のPDFを読むための書体が {fonts} にありません。書体のないPDFの字が失われるので、入れません。"
        raise ArchiveError(error("archive-no-faces", told, hint="koho-pdf の fonts フォルダーを戻してください。"))
    content = _content(entry.file)
    if _is_there(entry, content, archive):
        return Ingested({}, ())
    context = multiprocessing.get_context("spawn")
    limits = (fonts, _MOST_SECONDS, _MOST_MEMORY)
    with ProcessPoolExecutor(1, mp_context=context, initializer=prepared, initargs=limits) as pool:
        outcome: Ingested | tuple[Finding, ...]
        try:
            outcome = pool.submit(outcome_of, content, entry).result()
        except (BrokenProcessPool, MemoryError, RecursionError):
            outcome = (_too_heavy(Where(file=entry.shown)),)
    if isinstance(outcome, tuple):
        raise ArchiveError(*outcome)
    record = Record(entry.name, entry.number, entry.date, entry.title, entry.kind, (), 0)
    return Ingested(packed(outcome.files, record, source or Source(), events), outcome.findings, outcome.bare)


def prepared(fonts: Path, seconds: int = _MOST_SECONDS, memory: int = _MOST_MEMORY) -> None:
    """Limit this process: only the faces of ``fonts``, limited processor time and limited memory."""
    limit(seconds, memory)
    stand_in(fonts)


def _too_heavy(where: Where) -> Finding:
    minutes, gigabytes = _MOST_SECONDS // 60, _MOST_MEMORY >> 30
    told = f"PDFを読み切れません。{minutes}分か{gigabytes}GBを超えるほど重いか、壊れているからです。"
    hint = "Acrobat などで開いて、サイズを小さくして保存し直したPDFか、号や数ページごとに分けたPDFを入れてください。"
    return error("archive-too-heavy", told, where, hint)


def outcome_of(content: bytes, entry: Entry) -> Ingested | tuple[Finding, ...]:
    """The issue, or the findings that say why there is none, because our exceptions cannot travel between processes."""
    try:
        return taken_in(content, entry)
    except ArchiveError as fault:
        return fault.findings


def taken_in(content: bytes, entry: Entry) -> Ingested:
    """The files of an issue and the findings about its text, from the bytes of its PDF; raises as ``ingest`` does."""
    reading = read_pdf(content, entry.shown)
    flows = [flow(page.glyphs, page.rules, page.frames) for page in reading.pages]
    quality, findings = judged(reading, flows, entry.shown)
    garbled = {page.page for page in quality.pages if page.garbled}
    found = articles([each.blocks for each in flows], [page.height for page in reading.pages], garbled)
    record = Record(entry.name, entry.number, entry.date, entry.title, entry.kind, found, len(reading.pages))
    original = {"file": entry.shown, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    told = {"schema": 1, "original": original, **asdict(quality), "findings": [asdict(each) for each in findings]}
    files = {
        "original.pdf": content,
        "record.json": record_bytes(record),
        "quality.json": (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"),
    }
    for page, laid in zip(reading.pages, flows, strict=True):
        files[f"text/p{page.number}.txt"] = _text(laid)
        if page.picture:
            files[f"pages/p{page.number}.png"] = page.picture
    return Ingested(files, findings, without_text(reading, quality))


def _text(laid: Flow) -> bytes:
    """A page's text in reading order: a line for each paragraph or row of a table, an empty line between blocks."""
    said = ([line.text for line in block.lines] if block.table else paragraphs(block.lines) for block in laid.blocks)
    blocks = ["".join(f"{words}\n" for words in each) for each in said]
    return "\n".join(blocks).encode("utf-8", "replace")


def _content(file: Path) -> bytes:
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            raise OSError("no file that can be read whole")
        return file.read_bytes()
    except (OSError, ValueError):
        hint = "ファイルの名前と、読む権限と、1GBを超えないことを確かめてください。"
        raise ArchiveError(
            error("archive-no-file", "PDFのファイルが読めません。", Where(file=of_text(file.name)), hint)
        ) from None


def _is_there(entry: Entry, content: bytes, archive: Path) -> bool:
    """Whether the archive already holds exactly this; raises ``archive-number-taken`` when something else has its
    place.
    """
    folder, where = archive / entry.name, Where(file=entry.shown)
    if not folder.exists():
        if other := another_of(archive, entry.name, entry.number, entry.kind):
            raise ArchiveError(number_taken(entry.name, other, where))
        return False
    original = folder / PAYLOAD / "original.pdf"
    if not original.is_file():
        raise ArchiveError(number_taken(entry.name, None, where))
    record = read_record(folder)
    facts = (record.number, record.date, record.title, record.kind)
    if original.read_bytes() == content and facts == (
        entry.number,
        entry.date,
        entry.title,
        entry.kind,
    ):
        return True
    raise ArchiveError(number_taken(entry.name, record, where))
