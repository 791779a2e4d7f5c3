"""トンボ stand where Japanese printing puts them, outside the bleed, on every plate; the slug says what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Pdf
from tests.kinds import brochure

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.errors import LayoutError
from koho_pdf.finishing.finish import Job, finish_print
from koho_pdf.finishing.marks import (
    LENGTH,
    TINTS,
    WEIGHT,
    Patch,
    Stroke,
    Target,
    asked_for,
    centre_marks,
    corner_marks,
    fold_marks,
    margin,
    wedge,
)
from koho_pdf.finishing.slug import DEPTH, NARROW, SlugFace, Word, set_slug
from koho_pdf.geometry import Rect
from koho_pdf.preflight.plates.plates import Plates, separations
from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.profile import PROCESS, Inks, Press, Spot
from koho_pdf.press.profile_yaml import MARKS

FONTS = Path(__file__).parents[2] / "fonts"
MM = 72 / 25.4
SHEET = "sheet-with-tombo"
TRIMS = st.tuples(st.floats(91, 1200), st.floats(91, 1200))
BLEEDS = st.floats(0, 5)
HAIR = WEIGHT / 2

Finished = Callable[..., Pdf]


def reach(mark: Stroke | Target | Patch) -> Rect:
    """All that a mark inks, without the square ends of its lines."""
    if isinstance(mark, Patch):
        return mark.box
    if isinstance(mark, Target):
        return Rect(mark.x, mark.y, 0, 0).grown(2 * mark.radius)
    across, down = zip(*mark.points, strict=True)
    return Rect(min(across), min(down), max(across) - min(across), max(down) - min(down))


def apart(one: Rect, other: Rect) -> bool:
    near = 1e-9
    return (
        one.right <= other.x + near
        or one.x >= other.right - near
        or one.bottom <= other.y + near
        or one.y >= other.bottom - near
    )


@given(TRIMS, BLEEDS, st.booleans())
def test_no_mark_stands_in_the_bleed_and_all_stand_on_the_sheet(
    trim: tuple[float, float], bleed: float, folded: bool
) -> None:
    inside = Rect(0, 0, *trim).grown(bleed)
    sheet = Rect(0, 0, *trim).grown(margin(bleed))
    for mark in asked_for(MARKS, trim, bleed, (trim[0] / 2,) if folded else (), PROCESS):
        inked = reach(mark)
        if isinstance(mark, Stroke):
            for (x, y), (to_x, to_y) in zip(mark.points, mark.points[1:], strict=False):
                thick = (0, HAIR) if y == to_y else (HAIR, 0)
                stroke = Rect(min(x, to_x), min(y, to_y), abs(x - to_x), abs(y - to_y))
                stroke = Rect(
                    stroke.x - thick[0], stroke.y - thick[1], stroke.width + 2 * thick[0], stroke.height + 2 * thick[1]
                )
                assert apart(stroke, inside)
        assert apart(inked, inside)
        assert inked.union(sheet).rounded(6) == sheet.rounded(6)


@given(TRIMS, BLEEDS)
def test_marks_do_not_meet_but_at_corners_and_centres(trim: tuple[float, float], bleed: float) -> None:
    """Wedge, targets, and each kind of mark have room of their own on any sheet from a business card up."""
    asked = asked_for(MARKS, trim, bleed, (), PROCESS)
    rooms = [reach(mark) for mark in asked]
    loose = [index for index, mark in enumerate(asked) if isinstance(mark, Target)]
    for index in loose:
        assert all(apart(rooms[index], room) for other, room in enumerate(rooms) if other != index)


@given(TRIMS, BLEEDS)
def test_every_corner_has_two_interlocking_ls(trim: tuple[float, float], bleed: float) -> None:
    """At the head's left: a trim line of 10 mm down to the bleed, then the bleed line outwards; and the same across."""
    edge = bleed + HAIR
    strokes = {rounded(stroke.points) for stroke in corner_marks(trim, bleed)}
    assert rounded([(0, -bleed - 10), (0, -edge), (-bleed - 10, -edge)]) in strokes
    assert rounded([(-bleed - 10, 0), (-edge, 0), (-edge, -bleed - 10)]) in strokes
    assert len(strokes) == 8
    assert {rounded([(trim[0] - x, y) for x, y in stroke.points]) for stroke in corner_marks(trim, bleed)} == strokes
    assert {rounded([(x, trim[1] - y) for x, y in stroke.points]) for stroke in corner_marks(trim, bleed)} == strokes


def rounded(points: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((round(x, 6) + 0.0, round(y, 6) + 0.0) for x, y in points)


@given(TRIMS, BLEEDS)
def test_centre_marks_are_in_the_middle(trim: tuple[float, float], bleed: float) -> None:
    middles = [reach(stroke) for stroke in centre_marks(trim, bleed)]
    assert len(middles) == 8
    for bar in middles[:4]:
        assert bar.x + bar.width / 2 == pytest.approx(trim[0] / 2)
        assert bar.width == pytest.approx(20) or bar.height == pytest.approx(10, abs=WEIGHT)
    for bar in middles[4:]:
        assert bar.y + bar.height / 2 == pytest.approx(trim[1] / 2)
        assert bar.height == pytest.approx(20) or bar.width == pytest.approx(10, abs=WEIGHT)


def test_where_a_fold_goes_through_the_middle_its_dashes_are_the_stem() -> None:
    a3 = (420.0, 297.0)
    solid = [stroke for stroke in centre_marks(a3, 3, (210,)) if not stroke.dashed]
    assert not [stroke for stroke in solid if {x for x, _ in stroke.points} == {210.0}]
    assert [stroke.points for stroke in fold_marks(a3, 3, 210)] == [((210, -3), (210, -13)), ((210, 300), (210, 310))]
    assert all(stroke.dashed for stroke in fold_marks(a3, 3, 210))


@given(TRIMS, BLEEDS, st.sampled_from([PROCESS, ("Cyan", "Black"), ("Black",)]))
def test_the_wedge_has_every_plate_in_every_step(
    trim: tuple[float, float], bleed: float, plates: tuple[str, ...]
) -> None:
    patches = wedge(trim, bleed, plates)
    assert [(patch.plate, patch.tint) for patch in patches] == [(plate, tint) for plate in plates for tint in TINTS]
    assert patches[-1].box.right <= trim[0] / 2 - 11.9
    assert all(patch.box.width > 0.5 for patch in patches)


def test_a3_with_its_marks_fits_a3_nobi_paper() -> None:
    assert 420 + 2 * margin(3) <= 483
    assert 297 + 2 * margin(3) <= 329
    assert margin(3) >= 13


WORDS = [
    [Word(brochure.NAME)],
    [Word("1枚目の表（4・1ページ）")],
    [Word("校正")],
    [Word("オフセット4色（コート紙、PDF/X-4、単ページ）")],
    [Word(plate, plate) for plate in PROCESS],
]


def em(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


@given(st.floats(45, NARROW, exclude_max=True), BLEEDS)
def test_on_a_narrow_sheet_the_slug_stands_below_the_marks(width: float, bleed: float) -> None:
    made = set_slug(WORDS, em, (width, 200), bleed)
    assert "".join(each.word.text for each in made) == "".join(word.text for part in WORDS for word in part)
    for each in made:
        assert each.x >= 2
        assert each.x + em(each.word.text) * each.size <= width - 2 + 1e-6
        assert 200 + bleed + LENGTH < each.y - 0.88 * each.size
        assert each.y + 0.12 * each.size <= 200 + margin(bleed) + DEPTH


def test_a_narrow_sheet_has_room_for_its_slug(drawn: Callable[..., bytes], shop: Callable[[str], Press]) -> None:
    press = replace(shop(SHEET), sheets="single")
    job = Job("しおり", date(2026, 4, 1), "tiny", (60.0, 180.0), 3.0, "left", press, read_faces(FONTS, FONTS.parent))
    made = finish_print(drawn([BLANK], trim=job.trim), job)
    with pikepdf.open(BytesIO(made)) as pdf:
        assert [float(edge) / MM for edge in pdf.pages[0].MediaBox] == pytest.approx([0, 0, 104, 224], abs=0.01)
    with pypdfium2.PdfDocument(made) as document:
        said = document[0].get_textpage()
        boxes = [said.get_charbox(at) for at in range(said.count_chars()) if said.get_text_range(at, 1).strip()]
    assert len(boxes) > 50
    assert min(box[0] for box in boxes) >= 22 * MM
    assert max(box[2] for box in boxes) <= 82 * MM
    assert min(box[1] for box in boxes) > 0
    assert max(box[3] for box in boxes) < 9 * MM


@given(st.floats(91, 600), BLEEDS, st.integers(1, 4))
def test_the_slug_stands_between_corner_and_middle_and_loses_no_word(width: float, bleed: float, times: int) -> None:
    words = [[Word(word.text * times, word.ink) for word in part] for part in WORDS]
    made = set_slug(words, em, (width, 200), bleed)
    assert "".join(each.word.text for each in made) == "".join(word.text for part in words for word in part)
    for each in made:
        assert each.x >= 2
        assert each.x + em(each.word.text) * each.size <= 2 + width / 2 - 14 + 1e-6
        assert each.y - 0.88 * each.size >= 200 + bleed + 1.5 - 1e-6
        if times == 1:
            assert each.y + 0.12 * each.size <= 200 + bleed + 10


def test_the_inks_stay_together_on_a_line() -> None:
    made = set_slug(WORDS, em, (210, 297), 3)
    assert len({each.y for each in made if each.word.ink != "All"}) == 1
    assert len({each.y for each in made}) == 2


def form_of(pdf: Pdf, page: int) -> Any:
    return pdf.pages[page].Resources.XObject.Marks


@pytest.mark.parametrize("page", [0, 1])
def test_marks_are_registration_colour_of_three_tenths_of_a_point(opened: Callable[[str], Pdf], page: int) -> None:
    form = form_of(opened(SHEET), page)
    assert [str(part) for part in list(form.Resources.ColorSpace.All)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
    assert [float(ink) for ink in form.Resources.ColorSpace.All[3].C1] == [1, 1, 1, 1]
    instructions = [(str(each.operator), each.operands) for each in pikepdf.parse_content_stream(form)]
    assert [[float(width) for width in operands] for operator, operands in instructions if operator == "w"] == [[0.3]]
    strokes = [operator for operator, _ in instructions if operator in ("S", "s")]
    assert len(strokes) == 8 + 6 + 2 + 4 * 3
    assert {str(operands[0]) for operator, operands in instructions if operator in ("CS", "SCN")} == {"/All", "1"}
    assert {"rg", "RG", "gs", "cm"} & {operator for operator, _ in instructions} == set()


def test_every_mark_of_the_finished_sheet_stands_outside_its_bleed(opened: Callable[[str], Pdf]) -> None:
    for page in opened(SHEET).pages:
        left, foot, right, head = (float(edge) for edge in page.obj.BleedBox)
        place = (0.0, 0.0)
        for each in pikepdf.parse_content_stream(page.Resources.XObject.Marks, "m l c re S s"):
            operands = [float(value) for value in each.operands]
            if str(each.operator) in ("m", "l", "c", "re"):
                to = (operands[-2], operands[-1]) if str(each.operator) != "re" else (operands[0], operands[1])
                for x, y in [to] if str(each.operator) != "l" else [place, to]:
                    assert not (left + 0.1 < x < right - 0.1 and foot + 0.1 < y < head - 0.1)
                place = to


def test_boxes_of_the_sheet(opened: Callable[[str], Pdf]) -> None:
    for page in opened(SHEET).pages:
        for name, box in (
            ("/MediaBox", [0, 0, 324, 238]),
            ("/TrimBox", [14, 14, 310, 224]),
            ("/BleedBox", [11, 11, 313, 227]),
        ):
            assert [float(edge) / MM for edge in page.obj[name]] == pytest.approx(box, abs=0.01)


def test_marks_are_seen_where_they_should_be(printed_for: Callable[[str], bytes]) -> None:
    """On the rendered sheet: black on the trim lines, paper beside them, ink to the edge of the bleed."""
    scale = 6
    with pypdfium2.PdfDocument(printed_for(SHEET)) as document:
        picture = document[0].render(scale=scale).to_pil().convert("L")

    def darkest(x: float, y: float) -> int:
        """Around a place in mm from the trim's top left."""
        at = (round((x + 14) * MM * scale), round((y + 14) * MM * scale))
        return min(int(picture.getpixel((at[0] + i, at[1] + j))) for i in (-1, 0, 1) for j in (-1, 0, 1))

    for x, y in [
        (0, -8),
        (-8, 0),
        (296, -8),
        (304, 210),
        (-8, 105),
        (304, 105),
        (0, 218),
        (-8, -3.05),
        (299.05, -8),
    ]:
        assert darkest(x, y) < 120, (x, y)
    for x, y in [(-1.5, -8), (-8, -1.5), (1, -12), (-8, 96.5), (297.5, -8)]:
        assert darkest(x, y) > 250, (x, y)
    for x, y in [(-2.8, 80), (298.8, 80), (100, -2.8), (100, 212.8)]:
        assert darkest(x, y) < 235, (x, y)
    dashes = {darkest(148, -3 - tenth / 10) < 120 for tenth in range(2, 100)}
    assert dashes == {True, False}


def slug_of(pdf: bytes, page: int) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        return str(sheet.get_textpage().get_text_bounded(0, 0, sheet.get_width(), 11 * MM)).replace("\r\n", "\n")


@pytest.mark.parametrize(("page", "name"), [(0, "1枚目の表(4・1ページ)"), (1, "1枚目の裏(2・3ページ)")])
def test_the_slug_says_what_the_sheet_is(printed_for: Callable[[str], bytes], page: int, name: str) -> None:
    said = slug_of(printed_for(SHEET), page).replace("（", "(").replace("）", ")")
    for word in (brochure.NAME, name, "校正", "2027年4月1日", "トンボ付きの1枚もの", *PROCESS):
        assert word in said


def test_the_slugs_face_is_embedded_and_cut_to_its_glyphs(opened: Callable[[str], Pdf]) -> None:
    font = form_of(opened(SHEET), 0).Resources.Font.Slug
    (descendant,) = font.DescendantFonts
    assert str(font.BaseFont)[7] == "+"
    assert str(descendant.Subtype) == "/CIDFontType2"
    assert 1_000 < len(descendant.FontDescriptor.FontFile2.read_bytes()) < 60_000
    assert form_of(opened(SHEET), 1).Resources.Font.Slug.objgen == font.objgen


BLANK = b"0 0 0 1 k 10 10 20 20 re f"


def test_a_spot_job_names_its_ink_in_it(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    spot = Spot("DIC 156s", ProcessColour(0, 76, 85, 0), separation=True, plate="Cyan")
    press = replace(shop(SHEET), sheets="single", inks=Inks("spot", spot))
    pdf = finished(drawn([b"1 0 0 0 k " + BLANK[10:] + b" " + BLANK]), press)
    form = form_of(pdf, 0)
    assert str(form.Resources.ColorSpace.Spot[1]) == "/DIC 156s"
    content = form.read_bytes().decode()
    assert [f"/Spot cs {tint:g} scn" in content for tint in TINTS] == [True] * 4
    assert "BT /Spot cs 1 scn" in content
    assert "1 0 0 0 k" not in content


def test_a_job_of_two_inks_puts_nothing_on_the_other_plates(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    press = replace(shop(SHEET), sheets="single", inks=Inks("kc"))
    pdf = finished(drawn([BLANK]), press)
    content = form_of(pdf, 0).read_bytes().decode()
    used = {line.split(" k ")[0].split()[-4:][i] for line in content.splitlines() if " k " in line for i in (1, 2)}
    assert used == {"0"}


def test_a_single_page_with_a_slug_alone_has_room_for_it(
    drawn: Callable[..., bytes], finished: Finished, shop: Callable[[str], Press]
) -> None:
    pdf = finished(drawn([BLANK] * 2), replace(shop("offset-coated"), slug=True))
    assert len(pdf.pages) == 2
    assert [float(edge) / MM for edge in pdf.pages[1].obj.MediaBox] == pytest.approx([0, 0, 176, 238], abs=0.01)
    assert b" l S" not in form_of(pdf, 1).read_bytes()


def test_a_character_that_no_face_has_is_a_geta() -> None:
    faces = read_faces(FONTS, FONTS.parent)
    face = SlugFace(faces, "号\U0001f600")
    assert face.glyphs("\U0001f600") == face.glyphs("〓") != face.glyphs("号")


def test_a_slug_needs_a_truetype_face() -> None:
    otf = [replace(face, path=face.path.with_suffix(".otf")) for face in read_faces(FONTS, FONTS.parent)]
    with pytest.raises(LayoutError) as refused:
        SlugFace(otf, "号")
    assert [finding.code for finding in refused.value.findings] == ["slug-face"]


def whole_plates(pdf: Pdf) -> Plates:
    """The plates of whole sheets, marks and all."""
    for page in pdf.pages:
        page.TrimBox = page.MediaBox
    target = BytesIO()
    pdf.save(target)
    return separations(target.getvalue(), pages=len(pdf.pages))


@pytest.mark.parametrize(
    ("inks", "plates"),
    [
        (Inks("process4"), {"Cyan", "Magenta", "Yellow", "Black"}),
        (Inks("kc"), {"Cyan", "Black"}),
        (Inks("k"), {"Black"}),
        (Inks("spot", Spot("DIC 156s", ProcessColour(0, 76, 85, 0), True, "Cyan")), {"DIC 156s", "Black"}),
        (Inks("spot", Spot("DIC 156s", ProcessColour(0, 76, 85, 0), False, "Magenta")), {"Magenta", "Black"}),
    ],
    ids=["process4", "kc", "k", "spot", "standin"],
)
def test_marks_make_no_plate_that_the_job_has_not(
    drawn: Callable[..., bytes],
    finished: Callable[..., Pdf],
    shop: Callable[[str], Press],
    inks: Inks,
    plates: set[str],
) -> None:
    """On the whole sheet with its marks there is ink on every plate of the job, and on no other."""
    second = inks.second
    drawn_in = " ".join("1" if second in ("", name) or name == "Black" else "0" for name in PROCESS)
    if inks.kind == "k":
        drawn_in = "0 0 0 1"
    pdf = finished(drawn([f"{drawn_in} k 20 20 9 9 re f".encode()]), replace(shop(SHEET), inks=inks, sheets="single"))
    form: Any = pdf.pages[0].Resources.XObject.Marks
    strokes = {str(each.operator) for each in pikepdf.parse_content_stream(form)}
    assert {"S", "f", "Tj"} <= strokes
    (made,) = whole_plates(pdf)
    assert {name for name, plate in made.plates.items() if any(plate)} == plates
    corner = {name: plate[: made.width * 40] for name, plate in made.plates.items() if name in plates}
    assert all(any(plate) for plate in corner.values()), "marks at the head are on every one"


def fade(*ends: tuple[float, ...]) -> Dictionary:
    level = Dictionary(FunctionType=2, Domain=[0, 1], C0=[*ends[0]], C1=[*ends[1]], N=1)
    return Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 90, 0], Function=level)


def pictured(pages: bytes, *inks: int) -> bytes:
    """The pages with a picture of these inks (0 to 255; one is gray) among the resources of the first."""
    four = len(inks) == 4
    with pikepdf.open(BytesIO(pages)) as pdf:
        picture = pdf.make_stream(bytes(inks) * 16, Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4)
        picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceCMYK if four else Name.DeviceGray
        pdf.pages[0].Resources.XObject = Dictionary(I=picture)
        target = BytesIO()
        pdf.save(target, deterministic_id=True)
        return target.getvalue()


@pytest.mark.parametrize(
    ("content", "picture", "plates"),
    [
        (b"0 0 0 1 k 20 20 9 9 re f", (), "Black"),
        (b".4 0 0 0 k 20 20 9 9 re f 0 0 0 0 k 20 20 3 3 re f", (), "Cyan Black"),
        (b"/DeviceCMYK cs 0 .3 0 0 scn 20 20 9 9 re f", (), "Magenta Black"),
        (b"q 0 0 .2 .4 K 20 20 9 9 re S Q", (), "Yellow Black"),
        (b"q 20 20 90 9 re W n /S sh Q", (), "Magenta Black"),
        (b"q 20 0 0 20 9 9 cm /I Do Q", (0, 0, 200, 9), "Yellow Black"),
        (b"q 20 0 0 20 9 9 cm /I Do Q", (90,), "Black"),
        (b"0 0 0 1 k 20 20 9 9 re f", (200, 200, 200, 200), "Black"),  # the picture is not drawn
        (b"1 0 0 rg 20 20 9 9 re f", (), "Cyan Magenta Yellow Black"),  # what it becomes is not known
    ],
)
def test_a_plate_that_a_side_leaves_empty_has_no_marks(
    drawn: Callable[..., bytes],
    finished: Finished,
    shop: Callable[[str], Press],
    content: bytes,
    picture: tuple[int, ...],
    plates: str,
) -> None:
    """Read from the finished file with marks, slug and wedge: a plate with only marks would be made and paid for."""
    press = replace(shop(SHEET), sheets="single")
    of_four = b".1 .1 .1 .1 k 20 20 9 9 re f"
    pages = drawn([content, of_four], Shading=Dictionary(S=fade((0, 1, 0, 0), (0, 0, 0, 1))))
    pdf = finished(pictured(pages, *picture) if picture else pages, press)
    target = BytesIO()
    pdf.save(target)
    said = slug_of(target.getvalue(), 0)
    assert [name for name in PROCESS if name in said] == plates.split()
    assert (b"/All CS" in form_of(pdf, 0).read_bytes()) == (plates.split() == [*PROCESS])
    made, other = whole_plates(pdf)
    assert {name for name, plate in made.plates.items() if any(plate)} == set(plates.split())
    assert all(any(plate) for plate in other.plates.values())
