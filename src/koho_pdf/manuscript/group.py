"""The base of every model that a YAML file is read into: closed, frozen, and explained in the words of the file's
owner.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from koho_pdf.findings import Finding


class Group(BaseModel):
    """A group of names and values that allows no other names and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    word: ClassVar[str] = "値"
    """The word for a value in the language of the file's owner: an editor writes 文章."""

    KEYS: ClassVar[frozenset[str]] = frozenset()
    """Its fields that say what it is, whatever its kind (``content.article_keys``)."""

    @classmethod
    def out_of_place(cls, name: str) -> Finding | None:
        """The finding about a known name in the wrong place; None if it is told like any unknown name."""
        return None
