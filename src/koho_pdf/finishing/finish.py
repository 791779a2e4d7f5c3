"""From the engine's PDF to the files that leave the house.

Print (for the print shop): boxes from an origin at 0,0, no annotations, nothing but the inks of the job. Screen: the
tagged PDF/UA-1 that the engine drew. Both without a trace of when or where they were made: the same manuscript gives
the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf

from koho_pdf.errors import PreflightError
from koho_pdf.finishing.inks import foreign_colours
from koho_pdf.finishing.overprint import overprint_black
from koho_pdf.finishing.separation import separate
from koho_pdf.geometry import pt
from koho_pdf.press.profile import Press


@dataclass(frozen=True, slots=True)
class Job:
    """What the print shop is to make: ``name`` of the issue and its ``date``, the ``trim`` (width,
    height) and ``bleed`` of its pages as drawn in mm, the side it is bound on, and the shop's conditions."""

    name: str
    date: date
    trim: tuple[float, float]
    bleed: float
    binding: str
    press: Press


def finish_print(drawn: bytes, job: Job) -> bytes:
    """The print PDF of a job.

    TrimBox is the trim, BleedBox and MediaBox lie exactly ``bleed`` beyond it (ISO 32000-1, 14.11.2; ISO 15930-7,
    6.11: no CropBox is wanted). Raises PreflightError (``colour-not-process``) if any colour is not an ink.
    """
    trim, bleed = job.trim, job.bleed
    with pikepdf.open(BytesIO(drawn)) as pdf:
        left, foot = pt(bleed), pt(bleed)
        media = [0, 0, pt(trim[0] + 2 * bleed), pt(trim[1] + 2 * bleed)]
        for page in pdf.pages:
            moved_x, moved_y = left - float(page.trimbox[0]), foot - float(page.trimbox[1])
            page.contents_add(f"1 0 0 1 {moved_x:.4f} {moved_y:.4f} cm".encode(), prepend=True)
            page.MediaBox = page.BleedBox = _box(*media)
            page.TrimBox = _box(left, foot, left + pt(trim[0]), foot + pt(trim[1]))
            for unwanted in ("/Annots", "/CropBox"):
                if unwanted in page:
                    del page[unwanted]  # an annotation is nothing on paper, and forbidden within the bleed (PDF/X)
        for unwanted in ("/Names", "/Outlines", "/PageMode"):
            if unwanted in pdf.Root:
                del pdf.Root[unwanted]
        for resources in {page.Resources.objgen: page.Resources for page in pdf.pages}.values():
            if "/ColorSpace" in resources:
                del resources["/ColorSpace"]  # the engine declares Lab spaces that nothing uses
        separate(pdf, job.press.inks)
        if job.press.sumi_nose == "data":
            overprint_black(pdf)
        found = foreign_colours(pdf)
        if found:
            raise PreflightError(*found)
        return _saved(pdf)


def finish_screen(drawn: bytes) -> bytes:
    """The screen PDF (PDF/UA-1 as the engine drew it), with bytes that depend on nothing but its content."""
    with pikepdf.open(BytesIO(drawn)) as pdf:
        return _saved(pdf)


def _box(*edges: float) -> pikepdf.Array:
    return pikepdf.Array([round(edge, 4) for edge in edges])


def _saved(pdf: pikepdf.Pdf) -> bytes:
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return target.getvalue()
