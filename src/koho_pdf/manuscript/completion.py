"""The JSON Schema of a file that is no manuscript: with it a YAML editor completes names, shows what each is for, and
checks while its owner types."""

from __future__ import annotations

import json
from typing import Any

from koho_pdf.manuscript.settings import Settings

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""What VS Code's YAML extension knows best."""


def completion(model: type[Settings]) -> str:
    """The schema of a file, as its own file holds it: the same for the same model, always."""
    schema = model.model_json_schema(ref_template="#/definitions/{model}")
    definitions = {name: _group(group) for name, group in sorted(schema.pop("$defs", {}).items())}
    whole = {"$schema": _DIALECT, "title": model.called, **_group(schema)}
    return (
        json.dumps({**whole, **({"definitions": definitions} if definitions else {})}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _group(group: dict[str, Any]) -> dict[str, Any]:
    """A group without the programmers' names and docstrings."""
    kept = {name: value for name, value in group.items() if name not in ("title", "description", "properties")}
    return {**kept, "properties": {name: _field(field) for name, field in group["properties"].items()}}


def _field(field: dict[str, Any]) -> dict[str, Any]:
    """One field; a reference stands in ``allOf``: draft 7 overlooks whatever stands beside ``$ref``."""
    plain = {name: value for name, value in field.items() if name not in ("default", "$ref", "anyOf")}
    choices = [choice for choice in field.get("anyOf", ()) if choice != {"type": "null"}]
    if "$ref" in field:
        return {**plain, "allOf": [{"$ref": field["$ref"]}]}
    if len(choices) == 1:
        (choice,) = choices
        return {**plain, **({"allOf": [choice]} if "$ref" in choice else choice)}
    return {**plain, "anyOf": choices} if choices else plain
