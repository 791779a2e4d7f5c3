"""The file of a received article, and the proof that no character was lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from koho_pdf.content.article_keys import LEFTOVER
from koho_pdf.findings import Finding
from koho_pdf.intake.draft import Draft
from koho_pdf.intake.received import Grid, Line, Piece
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.manuscript.yaml_writing import Writable, yaml_of

_SCHEMA = "# yaml-language-server: $schema=../../../schemas/{}.schema.json\n"


def text_of_article(draft: Draft, department: str, completed: bool) -> str:
    """The YAML of an article; ``completed`` if the workspace has the schema by which editors complete it."""
    said: dict[str, Writable] = {"kind": draft.kind.name}
    if department:
        said["department"] = department
    said |= draft.values
    if draft.leftover:
        said[LEFTOVER] = "\n".join(" ".join(each.split("\n")).strip() for each in draft.leftover)
    return (_SCHEMA.format(draft.kind.name) if completed else "") + yaml_of(said)


def lost(pieces: Sequence[Piece], draft: Draft, told: Sequence[Finding]) -> str:
    """The characters of pieces that neither the article nor a finding has; spaces do not count."""
    there = Counter[str]()
    said = (*_texts(draft.values, draft.kind.fields), *draft.leftover, *(each.message for each in told))
    for text in said:
        there.update(text)
    for shown, _ in draft.pictures:
        there.update(shown.alt)
    wanted = Counter[str]()
    for text in _words(pieces):
        wanted.update(each for each in text if not each.isspace())
    return "".join((wanted - there).elements())


def _words(pieces: Sequence[Piece]) -> Iterator[str]:
    for each in pieces:
        if isinstance(each, Line):
            for bit in each.bits:
                yield bit.text + bit.reading
        elif isinstance(each, Grid):
            for row in each.rows:
                for cell in row:
                    if not cell.copied:
                        yield cell.plain


def _texts(value: Writable, fields: Mapping[str, Field]) -> Iterator[str]:
    """Every text of a value, and the title of each field that has one: a label 場所 is said by the field 場所."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            field = fields.get(name)
            yield field.title if field else ""
            held = field.of if isinstance(field, ListField) else field
            yield from _texts(each, held.fields if isinstance(held, GroupField) else {})
    else:
        for each in value:
            yield from _texts(each, fields)
