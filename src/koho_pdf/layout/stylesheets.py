"""Stylesheets of a layout as they are read, and its colours as CSS."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from koho_pdf.errors import LayoutError
from koho_pdf.findings import Where, error
from koho_pdf.geometry import MM_PER_Q

Shown = Mapping[str, str | tuple[str, ...]]
"""The layout's colours as one edition writes them."""


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
