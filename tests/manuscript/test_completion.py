"""The schemas by which editors check koho.yaml, layouts, press profiles and the list of faces while one types."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from tests.conftest import REPOSITORY, Koho

from koho_pdf.composition.fonts.fonts_yaml import FontsFile
from koho_pdf.layout.layout_yaml import LayoutFile
from koho_pdf.manuscript.completion import completion
from koho_pdf.manuscript.settings import Settings
from koho_pdf.press.profile_yaml import ProfileFile
from koho_pdf.workspace.workspace import KohoFile

MODELS: dict[str, type[Settings]] = {"koho": KohoFile, "layout": LayoutFile, "press": ProfileFile, "fonts": FontsFile}
FILES = {
    "koho": ["koho.yaml"],
    "layout": [path.relative_to(REPOSITORY).as_posix() for path in REPOSITORY.glob("layouts/*/layout.yaml")],
    "press": [path.relative_to(REPOSITORY).as_posix() for path in REPOSITORY.glob("press/*.yaml")],
    "fonts": ["fonts/fonts.yaml"],
}
EVERY = [(name, file) for name, files in FILES.items() for file in sorted(files)]
JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")

# The words of JSON Schema (draft 7) that ours use; whatever else one says would go unchecked here.
KINDS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}
SAID = {"$schema", "title", "description", "examples", "definitions", "format"}
CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda value, names: any(
        isinstance(value, KINDS[name]) and (name == "boolean" or not isinstance(value, bool))
        for name in ([names] if isinstance(names, str) else names)
    ),
    "enum": lambda value, choices: any(value == each and type(value) is type(each) for each in choices),
    "pattern": lambda value, pattern: not isinstance(value, str) or bool(re.search(pattern, value)),
    "minimum": lambda value, least: not isinstance(value, (int, float)) or value >= least,
    "maximum": lambda value, most: not isinstance(value, (int, float)) or value <= most,
    "exclusiveMinimum": lambda value, least: not isinstance(value, (int, float)) or value > least,
    "maxLength": lambda value, most: not isinstance(value, str) or len(value) <= most,
    "minItems": lambda value, least: not isinstance(value, list) or len(value) >= least,
    "required": lambda value, names: not isinstance(value, dict) or set(names) <= set(value),
}


def fits(value: Any, shape: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a value has a shape."""
    if "$ref" in shape:
        return fits(value, whole["definitions"][shape["$ref"].removeprefix("#/definitions/")], whole)
    assert set(shape) <= SAID | set(CHECKS) | {"allOf", "anyOf", "oneOf", "properties", "additionalProperties", "items"}
    right = all(check(value, shape[word]) for word, check in CHECKS.items() if word in shape)
    right = right and all(fits(value, each, whole) for each in shape.get("allOf", ()))
    right = right and ("anyOf" not in shape or any(fits(value, each, whole) for each in shape["anyOf"]))
    right = right and ("oneOf" not in shape or sum(fits(value, each, whole) for each in shape["oneOf"]) == 1)
    if isinstance(value, dict):
        known, others = shape.get("properties", {}), shape.get("additionalProperties", True)
        for name, inner in value.items():
            of = known.get(name, others)
            right = right and (of if isinstance(of, bool) else fits(inner, of, whole))
    if isinstance(value, list) and "items" in shape:
        right = right and all(fits(each, shape["items"], whole) for each in value)
    return right


class Core(yaml.SafeLoader):
    """YAML 1.2, as editors read: yes, no, on and off are words."""


Core.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("name", MODELS)
def test_the_committed_schema_is_the_models_own(name: str) -> None:
    assert (REPOSITORY / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8") == completion(MODELS[name])


def test_the_command_line_writes_them(koho: Koho) -> None:
    for name in ("layout", "press"):
        assert koho("schema", name).stdout == completion(MODELS[name])


def groups(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield shape
    yield from shape.get("definitions", {}).values()


@pytest.mark.parametrize("name", MODELS)
def test_every_name_is_explained_in_japanese_and_every_group_is_closed(name: str) -> None:
    whole = json.loads(completion(MODELS[name]))
    for group in groups(whole):
        assert group["additionalProperties"] is False
        for each in group["properties"].values():
            assert JAPANESE.search(each["title"])
            assert JAPANESE.search(each["description"])
            assert "default" not in each
            assert all(fits(example, each, whole) for example in each.get("examples", ())), each


@pytest.mark.parametrize(("name", "file"), EVERY)
@pytest.mark.parametrize("loader", [yaml.SafeLoader, Core])
def test_the_workspaces_own_files_fit_and_a_misspelt_name_does_not(name: str, file: str, loader: Any) -> None:
    whole = json.loads(completion(MODELS[name]))
    value = yaml.load((REPOSITORY / file).read_text(encoding="utf-8"), loader)
    assert fits(value, whole, whole)
    places = [(value, whole)]
    places += [(slot, whole["definitions"]["SlotFields"]) for slot in value.get("slots", {}).values()]
    places += [(face, whole["definitions"]["FaceFields"]) for face in value.get("fonts", ())]
    for key, within in (("output_condition", "OutputConditionFields"), ("ppi", "ResolutionFields")):
        places += [(value[key], whole["definitions"][within])] if key in value else []
    for group, shape in places:
        for known in list(shape["properties"]):
            if known in group:
                broken = copy.deepcopy(group)
                broken[f"{known}s"] = broken.pop(known)
                assert not fits(broken, shape, whole), known


@pytest.mark.parametrize(
    ("name", "file", "old", "new"),
    [
        ("layout", "layouts/policy-leaflet/layout.yaml", "trim: 210 x 297", "trim: A4"),
        ("layout", "layouts/policy-leaflet/layout.yaml", "bleed: 3", "bleed: 三"),
        ("layout", "layouts/policy-leaflet/layout.yaml", "binding: left", "binding: top"),
        ("layout", "layouts/policy-leaflet/layout.yaml", "ink: 0/0/0/100", "ink: black"),
        ("layout", "layouts/policy-leaflet/layout.yaml", "lines: 4}", "lines: 4.5}"),
        ("layout", "layouts/policy-leaflet/layout.yaml", "size: 24,", "size: 0,"),
        ("press", "press/offset-coated.yaml", "bleed: 3", "bleed: -3"),
        ("press", "press/offset-coated.yaml", "inks: process4", "inks: rgb"),
        ("press", "press/offset-coated.yaml", "page_multiple: 4", "page_multiple: 3"),
        ("press", "press/offset-coated.yaml", "marks: []", "marks: [western]"),
        ("press", "press/offset-coated.yaml", '"{issue}_{press}"', "広報.pdf"),
        ("koho", "koho.yaml", "留萌: るもい", "留萌: rumoi"),
        ("koho", "koho.yaml", "area_code: 0164", "format: 2\narea_code: 0164"),
        ("fonts", "fonts/fonts.yaml", "weight: 400", "weight: bold"),
        ("fonts", "fonts/fonts.yaml", "file: BIZ", "file: ../BIZ"),
    ],
)
def test_a_value_that_koho_refuses_does_not_fit(name: str, file: str, old: str, new: str) -> None:
    whole = json.loads(completion(MODELS[name]))
    text = (REPOSITORY / file).read_text(encoding="utf-8")
    assert old in text
    assert not fits(yaml.load(text.replace(old, new, 1), Core), whole, whole)


@pytest.mark.parametrize(("name", "file"), EVERY)
def test_the_first_line_points_at_the_schema(name: str, file: str) -> None:
    first = (REPOSITORY / file).read_text(encoding="utf-8").splitlines()[0]
    path = first.removeprefix("# yaml-language-server: $schema=")
    assert ((REPOSITORY / file).parent / path).resolve() == REPOSITORY / "schemas" / f"{name}.schema.json"
