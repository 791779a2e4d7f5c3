"""What the browser is told of the pages: pictures, where fields stand, how full everything is, what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from koho_pdf.content.article_files import read_issue
from koho_pdf.editions.page_pictures import PPI
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding, Severity, finding_of
from koho_pdf.layout.page_sides import side_of
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.screens.form_parts import Piece
from koho_pdf.screens.mends import mend_of

_MM = 25.4 / PPI
_WORDS = {Severity.ERROR: ("間違い", "r"), Severity.WARNING: ("注意", "y")}
_FINDING = tuple(each.name for each in fields(Finding))
_SAID = {
    "composed": ("composed", "紙面は最新です"),
    "failed": ("failed", "組めません（前の紙面のままです）"),
    "late": ("failed", "時間がかかりすぎたので止めました（前の紙面のままです）"),
    "ended": ("failed", "組む途中で止まりました（前の紙面のままです）"),
}


def told_pages(
    answer: Mapping[str, Any],
    said: Mapping[str, Any],
    findings: Sequence[Mapping[str, Any]],
    pieces: Sequence[Piece],
    folder: Path,
    root: Path,
    sheet: Mapping[str, Any],
) -> dict[str, Any]:
    """``answer`` is the worker's newest with pages (empty: none yet), ``said`` its newest of all; ``sheet`` is what the
    print shop does with the pages (``shelf.sheet_of``)."""
    pages = [_page(each) for each in answer.get("pages", ())]
    found = [_on_its_page(finding_of(_bare(each)), answer.get("boxes", ())) for each in findings]
    status, words = _SAID.get(str(said.get("state", "")), ("composing", "はじめの紙面を組んでいます"))
    if status == "failed" and not pages:
        words = "組めません。指摘を直すと、紙面が出ます"
    return {
        "status": status,
        "said": words,
        "pages": pages,
        "spreads": spreads(len(pages), sheet["binding"]),
        "sheet": sheet,
        "fields": list(answer.get("boxes", ())),
        "regions": list(answer.get("regions", ())),
        "findings": told_findings(found, pieces, folder, root),
    }


def _on_its_page(found: Finding, boxes: Sequence[Mapping[str, Any]]) -> Finding:
    """A finding about words with the first page on which they stand."""
    where = found.where
    if where.page or not where.field:
        return found
    for each in boxes:
        if each["field"] == where.field or str(each["field"]).startswith(f"{where.field}."):
            return replace(found, where=replace(where, page=each["page"]))
    return found


def _bare(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in _FINDING}


def _page(told: Mapping[str, Any]) -> dict[str, Any]:
    across, down = told.get("size", (827, 1169))
    return {
        "number": told["number"],
        "picture": told.get("picture", ""),
        "width": across * _MM,
        "height": down * _MM,
    }


def spreads(pages: int, binding: str) -> list[list[int]]:
    """The pages that are seen together, from left to right. Two pages are the sides of one sheet: never together."""
    if pages < 3:
        return [[number] for number in range(1, pages + 1)]
    found: list[list[int]] = [[1]]
    for number in range(2, pages + 1):
        if number % 2 and len(found[-1]) == 1 and found[-1] != [1]:
            found[-1].append(number)
        else:
            found.append([number])
    return [sorted(each, key=lambda number: side_of(number, binding) == "right") for each in found]


def told_findings(found: Iterable[Finding], pieces: Sequence[Piece], folder: Path, root: Path) -> list[dict[str, Any]]:
    """The findings that somebody must look at, mistakes first, then in the order of the pages."""
    wanted = [each for each in found if each.severity in _WORDS]
    wanted.sort(key=lambda each: (each.severity is not Severity.ERROR, each.where.page or 9999))
    try:
        tree: Tree | None = read_issue(folder, root)
    except KohoError:
        tree = None
    titles = _titles(pieces)
    told = []
    for number, each in enumerate(wanted):
        word, kind = _WORDS[each.severity]
        field = each.where.field or ""
        piece = piece_of(field, pieces)
        box = each.where.box
        told.append(
            {
                "key": f"{number}:{'|'.join(each.key)}",
                "word": word,
                "kind": kind,
                "message": each.message,
                "hint": each.hint,
                "field": field,
                "piece": piece.path if piece else None,
                "page": each.where.page,
                "box": [box.x, box.y, box.width, box.height] if box else None,
                "place": f"{each.where.page}ページ" if each.where.page else "",
                "where": _where(field, piece, titles),
                "mend": mend_of(each, tree) if tree else None,
            }
        )
    return told


def piece_of(path: str, pieces: Sequence[Piece]) -> Piece | None:
    """The piece that a path is of; the issue's own where no other is."""
    inside = [
        each
        for each in pieces
        if each.path and (path == each.path or path.startswith(each.path if each.path[-1] == ":" else f"{each.path}."))
    ]
    return max(inside, key=lambda each: len(each.path)) if inside else pieces[0] if pieces and path else None


def _titles(pieces: Sequence[Piece]) -> dict[str, str]:
    return {each.path: each.title for piece in pieces for each in piece.controls}


def _where(field: str, piece: Piece | None, titles: Mapping[str, str]) -> str:
    if piece is None:
        return ""
    return "　".join(filter(None, (piece.title, titles.get(field, ""))))
