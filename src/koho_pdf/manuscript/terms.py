"""YAML files that are not manuscripts (layout.yaml, press/*.yaml), read key by key: every mistake at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from koho_pdf.findings import Finding, Where, errors_in
from koho_pdf.manuscript.scalar import Block, Node, Scalar, Tree

T = TypeVar("T")

Tell = Callable[[str, Where, str], Finding]
"""Makes the finding of a mistake: its message, its place, how to mend it."""


class Terms:
    """Reads one file, collecting in ``found`` what is wrong with it."""

    def __init__(self, tree: Tree, tell: Tell) -> None:
        self._tree, self._tell = tree, tell
        self.found: list[Finding] = list(errors_in(tree.findings))

    def mapping(
        self, node: Node | None, path: str, required: Iterable[str], allowed: Iterable[str] | None = None
    ) -> dict[str, Node]:
        """The members of a mapping; tells what is missing of ``required`` and what is not ``allowed``."""
        found = node if isinstance(node, dict) else {}
        for key in required:
            if key not in found:
                self.tell(path, f"「{key}」がありません。", f"{'・'.join(required)} を書いてください。")
        allowed = tuple(allowed if allowed is not None else required)
        for key in found:
            if key not in allowed:
                self.tell(
                    f"{path}.{key}".lstrip("."),
                    f"「{key}」という項目はありません。",
                    f"書けるのは {'・'.join(allowed)} です。",
                )
        return found

    def members(self, top: dict[str, Node], key: str) -> list[tuple[str, Node]]:
        """The members of a mapping whose keys are names of the writer's own."""
        members = top.get(key, {})
        if isinstance(members, dict):
            return list(members.items())
        self.tell(
            key, f"「{key}」には名前を付けて並べてください。", "「名前: 値」を字下げして1行に1つずつ書いてください。"
        )
        return []

    def value(
        self, group: dict[str, Node], key: str, parse: Callable[[str], T], hint: str, default: T, path: str = ""
    ) -> T:
        """``group[key]`` as ``parse`` reads it; ``default`` where it is not written, or is wrong (ValueError)."""
        if key not in group:
            return default
        value = group[key]
        try:
            return parse(str(value) if isinstance(value, Scalar) and not isinstance(value, Block) else "")
        except ValueError:
            self.tell(f"{path}.{key}".lstrip("."), f"「{key}」の値「{value}」が読めません。", hint)
            return default

    def choice(self, group: dict[str, Node], key: str, choices: tuple[str, ...], path: str = "") -> str:
        """One of the choices; the first where nothing is written."""
        hint = f"{'・'.join(choices)} のどれかを書いてください。"
        return self.value(group, key, lambda text: choices[choices.index(text)], hint, choices[0], path)

    def tell(self, path: str, message: str, hint: str) -> None:
        """Take note of a mistake at a dotted path."""
        self.found.append(self._tell(message, self.where(path), hint))

    def where(self, path: str) -> Where:
        """The place of a dotted path in the file."""
        return Where(self._tree.file, self._tree.lines.get(path, 1), field=path or None)


def length(text: str) -> float:
    """A number of nought or more. Raises ValueError for anything else."""
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise ValueError(text)
    return float(text)


def size(text: str) -> float:
    """A number above nought. Raises ValueError for anything else."""
    if not length(text):
        raise ValueError(text)
    return float(text)


def count(text: str) -> int:
    """A whole number of one or more. Raises ValueError for anything else."""
    if not re.fullmatch(r"[1-9]\d*", text):
        raise ValueError(text)
    return int(text)
