"""What is handed to the engine: HTML and CSS of one edition or paper, whatever it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from koho_pdf.press.profile import Press


@dataclass(frozen=True, slots=True)
class Galley:
    """One edition before paging.

    ``folder`` is where the layout's relative references start; ``reach`` are the only folders that may be read.
    Photographs go through the output profile of ``press``: into inks for print, out of them for a screen. ``made`` are
    pictures that are no files: ``src="made:NAME"`` shows the one of that name. ``city_lines`` are those of ``City``.
    """

    edition: str
    html: str
    folder: Path
    reach: tuple[Path, ...]
    press: Press
    made: Mapping[str, bytes] = field(default_factory=dict)
    city_lines: Mapping[str, int] = field(default_factory=dict)
