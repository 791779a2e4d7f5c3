"""Reads an Excel workbook (.xlsx) that a department sent: every sheet that Excel shows as lines and tables, with each
cell as Excel shows it. Cells that are hidden, merged or without a result are told with their names.

Sheets are read by the reader of a manuscript's tables (``content.values.workbook``, decision 0033).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from koho_pdf.content.values.workbook import Sheet, Stored, Workbook, column_name, workbook_of
from koho_pdf.content.values.workbook_cells import cell_text
from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.excel_beside import beside_sheet
from koho_pdf.intake.office_parts import NotOpened, Package
from koho_pdf.intake.received import Cell, Grid, Line, Piece, Received, line_of
from koho_pdf.intake.words_of_findings import MOST_SHOWN

_WIDEST = 200
_TALLEST = 5000


@dataclass(slots=True)
class _Read:
    """What was read of a sheet so far."""

    pieces: list[Piece] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)


def excel_file(content: bytes, package: Package, file: str) -> Received:
    """A workbook. Raises ``NoWorkbook``."""
    workbook = workbook_of(content, macros=True)
    read = _Read()
    for name in workbook.sheets:
        sheet = workbook.sheet(name)
        if name not in workbook.shown:
            words = _words_of(sheet, workbook, lambda row, column: True)
            read.findings += _hidden(f"シート「{name}」", words, Where(file=file))
            continue
        _sheet(sheet, workbook, name, file, read)
        beside_sheet(package, workbook.sheets[name], name, file, read.pieces, read.findings, read.aside)
    with suppress(NotOpened):
        main = next((path for kind, path in package.related("").values() if kind == "officeDocument"), "")
        for kind, path in package.related(main).values():
            if kind in ("chartsheet", "dialogsheet"):  # a sheet without cells
                beside_sheet(package, path, "", file, read.pieces, read.findings, read.aside)
    return Received(file, tuple(read.pieces), tuple(read.findings), tuple(read.aside))


def _sheet(sheet: Sheet, workbook: Workbook, name: str, file: str, read: _Read) -> None:
    """The lines and tables of a sheet: an empty row ends a table, a cell alone in its row is a line."""

    def is_hidden(row: int, column: int) -> bool:
        return row in sheet.hidden_rows or any(column in each for each in sheet.hidden_columns)

    if words := _words_of(sheet, workbook, is_hidden):
        read.findings += _hidden(f"シート「{name}」の行か列", words, Where(file=file))
    shown = {at: each for at, each in sorted(sheet.cells.items()) if not is_hidden(*at)}
    near = set(sorted({row for row, _ in shown})[:_TALLEST])
    far = {at: each for at, each in shown.items() if at[0] not in near or at[1] > _WIDEST}
    if words := _words_of(replace(sheet, cells=far), workbook, lambda row, column: True):
        read.findings += _far(name, words, Where(file=file))
    unseen = {at: each for at, each in shown.items() if at not in far and cell_text(each, workbook.from_1904) == ""}
    if words := "、".join(f"{column_name(at[1])}{at[0]} {each.text}" for at, each in unseen.items()):
        read.findings += _hidden(f"シート「{name}」の、見えない書式のセル", words, Where(file=file))
    if words := "、".join(f"{column_name(at[1])}{at[0]} {each.reading}" for at, each in shown.items() if each.reading):
        told = f"シート「{name}」の言葉に、Excel の覚えているふりがながあります。記事には入れていません: "
        for at in range(0, len(words), MOST_SHOWN):
            read.findings.append(note("received-reading", told + words[at : at + MOST_SHOWN], Where(file=file)))
    cells: dict[tuple[int, int], Cell] = {}
    for (row, column), stored in shown.items():
        if (row, column) not in far:
            cells[row, column] = _cell(stored, workbook, row, column, name, file, read.findings)
    spread = dict(_spread(sheet, cells))
    if spread:
        named = "・".join(each[0] for each in sheet.merged if (each[1], each[2]) in cells)[:200]
        told = (
            f"シート「{name}」に、結合されたセルがあります（{named}）。同じ言葉がどのセルにもあるものとして読みました。"
        )
        read.findings.append(note("received-merged", told, Where(file=file)))
    cells = spread | cells
    rows = sorted({row for row, _ in cells})
    block: list[int] = []
    for row in rows:
        alone = _alone(row, cells)
        if block and (row != block[-1] + 1 and not _only_hidden(block[-1], row, sheet)):
            read.pieces += _block(block, cells, name)
            block = []
        if alone and not block:
            read.pieces.append(replace(line_of(alone.plain, 0, row), sheet=name))
        else:
            block.append(row)
    read.pieces += _block(block, cells, name)


def _only_hidden(above: int, row: int, sheet: Sheet) -> bool:
    return all(each in sheet.hidden_rows for each in range(above + 1, row))


def _alone(row: int, cells: dict[tuple[int, int], Cell]) -> Cell | None:
    """The only cell of a row that says something."""
    said = [each for (at, _), each in cells.items() if at == row and not each.copied]
    return said[0] if len(said) == 1 and not _has_copy_of_above(row, cells) else None


def _has_copy_of_above(row: int, cells: dict[tuple[int, int], Cell]) -> bool:
    """Whether a cell of the row has its words from a merged cell that begins above."""
    return any(at == row and each.copied and each.row != row for (at, _), each in cells.items())


def _block(rows: list[int], cells: dict[tuple[int, int], Cell], name: str) -> list[Piece]:
    """The tables in these rows: an empty column parts two; those with the same heads become one."""
    if not rows:
        return []
    within = set(rows)
    there = sorted({column for row, column in cells if row in within})
    parts: list[list[int]] = [[there[0]]]
    for column in there[1:]:
        if column == parts[-1][-1] + 1:
            parts[-1].append(column)
        else:
            parts.append([column])
    if any(len(each) < 2 for each in parts):
        parts = [there]
    grids = [
        tuple(tuple(cells.get((row, column), Cell((), row, column)) for column in part) for row in rows)
        for part in parts
    ]
    first = [each.plain for each in grids[0][0]]
    if len(grids) > 1 and any(first) and all([cell.plain for cell in each[0]] == first for each in grids[1:]):
        below = tuple(row for each in grids[1:] for row in each[1:] if any(cell.plain for cell in row))
        grids = [grids[0] + below]
    return [Grid(each, name, rows[0]) for each in grids]


def _spread(sheet: Sheet, cells: dict[tuple[int, int], Cell]) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Copies of merged cells: each has the words and the place of the first."""
    for _, row, column, last_row, last_column in sheet.merged:
        first = cells.get((row, column))
        if first is None:
            continue
        for each in range(row, min(last_row, row + _TALLEST) + 1):
            for other in range(column, min(last_column, column + _WIDEST) + 1):
                if (each, other) != (row, column) and each not in sheet.hidden_rows:
                    yield (each, other), Cell(first.lines, row, column, first.raw, copied=True)


def _cell(
    stored: Stored, workbook: Workbook, row: int, column: int, sheet: str, file: str, found: list[Finding]
) -> Cell:
    where = Where(file=file, line=row, column=column)
    text = cell_text(stored, workbook.from_1904)
    if isinstance(text, tuple):
        told = f"シート「{sheet}」の {column_name(column)}{row}: {text[0].lstrip('、')}。"
        found.append(warning("received-cell", told, where, text[1]))
        text = stored.text
    lines = tuple(line_of(each, 0, row) for each in text.splitlines() if each.strip())
    return Cell(lines, row, column, _number(stored, workbook))


def _number(stored: Stored, workbook: Workbook) -> float | None:
    """The number behind a cell, days counted as Windows does."""
    if stored.type != "n" or not stored.computed:
        return None
    try:
        return float(stored.text)
    except ValueError:
        return None


def _words_of(sheet: Sheet, workbook: Workbook, wanted) -> str:  # type: ignore[no-untyped-def]
    words = []
    for (row, column), stored in sorted(sheet.cells.items()):
        if wanted(row, column):
            text = cell_text(stored, workbook.from_1904)
            words.append(
                f"{column_name(column)}{row} {' '.join((stored.text if isinstance(text, tuple) else text).split())}"
            )
    return "、".join(words)


def _far(sheet: str, words: str, where: Where) -> Iterator[Finding]:
    """Cells that stand so far away that no table reaches them."""
    for at in range(0, len(words), MOST_SHOWN):
        yield warning(
            "received-cell",
            f"シート「{sheet}」の離れたところにあるセルは、取り込みませんでした: {words[at : at + MOST_SHOWN]}",
            where,
            "要る言葉なら、表のそばに移して保存し直すか、記事に書き足してください。",
        )


def _hidden(what: str, words: str, where: Where) -> Iterator[Finding]:
    for at in range(0, len(words) or 1, MOST_SHOWN):
        yield warning(
            "received-hidden",
            f"{what}は隠されているので、取り込みませんでした: {words[at : at + MOST_SHOWN]}",
            where,
            "載せるものなら、Excel で「再表示」してから、もう一度取り込んでください。",
        )
