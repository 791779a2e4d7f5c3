"""Small tagged PDFs, made with pikepdf alone: each piece of words is a sequence of marked content that paints a box."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Kid = Any


class Paper:
    """One page of 200 x 300 points. ``words`` and ``artifact`` paint in the order in which they are called."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.page = self.pdf.add_blank_page(page_size=(200, 300)).obj
        self.page.Annots = Array()
        self._content: list[bytes] = []
        self._number = 0

    def words(self, text: str, box: Sequence[float] = (20, 20, 50, 10), **more: Any) -> int:
        """Words in marked content of an element, painted as a box (left, foot, width, height); its number."""
        said = Dictionary(MCID=self._number, ActualText=String(text), **more)
        self._paint(b"/Span", said, box)
        self._number += 1
        return self._number - 1

    def artifact(self, text: str, **said: Any) -> None:
        """Words that are passed over."""
        self._paint(b"/Artifact", Dictionary(ActualText=String(text), **said), (20, 20, 50, 10))

    def bare(self) -> None:
        """A letter, 本, that belongs to no element and is not an artifact."""
        letters = self.pdf.make_stream(b"1 beginbfchar <31> <672C> endbfchar")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, ToUnicode=letters)
        self.page.Resources = Dictionary(Font=Dictionary(F=font))
        self._content.append(b"BT /F 10 Tf (1) Tj ET")

    def link(self, address: str, contents: str = "", parent: int | None = 0) -> pikepdf.Object:
        """A link on the page, as an element holds it."""
        action = Dictionary(S=Name.URI, URI=String(address))
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        )
        if contents:
            made.Contents = String(contents)
        if parent is not None:
            made.StructParent = parent
        self.page.Annots.append(made)
        return Dictionary(Type=Name.OBJR, Obj=made, Pg=self.page)

    def element(self, kind: str, *kids: Kid, attributes: Any = None, **keys: Any) -> pikepdf.Object:
        """A structure element with what it holds: elements, numbers of words, links."""
        made = Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), Pg=self.page, K=Array(kids), **keys)
        if attributes is not None:
            made.A = attributes
        return self.pdf.make_indirect(made)

    def saved(self, path: Path, *top: pikepdf.Object) -> Path:
        """The file, its tree holding these elements."""
        self.page.Contents = self.pdf.make_stream(b"\n".join(self._content))
        document = self.element("Document", *top)
        self.pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=document)
        self.pdf.Root.Lang = String("ja")
        self.pdf.save(path)
        return path

    def _paint(self, tag: bytes, said: pikepdf.Object, box: Sequence[float]) -> None:
        place = " ".join(f"{edge:g}" for edge in box).encode()
        self._content.append(tag + b" " + said.unparse() + b" BDC " + place + b" re f EMC")
