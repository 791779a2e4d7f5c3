"""A table as a list of groups of a kind: duty doctors, events, health checks, consultations, deadlines. Its columns are
found by their heads, whatever departments call them; a column that no field takes stays with its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from koho_pdf.findings import Finding, warning
from koho_pdf.intake.labels import likeness
from koho_pdf.intake.received import Cell, Grid
from koho_pdf.intake.values_of_cells import Setting, place_of, value_of, wrong_with
from koho_pdf.kinds.types.field import Field
from koho_pdf.kinds.types.groups import GroupField, ListField
from koho_pdf.manuscript.yaml_writing import Writable

_HEADS = 4
"""Among so many first rows the heads of the columns are looked for."""
_WEEKDAY = re.compile(r"曜日?|曜")
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class _Column:
    """The field of a column: its ``name``, the list ``within`` which it is, the ``item`` of that list it begins or goes
    on with; ``branch`` is a word of the head that is itself a value."""

    at: int
    name: str
    field: Field
    within: str = ""
    item: int = 0
    branch: tuple[str, str] | None = None
    weekday: bool = False


@dataclass(slots=True)
class Fit:
    """How a table fills a list: its ``head`` row, the columns with a field, those without; how well, from 0 to 1."""

    head: int
    columns: list[_Column]
    others: list[int]
    share: float = 0.0


@dataclass(slots=True)
class Filled:
    """The items of a list, the rows above the heads, and the cells that no field takes, with the head of each."""

    items: list[dict[str, Writable]] = field(default_factory=list)
    above: list[Cell] = field(default_factory=list)
    rest: list[tuple[str, Cell]] = field(default_factory=list)
    heads: list[tuple[str, str]] = field(default_factory=list)


def fit_of(grid: Grid, group: GroupField) -> Fit | None:
    """How the columns of a table are the fields of a group; None if they are not."""
    fits = [_fit(grid, at, group) for at in range(min(_HEADS, len(grid.rows) - 1))]
    return max((each for each in fits if each and each.share >= _LEAST), key=lambda each: each.share, default=None)


def _fit(grid: Grid, head: int, group: GroupField) -> Fit | None:
    inner = {name: each.of for name, each in group.fields.items() if isinstance(each, ListField)}
    nested = {name: each for name, each in inner.items() if isinstance(each, GroupField)}
    columns: list[_Column] = []
    others: list[int] = []
    used: set[str] = set()
    items = dict.fromkeys(nested, 0)
    filled: dict[str, set[str]] = {name: set() for name in nested}
    for at, cell in enumerate(grid.rows[head]):
        label = cell.plain
        if not label:
            others.append(at)
            continue
        best, name, within = 0.0, "", ""
        for each, one in group.fields.items():
            if each not in used and each not in nested and (like := likeness(one.title, label)) > best:
                best, name, within = like, each, ""
        for list_, items_of in nested.items():
            for each, one in items_of.fields.items():
                if (like := likeness(one.title, label)) > best:
                    best, name, within = like, each, list_
        if best < 0.5 and _WEEKDAY.fullmatch(label) and columns and columns[-1].field.called in ("date", "occasions"):
            columns.append(_Column(at, columns[-1].name, columns[-1].field, columns[-1].within, 0, None, weekday=True))
        elif best < 0.5 and (taken := _branch(grid, head, at, nested, filled)):
            list_, name = taken
            if name in filled[list_]:
                items[list_], filled[list_] = items[list_] + 1, set()
            filled[list_].add(name)
            branch = next(
                (each for each, one in nested[list_].fields.items() if one.optional and one.called == "text"), ""
            )
            columns.append(
                _Column(at, name, nested[list_].fields[name], list_, items[list_], (branch, label) if branch else None)
            )
        elif best < 0.5:
            others.append(at)
        elif within:
            if name in filled[within]:
                items[within], filled[within] = items[within] + 1, set()
            filled[within].add(name)
            columns.append(
                _Column(
                    at,
                    name,
                    nested[within].fields[name],
                    within,
                    items[within],
                    _above(grid, head, at, nested[within], name),
                )
            )
        else:
            used.add(name)
            columns.append(_Column(at, name, group.fields[name]))
    needed = [
        each for each, one in group.fields.items() if not one.optional and one.default is None and each not in nested
    ]
    needed += [f"{list_} {each}" for list_, of in nested.items() for each, one in of.fields.items() if not one.optional]
    there = {f"{each.within} {each.name}".strip() for each in columns}
    if not needed or not columns:
        return None
    labels = sum(bool(each.plain) for each in grid.rows[head])
    share = sum(each in there for each in needed) / len(needed)
    return Fit(head, columns, others, share * (0.6 + 0.4 * len(columns) / max(labels, 1)))


def _branch(
    grid: Grid, head: int, at: int, nested: dict[str, GroupField], filled: dict[str, set[str]]
) -> tuple[str, str] | None:
    """The field of a column whose head is a value itself: 内科系 above the names of surgeries, before 電話."""
    following = grid.rows[head][at + 1].plain if at + 1 < len(grid.rows[head]) else ""
    for list_, group in nested.items():
        needed = [each for each, one in group.fields.items() if not one.optional and one.called in ("text", "plain")]
        if needed and any(
            likeness(one.title, following) >= 0.5 for each, one in group.fields.items() if each not in needed
        ):
            return list_, needed[0]
    return None


def _above(grid: Grid, head: int, at: int, group: GroupField, name: str) -> tuple[str, str] | None:
    """The word above the heads of an item, in a head of two rows."""
    if not head or not (word := grid.rows[head - 1][at].plain) or word == grid.rows[head][at].plain:
        return None
    if len({each.plain for each in grid.rows[head - 1]}) < 2:
        return None  # a title over the whole table
    branch = next((each for each, one in group.fields.items() if one.optional and one.called == "text"), "")
    return (branch, word) if branch and branch != name else None


def filled_list(grid: Grid, fit: Fit, group: GroupField, setting: Setting, found: list[Finding]) -> Filled:
    """The items of a table, each value with what is wrong with it."""
    made = Filled()
    branches = {each.branch[1] for each in fit.columns if each.branch}
    for row in grid.rows[: fit.head]:
        made.above += [each for each in row if each.plain and not each.copied and each.plain not in branches]
    made.heads = [(grid.rows[fit.head][each.at].plain, each.field.title) for each in fit.columns]
    last: tuple[object, dict[str, Writable]] | None = None
    for row in grid.rows[fit.head + 1 :]:
        if not any(each.plain for each in row):
            continue
        if [each.plain for each in row] == [each.plain for each in grid.rows[fit.head]]:
            made.rest += [("", each) for each in row if each.plain]
            continue
        if alone := _below(row, grid, fit, setting):
            made.rest.append(("", alone))
            continue
        own: dict[str, Writable] = {}
        inner: dict[str, dict[int, dict[str, Writable]]] = {}
        for column in fit.columns:
            _take(column, row, grid, setting, own, inner, found)
        for at in fit.others:
            if row[at].plain and not row[at].copied:
                made.rest.append((grid.rows[fit.head][at].plain, row[at]))
        lists = {name: [each for _, each in sorted(items.items())] for name, items in inner.items()}
        if not own and not lists:
            continue
        if last and inner and last[0] == own:  # the same day in the next row: one more surgery
            for name, items in lists.items():
                there = last[1].get(name)
                if isinstance(there, list):
                    there += items
            continue
        item = {name: {**own, **lists}[name] for name in group.fields if name in {**own, **lists}}
        made.items.append(item)
        last = dict(own), item
    return made


def _below(row: Sequence[Cell], grid: Grid, fit: Fit, setting: Setting) -> Cell | None:
    """A line under a table that stands in its first cells: the only words of a row of which the field takes none."""
    said = [each for each in row if each.plain and not each.copied]
    column = next((each for each in fit.columns if row[each.at] in said), None)
    if len(said) != 1 or column is None or len(fit.columns) < 2 or any(each.copied and each.plain for each in row):
        return None
    value = value_of(column.field, said[0].lines, setting, [], said[0], grid.sheet)
    judged = replace(setting, trial=False)
    is_note = said[0].plain.startswith(("※", "注", "＊", "*", "（注"))
    return said[0] if is_note or value is None or wrong_with(column.field, value, judged) else None


def _take(
    column: _Column,
    row: Sequence[Cell],
    grid: Grid,
    setting: Setting,
    own: dict[str, Writable],
    inner: dict[str, dict[int, dict[str, Writable]]],
    found: list[Finding],
) -> None:
    cell = row[column.at]
    value = value_of(column.field, cell.lines, setting, found, cell, grid.sheet)
    if value is None:
        return
    if column.weekday:
        day = own.get(column.name)
        own[column.name] = f"{day}（{cell.plain.strip('()（）')}）" if isinstance(day, str) else cell.plain
        return
    if column.field.called != "telephone":
        where, place = place_of(cell, grid.sheet, setting)
        wrong = wrong_with(column.field, value, setting)
        found += [warning("received-cell", f"{place}{each.message}", where, each.hint) for each in wrong]
    if not column.within:
        own[column.name] = value
        return
    item = inner.setdefault(column.within, {}).setdefault(column.item, {})
    if column.branch and column.branch[0] not in item:
        item[column.branch[0]] = column.branch[1]
    item[column.name] = value
