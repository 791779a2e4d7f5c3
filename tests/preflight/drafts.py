"""PDFs built by hand for preflight: a clean one as a print shop wants it, to be broken in one place."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

REPOSITORY = Path(__file__).parents[2]
MM = 72 / 25.4
TRIM, BLEED, MARGIN = 100.0, 3.0, 13.0
WORDS = "市政だより"
DATE = ("D:20130401000000+09'00'", "2013-04-01T00:00:00+09:00")
_PLAIN: dict[str, Any] = {"CMYK": (60, 40, 20, 0), "RGB": (90, 120, 60), "L": 128}
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Trapped>False</pdf:Trapped>{version}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@cache
def typeface() -> tuple[bytes, dict[str, int]]:
    """A TrueType subset with ``WORDS``: the file, and glyph numbers by character."""
    with TTFont(REPOSITORY / "fonts" / "BIZUDGothic-Regular.ttf") as font:
        options = subset.Options(layout_features=[], notdef_outline=True, hinting=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=WORDS)
        subsetter.subset(font)
        target = BytesIO()
        font.save(target)
        glyphs = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
        return target.getvalue(), glyphs


def jpeg(mode: str, size: tuple[int, int], quality: int = 92) -> bytes:
    """A JPEG of a plain tint."""
    picture = Image.new(mode, size, _PLAIN[mode])
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()


class Draft:
    """A PDF under construction: four pages of 100 mm square with 3 mm of bleed and トンボ, clean as it begins.

    ``content`` is what the first page draws, in mm from the trim's foot left; breaking it is a few lines.
    """

    def __init__(self, standard: str = "PDF/X-4") -> None:
        self.pdf = Pdf.new()
        self.standard = standard
        self.version = "1.6" if standard == "PDF/X-4" else "1.4"
        self.xmp = _XMP
        self.identified = True
        self.encryption: Any = False
        self.one_ink = False
        self.unit = 1  # of the first page (/UserUnit): its numbers are so much smaller
        self.info: dict[str, Any] = {
            "/Title": "市政だより",
            "/CreationDate": DATE[0],
            "/ModDate": DATE[0],
            "/Trapped": Name("/False"),
        }
        if standard == "PDF/X-1a:2003":
            self.info["/GTS_PDFXVersion"] = standard
        self.content: list[str] = []
        self.resources = Dictionary(
            Font=Dictionary(F=self.font()),
            ColorSpace=Dictionary(
                All=Array([Name.Separation, Name.All, Name.DeviceCMYK, self.tint([1, 1, 1, 1])]),
            ),
            ExtGState=Dictionary(Over=Dictionary(OP=True, op=True, OPM=1), Out=Dictionary(OP=False, op=False, OPM=0)),
            Shading=Dictionary(G=self.gradient([0.2, 0.1, 0, 0], [0.6, 0.4, 0, 0])),
            XObject=Dictionary(P=self.picture("CMYK", (200, 200))),
            Pattern=Dictionary(),
        )
        for _ in range(4):
            self.pdf.add_blank_page(page_size=(MM * (TRIM + 2 * MARGIN),) * 2)
        for page in self.pdf.pages:
            inner, outer = MARGIN * MM, (MARGIN + TRIM) * MM
            page.TrimBox = Array([inner, inner, outer, outer])
            page.BleedBox = Array([inner - 3 * MM, inner - 3 * MM, outer + 3 * MM, outer + 3 * MM])
            page.Resources = self.resources
        profile = self.pdf.make_stream((REPOSITORY / "press/profiles/fogra39-coated-300.icc").read_bytes(), N=4)
        self.intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFX,
            OutputConditionIdentifier=String("FOGRA39" if standard == "PDF/X-4" else "JC200103"),
            RegistryName=String("http://www.color.org"),
            DestOutputProfile=profile,
        )
        self.pdf.Root.OutputIntents = Array([self.pdf.make_indirect(self.intent)])

    @property
    def page(self) -> Any:
        """The first page."""
        return self.pdf.pages[0]

    def draw(self, content: str) -> None:
        """Adds to the first page, in a state of its own."""
        self.content.append(f"q {content} Q")

    def font(self, **descriptor: Any) -> Any:
        """``WORDS`` in a composite TrueType font."""
        program, _ = typeface()
        described = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/ABCDEF+BIZUDGothic"),
            Flags=4,
            FontBBox=Array([0, -120, 1000, 880]),
            ItalicAngle=0,
            Ascent=880,
            Descent=-120,
            CapHeight=700,
            StemV=80,
            FontFile2=self.pdf.make_stream(program),
        )
        for key, value in descriptor.items():
            described[f"/{key}"] = value
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name("/ABCDEF+BIZUDGothic"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array(
                    [
                        Dictionary(
                            Type=Name.Font,
                            Subtype=Name.CIDFontType2,
                            BaseFont=Name("/ABCDEF+BIZUDGothic"),
                            CIDSystemInfo=Dictionary(
                                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
                            ),
                            FontDescriptor=self.pdf.make_indirect(described),
                            CIDToGIDMap=Name.Identity,
                            DW=1000,
                        )
                    ]
                ),
            )
        )

    def tint(self, full: list[float]) -> Any:
        """A tint function from paper to ``full``."""
        return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * len(full)), C1=Array(full), N=1)

    def gradient(self, start: list[float], end: list[float]) -> Any:
        """An axial shading in DeviceCMYK."""
        return Dictionary(
            ShadingType=2,
            ColorSpace=Name.DeviceCMYK,
            Coords=Array([20, 0, 60, 0]),
            Function=Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(start), C1=Array(end), N=1),
            Extend=Array([True, True]),
        )

    def picture(self, mode: str, size: tuple[int, int], quality: int = 92, **keys: Any) -> Any:
        """A JPEG XObject."""
        space = {"CMYK": Name.DeviceCMYK, "RGB": Name.DeviceRGB, "L": Name.DeviceGray}[mode]
        stream = self.pdf.make_stream(jpeg(mode, size, quality))
        said: dict[str, Any] = {
            "Type": Name.XObject,
            "Subtype": Name.Image,
            "Width": size[0],
            "Height": size[1],
            "BitsPerComponent": 8,
            "ColorSpace": space,
            "Filter": Name.DCTDecode,
        }
        if mode == "CMYK":
            said["Decode"] = Array([1, 0] * 4)  # Pillow writes inks as Adobe does: inverted
        for key, value in (said | keys).items():
            stream[f"/{key}"] = value
        return stream

    def form(self, content: str, **keys: Any) -> Any:
        """A form XObject of the page's own resources, as wide as the sheet."""
        stream = self.pdf.make_stream(content.encode())
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([-20, -20, 200, 200])
        stream.Resources = self.resources
        for key, value in keys.items():
            stream[f"/{key}"] = value
        return stream

    def spot(self, key: str, name: str, full: list[float], alternate: Any = None) -> None:
        """A colour space ``key`` of a spot ink."""
        space = Array([Name.Separation, Name(f"/{name}"), alternate or Name.DeviceCMYK, self.tint(full)])
        self.resources.ColorSpace[f"/{key}"] = space

    def packet(self) -> str:
        """The file's XMP."""
        version = (
            f"<pdfxid:GTS_PDFXVersion>{self.standard}</pdfxid:GTS_PDFXVersion>" if self.standard == "PDF/X-4" else ""
        )
        return self.xmp.format(title="市政だより", date=DATE[1], version=version)

    def written(self) -> bytes:
        """The PDF."""
        first = f"{MM} 0 0 {MM} {MARGIN * MM} {MARGIN * MM} cm\n"
        marks = (
            "q /All CS 1 SCN 0.1 w -13 0 m -3 0 l S -13 100 m -3 100 l S 103 0 m 113 0 l S 0 103 m 0 113 l S"
            " /All cs 1 scn BT /F 2 Tf 40 106 Td (\\000\\001) Tj ET Q"
        )
        band = "q 0.1 0.05 0 0 k -3 90 106 13 re f Q"
        words = text(9, 20, 94, "/Over gs 0 0 0 1 k")
        rule = "q /Over gs 0 0 0 1 K 0.2 w 10 60 m 90 60 l S Q"
        white = text(12, 20, 50, "0 0 0 0 k", ground="q 0.9 0.4 0 0 k 15 48 40 8 re f Q")
        picture = "q 17 0 0 17 10 10 cm /P Do Q q 40 10 40 20 re W n /G sh Q"
        coloured = [] if self.one_ink else [band, white, picture]
        in_units = f"{1 / self.unit} 0 0 {1 / self.unit} 0 0 cm"
        if self.unit != 1:
            for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
                self.page.obj[box] = Array([float(edge) / self.unit for edge in self.page.obj[box]])
            self.page.UserUnit = self.unit
        drawn = [in_units, first, marks, *coloured, words, rule, *self.content]
        self.page.Contents = self.pdf.make_stream("\n".join(drawn).encode())
        for page in list(self.pdf.pages)[1:]:
            if "/Contents" not in page or not page.Contents.read_bytes().strip():
                page.Contents = self.pdf.make_stream((first + text(9, 20, 50, "0 0 0 1 k")).encode())
        for key, value in self.info.items():
            self.pdf.docinfo[key] = value
        if self.standard == "PDF/X-4":
            self.pdf.Root.Metadata = self.pdf.make_stream(self.packet().encode(), Type=Name.Metadata, Subtype=Name.XML)
        target = BytesIO()
        objects = pikepdf.ObjectStreamMode.disable if self.version < "1.5" else pikepdf.ObjectStreamMode.generate
        self.pdf.save(
            target,
            force_version="" if self.encryption else self.version,  # one or the other, says qpdf
            deterministic_id=not self.encryption,
            object_stream_mode=objects if self.identified else pikepdf.ObjectStreamMode.disable,
            encryption=self.encryption,
            compress_streams=False,
            stream_decode_level=None if self.encryption else pikepdf.StreamDecodeLevel.none,
        )
        return target.getvalue() if self.identified else _without_id(target.getvalue())


def _without_id(pdf: bytes) -> bytes:
    at = pdf.rindex(b"/ID [")
    end = pdf.index(b"]", at) + 1
    return pdf[:at] + b" " * (end - at) + pdf[end:]


def text(size: float, x: float, y: float, colour: str, ground: str = "", codes: str = "") -> str:
    """``WORDS`` at a size in pt and a place in mm, over a ``ground``."""
    _, glyphs = typeface()
    shown = codes or "".join(f"{glyphs[each]:04x}" for each in WORDS)
    return f"{ground} q {colour} BT /F {size / MM:.5f} Tf {x} {y} Td <{shown}> Tj ET Q"
