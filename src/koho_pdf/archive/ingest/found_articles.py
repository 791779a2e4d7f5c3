"""Makes articles from the blocks of a page: joins paragraphs, and finds headings by size, weight and place."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from koho_pdf.archive.bags.record import Article
from koho_pdf.archive.ingest.columns import Block, body_size
from koho_pdf.archive.ingest.glyph_lines import UNREAD, Line

_LONGEST_HEADING = 60  # characters
_FEW = 5  # letters: a shorter text is not an article of its own
_LONGEST_LIST = 1000  # letters: a longer text is not a list of headings
_NAMEPLATE = 1.5  # times as large as the heading after it
_LARGER = 1.25  # a heading's size in sizes of the body
_OUTER = 0.08  # share of a page's height with folios (ノンブル) and running heads (柱)
_ITEM = re.compile(r"[・●○◎■□◆◇▼▽▲△★☆※①-⑳➀-➉]|[(（]?[0-9０-９]{1,2}[)）.．]")
_ADVERT = "広告"  # the heading of all advertisements of a page
_FOLIO = re.compile(r"\W*[0-9]{1,3}\W*")
_ENDS = "。」』）)！？!?："
_LATIN = re.compile(r"[\u0021-\u007e\u00c0-\u024f]")
_LEADER = re.compile(r"[…‥]{2}|[・.．]{4}|(?:・ ?){4}")  # leader dots in lists
_CUT_FIGURE = re.compile(r"[^\s!-~][0-9][0-9,.:/-]*$|[0-9]-$"), re.compile(r"[0-9][0-9,.:/-]*[^\s!-~]|[0-9]+-")
_RUNNING = 8  # em: a shorter line has hardly been cut at the end of its measure


def articles(
    pages: Sequence[Sequence[Block]], heights: Sequence[float], garbled: Collection[int] = ()
) -> tuple[Article, ...]:
    """The articles of all pages (their blocks in reading order; heights in mm), with all of the text except folios. An
    article begins at a heading and ends at the next one or with its page, because nobody can know whether it goes on
    overleaf. Text before the first heading of a page is an article named after the page; so is all text of a
    ``garbled`` page, whose letters are no words.
    """
    furniture = _furniture(pages, heights)
    body = body_size(line for blocks in pages for block in blocks for line in block.lines)
    bold_body = _mostly_bold(pages, body)
    found: list[tuple[Article, float]] = []  # each with its heading's em in mm
    adverts: list[tuple[Article, float]] = []
    for number, blocks in enumerate(pages, 1):
        heading, em, texts, readings = "", 0.0, list[str](), list[str]()
        last: Line | None = None
        cut: Line | None = None
        paid: list[str] = []
        for block in blocks:
            lines = [line for line in block.lines if (number, line) not in furniture]
            if block.advert:
                paid += [line.text for line in lines]
                continue
            if block.table:
                texts += [line.text for line in lines]
                last = cut = None
                continue
            plain = [(False, lines)] if lines and number in garbled else []
            for is_heading, part in plain or _parts(lines, body, bold_body):
                if not is_heading:
                    said = paragraphs(part)
                    if cut and texts and _alike(cut, part[0]) and not part[0].text.startswith("\u3000"):
                        texts[-1] += said.pop(0)  # the text goes on in the next column
                    texts += said
                    last, cut = None, part[-1] if _is_full(part) else None
                    continue
                cut = None
                words = "".join(_joined(part))
                if last and not texts and _goes_on(last, part[0]):
                    heading += words
                else:
                    found += _made(heading, texts, number, em, readings)
                    heading, em, texts, readings = words, part[0].size, [], []
                last = part[-1]
            readings += block.readings
        found += _made(heading, texts, number, em, readings)
        adverts += _made(_ADVERT, paid, number, 0.0, []) if paid else []
    ours = tuple(_gathered(found))
    return tuple(sorted((*ours, *(article for article, _ in adverts)), key=lambda article: article.page))


def _gathered(found: Sequence[tuple[Article, float]]) -> Iterator[Article]:
    """The articles, after joining very short ones to the article they belong to; no word is left out. A heading without
    text (of a section, or a list of the following headings) is joined to the article after it, unless it is much
    larger: a nameplate (題字) stays alone. Several headings in a row with only a word or two each (numbered mottoes, a
    table) are one article.
    """
    headings = sorted({_bare(article.heading) for article, _ in found} - {""}, key=len, reverse=True)
    waiting: list[Article] = []
    before = 0.0
    for article, em in found:
        if waiting and (article.page != waiting[0].page or (not waiting[-1].text and before > _NAMEPLATE * em)):
            yield _joined_in_one(waiting)
            waiting = []
        before = em
        if _said(article, headings) < _FEW:
            waiting.append(article)
            continue
        if any(_said(each, headings) for each in waiting):  # those belong together, not to this one
            yield _joined_in_one(waiting)
            waiting = []
        yield _opened(waiting, article)
        waiting = []
    if waiting:
        yield _joined_in_one(waiting)


def _said(article: Article, headings: Sequence[str]) -> int:
    """The number of letters in an article's text, without repeated headings."""
    own = _bare(article.text)
    for heading in headings:
        own = own.replace(heading, "") if len(own) < _LONGEST_LIST else own
    return len(own)


def _bare(words: str) -> str:
    return "".join(letter for letter in words if unicodedata.category(letter)[0] == "L")


def _opened(empty: Sequence[Article], article: Article) -> Article:
    """The article with the headings before it, as far as they make one readable heading."""
    names = list(dict.fromkeys(each.heading for each in (*empty, article) if not _is_made(each)))
    if names and len("\u3000".join(names)) <= _LONGEST_HEADING:
        texts = [each.text for each in (*empty, article) if each.text]
        return Article("\u3000".join(names), "\n".join(texts), article.page, readings=_read((*empty, article)))
    return _joined_in_one((*empty, article))


def _joined_in_one(articles: Sequence[Article]) -> Article:
    first, *others = articles
    texts = [first.text, *(words for each in others for words in (each.heading, each.text))]
    return Article(first.heading, "\n".join(filter(None, texts)), first.page, readings=_read(articles))


def _read(articles: Sequence[Article]) -> str:
    """The readings of several articles, each once."""
    return " ".join(dict.fromkeys(reading for each in articles for reading in each.readings.split()))


def _is_made(article: Article) -> bool:
    """Whether we made the heading, because the page has none."""
    return article.heading == f"（{article.page}ページ）"


def _made(
    heading: str, texts: Sequence[str], page: int, em: float, readings: Sequence[str]
) -> list[tuple[Article, float]]:
    if not heading and not texts:
        return []
    said = " ".join(dict.fromkeys(readings))
    return [(Article(heading or f"（{page}ページ）", "\n".join(texts), page, readings=said), em)]


def _is_full(lines: Sequence[Line]) -> bool:
    """Whether the last line is full and does not end a sentence."""
    full = max(_extent(line)[1] for line in lines) - _extent(lines[-1])[1] < 1.5 * lines[-1].size
    return len(lines) > 1 and full and lines[-1].text[-1] not in _ENDS


def _alike(one: Line, other: Line) -> bool:
    """Whether two lines have the same direction, size and weight."""
    same_size = abs(one.size - other.size) < 0.05 * one.size
    return one.vertical is other.vertical and one.bold is other.bold and same_size


def _goes_on(last: Line, line: Line) -> bool:
    """Whether the next line belongs to the same heading: right after it and set alike."""
    gap = last.box.x - line.box.right if line.vertical else line.box.y - last.box.bottom
    return _alike(last, line) and -0.5 * line.size < gap < 1.2 * line.size


def _parts(lines: Sequence[Line], body: float, bold_body: bool) -> Iterator[tuple[bool, list[Line]]]:
    """The lines of a block in runs of headings and of text."""
    part: list[Line] = []
    was = False
    for line in lines:
        is_heading = _is_heading(line, body, bold_body) or (was and _ends_heading(part, line))
        if part and is_heading is not was:
            yield was, part
            part = []
        part.append(line)
        was = is_heading
    if part:
        yield was, part


def _ends_heading(part: Sequence[Line], line: Line) -> bool:
    """Whether a line ends a heading that is a sentence: it is set like the lines before, and the whole is short."""
    return _alike(part[-1], line) and sum(len(each.text) for each in (*part, line)) <= _LONGEST_HEADING


def _is_heading(line: Line, body: float, bold_body: bool) -> bool:
    stands_out = line.size >= _LARGER * body or (line.bold and not bold_body and line.size >= 0.95 * body)
    short = len(line.text) <= _LONGEST_HEADING and not line.text.endswith(("。", "、"))
    named = 3 * line.text.count(UNREAD) < len(line.text)
    return stands_out and short and named and any(unicodedata.category(letter)[0] == "L" for letter in line.text)


def _mostly_bold(pages: Sequence[Sequence[Block]], body: float) -> bool:
    lines = [line for blocks in pages for block in blocks for line in block.lines if abs(line.size - body) < 0.1]
    return sum(len(line.text) for line in lines if line.bold) * 2 > sum(len(line.text) for line in lines)


def _furniture(pages: Sequence[Sequence[Block]], heights: Sequence[float]) -> set[tuple[int, Line]]:
    """Folios and running heads: at the head or foot of two pages (both left or both right), the same words except for
    figures at the same place; or small type on the line of a folio.
    """
    outer = [
        (number, line)
        for number, (blocks, height) in enumerate(zip(pages, heights, strict=True), 1)
        for block in blocks
        for line in block.lines
        if line.box.bottom < _OUTER * height or line.box.y > (1 - _OUTER) * height
    ]
    places = {(number, _standing(line)) for number, line in outer}
    often = Counter(standing for _, standing in places)
    folios = [(number, line) for number, line in outer if _FOLIO.fullmatch(unicodedata.normalize("NFKC", line.text))]
    body = body_size(line for blocks in pages for block in blocks for line in block.lines)

    def beside_folio(number: int, line: Line) -> bool:
        return line.size <= _LARGER * body and any(
            page == number and abs(folio.box.y - line.box.y) < 0.5 * max(line.size, folio.size)
            for page, folio in folios
        )

    return {
        (number, line)
        for number, line in outer
        if often[_standing(line)] > 1 or (number, line) in folios or (len(pages) > 1 and beside_folio(number, line))
    }


def _standing(line: Line) -> tuple[str, int]:
    """A line's words without its figures (such as the page's number), and its height on the page in steps of 5 mm."""
    return re.sub(r"[0-9]+", "0", unicodedata.normalize("NFKC", line.text)), round(line.box.y / 5)


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The lines of a block joined to paragraphs: a paragraph begins with an indented line, an item, or after a short
    line.
    """
    if not lines:
        return []
    extents = [_extent(line) for line in lines]
    start, end = min(first for first, _ in extents), max(last for _, last in extents)
    parts: list[list[Line]] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        indented = extents[index][0] > start + 0.7 * line.size or line.text.startswith("\u3000")
        ended = before and before.text[-1] in _ENDS and extents[index - 1][1] < end - 1.5 * line.size
        listed = before and _LEADER.search(before.text) and _LEADER.search(line.text)
        if before is None or indented or ended or listed or _ITEM.match(line.text):
            parts.append([])
        parts[-1].append(line)
    return ["".join(_joined(part, end)).strip("\u3000 ") for part in parts]


def _extent(line: Line) -> tuple[float, float]:
    """The beginning and end of a line along its direction, in mm."""
    return (line.box.y, line.box.bottom) if line.vertical else (line.box.x, line.box.right)


def _joined(lines: Sequence[Line], end: float = 0.0) -> Iterator[str]:
    """The joined texts of lines, with a space between Latin letters; but no space in a figure that was cut at the
    ``end`` of the measure, as word processors do.
    """
    before: Line | None = None
    for line in lines:
        if before and _LATIN.match(before.text[-1]) and _LATIN.match(line.text) and not _is_cut(before, line, end):
            yield " "
        yield line.text
        before = line


def _is_cut(before: Line, line: Line, end: float) -> bool:
    """Whether a figure in Japanese text goes on in the next line."""
    first, last = _extent(before)
    runs_on = last - first > _RUNNING * before.size and end - last < 1.2 * before.size
    return bool(runs_on and _CUT_FIGURE[0].search(before.text) and _CUT_FIGURE[1].match(line.text))
