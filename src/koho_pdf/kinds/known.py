"""The kinds of a workspace, by name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from koho_pdf.errors import KohoError, LayoutError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.kinds.kind import Kind
from koho_pdf.kinds.kind_file import kind_of, read_kind
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.reader import read

FOLDER = "_kinds"
"""The folder of kinds, among the layouts of a workspace."""

_BEFORE = Path(__file__).parent / "format_0"
"""The kinds from before kinds were data, for a workspace without its own (an old bag)."""

_READ: dict[tuple[str, bytes], Kind] = {}
_WHOLE: dict[tuple[int, ...], Kind] = {}  # kinds of issues with those of their articles: none is ever forgotten


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
    kind = _alone(name, layouts, root)
    return _with_articles(kind, layouts, root) if kind.places else kind


def _alone(name: str, layouts: Path, root: Path) -> Kind:
    """A kind that there is, without those of its articles."""
    own, file = layouts / FOLDER / name, _file(name, layouts)
    key = name, file.read_bytes()  # whichever workspace it lies in
    if key not in _READ:
        _READ[key] = read_kind(own, root) if own.is_dir() else kind_of(name, read(file, _BEFORE))
    return _READ[key]


def _file(name: str, layouts: Path) -> Path:
    own = layouts / FOLDER / name
    return own / "kind.yaml" if own.is_dir() else _BEFORE / f"{name}.yaml"


def _with_articles(kind: Kind, layouts: Path, root: Path) -> Kind:
    """A kind of issue with the kinds of its articles. Raises LayoutError if one of those does not exist or is wrong."""
    found: list[Finding] = []
    takes: dict[str, Kind] = {}
    names = kind_names(layouts)
    for place, field in kind.places.items():
        for number, name in enumerate(field.of):
            takes |= {name: _alone(name, layouts, root)} if name in names else {}
            if name not in takes or takes[name].front:
                issues = name in takes
                told = (
                    f"「{name[:40]}」{'は号の型です。記事にはできません' if issues else 'という記事の型はありません'}。"
                )
                where = where_of(read(_file(kind.name, layouts), root), f"fields.{place}.of.{number}")
                found.append(error("unknown-kind", told, where, _articles_there(name, layouts, root)))
    if found:
        raise LayoutError(*found)
    made = replace(kind, takes=takes)
    return _WHOLE.setdefault((id(kind), *map(id, takes.values())), made)


def _articles_there(name: str, layouts: Path, root: Path) -> str:
    """The kinds of articles that there are, the one that was meant first."""
    names: list[str] = []
    for each in kind_names(layouts):
        with suppress(KohoError):
            names += [] if _alone(each, layouts, root).front else [each]
    near = get_close_matches(name, names, 1, 0.5)
    meant = f"「{near[0]}」のことではありませんか。" if near else ""
    return f"{meant}記事の型: {'・'.join(names) or 'まだありません'}"


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
