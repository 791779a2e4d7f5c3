"""The search index that a browser reads: Pagefind's only door.

Pagefind cuts Japanese into words of its dictionary and finds only their beginnings (not 鮭 in 秋鮭). So we give it the
same as the archive's own search (decision 0013, ``query``): the folded text as its characters, once each, then its
pairs of neighbours, each spelled in Latin letters that no rules of a language change (decision 0018). ``search.js``
asks in the same spelling.
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
"""The folder of the newest year's index and of the reader for all; the indexes of earlier years are below it."""
MOST_IN_ONE = 3000
"""Most articles of one index, unless one year has more: Pagefind needs about 0.5 MB of memory for each."""
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_END = "z"  # end of a paragraph: nothing is found across it
NARROWED = {"year": "w", "kind": "x", "department": "y"}
"""The facts that narrow a search, with the letter before each value. They are indexed as words, because the files of
Pagefind's own filters come out in another order every time.
"""
_ENTRY = "pagefind-entry.json"
_READING = ("pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind")
_MOST_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Searched:
    """An article to be found: its address, the text that is searched and shown, the facts that narrow a search
    (``NARROWED``), other facts by name, and its order.
    """

    name: str
    heading: str
    text: str
    narrowed: Mapping[str, str]
    facts: Mapping[str, str]
    order: int
    readings: str = ""


_LAST = Searched("last.html", "", "", {}, {}, 0)
"""An entry without words below all articles, so that no article has rank 0 and two indexes can be put in order
(``search.js``).
"""


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
    """A sum of everything that the index of these articles is made from, Pagefind's version included."""
    return hashlib.sha256(f"{version('pagefind')}\n{articles!r}".encode("utf-8", "replace")).hexdigest()


def parted(articles: Sequence[Searched]) -> dict[str, list[Searched]]:
    """The articles (newest first) by the folder of their index, newest first. The newest year has its own index;
    earlier years share indexes, filled from the oldest year on. So a new issue, nearly always of the newest year,
    leaves the other indexes unchanged, and none needs more memory than the machine has.
    """
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
    """Pagefind's index of the articles and its reader, by name below the site, in ``FOLDER``; the same articles give
    the same files. The entry file is the last.

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
    """The page that Pagefind reads for an article; its language is one without rules in Pagefind."""
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
