"""Reads which PDFs to take in, from the command line or from a list (CSV); each mistake is told with its line."""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from koho_pdf.archive.ingest.old_pdf import Entry
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.legible import is_plain, of_text
from koho_pdf.manuscript.refusal import Refusal

COLUMNS = {
    "file": ("file", "ファイル"),
    "number": ("number", "号", "号数"),
    "date": ("date", "日付", "発行日"),
    "title": ("title", "題名", "タイトル"),
    "kind": ("kind", "種類"),
    "name": ("name", "名前"),
    "revision": ("revision", "版"),
}
_PAGES = (".pdf", ".jpg", ".jpeg", ".tif", ".tiff", ".djvu", ".djv", ".png")
"""Endings of files that hold an issue's pages; such a file is told if it is not listed."""

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")


def entry_of(file: Path, facts: Mapping[str, str], where: Where) -> Entry:
    """One PDF and the facts about it (``number``, ``date``, ``title``, ``kind``, ``name``, ``revision``; "" if not).

    Raises ArchiveError (``archive-facts``) with every mistake in them.
    """
    found: list[Finding] = []

    def wrong(message: str, hint: str) -> None:
        found.append(error("archive-facts", message, where, hint))

    said = {key: facts.get(key, "").strip() for key in COLUMNS}
    if not re.fullmatch(r"[0-9]{0,6}", said["number"], re.ASCII):
        wrong(f"号数「{said['number'][:30]}」が読めません。", "812 のように、半角の数字で書いてください。")
    if not re.fullmatch(r"[1-9]?[0-9]?", said["revision"], re.ASCII) or said["revision"] == "0":
        wrong(f"版「{said['revision'][:30]}」が読めません。", "2 のように、半角の数字で書いてください。")
    if not is_plain(said["title"]):
        wrong(f"題名「{of_text(said['title'][:30])}」に、改行などの制御文字があります。", "題名は1行で書いてください。")
    day = datetime.date.min
    try:
        day = CalendarDate.parse(said["date"]).day
    except Refusal as refusal:
        form = "2010-04-01 か 平成22年4月1日 のように書いてください。"
        if said["date"]:
            wrong(refusal.findings[0].message, refusal.findings[0].hint or form)
        else:
            wrong("発行日がありません。", f"{form}（1つのPDFなら --date、一覧なら date の列です。）")
    kind = said["kind"] or "koho"
    number = int(said["number"]) if not found and said["number"] else None
    if not said["number"] and not said["name"]:
        wrong("号数も名前もありません。", "号数（number）か、号数のない冊子なら名前（name）を書いてください。")
    name = said["name"] or f"{kind}-{said['number']:0>4}"
    if said["revision"] not in ("", "1"):
        name += f"-r{said['revision']}"
    if not found and not (_NAME.fullmatch(name) and _NAME.fullmatch(kind)):
        wrong(f"名前「{name[:30]}」は使えません。", "名前と種類は、半角の英数字と - _ だけで書いてください。")
    if found:
        raise ArchiveError(*found)
    return Entry(file, name, number, day, said["title"] or (f"第{number}号" if number is not None else name), kind)


def listed(folder: Path, table: Path) -> Iterator[Entry | tuple[Finding, ...]]:
    """The PDFs of a folder as a CSV lists them (UTF-8, or Shift_JIS as Excel writes it), or what is wrong in a line.

    Raises ArchiveError (``archive-list``) when it is not such a list. PDFs of the folder that are not listed are told
    last.
    """
    rows = csv.reader(io.StringIO(_decoded(table), newline=""))
    try:
        head = [cell.strip() for cell in next(rows, [])]
        places = {key: head.index(word) for key, words in COLUMNS.items() for word in words if word in head}
        if not {"file", "date"} <= places.keys():
            raise _no_list(table, "1行目に file, number, date の見出しがありません")
        named: dict[Path, int] = {}
        there = [path for path in sorted(folder.glob("*")) if path.suffix.lower() in _PAGES]
        for row in rows:
            facts = {key: row[place].strip() for key, place in places.items() if place < len(row)}
            if not any(facts.values()):
                continue
            where = Where(file=of_text(table.name), line=rows.line_num)
            yield _row(folder, there, facts, where, named)
    except csv.Error as fault:
        raise _no_list(table, "表として読めません") from fault
    for path in there:
        if path not in named:
            hint = "一覧に行を足してください。"
            message = f"「{of_text(path.name)}」は一覧にないので、入れませんでした。"
            yield (error("archive-not-listed", message, Where(file=of_text(table.name)), hint),)


def _row(
    folder: Path, there: Sequence[Path], facts: Mapping[str, str], where: Where, named: dict[Path, int]
) -> Entry | tuple[Finding, ...]:
    file = facts.get("file", "")
    if not file or Path(file).name != file or not is_plain(file):
        hint = "フォルダーの中のファイルの名前だけを書いてください。"
        return (error("archive-facts", f"ファイルの名前「{of_text(file[:60])}」が使えません。", where, hint),)
    same = (path for path in there if path.name == file), (path for path in there if _spelt(path.name) == _spelt(file))
    path = next(chain(*same), folder / file)
    if path in named:
        message = f"「{file[:60]}」は{named[path]}行目にもあります。"
        return (error("archive-facts", message, where, "どちらかの行を消してください。"),)
    named[path] = where.line or 0
    try:
        return entry_of(path, facts, where)
    except ArchiveError as fault:
        return fault.findings


def _spelt(name: str) -> str:
    """A file's name as people write it, whatever bytes the disk has: a Mac splits が in two, old disks
    have Shift_JIS.
    """
    return unicodedata.normalize("NFC", of_text(name))


def _decoded(table: Path) -> str:
    try:
        raw = table.read_bytes()
    except OSError:
        raise _no_list(table, "ファイルが読めません") from None
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _no_list(table, "UTF-8 でも Shift_JIS でもありません")


def _no_list(table: Path, why: str) -> ArchiveError:
    hint = "file,number,date,title を見出しにした CSV を示してください。"
    return ArchiveError(
        error("archive-list", f"PDFの一覧が読めません（{why}）。", Where(file=of_text(table.name)), hint)
    )
