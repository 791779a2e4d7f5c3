"""WeasyPrint's only door: it sets the pages; every seam into it is in this package, pinned to its version and tested.

``pages`` renders and writes, ``paragraphs`` sets the lines of Japanese text in the engine's place, ``artifacts`` keeps
what is hidden from assistive technology out of the structure tree. The engine's laid-out boxes are read by ``placing``.
"""

from koho_pdf.composition.engine.pages import compose, pango_version

__all__ = ["compose", "pango_version"]
