"""The small workspace of an issue: it needs no other files, and gives the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

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
    """A specimen with one text at one measure; ``test_rebuilding`` makes a leaflet again from its bag."""
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


def test_what_is_not_used_stays_out(workspace: Path) -> None:
    folder = workspace / "content" / "2013-policy-leaflet"
    (folder / "memo.docx").write_bytes(b"not for the archive")
    (folder / ".issue.yaml.swp").write_bytes(b"nor this")
    (workspace / "layouts" / "policy-leaflet" / "art" / "out.svg").symlink_to("/etc/hostname")
    files = source(workspace, "2013-policy-leaflet", "policy-leaflet", "offset-coated")
    assert [name for name in files if name.startswith("content/")] == ["content/2013-policy-leaflet/issue.yaml"]
    assert not [name for name in files if "sample" in name or "specimen" in name or "out.svg" in name]
    assert "fonts/BIZUDMincho-Regular.ttf" not in files
    assert {"fonts/OFL-ShipporiMincho.txt", "press/profiles/LICENSE-FOGRA39.txt", "layouts/_preflight/sheet.html"} <= {
        *files
    }


def test_pictures_the_manuscript_names_go_in(workspace: Path) -> None:
    sample = workspace / "layouts" / "policy-leaflet" / "sample"
    sample.rename(workspace / "content" / "mihon")
    files = source(workspace, "mihon", "policy-leaflet", "offset-coated")
    assert [name for name in files if name.startswith("content/mihon/photos/")] == [
        f"content/mihon/photos/mihon-{number}.jpg" for number in (1, 2, 3, 4)
    ]
