"""The judge on pages made by hand: a content stream with every glyph at a known place, one rule broken at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from bench.boxes import Box
from bench.glyphs import Glyph, glyphs_of
from bench.judge import judged

SIZE, FEED = 10.0, 16.0
Placed = tuple[str, float, float]  # a character, and where its cell begins: em from the box's head, lines from its top


def page(path: Path, placed: Sequence[Placed], *, vertical: bool = False) -> list[Glyph]:
    """A page of 300 x 300 points; the box's corner is at (50, 50), from it lines run down (or to the left)."""
    codes = {character: number for number, character in enumerate(dict.fromkeys(c for c, _, _ in placed), 1)}
    narrow = {number: 500 if ord(character) < 0x80 else 1000 for character, number in codes.items()}
    pdf = pikepdf.new()
    pairs = "".join(f"<{n:04x}> <{c.encode('utf-16-be').hex()}>\n" for c, n in codes.items())
    cmap = f"{len(codes)} beginbfchar\n{pairs}endbfchar".encode()
    widths = pikepdf.Array([1, pikepdf.Array(list(narrow.values()))])
    descendant = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, W=widths)
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([descendant]),
        ToUnicode=pdf.make_stream(cmap),
    )
    shown = []
    for character, place, line in placed:
        along, across = 50 + place * SIZE, 50 + line * FEED
        x, y = (250 - across, 300 - along - 0.88 * SIZE) if vertical else (along, 300 - across - 0.88 * SIZE)
        shown.append(f"1 0 0 1 {x:.4f} {y:.4f} Tm <{codes[character]:04x}> Tj")
    stream = f"q BT /F1 {SIZE:g} Tf {' '.join(shown)} ET Q".encode()
    made = pdf.add_blank_page(page_size=(300, 300))
    made.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.obj.Contents = pdf.make_stream(stream)
    pdf.save(path)
    return glyphs_of(path)


def box(text: str, measure: float, *, vertical: bool = False) -> Box:
    if vertical:
        return Box(1, 100, 50, 160, measure * SIZE, SIZE, measure * SIZE, FEED, text, True)
    return Box(1, 50, 50, measure * SIZE, 200, SIZE, measure * SIZE, FEED, text)


def solid(*lines: str) -> list[Placed]:
    """Every character one em (half an em for ASCII) after the one before."""
    placed = []
    for number, line in enumerate(lines):
        place = 0.0
        for character in line:
            placed.append((character, place, float(number)))
            place += 0.5 if character.isascii() else 1.0
    return placed


def moved(placed: list[Placed], index: int, by: float, *, line: float = 0.0) -> list[Placed]:
    """One character of them moved along its line, or off it."""
    character, place, row = placed[index]
    return [*placed[:index], (character, place + by, row + line), *placed[index + 1 :]]


GOOD = solid("春夏秋冬", "東西南北", "上下")
QUARTER = [
    ("月", 0.0, 0.0),
    ("1", 1.25, 0.0),
    ("日", 2.0, 0.0),
    *[(each, float(place), 1.0) for place, each in enumerate("東西")],
]


def broken(path: Path, placed: list[Placed], measure: float, text: str = "", *, vertical: bool = False) -> set[str]:
    """The rules that the judge finds broken."""
    wanted = text or "".join(character for character, _, _ in placed)
    verdicts = judged(page(path / "page.pdf", placed, vertical=vertical), box(wanted, measure, vertical=vertical))
    return {verdict.rule for verdict in verdicts if not verdict.kept}


@pytest.mark.parametrize("vertical", [False, True])
def test_a_good_page_breaks_nothing(tmp_path: Path, vertical: bool) -> None:
    assert broken(tmp_path, GOOD, 4, vertical=vertical) == set()
    assert broken(tmp_path, QUARTER, 3, vertical=vertical) == set()


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize(
    ("rule", "placed", "measure"),
    [
        ("flush", moved(GOOD, 3, -0.02), 4),
        ("flush", moved(GOOD, 3, 0.02), 4),
        ("last", moved(GOOD, 9, 0.1), 4),
        ("gap", [("春", 0.0, 0.0), ("夏", 2.0, 0.0), ("秋", 0.0, 1.0)], 3),
        ("start", solid("春夏秋冬", "。東西南", "北"), 4),
        ("start", solid("春夏秋冬", "ッ東西南", "北"), 4),
        ("end", solid("春夏秋「", "東西南北", "上"), 4),
        ("split", solid("春夏秋冬春夏秋冬春夏秋冬4月", "1日に"), 13.5),  # a line of twelve is not torn without it
        ("split", solid("春夏秋4", "月1日に"), 3.5),
        ("split", solid("春夏秋△", "12と"), 4),
        ("split", solid("春夏秋冬春夏4万", "8,000時間に"), 7.5),
        ("split", solid("春夏15,432", "千円と"), 5),
        ("start", solid("春夏秋冬", "!東西南", "北上"), 4),
        ("start", solid("春夏秋冬", ")東西南", "北上"), 4),
        ("end", solid("春夏秋(", "東)西"), 3.5),
        ("over", solid("春夏秋冬", "東西", "東西"), 3.5),
        ("over", solid("春夏秋冬", "東西南北上"), 4),
        ("alone", solid("春夏秋冬", "東。"), 4),
("stops", [("春", 0.0, 0.0), ("夏", 1.4, 0.0), ("、", 2.4, 0.0), ("秋", 3.8, 0.0), ("東", 0.0, 1.0)], 4.8),
        ("split", solid("春夏秋3,500", "円の冬と春"), 5.5),
        ("split", solid("春夏秋冬春夏―", "―冬"), 7),
        ("order", [("春", 0.0, 0.0), ("―", 1.0, 0.0), ("―", 2.2, 0.0), ("夏", 3.2, 0.0), ("秋", 0.0, 1.0)], 4.2),
        ("pairs", solid("春」。夏秋", "冬"), 5),
        ("pairs", solid("春。「夏秋", "冬"), 5),
        ("head", solid("春夏秋冬", "「東西南", "北"), 4),
    ],
)  # fmt: skip
def test_each_rule_is_seen_broken(
    tmp_path: Path, rule: str, placed: list[Placed], measure: float, vertical: bool
) -> None:
    assert rule in broken(tmp_path, placed, measure, vertical=vertical)


def test_a_space_before_a_half_width_mark_is_seen(tmp_path: Path) -> None:
    placed = [
        ("春", 0.0, 0.0),
        ("!", 1.25, 0.0),
        ("夏", 1.75, 0.0),
        ("秋", 2.75, 0.0),
        ("東", 0.0, 1.0),
        ("西", 1.0, 1.0),
    ]
    assert broken(tmp_path, placed, 3.75) == {"half"}


def test_a_long_run_may_be_parted_where_the_line_would_be_torn(tmp_path: Path) -> None:
    parted = [(c, place + 0.1 * number, 0.0) for number, (c, place, _) in enumerate(solid("春夏秋冬")[:3])]
    parted += [("4", 3.5, 0.0), ("月", 4.25, 0.0), *[(c, place, 1.0) for c, place, _ in solid("12345と")]]
    assert "split" not in broken(tmp_path, parted, 5.25)


def test_latin_without_its_quarter_em_is_seen(tmp_path: Path) -> None:
    assert broken(tmp_path, solid("春夏A秋冬", "東西"), 4.5) == {"latin"}


def test_a_baseline_off_the_grid_is_seen(tmp_path: Path) -> None:
    lifted = [(character, place, line + (0.01 if line == 1 else 0.0)) for character, place, line in GOOD]
    assert broken(tmp_path, lifted, 4) == {"grid"}


def test_a_closing_mark_may_hang_to_its_blank_half(tmp_path: Path) -> None:
    hanging = [("春", 0.0, 0.0), ("夏", 1.0, 0.0), ("。", 2.0, 0.0), ("秋", 0.0, 1.0), ("冬", 1.0, 1.0)]
    assert broken(tmp_path, hanging, 2.5) == set()
    assert broken(tmp_path, hanging, 3.0) == set()
    assert broken(tmp_path, hanging, 2.7) == {"flush"}


def test_punctuation_closed_up_is_kept(tmp_path: Path) -> None:
    closed = [
        ("春", 0.0, 0.0),
        ("」", 1.0, 0.0),
        ("。", 1.5, 0.0),
        ("「", 2.0, 0.0),
        ("夏", 3.0, 0.0),
        ("秋", 0.0, 1.0),
        ("冬", 1.0, 1.0),
    ]
    assert broken(tmp_path, closed, 4) == set()


def test_an_address_may_break_at_its_joints_only(tmp_path: Path) -> None:
    assert "split" not in broken(tmp_path, solid("https://a.example/", "koho/index"), 9)
    assert "split" in broken(tmp_path, solid("https://a.example/k", "oho/index"), 9.5)


def test_a_changed_text_is_seen(tmp_path: Path) -> None:
    assert "text" in broken(tmp_path, GOOD, 4, "春夏秋冬東西南北上中")


def test_matrices_spacing_and_forms_are_followed(tmp_path: Path) -> None:
    """The same line through cm, Td, Tc, TJ and a form: every glyph where it was."""
    straight = page(tmp_path / "a.pdf", solid("春夏秋"))
    with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as pdf:
        first = pdf.pages[0]
        form = pdf.make_stream(
            b"BT /F1 5 Tf 1 Tc 0 0 Td [<0001> 200 <0002>] TJ ET",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 300, 300],
            Resources=first.obj.Resources,
        )
        first.obj.Resources.XObject = pikepdf.Dictionary(X=form)
        first.obj.Contents = pdf.make_stream(b"q 2 0 0 2 50 241.2 cm /X Do Q")
        pdf.save(tmp_path / "b.pdf")
    turned = glyphs_of(tmp_path / "b.pdf")
    assert [glyph.text for glyph in turned] == ["春", "夏"]
    for mine, other in zip(straight, turned, strict=False):
        assert (other.left, other.top, other.size) == pytest.approx((mine.left, mine.top, mine.size))
