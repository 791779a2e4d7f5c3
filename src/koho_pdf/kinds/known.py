"""The kinds of a workspace, by name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from koho_pdf.errors import KohoError, LayoutError
from koho_pdf.findings import Where, error
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.kind_file import kind_of, read_kind
from koho_pdf.manuscript.reader import read

FOLDER = "_kinds"
"""The folder of kinds, among the layouts of a workspace."""

_BEFORE = Path(__file__).parent / "format_0"
"""The kinds from before kinds were data, for a workspace without its own (an old bag)."""

_READ: dict[tuple[str, bytes], Kind] = {}


def kind_names(layouts: Path) -> tuple[str, ...]:
    """The kinds that a workspace knows, by name; ``layouts`` is its folder of layouts."""
    own = layouts / FOLDER
    found = (path.parent.name for path in own.glob("*/kind.yaml")) if own.is_dir() else _before()
    return tuple(sorted(found))


def _before() -> tuple[str, ...]:
    return tuple(path.stem for path in _BEFORE.glob("*.yaml"))


def kind_called(name: str, layouts: Path, root: Path) -> Kind:
    """The kind of this name; ``root`` is the workspace that findings name files from.

    An unchanged one is not read again. Raises LayoutError: ``unknown-kind``, and the mistakes of its file.
    """
    if name not in kind_names(layouts):
        hint = f"原稿の型: {'・'.join(kind_names(layouts)) or 'まだ1つもありません'}"
        raise LayoutError(error("unknown-kind", f"「{name[:40]}」という原稿の型はありません。", Where(), hint))
    own = layouts / FOLDER / name
    file = own / "kind.yaml" if own.is_dir() else _BEFORE / f"{name}.yaml"
    key = str(file), file.read_bytes()
    if key not in _READ:
        _READ[key] = read_kind(own, root) if own.is_dir() else kind_of(name, read(file, _BEFORE))
    return _READ[key]


def kinds_of(layouts: Path, root: Path) -> Mapping[str, Kind]:
    """Every kind of a workspace. Raises LayoutError with the mistakes of all."""
    return {name: kind_called(name, layouts, root) for name in kind_names(layouts)}


def titles_of(layouts: Path, root: Path) -> dict[str, str]:
    """The title of each kind of a workspace, by its name, without kinds whose file cannot be read."""
    titles: dict[str, str] = {}
    for name in kind_names(layouts):
        with suppress(KohoError):
            titles[name] = kind_called(name, layouts, root).title
    return titles
