"""What can be taken back and made again, step by step. What one person types into one field without a pause is one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from koho_pdf.desk.journal_entry import Entry

_PAUSE = datetime.timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Step:
    """The entries of the journal from the number ``first`` to ``last``, and the fields that they changed."""

    first: int
    last: int
    fields: tuple[str, ...]
    time: datetime.datetime
    typed: bool


def steps_of(entries: Sequence[Entry], author: str) -> tuple[list[Step], list[Step]]:
    """The steps of an author that can be taken back, and those that can be made again; the next one comes last."""
    done, taken = list[Step](), list[Step]()
    for each in entries:
        if each.author != author:
            continue
        time = datetime.datetime.fromisoformat(each.time)
        step = Step(each.number, each.number, each.fields, time, each.act == "typed")
        if each.act in ("change", "typed"):
            taken.clear()
            if done and _goes_on(done[-1], step):
                step = Step(done.pop().first, step.last, step.fields, time, typed=True)
            done.append(step)
        elif each.act == "undo" and done:
            done.pop()
            taken.append(step)
        elif each.act == "redo" and taken:
            taken.pop()
            done.append(step)
    return done, taken


def _goes_on(before: Step, step: Step) -> bool:
    """Whether a change follows at once in the same field."""
    near = before.last + 1 == step.first and step.time - before.time <= _PAUSE
    return near and before.typed and step.typed and before.fields == step.fields
