"""Words that a layout prints without saying which field they are, or outside a slot: nobody would be told where they
stand (``map.json``), or that they are too many."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from koho_pdf.collation.collation import Collation
from koho_pdf.collation.matching import lacks
from koho_pdf.collation.on_page import words_on
from koho_pdf.collation.owed import Owed, folded
from koho_pdf.composition.document import Placed
from koho_pdf.findings import Finding, warning
from koho_pdf.layout.slips import written_at
from koho_pdf.layout.unpaged import Galley
from koho_pdf.layout.unused_slots import unused_slots
from koho_pdf.manuscript.paths import above, article_in

_OWNER = re.compile(r"\sdata-owner=\"([^\"]*)\"[^>]*>([^<]*)")
_WITH = {"section": "department"}
"""What a contact's ``name`` prints together with another part."""


def unmarked(collation: Collation, galley: Galley, placed: Sequence[Placed], folder: Path) -> tuple[Finding, ...]:
    """The findings of the pages of a galley, once for each field; ``placed`` is what stands on them. Text of articles
    needs no slot: it flows in a region. Of slots only the layout's sample tells: an editor, whose issue stands in
    another ``folder``, cannot mend them."""
    layout, root = collation.layout, collation.layout.folder.parents[1]
    sample = folder.resolve() == layout.sample.resolve()
    stand = {each.field for each in placed}
    stand |= {field for each in stand if (field := _beside(each))}
    wanted = collation.owed_in(galley.edition)
    around = {group for each in stand for group in _groups(each)}
    without = [each for each in wanted if each.field not in around and stand.isdisjoint(_groups(each.field))]
    if without:  # what is on no page at all is told as words-missing
        gone = {each.owed for each in lacks(wanted, words_on(galley.html))}
        own = [(html.unescape(owner), folded(html.unescape(text))) for owner, text in _OWNER.findall(galley.html)]
        without = [each for each in without if each not in gone and not _is_owned(each, own)]
    loose: list[str] = []
    if sample and layout.slots and (layout.pages or layout.page_types):  # else all text goes on to the next page
        owed = {each.field for each in wanted}
        groups = {group for each in owed for group in _groups(each)}
        bare = [each.field for each in placed if each.slot is None and not article_in(each.field)]
        bare = [each for each in bare if each in groups or not owed.isdisjoint(_groups(each))]
        lists = {each: _list_of(each) for each in bare}  # told once for a list, and for a table with its caption
        told = set(lists.values())
        loose = [each for each in dict.fromkeys(lists.values()) if above(each) not in told]
    found = [
        warning(
            "field-unmarked",
            f"「{each.field}」を印刷する要素に、data-field がありません。場所も、あふれたことも、わかりません。",
            written_at(layout, root, _written(each.field), each.field),
            f'その要素に data-field="{each.field}" と書いてください。枠に入れる言葉なら、data-slot も書きます。',
        )
        for each in without
    ]
    found += [
        warning(
            "field-without-slot",
            f"「{field}」を、枠の外に印刷しています。長すぎても、だれにも知らされません。",
            written_at(layout, root, _written(field), field),
            "その要素か、それを囲む要素に、data-slot と layout.yaml の slots にある枠の名前を書いてください。",
        )
        for field in loose
    ]
    return (*found, *(unused_slots(layout, root) if sample else ()))


def _is_owned(owed: Owed, own: Sequence[tuple[str, str]]) -> bool:
    """Whether the words of a field stand in an element that it owns: in a label of the layout they do not."""
    return any(owner == owed.field and any(folded(way) in text for way in owed.ways) for owner, text in own)


def _groups(field: str) -> Iterator[str]:
    """The field, and what it is in."""
    while field:
        yield field
        field = above(field)


def _list_of(field: str) -> str:
    """The list or the table that a field is in, else the field."""
    names = field.split(".")
    number = next((at for at, each in enumerate(names) if each.isdigit()), len(names))
    return ".".join(names[:number]).removesuffix(".rows")


def _beside(field: str) -> str:
    """A field that is printed with this one, if any."""
    group, _, name = field.rpartition(".")
    return next((f"{group}.{each}" for each, first in _WITH.items() if first == name and group), "")


def _written(field: str) -> tuple[str, ...]:
    """How a template may name a field, the surest first."""
    names = [each for each in field.rpartition(":")[2].split(".") if not each.isdigit()]
    parts = [".".join(names[:end]) for end in range(len(names), 0, -1)]
    ways = (f'data-field="{field}"', *(f'data-field="{each}"' for each in parts), *(f"issue.{each}" for each in parts))
    return (*ways, *(f".{each}{end}" for each in names[::-1] for end in ("|", " ", ".", "[")))
