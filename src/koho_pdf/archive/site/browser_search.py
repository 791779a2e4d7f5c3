"""The search index that a browser reads: Pagefind's only door.

Pagefind parts Japanese into words of its dictionary and finds only their beginnings (not 鮭 in 秋鮭). So it is given
what the search on the city is given (decision 0013, ``query``): the folded text as its characters, once each, then its
pairs of neighbours, each spelled in Latin letters that no language's rules touch (decision 0018). ``search.js`` asks
in the same spelling.
"""

from __future__ import annotations

import hashlib
import html
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory

from koho_pdf.archive.search.folding import fold
from koho_pdf.archive.search.variants import VARIANTS
from koho_pdf.errors import ArchiveError
from koho_pdf.findings import Finding, error

FOLDER = "pagefind"
"""The folder of the index of the newest year, with what reads all; those of the years before stand below it."""
MOST_IN_ONE = 3000
"""Articles of one index, but for a year that has more: Pagefind needs some 0.5 MB of memory for each."""
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_END = "z"  # of a paragraph: nothing is found across it
NARROWED = {"year": "w", "kind": "x", "department": "y"}
"""What a search is narrowed by, and the letter before its value, which is a word too: the files of Pagefind's own
filters come out in another order every time."""
_ENTRY = "pagefind-entry.json"
_READING = ("pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind")
_MOST_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Searched:
    """An article to be found: its address, what is searched and shown, what a search is narrowed by (``NARROWED``),
    facts by name, and its order."""

    name: str
    heading: str
    text: str
    narrowed: Mapping[str, str]
    facts: Mapping[str, str]
    order: int
    readings: str = ""


_LAST = Searched("last.html", "", "", {}, {}, 0)
"""Stands below all articles, so that none has rank 0 and two indexes can be put in order (``search.js``); no words."""


def spelled(text: str) -> str:
    """The folded text as words of Latin letters: UTF-16 in hexadecimal, 0 to f written a to p."""
    paragraphs = [[_letters(each) for each in part] for part in fold(text).split("\n")]
    once = dict.fromkeys(each for part in paragraphs for each in part)
    return " ".join([*once, *(f"{' '.join(map(add, part, part[1:]))} {_END}" for part in paragraphs)])


def _letters(text: str) -> str:
    return text.encode("utf-16-be", "surrogatepass").hex().translate(_LETTERS)


def variants() -> str:
    """Pairs of a variant kanji and the form it is found as, for ``search.js``."""
    return "".join(map("".join, VARIANTS.items()))


def identity(articles: Sequence[Searched]) -> str:
    """What the index of these articles is made of, in one word; another where Pagefind is another."""
    return hashlib.sha256(f"{version('pagefind')}\n{articles!r}".encode("utf-8", "replace")).hexdigest()


def parted(articles: Sequence[Searched]) -> dict[str, list[Searched]]:
    """The articles (newest first) by the folder of their index, newest first: the newest year has one, those before
    have one for a few years at a time, filled from the oldest on. So an added issue, nearly always one of the newest
    year, leaves the others as they are, and none needs more memory than the machine has."""
    years: dict[str, list[Searched]] = {}
    for article in articles:
        years.setdefault(article.narrowed["year"], []).append(article)
    parts: list[tuple[str, list[Searched]]] = []
    for year, found in [*years.items()][:0:-1]:  # from the oldest to the last but one
        if parts and len(parts[-1][1]) + len(found) <= MOST_IN_ONE:
            parts[-1][1][:0] = found
        else:
            parts.append((f"{FOLDER}/from-{year}", found))
    return {FOLDER: next(iter(years.values())), **dict(reversed(parts))} if years else {}


def search_files(articles: Sequence[Searched], folder: str) -> dict[str, bytes]:
    """Pagefind's index of the articles, by name below the site, in ``FOLDER`` with what reads it; the same for the same
    articles. The file that leads to the others is the last.

    Raises ArchiveError (``site-search-failed``).
    """
    from pagefind.service import get_executable

    with TemporaryDirectory(prefix="koho-site-") as made:
        pages, index = Path(made) / "pages", Path(made) / "index"
        pages.mkdir()
        for article in (*articles, _LAST):
            page = pages / article.name
            page.parent.mkdir(exist_ok=True)
            page.write_text("".join(_page(article)), encoding="utf-8")
        options = ("--site", str(pages), "--output-path", str(index), "--silent")
        try:
            done = subprocess.run(
                [str(get_executable()), *options], capture_output=True, check=False, timeout=_MOST_SECONDS, cwd=made
            )
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise ArchiveError(_failed(str(fault))) from fault
        if done.returncode < 0 or b"memory allocation" in done.stderr:
            raise ArchiveError(_no_memory(len(articles)))
        if done.returncode or not (index / _ENTRY).is_file():
            raise ArchiveError(_failed(done.stderr.decode(errors="replace").strip()[-200:]))
        used = (*(_READING if folder == FOLDER else ()), _ENTRY)
        found = {path.relative_to(index).as_posix(): path for path in index.rglob("*") if path.is_file()}
        order = sorted(found, key=lambda name: (name == _ENTRY, ".pf_meta" in name, name))
        return {
            f"{folder}/{name}": found[name].read_bytes()
            for name in order
            if name in used or found[name].suffix.startswith(".pf_")
        }


def _page(article: Searched) -> Iterator[str]:
    """What Pagefind reads of an article; its language is none that Pagefind has rules for."""
    yield '<!doctype html><html lang="unknown"><head><title>-</title></head><body data-pagefind-body>'
    for name, value in {"heading": article.heading, "text": article.text, **article.facts}.items():
        yield f'<i data-pagefind-meta="{name}[data-value]" data-value="{html.escape(value)}"></i>'
    yield f'<i data-pagefind-sort="order[data-value]" data-value="{article.order}"></i>'
    narrowed = "".join(f"{NARROWED[name]}{_letters(fold(value))} " for name, value in article.narrowed.items() if value)
    readings = "".join(f" {_END} {spelled(each)}" for each in article.readings.split())
    yield f"<p>{narrowed}{_END} {spelled(article.heading)} {_END} {spelled(article.text)}{readings}</p></body></html>"


def _no_memory(articles: int) -> Finding:
    told = f"サイトの中を探すための索引を作る途中で、メモリーが足りなくなりました（{articles:,}記事）。"
    free = max(1, articles * 4 // 10_000)  # GB
    hint = f"ほかのプログラムを閉じるか、空きメモリーが{free}GB以上あるパソコンで、もう一度実行してください。"
    return error("site-search-memory", told, hint=hint)


def _failed(why: str) -> Finding:
    return error(
        "site-search-failed",
        f"サイトの中を探すための索引が作れません（{why}）。ページはできています。",
        hint="ディスクの空きを確かめて、もう一度実行してください。続くときは pagefind を入れ直してください。",
    )
