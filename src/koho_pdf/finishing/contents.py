"""The content streams of a PDF: those of its pages, forms and patterns, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction

Instruction = ContentStreamInstruction | ContentStreamInlineImage


def contents(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """Each page, form XObject, tiling pattern and glyph of a Type 3 font (ISO 32000-1, 7.8.2, 8.7.3, 8.10, 9.6.5), with
    its resources. The groups of soft masks are left out, because they are lightness, not ink.
    """
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        yield from contents_of(page, seen)


def contents_of(
    page: pikepdf.Page, seen: set[tuple[int, int]] | None = None
) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """The same for one page, without objects that are already ``seen``."""
    yield page.obj, page.Resources
    yield from _within(page.Resources, set() if seen is None else seen)


def _within(resources: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    for group in ("/XObject", "/Pattern"):
        members: Any = resources.get(group, {})
        for member in members.values():
            draws = member.get("/Subtype") == "/Form" or member.get("/PatternType") == 1
            if draws and member.objgen not in seen:
                seen.add(member.objgen)
                own = member.get("/Resources", resources)
                yield member, own
                yield from _within(own, seen)
    fonts: Any = resources.get("/Font", {})
    for font in fonts.values():
        if font.get("/Subtype") == "/Type3" and font.objgen not in seen:
            seen.add(font.objgen)
            own = font.get("/Resources", resources)
            yield from ((glyph, own) for glyph in font.CharProcs.values())
            yield from _within(own, seen)


def replace(pdf: pikepdf.Pdf, content: pikepdf.Object, instructions: Iterable[Instruction]) -> None:
    """Replace the instructions of a page, form or pattern."""
    rewrite(pdf, content, pikepdf.unparse_content_stream(list(instructions)))


def rewrite(pdf: pikepdf.Pdf, content: pikepdf.Object, written: bytes) -> None:
    """Replace what stands in a page, form or pattern."""
    if isinstance(content, pikepdf.Stream):
        content.write(written)
    else:
        content.Contents = pdf.make_stream(written)


def resource(resources: pikepdf.Object, group: str, name: str, value: pikepdf.Object) -> None:
    """Enter ``value`` under ``/name`` in a group of the resources (``ExtGState``, ``ColorSpace``)."""
    if f"/{group}" not in resources:
        resources[f"/{group}"] = pikepdf.Dictionary()
    resources[f"/{group}"][f"/{name}"] = value


def instruction(operator: str, *operands: Any) -> ContentStreamInstruction:
    """One operator with its operands."""
    return ContentStreamInstruction(list(operands), pikepdf.Operator(operator))
