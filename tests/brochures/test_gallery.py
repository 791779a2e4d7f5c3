"""docs/gallery.md is complete: every type of field and every role has its lines and its picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import yaml
from PIL import Image

from koho_pdf.kinds.types import TYPES
from koho_pdf.kinds.types.field import Role

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
SAID = yaml.safe_load((ROOT / "tools" / "gallery.yaml").read_text(encoding="utf-8"))


def test_every_type_and_role_is_in_it() -> None:
    assert {*SAID["types"], *SAID["elsewhere"]} == set(TYPES)
    assert {*SAID["roles"], *SAID["roles_elsewhere"]} == set(get_args(Role))
    headings = set(re.findall(r"^### (.+)$", PAGE, re.MULTILINE))
    assert headings == {name for part in SAID.values() for name in part}


def test_every_entry_is_as_it_is_made_and_has_a_picture() -> None:
    for part in ("types", "roles", "marks"):
        for each in SAID[part].values():
            assert f"```yaml\n{each['field']}\n```\n\n```yaml\n{each['written']}\n```" in PAGE
    pictures = re.findall(r"\((pictures/gallery/\d+\.png)\)", PAGE)
    assert len(pictures) == sum(len(SAID[part]) for part in ("types", "roles", "marks"))
    for each in pictures:
        picture = Image.open(ROOT / "docs" / each).convert("L")
        assert min(picture.tobytes()) < 60, each  # something is on it
