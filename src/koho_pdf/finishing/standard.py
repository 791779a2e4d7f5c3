"""PDF/X: the claim that a file makes, and what PDF/X-1a forbids.

ISO 15930-7 (PDF/X-4) and ISO 15930-4 (PDF/X-1a:2003). The claim is made last, and only for a file that keeps it.
PDF/X-1a refuses real transparency and faces that are not TrueType; only transparency without effect is removed
silently.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from koho_pdf.errors import LayoutError
from koho_pdf.findings import Where, error
from koho_pdf.finishing.reach import drawn_by
from koho_pdf.press.profile import OutputCondition

VERSIONS = {"PDF/X-4": "1.6", "PDF/X-1a:2003": "1.4", "plain": "1.6"}
"""The PDF version each standard is written in."""

_CATALOG = {"/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents"}
_WITHOUT_EFFECT = {"/Group", "/ca", "/CA", "/SMask", "/BM", "/AIS"}  # needless once nothing is transparent
_LATER_THAN_14 = ("/FontFamily", "/FontStretch", "/FontWeight")  # of a font descriptor: PDF 1.5


def paper_only(pdf: pikepdf.Pdf) -> None:
    """Remove what has no effect on paper and is forbidden in PDF/X: annotations, names, outlines,
    actions, structure.
    """
    for key in set(pdf.Root.keys()) - _CATALOG:
        del pdf.Root[key]
    for page in pdf.pages:
        for key in {"/Annots", "/CropBox", "/AA", "/Tabs", "/StructParents"} & set(page.obj.keys()):
            del page.obj[key]
        if "/ColorSpace" in page.Resources:
            for name in [name for name, space in page.Resources.ColorSpace.items() if _is_lab(space)]:
                del page.Resources.ColorSpace[name]  # the engine declares Lab spaces that nothing uses


def declare(
    pdf: pikepdf.Pdf, standard: str, condition: OutputCondition, title: str, day: date, identity: uuid.UUID
) -> None:
    """Make ``pdf`` say that it is this standard: output intent, XMP and Info in agreement; ``plain`` makes no claim.
    ``title`` is used if the pages have none, ``day`` is the date of the issue, ``identity`` is made from the content.
    Transparency groups blend in DeviceCMYK, the space of the output intent (GWG 2022, R0030).
    """
    for stream in pdf.objects:
        group = stream.get("/Group", Dictionary()) if isinstance(stream, pikepdf.Stream) else Dictionary()
        if group.get("/CS", Name.DeviceGray) not in ("/DeviceGray", "/DeviceCMYK"):
            group.CS = Name.DeviceCMYK
    if standard == "plain":
        return
    pdf.Root.OutputIntents = Array([_output_intent(pdf, condition)])
    described = {
        key.lstrip("/"): str(value) for key, value in pdf.docinfo.items() if key in ("/Author", "/Creator", "/Producer")
    }
    described["Title"] = str(pdf.docinfo.get("/Title", "")) or title
    for key, value in described.items():
        pdf.docinfo[f"/{key}"] = String(value)
    stamp = f"D:{day:%Y%m%d}000000+09'00'"
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = String(stamp)
    pdf.docinfo["/Trapped"] = Name("/False")
    if standard == "PDF/X-1a:2003":
        pdf.docinfo["/GTS_PDFXVersion"] = String(standard)  # ISO 15930-4, 6.8; PDF/X-4 says it in XMP only
    pdf.Root.Metadata = pdf.make_stream(_xmp(standard, described, day, identity), Type=Name.Metadata, Subtype=Name.XML)


def without_transparency(pdf: pikepdf.Pdf, layout: str, press: str) -> None:
    """Make ``pdf`` keep to PDF/X-1a:2003: no transparency, TrueType only, no key later than PDF 1.4.

    Full opacity, opaque masks and groups around opaque things have no effect and are removed. Raises LayoutError with
    one finding per page for each thing that has an effect (``transparency-refused``), and for each face that is not
    TrueType (``truetype-only``).
    """
    found = []
    for number, page in enumerate(pdf.pages, 1):
        kinds = dict.fromkeys(kind for drawn in drawn_by(page) for kind in _transparency(drawn))
        found += [
            error(
                "transparency-refused",
                f"{number}ページに透明（{kind}）がありますが、入稿条件「{press}」の PDF/X-1a は透明を受けません。",
                Where(f"layouts/{layout}/layout.yaml", page=number),
                "レイアウトの opacity・アルファ・mix-blend-mode・透けた画像をやめて色を網（%）で書くか、"
                "PDF/X-4 の入稿条件を使ってください。",
            )
            for kind in kinds
        ]
    for each in _of_type(pdf, "/FontDescriptor"):
        if "/FontFile3" in each or "/FontFile" in each:
            found.append(
                error(
                    "truetype-only",
                    f"書体 {str(each.FontName).split('+')[-1]} は TrueType でないので、入稿条件「{press}」の"
                    " PDF/X-1a には埋め込めません。",
                    Where(f"layouts/{layout}/layout.yaml"),
                    "fonts の TrueType（.ttf）の書体を使うか、PDF/X-4 の入稿条件を使ってください。",
                )
            )
        for key in _LATER_THAN_14:
            if key in each:
                del each[key]
    if found:
        raise LayoutError(*dict.fromkeys(found))
    for each in pdf.objects:
        if isinstance(each, Dictionary | pikepdf.Stream):
            states = each.get("/Resources", each).get("/ExtGState", Dictionary())
            for holder in (each, *states.values()):
                for key in _WITHOUT_EFFECT & set(holder.keys()):
                    del holder[key]


def _transparency(drawn: pikepdf.Object) -> Iterator[str]:
    """What makes a graphics state or a picture visibly transparent, in a few words."""
    for key in ("/ca", "/CA"):
        if float(drawn.get(key, 1)) < 1:
            yield f"不透明度 {float(drawn[key]) * 100:g}%"
    mode = drawn.get("/BM", Name.Normal)
    if (mode[0] if isinstance(mode, Array) else mode) not in ("/Normal", "/Compatible"):
        yield "描画モード"
    mask = drawn.get("/SMask", Name("/None"))
    if isinstance(mask, pikepdf.Stream):
        if set(mask.read_bytes()) - {255}:
            yield "透けた画像"
    elif mask != "/None":
        yield "マスク"


def _output_intent(pdf: pikepdf.Pdf, condition: OutputCondition) -> Dictionary:
    """The output intent: the printing that the pages are separated for (ISO 15930-7, 6.2.2; ISO 32000-1, 14.11.5)."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.identifier),
        OutputCondition=String(condition.name),
        Info=String(condition.name),
    )
    if condition.registry:
        intent.RegistryName = String(condition.registry)
    if condition.embedded:
        intent.DestOutputProfile = pdf.make_stream(condition.profile.read_bytes(), N=4, Alternate=Name.DeviceCMYK)
    return intent


def _xmp(standard: str, described: dict[str, str], day: date, identity: uuid.UUID) -> bytes:
    """The metadata packet (ISO 16684-1), with the same values as Info."""
    stamp = f"{day.isoformat()}T00:00:00+09:00"
    told: list[tuple[str, str]] = [
        ("dc:format", "application/pdf"),
        ("dc:title", f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(described["Title"])}</rdf:li></rdf:Alt>'),
        *((key, stamp) for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")),
        ("pdf:Trapped", "False"),
        ("xmpMM:DocumentID", identity.urn.replace("urn:", "")),
        ("xmpMM:VersionID", "1"),
        ("xmpMM:RenditionClass", "default"),
        ("pdfxid:GTS_PDFXVersion" if standard == "PDF/X-4" else "pdfx:GTS_PDFXVersion", standard),
    ]
    if "Author" in described:
        told.append(("dc:creator", f"<rdf:Seq><rdf:li>{escape(described['Author'])}</rdf:li></rdf:Seq>"))
    told += [
        (name, escape(described[key]))
        for name, key in (("xmp:CreatorTool", "Creator"), ("pdf:Producer", "Producer"))
        if key in described
    ]
    spaces = "\n".join(f'    xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    lines = "\n".join(f"   <{key}>{value}</{key}>" for key, value in told)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'  <rdf:Description rdf:about=""\n{spaces}>\n{lines}\n  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n'
        '<?xpacket end="r"?>'
    ).encode()


_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
}


def _is_lab(space: pikepdf.Object) -> bool:
    return isinstance(space, Array) and bool(space[0] == "/Lab")


def _of_type(pdf: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    return (each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Type") == kind)
