"""Ways to spoil a good file so that a judge must refuse it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf

from judges.verdict import Case
from koho_pdf.press.profile import Inks

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def cut_short(case: Case, folder: Path) -> Case:
    """The file without its last third: no cross-references, objects missing."""
    content = case.path.read_bytes()
    return _written(case, folder, "cut", content[: 2 * len(content) // 3])


def without(*keys: str) -> Callable[[Case, Path], Case]:
    """A spoiler that takes these keys out of the document's catalogue."""

    def spoil(case: Case, folder: Path) -> Case:
        with pikepdf.open(case.path) as pdf:
            for key in pdf.Root.keys() & set(keys):
                del pdf.Root[key]
            path = folder / f"without-{'-'.join(key.lstrip('/') for key in keys)}.pdf"
            pdf.save(path)
        return replace(case, path=path)

    return spoil


def black_alone(case: Case, folder: Path) -> Case:
    """The same file, for a press that has no ink but black."""
    assert case.press is not None
    return replace(case, press=replace(case.press, inks=Inks("k")))


def with_corner_marks(case: Case, folder: Path) -> Case:
    """The same file with the room around its sheets wiped clean, for a press that asks for corner marks."""
    assert case.press is not None
    with pikepdf.open(case.path) as pdf:
        for page in pdf.pages:
            left, foot, right, head = (float(edge) for edge in page.bleedbox)
            page.MediaBox = pikepdf.Array([left - 30, foot - 30, right + 30, head + 30])
            page.contents_add(f"q {left} {foot} {right - left} {head - foot} re W n".encode(), prepend=True)
            page.contents_add(b"Q")
        path = folder / "unmarked.pdf"
        pdf.save(path)
    return replace(case, path=path, press=replace(case.press, marks=("corner",)))


def letters_in_two_inks(case: Case, folder: Path) -> Case:
    """The same file with cyan under all that is black alone."""
    with pikepdf.open(case.path) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
        streams = [page.Contents for page in pdf.pages]
        streams += [
            each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"
        ]
        for stream in streams:
            instructions = [_in_two_inks(each) for each in pikepdf.parse_content_stream(stream)]
            stream.write(pikepdf.unparse_content_stream(instructions))
        path = folder / "two-inks.pdf"
        pdf.save(path)
    return replace(case, path=path)


def unclosed(case: Case, folder: Path) -> Case:
    """The page with a heading in front that is never closed."""
    return _page(case, "unclosed", lambda html: re.sub(r"(<body[^>]*>)", r"\1<h1><p>", html, count=1))


def slow_and_mute(case: Case, folder: Path) -> Case:
    """The page with half a megabyte of styles before its first word, without its language and its description."""
    styles = f"<style>.none {{ background: url(data:image/png;base64,{'A' * 500_000}) }}</style>"

    def spoil(html: str) -> str:
        html = re.sub(r'<meta name="description"[^>]*>', styles, html, count=1)
        return html.replace('<html lang="ja">', "<html>", 1)

    return _page(case, "slow", spoil)


def _page(case: Case, name: str, spoil: Callable[[str], str]) -> Case:
    """The spoilt page beside the page: what it leans on is there."""
    path = case.path.with_name(f"{name}-{case.path.name}")
    path.write_text(spoil(case.path.read_text(encoding="utf-8")), encoding="utf-8")
    address = case.address.replace(case.path.name, path.name)
    return replace(case, name=f"{case.name}, spoilt", path=path, address=address)


def _in_two_inks(each: Instruction) -> Instruction:
    """Black alone becomes black and cyan; everything else stays."""
    if isinstance(each, pikepdf.ContentStreamInlineImage) or str(each.operator) not in ("k", "sc", "scn"):
        return each
    inks = [float(operand) for operand in each.operands if not isinstance(operand, pikepdf.Name)]
    return pikepdf.ContentStreamInstruction([1, 0, 0, 1], each.operator) if inks == [0, 0, 0, 1] else each


def _written(case: Case, folder: Path, name: str, content: bytes) -> Case:
    path = folder / f"{name}-{case.path.name}"
    path.write_bytes(content)
    return replace(case, path=path)
