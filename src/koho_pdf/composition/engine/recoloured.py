"""Seams ``Stream.set_color``, ``draw_text_decoration``: the pages of one edition, drawn once more in other colours.

Half of what an edition costs is its layout, and colours move nothing. So where the galley of the screen differs from
that of the press in its colours alone, the press's pages are drawn again with each ink exchanged for its colour on a
screen (decision 0034). Two drawings of one layout never differ in a line.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from koho_pdf.layout.unpaged import NO_LINE, Galley

Palette = Mapping[tuple[float, ...] | str, Any]
"""The engine's colour for each ink that a galley names, by its shares; and for ``NO_LINE``, which is no ink. Inks that
are written in two ways for two colours are also there as they are written.
"""

_INKS = re.compile(rf"device-cmyk\([^()]*\)|{re.escape(NO_LINE)}")
_SHOWN = re.compile(r"#[0-9a-f]{6}|currentcolor")
_NUMBER = re.compile(r"[01]|0?\.[0-9]+")
_ABOUT = re.compile(r"<meta name=[^>]*>\s*")
_BLEED = re.compile(r"(@page \{ size: [\d.]+mm [\d.]+mm; margin: 0; bleed: )[\d.]+(mm \})")
_MORE_THAN_COLOURS = re.compile(
    r"device-cmyk|gradient|url\((?![\"']?#)|href=[\"'][^\"'#]+\.svg|\srotate=|"
    r"<(?:image|object|embed|input|mask|pattern|marker|textPath)\b",
    re.IGNORECASE,
)
"""What a screen's galley may not have: grounds and gradients are made for their edition before they are drawn; and the
engine draws masks, patterns and the like another way when it draws them once more. Pictures: ``shown_pictures``.
"""

_DRAWN_IN: list[Palette] = []  # one composition at a time


def exchanged(inks: Galley, shown: Galley) -> Palette | None:
    """The colours of ``shown`` for the inks of ``inks``, if the two galleys differ in nothing else but in bleed and in
    what their heads tell about them. None if they do.
    """
    head, style, rest = shown.html.partition("<style")
    head_of_inks, _, rest_of_inks = inks.html.partition("<style")
    if not style or _ABOUT.sub("", head) != _ABOUT.sub("", head_of_inks) or _MORE_THAN_COLOURS.search(rest):
        return None
    rest, rest_of_inks = (_BLEED.sub(r"\g<1>0\2", text, count=1) for text in (rest, rest_of_inks))
    if "bleed" in rest.partition("bleed")[2]:  # the layout has a bleed of its own
        return None
    palette = palette_of(rest_of_inks, rest)
    if palette and any(isinstance(ink, str) and ink != NO_LINE for ink in palette):
        return None  # only a drawing's colours are known as they are written
    return palette


def palette_of(inks: str, shown: str) -> Palette | None:
    """The colours of one text for the inks of the other, if nothing else differs. None if it does, or an ink has two
    colours."""
    pairs = _side_by_side(inks, shown)
    if pairs is None:
        return None
    palette: dict[tuple[float, ...] | str, Any] = {}
    first: dict[tuple[float, ...] | str, str] = {}
    for ink, colour in pairs.items():
        key = _key(ink)
        if first.setdefault(key, colour) != colour:
            palette[ink] = _colour(colour)
        palette.setdefault(key, _colour(colour))
    return palette


def _side_by_side(inks: str, shown: str) -> dict[str, str] | None:
    """Each ink of one text with the colour that stands at its place in the other; None if anything else differs, or an
    ink has two colours."""
    pairs: dict[str, str] = {}
    at = done = 0
    for ink in _INKS.finditer(inks):
        between = inks[done : ink.start()]
        colour = _SHOWN.match(shown, at + len(between))
        if colour is None or not shown.startswith(between, at) or pairs.setdefault(ink[0], colour[0]) != colour[0]:
            return None
        if (ink[0] == NO_LINE) != (colour[0] == "currentcolor"):
            return None
        at, done = colour.end(), ink.end()
    return pairs if inks[done:] == shown[at:] else None


def _key(ink: str) -> tuple[float, ...] | str:
    if ink == NO_LINE:
        return NO_LINE
    shares = ink[len("device-cmyk(") : -1].split()
    plain = len(shares) == 4 and all(map(_NUMBER.fullmatch, shares))
    return tuple(map(float, shares)) if plain else tuple(_colour(ink).coordinates)


def _colour(written: str) -> Any:
    """A colour as the engine reads it; there are a hundred in a galley, and nearly all are written ``#rrggbb``."""
    from tinycss2.color5 import Color, parse_color

    if len(written) == 7 and written[0] == "#":
        return Color("srgb", [int(written[at : at + 2], 16) / 255 for at in (1, 3, 5)], 1)
    return parse_color(written)


@contextmanager
def drawn_in(palette: Palette) -> Iterator[None]:
    """Within, everything is drawn in the colours of this palette."""
    _DRAWN_IN.append(palette)
    try:
        yield
    finally:
        _DRAWN_IN.pop()


def in_palette(set_color: Any) -> Any:
    """Exchange an ink for its colour."""

    def set_color_shown(stream: Any, color: Any, stroke: bool = False) -> None:
        if _DRAWN_IN and color.space == "device-cmyk":
            palette, written = _DRAWN_IN[-1], getattr(color, "koho_written", "")
            if shown := palette.get(written) or palette.get(tuple(color.coordinates)):
                color = _with_alpha(shown, color.alpha)
        set_color(stream, color, stroke)

    return set_color_shown


def _with_alpha(colour: Any, alpha: float) -> Any:
    return colour if alpha == colour.alpha else type(colour)(colour.space, colour.coordinates, alpha)


def with_lines(draw_text_decoration: Any) -> Any:
    """Draw the line below a link on a screen only: no line is drawn that nobody sees."""

    unseen = _colour(NO_LINE)

    def draw_line_seen(stream: Any, textbox: Any, offset_x: Any, offset_y: Any, thickness: Any, color: Any) -> None:
        if color == unseen:
            if not _DRAWN_IN or NO_LINE not in _DRAWN_IN[-1]:
                return
            color = textbox.style["color"]
        draw_text_decoration(stream, textbox, offset_x, offset_y, thickness, color)

    return draw_line_seen


def without_bleed(pages: Sequence[Any]) -> list[Any]:
    """The same pages (``weasyprint.document.Page``) at trim size."""
    from weasyprint.css.properties import Dimension
    from weasyprint.document import Page

    trimmed = []
    for page in pages:
        box = copy.copy(page._page_box)
        box.style = box.style.copy()
        box.style.update({f"bleed_{side}": Dimension(0, "px") for side in ("top", "right", "bottom", "left")})
        if box.background:
            layers = [layer._replace(painting_area=box.bleed_area) for layer in box.background.layers]
            box.background = box.background._replace(layers=layers)
        trimmed.append(Page(box))
    return trimmed


def metadata_of(inks: Any, head: Any) -> Any:
    """What the head of a galley (``weasyprint.HTML``) tells about the document; all else is in ``inks``, what the other
    galley tells."""
    from weasyprint.html import get_html_metadata

    metadata, told = copy.copy(inks), get_html_metadata(head)
    metadata.description, metadata.keywords = told["description"], told["keywords"]
    return metadata
