"""The JSON Schema of a file that is not a manuscript: with it a YAML editor completes names, shows what each is for,
and checks while people type.
"""

from __future__ import annotations

import json
from typing import Any

from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.settings import Settings

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The draft that VS Code's YAML extension supports best."""


def completion(model: type[Settings]) -> str:
    """The schema of a file as text; always the same for the same model."""
    return (
        json.dumps({"$schema": DIALECT, "title": model.called, **for_editors(model)}, ensure_ascii=False, indent=2)
        + "\n"
    )


def for_editors(model: type[Group]) -> dict[str, Any]:
    """The schema of a model for an editor, with the definitions that it refers to."""
    schema = model.model_json_schema(ref_template="#/definitions/{model}")
    definitions = {name: group_for_editors(group) for name, group in sorted(schema.pop("$defs", {}).items())}
    return {**group_for_editors(schema), **({"definitions": definitions} if definitions else {})}


def group_for_editors(group: dict[str, Any]) -> dict[str, Any]:
    """A group as pydantic describes it, without the programmers' names and docstrings, and without ``null``, which our
    texts never are."""
    kept = {name: value for name, value in group.items() if name not in ("title", "description", "properties")}
    return {**kept, "properties": {name: _field(field) for name, field in group["properties"].items()}}


def _field(field: dict[str, Any]) -> dict[str, Any]:
    """One field; a reference is put into ``allOf`` because draft 7 ignores everything beside ``$ref``."""
    plain = {name: value for name, value in field.items() if name not in ("default", "$ref", "anyOf")}
    choices = [choice for choice in field.get("anyOf", ()) if choice != {"type": "null"}]
    if "$ref" in field:
        return {**plain, "allOf": [{"$ref": field["$ref"]}]}
    if len(choices) == 1:
        (choice,) = choices
        return {**plain, **({"allOf": [choice]} if "$ref" in choice else choice)}
    return {**plain, "anyOf": choices} if choices else plain
