"""The ladder of a region or slot (``fit`` in layout.yaml): its rungs in the order written, what in it cannot work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from koho_pdf.findings import Finding, error
from koho_pdf.layout.layout_yaml import LayoutFile
from koho_pdf.layout.region_yaml import FitFields
from koho_pdf.layout.regions import LEAST_FEED, Rung
from koho_pdf.layout.slot_yaml import SlotFitFields
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.scalar import Tree

_ASKED = {"feed": "--line-feed", "picture": "--picture-height"}
"""Keys that change nothing unless the designer's CSS uses a variable."""
_WIDEST = {"feed": ("line_feed", "H"), "gap": ("gap", "mm")}
"""Keys whose widest value is that of the region's own key, with its unit."""


def rungs(tree: Tree, path: str, written: FitFields | SlotFitFields) -> tuple[Rung, ...]:
    """The keys of a ``fit`` in the order they are written at ``path``, each with its values, the gentlest first."""
    said = tree.at(path)
    keys = said if isinstance(said, dict) else type(written).model_fields  # a name with a dot has no path
    found = {key: _values(getattr(written, key)) for key in keys}
    return tuple((key, tuple(sorted(set(values), reverse=True))) for key, values in found.items() if values)


def misfits(tree: Tree, read: LayoutFile | None, folder: Path) -> Iterator[Finding]:
    """Rungs wider than the region or slot itself, line feeds of slots that are too narrow to be read, and rungs that
    the layout's CSS (``folder`` and what all layouts share) does not follow. Nothing if the file could not be read.
    """
    unheard: dict[str, bool] = {}
    for type_, page in (read.page_types if read else {}).items():
        for name, region in page.regions.items():
            at = f"page_types.{type_}.regions.{name}.fit"
            for key, values in rungs(tree, at, region.fit):
                if key in _WIDEST:
                    own, unit = _WIDEST[key]
                    yield from _wider(tree, f"{at}.{key}", values, own, getattr(region, own), unit)
                if key == "picture" and len(values) < 2:
                    told = "fit の picture に、高さが1つしかないので、写真は低くなりません。"
                    hint = "ふだんの高さと、低くしてよい高さを、[35, 50] のように並べて書いてください。"
                    yield error("fit-one-height", told, where_of(tree, f"{at}.{key}"), hint)
                if key in _ASKED:
                    if key not in unheard:
                        unheard[key] = not _uses(_ASKED[key], folder)
                    if unheard[key]:
                        told = f"fit の {key} は、このレイアウトの CSS に var({_ASKED[key]}) がないので効きません。"
                        hint = f"CSS で {_USE[key]} のように書くか、fit から {key} を外してください。"
                        yield error("fit-unheard", told, where_of(tree, f"{at}.{key}"), hint)

    for name, slot in (read.slots if read else {}).items():
        at, least = f"slots.{name}.fit.feed", LEAST_FEED * slot.size
        feeds = dict(rungs(tree, f"slots.{name}.fit", slot.fit)).get("feed", ())
        if feeds:
            yield from _wider(tree, at, feeds, "line_feed", slot.line_feed)
        if feeds and feeds[-1] < least:
            told = f"行送りは、文字の大きさの{LEAST_FEED:g}倍（{least:g}H）より狭くしません。"
            yield error("fit-below-floor", told, where_of(tree, at), "fit の feed を、それより広くしてください。")


_USE = {
    "feed": "「.region { line-height: var(--line-feed) }」",
    "picture": "「.region figure img { height: var(--picture-height); object-fit: cover }」",
}


def _wider(
    tree: Tree, at: str, values: tuple[float, ...], own: str, widest: float, unit: str = "H"
) -> Iterator[Finding]:
    if values[0] > widest:
        key = at.rpartition(".")[2]
        told = f"fit の {key} に、{own}（{widest:g} {unit}）より広い値（{values[0]:g} {unit}）があります。"
        yield error("fit-wider", told, where_of(tree, at), f"{own} をその値にするか、fit の {key} を狭くしてください。")


def _uses(variable: str, folder: Path) -> bool:
    """Whether a style or template of the layout, of the shared folder or of a kind names the variable."""
    looked = (folder, folder.parent / "_shared", folder.parent / "_kinds")
    files = (path for each in looked for end in ("css", "html") for path in each.rglob(f"*.{end}"))
    return any(
        re.search(rf"var\(\s*{variable}\b", path.read_text(encoding="utf-8", errors="replace"))
        for path in files
        if path.is_file()
    )


def _values(written: float | tuple[float, ...]) -> tuple[float, ...]:
    return written if isinstance(written, tuple) else (written,)
