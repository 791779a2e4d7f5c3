"""PDF/X-4 and PDF/X-1a:2003: the file says what it is in every place where the standard wants it, and it is true."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from tests.kinds import brochure, quiz

from koho_pdf.errors import LayoutError
from koho_pdf.finishing.standard import without_transparency
from koho_pdf.pipeline import build
from koho_pdf.press.profile import Press
from koho_pdf.workspace.workspace import open_workspace

MM = 72 / 25.4
Finished = Callable[..., Pdf]

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
XMP_MM = "{http://ns.adobe.com/xap/1.0/mm/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
DC = "{http://purl.org/dc/elements/1.1/}"
X4 = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
X1 = "{http://ns.adobe.com/pdfx/1.3/}GTS_PDFXVersion"


def written(each: Any) -> bytes:
    """An object as it stands in the file; of a stream its dictionary."""
    whole: Any = each.stream_dict if isinstance(each, pikepdf.Stream) else each
    return bytes(whole.unparse(resolved=True))


def packet(pdf: Pdf) -> dict[str, str]:
    """What the XMP says, by qualified name."""
    stream = pdf.Root.Metadata
    assert stream.Type == "/Metadata"
    assert stream.Subtype == "/XML"
    assert "/Filter" not in stream, "a reader that knows no PDF finds it by its packet"
    (description,) = ElementTree.fromstring(stream.read_raw_bytes()).iter(f"{RDF}Description")
    return {member.tag: "".join(member.itertext()) for member in description}


def told(pdf: Pdf) -> dict[str, str]:
    return {str(key): str(value) for key, value in pdf.docinfo.items()}


def test_xmp_and_info_agree(opened: Callable[[str], Pdf], shop: Callable[[str], Press], profile: str) -> None:
    pdf = opened(profile)
    if shop(profile).standard == "plain":
        assert {"/Metadata", "/OutputIntents"} & set(pdf.Root.keys()) == set()
        assert "/Trapped" not in pdf.docinfo
        return
    said, info = packet(pdf), told(pdf)
    assert said[f"{DC}title"] == info["/Title"] == brochure.TITLE
    assert said[f"{DC}creator"] == info["/Author"] == "留萌市"
    assert said[f"{PDF}Trapped"] == "False"
    assert info["/Trapped"] == "/False"
    assert said[f"{PDF}Producer"] == info["/Producer"]
    assert said[f"{XMP}CreatorTool"] == info["/Creator"]
    assert info["/CreationDate"] == info["/ModDate"] == "D:20270401000000+09'00'"
    assert {said[f"{XMP}{key}"] for key in ("CreateDate", "ModifyDate", "MetadataDate")} == {
        "2027-04-01T00:00:00+09:00"
    }
    assert re.fullmatch(r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", said[f"{XMP_MM}DocumentID"])
    assert (said[f"{XMP_MM}VersionID"], said[f"{XMP_MM}RenditionClass"]) == ("1", "default")


def test_the_version_is_said_where_its_standard_wants_it(
    opened: Callable[[str], Pdf], printed_for: Callable[[str], bytes]
) -> None:
    x4, x1a = opened("offset-coated"), opened("offset-coated-x1a")
    assert (packet(x4)[X4], X1 in packet(x4)) == ("PDF/X-4", False)
    assert "/GTS_PDFXVersion" not in x4.docinfo
    assert printed_for("offset-coated").startswith(b"%PDF-1.6")
    assert (packet(x1a)[X1], X4 in packet(x1a)) == ("PDF/X-1a:2003", False)
    assert str(x1a.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1a:2003"
    assert "/GTS_PDFXConformance" not in x1a.docinfo, "PDF/X-1a:2001 had it"
    assert printed_for("offset-coated-x1a").startswith(b"%PDF-1.4")


def test_one_output_intent_says_what_it_is_separated_for(
    opened: Callable[[str], Pdf], shop: Callable[[str], Press], profile: str
) -> None:
    press = shop(profile)
    if press.standard == "plain":
        return
    (intent,) = opened(profile).Root.OutputIntents
    assert [str(intent.Type), str(intent.S)] == ["/OutputIntent", "/GTS_PDFX"]
    assert str(intent.OutputConditionIdentifier) == press.condition.identifier
    assert str(intent.RegistryName) == "http://www.color.org"
    assert str(intent.OutputCondition) == str(intent.Info) == press.condition.name
    assert ("/DestOutputProfile" in intent) == press.condition.embedded
    if press.condition.embedded:
        profile_stream = intent.DestOutputProfile
        assert profile_stream.N == 4
        assert profile_stream.read_bytes() == press.condition.profile.read_bytes()
        assert profile_stream.read_bytes()[12:20] == b"prtrCMYK"


def test_what_no_pdf_x_may_have_is_not_there(opened: Callable[[str], Pdf], profile: str) -> None:
    pdf = opened(profile)
    assert "/ID" in pdf.trailer
    assert not pdf.is_encrypted
    assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents"}
    forbidden = {"/Annots", "/CropBox", "/ArtBox", "/AA", "/Rotate", "/UserUnit", "/Tabs", "/StructParents"}
    for page in pdf.pages:
        assert forbidden & set(page.obj.keys()) == set()
    for each in pdf.objects:
        said = written(each)
        for key in (
            b"/LZWDecode",
            b"/Crypt",
            b"/OPI",
            b"/Alternates",
            b"/PS",
            b"/JavaScript",
            b"/URI",
            b"/EmbeddedFile",
        ):
            assert not re.search(key + rb"\b", said)


def test_boxes_lie_in_each_other_from_an_origin_at_zero(
    opened: Callable[[str], Pdf], shop: Callable[[str], Press], profile: str
) -> None:
    press = shop(profile)
    width = 148 if press.sheets == "single" else 296
    for page in opened(profile).pages:
        media, bleed, trim = (
            [float(edge) / MM for edge in page.obj[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
        assert media[:2] == [0, 0]
        assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([width, 210], abs=0.01)
        around = [trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]]
        assert around == pytest.approx([press.bleed] * 4, abs=0.01)
        assert all(bleed[i] >= media[i] - 0.001 for i in (0, 1))
        assert all(bleed[i] <= media[i] + 0.001 for i in (2, 3))


def test_pdf_1_4_is_written_as_1_4_was(printed_for: Callable[[str], bytes], opened: Callable[[str], Pdf]) -> None:
    content = printed_for("offset-coated-x1a")
    assert b"/ObjStm" not in content
    assert b"/XRef" not in content
    assert re.search(rb"\nxref\n0 \d+\n", content)
    for each in opened("offset-coated-x1a").objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            assert {"/FontFamily", "/FontStretch", "/FontWeight", "/FontFile", "/FontFile3"} & set(each.keys()) == set()
            assert "/FontFile2" in each


def test_nothing_in_pdf_x_1a_knows_transparency(opened: Callable[[str], Pdf]) -> None:
    for each in opened("offset-coated-x1a").objects:
        said = written(each)
        for key in (b"/ca", b"/CA", b"/SMask", b"/BM", b"/Transparency"):
            assert not re.search(key + rb"\b", said)


def test_the_same_pages_give_the_same_bytes_and_another_profile_another_document(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    def identity(content: bytes, press: Press) -> str:
        return packet(finished(drawn([content]), press))[f"{XMP_MM}DocumentID"]

    press = shop("offset-coated")
    one = identity(b"0 0 0 1 k 0 0 9 9 re f", press)
    assert one == identity(b"0 0 0 1 k 0 0 9 9 re f", press)
    assert one != identity(b"0 0 0 1 k 0 0 9 8 re f", press)
    assert one != identity(b"0 0 0 1 k 0 0 9 9 re f", shop("newsprint"))


def test_words_that_are_no_xml_are_still_said(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    pdf = finished(drawn([b""]), shop("offset-coated"))
    assert packet(pdf)[f"{DC}title"] == told(pdf)["/Title"] == "試し", "a file without a title is told by its issue"
    pages = Pdf.open(io.BytesIO(drawn([b""])))
    pages.docinfo["/Title"] = "水道 < 下水道 & 道路"
    target = io.BytesIO()
    pages.save(target)
    assert packet(finished(target.getvalue(), shop("offset-coated")))[f"{DC}title"] == "水道 < 下水道 & 道路"


FILL = b"0 0 0 1 k 10 10 50 50 re f"


def group(pdf: Pdf, content: bytes, **more: Any) -> Any:
    form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[-9, -9, 200, 300], **more)
    form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
    return form


def picture(pdf: Pdf, alpha: bytes) -> Any:
    def image(samples: bytes, space: Name) -> Any:
        return pdf.make_stream(
            samples, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=space
        )

    seen = image(b"\0\0\0\xff", Name.DeviceCMYK)
    seen.SMask = image(alpha, Name.DeviceGray)
    return seen


def faded(pdf: Pdf) -> Any:
    """What gives a gradient its opacity: a luminosity mask that is a gradient of grey (engine/gradients.py)."""
    shade = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceGray,
        Coords=[0, 0, 9, 0],
        Function=Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0.2], N=1),
    )
    drawn = group(pdf, b"/G sh", Resources=Dictionary(Shading=Dictionary(G=shade)))
    return Dictionary(SMask=Dictionary(S=Name.Luminosity, G=drawn))


def shaded(pdf: Pdf) -> Any:
    """A tile of a gradient seen through that mask."""
    return pdf.make_stream(
        b"/T gs 0 1 0 0 k 0 0 9 9 re f",
        PatternType=1,
        PaintType=1,
        BBox=[0, 0, 9, 9],
        XStep=9,
        YStep=9,
        Matrix=[1, 0, 0, 1, 0, 0],
        Resources=Dictionary(ExtGState=Dictionary(T=faded(pdf))),
    )


def mask(pdf: Pdf) -> Any:
    return Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group(pdf, b"1 g 0 0 9 9 re f")))


TRANSPARENT: dict[str, tuple[Callable[[Pdf], dict[str, Any]], bytes, str]] = {
    "fill": (lambda pdf: {"ExtGState": Dictionary(S=Dictionary(ca=0.3))}, b"/S gs " + FILL, "不透明度 30%"),
    "stroke": (lambda pdf: {"ExtGState": Dictionary(S=Dictionary(CA=0.5))}, b"/S gs " + FILL, "不透明度 50%"),
    "blend mode": (
        lambda pdf: {"ExtGState": Dictionary(S=Dictionary(BM=Name.Multiply))},
        b"/S gs " + FILL,
        "描画モード",
    ),
    "soft mask": (lambda pdf: {"ExtGState": Dictionary(S=mask(pdf))}, b"/S gs " + FILL, "マスク"),
    "picture": (lambda pdf: {"XObject": Dictionary(S=picture(pdf, b"\x80"))}, b"/S Do", "透けた画像"),
    "gradient": (
        lambda pdf: {"Pattern": Dictionary(S=shaded(pdf)), "ExtGState": Dictionary(T=faded(pdf))},
        b"/Pattern cs /S scn 10 10 50 50 re f",
        "マスク",
    ),
    "in a form": (
        lambda pdf: {
            "XObject": Dictionary(
                S=group(pdf, b"/T gs " + FILL, Resources=Dictionary(ExtGState=Dictionary(T=Dictionary(ca=0.25))))
            )
        },
        b"/S Do",
        "不透明度 25%",
    ),
}


def page_with(make: Callable[[Pdf], dict[str, Any]], content: bytes, drawn: Callable[..., bytes]) -> bytes:
    """Two pages that list the same resources; the second uses them."""

    pdf = Pdf.open(io.BytesIO(drawn([FILL, content])))
    resources = pdf.make_indirect(Dictionary({f"/{name}": each for name, each in make(pdf).items()}))
    for page in pdf.pages:
        page.Resources = resources
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize("what", TRANSPARENT)
def test_transparency_that_a_layout_asks_for_is_refused_in_pdf_x_1a(
    what: str, drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    make, content, word = TRANSPARENT[what]
    pages = page_with(make, content, drawn)
    with pytest.raises(LayoutError) as refused:
        finished(pages, shop("offset-coated-x1a"))
    (finding,) = refused.value.findings
    assert (finding.code, finding.where.page, finding.where.file) == (
        "transparency-refused",
        2,
        "layouts/tiny/layout.yaml",
    )
    assert word in finding.message
    assert "offset-coated-x1a" in finding.message
    assert len(finished(pages, shop("offset-coated")).pages) == 2, "PDF/X-4 takes it"


HARMLESS: dict[str, tuple[Callable[[Pdf], dict[str, Any]], bytes]] = {
    "full opacity": (lambda pdf: {"ExtGState": Dictionary(S=Dictionary(ca=1, CA=1, BM=Name.Normal))}, b"/S gs " + FILL),
    "no mask": (lambda pdf: {"ExtGState": Dictionary(S=Dictionary(SMask=Name("/None")))}, b"/S gs " + FILL),
    "group": (lambda pdf: {"XObject": Dictionary(S=group(pdf, FILL))}, b"/S Do"),
    "opaque picture": (lambda pdf: {"XObject": Dictionary(S=picture(pdf, b"\xff"))}, b"/S Do"),
    "listed, not used": (lambda pdf: {"ExtGState": Dictionary(S=Dictionary(ca=0.3))}, FILL),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_what_has_no_effect_is_taken_out_of_pdf_x_1a(
    what: str, drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    make, content = HARMLESS[what]
    pdf = finished(page_with(make, content, drawn), shop("offset-coated-x1a"))
    for each in pdf.objects:
        said = written(each)
        for key in (b"/ca", b"/CA", b"/SMask", b"/BM", b"/Transparency", b"/DeviceRGB"):
            assert not re.search(key + rb"\b", said)


def test_groups_of_pdf_x_4_blend_in_inks(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    make, content, _ = TRANSPARENT["in a form"]
    pdf = finished(page_with(make, content, drawn), shop("offset-coated"))
    spaces = [str(each.Group.CS) for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Group" in each]
    assert spaces == ["/DeviceCMYK"]


def test_a_face_that_is_no_truetype_is_refused_in_pdf_x_1a(drawn: Callable[..., bytes]) -> None:

    with Pdf.open(io.BytesIO(drawn([FILL]))) as pdf:
        pdf.pages[0].Resources = Dictionary(
            Font=Dictionary(
                F=pdf.make_indirect(
                    Dictionary(
                        Type=Name.FontDescriptor,
                        FontName=Name("/ABCDEF+Noto-Sans-JP"),
                        FontFile3=pdf.make_stream(b"", Subtype=Name.OpenType),
                    )
                )
            )
        )
        with pytest.raises(LayoutError) as refused:
            without_transparency(pdf, "tiny", "offset-coated-x1a")
    (finding,) = refused.value.findings
    assert finding.code == "truetype-only"
    assert "Noto-Sans-JP" in finding.message
    assert "ABCDEF" not in finding.message


def test_every_profile_has_a_file_of_its_own(koho: Any, tmp_path: Path, shop: Callable[[str], Press]) -> None:
    """The city's usual shop gets ``print.pdf``, another one its folder, and neither overwrites the other."""
    issue = quiz.make(tmp_path)
    for more in (("--press", "newsprint"), ()):
        done = koho("build", quiz.NAME, "--edition", "print", *more, folder=tmp_path)
        assert (done.returncode, "[間違い]" in done.stderr) == (0, False)
    out = tmp_path / "out" / quiz.NAME
    assert {path.relative_to(out).as_posix() for path in out.rglob("print.pdf")} == {
        "print.pdf",
        "press/newsprint/print.pdf",
    }
    for path, press in (("print.pdf", "offset-coated"), ("press/newsprint/print.pdf", "newsprint")):
        made = build(issue, open_workspace(tmp_path), ("print",), shop(press)).files
        assert (out / path).read_bytes() in made.values()


def test_a_condition_in_no_registry_names_none(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    press = shop("offset-coated")
    pdf = finished(drawn([FILL]), replace(press, condition=replace(press.condition, registry="")))
    assert "/RegistryName" not in pdf.Root.OutputIntents[0]
