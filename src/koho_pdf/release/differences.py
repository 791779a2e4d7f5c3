"""What differs between two makings of the same files: which files, and of a PDF which pages and which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from itertools import zip_longest

_MOST_WORDS = 20  # of one page
_AROUND = 6  # characters told on both sides of a difference
_SCALE = 100 / 72  # pixels a point: 100 ppi, where a moved hair shows


@dataclass(frozen=True, slots=True)
class PageDifference:
    """A page (counted from 1) that looks or reads differently; ``words`` are pairs of the old and the new words."""

    page: int
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not the same; ``fate`` is ``gone``, ``new`` or ``changed``.

    ``pages`` are those of a changed PDF that differ; if there are none, only its bytes differ.
    """

    file: str
    fate: str
    pages: tuple[PageDifference, ...] = ()


def differences(then: Mapping[str, bytes], now: Mapping[str, bytes]) -> tuple[Difference, ...]:
    """Every file whose bytes differ, by name. The PDFs must be ours, so that they can be read."""
    return tuple(_between(then, now))


def _between(then: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[Difference]:
    for name in sorted({*then, *now}):
        if name not in now:
            yield Difference(name, "gone")
        elif name not in then:
            yield Difference(name, "new")
        elif then[name] != now[name]:
            pages = _of_pages(then[name], now[name]) if name.endswith(".pdf") else ()
            yield Difference(name, "changed", tuple(pages))


def _of_pages(then: bytes, now: bytes) -> Iterator[PageDifference]:
    both = zip_longest(_pages(then), _pages(now), fillvalue=(b"", ""))
    for number, ((looked, said), (looks, says)) in enumerate(both, 1):
        if looked != looks or said != says:
            yield PageDifference(number, tuple(words(said, says))[:_MOST_WORDS])


def _pages(content: bytes) -> Iterator[tuple[bytes, str]]:
    """How each page looks, as pixels with their size, and what it says."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(BytesIO(content))
    try:
        for page in pdf:
            bitmap = page.render(scale=_SCALE)
            looks = f"{bitmap.width} {bitmap.height} ".encode() + bytes(bitmap.buffer)
            yield looks, page.get_textpage().get_text_range()
    finally:
        pdf.close()


def words(then: str, now: str) -> Iterator[tuple[str, str]]:
    """Pairs of the old and the new words, with a few characters around; compared by lines, then by characters."""
    was, is_ = then.splitlines(), now.splitlines()
    for kind, a, b, c, d in SequenceMatcher(None, was, is_, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _characters("".join(was[a:b]), "".join(is_[c:d]))


def _characters(was: str, is_: str) -> Iterator[tuple[str, str]]:
    """Join differences that are nearer to each other than the characters shown around them."""
    joined: list[list[int]] = []
    for kind, a, b, c, d in SequenceMatcher(None, was, is_, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if joined and a - joined[-1][1] <= _AROUND:
            joined[-1][1], joined[-1][3] = b, d
        else:
            joined.append([a, b, c, d])
    for a, b, c, d in joined:
        yield _with_around(was, a, b), _with_around(is_, c, d)


def _with_around(text: str, first: int, last: int) -> str:
    return text[max(0, first - _AROUND) : last + _AROUND]


def of_software(then: Mapping[str, str], now: Mapping[str, str]) -> Sequence[tuple[str, str, str]]:
    """Packages whose versions differ: name, version then, version now; empty where it was not there."""
    return [
        (name, then.get(name, ""), now.get(name, ""))
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    ]
