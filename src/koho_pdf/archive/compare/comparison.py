"""The changes between two issues as rows in order: as text, as a page, as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from koho_pdf.archive.compare.pairs import Pair, compare, told
from koho_pdf.archive.compare.two_issues import Side
from koho_pdf.archive.compare.wording import Piece
from koho_pdf.content.outline import Part
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import error
from koho_pdf.layout.templates import render

FOLDER = "_archive"
"""The folder of the page's template, among the layouts."""

_CHANGES = {"added": "追加", "dropped": "削除", "moved": "移動", "reworded": "言い換え"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison: ``level`` from 0, ``changes`` in words, each side's words in pieces (None if it is not
    there). ``touched`` says whether it or anything below it changed. ``mark`` is its anchor on the page; ``leads_to``
    is, for a part that moved away from here, the anchor of its new place.
    """

    level: int
    label: str
    changes: tuple[str, ...]
    note: str
    old: tuple[Piece, ...] | None
    new: tuple[Piece, ...] | None
    heading: bool
    touched: bool
    mark: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two issues side by side; ``by_structure`` is false if only their articles could be compared."""

    old: Side
    new: Side
    root: Pair
    by_structure: bool

    @property
    def counts(self) -> dict[str, int]:
        """How often each change is found; a part that was moved and reworded counts as both."""
        changes = [name for pair in told(self.root) for name in _changes(pair)]
        return {name: changes.count(name) for name in _CHANGES}


def comparison(old: Side, new: Side) -> Comparison:
    """Compare two issues by their structure if both have the same structure, otherwise by their articles."""
    if old.structure and new.structure and old.kind == new.kind:
        return Comparison(
            old, new, compare(old.structure, new.structure, keyed=bool(old.issue) and old.issue == new.issue), True
        )
    return Comparison(old, new, compare(old.articles, new.articles), False)


def rows(compared: Comparison) -> tuple[Row, ...]:
    """Every part of both issues in the new issue's order; dropped parts stand where they were."""
    old_above, new_above = (dict(_above(root)) for root in (compared.root.old, compared.root.new) if root)

    def below(pair: Pair, level: int) -> Iterator[Row]:
        for each in pair.parts:
            inner = tuple(below(each, level + 1))
            changes = tuple(_CHANGES[name] for name in _changes(each))
            note, leads_to = "", ""
            if each.away and each.new:
                note, leads_to = f"{_named(new_above[each.new.field])}へ移りました", _mark(each.new, "new")
            elif each.moved and each.old:
                above = old_above[each.old.field]
                place = "" if pair.old is above else f"{_named(above)}の"
                note = f"元は{place}{_number(each.old)}番目"
            yield Row(
                level=level,
                label=each.part.label,
                changes=changes,
                note=note,
                old=each.old_words if each.old else None,
                new=each.new_words if each.new and not each.away else None,
                heading=bool(each.part.parts),
                touched=bool(changes) or each.away or any(row.touched for row in inner),
                mark=_mark(each.old, "old") if each.old and (each.away or each.dropped) else _mark(each.part, "new"),
                leads_to=leads_to,
            )
            yield from inner

    return tuple(below(compared.root, 0))


def as_text(compared: Comparison) -> str:
    """The changes for a terminal, under the headings they stand under."""
    lines = [f"{_titled(compared.old)} → {_titled(compared.new)}", f"{_counted(compared)}。"]
    if not compared.by_structure:
        lines.append("同じ種類の原稿が2つそろわないので、記事ごとに比べました。")
    if compared.counts["reworded"]:
        lines.append("[-…-] は消えた言葉、{+…+} は加わった言葉です。")
    changed = (row for row in rows(compared) if row.touched and not row.leads_to)
    lines += ["  " * row.level + _line(row) for row in changed]
    return "\n".join(lines) + "\n"


def as_json(compared: Comparison) -> dict[str, object]:
    """The changes for a program; fields are dotted as in the manuscript, ``pieces`` say which words differ."""

    def side(part: Part | None, words: Sequence[Piece]) -> dict[str, object] | None:
        return (
            {"field": part.field, "words": part.words, "pieces": [asdict(piece) for piece in words]} if part else None
        )

    return {
        **{
            name: {"name": each.name, "title": each.title, "date": each.date.isoformat()}
            for name, each in (("old", compared.old), ("new", compared.new))
        },
        "by_structure": compared.by_structure,
        "counts": compared.counts,
        "changes": [
            {
                "change": _changes(pair),
                "label": pair.part.label,
                "old": side(pair.old, pair.old_words),
                "new": side(pair.new, pair.new_words),
            }
            for pair in told(compared.root)
        ],
    }


def as_page(compared: Comparison, layouts: Path, root: Path) -> str:
    """The comparison as one HTML file that needs no other; ``root`` is the workspace.

    Raises LayoutError (``template-broken``) when the template in ``layouts/_archive`` does not work.
    """
    context = {
        "old": compared.old,
        "new": compared.new,
        "by_structure": compared.by_structure,
        "counts": tuple((words, compared.counts[name]) for name, words in _CHANGES.items()),
        "rows": rows(compared),
        "day": _day,
    }
    return str(render((layouts / FOLDER, layouts / "_shared"), "compare.html", root, context))


def write_page(compared: Comparison, target: Path, layouts: Path, root: Path) -> None:
    """The page as the file ``target``, whole or not at all.

    Raises what ``as_page`` raises, and ArchiveError (``not-written``) where the file cannot be written.
    """
    page = as_page(compared, layouts, root)
    beside = target.with_name(f".{target.name}.new")
    try:
        beside.write_text(page, encoding="utf-8")
        beside.replace(target)
    except OSError as fault:
        told_why = f"{target} に書けません（{fault.strerror or fault}）。"
        raise ArchiveError(
            error("not-written", told_why, hint="フォルダーがあり、書き込めるかを確かめてください。")
        ) from fault


def _changes(pair: Pair) -> list[str]:
    return [name for name in _CHANGES if getattr(pair, name)]


def _above(part: Part) -> Iterator[tuple[str, Part]]:
    """For each part below this one its parent, by field."""
    for each in part.parts:
        yield each.field, part
        yield from _above(each)


def _named(part: Part) -> str:
    """The name of a part for people: 柱「地域経済の活性化」; the whole issue is この号."""
    return f"{part.label}「{part.words}」" if part.words else part.label or "この号"


def _number(part: Part) -> int:
    return int(part.field.rpartition(".")[2]) + 1


def _mark(part: Part, side: str) -> str:
    return f"{side}-{part.field.replace('.', '-')}"


def _titled(side: Side) -> str:
    return f"{side.name}（{_day(side.date)}）"


def _day(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def _counted(compared: Comparison) -> str:
    found = "・".join(f"{words}{compared.counts[name]}" for name, words in _CHANGES.items() if compared.counts[name])
    return found or "違いはありません"


def _line(row: Row) -> str:
    """One row: its label, what changed, its words with 消えた and 加わった marked."""
    told_here = "".join(f"［{word}］" for word in row.changes)
    words = (
        marked_words(row.old or (), row.new or ()) if "言い換え" in row.changes else _plain(row.new or row.old or ())
    )
    label = f"{row.label}{told_here}"
    note = f"（{row.note}）" if row.note else ""
    return f"{label} {words}{note}"


def _plain(words: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in words)


def marked_words(old: Sequence[Piece], new: Sequence[Piece]) -> str:
    """The words of both years in one line; common words are written once. [-…-] is gone, {+…+} has come."""
    written: list[str] = []
    left = list(old)
    for piece in new:
        while left and left[0].changed:
            written.append(f"[-{left.pop(0).text}-]")
        if piece.changed:
            written.append(f"{{+{piece.text}+}}")
        else:
            written.append(piece.text)
            left.pop(0)
    written += [f"[-{piece.text}-]" for piece in left]
    return "".join(written)
