"""Stylesheets of a layout as they are read, and its colours as CSS."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from koho_pdf.errors import LayoutError
from koho_pdf.findings import Where, error
from koho_pdf.geometry import MM_PER_Q
from koho_pdf.layout.unpaged import NO_LINE

Shown = Mapping[str, str | tuple[str, ...]]
"""The layout's colours as one edition writes them."""

_LINKS = (
    "a[href]:not(:has(.words)), a[href] .words"
    " {{ text-decoration: underline .05em {}; text-underline-offset: .12em }}\n"
)
LINES_OF_LINKS = {"screen": _LINKS.format("currentcolor"), "print": _LINKS.format(NO_LINE)}
"""On a screen a link is marked (WCAG 2.2, 1.4.1); on paper it is not. If a template marks some of its parts as
``words``, only those. Print has the same rule with a line that is not drawn, so that both can have one layout.
"""

_LINED = re.compile(r"text-decoration(?!\s*:\s*none\b)|<(?:u|s|ins|del|strike)\b", re.IGNORECASE)
_OF_LINKS = re.compile(r"^\s*a\s*\{[^{}!]*\}", re.MULTILINE)  # ``a { … }``: weaker than our rule


def with_no_other_line(html: str) -> str:
    """The galley of print, without the rule for links if anything else has lines: lines within each other are drawn in
    one colour, and so those of links would be seen.
    """
    before, rule, after = html.partition(LINES_OF_LINKS["print"])
    return before + after if rule and _LINED.search(_OF_LINKS.sub("", before + after)) else html


def table_style(shared: Path) -> tuple[Path, ...]:
    """The style of tables for pages that take no other shared one; an archived issue may be older than it."""
    path = shared / "table.css"
    return (path,) if path.is_file() else ()


def variables(colours: Shown) -> str:
    """Every colour as a CSS custom property; of a list, each member with its number (``--sky-0``)."""
    return f":root {{{declared(colours)} --q: {MM_PER_Q}mm }}\n"


def declared(colours: Shown) -> str:
    """The custom properties of colours."""
    made = []
    for name, value in colours.items():
        name = name.replace("_", "-")
        if isinstance(value, tuple):
            made += [f"--{name}-{number}: {member};" for number, member in enumerate(value)]
        else:
            made.append(f"--{name}: {value};")
    return " ".join(made)


def read_style(path: Path, root: Path) -> str:
    """A stylesheet of a layout, from its own folder.

    Raises LayoutError (``layout-broken``) when it is missing, leads out of its folder or is not UTF-8.
    """
    try:
        if not path.resolve().is_relative_to(path.parent.resolve()):
            raise OSError
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise LayoutError(
            error(
                "layout-broken",
                f"{path.name} を読めません。",
                Where(path.relative_to(root).as_posix()),
                "ファイルがあるか、UTF-8 で保存されているか、よそのフォルダーを指すリンクでないかを確かめてください。",
            )
        ) from fault
