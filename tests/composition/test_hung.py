"""What we hang on the engine's objects is on one list, and so is everyone who sets or reads it."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from koho_pdf.composition.engine.hung import HUNG

ROOT = Path(__file__).parents[2]
SET = ("setdefault", "setattr")


def mentions() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Every ``koho_…`` in ``src``: by whom it is set, and by whom it is read."""
    sets, reads = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for path in (ROOT / "src" / "koho_pdf").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "hung" or "koho_" not in text.replace("koho_pdf", ""):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr.startswith("koho_"):
                (sets if isinstance(node.ctx, ast.Store) else reads)[node.attr].add(path.stem)
            elif isinstance(node, ast.Constant) and str(node.value).startswith("koho_") and node.value != "koho_pdf":
                reads[str(node.value)].add(path.stem)
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SET:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and str(argument.value).startswith("koho_"):
                        sets[str(argument.value)].add(path.stem)
    return sets, reads


def test_the_list_is_what_the_modules_do() -> None:
    sets, reads = mentions()
    assert {name: set(hung.by.split()) for name, hung in HUNG.items()} == sets
    assert {name: set(hung.read.split()) for name, hung in HUNG.items()} == reads


def test_the_page_shows_the_list() -> None:
    page = (ROOT / "docs" / "seams.md").read_text(encoding="utf-8").splitlines()
    rows = [
        f"| `{name}` | {hung.on} | {hung.means} | {ticked(hung.by)} | {ticked(hung.read)} |"
        for name, hung in HUNG.items()
    ]
    start = page.index("| name | on | means | set by | read by |") + 2
    assert page[start : start + len(rows) + 1] == [*rows, ""]


def ticked(names: str) -> str:
    return " ".join(f"`{name}`" for name in names.split())
