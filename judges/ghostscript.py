"""Ghostscript's ``tiffsep``: the plates that a print PDF gives, overprint honoured."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

from judges.plates import Side, black_letters, bleed_boxes, letters_fault, marks_fault, plates_fault
from judges.spoiling import black_alone, letters_in_two_inks, with_corner_marks
from judges.verdict import Case, Judge, Verdict, first_line, said_by
from koho_pdf.press.profile import PROCESS, Press

PPI = 150
TINT = 0.3


class Refused(Exception):
    """Ghostscript complained."""


def sides(path: Path, *options: str) -> Iterator[Side]:
    """Every side's plates at ``PPI``. Raises Refused when Ghostscript says anything."""
    with tempfile.TemporaryDirectory() as folder:
        device = (f"-r{PPI}", "-sDEVICE=tiffsep", "-sCompression=none", f"-sOutputFile={folder}/%d.tif")
        done = said_by("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", *device, *options, path)
        if done.returncode or done.stdout or done.stderr:
            raise Refused(first_line(done.stdout + done.stderr))
        for number, (left, top, right, bottom) in enumerate(bleed_boxes(path), 1):
            plates = {
                found[1]: ImageChops.invert(Image.open(plate))
                for plate in sorted(Path(folder).glob(f"{number}(*.tif"))
                if (found := re.fullmatch(rf"{number}\((.+)\)\.tif", plate.name))
            }
            width, height = next(iter(plates.values())).size
            bleed = (round(left * width), round(top * height), round(right * width), round(bottom * height))
            yield Side(plates, PPI / 25.4, bleed)


@cache
def _seen(path: Path, press: Press) -> tuple[frozenset[str], str]:
    """The plates with ink within the bleed, and what is wrong with the marks: plates are made once for two judges."""
    inked, fault = set(), ""
    for number, side in enumerate(sides(path), 1):
        inked |= {name for name in side.plates if side.within(name).getbbox()}
        fault = fault or (f"{wrong}, page {number}" if (wrong := marks_fault(side, press)) else "")
    return frozenset(inked), fault


def _inked(case: Case) -> Verdict:
    assert case.press is not None
    fault = plates_fault(set(_seen(case.path, case.press)[0]), case.press.inks.plates)
    return Verdict(not fault, fault)


def _letters(case: Case) -> Verdict:
    assert case.press is not None
    overprint, found = case.press.sumi_nose == "data", False
    with tempfile.TemporaryDirectory() as folder:
        tinted = _on_a_tint(case, Path(folder) / "tinted.pdf")
        for number, (whole, bare) in enumerate(zip(sides(tinted), sides(tinted, "-dFILTERTEXT"), strict=True), 1):
            found = found or black_letters(whole, bare).getbbox() is not None
            if fault := letters_fault(whole, bare, overprint):
                return Verdict(False, f"{fault}, page {number}")
    return Verdict(True) if found else Verdict(False, "no black letters found")


def _on_a_tint(case: Case, path: Path) -> Path:
    """The file with a tint of the job's other process inks under every page: there overprint shows on paper."""
    assert case.press is not None
    tint = " ".join(str(TINT if name in case.press.inks.plates and name != "Black" else 0) for name in PROCESS)
    with pikepdf.open(case.path) as pdf:
        for page in pdf.pages:
            left, foot, right, head = (float(edge) for edge in page.mediabox)
            ground = f"q {tint} k {left} {foot} {right - left} {head - foot} re f Q\n"
            page.contents_add(ground.encode(), prepend=True)
        pdf.save(path)
    return path


def _marks(case: Case) -> Verdict:
    assert case.press is not None
    _, fault = _seen(case.path, case.press)
    return Verdict(not fault, fault)


def _each(verdict: Callable[[Case], Verdict]) -> Callable[[Sequence[Case]], Sequence[Verdict]]:
    def judge(cases: Sequence[Case]) -> Sequence[Verdict]:
        verdicts = []
        for case in cases:
            try:
                verdicts.append(verdict(case))
            except Refused as refusal:
                verdicts.append(Verdict(False, str(refusal)))
        return verdicts

    return judge


def _version() -> str:
    return said_by("gs", "--version").stdout.strip()


def _print(case: Case) -> bool:
    return case.press is not None


PLATES = Judge(
    "Ghostscript: plates",
    "within the bleed, is there ink on every plate of the job and on no other (two-colour jobs: nothing on M and Y;"
    " a spot colour on a plate of its own)?",
    _version,
    _print,
    _each(_inked),
    "judged as a job in black alone",
    black_alone,
)
LETTERS = Judge(
    "Ghostscript: black letters",
    "is text in full black on the black plate alone; and on a tint laid under the page, does it overprint where the"
    " press profile wants that of the file (スミノセ), and knock out where not?",
    _version,
    _print,
    _each(_letters),
    "black letters in cyan too",
    letters_in_two_inks,
)
MARKS = Judge(
    "Ghostscript: marks",
    "are the corner and centre marks that the press profile asks for on every plate; where it asks for none, is there"
    " nothing outside the bleed?",
    _version,
    _print,
    _each(_marks),
    "corner marks asked for, all marks wiped off",
    with_corner_marks,
)
