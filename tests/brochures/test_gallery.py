"""docs/gallery.md is complete: every type of field, every role, every key of layout.yaml and every value of those that
have a few only, with its lines and its picture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import yaml
from PIL import Image

from koho_pdf.kinds.types import TYPES
from koho_pdf.kinds.types.field import Role

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
SAID = yaml.safe_load((ROOT / "tools" / "gallery.yaml").read_text(encoding="utf-8"))
PARTS = ("types", "roles", "marks", "layout")
SCHEMA = json.loads((ROOT / "schemas" / "layout.schema.json").read_text(encoding="utf-8"))
Asked = set[tuple[str, ...]]


def asked(schema: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key that a schema knows, and every value of those that have a few: ``slots``, ``*``, ``direction``,
    ``=vertical``."""
    for each in (schema, *schema.get("allOf", ()), *schema.get("anyOf", ())):
        if "$ref" in each:
            yield from asked(SCHEMA["definitions"][each["$ref"].rsplit("/", 1)[1]], path)
        for name, inner in each.get("properties", {}).items():
            yield (*path, name)
            yield from asked(inner, (*path, name))
        if isinstance(more := each.get("additionalProperties"), dict):
            yield from asked(more, (*path, "*"))
        if each is not schema or "items" in each:
            yield from asked(each.get("items", {}), path) if each.get("items") else ()
        yield from ((*path, f"={value}") for value in each.get("enum", ()) if not isinstance(value, (bool, int)))
        named = re.fullmatch(r"\^\(\?:([^()\\ .]+)\)\$", each.get("pattern", ""))
        yield from ((*path, f"={value}") for value in (named[1].split("|") if named and "|" in named[1] else ()))


def shown(said: Any, schema: Asked, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """What lines of layout.yaml show of that; names that a designer gives are ``*``."""
    for each in said if isinstance(said, list) else [said]:
        if not isinstance(each, dict):
            yield (*path, f"={each}")
            continue
        for name, inner in each.items():
            own = (*path, name) if (*path, name) in schema else (*path, "*")
            yield own
            yield from shown(inner, schema, own)


def test_every_type_and_role_is_in_it() -> None:
    assert {*SAID["types"], *SAID["elsewhere"]} == set(TYPES)
    assert {*SAID["roles"], *SAID["roles_elsewhere"]} == set(get_args(Role))
    headings = set(re.findall(r"^### (.+)$", PAGE, re.MULTILINE))
    assert headings == {name for part in SAID.values() for name in part}


def test_every_key_of_a_layout_and_every_value_is_in_it() -> None:
    schema = set(asked(SCHEMA))
    assert len(schema) > 90
    assert {("slots", "*", "read_from"), ("fold", "=観音折り"), ("keep_outs", "*", "side", "=both")} < schema
    found: Asked = set()
    for entry in SAID["layout"].values():
        found |= set(shown(yaml.safe_load(entry["layout"]), schema))
        for key, values in entry.get("each", {}).items():  # a key of the layout, or of its regions
            own = (key,) if (key,) in schema else ("page_types", "*", "regions", "*", key)
            found |= set(shown({own[-1]: values}, schema, own[:-1]))
    words = "\n".join(
        f"{each['layout']} {each.get('issue', '')} {each.get('page', '')}" for each in SAID["layout"].values()
    )
    missing = {each for each in schema - found if not each[-1].startswith("=") or each[-1][1:] not in words}
    assert not missing, "an entry of `layout` in tools/gallery.yaml is to show it"


def test_what_a_page_template_is_given_is_in_it() -> None:
    """The names of docs/kinds.md and src/koho_pdf/layout/planned.py."""
    pages = "\n".join(each.get("page", "") for each in SAID["layout"].values())
    for name in (
        "page.number",
        "page.side",
        "page.title",
        "page.first",
        "page.last",
        "region(",
        "page_of(",
        "contents",
    ):
        assert name in pages, name
    for attribute in ("data-slot", "data-field", "data-owner", 'data-artifact="Header"', 'data-artifact="Footer"'):
        assert attribute in pages, attribute


def test_every_entry_is_as_it_is_made_and_has_a_picture() -> None:
    for part in ("types", "roles", "marks"):
        for each in SAID[part].values():
            assert f"```yaml\n{each['field']}\n```\n\n```yaml\n{each['written']}\n```" in PAGE
    for each in SAID["layout"].values():
        for lines in (each["layout"].removeprefix("slots: {}\n"), each.get("page", ""), each.get("issue", "")):
            assert lines == "slots: {}" or lines in PAGE
    pictures = re.findall(r"\((pictures/gallery/\d+\.png)\)", PAGE)
    assert len(pictures) == len({*pictures}) == sum(len(SAID[part]) for part in PARTS)
    assert {f"pictures/gallery/{each.name}" for each in (ROOT / "docs/pictures/gallery").iterdir()} == {*pictures}
    for each in pictures:
        picture = Image.open(ROOT / "docs" / each).convert("L")
        assert sum(value < 200 for value in picture.tobytes()) > 100, each  # something is on it
