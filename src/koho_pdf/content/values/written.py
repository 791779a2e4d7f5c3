"""What every value that an editor writes can do, whatever its type: the small protocol of the value types."""

from __future__ import annotations


class Written:
    """A value read from a manuscript. ``source`` is the editor's own writing: written back, it reads the same again.

    A type says only what is its own; all else has an answer here. What leads somewhere on a screen has ``uri`` too, and
    nothing else has: templates of format 0 know a telephone number by it.
    """

    __slots__ = ()

    source: str

    @property
    def plain(self) -> str:
        """Its words on paper, without marks."""
        return self.source

    @property
    def shown(self) -> str:
        """Its words where nothing beside them says what they are: with its sign (☎)."""
        return self.plain

    @property
    def said(self) -> str:
        """Its words for those who listen."""
        return self.plain

    @property
    def ways(self) -> tuple[str, ...]:
        """Every way in which an edition may write it; the first is the usual one."""
        return (self.plain,)

    @property
    def parts(self) -> tuple[Written, ...]:
        """The values that it is made of, each with a ``field`` of its own; none where it is one."""
        return ()

    def data(self) -> dict[str, object] | None:
        """What it is for other programs (``data/issue.json``), with its ``type``; None where its words say all."""
        return None

    def withheld(self, words: str) -> Written:
        """What stands for it where it is for print alone and something must stand: these words."""
        raise NotImplementedError(f"{type(self).__name__} takes no mark for print alone ({words})")
