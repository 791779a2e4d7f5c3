"""Judges how good the text of an old PDF is: counts for each page, a grade, and a finding for every kind of fault."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from koho_pdf.archive.ingest.columns import Flow
from koho_pdf.archive.ingest.glyph_lines import UNREAD, printed_once
from koho_pdf.archive.ingest.glyphs import UNKNOWN, Glyph
from koho_pdf.archive.ingest.pdf_pages import Page, Reading
from koho_pdf.findings import Finding, Where, warning

_FEWEST = 5  # letters: a page with fewer counts as a page without text
_MANY_SHAPES = 30  # shapes on a page without text: its letters are probably outlines
_HARDLY = 40  # letters: on a page of pictures or shapes, fewer are a folio or a stamp
_RUN = 4  # this many lines in a row with one character each are not real lines
_MOST_SHOWN = 20
_ENOUGH, _KANJI_ALONE = 20, 300  # letters: a page needs this many to be called garbled
_ODD = 0.3  # a share of signs that no real text has
_USUAL = re.compile(r"[!-~、-〿ぁ-ヿ㈀-㏿㐀-鿿豈-﫿！-ﾟ￥\u2010-\u2044\u2100-\u26ff\U00020000-\U0003ffff§±×÷°´¥é]")
_KANJI, _KANA = re.compile(r"[㐀-鿿]"), re.compile(r"[ぁ-ヿｦ-ﾟ]")
_UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Co")
_TELEPHONE = re.compile(r"([一-鿿])[ \u3000]?[(（]?(?:0\d{1,4}[-－‐―−ー()（）])?\d{1,4}[-－‐―−ー()（）]\d{4}(?!\d)")
_HARMLESS = {"archive-vertical-torn", "archive-damaged", "archive-restricted", "archive-outside-page"}
_GAIJI_FONT = re.compile(r"gaiji|外字|eudc|biblos|dingbat|kigou|pict", re.IGNORECASE)
_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")


@dataclass(frozen=True, slots=True)
class PageQuality:
    """The facts about the text of one page.

    ``state``: ``text``, ``ocr`` (read from a scan by a program), ``scanned``, ``outlined``, ``blank`` or ``broken``.
    ``letters`` counts all, ``unmapped`` those the file does not tell (ISO 32000-1, 9.10.2), ``private`` those of a
    private use area, ``doubtful`` shows letters that are probably wrong, with the text after them; ``rejoined`` counts
    letters of vertical lines that copying tears into lines of one; ``readings`` is the ruby left out of the text;
    ``differing`` are letters that occur more or less often in PDFium's own text of the page than in ours, figures
    first; ``garbled`` means that the letters are not words, because the file's table of letters is wrong.
    """

    page: int
    state: str
    letters: int
    unmapped: int
    private: int
    doubtful: tuple[str, ...]
    rejoined: int
    readings: tuple[str, ...]
    differing: str = ""
    garbled: bool = False


@dataclass(frozen=True, slots=True)
class Quality:
    """The whole file: ``grade`` is ``good``, ``mended`` (whole, after mending), ``doubtful`` or ``none`` (no text)."""

    grade: str
    damaged: bool
    restricted: bool
    fonts_without_unicode: tuple[str, ...]
    pages: tuple[PageQuality, ...]


def judged(reading: Reading, flows: Sequence[Flow], file: str) -> tuple[Quality, tuple[Finding, ...]]:
    """The quality of the text and the findings about it (all are warnings)."""
    pages = tuple(_page(page, flow) for page, flow in zip(reading.pages, flows, strict=True))
    findings = tuple(_findings(reading, pages, file))
    faults = {finding.code for finding in findings} - _HARMLESS
    if not any(page.letters > page.unmapped for page in pages):
        grade = "none"
    elif faults:
        grade = "doubtful"
    else:
        grade = "mended" if any(page.rejoined for page in pages) or reading.damaged else "good"
    return Quality(grade, reading.damaged, reading.restricted, reading.fonts, pages), findings


def without_text(reading: Reading, quality: Quality) -> str:
    """In words, how many pages have no text or hardly any, if these are most of the file; otherwise ""."""
    pages = [pair for pair in zip(reading.pages, quality.pages, strict=True) if pair[1].state != "blank"]
    bare = [told.page for page, told in pages if _is_bare(page, told)]
    if 2 * len(bare) <= len(pages) and pages:
        return ""
    if not pages:
        return "どのページにも、文字も絵もありません。"
    return f"絵や図のある{len(pages)}ページのうち{len(bare)}ページに、文字がないか、ほとんどありません。"


def _is_bare(page: Page, told: PageQuality) -> bool:
    letters = told.letters - told.unmapped
    drawn = page.pictured >= 0.5 or page.paths >= _MANY_SHAPES
    return told.state in ("scanned", "outlined", "broken") or letters < (_HARDLY if drawn else _FEWEST)


def _page(page: Page, flow: Flow) -> PageQuality:
    letters = [glyph for glyph in page.glyphs if not glyph.text.isspace()]
    return PageQuality(
        page.number,
        _state(page, len(letters)),
        len(letters),
        sum(not glyph.mapped or glyph.text == UNKNOWN for glyph in letters),
        sum(glyph.mapped and unicodedata.category(glyph.text[0]) == "Co" for glyph in letters),
        (*_doubtful(page.glyphs), *_days_for_figures(flow))[:_MOST_SHOWN],
        _torn(page.copied) if any(line.vertical for block in flow.blocks for line in block.lines) else 0,
        flow.readings,
        differing(page, flow),
        _is_garbled(letters),
    )


def _is_garbled(letters: Sequence[Glyph]) -> bool:
    """Whether the letters that the file gives are neither Japanese nor Latin text: signs and accents, or kanji without
    any kana.
    """
    said = [glyph.text[0] for glyph in letters if glyph.mapped and glyph.text != UNKNOWN]
    if len(said) < _ENOUGH:
        return False
    kanji, kana = (sum(bool(form.match(letter)) for letter in said) for form in (_KANJI, _KANA))
    odd = sum(not _USUAL.match(letter) for letter in said)
    return odd > _ODD * len(said) or (kanji >= _KANJI_ALONE and kanji > 0.9 * len(said) and not kana)


def differing(page: Page, flow: Flow) -> str:
    """The letters that PDFium's text of the page has more often than ours, or ours more often than the file's; figures
    first. Our text is put together glyph by glyph, and this check notices a lost glyph (PDFium's text is there already,
    and costs nothing). Letters that the file does not tell are 〓 in ours and are not compared.
    """
    ours = Counter(_solid("".join(line.text for block in flow.blocks for line in block.lines)))
    ours += Counter(_solid("".join(flow.readings)))
    guessed = Counter(_solid("".join(glyph.text for glyph in page.glyphs if not glyph.mapped)))
    said = Counter(_solid("".join(glyph.text for glyph in page.glyphs if glyph.mapped)))
    del ours[UNREAD]
    copied = Counter(_solid(page.copied)) - Counter(_solid(page.outside))
    lost = (copied - guessed - ours) | (ours - said)
    if lost:  # a shadow over its letter: one letter to us, sometimes two to PDFium
        once = Counter(_solid("".join(glyph.text for glyph in printed_once(page.glyphs))))
        lost -= Counter({each: count for each, count in (said - once).items() if not each.isdecimal()})
    if any(glyph.text == UNKNOWN for glyph in page.glyphs):  # PDFium may take half a character for a whole
        lost = Counter({letter: count for letter, count in lost.items() if letter.isdecimal()})
    return "".join(sorted(lost, key=lambda letter: (not letter.isdecimal(), letter)))[:_MOST_SHOWN]


def _solid(text: str) -> str:
    """The text without white space, line ends, half characters and unknown letters."""
    return "".join(each for each in text if not each.isspace() and unicodedata.category(each) not in _UNSEEN)


def _state(page: Page, letters: int) -> str:
    if page.broken:
        return "broken"
    if letters >= _FEWEST:
        return "ocr" if page.hidden else "text"
    if page.pictured >= 0.5:
        return "scanned"
    if page.paths >= _MANY_SHAPES:
        return "outlined"
    return "text" if letters else "blank"


def _doubtful(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Kanji in place of a sign: 緯, or a kanji in another font, before a telephone number; any kanji in
    a gaiji font.
    """
    text = "".join(glyph.text[0] for glyph in glyphs)
    signs = {index for index, glyph in enumerate(glyphs) if glyph.mapped and _GAIJI_FONT.search(glyph.font)}
    found = {index for index in signs if _JAPANESE.match(text[index])}
    for match in _TELEPHONE.finditer(text):
        index = match.start()
        before = glyphs[index - 1] if index else None
        alone = before and _JAPANESE.match(before.text) and before.font != glyphs[index].font
        if match[1] == "緯" or alone:
            found.add(index)
    for index in sorted(found):
        yield text[index : index + 8]


def _days_for_figures(flow: Flow) -> Iterator[str]:
    """㈰㈪㈫ at the beginning of items: they are ①②③ of one maker's code page, read with another's (JIS X 0208, row
    13).
    """
    items = [
        line.text for block in flow.blocks for line in block.lines if line.text[0] in "㈰㈪㈫" and len(line.text) > 3
    ]
    if {"㈰", "㈪", "㈫"} <= {item[0] for item in items}:
        yield from (item[:8] for item in items)


def _torn(copied: str) -> int:
    """How many letters are alone on their line, in runs that are too long to be intended."""
    count = run = 0
    for line in [*copied.splitlines(), "end"]:
        if len(line.strip()) == 1:
            run += 1
        elif line.strip():
            count += run if run >= _RUN else 0
            run = 0
    return count


def _findings(reading: Reading, pages: Sequence[PageQuality], file: str) -> Iterator[Finding]:
    def at(chosen: Callable[[PageQuality], object]) -> tuple[list[PageQuality], str, Where]:
        found = [page for page in pages if chosen(page)]
        return found, _in_words(page.page for page in found), Where(file=file, page=found[0].page if found else None)

    if reading.damaged:
        words = "PDFの作りが壊れています（読めるように補って読みました）。"
        yield warning("archive-damaged", words, Where(file=file), "壊れていない控えがあれば、そちらを入れてください。")
    if reading.restricted:
        words = "PDFに、写しや印刷の制限が掛かっています。"
        yield warning("archive-restricted", words, Where(file=file), "自分の市の号なら、そのままでかまいません。")
    found, words, where = at(lambda page: page.state == "broken")
    if found:
        yield warning("archive-page-broken", f"{words}が開けません。", where, "壊れていない控えを探してください。")
    found, words, where = at(lambda page: page.state in ("scanned", "outlined"))
    if found:
        kind = "スキャンした絵" if any(page.state == "scanned" for page in found) else "文字の輪郭の絵"
        hint = "文字認識（OCR）に掛けたPDFがあれば、そちらを入れてください。ページの絵は残ります。"
        yield warning("archive-no-text", f"{words}は{kind}で、文字がありません。", where, hint)
    found, words, where = at(lambda page: page.state == "ocr")
    if found:
        message = f"{words}の文字は、スキャンした絵から機械が読み取ったものです。"
        yield warning("archive-ocr", message, where, "誤りがあるものとして、絵と見比べて使ってください。")
    found, words, where = at(lambda page: page.unmapped)
    if found:
        count = sum(page.unmapped for page in found)
        fonts = f"（書体 {'・'.join(reading.fonts[:5])}）" if reading.fonts else ""
        message = f"{words}の{count}字は、何の字かがPDFに書かれていません{fonts}。"
        yield warning("archive-unmapped", message, where, "何の字かは、ページの絵で確かめてください。")
    found, words, where = at(lambda page: page.private)
    if found:
        message = f"{words}に、外字が{sum(page.private for page in found)}字あります。"
        yield warning("archive-private-use", message, where, "何の字かは、ページの絵で確かめてください。")
    found, words, where = at(lambda page: page.doubtful)
    if found:
        shown = "」「".join([each for page in found for each in page.doubtful][:3])
        message = f"{words}に、☎ などの記号が別の漢字に化けたらしいところがあります（「{shown}」）。"
        yield warning("archive-misread-sign", message, where, "ページの絵と見比べてください。字は変えていません。")
    found, words, where = at(lambda page: page.rejoined)
    if found:
        message = f"{words}の縦組みは、写すと1字ごとに行が分かれます。"
        yield warning("archive-vertical-torn", message, where, "text には、読む順につなぎ直した文章を入れました。")
    found, words, where = at(lambda page: page.garbled)
    if found:
        message = f"{words}の文字は、PDFに書かれた字の対応が誤っていて、文章になりません。"
        hint = "文字認識（OCR）に掛けたPDFがあれば、そちらを入れてください。記事には分けていません。"
        yield warning("archive-garbled", message, where, hint)
    if unseen := [page for page in reading.pages if page.outside.strip()]:
        message = f"{_in_words(page.number for page in unseen)}の外に、見えない文字があります。文章には入れていません。"
        hint = "元のPDFには残っているので、公開してよい文字かを確かめてください。"
        yield warning("archive-outside-page", message, Where(file=file, page=unseen[0].number), hint)
    found, words, where = at(lambda page: page.differing)
    if found:
        shown = "・".join(dict.fromkeys(letter for page in found for letter in page.differing))
        message = f"{words}の文章は、別の読み方（PDFiumのページの文章）と字の数が合いません（{shown[:60]}）。"
        yield warning("archive-readers-differ", message, where, "とくに数字を、ページの絵と見比べてください。")
    if cut := [page.number for page in reading.pages if page.cut]:
        message = f"{_in_words(cut)}は字が多すぎるので、途中まで読みました。"
        yield warning("archive-page-cut", message, Where(file=file, page=cut[0]), "ページの絵を見てください。")


def _in_words(pages: Iterable[int]) -> str:
    numbers = list(pages)
    shown = "・".join(str(number) for number in numbers[:_MOST_SHOWN])
    return f"{shown}ページ" + ("ほか" if len(numbers) > _MOST_SHOWN else "")
