"""The papers of a round, set from the templates in ``layouts/_rounds``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import Face
from koho_pdf.editions.settable import settable
from koho_pdf.errors import LayoutError
from koho_pdf.findings import errors_in
from koho_pdf.finishing.finish import finish_screen
from koho_pdf.layout.face_roles import with_faces
from koho_pdf.layout.templates import render
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.workspace.workspace import Workspace

FOLDER = "_rounds"


@dataclass(frozen=True, slots=True)
class Press:
    """What papers are set with: the workspace's templates, faces and print shop."""

    workspace: Workspace
    faces: Sequence[Face]
    shared: Mapping[str, object] = field(default_factory=dict)

    def html(self, template: str, context: Mapping[str, object]) -> str:
        """A template with its context. Raises LayoutError (``template-broken``)."""
        folder = self.workspace.proof_layouts / FOLDER
        folders = folder, self.workspace.proof_layouts / "_shared"
        return str(render(folders, template, folder.parents[1], {**self.shared, **context}))

    def unfinished(
        self, template: str, context: Mapping[str, object], made: Mapping[str, bytes] | None = None
    ) -> bytes:
        """The paper as the engine draws it, for sheets that go over something else. Raises LayoutError."""
        return self._document(template, context, made or {}).write()

    def pdf(self, template: str, context: Mapping[str, object], made: Mapping[str, bytes] | None = None) -> bytes:
        """The paper as a tagged PDF; ``made`` are pictures by name (``src="made:NAME"``). Raises LayoutError."""
        return finish_screen(self._document(template, context, made or {}).write())

    def _document(self, template: str, context: Mapping[str, object], made: Mapping[str, bytes]) -> Document:
        workspace = self.workspace
        folder = workspace.proof_layouts / FOLDER
        html = settable(with_faces(self.html(template, context), workspace.city.faces), self.faces)
        reach = folder, workspace.proof_layouts / "_shared"
        galley = Galley("papers", html, folder, reach, workspace.city.press, made)
        source = Tree(f"layouts/{FOLDER}/{template}", {}, {})
        document = compose(galley, self.faces, source, folder.parents[1], workspace.cache)
        if wrong := errors_in(document.findings):
            raise LayoutError(*wrong)
        return document
