"""What an archive knows of one issue: its articles as plain text, kept as ``data/record.json`` in the issue's bag.

An archive is a plain folder with one bag an issue; this file is all that search reads of it.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, Where, error

SCHEMA = 1
"""The version of ``record.json``; keys that we do not know are ignored."""

_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Article:
    """記事: its heading, its plain text (paragraphs separated by ``\\n``), the page it begins on (from 1), its 担当課.

    ``key`` is its permalink within the issue (ASCII); empty if it has none. ``readings`` are those of its words
    (ruby), separated by spaces: they are searched and not shown. ``importance`` (high, normal, low) and ``deadline``
    (ISO 8601) are what the manuscript says of them, else empty. ``corrects`` are the articles of past issues that it
    corrects: the issue's name, a slash, the article's key.
    """

    heading: str
    text: str
    page: int
    department: str = ""
    key: str = ""
    readings: str = ""
    importance: str = ""
    deadline: str = ""
    corrects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One issue of the archive; ``name`` is its folder there, ``number`` its 号数 (None if it has none)."""

    name: str
    number: int | None
    date: datetime.date
    title: str
    kind: str
    articles: tuple[Article, ...]
    pages: int


def record_bytes(record: Record) -> bytes:
    """``record.json``: UTF-8, the same bytes for the same record."""
    written: dict[str, Any] = {"schema": SCHEMA, **asdict(record), "date": record.date.isoformat()}
    for article in written["articles"]:
        for key in ("readings", "importance", "deadline", "corrects"):
            if not article[key]:
                del article[key]
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def address_keys(given: Sequence[str]) -> list[str]:
    """An address for each article of an issue: its key, or ``aN`` by its place if it has no usable key."""
    fit = [key if _KEY.fullmatch(key) and key != "index" and given.count(key) == 1 else "" for key in given]
    taken = set(fit)
    keys = []
    for place, key in enumerate(fit, 1):
        own = key or f"a{place}"
        while not key and own in taken:
            own += "x"
        keys.append(own)
    return keys


def described(name: str, title: str, day: str) -> dict[str, str]:
    """The least that ``bag-info.txt`` says of an issue (RFC 8493, 2.2.2); all of it: ``provenance``. The day is the one
    on which the bag is packed (ISO 8601)."""
    return {"Bagging-Date": day, "External-Identifier": name, "External-Description": title}


def read_record(folder: Path, payload: str = PAYLOAD) -> Record:
    """The record of the issue in ``folder``, a bag; for a release, which is not a bag yet, ``payload`` is empty. Raises
    ArchiveError (``record-broken``) when ``record.json`` cannot be read, has another shape, or belongs to another
    folder.
    """
    try:
        record = _record(json.loads((folder / payload / "record.json").read_bytes()))
        if record.name != folder.name:
            raise ValueError(f"name は「{folder.name}」のはずです")
    except OSError as fault:
        raise ArchiveError(_broken(folder, payload, fault.strerror or "読めません")) from fault
    except RecursionError as fault:
        raise ArchiveError(_broken(folder, payload, "入れ子が深すぎます")) from fault
    except json.JSONDecodeError as fault:
        raise ArchiveError(_broken(folder, payload, "JSONではありません", fault.lineno)) from fault
    except UnicodeDecodeError as fault:
        raise ArchiveError(_broken(folder, payload, "UTF-8ではありません")) from fault
    except ValueError as fault:
        raise ArchiveError(_broken(folder, payload, str(fault))) from fault
    return record


def _broken(folder: Path, payload: str, why: str, line: int | None = None) -> Finding:
    return error(
        "record-broken",
        f"保存庫の「{folder.name}」の record.json が読めません（{why}）。この号は探せません。",
        Where("/".join(filter(None, (folder.parent.name, folder.name, payload, "record.json"))), line),
        "控えから戻してください。控えもなければ、koho archive remove で除いてから、もう一度しまいます。",
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
    department, key = _text(written, "department", ""), _text(written, "key", "")
    readings, importance, deadline = (_text(written, each, "") for each in ("readings", "importance", "deadline"))
    corrects = written.get("corrects", [])
    if not isinstance(corrects, list) or not all(isinstance(each, str) for each in corrects):
        raise ValueError("corrects が記事の一覧ではありません")
    heading, text = _text(written, "heading"), _text(written, "text")
    return Article(heading, text, page, department, key, readings, importance, deadline, tuple(corrects))


def _text(written: Mapping[str, object], key: str, absent: str | None = None) -> str:
    value = written.get(key, absent)
    if not isinstance(value, str):
        raise ValueError(f"{key} が文字ではありません")
    return value.encode("utf-8", "replace").decode()  # JSON can write half a surrogate pair, which is not text


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
