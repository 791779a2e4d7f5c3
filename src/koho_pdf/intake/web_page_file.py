"""Reads an HTML file: headings, paragraphs, ruby, bold, links, lists, tables, pictures that are inside of it. Nothing
that it refers to is fetched, and no script runs.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import tinyhtml5

from koho_pdf.findings import Finding, Where, note, warning
from koho_pdf.intake.office_parts import local
from koho_pdf.intake.plain_text_file import decoded, paragraphs
from koho_pdf.intake.received import SPACES, Bit, Cell, Grid, Line, Piece, Received, Shown
from koho_pdf.intake.words_of_findings import MOST_SHOWN, outside


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _words(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary ul tr td th "
    "table tbody thead "
)
_NOT_TEXT = frozenset(["script", "style", "template", "noscript", "head", "title"])
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_DEEPEST = 200
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_LIMIT = 3_000_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_ALONE = _words(
    "area base br col embed hr img input link meta source wbr p li dt dd tr td th thead tbody tfoot option "
)
"""Elements that nobody needs to close."""
_MOST_OPEN, _MOST_TAGS = 400, 60_000


@dataclass(slots=True)
class _Page:
    """Reads one page."""

    file: str
    pieces: list[Piece] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    bits: list[Bit] = field(default_factory=list)
    number: int = 0
    left_out: int = 0
    aside: list[Line] = field(default_factory=list)

    def block(self, element: Element, look: Bit, level: int, depth: int, before: str = "") -> None:
        """The lines of an element that stands by itself."""
        self.end(level)
        if before:
            self.bits.append(Bit(before))
        name = _name(element)
        inner = int(name[1]) if re.fullmatch("h[1-6]", name) else level
        self.inside(element, look, inner, depth)
        self.end(inner)

    def inside(self, element: Element, look: Bit, level: int, depth: int) -> None:
        """The text of an element and all below it."""
        self.words(element.text, look)
        counted = _whole(element.get("start", "1"))
        for each in element:
            name = _name(each, "!")
            if depth > _DEEPEST:
                self.words(" ".join("".join(each.itertext()).split()), look)
            elif name in _NOT_TEXT or name == "!":
                self.left_out += name in ("script", "style") and bool((each.text or "").strip())
                if name == "noscript" and (said := _said(each)):
                    self.aside.append(Line((Bit(said),)))
            elif _HIDDEN.search(each.get("style", "")) or each.get("hidden") is not None:
                if said := _said(each):
                    told = f"ページで隠されている言葉「{said[:MOST_SHOWN]}」は、取り込みませんでした。"
                    hint = "ウェブページでは見えない言葉です。要る言葉なら、記事に書き足してください。"
                    self.findings.append(warning("received-hidden", told, Where(file=self.file), hint))
            elif name == "br":
                self.end(level)
            elif name == "table":
                self.end(level)
                self.pieces.append(self.table(each, depth))
            elif name == "img":
                self.picture(each)
            elif name == "ruby":
                self.ruby(each, look)
            elif name == "li":
                number = f"{counted}. " if local(element.tag) == "ol" else "・"
                counted += 1
                self.block(each, look, level, depth + 1, number)
            elif name in _BLOCKS:
                self.block(each, look, level, depth + 1)
            elif name in ("input", "textarea", "option"):
                self.words(each.get("value") if name == "input" else "".join(each.itertext()), look)
            else:
                inner = replace(look, strong=look.strong or (name in ("b", "strong") and not level))
                if name == "a" and re.match("https?://|mailto:|tel:", each.get("href", "")):
                    inner = replace(inner, link=each.get("href", ""))
                self.inside(each, inner, level, depth + 1)
            self.words(each.tail, look)

    def words(self, text: str | None, look: Bit) -> None:
        """A text; its line ends and tabs are spaces, as on a page."""
        if not text:
            return
        text = re.sub("[ \t\r\n\f]+", " ", text)
        if re.search("[ぁ-ヿ一-龠！-｠]", text):
            text = re.sub("(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)
        self.bits.append(replace(look, text=text))

    def ruby(self, element: Element, look: Bit) -> None:
        """Pairs of a base and its reading."""
        base = element.text or ""
        for each in element:
            name = _name(each)
            if name == "rt":
                self.bits.append(replace(look, text=base.strip(), reading="".join(each.itertext()).strip()))
                base = ""
            elif name != "rp":
                base += "".join(each.itertext())
            base += each.tail or ""
        self.words(base, look)

    def end(self, level: int) -> None:
        """The line that has been gathered."""
        bits, self.bits = self.bits, []
        if "".join(each.text for each in bits).strip(SPACES):
            self.number += 1
            first, *rest = bits
            self.pieces.append(Line((replace(first, text=first.text.lstrip(" ")), *rest), level, self.number))

    def table(self, table: Element, depth: int) -> Grid:
        """A table; cells over several columns or rows are repeated as copies."""
        rows: list[dict[int, Cell]] = []
        for at, row in enumerate(_rows(table)):
            while len(rows) <= at:
                rows.append({})
            column = 0
            for cell in (each for each in row if local(str(each.tag)) in ("td", "th")):
                while column in rows[at]:
                    column += 1
                page = _Page(self.file, number=self.number)
                page.block(cell, Bit(""), 0, depth + 1)
                lines = [each for each in page.pieces if isinstance(each, Line)]
                lines += [one for each in page.pieces if isinstance(each, Grid) for one in _lines_of(each)]
                self.pieces += [each for each in page.pieces if isinstance(each, Shown)]
                self.findings += page.findings
                self.aside += page.aside
                made = Cell(tuple(lines), at + 1, column + 1)
                wide, high = min(_whole(cell.get("colspan", "1")), 40), min(_whole(cell.get("rowspan", "1")), 100)
                for below in range(at, at + max(high, 1)):
                    while len(rows) <= below:
                        rows.append({})
                    for beside in range(column, column + max(wide, 1)):
                        first = (below, beside) == (at, column)
                        rows[below].setdefault(beside, made if first else replace(made, copied=True))
                column += max(wide, 1)
        width = max((max(each, default=-1) + 1 for each in rows), default=0)
        filled = tuple(
            tuple(row.get(each, Cell((), at + 1, each + 1)) for each in range(width)) for at, row in enumerate(rows)
        )
        caption = next((each for each in table if local(str(each.tag)) == "caption"), None)
        if caption is not None:
            self.block(caption, Bit(""), 0, depth + 1)
        return Grid(filled, "", self.number)

    def picture(self, element: Element) -> None:
        source, alt = element.get("src", ""), " ".join(element.get("alt", "").split())
        inside = re.match(r"data:image/(png|jpeg|tiff)[^,]{0,60},", source)
        if inside:
            try:
                content = base64.b64decode(unquote(source[inside.end() :]), validate=False)
            except (binascii.Error, ValueError):
                content = b""
            self.pieces.append(Shown(f"写真.{inside[1].replace('jpeg', 'jpg')}", content, alt, self.number))
        else:
            self.findings.append(outside(source[:200], Where(file=self.file)))
            if alt:
                self.bits.append(Bit(alt))


def web_page_file(raw: bytes, file: str) -> Received:
    """An HTML file. Raises ``NotOpened`` never: every text is HTML."""
    charset = _CHARSET.search(raw[:4096])
    named = charset[1].decode("ascii").lower() if charset else ""
    if named in ("shift_jis", "x-sjis", "windows-31j", "cp932"):
        raw = raw.decode("cp932", "replace").encode()
    text, found = decoded(raw, file)
    if _is_odd(text):
        words = html.unescape(re.sub(r"<[^<>]{0,2000}>", "\n", re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", "", text)))
        told = "ページの作りが込み入っているので、文章だけを取り込みました。"
        return Received(file, tuple(paragraphs(words)), (*found, note("received-look", told, Where(file=file))))
    tree = tinyhtml5.parse(text[:_LIMIT], namespace_html_elements=False)
    page = _Page(file, findings=found)
    body = next((each for each in tree.iter() if each.tag == "body"), tree)
    page.block(body, Bit(""), 0, 0)
    title = next((each for each in tree.iter() if each.tag == "title"), None)
    aside = page.aside
    if title is not None and (words := " ".join("".join(title.itertext()).split())):
        aside.append(Line((Bit(words),)))
    if page.left_out:
        page.findings.append(
            note("received-look", "ページのスクリプトと飾り（style）は、取り込みませんでした。", Where(file=file))
        )
    if len(text) > _LIMIT:
        aside.append(Line((Bit(text[_LIMIT:]),)))
    return Received(file, tuple(page.pieces), tuple(page.findings), tuple(aside))


def _said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _name(element: Element, otherwise: str = "") -> str:
    """The name of an element; ``otherwise`` of a comment."""
    tag: object = element.tag
    return local(tag) if isinstance(tag, str) else otherwise


def _is_odd(text: str) -> bool:
    """Whether a page has more tags, or more of them open at once, than any that people write: it would take long."""
    deep = 0
    for count, each in enumerate(_TAG.finditer(text)):
        deep += -1 if each[1] else each[2].lower() not in _ALONE
        if deep > _MOST_OPEN or count > _MOST_TAGS:
            return True
    return False


def _rows(table: Element) -> Iterator[Element]:
    for each in table:
        name = local(str(each.tag))
        if name == "tr":
            yield each
        elif name in ("thead", "tbody", "tfoot"):
            yield from _rows(each)


def _lines_of(grid: Grid) -> list[Line]:
    return [line for row in grid.rows for cell in row if not cell.copied for line in cell.lines]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
