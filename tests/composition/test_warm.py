"""What a session keeps between compositions, and lets go without taking it from pages that are not drawn yet."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from koho_pdf.composition.engine.warm import Warm


def test_pages_that_are_not_drawn_yet_keep_their_pictures() -> None:
    """A photograph beside a drawing: the engine reads its bytes when the pages are written."""
    warm = Warm()
    held = warm.pictures  # a composition is given this, and its pages hold it
    held |= {"photograph": b"jpeg", "drawing": SimpleNamespace(_svg=None)}
    warm.done(Path(), [], SimpleNamespace(_folder=None))
    assert held["photograph"] == b"jpeg"
    assert warm.pictures == {}  # the next one reads drawings again
