"""Every check with a way to break it and no other: the change to a clean draft, and the finding that must come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

from pikepdf import Array, Dictionary, Encryption, Name, String
from PIL import Image, ImageFilter
from tests.preflight.drafts import MM, REPOSITORY, Draft, text

from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.profile import Inks, Press, Spot, read_press

X4, X1A = "PDF/X-4", "PDF/X-1a:2003"


@cache
def press(name: str) -> Press:
    """A shipped profile, by its name or with the changes that a test wants."""
    if name == "newspaper":
        return replace(press("offset-coated"), printing="newspaper")
    if name == "gold":
        return replace(
            press("offset-two-colour"), inks=Inks("spot", Spot("金赤", ProcessColour(0, 80, 70, 0), True, "Cyan"))
        )
    if name == "coarse":
        return replace(press("offset-coated"), least_dot=3.0)
    if name == "green":
        spot = Spot("DIC 156s", ProcessColour(80, 0, 70, 0), True, "")
        return replace(press("offset-coated"), inks=Inks("spot", spot))
    return read_press(name, REPOSITORY / "press", REPOSITORY)


@dataclass(frozen=True)
class Fault:
    """One row: the finding's code and severity, the change, and the shop (with its standard) that has this finding."""

    code: str
    severity: str
    act: Callable[[Draft], Any]
    press: str = "offset-coated"
    standard: str = X4
    how: Any = None
    plates: bool = False


def key(group: str, name: str, value: Any) -> Callable[[Draft], None]:
    """Sets an entry of the first page (``page``), the catalogue (``root``) or the output intent."""

    def act(draft: Draft) -> None:
        target = {"page": draft.page.obj, "root": draft.pdf.Root, "intent": draft.intent}[group]
        target[f"/{name}"] = value(draft) if callable(value) else value

    return act


def drop(group: str, name: str) -> Callable[[Draft], None]:
    """Leaves an entry out."""

    def act(draft: Draft) -> None:
        del {"page": draft.page.obj, "root": draft.pdf.Root, "intent": draft.intent}[group][f"/{name}"]

    return act


def draws(content: str, **resources: dict[str, Any]) -> Callable[[Draft], None]:
    """Draws something more; ``resources`` are values, or functions of the draft, by kind and name."""

    def act(draft: Draft) -> None:
        for kind, group in resources.items():
            for name, value in group.items():
                draft.resources[f"/{kind}"][f"/{name}"] = value(draft) if callable(value) else value
        draft.draw(content)

    return act


def both(*acts: Callable[[Draft], Any]) -> Callable[[Draft], None]:
    def act(draft: Draft) -> None:
        for each in acts:
            each(draft)

    return act


def info(name: str, value: Any) -> Callable[[Draft], None]:
    return lambda draft: draft.info.update({name: value})


def states(**keys: Any) -> dict[str, Any]:
    return {"X": Dictionary(**keys)}


def type3(draft: Draft) -> Any:
    glyph = draft.pdf.make_stream(b"1000 0 0 0 800 800 d1 0 0 800 800 re f")
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 800, 800]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([1000]),
        Resources=Dictionary(),
    )


def simple_font(name: str, embedded: bool) -> Callable[[Draft], Any]:
    def made(draft: Draft) -> Any:
        descriptor = draft.font().DescendantFonts[0].FontDescriptor
        if not embedded:
            del descriptor["/FontFile2"]
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name(f"/{name}"),
            FirstChar=97,
            LastChar=97,
            Widths=Array([600]),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=descriptor,
        )

    return made


def opentype(draft: Draft) -> Any:
    program = draft.pdf.make_stream(b"OTTO", Subtype=Name.OpenType)
    font = draft.font(FontFile3=program)
    del font.DescendantFonts[0].FontDescriptor["/FontFile2"]
    return font


def lzw(draft: Draft) -> Any:
    form = draft.form("")
    form.write(b"\x80\x1b\x84\x10\x10", filter=Name.LZWDecode)  # the codes 256, "n", " ", 257 in 9 bits each
    return form


def mask(draft: Draft) -> Any:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    return Dictionary(SMask=Dictionary(S=Name.Luminosity, G=draft.form("1 g 0 0 50 50 re f", Group=group)))


def pages(count: int) -> Callable[[Draft], None]:
    def act(draft: Draft) -> None:
        while len(draft.pdf.pages) > count:
            del draft.pdf.pages[-1]

    return act


def blank_last(draft: Draft) -> None:
    draft.pdf.pages[3].Contents = draft.pdf.make_stream(b"0 0 0 0 k 0 0 500 500 re f")


def smaller_last(draft: Draft) -> None:
    page, shift = draft.pdf.pages[3], 10 * MM
    page.MediaBox, page.TrimBox, page.BleedBox = (
        Array([float(edge) - (shift if place > 1 else 0) for place, edge in enumerate(box)])
        for box in (page.MediaBox, page.TrimBox, page.BleedBox)
    )


def in_other_units(draft: Draft) -> None:
    draft.unit = 2


def grow(box: str, by: float) -> Callable[[Draft], None]:
    """A box of the first page, larger by ``by`` mm on every side."""

    def act(draft: Draft) -> None:
        edges = [float(edge) for edge in draft.page[f"/{box}"]]
        draft.page[f"/{box}"] = Array([edge + by * MM * (-1 if place < 2 else 1) for place, edge in enumerate(edges)])

    return act


def shading(**changes: Any) -> Callable[[Draft], Any]:
    def made(draft: Draft) -> Any:
        given = draft.gradient([0.2, 0.1, 0, 0], [0.6, 0.4, 0, 0])
        for name, value in changes.items():
            given[f"/{name}"] = value
        return given

    return made


def outside_stream(draft: Draft) -> Any:
    return draft.picture("CMYK", (200, 200), OPI=Dictionary({"/2.0": Dictionary(Type=Name.OPI)}))


SMALL = text(9, 20, 70, "0.6 0.4 0 0 k")
TINTED = "q 0.3 0 0 0 k 15 68 40 12 re f Q "
RGB_FUNCTION = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
LAB = Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])
PLACE = "q 17 0 0 17 70 10 cm /X Do Q"
LAYERS = Dictionary(OCGs=Array([]), D=Dictionary(Order=Array([])))
LINK = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 60, 90, 90]), Border=Array([0, 0, 0]))


def link(draft: Draft) -> Any:
    return Array([LINK])


def embedded(draft: Draft) -> Any:
    file = draft.pdf.make_stream(b"x", Type=Name.EmbeddedFile)
    named = Dictionary(Type=Name.Filespec, F=String("x.txt"), EF=Dictionary(F=file))
    return Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x"), named])))


def beside(**keys: Any) -> Dictionary:
    """An annotation in the margin, where it disturbs nothing."""
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 5, 5]), **keys)


def chained(action: Dictionary) -> Dictionary:
    """An action that leads to a place, and then does another."""
    return Dictionary(S=Name.URI, URI=String("https://www.example.jp/"), Next=Array([action]))


def script(draft: Draft) -> Any:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def gray_profile(draft: Draft) -> Any:
    return draft.pdf.make_stream(bytes(12) + b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(100), N=3)


def bitmap(pixels: int) -> Callable[[Draft], Any]:
    def made(draft: Draft) -> Any:
        row = (pixels + 7) // 8
        stream = draft.pdf.make_stream(bytes(row * pixels))
        stream.Type, stream.Subtype, stream.ImageMask = Name.XObject, Name.Image, True
        stream.Width, stream.Height, stream.BitsPerComponent = pixels, pixels, 1
        return stream

    return made


def picture(mode: str, pixels: int, quality: int = 92, **keys: Any) -> Callable[[Draft], Any]:
    return lambda draft: draft.picture(mode, (pixels, pixels), quality, **keys)


def grain(made: int, pixels: int, *qualities: int) -> Callable[[Draft], Any]:
    """A grey JPEG of so many ``pixels``, of a grain that was ``made`` of fewer, coded in one quality after another."""

    def act(draft: Draft) -> Any:
        numbers = Random(4)
        taken = Image.frombytes("L", (made, made), bytes(numbers.randrange(40, 216) for _ in range(made * made)))
        drawn = taken.filter(ImageFilter.GaussianBlur(0.6)).resize((pixels, pixels), Image.Resampling.BICUBIC)
        for quality in qualities:
            coded = BytesIO()
            drawn.save(coded, "JPEG", quality=quality)
            drawn = Image.open(BytesIO(coded.getvalue()))
        stream = draft.picture("L", (pixels, pixels))
        stream.write(coded.getvalue(), filter=Name.DCTDecode)
        return stream

    return act


def spot(name: str, full: list[float], alternate: Any = None) -> Callable[[Draft], None]:
    def act(draft: Draft) -> None:
        draft.spot("S", name, full, alternate)
        draft.draw("/S cs 1 scn 70 60 10 10 re f")

    return act


def two_spots(name: str, full: list[float]) -> Callable[[Draft], None]:
    def act(draft: Draft) -> None:
        draft.content.clear()
        draft.spot("T", "DIC 156s", [0.8, 0, 0.7, 0])
        draft.draw("/T cs 1 scn 70 40 10 10 re f")
        spot(name, full)(draft)

    return act


def spot_not_ascii(draft: Draft) -> None:
    draft.one_ink = True
    draft.content.clear()
    draft.spot("T", "金赤", [0, 0.8, 0.7, 0])
    draft.draw("/T cs 1 scn 70 40 10 10 re f")


def k_only(draft: Draft) -> None:
    """Leaves only black and things that are drawn later: for jobs without the four process inks."""
    draft.one_ink = True


FAULTS = [
    # The file
    Fault("pdf-damaged", "error", lambda draft: None, how=lambda pdf: pdf.replace(b"startxref\n", b"startxref\n9", 1)),
    Fault("pdf-encrypted", "error", lambda draft: setattr(draft, "encryption", Encryption(owner="x", user="", R=4))),
    Fault("pdf-version", "error", lambda draft: setattr(draft, "version", "1.7")),
    Fault("pdf-version", "error", lambda draft: setattr(draft, "version", "1.6"), "offset-coated-x1a", X1A),
    Fault("file-id-missing", "error", lambda draft: setattr(draft, "identified", False)),
    Fault("pdf-script", "error", key("root", "OpenAction", script)),
    Fault("pdf-script", "error", key("page", "Annots", lambda draft: Array([beside(A=script(draft))]))),
    Fault("pdf-script", "error", key("page", "Annots", lambda draft: Array([beside(AA=Dictionary(E=script(draft)))]))),
    Fault("pdf-script", "error", key("page", "Annots", lambda draft: Array([beside(A=chained(script(draft)))]))),
    Fault("pdf-script", "error", key("root", "Outlines", lambda draft: Dictionary(First=Dictionary(A=script(draft))))),
    Fault("pdf-script", "error", key("page", "AA", Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage)))),
    Fault("pdf-form", "error", key("root", "AcroForm", Dictionary(Fields=Array([])))),
    Fault("pdf-attachment", "warning", key("root", "Names", embedded)),
    Fault("pdf-attachment", "error", key("root", "Names", embedded), "offset-coated-x1a", X1A),
    Fault("pdf-layers", "error", key("root", "OCProperties", LAYERS), "offset-coated-x1a", X1A),
    Fault("content-broken", "error", draws("0 0 0 1 kk")),
    Fault("content-broken", "error", draws("/Missing gs")),
    Fault("content-broken", "error", draws("q q")),
    Fault("transfer-function", "error", draws("/X gs", ExtGState={"X": Dictionary(TR=RGB_FUNCTION)})),
    Fault("postscript-code", "error", draws("/X Do", XObject={"X": lambda d: d.form("", Subtype=Name.PS)})),
    Fault("external-content", "error", draws(PLACE, XObject={"X": outside_stream})),
    Fault(
        "compression",
        "error",
        draws("/X Do", XObject={"X": lzw}),
        "offset-coated-x1a",
        X1A,
    ),
    Fault("annotation-on-page", "error", key("page", "Annots", link)),
    Fault("pdfx-not-claimed", "error", lambda d: setattr(d, "xmp", d.xmp.replace("{version}", ""))),
    Fault("pdfx-not-claimed", "error", info("/GTS_PDFXVersion", "PDF/X-3:2003"), "offset-coated-x1a", X1A),
    Fault("metadata-missing", "error", lambda d: setattr(d, "xmp", d.xmp.replace("xmp:MetadataDate", "xmp:Nickname"))),
    Fault("metadata-missing", "error", lambda d: d.info.pop("/ModDate"), "offset-coated-x1a", X1A),
    Fault(
        "trapped-missing",
        "error",
        both(info("/Trapped", Name.Unknown), lambda d: setattr(d, "xmp", d.xmp.replace("False", "Unknown"))),
    ),
    Fault("metadata-disagrees", "error", info("/ModDate", "D:20130402000000+09'00'")),
    Fault("metadata-disagrees", "error", info("/Title", "別の題")),
    Fault("output-intent-count", "error", drop("root", "OutputIntents")),
    Fault(
        "output-intent-count",
        "error",
        lambda d: d.pdf.Root.OutputIntents.append(
            Dictionary(S=Name.GTS_PDFX, OutputConditionIdentifier=String("FOGRA39"))
        ),
    ),
    Fault("output-intent-not-cmyk", "error", key("intent", "DestOutputProfile", gray_profile)),
    Fault("output-profile-missing", "error", drop("intent", "DestOutputProfile")),
    Fault("output-condition", "warning", key("intent", "OutputConditionIdentifier", String("JC200104"))),
    # The page and its edges
    Fault("trim-missing", "error", key("page", "ArtBox", Array([100, 100, 200, 200]))),
    Fault("boxes-not-nested", "error", grow("BleedBox", -5)),
    Fault("bleed-box", "error", grow("BleedBox", 2)),
    Fault("bleed-box", "error", drop("page", "BleedBox")),
    Fault("media-origin", "warning", grow("MediaBox", 5)),
    Fault("crop-box", "error", key("page", "CropBox", Array([10, 10, 200, 200]))),
    Fault("user-unit", "error", in_other_units),
    Fault("page-rotated", "warning", key("page", "Rotate", 90)),
    Fault("pages-differ", "warning", smaller_last),
    Fault("pages-differ", "error", smaller_last, "newspaper"),
    Fault("empty-page", "warning", blank_last),
    Fault("page-multiple", "warning", pages(3)),
    Fault("bleed-missing", "error", draws("0.2 0 0 0 k 80 20 20 10 re f")),
    Fault("bleed-missing", "warning", draws("0.2 0 0 0 k 80 20 21.5 10 re f")),
    Fault("bleed-missing", "error", draws("q 20 0 0 20 81 20 cm /P Do Q")),
    Fault("text-outside-safe", "warning", draws(text(9, 1, 40, "/Over gs 0 0 0 1 k"))),
    # Colour
    Fault("colour-not-process", "error", draws("1 0 0 rg 70 60 10 10 re f")),
    Fault("colour-not-process", "error", draws("/X cs 50 20 0 scn 70 60 10 10 re f", ColorSpace={"X": LAB})),
    Fault("colour-not-process", "error", draws(PLACE, XObject={"X": picture("RGB", 200)})),
    Fault("colour-not-process", "error", draws(PLACE, XObject={"X": picture("RGB", 200, ColorSpace=Name.DeviceCMYK)})),
    Fault(
        "colour-not-process",
        "error",
        draws("70 60 9 9 re W n /X sh", Shading={"X": shading(ColorSpace=Name.DeviceRGB, Function=RGB_FUNCTION)}),
    ),
    Fault("colour-not-process", "error", draws("9 0 0 9 70 60 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI")),
    Fault("colour-not-process", "error", draws("/X Do", XObject={"X": lambda d: d.form("0 0 1 RG 70 60 m 80 60 l S")})),
    Fault("gradient-broken", "error", draws("70 60 9 9 re W n /X sh", Shading={"X": shading(Function=RGB_FUNCTION)})),
    Fault("ink-not-in-job", "error", both(k_only, draws("0 0.3 0 0 k 70 60 10 10 re f")), "offset-two-colour"),
    Fault(
        "ink-not-in-job",
        "error",
        both(k_only, draws(PLACE, XObject={"X": picture("CMYK", 200)})),
        "offset-two-colour",
        plates=True,
    ),
    Fault("spot-not-in-job", "error", spot("DIC 156s", [0.8, 0, 0.7, 0])),
    Fault("spot-case", "error", both(k_only, two_spots("Dic 156s", [0.8, 0, 0.6, 0])), "green"),
    Fault("spot-suffix", "warning", both(k_only, two_spots("DIC 156p", [0.8, 0, 0.6, 0])), "green"),
    Fault("spot-name-not-ascii", "warning", spot_not_ascii, "gold"),
    Fault("spot-identical", "error", both(k_only, two_spots("Leaf", [0.8, 0, 0.7, 0])), "green"),
    Fault("registration-colour", "error", draws("/All cs 1 scn 70 60 10 10 re f")),
    Fault("four-colour-solid", "error", draws("1 1 1 1 k 70 60 10 10 re f")),
    Fault("transparency", "error", draws("/X gs", ExtGState=states(ca=0.5)), "offset-coated-x1a", X1A),
    Fault("transparency", "error", draws("/X gs", ExtGState=states(BM=Name.Multiply)), "offset-coated-x1a", X1A),
    Fault("transparency", "error", draws("/X gs", ExtGState={"X": mask}), "offset-coated-x1a", X1A),
    Fault("group-colour-space", "error", key("page", "Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    # Black and white
    Fault("black-text-knocks-out", "error", draws(TINTED + text(9, 20, 70, "/Out gs 0 0 0 1 k"))),
    Fault(
        "black-text-knocks-out",
        "error",
        draws(TINTED + text(9, 20, 70, "/X gs 0 0 0 1 k"), ExtGState=states(op=True, OPM=0)),
    ),
    Fault("black-line-knocks-out", "warning", draws(TINTED + "/Out gs 0 0 0 1 K 0.3 w 20 70 m 50 70 l S")),
    Fault("white-text-overprints", "error", draws(TINTED + text(12, 20, 70, "/Over gs 0 0 0 0 k"))),
    Fault("white-shape-overprints", "warning", draws(TINTED + "/Over gs 0 0 0 0 k 20 70 5 5 re f")),
    Fault("black-in-gray", "warning", draws(text(9, 20, 70, "0 g"))),
    Fault("black-in-gray", "warning", draws("0 G 0.2 w 20 70 m 50 70 l S")),
    Fault("gray-overprints", "warning", draws("/Over gs 0.5 g 70 60 10 10 re f")),
    Fault("colour-overprints", "warning", draws("/Over gs 0.5 0.3 0 0 k 70 60 10 10 re f")),
    Fault("rich-black-text", "error", draws(text(20, 20, 70, "0.7 0.7 0.6 0.9 k"))),
    Fault("rich-black-text", "warning", draws(text(20, 20, 70, "0.4 0 0 1 k"))),
    # Type and lines
    Fault("text-too-small", "warning", draws(text(5, 20, 70, "/Over gs 0 0 0 1 k"))),
    Fault("small-white-text", "warning", draws("q 0.3 0 0 0 k 15 68 40 12 re f Q " + text(7, 20, 70, "0 0 0 0 k"))),
    Fault("many-ink-text", "warning", draws(text(12, 20, 70, "1 0.85 0.3 0.6 k"))),
    Fault("dot-too-small", "warning", draws("0.3 0.02 0 0 k 70 60 10 10 re f"), "coarse"),
    Fault("small-multi-ink-text", "warning", draws(text(7, 20, 70, "0.6 0.4 0 0 k"))),
    Fault(
        "font-not-embedded",
        "error",
        draws("/Over gs 0 0 0 1 k BT /X 4 Tf 20 70 Td (a) Tj ET", Font={"X": simple_font("Ryumin-Light", False)}),
    ),
    Fault("font-type3", "warning", draws("/Over gs 0 0 0 1 k BT /X 4 Tf 20 70 Td (a) Tj ET", Font={"X": type3})),
    Fault(
        "font-courier",
        "warning",
        draws("/Over gs 0 0 0 1 k BT /X 4 Tf 20 70 Td (a) Tj ET", Font={"X": simple_font("ABCDEF+CourierStd", True)}),
    ),
    Fault(
        "font-opentype",
        "error",
        draws("/Over gs 0 0 0 1 k BT /X 4 Tf 20 70 Td <0001> Tj ET", Font={"X": opentype}),
        "offset-coated-x1a",
        X1A,
    ),
    Fault("notdef-glyph", "error", draws(text(9, 20, 70, "/Over gs 0 0 0 1 k", codes="00010000"))),
    Fault("text-emboldened", "warning", draws(text(12, 20, 70, "/Over gs 0 0 0 1 k 0 0 0 1 K 0.15 w 2 Tr"))),
    Fault(
        "text-emboldened",
        "warning",
        draws(text(12, 20, 70, "/Over gs 0 0 0 1 k") + text(12, 20.1, 70, "/Over gs 0 0 0 1 k")),
    ),
    Fault("thin-line", "error", draws("/Over gs 0 0 0 1 K 0.05 w 20 70 m 50 70 l S")),
    Fault("thin-line", "error", draws("/Over gs 0 0 0 1 k 20 70 30 0.05 re f")),
    Fault("thin-multi-ink-line", "error", draws("0.6 0.4 0 0 K 0.05 w 20 70 m 50 70 l S")),
    # Pictures
    Fault("picture-resolution", "error", draws(PLACE, XObject={"X": picture("CMYK", 90)})),
    Fault("picture-resolution", "warning", draws(PLACE, XObject={"X": picture("CMYK", 140)})),
    Fault("picture-resolution", "error", draws("q 34 0 0 8.5 60 20 cm /X Do Q", XObject={"X": picture("CMYK", 190)})),
    Fault("bitmap-resolution", "error", draws("/Over gs 0 0 0 1 k " + PLACE, XObject={"X": bitmap(300)})),
    Fault("bitmap-resolution", "warning", draws("/Over gs 0 0 0 1 k " + PLACE, XObject={"X": bitmap(500)})),
    Fault("picture-too-fine", "warning", draws(PLACE, XObject={"X": picture("CMYK", 400)})),
    Fault("jpeg-quality", "warning", draws(PLACE, XObject={"X": picture("CMYK", 200, 40)})),
    Fault("picture-enlarged", "warning", draws(PLACE, XObject={"X": grain(104, 208, 92)})),
    Fault("jpeg-recoded", "warning", draws(PLACE, XObject={"X": grain(208, 208, 50, 95)})),
    # Plates
    Fault("total-ink", "error", draws("0.9 0.85 0.8 0.8 k 70 20 20 20 re f"), plates=True),
    Fault("ink-peak", "warning", draws("0.9 0.85 0.8 0.8 k 70 20 4 4 re f"), plates=True),
]
