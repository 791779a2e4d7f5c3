"""Press profiles (入稿条件): the shipped ones hold together, and every mistake of a file is told at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from koho_pdf.errors import LayoutError
from koho_pdf.press.profile import read_press
from koho_pdf.press.profile_yaml import MARKS

REPOSITORY = Path(__file__).parents[2]
SHIPPED = (
    "newsprint",
    "office-copier",
    "offset-coated",
    "offset-coated-x1a",
    "offset-two-colour",
    "sheet-with-tombo",
)


def edited(folder: Path, *changes: tuple[str, str]) -> tuple[str, ...]:
    """The codes and fields told about ``offset-coated`` after some changes to its text."""
    shutil.copytree(REPOSITORY / "press", folder / "press")
    path = folder / "press" / "offset-coated.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError) as told:
        read_press("offset-coated", folder / "press", folder)
    for finding in told.value.findings:
        assert finding.where.file == "press/offset-coated.yaml"
        assert finding.where.line
        assert finding.hint
    return tuple(f"{finding.code} {finding.where.field}" for finding in told.value.findings)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_holds_together(name: str) -> None:
    press = read_press(name, REPOSITORY / "press", REPOSITORY)
    assert press.title
    assert press.rich_black.total_ink <= press.total_ink
    assert press.continuous.refuse < press.continuous.warn < press.continuous.most
    assert press.bitmap.refuse < press.bitmap.warn < press.bitmap.most
    assert (press.standard == "PDF/X-4") <= press.condition.embedded


def test_every_profile_in_the_folder_is_among_those_tested() -> None:
    assert tuple(sorted(path.stem for path in (REPOSITORY / "press").glob("*.yaml"))) == SHIPPED


def test_plates_follow_the_inks(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "press", tmp_path / "press")
    path = tmp_path / "press" / "offset-two-colour.yaml"
    text = path.read_text(encoding="utf-8")

    def plates(inks: str) -> tuple[str, ...]:
        path.write_text(text.replace("\ninks: kc", f"\ninks: {inks}"), encoding="utf-8")
        return read_press("offset-two-colour", tmp_path / "press", tmp_path).inks.plates

    spot = "spot\nspot: {{as: {}, name: DIC 156s, colour: 0/76/85/0{}}}"
    assert plates("process4") == ("Cyan", "Magenta", "Yellow", "Black")
    assert plates("kc") == ("Cyan", "Black")
    assert plates("k") == ("Black",)
    assert plates(spot.format("separation", "")) == ("Black", "DIC 156s")
    assert plates(spot.format("standin", ", plate: Magenta")) == ("Magenta", "Black")


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    told = edited(
        tmp_path,
        ("bleed: 3 ", "bleed: 3mm "),
        ("inks: process4", "inks: rgb"),
        ("marks: []", "marks: [corner, western]"),
        ("paper:", "papier:"),
        ('"{issue}_{press}"', "広報.pdf"),
    )
    assert set(told) == {
        "unknown-field papier",  # the key that is meant for paper
        "value-not-understood bleed",
        "value-not-understood inks",
        "value-not-understood marks.1",
        "value-not-understood file_name",
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("profiles/fogra39-coated-300.icc", "profiles/JapanColor2001Coated.icc"),
        ("sha256: 1e", "sha256: 2e"),
        ("profiles/fogra39-coated-300.icc", "profiles/README.md"),
    ],
)
def test_a_profile_that_is_not_there_or_another_one_is_told_with_where_to_get_it(
    tmp_path: Path, old: str, new: str
) -> None:
    assert edited(tmp_path, (old, new)) == ("profile-missing output_condition.profile",)


def test_marks_without_their_brackets_are_told_of_them(tmp_path: Path) -> None:
    assert edited(tmp_path, ("marks: []", "marks: corner, centre")) == ("value-not-understood marks",)
    with pytest.raises(LayoutError) as told:
        read_press("offset-coated", tmp_path / "press", tmp_path)
    assert "「[」と「]」の間に" in told.value.findings[0].hint


@pytest.mark.parametrize("name", ["x" * 300, "profiles", "../../koho.yaml"])
def test_a_profile_that_is_no_file_is_told(tmp_path: Path, name: str) -> None:
    told = edited(tmp_path, ("profile: profiles/fogra39-coated-300.icc", f"profile: {name}"))
    assert told == ("profile-missing output_condition.profile",)


def test_a_profile_in_another_encoding_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "press").mkdir()
    text = (REPOSITORY / "press" / "offset-coated.yaml").read_text(encoding="utf-8")
    (tmp_path / "press" / "ours.yaml").write_bytes(text.encode("cp932", errors="replace"))
    with pytest.raises(LayoutError) as told:
        read_press("ours", tmp_path / "press", tmp_path)
    (found,) = told.value.findings
    assert (found.code, found.where.file) == ("not-utf-8", "press/ours.yaml")
    assert found.message.startswith("ours.yaml が Shift_JIS")


def test_a_newer_profile_is_told_alone(tmp_path: Path) -> None:
    told = edited(tmp_path, ("title: ", "format: 2\ntitel: "), ("sha256: 1e", "sha256: 2e"))
    assert told == ("newer-format format",)


def test_x4_embeds_its_profile(tmp_path: Path) -> None:
    assert edited(tmp_path, ("embedded: yes", "embedded: no")) == ("press-broken output_condition.embedded",)


def test_spot_and_inks_go_together(tmp_path: Path) -> None:
    assert edited(tmp_path, ("inks: process4", "inks: spot"), ("[kc, k]", "[k]")) == ("press-broken inks",)


def test_marks_stand_in_one_order(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "press", tmp_path / "press")
    path = tmp_path / "press" / "sheet-with-tombo.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "[corner, centre, fold, wedge, register]", "[register, fold, wedge, centre, corner]"
    )
    path.write_text(text, encoding="utf-8")
    assert read_press("sheet-with-tombo", tmp_path / "press", tmp_path).marks == MARKS


def test_the_profile_samples_name_japan_color_first() -> None:
    """It names the registry and the path, above the condition that takes its place, and says what to ask the shop."""
    sample = (REPOSITORY / "press" / "offset-coated.yaml").read_text(encoding="utf-8")
    assert "profiles/JapanColor2001Coated.icc" in sample[: sample.index("identifier: FOGRA39")]
    assert all(name in sample[: sample.index("identifier: FOGRA39")] for name in ("JC200103", "JC200104", "JCS2011"))
    told = (REPOSITORY / "press" / "profiles" / "README.md").read_text(encoding="utf-8")
    assert told.index("JC200103") < told.index("Japan Color 2011, coated") < told.index("fogra39")
    assert "印刷所に尋ねること" in told


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("page_inks: [kc, k]", "page_inks: [spot]", "page_inks"),
        ("pages_per_side: 8", "pages_per_side: 3", "pages_per_side"),
        ("sheets: single", "sheets: saddle-stitch", "pages_per_side"),
    ],
)
def test_inks_of_pages_and_sides_go_with_the_job(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert edited(tmp_path, (old, new)) == (f"press-broken {field}",)
