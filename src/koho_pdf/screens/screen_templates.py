"""The screens as HTML: our own templates, escaped automatically. Door of Jinja2 in this room."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from koho_pdf.screens.form_parts import Control, Part

HERE = Path(__file__).parent


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["is_set_aside"] = is_set_aside
    return made


def is_set_aside(part: Part) -> bool:
    """Whether a part is folded away at first: what is not written and need not be, and what is rarely needed."""
    return isinstance(part, Control) and (part.quiet or (part.value is None and not part.required))


def drawn(template: str, **context: object) -> str:
    """A template with what it shows."""
    return _environment().get_template(template).render(context)
