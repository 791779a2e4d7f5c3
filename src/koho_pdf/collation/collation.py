"""照合: the words of every finished edition against the manuscript's, field by field, at every build.

What a PDF shows is read from the finished file (``collation.shown``), what a web page shows from its HTML. A field that
is not there was forgotten by a template, or was lost on the page: run off it, clipped, covered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from koho_pdf.collation.covering import Why
from koho_pdf.collation.matching import Lack, lacks, quoted
from koho_pdf.collation.on_page import words_on
from koho_pdf.collation.owed import Owed, alternatives, folded, owed, readings_of
from koho_pdf.collation.shown import Words, shown
from koho_pdf.composition.document import Placed
from koho_pdf.content.issue import Issue
from koho_pdf.findings import Finding, Where, error
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.planned import template_of, unmade
from koho_pdf.layout.style_rules import PLACED, SEEN, rule_of
from koho_pdf.manuscript.paths import above, article_in, is_in
from koho_pdf.manuscript.scalar import Tree

_CALLED = {
    "print": "印刷用のPDF",
    "screen": "画面用のPDF",
    "large": "拡大版",
    "web": "ウェブページ",
    "articles": "記事ごとのウェブページ",
    "text": "テキスト版",
    "data": "データ",
}
_TEMPLATES = {"web": "web.html"}
_SHARED = {"large": "_large/layout.html", "articles": "_article/article.html"}
_READING = 0.62  # share of the size of the words below it
_GOES = 16  # most goes in which a reading is drawn
_TELLING = 4  # characters that are enough to know a field by
_UNSEEN: Mapping[Why, str] = {
    "outside": "が仕上りの外へはみ出しています",
    "clipped": "が枠の外で切れています",
    "covered": "が、あとから描いた絵や面の下に隠れています",
    "invisible": "が、見えない文字（地と同じ色、薄すぎる、小さすぎる）になっています",
    "crowded": "が、ほかの文字と重なっています",
    "": "が、組んだページのどこにも出ていません",
}
_SHORTEN = "文章を短くしてください。短くできないときは、あふれずに入るように、デザイナーがレイアウトを直してください。"
_OF_LAYOUT = ("covered", "crowded", "invisible")
"""What no shorter words mend."""
_MEND = "文字が見えるように、デザイナーがレイアウト（重なりの順、大きさ、位置、透明度）を直してください。"


@dataclass(frozen=True)
class Collation:
    """Compares the editions of one issue with its manuscript: the issue, its source, and its layout.

    ``layouts`` is the folder of all layouts as findings name it; ``readings`` are the city's own (``koho.yaml``).
    """

    issue: Issue
    source: Tree
    layout: Layout
    layouts: str
    readings: Iterable[str] = ()

    @cached_property
    def _readings(self) -> frozenset[str]:
        return readings_of(self.issue) | {folded(each) for each in self.readings}

    @cached_property
    def _bracketed(self) -> re.Pattern[str]:
        known = sorted(self._readings, key=len, reverse=True)
        return re.compile(rf"\((?:{'|'.join(map(re.escape, known)) or '(?!)'})\)")

    def _level(self, text: str) -> str:
        """Folded, without readings in brackets: 留萌（るもい）."""
        return self._bracketed.sub("", folded(text))

    def pdf(self, edition: str, pdf: bytes, galley: str, placed: Sequence[Placed] = ()) -> tuple[Finding, ...]:
        """The words that a finished PDF lacks. ``galley`` is its HTML, ``placed`` says where its fields stand."""
        drawn = shown(pdf)
        seen = _pieces(drawn, self._readings)
        visible = {folded(line) for piece in seen for line in piece.split("\n")}
        fold = self._level if edition == "large" else folded
        wanted = self.owed_in(edition)
        lacking = lacks(wanted, seen, fold)
        causes: dict[Lack, Words] = {}
        strays: dict[tuple[str, int, str], Words] = {}
        for each in drawn:
            said = folded(each.text) if each.why else ""
            alike = [lack for lack in lacking if said and any(said in fold(way) for way in lack.owed.ways)]
            exact = [lack for lack in alike if any(said == fold(way) for way in lack.owed.ways)]
            if not exact and said not in visible and any(said == fold(way) for owed in wanted for way in owed.ways):
                alike = []  # these are the words of a field that was found elsewhere, in what is left of another one
            if lack := next(iter(exact or alike), None):
                causes.setdefault(lack, each)
            elif said and not (causes and said in self._readings):
                strays.setdefault((self._named(said, wanted), each.page, each.why), each)
        forgotten = {lack.owed for lack in lacks(wanted, words_on(galley), fold)} if lacking else set()
        found: list[Finding] = []
        unseen = partial(self._unseen, edition, galley, placed)
        for lack in lacking:
            if cause := causes.get(lack):
                found.append(unseen(lack.quoted, lack.owed.field, cause.page, cause.why))
            elif lack.owed in forgotten:
                found.append(self._forgotten(edition, lack))
            else:
                field = lack.owed.field
                found.append(unseen(lack.quoted, field, self._page(field, placed), ""))
        found += [
            unseen(quoted(words.text.strip()), field, page, words.why) for (field, page, _), words in strays.items()
        ]
        return tuple(found)

    def web(self, page: str, articles: Mapping[str, str]) -> tuple[Finding, ...]:
        """Findings for words that the web page lacks, and that all article pages together lack."""
        texts = {"web": words_on(page), "articles": [*map(words_on, articles.values())]}
        return tuple(
            self._forgotten(edition, lack)
            for edition, text in texts.items()
            for lack in lacks(self.owed_in(edition), text)
        )

    def text(self, written: bytes) -> tuple[Finding, ...]:
        """Findings for words that the text edition lacks; there every mark is written in words."""
        from koho_pdf.content.spoken import spoken

        said = [Owed(each.field, tuple(map(spoken, each.ways))) for each in self.owed_in("text")]
        return tuple(self._forgotten("text", lack) for lack in lacks(said, written.decode(), self._level))

    def data(self, written: bytes) -> tuple[Finding, ...]:
        """Findings for words that ``issue.json`` lacks."""
        said = "\n".join(_strings(json.loads(written)))
        return tuple(self._forgotten("data", lack) for lack in lacks(self.owed_in("data"), said))

    def owed_in(self, edition: str) -> tuple[Owed, ...]:
        """The words that an edition must hold, without those that its layout declares left out."""
        paged = edition in ("print", "screen")
        every = (*owed(self.issue, edition), *(() if paged else alternatives(self.issue)))
        if paged:
            lost, pages = unmade(self.issue, self.layout)
            every = tuple(each for each in every if not _is_of(each.field, lost, pages=pages))
        return tuple(each for each in every if not self.layout.leaves_out(edition, self._by_kind(each.field)))

    def _by_kind(self, field: str) -> str:
        """A field as a layout speaks of it: of an article, whatever its id, by its kind."""
        id_ = article_in(field)
        return field.replace(id_, str(self.source.at(f"{id_}:kind")), 1) if id_ else field

    def _where(self, field: str, page: int | None) -> Where:
        """The place of a field in the manuscript; a value without a line of its own (a cell) gets the line that names
        its file.
        """
        source, known = self.source.of(field), field
        while known and known not in source.lines:
            known = above(known)
        return Where(source.file, source.lines.get(known), None, field, page)

    def _page(self, field: str, placed: Sequence[Placed]) -> int | None:
        """The last page that shows a part of a field, or of the group it belongs to."""
        group = field
        while group:
            inside = [each.page for each in placed if is_in(each.field, group)]
            if inside:
                return max(inside)
            group = above(group)
        return None

    def _named(self, said: str, wanted: Sequence[Owed]) -> str:
        """The field to which some words belong; empty for words of the layout."""
        for each in wanted:
            ways = [folded(way) for way in each.ways]
            if said in ways or (len(said) >= _TELLING and any(said in way for way in ways)):
                return each.field
        return ""

    def _unseen(
        self, edition: str, galley: str, placed: Sequence[Placed], words: str, field: str, page: int | None, why: Why
    ) -> Finding:
        """Findings for words that are in the galley but not seen on the page: the designer's, unless there are too many
        of them."""
        on = f"の{page}ページ" if page else ""
        told = f"{_CALLED[edition]}{on}で、「{words}」{_UNSEEN[why]}。"
        slots = [each.slot for each in placed if each.field == field and each.page == page]
        fits = bool(slots) and all(each and each.left >= 0 for each in slots)
        if not field or edition == "large" or not (fits or why in _OF_LAYOUT):
            where = self._where(field, page) if field else self._layout(edition, page)
            return error("words-unseen", told, where, _MEND if why in _OF_LAYOUT else _SHORTEN)
        root, slot = self.layout.folder.parents[1], next((each.name for each in slots if each), "")
        wanted = SEEN if why == "invisible" else PLACED
        rule = rule_of(field, slot, page, wanted, galley, self.layout, root)
        where = rule.where if rule.where.line else self._layout(edition, page, field)
        by = f"この行の規則「{rule.selector}」" if rule.selector else "この要素の CSS"
        if why == "crowded" and (other := _upon(field, page, placed)):
            name = other.slot.name if other.slot else ""
            its = rule_of(other.field, name, page, wanted, galley, self.layout, root)
            at = f"{its.where.file}:{its.where.line}" if its.where.line else its.where.file
            by += f"か、重なっている「{other.field}」の規則{f'「{its.selector}」' if its.selector else ''}（{at}）"
        means = "文字の色か大きさ" if why == "invisible" else "場所や重なりの順"
        return error("words-unseen", told, where, f"文字が見えるように、{by}の{means}を直してください。")

    def _forgotten(self, edition: str, lack: Lack) -> Finding:
        """Findings for words that no template put into the edition."""
        field = lack.owed.field
        part = "の一部" if lack.partly else ""
        said = f"{_CALLED[edition]}に、原稿の「{field}」{part}（{lack.quoted}）がありません。"
        where = self._layout(edition, None, field)
        hint = "ひな形に、この項目を載せてください。わざと載せないなら、layout.yaml の omits に理由を書いてください。"
        return error("words-missing", said, where, hint)

    def _layout(self, edition: str, page: int | None, field: str | None = None) -> Where:
        name = template_of(self.issue, page) if edition in ("print", "screen") else _TEMPLATES.get(edition)
        file = f"{self.layout.name}/{name}" if name else _SHARED.get(edition, f"{self.layout.name}/layout.yaml")
        return Where(f"{self.layouts}/{file}", field=field, page=page)


def _upon(field: str, page: int | None, placed: Sequence[Placed]) -> Placed | None:
    """The other field that stands most where this one does, if any."""
    mine = next((each.box for each in placed if each.field == field and each.page == page), None)
    others = [each for each in placed if each.page == page and not is_in(each.field, field)]
    if mine is None or not others:
        return None
    most = max(others, key=lambda each: mine.shared(each.box))
    return most if mine.shared(most.box) else None


def _is_of(field: str, articles: Collection[str], *, pages: bool) -> bool:
    """Whether a field is of one of these articles, or, if whole ``pages`` are missing, of the issue itself."""
    id_ = article_in(field)
    return id_ in articles if id_ else pages


def _pieces(drawn: Iterable[Words], readings: frozenset[str]) -> list[str]:
    """The words that are seen, but for readings: one stands above its line and is drawn after it, in the midst of a
    text. A piece ends with its page, and where words are left out because they are not seen. What is
    drawn at once is a line of it; a reading may be drawn in several goes."""
    pieces: list[list[str]] = [[]]
    size, page = 0.0, 0
    every, past = [*drawn], 0
    for number, words in enumerate(every):
        if words.why or words.page != page:
            page = words.page
            pieces.append([])
        if words.why or number < past:
            continue
        if past := _end_of_reading(every, number, _READING * size, readings):
            continue
        size = words.size
        pieces[-1].append(words.text)
    return ["\n".join(piece) for piece in pieces if piece]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _end_of_reading(drawn: Sequence[Words], number: int, most: float, readings: frozenset[str]) -> int:
    """Where the reading ends that begins with these words, none larger than ``most``; 0 if none begins there."""
    said, end = "", 0
    for at in range(number, min(number + _GOES, len(drawn))):
        if drawn[at].why or drawn[at].page != drawn[number].page or drawn[at].size > most:
            break
        said += folded(drawn[at].text)
        end = at + 1 if said in readings else end
    return end
