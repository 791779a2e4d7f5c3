"""Reads plain text, CSV and TSV in whatever encoding a department saved it: UTF-8, UTF-16, Shift_JIS (CP932), EUC-JP,
JIS.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.iso_2022_jp import decoded_jis
from koho_pdf.intake.received import SPACES, Cell, Grid, Line, Received, line_of
from koho_pdf.manuscript.encoding import other_encoding

_JAPANESE = re.compile("[ぁ-ヿ一-龠]")
_HALF_KANA = re.compile("[ｦ-ﾟ]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_TRIED = 1_000_000
_ENDS = tuple("。！？!?」』）)：:")
_BEGINS = re.compile(r"[\s　・●○◎■□◆◇★☆※【〈《「＊*\-－—>＞①-⑳㈱]|[0-9０-９一二三四五六七八九十]+[.．、)）]")
_NARROWEST, _WIDEST = 40, 100
_MOST_ROWS, _MOST_COLUMNS = 20_000, 300


def decoded(raw: bytes, file: str) -> tuple[str, list[Finding]]:
    """The text of a file, and what is told about its encoding. Bytes that are no text are named."""
    name = other_encoding(raw)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, name = raw.decode("utf-16", "replace"), "UTF-16"
    elif utf16 := _utf_16(raw) or ("utf-16-be" if raw[:1] == b"\0" else "utf-16-le") * (name == "UTF-16"):
        text, name = raw.decode(utf16, "replace"), "UTF-16"
    elif name.startswith("ISO-2022-JP"):
        text = decoded_jis(raw)
    elif name == "Shift_JIS":
        text = raw.decode("cp932", "replace")
    elif name == "EUC-JP":
        text = raw.decode("euc_jp", "replace")
    else:
        text, name = _damaged(raw)
    found: list[Finding] = []
    if name:
        told = f"文字コードは {name} でした。"
        found.append(note("received-encoding", told, Where(file=file)))
    if broken := text.count("\ufffd"):
        line = text[: text.index("\ufffd")].count("\n") + 1
        told = f"文字として読めないところが{broken}か所あります（はじめは{line}行目）。"
        hint = "「�」のところを元のファイルで確かめ、記事を直してください。"
        found.append(warning("received-not-text", told, Where(file=file, line=line), hint))
    return _LINE_ENDS.sub("\n", text), found


def _damaged(raw: bytes) -> tuple[str, str]:
    """The text of bytes that are no good text of any encoding, or UTF-8, with the name of another encoding: in that of
    the fewest wrong bytes. Read as UTF-8, a text in Shift_JIS has a wrong place in most characters."""
    text = raw.decode("utf-8-sig", "replace")
    if text.count("\ufffd") * 10 <= sum(each > 0x7F for each in raw[:_TRIED]):
        return text, ""
    others = ((raw.decode(codec, "replace"), name) for codec, name in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")))
    best = min(others, key=lambda each: each[0].count("\ufffd") + len(_HALF_KANA.findall(each[0])))
    return best if _JAPANESE.search(best[0]) else (text, "")


def _utf_16(raw: bytes) -> str:
    """Japanese UTF-16 without a mark: no such bytes are good UTF-8 or Shift_JIS."""
    if len(raw) < 8 or len(raw) % 2 or b"\0" not in raw:
        return ""
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = raw[:4096].decode(codec)
        except UnicodeDecodeError:
            continue
        if len(_JAPANESE.findall(text)) > len(text) // 3:
            return codec
    return ""


def text_file(raw: bytes, file: str) -> Received:
    """A plain text, paragraph by paragraph."""
    text, found = decoded(raw, file)
    return Received(file, tuple(paragraphs(text)), tuple(found))


def paragraphs(text: str) -> Iterator[Line]:
    """The paragraphs of a text: a line that was broken only because it was full goes on in the next one."""
    lines = text.replace("\f", "\n").split("\n")
    widest = max(map(_width, lines), default=0)
    full = widest - 4 if _NARROWEST <= widest <= _WIDEST else 10**9
    held, number, last = "", 0, 0
    for at, line in enumerate(lines, 1):
        goes_on = held and line.strip(SPACES) and last >= full and not held.endswith(_ENDS) and not _BEGINS.match(line)
        if goes_on:
            apart = " " if held[-1].isascii() and line[0].isascii() else ""
            held += apart + line.strip(SPACES)
        else:
            if held.strip(SPACES):
                yield line_of(held, 0, number)
            held, number = line.rstrip(SPACES), at
        last = _width(line)
    if held.strip(SPACES):
        yield line_of(held, 0, number)


def _width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(each) in "FWA") for each in line.rstrip(SPACES))


def table_file(raw: bytes, file: str) -> Received:
    """A CSV or TSV file as a table."""
    text, found = decoded(raw, file)
    first = text.split("\n", 1)[0]
    tabs = first.count("\t") > first.count(",") or file.lower().endswith((".tsv", ".tab"))
    rows: list[tuple[Cell, ...]] = []
    for strict in (True, False):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",", strict=strict)
        rows = []
        try:
            begins = 1
            for record in reader:
                if len(rows) >= _MOST_ROWS or len(record) > _MOST_COLUMNS:
                    break
                rows.append(tuple(_cell(each, begins, column) for column, each in enumerate(record, 1)))
                begins = reader.line_num + 1
            break
        except csv.Error:
            if strict:
                told = f'引用符 " の開きと閉じが合いません（{reader.line_num}行目）。'
                hint = "その行から後ろの列が正しいかを、元のファイルと見くらべてください。"
                found.append(warning("received-quotes", told, Where(file=file, line=reader.line_num), hint))
    rest = "" if reader.line_num >= text.count("\n") else "\n".join(text.split("\n")[reader.line_num :])
    wide = max(map(len, rows), default=0)
    filled = tuple((*row, *(Cell((), row[0].row if row else 0, 0),) * (wide - len(row))) for row in rows if row)
    pieces = (Grid(filled, "", 1),) if filled else ()
    return Received(file, pieces, tuple(found), tuple(paragraphs(rest)))


def _cell(text: str, line: int, column: int) -> Cell:
    return Cell(tuple(line_of(each, 0, line) for each in text.split("\n") if each.strip(SPACES)), line, column)
