"""Seams ``Page.paint`` and ``Stream.set_color``: a page in its own inks.

A page of a plan may have fewer inks than the job. Everything on it, from text to gradients and logos, is drawn in the
nearest tones of its inks, or in those that the layout has chosen (``koho_pdf.press.page_inks``); photographs ask here
too. RGB is left alone: the preflight tells it.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from koho_pdf.findings import Finding, Where, warning
from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.page_inks import IN_WORDS, PageInks

_NAMED = 6  # the most colours that are told by name


class _Drawn:
    """The inks of the page that is being drawn; None for those of the job. Pages are drawn one at a time."""

    inks: PageInks | None = None


def inks_now() -> PageInks | None:
    """The inks of the page that is being drawn, if they are not those of the job."""
    return _Drawn.inks


def painted_in_inks(paint: Any) -> Any:
    """Remember the inks of a page while it is drawn."""

    def paint_page(page: Any, stream: Any, scale: float = 1) -> None:
        _Drawn.inks = getattr(page, "koho_inks", None)
        try:
            paint(page, stream, scale)
        finally:
            _Drawn.inks = None

    return paint_page


def coloured(set_color: Any) -> Any:
    """Set a colour of the job in the inks of the page."""

    def set_color_of_page(stream: Any, color: Any, stroke: bool = False) -> None:
        if _Drawn.inks and color.space == "device-cmyk":
            color, drawn = copy(color), color
            color.coordinates = _mapped(_Drawn.inks, drawn.coordinates)
        set_color(stream, color, stroke)

    return set_color_of_page


def shade_in_inks(function: Any) -> None:
    """Set the ends of a gradient's steps in the inks of the page; ends of one number are a soft mask."""
    for step in function["Functions"] if _Drawn.inks else ():
        for end in ("C0", "C1"):
            if _Drawn.inks and len(step[end]) == 4:
                step[end][:] = _mapped(_Drawn.inks, step[end])


def _mapped(inks: PageInks, colour: Any) -> list[float]:
    """Four shares of inks (0 to 1), of the page; to a thousandth of a percent, so that they are found again."""
    drawn = ProcessColour(*(round(float(ink) * 100, 3) for ink in colour))
    made = inks.of(drawn)
    return [float(ink) for ink in colour] if made == drawn else [ink / 100 for ink in made.inks]


def calculated(pages: dict[int, PageInks], contract: Where) -> tuple[Finding, ...]:
    """What nobody has chosen: colours of drawn pages that became the nearest tones of their inks. ``contract`` is the
    place of the layout's colours.
    """
    told = []
    for inks in {id(each): each for each in pages.values()}.values():
        names = [inks.names.get(each) or "/".join(f"{ink:.0f}" for ink in each.inks) for each in inks.calculated]
        if not names:
            continue
        key = "colours_one" if len(inks.press.inks.plates) == 1 else "colours_two"
        here = "・".join(str(number) for number, each in pages.items() if each is inks)
        more = f"など{len(names)}色" if len(names) > _NAMED else ""
        told.append(
            warning(
                "page-colour-not-chosen",
                f"{here}ページ（{IN_WORDS[inks.press.inks.kind]}）で、{'、'.join(names[:_NAMED])}{more}を、"
                "似た濃さのインキに計算で置きかえました。",
                contract,
                f"layout.yaml の {key} に、この色を書いてください。ロゴの色なら、そのままで構いません。",
            )
        )
    return tuple(told)
