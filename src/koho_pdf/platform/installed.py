"""Where this program is on the disk."""

from __future__ import annotations

from pathlib import Path

SOURCES = Path(__file__).parents[1]
"""The folder ``koho_pdf`` itself."""

CHECKOUT = SOURCES.parents[1]
"""The repository's folder, if the program runs from one, with the files it ships beside its sources."""
