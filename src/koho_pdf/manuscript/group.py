"""The base of every model that a YAML file is read into: closed, frozen, and told about in the words of its owner."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from koho_pdf.findings import Finding


class Group(BaseModel):
    """A group of names and values that knows no other name and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    word: ClassVar[str] = "値"
    """What stands after a name, in the words of the file's owner: an editor writes 文章."""

    @classmethod
    def out_of_place(cls, name: str) -> Finding | None:
        """What is told of a name that is known, but must not stand here; None: it is told as any unknown name."""
        return None
