"""How full the pages are, as a table for a person at a terminal: あと23字, 12字超過."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from koho_pdf.composition.document import Placed
from koho_pdf.layout.slot import Slot
from koho_pdf.legible import of_text
from koho_pdf.pipeline import Fit
from koho_pdf.plan.ladder import in_short
from koho_pdf.plan.placed_articles import RegionUse

_HEADS = ("記事", "行数", "文字")
_SLOT_HEADS = ("項目", "行数", "文字")


def tell_fit(fit: Fit) -> None:
    """Print the table."""
    print("".join(f"{line}\n" for line in fit_table(fit.regions, fit.placed, fit.tight)), end="")


def fit_table(
    regions: Sequence[RegionUse], placed: Sequence[Placed], tight: Mapping[str, Slot] = MappingProxyType({})
) -> Iterator[str]:
    """The lines of the table: every region of the page plan with its articles, else every slot of the layout."""
    for region in regions:
        yield f"{region.page}ページ {of_text(region.title or region.type)} {of_text(region.region)}: {_filled(region)}"
        rows = [(of_text(each.id), _lines(each.lines, each.depth), _left(each.characters)) for each in region.articles]
        yield from aligned([_HEADS, *rows] if rows else [])
    yield from _of_slots(placed, tight)


def _of_slots(placed: Sequence[Placed], tight: Mapping[str, Slot]) -> Iterator[str]:
    """Every slot with the first of its fields, page by page."""
    pages: dict[int, dict[int, tuple[str, str, str]]] = {}
    for each in placed:
        if each.slot:
            lines = f"{each.slot.lines_used}/{each.slot.lines}行"
            slot = tight.get(each.slot.name)
            done = f"、{in_short(slot.done, vertical=slot.vertical)}" if slot else ""
            row = f"{of_text(each.field)}（{of_text(each.slot.name)}{done}）", lines, _left(each.slot.left)
            pages.setdefault(each.page, {}).setdefault(id(each.slot), row)  # a slot is one object, however many fields
    for page, rows in pages.items():
        yield f"{page}ページ:"
        yield from aligned([_SLOT_HEADS, *rows.values()])


def _filled(region: RegionUse) -> str:
    if not region.used:
        return f"空いています（{region.lines}行）" if region.lines else "空いています"
    over = f"{region.lines_over}行" if region.line else f"{region.over:.1f} mm "
    said = (in_short(region.fitted, vertical=region.vertical), "詰めればもっと入ります" * region.may_fit)
    done = "、".join(filter(None, said))
    return f"{_of_all(region)}{f'、{over}超過' if region.over else ''}{f'（{done}）' if done else ''}"


def _of_all(region: RegionUse) -> str:
    if region.line:
        return f"{region.lines}行のうち{region.lines_used}行"
    return f"{region.depth:.1f} mm のうち {region.used:.1f} mm"


def _lines(lines: int, depth: float) -> str:
    return f"{lines}行" if lines else f"{depth:.1f} mm"


def _left(characters: int | None) -> str:
    if characters is None:
        return "—"
    return f"{-characters}字超過" if characters < 0 else f"あと{characters}字"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns, the first flush left, the others flush right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        rest = ("  " + " " * (wide - _width(each)) + each for each, wide in zip(others, widths[1:], strict=True))
        yield f"  {first}{' ' * (widths[0] - _width(first))}{''.join(rest)}"


def _width(words: Iterable[str]) -> int:
    """The columns of a terminal that words take: two for a full-width character, none for a mark over another."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in words
    )
