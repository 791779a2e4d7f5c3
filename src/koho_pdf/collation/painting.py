"""The state of graphics and text by which ``shown.py`` tells what is seen (ISO 32000-1, 8.4 and 9.3)."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from koho_pdf.collation.covering import Area
from koho_pdf.collation.lettering import Lettering
from koho_pdf.preflight.pdf.matrices import Edges, Matrix


@dataclass(slots=True)
class Painting:
    """The state while a page is read; ``kept`` makes a copy."""

    ctm: Matrix
    clip: Edges
    within: tuple[Area, ...] = ()
    font: Lettering | None = None
    size: float = 0.0
    spacing: float = 0.0
    leading: float = 0.0
    rise: float = 0.0
    stretch: float = 1.0
    mode: int = 0
    alpha: float = 1.0
    solid: bool = True  # neither a soft mask nor a blend mode
    faint: bool = False  # within a group that is not opaque
    plain: bool = True  # filled with a colour or a gradient, not with a pattern of tiles
    white: bool = False  # filled with the colour of the paper

    @property
    def covers(self) -> bool:
        """Whether what is painted hides what lies below it."""
        return self.alpha == 1 and self.solid and not self.faint

    def kept(self) -> Painting:
        return Painting(*_FIELDS(self))


_FIELDS = attrgetter(*Painting.__slots__)
