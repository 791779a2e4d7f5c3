"""Reads a PDF into facts, in separate processes: a hostile file can only stop these.

One process reads a small file; for a large file two processes read every other page each (machines have two cores or
more). Each has its limits (``limits.py``); a process that dies of them gives a finding. A small file that we made
ourselves is read here: starting a process and importing the rooms anew takes as long as reading it.
"""

from __future__ import annotations

import copyreg
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from operator import attrgetter
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

import pikepdf

from koho_pdf.errors import PreflightError
from koho_pdf.findings import Finding, error
from koho_pdf.geometry import Rect
from koho_pdf.platform.installed import SOURCES
from koho_pdf.preflight.pdf.catalog import details, extras, identifiers, intents, leaves, metadata, page_facts
from koho_pdf.preflight.pdf.facts import Colour, Facts, Intent, Paint, Text
from koho_pdf.preflight.pdf.facts import Path as Drawn
from koho_pdf.preflight.pdf.limits import MOST_SECONDS, SLIPS, Fuel, TooHeavy, allow, guard

_SMALL = 2_000_000  # bytes: one process has read this much before a second one has started
T = TypeVar("T")
_ENTRY = "from koho_pdf.preflight.pdf.reading import serve; serve()"
_MORE_SECONDS = 30  # a busy machine may need more time


def _by_values(kind: type) -> None:
    values = attrgetter(*(each.name for each in fields(kind)))
    copyreg.pickle(kind, lambda record: (kind, values(record)))


for _kind in (Rect, Colour, Paint, Text, Drawn):  # there are thousands; dataclasses ask for each one's fields anew
    _by_values(_kind)


def read_facts(pdf: bytes, *, ours: bool = False) -> Facts:
    """The facts of a PDF, which may be ``ours``.

    Raises PreflightError: ``pdf-unreadable`` if it is not a PDF or too broken to follow, ``pdf-encrypted`` when it
    cannot be opened without a password, ``pdf-too-heavy`` when it asks for more time or memory than printed pages ever
    need.
    """
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        shares = 1 if len(pdf) < _SMALL else 2
        if ours and shares == 1:
            return _told(read_here(Path(file.name)))
        readers = [_start(file.name, share, shares) for share in range(shares)]
        try:
            parts = [_answer(reader) for reader in readers]
        finally:
            for reader in readers:
                reader.kill()
                reader.communicate()
    pages = sorted((page for part in parts for page in part.pages), key=lambda page: page.number)
    return replace(parts[0], pages=tuple(pages))


def _start(path: str, share: int, shares: int) -> subprocess.Popen[bytes]:
    source = str(SOURCES.parent)
    return subprocess.Popen(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path[:0] = {[source, *sys.path]!r}; {_ENTRY}",
            path,
            str(share),
            str(shares),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _answer(reader: subprocess.Popen[bytes]) -> Facts:
    try:
        said, _ = reader.communicate(timeout=MOST_SECONDS + _MORE_SECONDS)
    except subprocess.TimeoutExpired:
        raise PreflightError(_REFUSALS["heavy"]()) from None
    if reader.returncode:
        raise PreflightError(_REFUSALS["heavy"]())  # ended by the system: time, memory, or depth
    return _told(pickle.loads(said))  # noqa: S301 (our own process wrote it)


def _told(answer: Facts | str) -> Facts:
    if isinstance(answer, str):
        raise PreflightError(_REFUSALS[answer]())
    return answer


def serve() -> None:
    """The work of a reading process: ``path share shares`` on its command line, pickled facts or a reason on its
    output.
    """
    path, share, shares = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    guard(path.stat().st_size)
    sys.stdout.buffer.write(pickle.dumps(read_here(path, share, shares, allow), protocol=pickle.HIGHEST_PROTOCOL))


def read_here(
    path: Path, share: int = 0, shares: int = 1, begun: Callable[[int], None] = lambda pages: None
) -> Facts | str:
    """The facts of a file and of every ``shares``-th page, or why there are none, read in this process: then only the
    work is limited, not the time. ``begun`` is told the number of pages.
    """
    try:
        with pikepdf.open(path) as pdf:
            return _facts(pdf, share, shares, begun) or "unreadable"
    except pikepdf.PasswordError:
        return "encrypted"
    except (TooHeavy, MemoryError, RecursionError):
        return "heavy"
    except SLIPS as fault:
        # qpdf only knows passwords; a file locked with a certificate (ISO 32000-1, 7.6.4) counts as locked too.
        return "encrypted" if "encrypt" in str(fault) else "unreadable"


def _facts(pdf: pikepdf.Pdf, share: int, shares: int, begun: Callable[[int], None]) -> Facts | None:
    found = leaves(pdf)
    if not found:
        return None
    begun(len(found))
    fuel = Fuel()
    damage: list[str] = []

    def read(part: Callable[[pikepdf.Pdf], T], nothing: Callable[[], T]) -> T:
        """Read a part of the file; if it cannot be read, the rest still is."""
        try:
            return part(pdf)
        except RecursionError:
            raise
        except SLIPS:
            damage.append(part.__name__)
            return nothing()

    said, xmp, pair = read(details, _none), read(metadata, _none), read(identifiers, tuple[bytes, ...])
    meant, held, told = (
        read(intents, tuple[Intent, ...]),
        read(extras, tuple[str, ...]),
        read(_warnings, tuple[str, ...]),
    )
    pages = tuple(page_facts(leaf, place, fuel) for place, leaf in enumerate(found, 1) if place % shares == share)
    return Facts(pdf.pdf_version, pdf.is_encrypted, (*damage, *told), said, xmp, pair, meant, held, pages)


def _none() -> dict[str, str]:
    return {}


def _warnings(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    return tuple(str(warning).replace(pdf.filename, "")[:200].strip() for warning in pdf.get_warnings()[:20])


_WHY = "印刷所の機械は、開けないファイルや重すぎるファイルで止まり、作業が人手に回ります。"
_REFUSALS: dict[str, Callable[[], Finding]] = {
    "unreadable": lambda: error(
        "pdf-unreadable",
        "PDFとして読めません。",
        hint="書き出し直すか、送り主に正しいファイルを頼んでください。",
        why=_WHY,
    ),
    "encrypted": lambda: error(
        "pdf-encrypted",
        "暗号化されていて、パスワードか証明書がないと開けません。",
        hint="セキュリティを付けずに書き出し直してください。",
        why="暗号化されたPDFは、印刷所では面付けも色の確認もできません。",
    ),
    "heavy": lambda: error(
        "pdf-too-heavy",
        "調べきれないほど重いか、わざと壊されたPDFです。",
        hint="図を画像にまとめるか、ページを分けて書き出し直してください。",
        why=_WHY,
    ),
}
