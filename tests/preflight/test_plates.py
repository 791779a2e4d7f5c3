"""The plates of pages built by hand: every construct inks what ISO 32000-1 says it does, and the sums are right."""

from io import BytesIO

import pikepdf
import pytest
from tests.preflight.constructs import CONSTRUCTS, SPOT, Construct, built

from koho_pdf.errors import PreflightError
from koho_pdf.preflight.plates.plates import Separation, renderer_missing, separations
from koho_pdf.preflight.plates.total_ink import SIDE, TOLERANCE, closer, coverage, ink_use

MM = 72 / 25.4


@pytest.fixture(scope="module")
def drawn() -> dict[str, Separation]:
    """The page of every construct, by its name; they are drawn as one file, because each start of Ghostscript takes
    time."""
    whole = pikepdf.new()
    for construct in CONSTRUCTS.values():
        with pikepdf.open(BytesIO(built(construct))) as pdf:
            whole.pages.extend(pdf.pages)
    target = BytesIO()
    whole.save(target)
    return dict(zip(CONSTRUCTS, separations(target.getvalue()), strict=True))


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_every_construct_inks_the_plates_it_should(drawn: dict[str, Separation], name: str) -> None:
    construct, page = CONSTRUCTS[name], drawn[name]
    left, foot, right, top = construct.page.get("/TrimBox", (0, 0, 100, 100))
    assert (page.width, page.height) == (right - left, top - foot)
    for (x, y), inks in construct.probes:
        column, row = int(x - left), int(top - y)
        if construct.page.get("/Rotate") == 180:
            column, row = page.width - 1 - column, page.height - 1 - row
        found = {plate: pixels[row * page.width + column] / 255 for plate, pixels in page.plates.items()}
        for plate in {*found, *inks}:
            assert found.get(plate, 0) == pytest.approx(inks.get(plate, 0), abs=0.03), (plate, x, y)


def test_a_plate_holds_the_share_of_a_pixel_that_is_inked() -> None:
    hairlines = "".join(f"0 {y}.4 100 0.25 re\n" for y in range(100))
    (page,) = separations(built(Construct(f"0 0 0 1 k {hairlines} f", [])))
    assert coverage(page)["Black"] == pytest.approx(33, abs=9)  # two thirds of a pixel without averaging: 100 %


def test_a_long_file_is_drawn_coarsely_and_its_heavy_pages_finely() -> None:
    """A hatch of hairlines in four inks does not have 400 %; drawn coarsely it would seem so."""
    hairlines = "".join(f"0 {y}.4 100 0.25 re\n" for y in range(100))
    pdf = pikepdf.open(BytesIO(built(Construct("0 0 0 1 k 0 0 100 100 re f", []), pages=17)))
    for number, ink in ((3, f"1 1 1 1 k {hairlines} f"), (9, "1 1 1 1 k 0 0 100 100 re f")):
        pdf.pages[number - 1].Contents = pdf.make_stream(ink.encode())
    target = BytesIO()
    pdf.save(target)
    coarse = separations(target.getvalue(), pages=17)
    made = closer(target.getvalue(), coarse, 300)
    assert [page.page for page in made] == list(range(1, 18))
    assert ink_use(coarse[2]).mean > 300
    assert ink_use(made[2]).mean == pytest.approx(4 * 33, abs=4 * 9)
    assert [round(ink_use(made[number]).mean) for number in (7, 8, 9)] == [100, 400, 100]


def test_spots_follow_the_process_plates_and_keep_their_names() -> None:
    names = ("金赤", "a/b", "../x", "%d", "DIC 156s")
    spaces = {f"/S{number}": ("/Separation", f"/{name}", *SPOT[2:]) for number, name in enumerate(names)}
    content = "".join(f"{space} cs 1 scn {number * 20} 0 20 100 re f\n" for number, space in enumerate(spaces))
    (page,) = separations(built(Construct(content, [], {"ColorSpace": spaces})))
    assert list(page.plates) == ["Cyan", "Magenta", "Yellow", "Black", *sorted(names)]
    assert {name: round(coverage(page)[name]) for name in names} == dict.fromkeys(names, 20)


def test_pages_come_in_order() -> None:
    pdf = pikepdf.open(BytesIO(built(Construct("", []), pages=12)))
    for number, page in enumerate(pdf.pages, 1):
        page.Contents = pdf.make_stream(f"0 0 0 {number / 12} k 0 0 100 100 re f".encode())
    target = BytesIO()
    pdf.save(target)
    pages = separations(target.getvalue())
    assert [page.page for page in pages] == list(range(1, 13))
    assert [round(coverage(page)["Black"] * 0.12) for page in pages] == list(range(1, 13))


@pytest.mark.parametrize("content", [b"%PDF-1.6\nnothing", b"", built(Construct("1 0 0 0 k 0 0 (a) 100 re f", []))])
def test_what_cannot_be_drawn_is_told(content: bytes) -> None:
    with pytest.raises(PreflightError) as told:
        separations(content)
    assert [finding.code for finding in told.value.findings] == ["plates-not-made"]


def test_a_page_too_vast_to_draw_is_told() -> None:
    vast = {"/MediaBox": [0, 0, 2_000_000_000, 2_000_000_000], "/TrimBox": [0, 0, 2_000_000_000, 2_000_000_000]}
    with pytest.raises(PreflightError):
        separations(built(Construct("1 0 0 0 k 0 0 100 100 re f", [], page=vast)))


def test_a_machine_without_ghostscript_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert renderer_missing() is None
    monkeypatch.setenv("PATH", "")
    told = renderer_missing()
    assert told is not None
    assert told.code == "plates-not-measured"


def test_the_same_pdf_has_the_same_plates() -> None:
    pdf = built(CONSTRUCTS["linear gradient"])
    assert separations(pdf) == separations(pdf)


def page_of(content: str, side: float = 100) -> Separation:
    box = {"/MediaBox": [0, 0, side, side], "/TrimBox": [0, 0, side, side]}
    (page,) = separations(built(Construct(content, [], page=box)))
    return page


def test_the_heaviest_square_is_found_with_its_place() -> None:
    # 350 % on a square of 20 mm, its left 30 mm and its top 40 mm from the trim's top left, on a page of 100 mm.
    side = 100 * MM
    box = f"{30 * MM:.3f} {side - 60 * MM:.3f} {20 * MM:.3f} {20 * MM:.3f}"
    use = ink_use(page_of(f"0.2 0 0 0 k 0 0 {side} {side} re f 1 1 0.5 1 k {box} re f", side))
    assert use.mean == pytest.approx(350, abs=TOLERANCE)
    assert use.peak == pytest.approx(350, abs=TOLERANCE)
    assert 29.5 <= use.square.x <= 35.5
    assert 39.5 <= use.square.y <= 45.5
    assert use.square.width == pytest.approx(SIDE, abs=0.01)
    assert 29.5 <= use.spot.x <= 50.5


def test_a_small_dark_patch_raises_the_peak_and_not_the_mean() -> None:
    # 5 x 5 mm of 400 % in a window of 15 x 15 mm: a ninth of it.
    side = 60 * MM
    box = f"{20 * MM:.3f} {20 * MM:.3f} {5 * MM:.3f} {5 * MM:.3f}"
    use = ink_use(page_of(f"1 1 1 1 k {box} re f", side))
    assert use.peak == pytest.approx(400, abs=TOLERANCE)
    assert use.mean == pytest.approx(400 / 9, abs=TOLERANCE)


def test_ink_at_the_very_edge_counts() -> None:
    side = 60 * MM
    use = ink_use(page_of(f"1 1 1 0 k 0 0 {15 * MM:.3f} {15 * MM:.3f} re f", side))
    assert use.mean == pytest.approx(300, abs=TOLERANCE + 4)  # the pixel on the edge of the square
    assert use.square.x == pytest.approx(0, abs=0.4)
    assert use.square.bottom == pytest.approx(60, abs=0.4)


def test_a_page_smaller_than_the_square_is_averaged_whole() -> None:
    use = ink_use(page_of("1 1 0 0 k 0 0 15 30 re f", 30))
    assert use.mean == pytest.approx(100, abs=8)
