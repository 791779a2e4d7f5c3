"""The plates (版) of a PDF: every page separated as a platemaker would, overprint and transparency honoured.

Ghostscript's ``tiffsep`` device makes them, as a program of its own: of the renderers tried it alone got every
construct right (decision 0012). What it draws is only measured and shown, never printed.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from urllib.parse import unquote

from koho_pdf.errors import PreflightError
from koho_pdf.findings import Finding, error, warning
from koho_pdf.press.profile import PROCESS

PPI = 72
"""Of a plate: a window of 15 mm is 42 pixels wide."""

_FINER = 3  # the page is drawn this much finer and averaged, so that a pixel holds the share of it that is inked
_SECONDS = 30
_KILOBYTES = 1_000_000
_FILE = re.compile(r"([0-9]+)\((.*)\)\.tif")


@dataclass(frozen=True, slots=True)
class Separation:
    """The plates of one page, inside its TrimBox and as it is looked at (turned by its /Rotate).

    ``page`` counts from 1, ``width`` and ``height`` are pixels. ``plates`` are the process plates ``Cyan``,
    ``Magenta``, ``Yellow``, ``Black`` and each spot colour by its name: one byte a pixel, rows from the top, 0 no ink
    to 255 full.
    """

    page: int
    ppi: float
    width: int
    height: int
    plates: Mapping[str, bytes]


Plates = tuple[Separation, ...]


def renderer_missing() -> Finding | None:
    """What to tell where there is no Ghostscript: the plates are not measured, and the print shop has to."""
    if which("gs"):
        return None
    return warning(
        "plates-not-measured",
        "版を分けるプログラム（Ghostscript）がないので、総インキ量と版ごとのインキを確かめていません。",
        hint="apt-get install ghostscript で入れてください。",
    )


def separations(pdf: bytes, ppi: float = PPI) -> Plates:
    """The plates of every page at ``ppi`` pixels an inch, in page order.

    Raises PreflightError (``plates-not-made``) when Ghostscript cannot draw the file to its end, or not within half
    a minute and a gigabyte; FileNotFoundError without Ghostscript (ask ``renderer_missing`` first).
    """
    with tempfile.TemporaryDirectory(prefix="koho-plates-") as folder:
        drawn = Path(folder, "drawn.pdf")
        drawn.write_bytes(pdf)
        command = [
            *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", f"-K{_KILOBYTES}", "-dPDFSTOPONERROR", "-dUseTrimBox"),
            *("-sDEVICE=tiffsep", f"-r{ppi * _FINER:g}", f"-dDownScaleFactor={_FINER}"),
            "-sCompression=none",  # they are read at once and thrown away
            *(f"-sOutputFile={folder}/%d.tif", str(drawn)),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as fault:
            raise PreflightError(_not_made()) from fault
        made = _read(Path(folder), ppi)
    if not made:
        raise PreflightError(_not_made())
    return made


def _not_made() -> Finding:
    return error(
        "plates-not-made",
        "このPDFは、最後まで版に分けられません。",
        hint="印刷所の出力機でも止まるかもしれません。PDFを作り直してください。",
    )


def _read(folder: Path, ppi: float) -> Plates:
    """The plates in the files that ``tiffsep`` writes: ``1(Cyan).tif``; other signs in a name are %-encoded."""
    from PIL import Image, ImageChops

    pages: dict[int, dict[str, bytes]] = {}
    sizes: dict[int, tuple[int, int]] = {}
    for path in folder.glob("*(*).tif"):
        parts = _FILE.fullmatch(path.name)
        assert parts is not None  # tiffsep names its files so
        with Image.open(path) as plate:
            number = int(parts[1])
            sizes[number] = plate.size
            ink = ImageChops.invert(plate.convert("L"))  # tiffsep draws the paper white
        pages.setdefault(number, {})[unquote(parts[2])] = ink.tobytes()
    return tuple(
        Separation(
            number, ppi, *sizes[number], {name: pages[number][name] for name in sorted(pages[number], key=_order)}
        )
        for number in sorted(pages)
    )


def _order(name: str) -> tuple[int, str]:
    """Process plates as they are always named, then the spots by name."""
    return (PROCESS.index(name) if name in PROCESS else len(PROCESS), name)
