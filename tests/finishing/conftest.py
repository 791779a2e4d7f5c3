"""Jobs for the print shop: a small brochure under every shipped profile, and small pages drawn by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Pdf
from tests.conftest import Once

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.finishing.finish import Job, finish_print
from koho_pdf.pipeline import build
from koho_pdf.press.profile import Press, press_names, read_press
from koho_pdf.workspace.workspace import open_workspace

REPOSITORY = Path(__file__).parents[2]
MM = 72 / 25.4
PROFILES = press_names(REPOSITORY / "press")
A5 = (148.0, 210.0)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes ``profile`` runs for every shipped profile."""
    if "profile" in metafunc.fixturenames:
        metafunc.parametrize("profile", PROFILES)


@pytest.fixture(scope="session")
def shop() -> Callable[[str], Press]:
    """``shop(name)``: a shipped profile."""
    return lambda name: read_press(name, REPOSITORY / "press", REPOSITORY)


@pytest.fixture(scope="session")
def printed_for(brochure: Path, shop: Callable[[str], Press], once: Once) -> Callable[[str], bytes]:
    """``printed_for(profile)``: the small brochure's print PDF, each made once."""

    def make(profile: str) -> bytes:
        done = build(brochure, open_workspace(brochure.parents[1]), ["print"], shop(profile))
        assert done.findings == ()
        (pdf,) = [content for name, content in done.files.items() if name.endswith("print.pdf")]
        return pdf

    def write(profile: str, folder: Path) -> None:
        folder.mkdir()
        (folder / "print.pdf").write_bytes(make(profile))

    @cache
    def made(profile: str) -> bytes:
        return (once(f"printed-{profile}", partial(write, profile)) / "print.pdf").read_bytes()

    return made


@pytest.fixture(scope="session")
def opened(printed_for: Callable[[str], bytes]) -> Iterator[Callable[[str], Pdf]]:
    """``opened(profile)``: the same, open."""
    files: dict[str, Pdf] = {}

    def pdf_of(profile: str) -> Pdf:
        if profile not in files:
            files[profile] = pikepdf.open(BytesIO(printed_for(profile)))
        return files[profile]

    yield pdf_of
    for pdf in files.values():
        pdf.close()


def drawn_by_hand(
    contents: Sequence[bytes],
    bleed: float = 3.0,
    trim: tuple[float, float] = A5,
    trims: Sequence[tuple[float, float]] = (),
    **resources: Any,
) -> bytes:
    """A PDF as the engine draws it: the trim's lower left corner at 0,0, the bleed in the negative; pages of this
    ``trim`` (or each of its own of ``trims``) with these contents (in mm), all with the same ``resources`` by
    category."""
    pdf = Pdf.new()
    for content, (width, height) in zip(contents, trims or [trim] * len(contents), strict=True):
        page = pdf.add_blank_page(page_size=(width * MM, height * MM))
        page.TrimBox = page.MediaBox
        page.MediaBox = [-bleed * MM, -bleed * MM, (width + bleed) * MM, (height + bleed) * MM]
        page.Contents = pdf.make_stream(b"q %.6f 0 0 %.6f 0 0 cm " % (MM, MM) + content + b" Q")
        page.Resources = Dictionary({f"/{name}": each for name, each in resources.items()})
    target = BytesIO()
    pdf.save(target, deterministic_id=True)  # else its /ID is of the second it was made in
    return target.getvalue()


@pytest.fixture(scope="session")
def drawn() -> Callable[..., bytes]:
    """``drawn([content, …], bleed, ExtGState=…)``: A5 pages drawn by hand, in mm from the trim's lower left."""
    return drawn_by_hand


@pytest.fixture(scope="session")
def finished() -> Callable[..., Pdf]:
    """``finished(drawn, press, binding="right")``: what becomes of pages drawn by hand, open."""
    faces = read_faces(REPOSITORY / "fonts", REPOSITORY)

    def finish(pages: bytes, press: Press, **other: Any) -> Pdf:
        job = {"bleed": 3.0, "binding": "left", **other}
        done = Job("試し", date(2026, 4, 1), "tiny", A5, press=press, faces=faces, **job)
        return pikepdf.open(BytesIO(finish_print(pages, done)))

    return finish
