"""How the articles of a kind are read aloud: in another order of fields, with other words before them.

Only the text edition is heard alone. Pages and web pages are seen and heard at once, so a screen reader has their order
(WCAG 2.2, 1.3.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField


@dataclass(frozen=True, slots=True)
class Spoken:
    """``order``: the fields that are read first; the others follow in their own order. ``words``: what is said before a
    field, by its dotted name, in place of its title."""

    order: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


NOT_SAID = Spoken()
"""As roles and titles have it."""


def heard(fields: Mapping[str, Field], spoken: Spoken) -> Mapping[str, Field]:
    """The fields in the order in which they are read aloud, with their words."""
    names = dict.fromkeys((*spoken.order, *fields))
    return {name: _with_words(fields[name], name, spoken.words) for name in names}


def _with_words(of: Field, path: str, words: Mapping[str, str]) -> Field:
    said = words.get(path)
    copy = of if said is None else of.said_as(said)
    if not any(each.startswith(f"{path}.") for each in words):
        return copy
    if isinstance(copy, ListField):
        return copy.model_copy(update={"of": _with_words(copy.of, path, {k: v for k, v in words.items() if k != path})})
    if isinstance(copy, GroupField):
        inner = {name: _with_words(each, f"{path}.{name}", words) for name, each in copy.fields.items()}
        return copy.model_copy(update={"fields": inner})
    return copy
