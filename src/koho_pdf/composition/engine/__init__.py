"""WeasyPrint's only door: it sets the pages; every seam into it is in this package, pinned to its version and tested.

``pages`` renders and writes, ``paragraph_seams`` sets the lines of Japanese text in the engine's place, ``artifacts``
keeps hidden elements out of the structure tree. ``placing`` reads the engine's laid-out boxes.
"""

from koho_pdf.composition.engine.pages import compose, pango_version

__all__ = ["compose", "pango_version"]
