"""What stands beside the cells of a sheet of Excel: notes on cells, text boxes, pictures, heads and feet of pages."""

from __future__ import annotations

import re
from contextlib import suppress

from koho_pdf.content.values.workbook_parts import NoWorkbook, read_xml
from koho_pdf.findings import Finding, Where, warning
from koho_pdf.intake.office_parts import PICTURE_LIMIT, NotOpened, Package, local
from koho_pdf.intake.received import Grid, Line, Piece, Shown, line_of
from koho_pdf.intake.words_of_findings import MOST_SHOWN, outside, unread_picture

_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|K[0-9+-]{5}|[0-9]{1,3}|[A-Z])')  # 18.3.1.46: places and looks
_FEET = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def beside_sheet(
    package: Package, path: str, sheet: str, file: str, pieces: list[Piece], found: list[Finding], aside: list[Line]
) -> None:
    """Adds them to the pieces, findings and lines aside."""
    where = Where(file=file)

    def _foot(name: str, text: str) -> None:
        if name in _FEET and text.strip():
            words = "　".join(each for each in _CODE.split(text.replace("&&", "＆")) if each.strip())
            aside.extend([line_of(words)] if words else [])

    links: list[tuple[str, str]] = []

    def _link(name: str, given: dict[str, str]) -> None:
        if name == "hyperlink":
            links.append((given.get("ref", ""), given.get("id", "")))

    with suppress(NotOpened, NoWorkbook):
        read_xml(package.bytes_of(path), _link, _foot)
    try:
        related = package.related(path)
    except NotOpened:
        return
    said = "".join(line.plain for line in _lines(pieces))
    for ref, id_ in links:
        kind, address = related.get(id_, ("", ""))
        if kind == "outside" and address.removeprefix("mailto:") not in said:
            aside.append(line_of(f"{ref} のリンク　{address}"))
    for kind, part in related.values():
        with suppress(NotOpened):
            if kind == "comments":
                found += _comments(package, part, sheet, where)
            elif kind == "drawing":
                _drawing(package, part, where, pieces, found, aside)


def _lines(pieces: list[Piece]) -> list[Line]:
    grids = [each for each in pieces if isinstance(each, Grid)]
    cells = [line for grid in grids for row in grid.rows for cell in row for line in cell.lines]
    return [*(each for each in pieces if isinstance(each, Line)), *cells]


def _comments(package: Package, part: str, sheet: str, where: Where) -> list[Finding]:
    made = []
    for each in package.tree(part).iter():
        if local(each.tag) == "comment":
            words = " ".join("".join(one.text or "" for one in each.iter() if local(one.tag) == "t").split())
            told = f"シート「{sheet}」の {each.get('ref', '')} にメモがあります: 「{words[:MOST_SHOWN]}」"
            hint = "メモは記事に入りません。読んで、要ることを記事に書いてください。"
            made.append(warning("received-comment", told, where, hint))
    return made


def _drawing(
    package: Package, part: str, where: Where, pieces: list[Piece], found: list[Finding], aside: list[Line]
) -> None:
    related = package.related(part)
    alt = ""
    for each in package.tree(part).iter():
        name = local(each.tag)
        if name == "p":
            words = "".join(one.text or "" for one in each.iter() if local(one.tag) == "t")
            aside += [line_of(words)] if words.strip() else []
        elif name == "cNvPr":
            alt = each.get("descr", "") or each.get("title", "")
        elif name == "chart":
            path = related.get(next((value for key, value in each.items() if local(key) == "id"), ""), ("", ""))[1]
            with suppress(NotOpened):
                drawn = [one.text or "" for one in package.tree(path).iter() if local(one.tag) in ("t", "v")]
                aside += [line_of(one) for one in drawn if one.strip()]
                told = "グラフがあります。題と数は leftover に入れました。形は入っていません。"
                found.append(
                    warning("received-shape", told, where, "絵（JPEG・PNG）でもらい、写真として入れてください。")
                )
        elif name == "blip":
            id_ = next((value for key, value in each.items() if local(key) in ("embed", "link")), "")
            kind, path = related.get(id_, ("", ""))
            if kind == "outside":
                found.append(outside(path, where))
                continue
            try:
                content = package.bytes_of(path, PICTURE_LIMIT)
            except NotOpened:
                found.append(unread_picture(path.rpartition("/")[2], where))
            else:
                pieces.append(Shown(path.rpartition("/")[2], content, " ".join(alt.split())))
