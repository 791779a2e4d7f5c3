"""What an archive knows of one issue: its articles as plain text, kept as ``record.json`` in the issue's folder."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


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
