"""Where this program is on the disk, and the files of a workspace that come with it."""

from __future__ import annotations

from pathlib import Path

SOURCES = Path(__file__).parents[1]
"""The folder ``koho_pdf`` itself."""

_IN_WHEEL = SOURCES / "shipped"

SHIPPED = _IN_WHEEL if _IN_WHEEL.is_dir() else SOURCES.parents[1]
"""The folder with the files that come with the program: in an installed wheel one inside the package, where
``tools/wheel_backend.py`` puts them; else the repository, which is a workspace itself.
"""

WORKSPACE = (".editorconfig", ".vscode", "LICENSE", "fonts", "layouts", "press", "schemas")
"""The files and folders of every workspace; ``content/`` and ``koho.yaml`` are the city's alone."""

BESIDE = ("pyproject.toml", "requirements.lock", "LICENSE", "README.md", "README.ja.md", "docs/archive.md")
"""What installs and explains the program: it goes with the source into archives."""


def own_files() -> list[Path]:
    """The program's own files, sorted: without what Python makes of them, and without the files of a workspace."""
    found = (path for path in SOURCES.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted(path for path in found if not path.is_relative_to(_IN_WHEEL))


def shipped_files(root: Path = SHIPPED) -> dict[str, Path]:
    """The files of a new workspace by their names in it, sorted; none of what editors and desktops leave behind."""
    found: dict[str, Path] = {}
    for name in WORKSPACE:
        below = [root / name, *(root / name).rglob("*")]
        found |= {path.relative_to(root).as_posix(): path for path in below if path.is_file() and not _left(path, root)}
    return dict(sorted(found.items()))


def _left(path: Path, root: Path) -> bool:
    inner = path.relative_to(root).parts[1:]
    return any(part.startswith((".", "~$")) or part.endswith("~") for part in inner)
