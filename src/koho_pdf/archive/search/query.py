"""A question, and an article's words, as tokens and in the language of FTS5.

The words of an article become its characters, once each, and then all its pairs of neighbours in order. A word of one
character is one token, a longer word is a phrase of pairs. So words of any length are found anywhere, exactly, without
a dictionary (decision 0013).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from operator import add

from koho_pdf.archive.bags.record import Article
from koho_pdf.archive.search.folding import fold

# FTS5's ascii tokenizer separates only at ASCII, so ASCII is written in its wide forms, which folding never leaves; "n"
# is the end of a paragraph.
_TOKEN = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {ord("\n"): "n"}


@dataclass(frozen=True, slots=True)
class Query:
    """A folded question: all of the words, none of ``without``; if given, the kind, a part of the department, first and
    last day.
    """

    words: tuple[str, ...]
    kind: str = ""
    department: str = ""
    days: tuple[datetime.date, datetime.date] = (datetime.date.min, datetime.date.max)
    without: tuple[str, ...] = ()


def asked(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words to find and the words that must not occur, folded, each once, from typed text: words separated by white
    space, "several together" in quotation marks, and -such with a hyphen before them.
    """
    wanted: dict[str, None] = {}
    without: dict[str, None] = {}
    for found in _ASKED.finditer(typed):
        if word := fold(found[2] or found[3] or found[4] or found[0]).replace("\n", ""):
            (without if found[1] else wanted)[word] = None
    if not wanted and not without:  # a quotation mark alone
        wanted = dict.fromkeys(filter(None, map(fold, typed.split())))
    return tuple(wanted), tuple(without)


_ASKED = re.compile(r'(?<!\S)([-－−]?)(?:["“”]([^"“”]+)["“”]|([^\s"“”]+))|(?:["“”]([^"“”]+)["“”]|[^\s"“”]+)')


def tokens(article: Article, kind: str) -> tuple[str, str, str]:
    """The columns of ``words``: the heading and the text, the department, the kind as one token."""
    words = "\n".join(filter(None, (article.heading, article.text, article.readings.replace(" ", "\n"))))
    return _spelled(words), _spelled(article.department), fold(kind).translate(_TOKEN)


def _spelled(text: str) -> str:
    """Every character of the folded text once, then its pairs in order."""
    token = fold(text).translate(_TOKEN)
    return " ".join([*dict.fromkeys(token), *map(add, token, token[1:])])


def _phrase(word: str) -> str:
    """A folded word as ``_spelled`` text has it: one character, or its pairs."""
    token = word.translate(_TOKEN)
    return f'"{token if len(token) == 1 else " ".join(map(add, token, token[1:]))}"'


def expression(query: Query) -> str:
    """The query in FTS5's language. Nothing that a user types is read as that language: every character becomes part of
    a token.
    """
    asked = [f"text : {_phrase(word)}" for word in query.words]
    if query.department:
        asked.append(f"department : {_phrase(query.department)}")
    if query.kind:
        asked.append(f'kind : "{query.kind.translate(_TOKEN)}"')
    found = " AND ".join(asked)
    if query.without:
        found = f"({found}) NOT ({' OR '.join(f'text : {_phrase(word)}' for word in query.without)})"
    return found
