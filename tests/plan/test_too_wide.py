"""Tables, pictures and words that are wider than their column: one finding for each, and none of what they cover."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plan.stories import make, region

from koho_pdf.errors import LayoutError
from koho_pdf.findings import errors_in
from koho_pdf.pipeline import build, look
from koho_pdf.workspace.workspace import open_workspace

WHOLE = "columns: 3, gutter: 6, gap: 7, line_feed: 28"
TYPES = {
    "whole": {"main": f'{{at: "15 30 180 240", {WHOLE}}}'},
    "down": {"main": f'{{at: "15 30 180 240", {WHOLE}, direction: vertical}}'},
    "run": {"main": region("15 30 180 240", 3)},
    "rundown": {"main": region("15 30 180 240", 3, direction="vertical")},
}
WORDS = ["Community", "Registration", "Information", "Consultation", "Certificate", "Application"]
CSS = ".wide img { width: 90mm; max-width: none; height: 90mm }\nh2 { column-span: all }\n"


def story(id_: str, more: str, body: str = "港で祭りをひらきます。") -> str:
    """A story with a long headline, which may span all columns, and a hanging stop."""
    heading = f"{id_}の長い長い長い長い見出しの読み物"
    return f"kind: story\nheading: {heading}\nlead: 春の話です。\nparts:\n  - heading: 一\n    body: {body * 4}\n{more}"


TABLE = "    table: {file: tables/wide.csv, caption: 窓口}\n"
PHOTO = "    photo: {file: photos/umi.png, alt: 白い海, caption: 群来の海, credit: 観光協会}\n"
LONG = "    note: " + "Registration" * 5 + "\n"


def told(folder: Path, *editions: str) -> list[tuple[str, str, str | None, int | None]]:
    with pytest.raises(LayoutError) as fault:
        build(folder, open_workspace(folder.parents[1]), editions)
    found = errors_in(fault.value.findings)
    return [(each.code, Path(each.where.file or "").stem, each.where.field, each.where.page) for each in found]


def test_what_is_wider_than_its_column_is_told_once(home: Path, tmp_path: Path) -> None:
    """Beside text and beside an empty column, along lines that run across and down, whole articles and running text."""
    wide = {f"{type_}{n}": story(f"{type_}{n}", more) for type_ in TYPES for n, more in enumerate((TABLE, "", LONG))}
    pages = ["cover"]
    pages += [f"{type_}: {{main: [{', '.join(id_ for id_ in wide if id_[:-1] == type_)}]}}" for type_ in TYPES]
    folder = make(tmp_path, wide, pages, TYPES, CSS)
    rows = "\n".join(",".join(WORDS) for _ in range(8))
    (folder / "tables" / "wide.csv").write_text(f"{rows}\n", encoding="utf-8")
    expected = [
        ("wider-than-column", f"{type_}{n}", f"{type_}{n}:parts.0.{name}", page)
        for page, type_ in enumerate(TYPES, 2)
        for n, name in ((0, "table"), (2, "note"))
    ]
    assert told(folder, "print", "screen") == expected
    _, found = look(folder, open_workspace(tmp_path))
    assert [each.where.page for each in errors_in(found)] == [each[-1] for each in expected]
    assert all("段の幅より" in each.message and "pages" in each.hint for each in errors_in(found))


def test_a_picture_that_is_wider_than_its_column_is_told(home: Path, tmp_path: Path) -> None:
    """The same picture in one wide column is not; a headline that spans all columns is not."""
    one = {"wide": {"main": region("15 30 180 240", 3)}, "wide_one": {"main": region("15 30 180 240", 1)}}
    css = f"{CSS}.wide_one img {{ width: 90mm; max-width: none; height: 90mm }}\n"
    folder = make(
        tmp_path,
        {id_: story(id_, PHOTO) for id_ in ("a", "b")},
        ["cover", "wide: {main: [a]}", "wide_one: {main: [b]}"],
        one,
        css,
    )
    assert told(folder, "screen") == [("wider-than-column", "a", "a:parts.0.photo.file", 2)]
