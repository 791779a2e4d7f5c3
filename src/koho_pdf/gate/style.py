"""How a city writes: its choice between ways that are all right, its names and its own words (``koho.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Style:
    """The city's way of writing. ``manner`` is 公用文 or 新聞 (press style).

    ``wave`` is its sign for ranges; ``words`` maps words not to be used to those of the city; ``persons`` maps names to
    their readings; ``known`` are persons whose reading everyone knows (the mayor); ``telephones`` maps departments to
    their numbers, with those of other people who are called often; ``faxes`` to those where a fax stands (a city that
    does not tell them apart has both among its ``telephones``); ``mails`` maps them to their addresses.
    """

    manner: str = "公用文"
    wave: str = "～"
    words: Mapping[str, str] = field(default_factory=_none)
    persons: Mapping[str, str] = field(default_factory=_none)
    known: frozenset[str] = frozenset()
    telephones: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    mails: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    area_code: str = ""
    allowed: frozenset[str] = frozenset()
    """Words of which no rule tells anything."""
    faxes: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def official(self) -> bool:
        """Whether the city writes as 公用文 does."""
        return self.manner == "公用文"


USUAL = Style()
"""The style of a city that has decided nothing."""
