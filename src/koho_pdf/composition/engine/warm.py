"""What one composition leaves for the next one of the same session: fonts, read stylesheets, pictures, drawn art.

Nothing is kept in a way that a page could show: a stylesheet and art by their text (``kept_styles``, ``kept_art``),
pictures while no picture file has changed. What is not used is forgotten, so that a session does not grow.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from koho_pdf.composition.engine.few import Few
from koho_pdf.composition.engine.found_styles import FoundStyles
from koho_pdf.composition.engine.laid_out import LaidOut
from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.fonts.stand_ins import StandIns
from koho_pdf.composition.fonts.turned import Wanted


class NewFaces(Exception):
    """A page needs characters that the session's turned faces lack: it is composed anew with other faces."""


_PICTURES = 64_000_000  # bytes of pictures that are kept


class Warm:
    """The store of one session; who knows that a picture file has changed clears ``pictures``."""

    def __init__(self) -> None:
        self.styles = Few[Any](4)
        self.art = Few[Any](256)
        self.shown: dict[str, Any] = {}  # the art of the composition at hand
        self.pictures: dict[str, Any] = {}
        self.subsets: dict[bytes, tuple[set[int], bytes]] = {}  # the glyphs of a face, and the subset with them
        self.laid_out = LaidOut()
        self.found = FoundStyles()
        self._fonts = Few[tuple[Any, StandIns]](2)
        self._turned: dict[Path, Wanted] = {}

    def fonts(self, configuration: Path, faces: Sequence[Face], make: Any) -> tuple[Any, StandIns]:
        """The engine's fonts of a configuration, and the faces that stand in."""
        return self._fonts.of((configuration, tuple(faces)), lambda: (make(), StandIns(faces)))

    def turned_of(self, fonts: Any, file: Path, wanted: Wanted) -> Wanted | None:
        """What the turned face of a file must have for all pages of the session; None: these ``fonts`` have such a face
        already. Raises ``NewFaces`` if they have one with fewer characters, and forgets them."""
        every = self._turned.setdefault(file, Wanted()).join(wanted)
        there: dict[Path, str] = fonts.__dict__.setdefault("koho_own_faces", {})
        if there.get(file) == every.key:
            return None
        if file in there:
            self._begin_anew()
            raise NewFaces
        there[file] = every.key
        return every

    def _begin_anew(self) -> None:
        """Forget all that depends on the fonts."""
        self.laid_out.clear()
        self.found.clear()
        self.subsets.clear()
        self._fonts = Few(2)

    def done(self, configuration: Path, faces: Sequence[Face], fonts: Any) -> None:
        """After a composition: fonts to which the layout has added its own (``@font-face``) are not for the next page,
        and of pictures only pixels are kept, within a limit."""
        if fonts._folder is not None and len(list(fonts._folder.iterdir())) > len(
            fonts.__dict__.get("koho_own_faces", ())
        ):
            self._begin_anew()
        size = sum(len(each) for each in self.pictures.values() if isinstance(each, bytes))
        if size > _PICTURES or any(hasattr(each, "_svg") for each in self.pictures.values()):
            self.pictures = {}  # pages that are not drawn yet still hold the others
