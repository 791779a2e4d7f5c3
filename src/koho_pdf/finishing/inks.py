"""Whether a PDF is made of nothing but the inks of the job."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from koho_pdf.findings import Finding, Where, error

_PROCESS = {"/DeviceCMYK", "/DeviceGray", "/Pattern", "/Separation", "/DeviceN"}
_COMPONENTS = {"/DeviceGray": 1, "/DeviceCMYK": 4}
_OPERATORS = "rg RG cs CS BI ID EI"


def foreign_colours(pdf: pikepdf.Pdf) -> tuple[Finding, ...]:
    """A finding (``colour-not-process``) for each page with RGB, Lab or ICC colour in its marks or pictures.

    Reads the content itself (ISO 32000-1, 8.6), pages and everything they draw, not what the file claims.
    """
    return tuple(
        error(
            "colour-not-process",
            f"{number}ページに、印刷のインキでない色があります（{what}）。",
            Where(page=number),
            "レイアウトの色を C/M/Y/K で書き、写真と図版を確かめてください。",
        )
        for number, page in enumerate(pdf.pages, 1)
        for what in dict.fromkeys(_foreign(page.obj, page.Resources, set()))
    )


def _foreign(content: pikepdf.Object, resources: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[str]:
    named = resources.get("/ColorSpace", pikepdf.Dictionary())
    for instruction in pikepdf.parse_content_stream(content, _OPERATORS):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield from _unless_process("写真の", instruction.iimage.obj.get("/ColorSpace"), named)
        elif str(instruction.operator) in ("rg", "RG"):
            yield "RGB"
        else:
            yield from _unless_process("", instruction.operands[0], named)
    for member in resources.get("/XObject", pikepdf.Dictionary()).values():
        if member.objgen in seen:
            continue
        seen.add(member.objgen)
        if member.Subtype == "/Image":
            yield from _unless_process("写真の", member.get("/ColorSpace"), named)
            wanted = _COMPONENTS.get(str(member.get("/ColorSpace")))
            if wanted and member.get("/Filter") == "/DCTDecode" and _components(member.read_raw_bytes()) != wanted:
                yield "写真の中身"  # the file calls it inks, its JPEG says otherwise
        elif member.Subtype == "/Form":
            yield from _foreign(member, member.get("/Resources", resources), seen)
    for group in ("/Pattern", "/Shading"):
        for member in resources.get(group, pikepdf.Dictionary()).values():
            if member.get("/PatternType") == 1 and member.objgen not in seen:
                seen.add(member.objgen)
                yield from _foreign(member, member.get("/Resources", resources), seen)
            yield from _unless_process("グラデーションの", member.get("/Shading", member).get("/ColorSpace"), named)


def _unless_process(what: str, space: pikepdf.Object | None, named: pikepdf.Object) -> Iterator[str]:
    family = _family(named.get(str(space), space) if isinstance(space, pikepdf.Name) else space)
    if family and family not in _PROCESS:
        yield what + family.lstrip("/")


def _components(jpeg: bytes) -> int:
    """How many colours a JPEG has, by its frame header (ITU-T T.81, B.2.2); 0 for what is no JPEG."""
    at = 2
    while at + 9 < len(jpeg) and jpeg[at] == 0xFF:
        if 0xC0 <= jpeg[at + 1] <= 0xCF and jpeg[at + 1] not in (0xC4, 0xC8, 0xCC):
            return jpeg[at + 9]
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return 0


def _family(space: pikepdf.Object | None) -> str:
    """A colour space's family name: itself, or the first member of its array; Indexed counts as its base."""
    if space is None:
        return ""
    if isinstance(space, pikepdf.Array):
        return _family(space[1]) if space[0] == "/Indexed" else str(space[0])
    return str(space)
