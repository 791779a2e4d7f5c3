"""A drawing's screen colours become names of the layout's colours: how art from a drawing program enters a layout.

A designer draws in any program and saves SVG. Its colours are screen colours; a layout's art says
``{{ colours.sea[0] }}`` and ``layout.yaml`` says the inks. This makes the one from the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from koho_pdf.layout.own_art import own, tidied
from koho_pdf.media.svg_tree import tree_of
from koho_pdf.press.profile import Press
from koho_pdf.press.screen_inks import Separated, separated

# In an attribute (fill="…") or a declaration (fill: …), SVG 2, 13.
_SAID = re.compile(
    r"(?P<before>\b(?:fill|stroke|stop-color|flood-color|color)\s*(?:=\s*[\"']\s*|:\s*))"
    r"(?P<colour>#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)|[a-zA-Z]+)"
)
_PROLOG = re.compile(r"<\?xml[^>]*\?>\s*|<!DOCTYPE(?:[^\[>]|\[[^\]]*\])*>\s*", re.I)


@dataclass(frozen=True, slots=True)
class InkedArt:
    """``art`` is the drawing as a part of a template; ``colours`` what each place of ``colours.NAME`` is, in the order
    of first use.
    """

    art: str
    colours: tuple[Separated, ...]

    def lines(self, name: str) -> str:
        """The lines of ``layout.yaml`` under ``colours:``."""
        inks = ["/".join(f"{ink:g}" for ink in each.inks.inks) for each in self.colours]
        return f"  {name}: {inks[0]}\n" if len(inks) == 1 else f"  {name}: [{', '.join(inks)}]\n"


def inked(content: bytes, name: str, press: Press) -> InkedArt:
    """The drawing with its colours by their name (``colours.NAME``, or ``colours.NAME[0]`` … if there are several), and
    with classes and ids of its own (``NAME-st0``).

    Raises ``media.line_art.Undrawable`` if it is no SVG that can be read safely.
    """
    import tinycss2.color3

    tree_of(content)
    text = own(tidied(_PROLOG.sub("", content.decode("utf-8-sig", errors="replace"))), name)
    found: dict[tuple[int, int, int], None] = {}

    def rgb(said: str) -> tuple[int, int, int] | None:
        colour = tinycss2.color3.parse_color(said)
        if colour is None or isinstance(colour, str):  # none, currentColor, url()
            return None
        red, green, blue = (round(255 * part) for part in colour[:3])
        return red, green, blue

    for match in _SAID.finditer(text):
        if colour := rgb(match["colour"]):
            found[colour] = None
    places = {colour: at for at, colour in enumerate(found)}

    def named(match: re.Match[str]) -> str:
        colour = rgb(match["colour"])
        if colour is None:
            return match[0]
        place = f"[{places[colour]}]" if len(places) > 1 else ""
        return f"{match['before']}{{{{ colours.{name}{place} }}}}"

    return InkedArt(_SAID.sub(named, text), tuple(separated(list(found), press)))
