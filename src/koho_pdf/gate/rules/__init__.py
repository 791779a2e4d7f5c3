"""The rules, one a module, each found by the name of its file. To add a rule, add a file."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from koho_pdf.gate.rule import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order of their numbers."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").RULE for name in names)
