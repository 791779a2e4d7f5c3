"""``koho layouts new NAME --from LAYOUT``: a copy to change, and nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

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
