"""The text gate at the command line: ``koho check --text FILE``."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from koho_pdf.cli.streams import as_json, print_json
from koho_pdf.cli.streams import bytes_of as read_bytes
from koho_pdf.cli.telling import tell
from koho_pdf.errors import ManuscriptError, UsageError
from koho_pdf.findings import error, errors_in


def add_to(checked: argparse.ArgumentParser) -> None:
    """The options of ``koho check`` about a plain text."""
    checked.add_argument("--text", type=Path, metavar="ファイル", help="号の代わりに、ふつうの文章のファイルを校閲します")
    checked.add_argument("--date", metavar="日", help="その文章が載る号の発行日（2027-03-01）。年のない日付の曜日を確かめます")


def check_text(options: argparse.Namespace) -> int:
    """Tell what the text gate finds in a plain text. Raises UsageError: no-file, wrong-date."""
    from koho_pdf.gate.checking import checked, prose_of_text
    from koho_pdf.gate.style import Style
    from koho_pdf.workspace.workspace import open_workspace

    text, day = _text(read_bytes(options.text)), _day(options.date)
    here = (options.workspace / "koho.yaml").is_file()  # a text can be checked anywhere
    style = open_workspace(options.workspace).city.style if here else Style()
    found = checked(prose_of_text(text, options.text.name), style, day)
    if options.json:
        print_json(as_json(found))
    else:
        tell(found)
    stops = errors_in(found) or (options.strict and found)
    return ManuscriptError.exit_code if stops else 0


def _text(raw: bytes) -> str:
    """UTF-8, or the encodings of older Windows and Word files."""
    for name in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp932", "euc_jp"):
        try:
            return raw.decode(name).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UsageError(error("not-text", "文章のファイルとして読めません。", hint="UTF-8 のテキストに保存し直してください。"))


def _day(words: str | None) -> datetime.date | None:
    if words is None:
        return None
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        told = f"「{words}」は日付として読めません。"
        raise UsageError(error("wrong-date", told, hint="「2027-03-01」のように書いてください。")) from None
