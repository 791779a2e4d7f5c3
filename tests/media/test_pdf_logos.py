"""PDF logos read: paths, clips, colours and gradients as they are; what is hostile or cannot be printed is refused."""

# ruff: noqa: E501 - contents and what is made of them, side by side

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.colors import CMYKColor, CMYKColorSep, Color
from reportlab.pdfgen.canvas import Canvas
from tests.composition.poster import make
from tests.conftest import Told

from koho_pdf.media.drawings import bare, drawing_of
from koho_pdf.media.line_art import Undrawable
from koho_pdf.release.releasing import archival_pdf

if TYPE_CHECKING:
    from koho_pdf.pipeline import Build


def page(content: bytes, resources: str = "<<>>", more: str = "", root: str = "") -> bytes:
    """A PDF of one page of 20 by 10 points with this content."""
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(20, 10))
        held = pdf.pages[0].obj
        held.Contents = pdf.make_stream(content)
        held.Resources = pikepdf.Object.parse(resources.encode())
        for name, value in pikepdf.Object.parse(f"<<{more}>>".encode()).items():
            held[name] = value
        for name, value in pikepdf.Object.parse(f"<<{root}>>".encode()).items():
            pdf.Root[name] = value
        target = BytesIO()
        pdf.save(target)
        return target.getvalue()


def drawn(content: bytes, resources: str = "<<>>", more: str = "", root: str = "") -> str:
    """What is drawn of it, without the head; an SVG reader of ours takes it as it is."""
    written = drawing_of(page(content, resources, more, root)).written()
    assert drawing_of(written).written() == written
    return re.sub(r"^<svg[^>]*>|</svg>$", "", written.decode().strip())


UP = 'transform="matrix(1 0 0 -1 0 10)"'
CONTENTS = {
    "inks": (b"0 1 0.5 0 k 1 2 3 4 re f", f'<path d="M1 2H4V6H1Z" {UP} fill="device-cmyk(0 1 0.5 0)" />'),
    "light": (b"1 0 0 rg 0 0 m 1 1 l 2 0 l h f*", f'<path d="M0 0L1 1L2 0Z" {UP} fill="#ff0000" fill-rule="evenodd" />'),
    "grey is black ink": (b"0.25 g 1 2 3 4 re f", f'<path d="M1 2H4V6H1Z" {UP} fill="device-cmyk(0 0 0 0.75)" />'),
    "a line": (
        b"0 0 0 1 K 2 w 1 J 1 j [3 1] 0 d 0 0 m 9 0 l S",
        f'<path d="M0 0L9 0" {UP} fill="none" stroke="device-cmyk(0 0 0 1)" stroke-width="2" stroke-linecap="round"'
        ' stroke-linejoin="round" stroke-miterlimit="10" stroke-dasharray="3 1" stroke-dashoffset="0" />',
    ),
    "curves": (b"0 0 m 1 1 2 2 v 3 3 4 4 y f", f'<path d="M0 0C0 0 1 1 2 2C3 3 4 4 4 4" {UP} fill="device-cmyk(0 0 0 1)" />'),
    "turned and back": (
        b"q 2 0 0 2 0 0 cm 0 0 1 1 re f Q 0 0 1 1 re f",
        '<path d="M0 0H1V1H0Z" transform="matrix(2 0 0 -2 0 10)" fill="device-cmyk(0 0 0 1)" />'
        f'<path d="M0 0H1V1H0Z" {UP} fill="device-cmyk(0 0 0 1)" />',
    ),
    "a clip": (
        b"q 0 0 5 5 re W n 1 1 9 9 re f Q",
        f'<defs><clipPath id="d0"><path d="M0 0H5V5H0Z" {UP} /></clipPath></defs>'
        f'<g clip-path="url(#d0)"><path d="M1 1H10V10H1Z" {UP} fill="device-cmyk(0 0 0 1)" /></g>',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "wanted"), CONTENTS.values(), ids=CONTENTS)
def test_what_is_drawn(content: bytes, wanted: str) -> None:
    assert drawn(content) == wanted


SPACES = {
    "a profile of inks": ("[/ICCBased 1 0 R]", b"0.1 0.2 0.3 0.4", "device-cmyk(0.1 0.2 0.3 0.4)", ()),
    "a spot colour": (
        "[/Separation /DIC#20156s /DeviceCMYK <</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 .5 1 0] /N 1>>]",
        b"0.5", "device-cmyk(0 0.25 0.5 0)", ("DIC 156s",),
    ),
    "a plate": ("[/Separation /Magenta /DeviceCMYK null]", b"0.5", "device-cmyk(0 0.5 0 0)", ()),
    "registration": ("[/Separation /All /DeviceCMYK null]", b"1", "device-cmyk(0 0 0 1)", ()),
    "two plates": ("[/DeviceN [/Cyan /Black] /DeviceCMYK null]", b"0.5 0.25", "device-cmyk(0.5 0 0 0.25)", ()),
    "no ink": ("[/Separation /None /DeviceCMYK null]", b"1", "none", ()),
}  # fmt: skip


@pytest.mark.parametrize(("space", "values", "colour", "spots"), SPACES.values(), ids=SPACES)
def test_colour_spaces(space: str, values: bytes, colour: str, spots: tuple[str, ...]) -> None:
    with pikepdf.open(BytesIO(page(b"/S cs " + values + b" scn 0 0 1 1 re f", "<<>>"))) as pdf:
        profile = pdf.make_stream(b"", N=4)
        told = pikepdf.Object.parse(space.replace("1 0 R", "null").encode())
        if told[0] == "/ICCBased":
            told[1] = profile
        pdf.pages[0].Resources.ColorSpace = pikepdf.Dictionary(S=told)
        target = BytesIO()
        pdf.save(target)
    made = drawing_of(target.getvalue())
    assert re.findall(r'<path[^>]*fill="([^"]*)"', made.written().decode()) == [colour]
    assert made.spots == spots


def shading(kind: int, coords: str, space: str = "/DeviceCMYK", ends: str = "/C0 [1 0 0 0] /C1 [0 0 1 0]") -> str:
    return (
        f"<</ShadingType {kind} /ColorSpace {space} /Coords [{coords}] /Extend [true true]"
        f" /Function <</FunctionType 2 /Domain [0 1] {ends} /N 1>>>>"
    )


def test_gradients() -> None:
    made = drawn(b"q 2 0 0 2 0 0 cm /S sh Q", f"<</Shading <</S {shading(2, '0 0 5 0')}>>>>")
    assert '<linearGradient id="d0" x1="0" y1="0" x2="5" y2="0" gradientUnits="userSpaceOnUse">' in made
    assert (
        '<stop offset="0" stop-color="device-cmyk(1 0 0 0)" /><stop offset="1" stop-color="device-cmyk(0 0 1 0)" />'
        in made
    )
    pattern = f"<</PatternType 2 /Matrix [1 0 0 1 3 0] /Shading {shading(3, '5 5 0 5 5 4')}>>"
    made = drawn(b"q 2 0 0 2 0 0 cm /Pattern cs /P scn 0 0 5 5 re f Q", f"<</Pattern <</P {pattern}>>>>")
    assert 'cx="5" cy="5" r="4" fx="5" fy="5" fr="0"' in made
    assert 'gradientTransform="matrix(0.5 0 0 0.5 1.5 0)"' in made, "it hangs from the page, not from where the path is"


BOXES = {
    "trim": ("/TrimBox [5 0 15 10] /ArtBox [0 0 1 1]", (10, 10)),
    "art": ("/ArtBox [5 2 15 10]", (10, 8)),
    "crop": ("/CropBox [5 0 15 10]", (10, 10)),
    "beyond the page": ("/TrimBox [-50 -50 500 500]", (20, 10)),
    "turned": ("/Rotate 90", (10, 20)),
    "the other way round": ("/TrimBox [15 10 5 0]", (10, 10)),
}


@pytest.mark.parametrize(("more", "size"), BOXES.values(), ids=BOXES)
def test_which_part_of_the_page(more: str, size: tuple[float, float]) -> None:
    made = drawing_of(page(b"0 0 20 10 re f", more=more))
    assert (made.width * 0.75, made.height * 0.75) == pytest.approx(size)


def picture(pdf: bytes, scale: float = 2) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as opened:
        shown: Image.Image = opened[0].render(scale=scale).to_pil().convert("RGB")
        return shown


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_stands_as_readers_show_it(turned: int) -> None:
    """Four corners of four colours, as another program draws them: in the PDF, and in our drawing of it."""
    content = b"1 0 0 rg 0 0 5 5 re f 0 1 0 rg 15 0 5 5 re f 0 0 1 rg 0 5 5 5 re f 1 1 0 rg 15 5 5 5 re f"
    source = page(content, more=f"/Rotate {turned}")
    wanted = picture(source, 4)
    matrices = re.findall(
        r'd="M([\d.]+) ([\d.]+)H[^"]*" transform="matrix\(([^)]*)\)" fill="(#\w+)"',
        drawing_of(source).written().decode(),
    )
    for x, y, matrix, fill in matrices:
        a, b, c, d, e, f = map(float, matrix.split())
        middle = float(x) + 2.5, float(y) + 2.5
        at = a * middle[0] + c * middle[1] + e, b * middle[0] + d * middle[1] + f
        assert "#{:02x}{:02x}{:02x}".format(*wanted.getpixel((int(at[0] * 4), int(at[1] * 4)))) == fill  # type: ignore[misc]
    assert len(matrices) == 4


def test_a_hidden_layer_is_not_drawn() -> None:
    with pikepdf.open(BytesIO(page(b"/OC /L BDC 0 0 9 9 re f EMC 0 0 1 1 re f"))) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="SECRET"))
        pdf.pages[0].Resources.Properties = pikepdf.Dictionary(L=layer)
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
        target = BytesIO()
        pdf.save(target)
    made = drawing_of(target.getvalue())
    assert made.written().count(b"<path") == 1
    assert drawing_of(bare(target.getvalue())).written() == made.written()


def locked() -> bytes:
    with pikepdf.open(BytesIO(page(b"0 0 1 1 re f"))) as pdf:
        target = BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user=""))
        return target.getvalue()


def several() -> bytes:
    target = BytesIO()
    canvas = Canvas(target)
    for _ in range(2):
        canvas.rect(0, 0, 9, 9)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def bomb() -> bytes:
    """A file of 200 KB whose content has 200 MB."""
    packed = zlib.compress(b"q Q\n" * 50_000_000, 9)
    with pikepdf.open(BytesIO(page(b""))) as pdf:
        pdf.pages[0].Contents = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)
        target = BytesIO()
        pdf.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return target.getvalue()


GS = "<</ExtGState <</G <<{}>>>>>>"
SPOT = page(b"/S cs 1 1 scn 0 0 1 1 re f", "<</ColorSpace <</S [/DeviceN [/DIC#201 /DIC#202] /DeviceCMYK null]>>>>")
HOSTILE = {
    "letters": (page(b"BT /F 9 Tf (A) Tj ET", "<</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>"), "text"),
    "a picture in the content": (page(b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"), "picture"),
    "a blend": (page(b"/G gs 0 0 1 1 re f", GS.format("/BM /Multiply")), "effects"),
    "a soft mask": (page(b"/G gs 0 0 1 1 re f", GS.format("/SMask <</S /Alpha>>")), "effects"),
    "a tiling": (page(b"/Pattern cs /P scn 0 0 1 1 re f", "<</Pattern <</P <</PatternType 1>>>>>>"), "effects"),
    "a mesh": (page(b"/S sh", "<</Shading <</S <</ShadingType 6 /ColorSpace /DeviceRGB>>>>>>"), "effects"),
    "an unknown space": (page(b"/Nothing cs 1 scn 0 0 1 1 re f"), "effects"),
    "locked": (locked(), "locked"),
    "several pages": (several(), "pages"),
    "nothing": (page(b""), "empty"),
    "no numbers": (page(b"0 0 (a) 1 re f"), "broken"),
    "a far number": (page(b"0 0 1e12 1 re f"), "broken"),
    "no size": (page(b"0 0 1 1 re f", more="/TrimBox [30 30 40 40]"), "without-size"),
    "a box of words": (page(b"0 0 1 1 re f", more="/TrimBox [(a) 0 1 1]"), "without-size"),
    "itself in itself": (page(b"/X Do"), "broken"),
    "deep clips": (page(b"0 0 9 9 re W n " * 200 + b"0 0 1 1 re f"), "too-complex"),
    "much content": (page(b"0 0 1 1 re f\n" * 320_000), "too-complex"),
    "many paths": (page(b"0 0 1 1 re f\n" * 20_001), "too-complex"),
    "many points": (page(b"0 0 m " + b"1 1 l " * 100_001 + b"f"), "too-complex"),
    "a bomb": (bomb, "too-complex"),
    "cut off": (page(b"0 0 1 1 re f")[:200], "broken"),
    "only its name": (b"%PDF-1.7\n", "broken"),
    "a spot colour that nothing stands for": (SPOT, "spot"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "why"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_refused(content: bytes | Callable[[], bytes], why: str) -> None:
    with pytest.raises(Undrawable) as refused:
        drawing_of(content if isinstance(content, bytes) else content())
    assert refused.value.why == why


def test_a_form_that_draws_itself() -> None:
    with pikepdf.open(BytesIO(page(b"/X Do"))) as pdf:
        form = pdf.make_stream(b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)
        target = BytesIO()
        pdf.save(target)
    with pytest.raises(Undrawable) as refused:
        drawing_of(target.getvalue())
    assert refused.value.why == "too-complex"


BESIDE = {
    "a script": ("", "/OpenAction <</S /JavaScript /JS (alert)>>", "script"),
    "an attachment": ("", "/Names <</EmbeddedFiles <</Names []>>>>", "attachment"),
    "an annotation": ("/Annots [<</Subtype /Link /Rect [0 0 1 1]>>]", "", "annotation"),
}


@pytest.mark.parametrize(("more", "root", "part"), BESIDE.values(), ids=BESIDE)
def test_what_a_drawing_does_not_need_is_left_out_and_told(more: str, root: str, part: str) -> None:
    content = page(b"0 0 1 1 re f", more=more, root=root)
    assert drawing_of(content).left_out == (part,)
    kept = bare(content)
    assert drawing_of(kept).left_out == ()
    assert bare(kept) == kept


def logo() -> bytes:
    """As a program of another house makes it: inks, a spot colour, RGB, a clip, a gradient, notes."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=(200, 120))
    canvas.setTitle("SECRET")
    canvas.setFillColor(CMYKColor(0, 1, 0.8, 0))
    canvas.circle(50, 60, 40, stroke=0, fill=1)
    canvas.setStrokeColor(CMYKColor(0.6, 0.4, 0.4, 1))
    canvas.roundRect(100, 20, 80, 80, 12, fill=0)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.circle(140, 60, 25)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.linearGradient(110, 60, 170, 60, (CMYKColor(1, 0, 0, 0), CMYKColor(0, 0, 1, 0)))
    canvas.restoreState()
    canvas.setFillColor(CMYKColorSep(0, 0.5, 1, 0, spotName="DIC 156s"))
    canvas.rect(150, 102, 15, 10, stroke=0, fill=1)
    canvas.setFillColor(Color(0, 0, 1))
    canvas.rect(40, 10, 30, 30, stroke=0, fill=1)
    canvas.save()
    return target.getvalue()


@pytest.fixture(scope="module")
def made(proved: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Build]:
    root = tmp_path_factory.mktemp("logos") / "city"
    folder = make(root, style=".photo { width: 80mm }\n", file="logo.pdf")
    (folder / "logo.pdf").write_bytes(logo())
    return folder, proved(root, "poster", ("print", "screen", "web", "data"))


def test_on_paper_it_is_vectors_in_inks(made: tuple[Path, Build]) -> None:
    assert [each.code for each in made[1].findings] == ["logo-spot-colour"]
    with pikepdf.open(BytesIO(made[1].files["print.pdf"])) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
        assert not any(each.get("/Subtype") == "/Image" for each in pdf.objects if isinstance(each, pikepdf.Stream))
    assert "0 1 0.8 0 scn" in content
    assert "0 0.5 1 0 scn" in content, "DIC 156s"
    assert "0 0 0 1 SCN" in content, "rich black of a line is black ink"
    assert not re.search(r"\brg\b|\bRG\b", content)


def test_on_a_screen_it_looks_as_it_does_by_itself(made: tuple[Path, Build]) -> None:
    """Another program's eyes: the logo alone, and where it stands on the page, are the same colours in the same places
    (but for inks, which go through the profile)."""
    alone = picture(logo(), 1)
    shown = picture(made[1].files["screen.pdf"], 1)
    scale = 80 / 25.4 * 72 / 200
    for x, y in ((25, 60), (140, 85), (55, 95), (157, 13), (90, 10), (190, 110), (120, 60), (160, 60)):
        one = alone.getpixel((x, y))
        other = shown.getpixel((round(10 / 25.4 * 72 + x * scale), round(10 / 25.4 * 72 + y * scale)))
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 60, (x, y, one, other)  # type: ignore[arg-type]


def test_the_web_has_it_as_svg_and_the_archive_as_it_came(made: tuple[Path, Build]) -> None:
    folder, build = made
    assert build.files["web/logo.pdf.svg"].startswith(b"<svg")
    assert b'src="logo.pdf.svg"' in build.files["web/index.html"]
    with pikepdf.open(BytesIO(archival_pdf(build, folder))) as pdf:
        inside = pdf.attachments["logo.pdf"].get_file()
        kept, mime = inside.read_bytes(), inside.mime_type
    assert mime == "application/pdf"
    assert drawing_of(kept).written() == drawing_of(logo()).written()
    assert bare(kept) == kept, "what is kept is made again, byte for byte"
    assert not re.search(b"SECRET|ReportLab", kept)


WRONG = {
    "locked": (locked, "logo-locked", "鍵"),
    "several": (several, "logo-of-several-pages", "2ページ"),
    "spot": (lambda: SPOT, "logo-spot-colours", "DIC 1・DIC 2"),
}


@pytest.mark.parametrize(("file", "code", "words"), WRONG.values(), ids=WRONG)
def test_why_it_is_not_printed(told: Told, tmp_path: Path, file: Callable[[], bytes], code: str, words: str) -> None:
    folder = make(tmp_path / "city", file="logo.pdf")
    (folder / "logo.pdf").write_bytes(file())
    (found,) = told(tmp_path / "city", "poster")
    assert (found.code, found.where.line) == (code, 5)
    assert words in found.message
