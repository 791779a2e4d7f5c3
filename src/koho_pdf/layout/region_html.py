"""The columns of a region as HTML, with the articles in them or pieces of them; and its articles to be measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from koho_pdf.geometry import Rect
from koho_pdf.layout.regions import Region


@dataclass(frozen=True, slots=True)
class Piece:
    """An article in a column by its id, or of a divided one the rows from ``first`` to before ``end`` (None: to its
    last), and how much of the column that takes (``room``, mm). Or the ``words`` that lead on to the page where it goes
    on, or ``back``. Or the footnotes of rows of the column, as ``notes`` say: ``nishin 12 40``.
    """

    id: str
    room: float
    first: int = 0
    end: int | None = None
    words: str = ""
    back: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its ``number`` with its pieces; it begins ``top`` mm below its region's head. It may ``span`` all."""

    pieces: tuple[Piece, ...]
    number: int
    top: float = 0.0
    spans: bool = False


_NOTES = Markup('<div class="notes" data-notes="{}" style="display: flow-root"></div>')


def with_notes(article: Markup, style: object) -> Markup:
    """An article with a place for its footnotes behind it, if the layout's style has any (``float: footnote``)."""
    return article + _NOTES.format("") if "footnote" in str(style) else article


def classes_of(region: Region) -> str:
    """What the CSS of a layout knows a region by: its name, and how many columns it has (``columns-3``)."""
    return f"{region.name} columns-{region.columns}"


def strip(region: Region, page: str, html: Mapping[str, Markup], running: Mapping[str, str]) -> Markup:
    """Articles one after the other, each as wide as the column it will stand in, to be measured."""
    held = Markup("".join(_measured(id_, each, region, running.get(id_, "")) for id_, each in html.items()))
    size = f"width: {region.measure:.4f}mm"
    if region.vertical:  # as wide as the region, to which sizes of pictures in percent refer
        size = f"height: {region.measure:.4f}mm; width: {region.at.width:.4f}mm{_mode(region)}"
    shown = Markup('<section class="page {}"><div class="region {}"{}><div style="{}">{}</div></div></section>\n')
    style = Markup(' style="{}"').format(region.style.removeprefix("; ")) if region.style else ""
    return shown.format(page, classes_of(region), style, size, held)


def column_html(region: Region, column: Column, article: Callable[[str], Markup]) -> Markup:
    """A column with its articles, each in the room that was measured for it."""
    box = region.band(column.top) if column.spans else region.column(column.number, column.top)
    held = Markup("".join(_held(piece, region, article, spans=column.spans) for piece in column.pieces))
    style = f"{box_style(box)}{_mode(region)}"
    return Markup('<div class="column" style="position: absolute; {}">{}</div>').format(style, held)


def _held(piece: Piece, region: Region, article: Callable[[str], Markup], *, spans: bool) -> Markup:
    """An article in a block of its own, so that no margin in it reaches out of what was measured; or a piece of it."""
    side, after = ("width", "margin-left") if region.vertical else ("height", "margin-bottom")
    size = f"{side}: {piece.room:.4f}mm"
    if piece.notes:
        return _NOTES.format(piece.notes)
    if piece.words:
        name = "comes-from" if piece.back else "goes-on"
        shown = Markup('<p class="{}" aria-hidden="true" style="{}; line-height: {:.4f}mm">{}</p>')
        return shown.format(name, size, region.line, piece.words)
    size = f"display: flow-root; {size}"
    if region.flow == "whole":
        size += f"; {after}: {region.gap:g}mm"
        return Markup(f'<div class="placed" data-block="{escape(piece.id)}" style="{size}">{article(piece.id)}</div>')
    if spans:  # the article is composed in its column all the same
        size += f"; {'height' if region.vertical else 'width'}: {region.measure:.4f}mm"
    rows = f"{piece.id} {piece.first} {'-' if piece.end is None else piece.end} {region.line:.4f}"
    across = f"{region.across:.4f}"
    shown = Markup('<div class="placed" data-piece="{}" data-across="{}" style="{}">{}</div>')
    return shown.format(rows, across, size, article(piece.id))


def _measured(id_: str, html: Markup, region: Region, running: str) -> Markup:
    """An article that is to be measured; with its rows, if columns divide it."""
    asked = f' data-running="{escape(running)}"' if running else ""
    if region.flow == "columns":
        asked += f' data-rows="" data-across="{region.across:.4f}"'
    return Markup(f'<div class="placed" data-block="{escape(id_)}"{asked} style="display: flow-root">{html}</div>')


def _mode(region: Region) -> str:
    return "; writing-mode: vertical-rl" if region.vertical else ""


def box_style(box: Rect) -> str:
    """A box in CSS, placed absolutely."""
    return f"left: {box.x:.4f}mm; top: {box.y:.4f}mm; width: {box.width:.4f}mm; height: {box.height:.4f}mm"
