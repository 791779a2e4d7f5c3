"""What an archive knows of one issue: its articles as plain text, kept as ``record.json`` in the issue's folder.

An archive is a plain folder with one folder an issue; this file is all that search reads of it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error

SCHEMA = 1
"""The version of ``record.json``; keys that are not ours are left to whoever wrote them."""


@dataclass(frozen=True, slots=True)
class Article:
    """記事: its heading, its plain text (paragraphs parted by ``\\n``), the page it begins on (from 1), its 担当課."""

    heading: str
    text: str
    page: int
    department: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One issue of the archive; ``name`` is its folder there, ``number`` its 号数 (None where it has none)."""

    name: str
    number: int | None
    date: datetime.date
    title: str
    kind: str
    articles: tuple[Article, ...]
    pages: int


def record_bytes(record: Record) -> bytes:
    """``record.json``: UTF-8, the same bytes for the same record."""
    written = {"schema": SCHEMA, **asdict(record), "date": record.date.isoformat()}
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def read_record(folder: Path) -> Record:
    """The record of the issue in ``folder``.

    Raises ArchiveError (``record-broken``) when ``record.json`` cannot be read, is not of this shape, or is another
    folder's.
    """
    try:
        record = _record(json.loads((folder / "record.json").read_bytes()))
        if record.name != folder.name:
            raise ValueError(f"name は「{folder.name}」のはずです")
    except OSError as fault:
        raise ArchiveError(_broken(folder, fault.strerror or "読めません")) from fault
    except RecursionError as fault:
        raise ArchiveError(_broken(folder, "入れ子が深すぎます")) from fault
    except json.JSONDecodeError as fault:
        raise ArchiveError(_broken(folder, "JSONではありません", fault.lineno)) from fault
    except UnicodeDecodeError as fault:
        raise ArchiveError(_broken(folder, "UTF-8ではありません")) from fault
    except ValueError as fault:
        raise ArchiveError(_broken(folder, str(fault))) from fault
    return record


def _broken(folder: Path, why: str, line: int | None = None) -> Finding:
    return error(
        "record-broken",
        f"保存庫の「{folder.name}」の record.json が読めません（{why}）。この号は探せません。",
        Where(f"{folder.parent.name}/{folder.name}/record.json", line),
        "控えから戻すか、その号をもう一度しまってください。",
    )


def _record(written: object) -> Record:
    if not isinstance(written, dict) or written.get("schema") != SCHEMA:
        raise ValueError(f"schema が {SCHEMA} ではありません")
    articles = written.get("articles")
    if not isinstance(articles, list):
        raise ValueError("articles が一覧ではありません")
    return Record(
        name=_text(written, "name"),
        number=None if written.get("number") is None else _count(written, "number", least=0),
        date=_day(written),
        title=_text(written, "title"),
        kind=_text(written, "kind"),
        articles=tuple(map(_article, articles)),
        pages=_count(written, "pages", least=0),
    )


def _article(written: object) -> Article:
    if not isinstance(written, dict):
        raise ValueError("articles に記事でないものがあります")
    page = _count(written, "page", least=1)
    return Article(_text(written, "heading"), _text(written, "text"), page, _text(written, "department", ""))


def _text(written: Mapping[str, object], key: str, absent: str | None = None) -> str:
    value = written.get(key, absent)
    if not isinstance(value, str):
        raise ValueError(f"{key} が文字ではありません")
    return value.encode("utf-8", "replace").decode()  # JSON can write half a surrogate pair, which is no text


def _count(written: Mapping[str, object], key: str, least: int) -> int:
    value = written.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 2**31:
        raise ValueError(f"{key} が数ではありません")
    return value


def _day(written: Mapping[str, object]) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_text(written, "date"))
    except ValueError:
        raise ValueError("date が「2013-04-01」の形の日付ではありません") from None
