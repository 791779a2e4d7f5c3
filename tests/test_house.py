"""The house keeps its own promises (docs/architecture.md): what is written about the code is compared with it."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from fontTools.ttLib import TTFont

from koho_pdf.cli.main import parser

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "koho_pdf"
MODULES = sorted(SRC.rglob("*.py"))
LAYOUTS = sorted(path for path in (ROOT / "layouts").iterdir() if path.is_dir() and not path.name.startswith("_"))
FACES = yaml.safe_load((ROOT / "fonts" / "fonts.yaml").read_text(encoding="utf-8"))["fonts"]
COMMANDS = {
    name: command
    for first, usage in parser().commands.items()
    for name, command in {first: usage, **{f"{first} {each}": below for each, below in usage.commands.items()}}.items()
}

MOST_LINES = 300
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "handler", "data", "info", "misc", "common"}
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|work|Users|opt|tmp)/\w|[A-Za-z]:\\+Users")
JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(module: Path) -> None:
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    assert len(docstring) >= 20


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_module_is_too_long_to_read(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_modules_are_named_after_what_they_hold(module: Path) -> None:
    assert not set(module.relative_to(SRC).with_suffix("").parts) & VAGUE_NAMES


def code_given(call: ast.Call, position: int) -> ast.expr | None:
    """The argument of a call that says the finding's code."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    return next(iter(named or call.args[position : position + 1]), None)


def raised_codes(module: Path) -> Iterator[tuple[str, str]]:
    """(code, file:line) of every finding the module makes, itself or through a function that only hands on a code."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    makers = {
        alias.asname or alias.name: int(alias.name == "Finding")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "koho_pdf.findings"
        for alias in node.names
        if alias.name in ("error", "warning", "Finding")
    }
    handed_on: set[ast.Call] = set()
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        parameters = [argument.arg for argument in function.args.args if argument.arg != "self"]
        for call in calls_of(makers, function):
            code = code_given(call, makers[called(call)])
            if isinstance(code, ast.Name) and code.id in parameters:
                handed_on.add(call)
                makers[function.name] = parameters.index(code.id)
            elif isinstance(code, ast.Attribute) and code.attr == "code":
                handed_on.add(call)  # another finding again, told where it stands
    for call in calls_of(makers, tree):
        if call not in handed_on:
            code = code_given(call, makers[called(call)])
            place = f"{name_of(module)}:{call.lineno}"
            assert isinstance(code, ast.Constant), f"{place}: write the finding's code literally where it is raised"
            yield str(code.value), place


def called(call: ast.Call) -> str:
    """The name of the function or of our own method that is called."""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "self":
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def calls_of(makers: dict[str, int], tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in makers]


def test_findings_and_their_headings_are_the_same() -> None:
    raised: dict[str, list[str]] = {}
    for module in MODULES:
        if module != SRC / "findings.py":
            for code, place in raised_codes(module):
                raised.setdefault(code, []).append(place)
    text = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## `([^`]+)`", text, flags=re.MULTILINE)

    assert raised, "no finding found in src: this test has lost sight of them"
    assert {code: places for code, places in raised.items() if code not in headings} == {}, "not in docs/findings.md"
    assert sorted(set(headings) - set(raised)) == [], "in docs/findings.md, raised nowhere"
    assert len(headings) == len(set(headings))
    assert [code for code in raised if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_japanese_with_an_example(command: str) -> None:
    text = COMMANDS[command].format_help()
    assert JAPANESE.search(text)
    assert f"koho {command}" in text


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str, readme: str) -> None:
    assert f"koho {command}" in (ROOT / readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("layout", LAYOUTS, ids=name_of)
def test_every_layout_has_its_contract_and_its_sample(layout: Path) -> None:
    assert (layout / "layout.yaml").is_file()
    assert (layout / "sample" / "issue.yaml").is_file()


@pytest.mark.parametrize("face", FACES, ids=lambda face: face["file"])
def test_fonts_are_what_the_list_says(face: dict[str, str | int]) -> None:
    path = ROOT / "fonts" / str(face["file"])
    assert hashlib.sha256(path.read_bytes()).hexdigest() == face["sha256"]
    with TTFont(path, lazy=True) as font:
        assert font["name"].getDebugName(1) == face["family"]
        assert font["OS/2"].usWeightClass == face["weight"]
        assert font["OS/2"].fsType == 0, "its licence bits forbid or limit embedding"
        owner = font["name"].getDebugName(0)
    licence = (ROOT / "fonts" / str(face["licence"])).read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert owner in licence


def test_every_font_file_is_in_the_list() -> None:
    listed = {face["file"] for face in FACES}
    assert {path.name for path in (ROOT / "fonts").glob("*.[to]t[fc]")} == listed


def test_no_path_of_one_machine_is_written_down() -> None:
    folders = ["src", "layouts", "content", "press", "docs", "fonts", "schemas"]
    suffixes = {".py", ".yaml", ".json", ".html", ".css", ".svg", ".md", ".txt"}
    texts = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes]
    found = [
        f"{name_of(path)}:{number}"
        for path in texts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_decisions_are_numbered_without_a_gap() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
