"""The structure of an issue as a tree of its public words: fields, groups and lists, as in its kind.

It is made from the model, so every kind of issue has an outline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.issue import Issue
from koho_pdf.content.public import public
from koho_pdf.content.values.model import Closed
from koho_pdf.content.values.tables import Table
from koho_pdf.content.values.written import Written

_HEADINGS = ("name", "heading")
"""The field of a group that is its heading; its words are the group's words."""


_KEYS = ("department", "section", "importance", "deadline", "readings", "unplaced", "carried", "leftover")
"""Keys of an article that are not its words (``article_keys``); a field of its kind with such a name is."""

_UNTOLD = ("id", "kind", "format")
"""Fields of a group that are not words: its id and its kind."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an issue: a field, or a group with its heading and content. ``field`` is its dotted name
    (``pillars.0.initiatives.1``), counts only public parts, and is unique in the issue; ``label`` is the editor's name
    for it (取組). ``words`` are plain, empty for a group without a heading. ``listed`` is true for an item of a list,
    which may be longer or in another order next year. ``key`` is the id of an article of a kind of its own: in two
    rounds of one issue it is the same article, whatever its words.
    """

    field: str
    label: str
    words: str = ""
    parts: tuple[Part, ...] = ()
    listed: bool = False
    key: str = ""


def outline(issue: Issue, *, whole: bool = False) -> Part:
    """The outline of the public issue, whose own words are empty; without fields that print no words (layout, date,
    settings). With ``whole`` that of the issue as it is printed, for those who make it.
    """
    shown = issue if whole else public(issue)
    return Part("", "", parts=tuple(_parts(shown, "", (*Issue.model_fields, "delivery"))))


def _parts(group: Closed, above: str, without: tuple[str, ...]) -> Iterator[Part]:
    for name, field in type(group).model_fields.items():
        if name in without or (name in _KEYS and name in type(group).KEYS):
            continue
        value, label = getattr(group, name), field.title or name
        if isinstance(value, tuple):
            for number, item in enumerate(value):
                own = type(item).described.title if isinstance(item, ArticleManuscript) else ""
                yield from _part(item, f"{above}{name}.{number}", own or label, listed=True)
        else:
            yield from _part(value, f"{above}{name}", label, listed=False)


def _part(value: object, field: str, label: str, *, listed: bool) -> Iterator[Part]:
    if value is None or isinstance(value, (int, float)) or (isinstance(value, Written) and not value.plain):
        return  # a setting: it prints no words
    if isinstance(value, Table):
        said = enumerate(map(value.sentence, value.body))
        rows = (Part(f"{field}.rows.{number}", "表の行", words, listed=True) for number, words in said)
        note = (Part(f"{field}.note", "表の注", value.note.plain),) if value.note else ()
        yield Part(field, label, value.caption.plain, (*rows, *note), listed)
    elif isinstance(value, Closed):
        named = type(value).described.heading if isinstance(value, ArticleManuscript) else ""
        heading = named or next((name for name in _HEADINGS if name in type(value).model_fields), "")
        parts = tuple(_parts(value, f"{field}.", (heading, *_UNTOLD)))
        key = value.id if isinstance(value, ArticleManuscript) else ""
        yield Part(field, label, str(getattr(value, heading)) if heading else "", parts, listed, key)
    elif isinstance(value, Written) and value.parts:
        for number, each in enumerate(value.parts):
            yield Part(f"{field}.{number}", label, each.plain, listed=True)
    else:
        yield Part(field, label, str(value), (), listed)
