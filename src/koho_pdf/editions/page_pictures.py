"""Pictures of the pages, for looking at."""

from __future__ import annotations

from io import BytesIO

PPI = 100
_EFFORT = 3  # of deflate: for flat colours as small as the most effort, in half the time


def page_pictures(screen: bytes) -> tuple[bytes, ...]:
    """Every page of the screen PDF as PNG bytes at ``PPI`` pixels an inch (A4: 827 x 1169)."""
    import pypdfium2

    pictures: list[bytes] = []
    with pypdfium2.PdfDocument(screen) as pdf:
        for page in pdf:
            target = BytesIO()
            page.render(scale=PPI / 72).to_pil().save(target, "PNG", compress_level=_EFFORT)
            pictures.append(target.getvalue())
    return tuple(pictures)
