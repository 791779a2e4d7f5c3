"""Which pages the print shop lays on one side of its sheet: they share the plates of that side."""

from __future__ import annotations


def press_sides(count: int, pages_per_side: int) -> tuple[tuple[int, ...], ...]:
    """The pages (from 1) of each side, for an issue of ``count`` pages, of which a side holds so many.

    What is assumed (中綴じ, as newsletters are bound; a leaflet is one section): a sheet has two sides, so
    it is a section (折丁) of twice as many pages, folded crosswise in halves; sections lie one inside the other, the
    outermost has the first and the last pages; what is left for the innermost are smaller sections that can be folded
    in halves, of 16, 8 or 4 pages (12 pages: one of eight, and in it one of four). Then, counted within a section, the
    pages 1, 4, 5, 8, 9 … stand on its outer side and 2, 3, 6, 7 … on its inner one. A count that is no multiple of
    four ends with blank pages. One or two pages are a leaf, and with one page a side each stands alone.
    """
    if pages_per_side == 1 or count <= 2:
        return tuple((page,) for page in range(1, count + 1))
    whole = -(-count // 4) * 4
    sides: list[tuple[int, ...]] = []
    first, last = 1, whole
    while first < last:
        half = min(pages_per_side, 1 << ((last - first + 1) // 2).bit_length() - 1)
        if last - first + 1 >= 2 * pages_per_side:
            half = pages_per_side
        section = (*range(first, first + half), *range(last - half + 1, last + 1))
        for inner in (False, True):
            side = tuple(page for at, page in enumerate(section) if (at % 4 in (1, 2)) == inner and page <= count)
            sides.append(side)
        first, last = first + half, last - half
    return tuple(side for side in sides if side)
