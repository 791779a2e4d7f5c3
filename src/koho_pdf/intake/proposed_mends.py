"""What the text gate would mend in a received article: old and new words are told, and nothing is changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from koho_pdf.content.values.inline import parse_inline
from koho_pdf.content.values.runs import plain_of
from koho_pdf.findings import Finding, Severity, Where, note
from koho_pdf.gate.proofreading import checked
from koho_pdf.gate.prose import Place, Prose, Read, Role
from koho_pdf.gate.style import Style
from koho_pdf.intake.draft import Draft
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.manuscript.yaml_writing import Writable

_NO_TEXT = ("contact", "telephone", "mail", "link", "code", "picture", "choice")
_MOST, _LONGEST = (
    20_000,
    2000,
)  # characters of an article and of a paragraph: the time of some rules grows by the square


def proposed_mends(
    draft: Draft, id_: str, text: str, file: str, style: Style, day: datetime.date | None
) -> Iterator[Finding]:
    """The gate's errors as warnings, and one note with all mends that are certain. ``text`` is the article's ``file``;
    ``day`` that of the issue."""
    proses: list[Prose] = []
    lines, at = text.split("\n"), 0
    read = {name: each for name, each in draft.values.items() if _is_text(draft, name)}
    for field, words in _texts(read):
        for each in filter(None, words.split("\n")):
            at = next((number for number in range(at, len(lines)) if each in lines[number]), at)
            role = Role.HEADING if field == draft.kind.heading else Role.BODY
            place = Place(file, at + 1, field=f"{id_}:{field}")
            if len(each) <= _LONGEST:
                proses.append(Prose(_plain(each), role, id_, place, placed=lambda _, place=place: place))  # type: ignore[misc]
    if not proses or sum(len(each.text) for each in proses) > _MOST:
        return
    mends: list[str] = []
    for found in checked(Read(tuple(proses), ()), style, day):
        if found.suggestion is not None and found.words:
            mends.append(f"{found.where.line}行目「{found.words}」→「{found.suggestion}」")
        elif found.severity is Severity.ERROR:
            yield replace(found, severity=Severity.WARNING)
    if mends:
        told = f"校閲の提案（{len(mends)}か所。何も変えていません）: {'、'.join(dict.fromkeys(mends))}"
        hint = "号の台割に入れてから koho check --fix とすると、直し方の決まるものが直ります。"
        yield note("received-mends", told, Where(file=file), hint)


def _is_text(draft: Draft, name: str) -> bool:
    return name in draft.kind.fields and draft.kind.fields[name].called not in _NO_TEXT


def _texts(value: Writable, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _texts(each, field or name)
    else:
        for each in value:
            yield from _texts(each, field)


def _plain(words: str) -> str:
    try:
        return plain_of(parse_inline(words))
    except Refusal:
        return words
