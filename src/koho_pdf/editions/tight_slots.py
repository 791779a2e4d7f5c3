"""Slots whose text does not fit are set tighter, as far as the layout allows (``fit`` of a slot).

All slots that are over go one step up their ladders at once, and the pages are composed once a step. Slots of one name
are set alike, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from koho_pdf.composition.document import Document
from koho_pdf.findings import Finding, note
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.slot import Slot
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.plan.ladder import climbing, in_words


def fitted(layout: Layout, over: Callable[[Layout], Mapping[str, int]]) -> Layout:
    """The layout with its slots as tight as its texts need; ``over`` composes them and says how many characters are too
    many in the slots of a name."""
    first = over(layout)
    slots: dict[str, Slot] = dict(layout.slots)
    steps = {name: climbing(slot) for name, slot in slots.items() if slot.fit and name in first}
    for each in steps.values():
        next(each)  # as it is
    told: Mapping[str, int] = first
    while steps:
        for name, each in list(steps.items()):
            try:
                slots[name] = each.send(told.get(name, 0))
            except StopIteration as found:
                slots[name] = found.value
                del steps[name]
        if steps:
            told = over(replace(layout, slots=slots))
    return replace(layout, slots=slots)


def told_of(layout: Layout, document: Document, tree: Tree) -> tuple[Finding, ...]:
    """A note for each slot of these pages that was set tighter, and holds its text now."""
    found = []
    for name, slot in layout.slots.items():
        fields = [each.field for each in document.placed if each.slot and each.slot.name == name]
        if slot.done and fields and name not in document.over:
            done = in_words(slot.done, vertical=slot.vertical)
            hint = "詰めたくないときは、この枠の文章を短くしてください。"
            found.append(
                note("slot-fitted", f"枠「{name}」の文章を、{done}詰めて収めました。", where_of(tree, fields[0]), hint)
            )
    return tuple(found)
