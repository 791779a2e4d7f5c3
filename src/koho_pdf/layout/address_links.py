"""Addresses in running text: telephone numbers, mail and web addresses become links and stay whole.

Digits count as a telephone number only if nothing else can be meant: they have an area code and ten or eleven digits,
or a word for the telephone stands before them. Dates, years, sums and postcodes have neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from koho_pdf.content.values.runs import InlineText, Joint, Kenten, Link, Run, Strong, Text, Tongue, plain_of

_TO_ASCII = str.maketrans("０１２３４５６７８９（）＋－‐‑‒–—−ー", "0123456789()+--------")  # one for one: places stay
_WEB = r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?(?:[/?#][!-~]*[A-Za-z0-9/=#&_~-])?"
_MAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
_NUMBER = (
    r"(?:(?P<sign>[☎℡☏]\ufe0e?\ufe0f? ?)|(?<![0-9A-Za-z,.\-/#@+]))"  # a sign before a number belongs to it
    r"(?:\+81[- ]\d{1,4}-\d{1,4}-\d{3,4}|"
    r"\(0\d{1,4}\) ?\d{1,4}-\d{3,4}|0\d{1,4}\(\d{1,4}\)\d{3,4}|0\d{1,4}-\d{1,4}-\d{3,4}|\d{1,4}-\d{4})"
    r"(?![0-9A-Za-z\-/]|[,.]\d)"
)
ADDRESS = re.compile(rf"(?P<web>{_WEB})|(?P<mail>{_MAIL})|(?P<number>{_NUMBER})")
"""Addresses that stay on one line, in ASCII; also numbers that may not be telephone numbers."""


def addresses_in(words: str) -> Iterator[re.Match[str]]:
    """The addresses of a text, typed in either width; their places are those in the text."""
    return ADDRESS.finditer(words.translate(_TO_ASCII))


def is_address(words: str) -> bool:
    """Whether all of the words are one address."""
    return ADDRESS.fullmatch(words.translate(_TO_ASCII)) is not None


_CUE = re.compile(
    r"(?P<fax>fax|ファクス|ファックス|ＦＡＸ|📠)|(?P<telephone>tel|ＴＥＬ|電話|携帯|でんわ|☎|℡|☏)", re.IGNORECASE
)
_FAX_AFTER = re.compile(r"\s*[(（]\s*(fax|ファクス|ファックス|ＦＡＸ)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(番号|代表|直通|[\s:：（()）はへ.．\ufe0e\ufe0f])*|[・、,，／/]\s*"
)  # a cue and its number; two numbers
_ELEVEN = ("050", "070", "080", "090", "0800", "020")  # how numbers of eleven digits begin


def with_links(text: InlineText, area_code: str, *, whole: bool = False) -> InlineText:
    """The text with its addresses as links; addresses inside a link stay as they are. ``area_code`` (``0164``)
    completes a local number; without it such a number does not become a link. ``whole`` is for a browser, which breaks
    at every hyphen: numbers that are not links (a fax, a postcode) must not break either.
    """
    return replace(text, runs=tuple(_linked(text.runs, area_code, whole)))


def without_links(text: InlineText) -> InlineText:
    """The text without its links, for words inside another link: links cannot be nested (HTML, 4.5.1)."""
    return replace(text, runs=tuple(_unlinked(text.runs)))


def _unlinked(runs: tuple[Run, ...]) -> Iterator[Run]:
    for run in runs:
        if isinstance(run, Link):
            yield from _unlinked(run.runs)
        else:
            yield replace(run, runs=tuple(_unlinked(run.runs))) if isinstance(run, Strong | Kenten) else run


def _linked(runs: tuple[Run, ...], area_code: str, whole: bool) -> Iterator[Run]:
    for is_words, together in groupby(runs, lambda run: isinstance(run, Text | Joint)):
        if is_words:
            yield from _words_linked(list(together), area_code, whole)
            continue
        for run in together:
            if isinstance(run, Strong | Kenten | Tongue):
                yield replace(run, runs=tuple(_linked(run.runs, area_code, whole)))
            else:
                yield run


def _words_linked(runs: Sequence[Run], area_code: str, whole: bool) -> Iterator[Run]:
    """Link words as if they had no forbidden breaks, then put these back: 42-{つなぐ}1809 is a number too."""
    joints, at = [], 0
    for run in runs:
        if isinstance(run, Joint):
            joints.append(at)
        at += len(plain_of((run,)))
    at = 0
    for run in _parts("".join(plain_of((run,)) for run in runs), area_code, whole):
        words = plain_of((run,))
        inside = [place - at for place in joints if at < place < at + len(words)]
        if words:
            yield from [Joint()] * (at in joints)
        if not inside:
            yield run
        elif isinstance(run, Link):
            yield replace(run, runs=tuple(_cut(words, inside)))
        else:
            yield from _cut(words, inside)
        at += len(words)
    yield from [Joint()] * (at in joints)


def _cut(words: str, joints: Sequence[int]) -> Iterator[Run]:
    done = 0
    for place in joints:
        yield from (Text(words[done:place]), Joint())
        done = place
    yield Text(words[done:])


def _parts(words: str, area_code: str, whole: bool) -> Iterator[Run]:
    plain, done, cue, read = words.translate(_TO_ASCII), 0, "", 0
    for found in ADDRESS.finditer(plain):
        between = words[read : found.start()]
        cues = list(_CUE.finditer(between))
        if cues:
            cue, between = str(cues[-1].lastgroup), between[cues[-1].end() :]
        if not _BETWEEN.fullmatch(between):
            cue = ""
        if found["sign"]:
            cue = "telephone"
        read = found.end()
        if _FAX_AFTER.match(words, read):
            cue = "fax"
        url = _url(found, cue, area_code)
        if url or whole:
            start = found.start() - (words[max(done, found.start() - 1)] == "〒")
            if words[done:start]:
                yield Text(words[done:start])
            said = words[start : found.end()]
            yield from [Link((Text(said),), url)] if url else _unbroken(said)
            done = found.end()
    if words[done:]:
        yield Text(words[done:])


def _unbroken(words: str) -> Iterator[Run]:
    yield Text(words[0])
    for character in words[1:]:
        yield from (Joint(), Text(character))


def _url(found: re.Match[str], cue: str, area_code: str) -> str:
    """The URL of an address; empty for a fax number, and for a number that may not be a telephone number."""
    if found["web"]:
        return found["web"]
    if found["mail"]:
        return f"mailto:{found['mail']}"
    digits = re.sub(r"\D", "", found["number"].replace("+81", "0"))
    if cue == "fax":
        return ""
    if not digits.startswith("0"):
        digits = area_code + digits if cue and area_code and 5 <= len(digits) <= 8 else ""
    whole = len(digits) == (11 if digits.startswith(_ELEVEN) else 10) and not digits.startswith("00")
    return f"tel:+81{digits[1:]}" if whole else ""
