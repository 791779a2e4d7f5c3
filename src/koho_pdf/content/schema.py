"""The JSON Schema of a kind of issue: with it a YAML editor completes names and shows what each is for while typing.

It is looser than the check in one way: a YAML editor reads ``2013`` or ``no`` as a number or a truth value while we
read text, so every text may be any of these.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from koho_pdf.content.article_keys import DEPARTMENT_SCHEMA
from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.content.values.ids import PATTERN
from koho_pdf.content.values.model import WORDS_SCHEMA, Closed
from koho_pdf.manuscript.completion import DIALECT, group_for_editors

ARTICLES = "articles of"
"""Marks "an article of one of these kinds" in a schema, because pydantic does not accept our reference."""


def json_schema(kind: type[Issue | ArticleManuscript]) -> dict[str, Any]:
    """The schema of a kind, with Japanese names and descriptions; always the same for the same kind.

    That of a kind of article is for a file of its own, whose name is its id.
    """
    top, definitions = _parts(kind, "")
    name = kind.kind if issubclass(kind, Issue) else kind.described.name
    if issubclass(kind, Issue):
        articles = {each: model for models in kind.takes.values() for each, model in models.items()}
        for each, model in articles.items():
            definitions[each], inner = _parts(model, f"{each}.")
            definitions[each]["properties"]["kind"] |= {"enum": [each]}
            definitions |= inner
    else:
        top["properties"]["kind"] |= {"enum": [name]}
        top["required"] = [each for each in top["required"] if each != "id"]
    named = _by_name({**_with_articles(top), "definitions": definitions}, _NAMED)
    if "#/definitions/Department" in json.dumps(named):
        named["definitions"]["Department"] = _by_name(DEPARTMENT_SCHEMA, {"Words": WORDS_SCHEMA})
    named["definitions"]["Words"] = WORDS_SCHEMA
    return {"$schema": DIALECT, "title": f"{name} の原稿", **named}


def _parts(model: type[Closed], above: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of a model, and those that it refers to by their names, ``above`` before them."""
    schema = model.model_json_schema(ref_template=f"#/definitions/{above}{{model}}")
    inner = {above + name: group_for_editors(group) for name, group in sorted(schema.pop("$defs", {}).items())}
    return group_for_editors(schema), inner


def _with_articles(node: Any) -> Any:
    """The schema with a name, or an article of one of the kinds, wherever an article may stand."""
    if isinstance(node, list):
        return [_with_articles(each) for each in node]
    if not isinstance(node, dict):
        return node
    if ARTICLES not in node:
        return {key: _with_articles(each) for key, each in node.items()}
    name = {"type": "string", "pattern": f"^{PATTERN}$", "description": "articles フォルダーのファイルの名前。"}
    return {"anyOf": [name, *({"$ref": f"#/definitions/{kind}"} for kind in node[ARTICLES])]}


_NAMED = {"Department": DEPARTMENT_SCHEMA, "Words": WORDS_SCHEMA}
"""What stands in many places of a schema, and the name under which it is defined once."""


def _by_name(node: Any, known: Mapping[str, Mapping[str, Any]]) -> Any:
    """The schema with what is ``known`` by its name alone."""
    if isinstance(node, list):
        return [_by_name(each, known) for each in node]
    if not isinstance(node, dict):
        return node
    name = next((each for each, schema in known.items() if node.get("oneOf") == schema["oneOf"]), "")
    if name:
        kept = {key: _by_name(value, known) for key, value in node.items() if key != "oneOf"}
        return {**kept, "allOf": [{"$ref": f"#/definitions/{name}"}]}
    return {key: _by_name(value, known) for key, value in node.items()}


def schema_text(kind: type[Issue | ArticleManuscript]) -> str:
    """The schema as the text of its file."""
    return json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"
