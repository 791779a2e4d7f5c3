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
"""Where a workspace keeps them, among its layouts."""

_BEFORE = Path(__file__).parent / "format_0"
"""The kinds there were before kinds were data: a workspace without any of its own (a bag of then) has these."""

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

    One that stands as it stood is not read again. Raises LayoutError: ``unknown-kind``, and what is wrong with it.
    """
    if name not in kind_names(layouts):
        hint = f"原稿の型: {'・'.join(kind_names(layouts)) or 'まだ1つもありません'}"
        raise LayoutError(error("unknown-kind", f"「{name[:40]}」という原稿の型はありません。", Where(), hint))
    own = layouts / FOLDER / name
    file = own / "kind.yaml" if own.is_dir() else _BEFORE / f"{name}.yaml"
    key = str(file), file.read_bytes()
    if key not in _READ:
        _READ[key] = read_kind(own, root) if own.is_dir() else kind_of(name, read(file, _BEFORE))
    kind = _READ[key]
    return _with_articles(kind, file, layouts, root) if kind.places else kind


def _with_articles(kind: Kind, file: Path, layouts: Path, root: Path) -> Kind:
    """A kind of issue with the kinds of its articles. Raises LayoutError where one of those is none, or is wrong."""
    found: list[Finding] = []
    takes: dict[str, Kind] = {}
    names = kind_names(layouts)
    for place, field in kind.places.items():
        for number, name in enumerate(field.of):
            takes |= {name: kind_called(name, layouts, root)} if name in names else {}
            if name not in takes or takes[name].front:
                articles = [each for each in names if each in takes or not kind_called(each, layouts, root).front]
                near = get_close_matches(name, articles, 1, 0.5)
                meant = f"「{near[0]}」のことではありませんか。" if near else ""
                told = f"「{name[:40]}」という記事の型はありません。"
                if name in takes:
                    told = f"「{name[:40]}」は号の型です。記事にはできません。"
                where = where_of(read(file, root), f"fields.{place}.of.{number}")
                found.append(
                    error("unknown-kind", told, where, f"{meant}記事の型: {'・'.join(articles) or 'まだありません'}")
                )
    if found:
        raise LayoutError(*found)
    made = replace(kind, takes=takes)
    return _WHOLE.setdefault((id(kind), *map(id, takes.values())), made)


def kinds_of(layouts: Path, root: Path) -> Mapping[str, Kind]:
    """Every kind of a workspace. Raises LayoutError with what is wrong with any of them."""
    return {name: kind_called(name, layouts, root) for name in kind_names(layouts)}


def titles_of(layouts: Path, root: Path) -> dict[str, str]:
    """What people call each kind of a workspace, by its name; one whose file cannot be read is left out."""
    titles: dict[str, str] = {}
    for name in kind_names(layouts):
        with suppress(KohoError):
            titles[name] = kind_called(name, layouts, root).title
    return titles
