"""``koho layouts new NAME --from LAYOUT``: a copy to change, and nothing overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from koho_pdf import pipeline
from koho_pdf.errors import UsageError
from koho_pdf.layout.contract import read_layout
from koho_pdf.workspace.beginning import begin_layout
from koho_pdf.workspace.workspace import open_workspace


def test_a_copy_is_a_layout_of_its_own(workspace: Path) -> None:
    opened = open_workspace(workspace)
    folder = begin_layout("matsuri", "policy-leaflet", opened)
    made, source = (read_layout(workspace / "layouts" / name, workspace) for name in ("matsuri", "policy-leaflet"))
    assert folder == workspace / "layouts" / "matsuri"
    assert (made.kind, made.slots) == (source.kind, source.slots)
    manuscript = (folder / "sample" / "issue.yaml").read_text(encoding="utf-8")
    assert "\nlayout: matsuri\n" in manuscript
    assert "layout: policy-leaflet" not in manuscript


@pytest.mark.parametrize(
    ("name", "source", "code"),
    [
        ("policy-leaflet", "policy-leaflet", "layout-exists"),
        ("Matsuri", "policy-leaflet", "layout-name"),
        ("../matsuri", "policy-leaflet", "layout-name"),
        ("祭り", "policy-leaflet", "layout-name"),
        ("matsuri", "flier", "unknown-layout"),
    ],
)
def test_what_cannot_be_begun_is_told(workspace: Path, name: str, source: str, code: str) -> None:
    before = sorted(each.name for each in (workspace / "layouts").iterdir())
    with pytest.raises(UsageError) as refused:
        begin_layout(name, source, open_workspace(workspace))
    assert [each.code for each in refused.value.findings] == [code]
    assert sorted(each.name for each in (workspace / "layouts").iterdir()) == before


def test_a_kind_of_its_own_goes_with_it(tiny: Path) -> None:
    sample = tiny / "layouts" / "tiny" / "sample"
    shutil.copytree(tiny / "content" / "tiny", sample)
    text = (sample / "issue.yaml").read_text(encoding="utf-8")
    line = "# yaml-language-server: $schema=../../../schemas/brochure.schema.json\n"
    (sample / "issue.yaml").write_text(line + text, encoding="utf-8")
    opened = open_workspace(tiny)
    folder = begin_layout("oto", "tiny", opened, "hall")
    assert "kind: hall\n" in (folder / "layout.yaml").read_text(encoding="utf-8")
    begun = (folder / "sample" / "issue.yaml").read_text(encoding="utf-8")
    assert begun == (line + text).replace("brochure.schema", "hall.schema").replace("layout: tiny", "layout: oto")
    assert (tiny / "schemas" / "hall.schema.json").is_file()
    assert (tiny / "layouts" / "_kinds" / "hall" / "kind.yaml").is_file()
    pipeline.build(folder / "sample", opened, ("screen",))
    for kind in ("hall", "No"):
        with pytest.raises(UsageError):
            begin_layout("ni", "tiny", opened, kind)
        assert not (tiny / "layouts" / "ni").exists()
