"""Seam ``handle_element``: art (SVG in the HTML) that was read is not read again in the same session (``warm``).

Art is known by its text. It is taken out of the HTML before this is read. The engine's picture of it stays, and what it
has drawn stays with it (``drawn_art``): the same operators, so the same pixels. A form would be rounded in another way.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from koho_pdf.composition.engine.warm import Warm

_TAG = re.compile(r"<(/?)svg\b((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"\s*<title>[^<]*</title>")
_MORE = re.compile(r"<(?:text|image|style|foreignObject|script)\b|href=[\"'](?!#)|url\((?![\"']?#)", re.IGNORECASE)
"""What art may hold that depends on more than its text: fonts, other files."""
_MARK = "data-koho-art"


@dataclass
class Art:
    """A piece of art: its text, and the engine's picture of it once it was read."""

    text: str
    image: Any = None


def taken_out(html: str, warm: Warm) -> str:
    """The HTML with an empty ``svg`` for each that is kept; its attributes and its title stay."""
    warm.shown.clear()
    parts: list[str] = []
    done = depth = 0
    opened: re.Match[str] | None = None
    for tag in _TAG.finditer(html):
        if tag[0].startswith("<!--") or tag[2].endswith("/"):
            continue
        depth += -1 if tag[1] else 1
        if depth == 1 and not tag[1]:
            opened = tag
        elif depth == 0 and opened:
            inside = html[opened.end() : tag.start()]
            title = _TITLE.match(inside)
            if not _MORE.search(inside) and _MARK not in opened[0] and inside.count("<title") == bool(title):
                text = html[opened.start() : tag.end()]
                mark = hashlib.sha256(text.encode()).hexdigest()
                warm.shown[mark] = warm.art.of(mark, partial(Art, text))
                parts += [html[done : opened.end() - 1], f' {_MARK}="{mark}">', title[0] if title else "", "</svg>"]
                done = tag.end()
            opened = None
    return "".join([*parts, html[done:]])


def read_once(original: Any) -> Any:
    """Take art that was taken out of the HTML from the session."""

    def handle_element(element: Any, box: Any, get_image_from_uri: Any, base_url: str) -> Any:
        mark = element.get(_MARK)
        warm: Warm | None = getattr(box.style.font_config, "koho_warm", None)
        if mark is None or warm is None or mark not in warm.shown:
            return original(element, box, get_image_from_uri, base_url)
        from weasyprint import HTML
        from weasyprint.html import make_replaced_box

        art: Art = warm.shown[mark]
        if art.image is not None:
            return [make_replaced_box(element, box, art.image)]
        (tree,) = HTML(string=art.text).etree_element.iter(element.tag)
        made = original(tree, box, get_image_from_uri, base_url)
        for each in made:
            each.element, art.image = element, each.replacement
            art.image._context = None  # that of the page at hand, which nothing here needs
        return made

    return handle_element
