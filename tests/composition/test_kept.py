"""Boxes that must stay whole in a picture, checked on composed pages: crops, frames, trim, folds and holes, in mm."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.composition.poster import PICTURE, make
from tests.conftest import Told

if TYPE_CHECKING:
    pass

ISSUE, LOOKS = "content/poster/issue.yaml", "layouts/poster/layout.css"
STEERED = PICTURE.replace("alt=", 'style="object-position: {{ issue.photo.position }}" alt=')
SQUARE = ".photo { width: 60mm; height: 60mm; object-fit: cover }\n"  # of a picture that is drawn 80 mm wide
WHOLE = ".photo { width: 80mm }\n"

CUTS = {
    "a crop that could keep it": (
        "keep: 0 0 50 100",
        {"style": SQUARE},
        ("picture-keep-cut", LOOKS, None, "枠が切っています（左が10.0mm）"),
    ),
    "a crop at the right": (
        "keep: 60 0 95 50",
        {"style": SQUARE},
        ("picture-keep-cut", LOOKS, None, "（右が6.0mm）"),
    ),
    "boxes further apart than the crop": (
        "keep:\n  - 0 20 20 40\n  - 80 20 100 40",
        {"style": SQUARE, "page": STEERED},
        ("picture-keep-too-large", ISSUE, 8, "端から端まで横80.0mm、枠は横60.0mm"),
    ),
    "a frame around it": (
        "keep: 10 10 90 90",
        {"style": WHOLE + ".frame { width: 70mm; height: 50mm; overflow: hidden }"},
        ("picture-keep-cut", ISSUE, 7, "右が2.0mm、下が4.0mm"),
    ),
    "a frame that is turned with it": (
        "keep: 10 10 90 90",
        {"style": WHOLE + ".frame { width: 70mm; height: 60mm; overflow: hidden; transform: rotate(20deg) }"},
        ("picture-keep-cut", ISSUE, 7, "（右が2.0mm）"),
    ),
    "a picture that is turned in its frame": (
        "keep: 0 0 100 100",
        {
            "style": ".photo { width: 40mm; transform: rotate(90deg) }\n"
            ".frame { width: 40mm; height: 30mm; overflow: hidden }"
        },
        ("picture-keep-cut", ISSUE, 7, "（上が5.0mm、下が5.0mm）"),
    ),
    "a round frame": (
        "keep: 10 10 90 90",
        {"style": ".photo { width: 60mm; height: 60mm; object-fit: fill; border-radius: 50% }"},
        ("picture-keep-cut", LOOKS, None, "（角が3.9mm）"),
    ),
    "a clip": (
        "keep: 0 0 100 100",
        {"style": WHOLE + ".frame { clip: rect(0, 76mm, 60mm, 3mm) }"},
        ("picture-keep-cut", ISSUE, 7, "左が3.0mm、右が4.0mm"),
    ),
    "the trim, under the bleed": (
        "keep: 0 30 30 60",
        {"style": WHOLE + ".frame { left: -3mm; top: 20mm }"},
        ("picture-keep-cut", ISSUE, 7, "仕上りの端が切っています（左が3.0mm）"),
    ),
    "near the trim": (
        "keep: 0 30 30 60",
        {"style": WHOLE + ".frame { left: 4mm; top: 20mm }"},
        ("picture-keep-near-trim", ISSUE, 7, "5ミリ以内にあります（左が1.0mm"),
    ),
    "a fold, which is a line": (
        "keep: 20 20 80 80",
        {"style": WHOLE, "contract": "keep_outs: {中央の折り目: {at: 52.5 0 0 148}}\n"},
        ("picture-keep-cut", ISSUE, 7, "中央の折り目が当たります（横0.0mm、縦36.0mm）"),
    ),
    "a hole of this page": (
        "keep: 0 0 20 20",
        {"style": WHOLE, "contract": "keep_outs: {穴: {at: 8 8 6 6, pages: 1}}\n"},
        ("picture-keep-cut", ISSUE, 7, "穴が当たります（横4.0mm、縦4.0mm）"),
    ),
    "a background": (
        "keep: 0 0 50 100",
        {
            "page": "<div class=frame style=\"background-image: url('{{ picture(issue.photo.file) }}')\"></div>",
            "style": ".frame { width: 60mm; height: 60mm; background-size: cover; background-position: 50% 50% }",
        },
        ("picture-keep-cut", LOOKS, None, "（左が10.0mm）"),
    ),
}
WHOLE_ONES = {
    "a crop that is steered": ("keep: 0 0 50 100", {"style": SQUARE, "page": STEERED}),
    "several that fit": ("keep: [0 0 20 50, 60 0 75 50]", {"style": SQUARE, "page": STEERED}),
    "no crop": ("keep: 0 0 100 100", {"style": WHOLE}),
    "contained": ("keep: 0 0 100 100", {"style": SQUARE.replace("cover", "contain")}),
    "a round frame around a smaller box": (
        "keep: 20 20 80 80",
        {"style": ".photo { width: 60mm; height: 60mm; object-fit: fill; border-radius: 50% }"},
    ),
    "a fold beside it": ("keep: 0 0 50 100", {"style": WHOLE, "contract": "keep_outs: {折り目: {at: 50 0 0 148}}\n"}),
    "a hole of another page": (
        "keep: 0 0 20 20",
        {"style": WHOLE, "contract": "keep_outs: {穴: {at: 8 8 6 6, pages: [2, 4]}}\n"},
    ),
    "bleed beside it": ("keep: 20 20 80 90", {"style": WHOLE + ".frame { left: -3mm; top: -3mm }"}),
    "nothing asked": ("", {"style": SQUARE}),
}


@pytest.mark.parametrize(("picture", "more", "wanted"), CUTS.values(), ids=CUTS)
def test_what_cuts_it_is_told_by_how_much_to_whom(
    told: Told, tmp_path: Path, picture: str, more: dict[str, str], wanted: tuple[str, str, int | None, str]
) -> None:
    make(tmp_path / "city", picture, **more)
    (found,) = told(tmp_path / "city", "poster")
    code, file, line, words = wanted
    assert (found.code, found.where.file, found.where.line, found.where.page) == (code, file, line, 1)
    assert words in found.message
    assert "「port.png」" in found.message


@pytest.mark.parametrize(("picture", "more"), WHOLE_ONES.values(), ids=WHOLE_ONES)
def test_what_is_whole_is_not_told(told: Told, tmp_path: Path, picture: str, more: dict[str, str]) -> None:
    make(tmp_path / "city", picture, **more)
    assert told(tmp_path / "city", "poster") == ()


def test_print_screen_and_large_print_ask_the_same(told: Told, tmp_path: Path) -> None:
    """One finding for print and screen, whose pages are the same; large print, which shows it whole, has none."""
    make(tmp_path / "city", "keep: 0 30 30 60", WHOLE + ".frame { left: -3mm; top: 20mm }")
    found = told(tmp_path / "city", "poster", ("print", "screen", "large"))
    assert [each.code for each in found if each.code.startswith("picture-keep")] == ["picture-keep-cut"]


def test_a_focus_out_of_sight(told: Told, tmp_path: Path) -> None:
    make(tmp_path / "city", "focus: 5 50", SQUARE)
    (found,) = told(tmp_path / "city", "poster")
    assert (found.code, found.severity, found.where.file) == ("picture-focus-hidden", "warning", LOOKS)
    make(tmp_path / "other", "focus: 5 50", SQUARE, page=STEERED)
    assert told(tmp_path / "other", "poster") == ()


WEB_CUTS = {
    "a shape": (".photo { width: 100%; aspect-ratio: 1; object-fit: cover }", "左が幅の12%"),
    "a shape, written out": (".photo { height: auto; aspect-ratio: auto 3 / 4; object-fit: cover }", "左が幅の22%"),
    "width and height": ("img { width: 20rem; height: 20rem; object-fit: cover }", "左が幅の12%"),
    "another position": ("img { aspect-ratio: 1; object-fit: cover; object-position: right }", "左が幅の25%"),
    "a telephone": ("@media (max-width: 40rem) { img { aspect-ratio: 1; object-fit: cover } }", "左が幅の12%"),
}
WEB_WHOLE = {
    "a shape": ".photo { aspect-ratio: 1; object-fit: contain }",
    "its own": ".photo { width: 100%; height: auto; aspect-ratio: 4 / 3; object-fit: cover }",
    "kept in sight": ".photo { aspect-ratio: 1; object-fit: cover; object-position: 0% 50% }",
    "not this one": ".other { aspect-ratio: 1; object-fit: cover }",
    "said again": "img { aspect-ratio: 1; object-fit: cover } .photo { object-fit: contain }",
    "not known": "img { width: 100%; height: 20rem; object-fit: cover }",
    "no CSS": "img { aspect-ratio: 0; object-fit: cover } ::x y%$ {}",
}


@pytest.mark.parametrize(("web", "words"), WEB_CUTS.values(), ids=WEB_CUTS)
def test_a_frame_of_the_web_page_whose_shape_is_said(told: Told, tmp_path: Path, web: str, words: str) -> None:
    make(tmp_path / "city", "keep: 0 0 50 100", web=web)
    (found,) = told(tmp_path / "city", "poster", ("web",))
    assert (found.code, found.where.file) == ("picture-keep-cut", "layouts/poster/web.css")
    assert words in found.message


@pytest.mark.parametrize("web", WEB_WHOLE.values(), ids=WEB_WHOLE)
def test_a_frame_of_the_web_page_that_cuts_nothing(told: Told, tmp_path: Path, web: str) -> None:
    make(tmp_path / "city", "keep: 0 0 50 100", web=web)
    assert told(tmp_path / "city", "poster", ("web",)) == ()


@pytest.mark.parametrize("place", ["104 0 2", "a b c d", "-1 0 2 2", "0 0 0 0"])
def test_a_place_that_cannot_be_read(told: Told, tmp_path: Path, place: str) -> None:
    make(tmp_path / "city", contract=f"keep_outs: {{折り目: {{at: {place!r}}}}}\n")
    (found,) = told(tmp_path / "city", "poster")
    assert (found.code, found.where.field) == ("value-not-understood", "keep_outs.折り目.at")
