"""Every key of a file as a table in Markdown, out of the JSON Schema that an editor completes: it cannot go stale."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def keys_table(schema: str, file: str) -> str:
    """The tables of a file (``layout.yaml``) from its schema: the keys at its top, then those of each group in it."""
    said = json.loads(schema)
    definitions: Mapping[str, Any] = said.get("definitions", {})
    tables = [f"## {file}\n\n{_table(said)}"]
    asked = list(_groups(said, file))
    seen: set[str] = set()
    while asked:
        where, name = asked.pop(0)
        if name in seen:
            continue
        seen.add(name)
        group = definitions[name]
        if "enumDescriptions" in (type_ := group.get("properties", {}).get("type", {})):  # the types of a field
            pairs = zip(type_["enum"], type_["enumDescriptions"], strict=True)
            rows = "".join(f"| `{each}` | {_cell(told)} |\n" for each, told in pairs)
            tables.append(f"### {where}: 型（type）\n\n| 型 | 説明 |\n|---|---|\n{rows}")
            asked += [(f"{where}（type: {each}）", each) for each in type_["enum"] if each in definitions]
            continue
        tables.append(f"### {where}\n\n{_table(group)}")
        asked += _groups(group, where)
    return "\n".join(tables)


def _table(group: Mapping[str, Any]) -> str:
    needed = group.get("required", ())
    rows = "".join(
        f"| `{name}` | {_cell(key.get('title', ''))}{'（必ず書く）' if name in needed else ''} "
        f"| {_cell(key.get('description', ''))} | {_example(key)} |\n"
        for name, key in group.get("properties", {}).items()
    )
    return f"| 書く名前 | 何か | 説明 | 例 |\n|---|---|---|---|\n{rows}"


def _groups(group: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    """The groups that the keys of a group hold: where each is, and its name among the definitions."""
    for name, key in group.get("properties", {}).items():
        for text in json.dumps(key).split('"#/definitions/')[1:]:
            yield f"{where} → {name}", text.split('"')[0]


def _example(key: Mapping[str, Any]) -> str:
    if options := key.get("enum"):
        return "・".join(f"`{each}`" for each in options)
    examples = key.get("examples", ())
    return f"`{_cell(_short(examples[0]))}`" if examples else ""


def _short(value: Any) -> str:
    """A value as YAML writes it in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_short(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_short, value)) + "]"
    return str(value)


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")
