"""The small protocol of all value types: what every value that an editor writes can do."""

from __future__ import annotations

from dataclasses import dataclass


class Written:
    """A value read from a manuscript. ``source`` is the editor's own writing: written back, it reads the same again. A
    type only overrides what is special; the rest is answered here. Only values that can be followed on a screen have
    ``uri``: templates of format 0 recognise a telephone number by it.
    """

    __slots__ = ()

    source: str

    @property
    def plain(self) -> str:
        """Its words on paper, without marks."""
        return self.source

    @property
    def shown(self) -> str:
        """Its words with its sign (☎), for places where nothing else says what they are."""
        return self.plain

    @property
    def said(self) -> str:
        """Its spoken words."""
        return self.plain

    @property
    def ways(self) -> tuple[str, ...]:
        """Every form in which an edition may write it; the first is the usual one."""
        return (self.plain,)

    @property
    def parts(self) -> tuple[Written, ...]:
        """The values inside it, each with its own ``field``; none if it is a single value."""
        return ()

    def data(self) -> dict[str, object] | None:
        """Its value for other programs (``data/issue.json``), with its ``type``; None if its words say all."""
        return None

    def withheld(self, words: str) -> Written:
        """Its replacement if it is for print alone but required: these words."""
        raise NotImplementedError(f"{type(self).__name__} takes no mark for print alone ({words})")

    def __str__(self) -> str:
        return self.source


@dataclass(frozen=True, slots=True)
class Told(Written):
    """Words of ours: as they are read, and as they are heard."""

    source: str
    heard: str

    @property
    def said(self) -> str:
        return self.heard


class Spoken(Written):
    """A value that is said otherwise than it is typed: with full words for hours, days of the week and ranges."""

    __slots__ = ()

    spoken: str

    @property
    def said(self) -> str:
        return self.spoken

    @property
    def ways(self) -> tuple[str, ...]:
        """As typed, or as it is said."""
        return (self.source, self.spoken)
