"""The JSON Schema of a kind of issue: with it a YAML editor completes names and shows what each is for while typing.

It is looser than the check in one way: a YAML editor reads ``2013`` or ``no`` as a number or a truth value while we
read text, so every text may be any of these.
"""

from __future__ import annotations

import json
from typing import Any

from koho_pdf.content.values.model import WORDS_SCHEMA, Issue

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""What VS Code's YAML extension knows best."""


def json_schema(kind: type[Issue]) -> dict[str, Any]:
    """The schema of a kind: the same for the same kind, always; names and descriptions Japanese."""
    schema = kind.model_json_schema(ref_template="#/definitions/{model}")
    definitions = {name: for_editors(group) for name, group in sorted(schema.pop("$defs", {}).items())}
    top = for_editors(schema)
    named = _words_by_name({**top, "definitions": definitions})
    named["definitions"]["Words"] = WORDS_SCHEMA
    return {"$schema": _DIALECT, "title": f"{kind.kind} の原稿", **named}


def _words_by_name(node: Any) -> Any:
    """The schema with what every text may be said once, by the name ``Words``."""
    if isinstance(node, list):
        return [_words_by_name(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _words_by_name(value) for key, value in node.items() if value != WORDS_SCHEMA["oneOf"]}
    return kept if len(kept) == len(node) else {**kept, "allOf": [{"$ref": "#/definitions/Words"}]}


def schema_text(kind: type[Issue]) -> str:
    """The schema as the file holds it."""
    return json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"


def for_editors(group: dict[str, Any]) -> dict[str, Any]:
    """A group without the programmers' names and docstrings, and without ``null``, which our texts never are."""
    kept = {key: value for key, value in group.items() if key not in ("title", "description", "properties")}
    return {**kept, "properties": {name: _field(field) for name, field in group["properties"].items()}}


def _field(field: dict[str, Any]) -> dict[str, Any]:
    """One field; a reference stands in ``allOf`` because draft 7 overlooks whatever stands beside ``$ref``."""
    plain = {key: value for key, value in field.items() if key not in ("anyOf", "default", "$ref")}
    wanted = [choice for choice in field.get("anyOf", []) if choice != {"type": "null"}]
    if "$ref" in field:
        wanted = [{"$ref": field["$ref"]}]
    for choice in wanted:
        plain |= {"allOf": [choice]} if "$ref" in choice else choice
    return plain
