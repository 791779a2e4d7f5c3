"""The ladder of a region (``fit`` in layout.yaml): its rungs in the order written, and what in it cannot work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from koho_pdf.findings import Finding, error
from koho_pdf.layout.layout_yaml import FitFields, LayoutFile, RegionFields
from koho_pdf.layout.regions import Rung
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.scalar import Tree

_ASKED = {"feed": "--line-feed", "picture": "--picture-height"}
"""Keys that change nothing unless the designer's CSS uses a variable."""
_WIDEST = {"feed": ("line_feed", "H"), "gap": ("gap", "mm")}
"""Keys whose widest value is that of the region's own key, with its unit."""


def rungs(tree: Tree, path: str, written: FitFields) -> tuple[Rung, ...]:
    """The keys of a ``fit`` in the order they are written at ``path``, each with its values, the gentlest first."""
    said = tree.at(path)
    keys = said if isinstance(said, dict) else FitFields.model_fields  # a name with a dot has no path
    found = {key: _values(getattr(written, key)) for key in keys}
    return tuple((key, tuple(sorted(set(values), reverse=True))) for key, values in found.items() if values)


def misfits(tree: Tree, read: LayoutFile | None, folder: Path) -> Iterator[Finding]:
    """Rungs wider than the region itself, and rungs that the layout's CSS (``folder`` and what all layouts share) does
    not follow. Nothing if the file could not be read.
    """
    unheard: dict[str, bool] = {}
    for type_, page in (read.page_types if read else {}).items():
        for name, region in page.regions.items():
            at = f"page_types.{type_}.regions.{name}.fit"
            for key, values in rungs(tree, at, region.fit):
                yield from _wider(tree, f"{at}.{key}", key, values, region)
                if key in _ASKED:
                    if key not in unheard:
                        unheard[key] = not _uses(_ASKED[key], folder)
                    if unheard[key]:
                        told = f"fit の {key} は、このレイアウトの CSS に var({_ASKED[key]}) がないので効きません。"
                        hint = f"CSS で {_USE[key]} のように書くか、fit から {key} を外してください。"
                        yield error("fit-unheard", told, where_of(tree, f"{at}.{key}"), hint)


_USE = {
    "feed": "「.region { line-height: var(--line-feed) }」",
    "picture": "「.region figure img { height: var(--picture-height); object-fit: cover }」",
}


def _wider(tree: Tree, at: str, key: str, values: tuple[float, ...], region: RegionFields) -> Iterator[Finding]:
    if key not in _WIDEST:
        return
    (own, unit), widest = _WIDEST[key], getattr(region, _WIDEST[key][0])
    if values[0] > widest:
        told = f"fit の {key} に、領域の {own}（{widest:g} {unit}）より広い値（{values[0]:g} {unit}）があります。"
        yield error("fit-wider", told, where_of(tree, at), f"{own} をその値にするか、fit の {key} を狭くしてください。")


def _uses(variable: str, folder: Path) -> bool:
    """Whether a style or template of the layout, of the shared folder or of a kind names the variable."""
    looked = (folder, folder.parent / "_shared", folder.parent / "_kinds")
    files = (path for each in looked for end in ("css", "html") for path in each.rglob(f"*.{end}"))
    return any(
        f"var({variable}" in path.read_text(encoding="utf-8", errors="replace") for path in files if path.is_file()
    )


def _values(written: float | tuple[float, ...]) -> tuple[float, ...]:
    return written if isinstance(written, tuple) else (written,)
