"""EPUBCheck (W3C): is a book EPUB 3 as the standard has it?"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from judges.verdict import JAVA, TOOLS, Case, Judge, Verdict, said_by


def _jar() -> Path:
    (jar,) = TOOLS.glob("lib/python*/site-packages/epubcheck/epubcheck.jar")
    return jar


def _judge(cases: Sequence[Case]) -> Sequence[Verdict]:
    return [_verdict(case.path) for case in cases]


def _verdict(book: Path) -> Verdict:
    said = said_by(*JAVA, "-jar", _jar(), "--quiet", "--json", "-", book).stdout
    messages = [each for each in json.loads(said)["messages"] if each["severity"] in ("FATAL", "ERROR", "WARNING")]
    return Verdict(not messages, "; ".join(f"{each['ID']} {each['message']}" for each in messages[:2]))


def _without_language(case: Case, folder: Path) -> Case:
    """The book without the language that it must name (EPUB 3.3, 5.5.3.1.1)."""
    path = folder / "without-language.epub"
    with zipfile.ZipFile(case.path) as book, zipfile.ZipFile(path, "w") as spoilt:
        for each in book.infolist():
            spoilt.writestr(each, book.read(each).replace(b"<dc:language>ja</dc:language>", b""))
    return replace(case, path=path)


JUDGE = Judge(
    "EPUBCheck",
    "No error and no warning: container, package, contents and every article are EPUB 3.",
    lambda: said_by(*JAVA, "-jar", _jar(), "--version").stdout.splitlines()[0].rpartition("v")[2],
    lambda case: case.path.suffix == ".epub",
    _judge,
    "a book that does not name its language",
    _without_language,
)
