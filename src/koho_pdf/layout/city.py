"""The facts that all issues of a city hall share; templates see them as ``city``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from koho_pdf.gate.style import USUAL, Style
from koho_pdf.layout.face_roles import USUAL as USUAL_FACES
from koho_pdf.layout.face_roles import Chosen

if TYPE_CHECKING:
    from koho_pdf.content.values.contact import Contact
    from koho_pdf.layout.contract import Colour
    from koho_pdf.press.profile import Press


@dataclass(frozen=True, slots=True)
class City:
    """The facts that all issues of a city hall share (``koho.yaml``): who issues them, and how to reach the city hall.

    ``area_code`` (市外局番) completes a local telephone number in links; it is never printed. ``readings`` are the
    readings of names; ``press`` is the print shop it usually works with. ``site`` is the address of an issue's web
    folder, with ``{issue}`` for the issue's name; empty if unknown. ``lines`` gives the line in ``koho.yaml`` for each
    key. ``departments`` are those that articles name by a word. ``style`` is how the city writes, for the text gate.
    ``palette`` are the city's colours by the names that layouts open to it (``koho_pdf.layout.palette``). ``faces`` are
    the families of its faces by their roles (``koho_pdf.layout.face_roles``).
    """

    municipality: str
    area_code: str
    press: Press
    readings: Mapping[str, str] = field(default_factory=dict)
    site: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    departments: Mapping[str, Contact] = field(default_factory=dict)
    style: Style = USUAL
    palette: Mapping[str, Colour] = field(default_factory=dict)
    faces: Mapping[str, Chosen] = field(default_factory=lambda: USUAL_FACES)
