"""Places in pictures: the focus, and boxes that nothing may cut."""

from __future__ import annotations

import pytest
from PIL import Image
from tests.kinds.conftest import City, Kinds

from koho_pdf.collation.owed import owed
from koho_pdf.content.outline import outline


@pytest.fixture
def city(kind: Kinds) -> City:
    made = kind("photo: {type: picture}")
    Image.new("L", (40, 30), 200).save(made.folder / "a.png")
    return made


PHOTO = "photo:\n  file: a.png\n  alt: 港の朝\n"


@pytest.mark.parametrize("text", ["30 40", "30% 40%", "３０、４０", "30, 40", "[30, 40]", "30.0 40.0"])
def test_a_focus(city: City, text: str) -> None:
    issue = city.issue(f"{PHOTO}  focus: {text}\n")
    assert (issue.photo.focus.x, issue.photo.focus.y, issue.photo.focus.css) == (30, 40, "30% 40%")
    assert city.again(issue).photo.focus.css == "30% 40%"
    assert [each.field for each in owed(issue, "print")] == ["title"], "a place is no word"
    assert [each.label for each in outline(issue).parts[1].parts] == ["写真のファイル", "写真の説明"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("20 10 60 50", 1),
        ("[20, 10, 60, 50]", 1),
        ("\n    - 20 10 60 50\n    - 0 0 100% 100%", 2),
        ("[20 10 60 50]", 1),
    ],
)
def test_boxes_to_keep(city: City, text: str, count: int) -> None:
    issue = city.issue(f"{PHOTO}  keep: {text}\n")
    box = issue.photo.keep[0]
    assert (box.left, box.top, box.right, box.bottom, len(issue.photo.keep)) == (20, 10, 60, 50, count)
    assert city.again(issue).photo.keep == issue.photo.keep


WRONG = {
    "words": ("focus: 右上", 7, "photo.focus"),
    "one": ("focus: 30", 7, "photo.focus"),
    "beyond": ("focus: 30 101", 7, "photo.focus"),
    "below": ("focus: -3 10", 7, "photo.focus"),
    "a group": ("focus: {x: 1, y: 2}", 7, "photo.focus"),
    "turned round": ("keep: 60 10 20 50", 7, "photo.keep"),
    "three": ("keep: 60 10 20", 7, "photo.keep"),
    "the second": ("keep:\n    - 20 10 60 50\n    - 20 10 60 500", 9, "photo.keep.1"),
    "a name beside it": ("focal: 30 40", 7, "photo.focal"),
}


@pytest.mark.parametrize(("text", "line", "field"), WRONG.values(), ids=WRONG)
def test_what_is_no_place(city: City, text: str, line: int, field: str) -> None:
    (found,) = city.told(f"{PHOTO}  {text}\n")
    assert (found.where.line, found.where.field) == (line, field)
    assert found.code in ("share-not-understood", "unknown-field")
    assert found.hint
