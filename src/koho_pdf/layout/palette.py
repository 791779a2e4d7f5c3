"""The city's own colours (``palette:`` of koho.yaml) in the place of those that a layout opens to it.

A layout lists in ``palette`` which of its colours a city may choose. What the layout says for jobs of two inks or one
stays, because those tones tell light from dark and not one hue from another.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.errors import KohoError, LayoutError
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.manuscript.reader import read

if TYPE_CHECKING:
    from koho_pdf.layout.city import City
    from koho_pdf.layout.contract import Colour, Layout


def chosen(layout: Layout, city: City) -> Mapping[str, str]:
    """The layout's colours that the city has chosen: their names, each with its key in ``palette:``, which is the name,
    or ``flyer/red`` for one layout alone."""
    keys = {name: name for name in layout.palette if name in city.palette}
    return keys | {name: key for name in layout.palette if (key := f"{layout.name}/{name}") in city.palette}


def painted(layout: Layout, city: City) -> Layout:
    """The layout with the city's colours. Raises LayoutError ``palette-broken`` for one colour in the place of several,
    or several in the place of one."""
    colours: dict[str, Colour] = dict(layout.colours)
    told = []
    for name, key in chosen(layout, city).items():
        ours, theirs = city.palette[key], colours[name]
        if _count(ours) != _count(theirs):
            words = f"レイアウト「{layout.name}」の「{name}」は{_count(theirs) or 1}色です。"
            hint = f"「{_notation(theirs)}」と同じ数と順で書いてください。"
            hint += "" if "/" in key else f"このレイアウトだけの色なら、名前を「{layout.name}/{name}」にします。"
            told.append(error("palette-broken", words, _where(city, key), hint))
        colours[name] = ours
    if told:
        raise LayoutError(*told)
    return replace(layout, colours=colours)


def unknown(city: City, layouts: Path, root: Path) -> Iterator[Finding]:
    """A warning for every name of ``palette:`` that no layout of the workspace opens."""
    if not city.palette:
        return
    opened = _opened(layouts, root)
    names = sorted({name for each in opened.values() for name in each})
    for key in city.palette:
        layout, _, name = key.rpartition("/")
        if name in (opened.get(layout, ()) if layout else names):
            continue
        near = difflib.get_close_matches(name, names, 1, 0.6)
        meant = f"「{near[0]}」のことではありませんか。" if near else ""
        told = f"色「{key}」を開いているレイアウトはないので、使いません。"
        hint = f"{meant}書ける名前は、layout.yaml の palette にあります: {'・'.join(names)}"
        yield warning("palette-unknown", told, _where(city, key), hint)


def _opened(layouts: Path, root: Path) -> Mapping[str, tuple[str, ...]]:
    """The names that each layout opens; one that cannot be read opens none, and is told where it is used."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(layouts.glob("*/layout.yaml")):
        try:
            said = read(path, root).at("palette")
        except KohoError:
            continue
        found[path.parent.name] = tuple(str(name).strip() for name in said) if isinstance(said, list) else ()
    return found


def _where(city: City, key: str) -> Where:
    return Where("koho.yaml", city.lines.get(f"palette.{key}") or city.lines.get("palette"), field=f"palette.{key}")


def _count(colour: Colour) -> int:
    return len(colour) if isinstance(colour, tuple) else 0


def _notation(colour: Colour) -> str:
    every = colour if isinstance(colour, tuple) else (colour,)
    said = ", ".join("/".join(f"{ink:g}" for ink in each.inks) for each in every)
    return f"[{said}]" if isinstance(colour, tuple) else said
