"""The index of an archive: one SQLite file with FTS5, made from every ``record.json`` and never more than that.

An article's id is its day and a number within it: FTS5's own order, downwards, is then newest first, a year is a range
of ids, and a search may stop as soon as it has enough (decision 0013; tokens: ``query``). ``index.sqlite`` may be
deleted at any time. Only this module uses ``sqlite3``.
"""

from __future__ import annotations

import datetime
import sqlite3
import unicodedata
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from koho_pdf.archive.bags.bag import PAYLOAD
from koho_pdf.archive.bags.holdings import Issue, must_be_there
from koho_pdf.archive.bags.record import Article, Record
from koho_pdf.archive.bags.register import register_path
from koho_pdf.archive.bags.withheld import issue_folders, shown_of
from koho_pdf.archive.search.query import Query, expression, tokens
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, error
from koho_pdf.platform.locks import locked

MOST_COUNTED = 1000
"""A search counts no further than this."""

_IDENTITY = f"2 {unicodedata.unidata_version}"
"""Count the first number up when folding, tokens or tables change; an index with another identity is made anew."""
_FILE = "index.sqlite"
_TABLES = """
CREATE TABLE made_by (identity TEXT);
CREATE TABLE issue (id INTEGER PRIMARY KEY, name TEXT UNIQUE, stamp TEXT, number INTEGER, day INTEGER, title TEXT,
    kind TEXT, pages INTEGER, articles INTEGER);
CREATE TABLE article (id INTEGER PRIMARY KEY, issue INTEGER, heading TEXT, department TEXT, page INTEGER, text BLOB,
    readings TEXT);
CREATE INDEX article_of_issue ON article (issue);
CREATE VIRTUAL TABLE words USING fts5(text, department, kind, content='', columnsize=0, tokenize='ascii');
INSERT INTO words (words, rank) VALUES ('hashsize', 67108864);
"""
_A_DAY = 1 << 16  # ids within a day
_PATIENCE = 5.0  # seconds to wait for another program

_T = TypeVar("_T")


def with_index(
    archive: Path,
    work: Callable[[Index], _T],
    *,
    anew: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
) -> tuple[_T, tuple[Finding, ...]]:
    """The result of ``work`` with the archive's index, which is brought up to date before; and a finding for each
    unreadable issue. An index that is missing, broken or of another version is made anew. If it cannot be written (a
    read-only disk), one in memory is used this time, unless it was to be made ``anew``. Raises ArchiveError:
    ``no-archive``, ``index-busy`` when another program keeps it for seconds, ``index-not-written``.
    """
    must_be_there(archive)
    try:
        return _with_kept_index(archive, work, anew, progress)
    except ArchiveError as fault:
        if anew or fault.findings[0].code != "index-not-written":
            raise
    with closing(sqlite3.connect(":memory:", isolation_level="IMMEDIATE")) as database:
        database.executescript(_TABLES)
        findings = (index := Index(database, archive)).take_in(progress)
        return work(index), findings


def _with_kept_index(
    archive: Path, work: Callable[[Index], _T], anew: bool, progress: Callable[[str], None]
) -> tuple[_T, tuple[Finding, ...]]:
    for making in (anew, True):
        try:
            if making or not _usable(archive / _FILE):
                _make(archive, making, progress)
            with closing(_connect(archive / _FILE)) as database:
                index = Index(database, archive)
                findings = index.refresh(progress)
                return work(index), findings
        except (sqlite3.Error, zlib.error, UnicodeDecodeError) as fault:
            known = _told(fault, archive / _FILE)
            if known or making:
                raise ArchiveError(known or _not_written(archive / _FILE, str(fault))) from fault
        except OSError as fault:
            raise ArchiveError(_not_written(archive / _FILE, fault.strerror or str(fault))) from fault
    raise AssertionError("the second time is always anew")


class Index:
    """An open index of an archive."""

    def __init__(self, database: sqlite3.Connection, archive: Path) -> None:
        self._database = database
        self._archive = archive

    def refresh(self, progress: Callable[[str], None] = lambda stage: None) -> tuple[Finding, ...]:
        """Take in everything that changed in the archive; a finding for every issue that cannot be read."""
        if self._changed() == ([], []):
            return ()
        with locked(self._archive):
            return self.take_in(progress)

    def take_in(self, progress: Callable[[str], None]) -> tuple[Finding, ...]:
        """``refresh`` for a caller that already has the lock."""
        findings: list[Finding] = []
        gone, new = self._changed()
        with self._database:  # one transaction, begun by the first change
            for name in gone:
                self._remove(name)
            for count, name in enumerate(new, 1):
                if count % 50 == 0:
                    progress(f"{len(new)}号のうち{count}号目を索引に入れる")
                stamp = _stamp(self._archive / name)
                try:
                    self._insert(shown_of(self._archive / name).record, stamp)
                except ArchiveError as fault:
                    findings += fault.findings
        return tuple(findings)

    def _changed(self) -> tuple[list[str], list[str]]:
        """The names of issues to take out and to take in; a changed one is both."""
        known = dict(self._database.execute("SELECT name, stamp FROM issue"))
        records = [path for path in issue_folders(self._archive) if (path / PAYLOAD / "record.json").is_file()]
        there = {path.name: _stamp(path) for path in records}
        return (
            [name for name in known if known[name] != there.get(name)],
            [name for name in there if known.get(name) != there[name]],
        )

    def issues(self) -> tuple[Issue, ...]:
        """Every issue, oldest first."""
        rows = self._database.execute(
            "SELECT name, number, day, title, kind, pages, articles FROM issue ORDER BY day, name"
        )
        return tuple(
            Issue(name, number, datetime.date.fromordinal(day), title, kind, pages, articles)
            for name, number, day, title, kind, pages, articles in rows
        )

    def names(self) -> list[str]:
        """The names of all issues."""
        return [name for (name,) in self._database.execute("SELECT name FROM issue")]

    def find(self, query: Query, limit: int) -> tuple[list[tuple[Issue, Article]], int]:
        """The newest articles that match, at most ``limit``; and their number, at most MOST_COUNTED + 1."""
        first, last = (day.toordinal() * _A_DAY for day in query.days)
        ids = self._database.execute(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
            (expression(query), first, last + _A_DAY - 1, max(limit, MOST_COUNTED + 1)),
        ).fetchall()
        return [self._article(found) for (found,) in ids[:limit]], min(len(ids), MOST_COUNTED + 1)

    def _article(self, number: int) -> tuple[Issue, Article]:
        row = self._database.execute(
            "SELECT name, number, day, title, kind, pages, articles, heading, department, page, text,"
            " readings FROM article JOIN issue ON issue.id = article.issue WHERE article.id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("words of an article that is not there")
        name, of, day, title, kind, pages, articles, heading, department, page, text, readings = row
        issue = Issue(name, of, datetime.date.fromordinal(day), title, kind, pages, articles)
        return issue, Article(heading, zlib.decompress(text).decode(), page, department, "", readings)

    def _insert(self, record: Record, stamp: str) -> None:
        day, articles = record.date.toordinal(), len(record.articles)
        issue = self._database.execute(
            "INSERT INTO issue VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
            (record.name, stamp, record.number, day, record.title, record.kind, record.pages, articles),
        ).lastrowid
        first = day * _A_DAY
        (taken,) = self._database.execute(
            "SELECT max(id) FROM article WHERE id BETWEEN ? AND ?", (first, first + _A_DAY - 1)
        ).fetchone()
        # The last article first: read downwards, the articles of an issue then come in their order.
        for number, article in enumerate(reversed(record.articles), first if taken is None else taken + 1):
            text = zlib.compress(article.text.encode())
            self._database.execute(
                "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, issue, article.heading, article.department, article.page, text, article.readings),
            )
            self._database.execute(
                "INSERT INTO words (rowid, text, department, kind) VALUES (?, ?, ?, ?)",
                (number, *tokens(article, record.kind)),
            )

    def _remove(self, name: str) -> None:
        (issue, kind) = self._database.execute("SELECT id, kind FROM issue WHERE name = ?", (name,)).fetchone()
        rows = self._database.execute(
            "SELECT id, heading, text, page, department, readings FROM article WHERE issue = ? ORDER BY id", (issue,)
        ).fetchall()
        for number, heading, text, page, department, readings in rows:
            article = Article(heading, zlib.decompress(text).decode(), page, department, "", readings)
            self._database.execute(  # FTS5 keeps no copy and must be given the old words again
                "INSERT INTO words (words, rowid, text, department, kind) VALUES ('delete', ?, ?, ?, ?)",
                (number, *tokens(article, kind)),
            )
        self._database.execute("DELETE FROM article WHERE issue = ?", (issue,))
        self._database.execute("DELETE FROM issue WHERE id = ?", (issue,))


def _stamp(folder: Path) -> str:
    """A value that changes when the issue's record is written again, or when anything is decided about it."""
    found = (folder / PAYLOAD / "record.json").stat()
    try:
        decided = register_path(folder.parent, folder.name).stat()
        return f"{found.st_mtime_ns} {found.st_size} {decided.st_mtime_ns} {decided.st_size}"
    except OSError:
        return f"{found.st_mtime_ns} {found.st_size}"


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_PATIENCE, isolation_level="IMMEDIATE"
    )
    database.execute("PRAGMA cache_size = -65536")
    return database


def _usable(path: Path) -> bool:
    """Whether there is an index that this program made and can read."""
    if not path.exists():
        return False
    try:
        with closing(_connect(path)) as database:
            return database.execute("SELECT identity FROM made_by").fetchall() == [(_IDENTITY,)]
    except sqlite3.Error as fault:
        if _told(fault, path):
            raise
        return False


def _make(archive: Path, anew: bool, progress: Callable[[str], None]) -> None:
    """Make the index from nothing, beside the old one, and put it in its place in one step."""
    target, making = archive / _FILE, archive / f".{_FILE}.new"
    with locked(archive):
        if not anew and _usable(target):
            return  # another program has made it meanwhile
        making.unlink(missing_ok=True)
        try:
            making.touch()
            with closing(_connect(making)) as database:
                # Nobody else sees the file, and a half-made one is thrown away: no journal.
                database.executescript(f"PRAGMA page_size = 16384; PRAGMA journal_mode = OFF;{_TABLES}")
                database.execute("INSERT INTO made_by VALUES (?)", (_IDENTITY,))
                Index(database, archive).take_in(progress)
                database.execute("INSERT INTO words (words) VALUES ('optimize')")
                database.commit()
            for journal in ("-journal", "-wal", "-shm"):
                target.with_name(_FILE + journal).unlink(missing_ok=True)  # of the broken index
            making.replace(target)
        finally:
            making.unlink(missing_ok=True)


_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_REFUSED = {
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH),
}


def _told(fault: Exception, path: Path) -> Finding | None:
    """The finding about a fault that a new index would not mend; None if the index itself is at fault."""
    code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the rest says more exactly why
    if code in _BUSY:
        return error(
            "index-busy",
            f"索引 {path} をほかのプログラムが使っています。",
            hint="少し待ってから、もう一度実行してください。",
        )
    return _not_written(path, str(fault)) if code in _REFUSED else None


def _not_written(path: Path, why: str) -> Finding:
    return error(
        "index-not-written",
        f"索引 {path} を作れません（{why}）。",
        hint="ディスクの空きと、保存庫のフォルダーに書き込めるかを確かめてください。",
    )
