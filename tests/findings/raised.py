"""Finds all findings that the source can make, from its syntax, so that none is missed because no test raises it."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "koho_pdf"
EXITS = {"ManuscriptError": 2, "LayoutError": 3, "PreflightError": 4, "ArchiveError": 5, "UsageError": 64}


@dataclass(frozen=True)
class Raised:
    """One place that makes a finding: ``severity`` is error, warning, or either where it is worked out; ``exit`` is 0
    where the place itself does not say which error the finding goes into."""

    code: str
    severity: str
    exit: int
    module: Path
    line: int

    @property
    def place(self) -> str:
        return f"{self.module.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def room(self) -> str:
        return self.module.relative_to(SRC).parts[0]


@cache
def raised() -> tuple[Raised, ...]:
    """All of them, by module."""
    modules = sorted(path for path in SRC.rglob("*.py") if path.parent != SRC / "findings")
    return tuple(each for module in modules for each in raised_in(module))


def raised_in(module: Path) -> Iterator[Raised]:
    """Every finding the module makes, itself or through a function of its own that only hands on a code."""
    text = module.read_text(encoding="utf-8")
    if "from koho_pdf.findings import" not in text:
        return
    nodes = list(ast.walk(ast.parse(text)))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    makers = {  # by the name that is called: which argument is the code, and how bad it is
        alias.asname or alias.name: (1, "") if alias.name == "Finding" else (0, alias.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "koho_pdf.findings"
        for alias in node.names
        if alias.name in ("error", "warning", "note", "Finding")
    }
    handed_on: set[ast.Call] = set()
    for function in (node for node in nodes if isinstance(node, ast.FunctionDef)):
        parameters = [argument.arg for argument in function.args.args if argument.arg != "self"]
        for call in _calls_of(makers, (call for call in calls if _within(call, function))):
            position, severity = makers[_called(call)]
            code = _given(call, "code", position)
            if isinstance(code, ast.Name) and code.id in parameters:
                handed_on.add(call)
                makers[function.name] = (parameters.index(code.id), severity)
            elif isinstance(code, ast.Attribute) and code.attr == "code":
                handed_on.add(call)  # another finding again, told where it stands
    exits = _exits(nodes)
    for call in _calls_of(makers, calls):
        if call not in handed_on:
            position, severity = makers[_called(call)]
            code = _given(call, "code", position)
            place = f"{module.relative_to(ROOT).as_posix()}:{call.lineno}"
            assert isinstance(code, ast.Constant), f"{place}: write the finding's code literally where it is raised"
            bad = severity or _severity(_given(call, "severity", 0))
            yield Raised(str(code.value), bad, exits.get(call, 0), module, call.lineno)


def _within(call: ast.Call, function: ast.FunctionDef) -> bool:
    return function.lineno <= call.lineno <= (function.end_lineno or 0)


def _exits(nodes: list[ast.AST]) -> dict[ast.Call, int]:
    """The exit code of each finding that is made right where its error is, or returned by a function called there."""
    exits: dict[ast.Call, int] = {}
    functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
    for raising in nodes:
        if not isinstance(raising, ast.Call) or _called(raising) not in EXITS:
            continue
        for call in (each for each in raising.args if isinstance(each, ast.Call)):
            exits[call] = EXITS[_called(raising)]
            for node in ast.walk(functions[_called(call)]) if _called(call) in functions else ():
                if isinstance(node, ast.Return) and isinstance(node.value, ast.Call):
                    exits[node.value] = EXITS[_called(raising)]
    return exits


def _severity(given: ast.expr | None) -> str:
    return given.attr.lower() if isinstance(given, ast.Attribute) else "either"


def _given(call: ast.Call, name: str, position: int) -> ast.expr | None:
    named = [keyword.value for keyword in call.keywords if keyword.arg == name]
    return next(iter(named or call.args[position : position + 1]), None)


def _called(call: ast.Call) -> str:
    """The name of the function or of our own method that is called."""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "self":
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _calls_of(makers: dict[str, tuple[int, str]], calls: Iterable[ast.Call]) -> list[ast.Call]:
    return [call for call in calls if _called(call) in makers]
