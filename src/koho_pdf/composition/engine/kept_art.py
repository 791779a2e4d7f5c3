"""Seams ``handle_element`` and ``SVGImage.draw``: art (SVG in the HTML) that was read and drawn is not read and drawn
again in the same session (``warm``).

Art is known by its text. It is taken out of the HTML before this is read. What its drawing writes at one place of the
page is written again where it stands there again: the same operators, so the same pixels (a form would be rounded in
another way).
"""

from __future__ import annotations

import hashlib
import re
from functools import partial
from typing import Any

from koho_pdf.composition.engine.few import Few
from koho_pdf.composition.engine.heard import Heard, say_again
from koho_pdf.composition.engine.warm import Warm

_TAG = re.compile(r"<(/?)svg\b((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"\s*<title>[^<]*</title>")
_MORE = re.compile(r"<(?:text|image|style|foreignObject|script)\b|href=[\"'](?!#)|url\((?![\"']?#)", re.IGNORECASE)
"""What art may hold that depends on more than its text: fonts, other files."""
_MARK = "data-koho-art"
_RESOURCES = ("ExtGState", "XObject", "Pattern", "Shading")
_NAMED = re.compile(rb"/([xpsaA][\d.]+) (Do|gs|scn|SCN|sh)")
"""The operators that use a resource by the name that the engine gives it."""


class Art:
    """A piece of art: its text, the engine's picture of it once it was read, and its drawings by size."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.image: Any = None
        self.drawings = Few[_Drawing](4)


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
            art.image.koho_art, art.image._context = art, None
        return made

    return handle_element


def drawn_once(original: Any) -> Any:
    """Write the drawing of art again wherever it stands at the same place in the same size."""

    def draw(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
        art: Art | None = getattr(image, "koho_art", None)
        if art is None:
            original(image, stream, width, height, style)
            return
        space = stream._default_color_space
        key = width, height, stream.ctm.values, str(stream._resources["ColorSpace"]), getattr(space, "data", space)
        drawing = art.drawings.of(key, partial(_Drawing, original, image, stream, width, height, style))
        drawing.write(stream)

    return draw


class _Drawing:
    """What the engine writes for a piece of art, with the resources that it uses, under names of their own."""

    def __init__(self, original: Any, image: Any, stream: Any, width: float, height: float, style: Any) -> None:
        import pydyf

        resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in _RESOURCES})
        resources.update(ColorSpace=stream._resources["ColorSpace"], Font=None)
        apart = stream.clone(resources=resources)
        apart._ctm_stack = [stream.ctm]
        if hasattr(stream, "koho_base"):
            apart.koho_base = stream.koho_base
        with Heard() as said:
            original(image, apart, width, height, style)
        self._said = said.records
        self._prefix = (
            f"k{hashlib.sha256(image.koho_art.text.encode()).hexdigest()[:12]}-{image.koho_art.drawings.made}-"
        )
        new = rb"/" + self._prefix.encode() + rb"\1 \2"
        lines = (pydyf._to_bytes(each) for each in apart.stream)
        self._operators = b"\n".join(_NAMED.sub(new, each) if _NAMED.fullmatch(each) else each for each in lines)
        self._resources = _copied(resources, {})

    def write(self, stream: Any) -> None:
        """Write it on a page."""
        say_again(self._said)
        stream.stream.append(self._operators)
        known: dict[int, Any] = {}
        for kind in _RESOURCES:
            for name, each in self._resources[kind].items():
                stream._resources[kind][self._prefix + name] = _copied(each, known)


def _copied(value: Any, known: dict[int, Any]) -> Any:
    """Objects of a PDF that belong to no file yet: a file gives its own numbers to those that it holds."""
    import pydyf

    if id(value) in known:
        return known[id(value)]
    if isinstance(value, pydyf.Stream):
        operators = pydyf.Stream([b"\n".join(pydyf._to_bytes(each) for each in value.stream)], value.extra.copy())
        known[id(value)] = operators
        operators.extra = _copied(value.extra, known)
        return operators
    if isinstance(value, dict):
        copy = known[id(value)] = pydyf.Dictionary()
        copy.update((key, _copied(each, known)) for key, each in value.items())
        if hasattr(value, "extra"):  # a pattern
            copy.extra = _copied(value.extra, known)
        return copy
    if isinstance(value, list):
        return pydyf.Array([_copied(each, known) for each in value])
    return value
