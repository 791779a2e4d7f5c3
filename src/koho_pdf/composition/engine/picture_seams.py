"""Seams ``document.original_get_image_from_uri``, ``pdf.stream.Stream.add_pattern``: pictures in print.

Layout only needs their size. How many pixels the press can use is known after a picture has been placed; so it is
separated and encoded once, when the page is drawn, from the file itself (``print_pictures``). The engine names its own
pictures after their path; here they are named after their place in the document, so that the same issue in another
folder gives the same bytes.
"""

from __future__ import annotations

from math import hypot
from pathlib import Path
from typing import Any

from koho_pdf.composition.engine.inked_pages import inks_now
from koho_pdf.composition.engine.shown_pictures import shown_now
from koho_pdf.composition.engine.tags import on_page
from koho_pdf.composition.pictures.print_pictures import printed, size_of
from koho_pdf.errors import LayoutError
from koho_pdf.findings import error
from koho_pdf.media.pixels import UNREADABLE
from koho_pdf.press.profile import Press


class Photograph:
    """A picture of a print edition, with the methods that the engine expects of a picture."""

    def __init__(self, path: Path, press: Press, cache: Path, number: int) -> None:
        self._path, self._press, self._cache, self._number = path, press, cache, number
        self._others: dict[str, Photograph] = {}
        self.width, self.height = size_of(path)
        self.ratio = self.width / self.height
        self.id = f"p{number}"
        self._ppi = float("inf")

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        """Width, height (CSS pixels at ``resolution``) and ratio, as the engine asks for them."""
        return self.width / resolution, self.height / resolution, self.ratio

    def draw(self, stream: Any, concrete_width: float, concrete_height: float, style: Any) -> None:
        """Draw it on the page, in the inks of the page. Its largest size on paper decides how many pixels it needs."""
        if (shown := shown_now(self)) is not None:
            shown.image().draw(stream, concrete_width, concrete_height, style)
            return
        inks = inks_now()
        if inks and inks.press.inks.kind != self._press.inks.kind:
            self._in_inks(inks.press).draw(stream, concrete_width, concrete_height, style)
            return
        (a, b, _), (c, d, _), _ = on_page(stream)
        across, down = concrete_width * hypot(a, b) / 72, concrete_height * hypot(c, d) / 72
        if across and down:
            self._ppi = min(self._ppi, self.width / across, self.height / down)
        name = stream.add_image(self, False, 1)
        stream.transform(concrete_width, 0, 0, -concrete_height, 0, concrete_height)
        stream.draw_x_object(name)

    def _in_inks(self, press: Press) -> Photograph:
        """The same picture for pages with these inks."""
        kind = press.inks.kind
        if kind not in self._others:
            self._others[kind] = other = Photograph(self._path, press, self._cache, self._number)
            other.id = f"{self.id}-{kind}"
        return self._others[kind]

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:
        """The image XObject; the engine asks for it after all pages are drawn.

        Raises LayoutError (``picture-unreadable``) if the file has changed since it was checked.
        """
        import pydyf

        try:
            made = printed(self._path, self._press, self._ppi, self._cache)
        except UNREADABLE as fault:  # it was whole when it was checked: somebody has changed it meanwhile
            name = self._path.name
            raise LayoutError(
                error("picture-unreadable", f"図版を読めません: {name}", hint="もう一度組んでください。")
            ) from fault
        extra: dict[str, Any] = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": made.width,
            "Height": made.height,
            "ColorSpace": f"/{made.space}",
            "BitsPerComponent": made.bits,
            "Interpolate": "false",
            "Filter": f"/{made.filter}",
        }
        if made.inverted:
            extra["Decode"] = pydyf.Array((1, 0) * 4)
        if made.mask:
            mask = extra | {"ColorSpace": "/DeviceGray", "BitsPerComponent": 8, "Filter": "/FlateDecode"}
            extra["SMask"] = pydyf.Stream([made.mask], mask)
        return pydyf.Stream([made.samples], extra)


def placed_pattern(original: Any) -> Any:
    """Remember where a pattern stands on the page."""

    def add_pattern(stream: Any, *boxes_and_matrix: Any) -> Any:
        pattern = original(stream, *boxes_and_matrix)
        base = getattr(stream, "koho_base", None)  # inside a group, to which this pattern is then relative
        pattern.koho_base = boxes_and_matrix[-1] @ base if base is not None else boxes_and_matrix[-1]
        return pattern

    return add_pattern


def with_photographs(original: Any) -> Any:
    """Take the issue's photographs from our own reader in print."""
    from weasyprint.images import RasterImage

    def get_image_from_uri(cache: Any, url_fetcher: Any, options: Any, url: str, *more: Any, **named: Any) -> Any:
        known = url in cache
        url_fetcher.asked(url)
        if not known and (photograph := url_fetcher.photograph(url)):
            cache[url] = photograph
        image = original(cache, url_fetcher, options, url, *more, **named)
        if not known and isinstance(image, RasterImage):
            image.id = f"s{len(cache)}"
        if not known and image is not None:
            image.koho_asked = options, more, named
        return image

    return get_image_from_uri
