"""The JSON Schema of ``kind.yaml``: a designer's editor completes the types, their options and the roles."""

from __future__ import annotations

import json
from typing import Any

from koho_pdf.kinds.kind_file import KindFile
from koho_pdf.kinds.types import TYPES
from koho_pdf.kinds.types.groups import OF_FIELD
from koho_pdf.manuscript.completion import DIALECT, for_editors


def kind_schema_text() -> str:
    """The schema as the file holds it; the type of a field says which other keys it may have."""
    schema = {"$schema": DIALECT, "title": "原稿の型（kind.yaml）", **for_editors(KindFile)}
    definitions: dict[str, Any] = {"Field": _field()}
    for name, field in sorted(TYPES.items()):
        options = for_editors(field)
        left_out = field.fixed if field.takes_default else {*field.fixed, "default"}
        keys = {key: each for key, each in options["properties"].items() if key not in left_out}
        keys["type"] = {"title": "型", "description": f"{field.label}: {field.about}", "enum": [name]}
        kept = {key: value for key, value in options.items() if key not in ("$schema", "definitions")}
        definitions[name] = {**kept, "title": field.label, "description": field.about, "properties": keys}
        definitions |= options.get("definitions", {})
    schema["definitions"] = {**schema.get("definitions", {}), **definitions}
    return json.dumps(_with_fields(schema), ensure_ascii=False, indent=2) + "\n"


def _field() -> dict[str, Any]:
    """A field of any type. An editor completes the types first, each explained (``enumDescriptions``, which VS Code's
    extension shows), and then only the keys of the type that was chosen."""
    type_ = {
        "title": "型",
        "description": "項目の型。型によって、ほかに書けるものが決まります。",
        "enum": list(TYPES),
        "enumDescriptions": [f"{each.label}: {each.about}" for each in TYPES.values()],
    }
    chosen = [
        {
            "if": {"properties": {"type": {"enum": [name]}}, "required": ["type"]},
            "then": {"$ref": f"#/definitions/{name}"},
        }
        for name in TYPES
    ]
    return {"type": "object", "required": ["type"], "properties": {"type": type_}, "allOf": chosen}


def _with_fields(node: Any) -> Any:
    """The schema with the definition of a field wherever any may stand."""
    if isinstance(node, list):
        return [_with_fields(each) for each in node]
    if not isinstance(node, dict):
        return node
    if OF_FIELD.items() <= node.items():
        rest = {key: value for key, value in node.items() if key not in OF_FIELD}
        return {**rest, "allOf": [{"$ref": "#/definitions/Field"}]}
    return {key: _with_fields(value) for key, value in node.items()}
