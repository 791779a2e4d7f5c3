"""What is handed to the engine: HTML and CSS of one edition or paper, whatever they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from koho_pdf.content.values.model import Picture
    from koho_pdf.layout.keep_outs import KeepOut
    from koho_pdf.press.page_inks import PageInks
    from koho_pdf.press.profile import Press


NO_LINE = "#01fe0200"
"""The colour of the line below a link in print: there it is not drawn. Nobody else writes it."""


@dataclass(frozen=True, slots=True)
class Galley:
    """One edition before paging. ``folder`` is the base of the layout's relative references; ``reach`` are the only
    folders that may be read. Photographs are converted by the output profile of ``press``: into inks for print, from
    inks for a screen. ``made`` are pictures that are not files: ``src="made:NAME"`` shows one of them. ``city_lines``
    are those of ``City``; ``chosen`` has the key of koho.yaml for each family that the city has chosen. ``pictures``
    are the issue's, of the last folder of ``reach``; ``keep_outs`` are where nothing of them that is to be kept whole
    may stand. ``page_inks`` are the inks of pages (from 1) that have fewer than the job.
    """

    edition: str
    html: str
    folder: Path
    reach: tuple[Path, ...]
    press: Press
    made: Mapping[str, bytes] = field(default_factory=dict)
    city_lines: Mapping[str, int] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    keep_outs: tuple[KeepOut, ...] = ()
    page_inks: Mapping[int, PageInks] = field(default_factory=dict)
