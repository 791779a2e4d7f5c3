"""docs/preflight.md names every check of the rules, and only findings that exist."""

from __future__ import annotations

import ast
import re

from tests.preflight.drafts import REPOSITORY

PREFLIGHT = REPOSITORY / "src" / "koho_pdf" / "preflight"
JUDGES = [*PREFLIGHT.glob("rules/rules_*.py"), PREFLIGHT / "pdf/reading.py"]
PAGE = (REPOSITORY / "docs" / "preflight.md").read_text(encoding="utf-8")
ROWS = [row.split("|") for row in PAGE.splitlines() if row.startswith("| ") and not row.startswith("| check")]
GWG = {1, 2, 3, 4, 5, *range(7, 25), 26, 27, 30, 31, 32, 35}  # those of its numbers that speak of sheets and newspapers


def told() -> set[str]:
    return {code for row in ROWS for code in re.findall(r"`([a-z0-9-]+)`", row[3])}


def raised() -> set[str]:
    """The codes where rules make findings: the first text among the arguments of a call."""
    makers = {"error": 0, "warning": 0, "Finding": 1}
    return {
        argument.value
        for module in JUDGES
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in makers
        for argument in call.args[makers[call.func.id] :][:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_code_of_the_rules_belongs_to_a_check() -> None:
    assert len(raised()) > 60
    assert raised() - told() == set()


def test_every_code_of_the_page_is_explained() -> None:
    headings = set(re.findall(r"^## `([a-z0-9-]+)`", (REPOSITORY / "docs/findings.md").read_text("utf-8"), re.M))
    assert told() - headings == set()
    assert told() - raised() == {"font-weight-missing"}, "of a layout of ours, told while it is composed"


def test_no_check_is_left_out() -> None:
    named = {check.strip() for row in ROWS for check in row[1].split(",") if check.strip()}
    assert {int(check[1:]) for check in named if check.startswith("R")} == GWG
    counts = {
        "BOX": 6,
        "BLD": 2,
        "SAF": 1,
        "COL": 6,
        "TAC": 4,
        "OVP": 4,
        "TXT": 4,
        "DOT": 1,
        "LIN": 2,
        "IMG": 4,
        "SHD": 1,
        "PDF": 4,
    }
    assert {check for check in named if check.startswith("X")} == {
        f"X-{kind}-{number:02}" for kind, count in counts.items() for number in range(1, count + 1)
    }
