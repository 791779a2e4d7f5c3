"""Pictures on pages of print that are drawn once more for a screen (``recoloured``): each as the screen has it.

A drawing is written again as it was (``drawn_art``), in the colours that its file has on a screen. Any other picture is
read for the screen as if the pages had been composed for it, and drawn in the place of that of print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache as once
from functools import partial
from typing import Any

from koho_pdf.composition.engine.recoloured import Palette, palette_of

Pictures = Mapping[str, Any]
"""The engine's pictures by their address, in the order in which they were asked for."""

_SHOWN: list[Mapping[int, Shown]] = []  # one composition at a time


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture for the screen: the colours for the inks of the same drawing in print, if it differs in nothing else;
    and the picture read anew."""

    palette: Palette | None
    image: Callable[[], Any]


def for_screen(pictures: Pictures, inks: Any, screen: Any) -> dict[int, Shown]:
    """The pictures of print (by the ``id`` of the engine's object) for a screen. ``inks`` and ``screen`` are the
    readers (``fetching``) of both editions."""
    from weasyprint.document import original_get_image_from_uri as get_image

    made: dict[int, Shown] = {}
    cache: dict[str, Any] = {}
    for url, picture in pictures.items():
        if not hasattr(picture, "koho_asked"):
            continue
        options, more, named = picture.koho_asked
        read = once(partial(get_image, {}, screen, options, url, *more, **named))
        if hasattr(picture, "get_x_object"):
            # A photograph is named after its place among all pictures, so they are read in the same order.
            image = get_image(cache, screen, options, url, *more, **named)
            made[id(picture)] = Shown(None, partial(_itself, image))
        else:
            cache[url] = None
            made[id(picture)] = Shown(_palette(url, inks, screen), read)
    return made


def _palette(url: str, inks: Any, screen: Any) -> Palette | None:
    """The colours of a drawing on the screen for its inks; none at all for art that the layout brings itself."""
    if url not in inks.drawings:
        return {}
    screen.fetch(url)
    return palette_of(inks.drawings[url].decode(), screen.drawings[url].decode())


def _itself(image: Any) -> Any:
    return image


@contextmanager
def shown_as(pictures: Mapping[int, Shown]) -> Iterator[None]:
    """Within, these pictures are drawn as the screen has them."""
    _SHOWN.append(pictures)
    try:
        yield
    finally:
        _SHOWN.pop()


def shown_now(picture: Any) -> Shown | None:
    """How a picture of print is drawn just now; None as it is."""
    return _SHOWN[-1].get(id(picture)) if _SHOWN else None
