"""The small workspace of an issue: it needs no other files, and gives the same bytes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.kinds import brochure

from koho_pdf.composition.fonts.faces import read_faces
from koho_pdf.layout.contract import read_layout
from koho_pdf.pipeline import build
from koho_pdf.press.profile import read_press
from koho_pdf.workspace.sources import source_of
from koho_pdf.workspace.workspace import open_workspace


def source(root: Path, issue: str, layout: str, press: str) -> dict[str, bytes]:
    opened = open_workspace(root)
    shop = read_press(press, opened.press, opened.root)
    faces = read_faces(opened.fonts, opened.root)
    layouts = read_layout(opened.layouts / layout, opened.root)
    return source_of(opened.content / issue, opened, layouts, shop, faces)


def test_the_same_bytes_come_out_of_it(workspace: Path, tmp_path: Path) -> None:
    """A specimen with one text at one measure; ``test_rebuilding`` makes an issue again from its bag."""
    issue, press = "specimen-vertical", "newsprint"
    manuscript = workspace / "content" / issue / "issue.yaml"
    head, _, texts = manuscript.read_text(encoding="utf-8").partition("texts:\n")
    head = re.sub(r"chars_per_line: .*", "chars_per_line: 20", head)
    manuscript.write_text("".join([head, "texts:\n", *texts.splitlines(keepends=True)[:2]]), encoding="utf-8")
    files = source(workspace, issue, "specimen", press)
    for name, content in files.items():
        path = tmp_path / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    small, whole = open_workspace(tmp_path / "small"), open_workspace(workspace)
    made, wanted = (
        build(each.content / issue, each, press=read_press(press, each.press, each.root), papers=True)
        for each in (small, whole)
    )
    assert [name for name in wanted.files if made.files.get(name) != wanted.files[name]] == []
    assert (set(made.files), made.findings) == (set(wanted.files), wanted.findings)


def test_what_is_not_used_stays_out(home: Path, tmp_path: Path) -> None:
    folder = brochure.make(tmp_path)
    (folder / "memo.docx").write_bytes(b"not for the archive")
    (folder / ".issue.yaml.swp").write_bytes(b"nor this")
    (tmp_path / "layouts" / "brochure" / "art").mkdir()
    (tmp_path / "layouts" / "brochure" / "art" / "out.svg").symlink_to("/etc/hostname")
    shutil.copytree(tmp_path / "layouts" / "brochure", tmp_path / "layouts" / "another")
    files = source(tmp_path, brochure.NAME, "brochure", "offset-coated")
    assert [name for name in files if name.startswith("content/")] == [f"content/{brochure.NAME}/issue.yaml"]
    assert not [name for name in files if "sample" in name or "another" in name or "out.svg" in name]
    assert "fonts/ShipporiMinchoB1-Bold.ttf" not in files
    assert {"fonts/OFL-BIZUDMincho.txt", "press/profiles/LICENSE-FOGRA39.txt", "layouts/_preflight/sheet.html"} <= {
        *files
    }


def test_pictures_the_manuscript_names_go_in(home: Path, tmp_path: Path) -> None:
    issue = brochure.make(tmp_path)
    for chapter in (0, 1):
        brochure.with_photo(issue, chapter=chapter, file=f"photos/{chapter}.jpg")
    (issue / "photos" / "another.jpg").write_bytes(b"not named")
    files = source(tmp_path, brochure.NAME, "brochure", "offset-coated")
    photos = f"content/{brochure.NAME}/photos/"
    assert [name for name in files if name.startswith(photos)] == [f"{photos}0.jpg", f"{photos}1.jpg"]
