"""The plates (版) of a PDF: every page separated as a platemaker would, with overprint and transparency.

Ghostscript makes them, as a separate program: of the renderers we tried, only it got every construct right (decision
0012). Its device ``psdcmyk`` draws the same plates as ``tiffsep``, and writes them in half the time (``separated.py``).
Its result is only measured and shown, never printed.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from koho_pdf.errors import PreflightError
from koho_pdf.findings import Finding, error, warning
from koho_pdf.platform.processes import limited
from koho_pdf.preflight.plates.separated import plates_in
from koho_pdf.press.profile import PROCESS

if TYPE_CHECKING:
    from PIL.Image import Image

PPI = 72
"""The resolution of a plate: a window of 15 mm is 42 pixels wide."""

_FINER = 3  # pages are drawn this much finer and averaged, so that a pixel holds its inked share
_FINE = (
    2  # the same for files of more than ``LONG`` pages: a third less to draw; thin lines look heavier, never lighter
)
LONG = 16
"""Pages: a longer file is drawn more coarsely (``total_ink.closer``)."""

_SECONDS, _SECONDS_A_PAGE = 3, 1  # seconds of computing; a printed page needs a tenth
_KILOBYTES = 450_000
_WHOLE = 40_000_000  # bytes: drawing a page in one piece takes a third of the time of drawing it in bands
_AT_ONCE = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "1000000000"}  # glibc: memory is kept for the next page
_BUSY = 4  # factor of time for a busy machine
_MOST_BYTES = 400_000_000  # of a page: some three metres square
_ROOM = 1 << 20  # bytes: a page of one plate is about half as large


@dataclass(frozen=True)
class Separation:
    """The plates of one page, inside its TrimBox and as it is viewed (turned by its /Rotate).

    ``page`` counts from 1, ``width`` and ``height`` are pixels. ``plates`` are the process plates ``Cyan``,
    ``Magenta``, ``Yellow``, ``Black`` and each spot colour by its name: one byte a pixel, rows from the top, 0 no ink
    to 255 full.
    """

    page: int
    ppi: float
    width: int
    height: int
    plates: Mapping[str, bytes]

    @cached_property
    def mean(self) -> bytes:
        """The mean of all plates at each pixel: total ink in whole steps of the plates' number, at most one too low."""
        from PIL import Image

        plates = [self.image(name) for name in self.plates]
        if len(plates) == len(PROCESS):  # means of two by two take a tenth of the time
            first, second = (Image.blend(plates[at], plates[at + 1], 0.5) for at in (0, 2))
            return Image.blend(first, second, 0.5).tobytes()
        count = len(plates)
        room = bytearray(count * self.width * self.height)
        for place, plate in enumerate(self.plates.values()):
            room[place::count] = plate
        wide = Image.frombuffer("L", (count * self.width, self.height), bytes(room), "raw", "L", 0, 1)
        return wide.reduce((count, 1)).tobytes()

    def image(self, name: str) -> Image:
        """A plate as a Pillow image ``L`` that may not be written to: it is the plate, not a copy of it."""
        return seen(self.plates[name], self.width, self.height)


def seen(pixels: bytes, width: int, height: int) -> Image:
    """Bytes as a Pillow image ``L`` over them, not to be written to."""
    from PIL import Image

    return Image.frombuffer("L", (width, height), pixels, "raw", "L", 0, 1)


Plates = tuple[Separation, ...]


def renderer_missing() -> Finding | None:
    """The finding if there is no Ghostscript: the plates are not measured, so the print shop has to."""
    if which("gs"):
        return None
    return warning(
        "plates-not-measured",
        "版を分けるプログラム（Ghostscript）がないので、総インキ量と版ごとのインキを確かめていません。",
        hint="apt-get install ghostscript で入れてください。",
    )


def plates_of(pdf: bytes, pages: int) -> tuple[Plates | None, tuple[Finding, ...]]:
    """The plates of every page, if possible, and findings about that. If Ghostscript stops at a mistake it tries again
    and ignores it (``plates-mended``); None if it still cannot draw every page (``plates-not-made``), or is missing.
    Raises OSError if the disk is full.
    """
    if missing := renderer_missing():
        return None, (missing,)
    try:
        return separations(pdf, pages=pages), ()
    except _Stumbled:
        pass
    except PreflightError as fault:
        return None, fault.findings
    try:
        return separations(pdf, pages=pages, strict=False), (_mended(),)
    except PreflightError as fault:
        return None, fault.findings


class _Stumbled(PreflightError):
    """Ghostscript found a mistake in the file and stopped, as we asked."""


def separations(pdf: bytes, ppi: float = PPI, pages: int = 16, strict: bool = True, only: Sequence[int] = ()) -> Plates:
    """The plates of every page at ``ppi`` pixels an inch, in page order; the file has so many ``pages``. ``only`` some
    of them, ascending, are drawn as finely as those of a short file.

    Raises PreflightError (``plates-not-made``) when Ghostscript cannot draw the file to its end, or not within three
    seconds of computing, one more for each page, and 450 MB (ask ``renderer_missing`` first); where it is ``strict``
    also at the first mistake in the file. Raises OSError without room for work.
    """
    seconds, finer = _SECONDS + _SECONDS_A_PAGE * pages, _FINER if only or pages <= LONG else _FINE
    with tempfile.TemporaryDirectory(prefix="koho-plates-") as folder:
        drawn = Path(folder, "drawn.pdf")
        drawn.write_bytes(pdf)
        try:
            try:
                _draw(folder, drawn, ppi, seconds, strict, _WHOLE, finer, only)
            except subprocess.CalledProcessError as fault:
                if b"/VMerror" not in fault.stdout:
                    raise
                _draw(folder, drawn, ppi, seconds, strict, 0, finer, only)  # many layers: less memory in bands
        except subprocess.TimeoutExpired as fault:
            raise PreflightError(_not_made()) from fault
        except subprocess.CalledProcessError as fault:
            _probe(Path(folder))
            slip = strict and fault.returncode == 1 and b"/VMerror" not in fault.stdout
            raise (_Stumbled if slip else PreflightError)(_not_made()) from fault
        if max((path.stat().st_size for path in Path(folder).glob("*.psd")), default=0) > _MOST_BYTES:
            raise PreflightError(_not_made())  # a page of several metres
        made = _read(Path(folder), ppi, only)
        if not strict:
            _probe(Path(folder))
    if not made or (not strict and len(made) < len(only or range(pages))):
        raise PreflightError(_not_made())
    return made


def _draw(
    folder: str, drawn: Path, ppi: float, seconds: int, strict: bool, whole: int, finer: int, only: Sequence[int]
) -> None:
    """Let Ghostscript draw into the folder, ``finer`` than the result: pages of up to ``whole`` bytes in one piece,
    larger ones in bands.

    Raises what ``subprocess.run`` raises.
    """
    command = [
        *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", f"-K{_KILOBYTES}", "-dUseTrimBox", f"-dMaxBitmap={whole}"),
        *(["-dPDFSTOPONERROR"] if strict else []),
        *([f"-sPageList={','.join(map(str, only))}"] if only else []),
        *("-sDEVICE=psdcmyk", f"-r{ppi * finer:g}", f"-dDownScaleFactor={finer}"),
        *(f"-sOutputFile={folder}/%d.psd", str(drawn)),
    ]
    # Its temporary files are in the folder too, whatever the environment says.
    of_gs = {**os.environ, **_AT_ONCE, "TMPDIR": folder, "TEMP": folder, "TMP": folder}
    subprocess.run(
        limited(command, seconds, _KILOBYTES),
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=_BUSY * seconds,
        env=of_gs,
    )


def _probe(folder: Path) -> None:
    """Raises OSError if the disk is full: then Ghostscript fails too, and the file is not to blame."""
    with (folder / "probe").open("wb") as file:
        file.write(bytes(_ROOM))
        file.flush()
        os.fsync(file.fileno())


def _not_made() -> Finding:
    return error(
        "plates-not-made",
        "このPDFは、最後まで版に分けられません。",
        hint="印刷所の出力機でも止まるかもしれません。PDFを作り直してください。",
    )


def _mended() -> Finding:
    return warning(
        "plates-mended",
        "このPDFには作りの誤りがあり、そこを飛ばして版に分けました。",
        hint="印刷所の出力機では、止まるか、一部が欠けるかもしれません。PDFを書き出し直してください。",
        why="誤りの扱いは機械ごとに違うので、総インキ量や版の絵が、刷られるものと違うことがあります。",
    )


def _read(folder: Path, ppi: float, only: Sequence[int] = ()) -> Plates:
    """The plates in the drawn files, one for each page: ``1.psd``."""
    made = []
    for number in sorted(int(path.stem) for path in folder.glob("*.psd")):
        size, plates = plates_in((folder / f"{number}.psd").read_bytes())
        made.append(Separation(only[number - 1] if only else number, ppi, *size, plates))
    return tuple(made)
