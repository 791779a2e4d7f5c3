"""Words in a layout's SVG: they are no boxes that ``placing`` could read, so their size is seen when they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt
from typing import Any

from koho_pdf.composition.engine.tags import on_page
from koho_pdf.composition.type_checks import SMALLEST_Q
from koho_pdf.findings import Finding, Where, error
from koho_pdf.geometry import MM_PER_Q, PT_PER_MM

Small = dict[float, str]
"""Words that are too small, by their size in Q: the engine draws some of them letter by letter."""
_MET: list[Small] = []  # one composition at a time


@contextmanager
def met(small: Small) -> Iterator[None]:
    """Within, words that are too small are noted in ``small``."""
    _MET.append(small)
    try:
        yield
    finally:
        _MET.pop()


def look_at(stream: Any, box: Any) -> None:
    """Look at words that are drawn, if they are those of an SVG."""
    if not _MET or type(box).__module__ != "weasyprint.svg.text" or not (words := box.text.strip()):
        return
    a, b, c, d, *_ = on_page(stream).values
    size = float(box.style["font_size"]) * sqrt(abs(a * d - b * c)) / PT_PER_MM / MM_PER_Q
    if size < SMALLEST_Q - 0.01:
        said = _MET[-1].setdefault(round(size, 1), "")
        _MET[-1][round(size, 1)] = (said + words)[:12]


def too_small(small: Small, template: Where) -> tuple[Finding, ...]:
    """Findings about words of SVG that are too small to read."""
    return tuple(
        error(
            "type-too-small",
            f"図の中の「{words}」が{size:.1f}級です。",
            template,
            f"{SMALLEST_Q}級より小さい文字は読めない人がいます。",
        )
        for size, words in small.items()
    )
