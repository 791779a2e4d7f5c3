"""The editions (版) of an issue as values: what each is called, when it is made, for whom, and how.

An edition with pages says how it is composed and finished (``Pages``), any other gives its files (``Words``). A new
edition is such a value and a line in ``EDITIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from koho_pdf.collation.collation import Collation
from koho_pdf.composition.document import Document
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.pictures.drawn import size_of_file
from koho_pdf.content.articles import pages_of
from koho_pdf.content.issue import Issue
from koho_pdf.content.public import every_picture
from koho_pdf.editions.inspecting import inspected_once
from koho_pdf.editions.issue_json import issue_json
from koho_pdf.editions.page_pictures import page_pictures
from koho_pdf.editions.text import text_edition
from koho_pdf.editions.web import single_page, web_edition
from koho_pdf.editions.web_crop import cut_on_web
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding, Where, error, errors_in
from koho_pdf.finishing.finish import Job, finish_print, finish_screen, sheets_of
from koho_pdf.finishing.sheets import standing
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.galley import print_galley, screen_galley, web_page
from koho_pdf.layout.reflowed import ARTICLE, article_pages, large_galley
from koho_pdf.layout.slips import colours, slips
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.paths import is_in
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.preflight.inspect import Report
from koho_pdf.press.profile import Press
from koho_pdf.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Of:
    """Everything editions are made of: the ``whole`` issue for print, the ``public`` one for all others.

    ``sent_as`` is what the print file is called, ``state`` 校正 or 校了. ``beside`` runs the preflight while other
    editions are made; if ``papers`` are asked for, it is not taken from the cache. ``composed`` holds the editions that
    already have pages.
    """

    whole: Issue
    public: Issue
    tree: Tree
    layout: Layout
    workspace: Workspace
    press: Press
    folder: Path
    faces: tuple[Face, ...]
    collation: Collation
    sent_as: str
    state: str
    beside: Executor
    papers: bool
    composed: dict[str, Document] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The issue's: that of its folder."""
        return self.folder.name

    @property
    def root(self) -> Path:
        """The workspace, from which findings name files."""
        return self.workspace.root

    def compose(self, edition: str, galley: Galley) -> Document:
        """The pages of an edition."""
        document = compose(galley, self.faces, self.tree, self.root, self.workspace.cache)
        if edition != "large":
            astray = slips(galley.html, self.layout, self.whole, self.root)
            document = replace(document, findings=(*document.findings, *astray))
        if edition != "large" and self.layout.pages not in (0, document.pages):
            document = replace(document, findings=(*document.findings, self._page_count(document.pages)))
        self.composed[edition] = document
        return document

    def _page_count(self, pages: int) -> Finding:
        return error(
            "page-count",
            f"{pages}ページになりました。このレイアウトは{self.layout.pages}ページです。",
            Where(self.tree.file),
            hint="あふれた文章を短くするか、レイアウトを直してください。",
        )

    def begins(self) -> dict[str, int]:
        """The page on which each article begins, by its key: only an edition with the layout's pages knows."""
        if not (paged := self.composed.get("print") or self.composed.get("screen")):
            paged = self.compose("screen", _screen_galley(self))
        stands = [(each.field, each.page) for each in paged.placed]
        return pages_of(articles_of(self.public), stands)


@dataclass(frozen=True, slots=True)
class Paged:
    """The pages of an edition: what they were composed of, the composed document, the finished PDF."""

    galley: Galley
    document: Document
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """The result of an edition: its ``files`` by name (none if its pages cannot be finished), findings about ``lost``
    words, and for the print file its running preflight.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    lost: tuple[Finding, ...] = ()
    inspection: Future[tuple[tuple[Finding, ...], Report | None]] | None = None


_FINISHED = frozenset(
    (
        *("overset", "text-near-trim", "text-off-page", "type-too-small", "page-count", "picture-without-words"),
        *("slot-unknown", "field-not-of-kind", "css-variable-unknown", "css-not-understood", "font-slant-missing"),
    )
)
"""The errors of pages that can be drawn, whatever is wrong with them."""


def not_of(wrong: tuple[Finding, ...], found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings of later stages without those that only follow from errors told already: of the same fields, and text
    that ran out of its place on the same page, where nothing says whose it is."""
    told = [each.where.field for each in wrong if each.where.field]
    pages = {each.where.page for each in wrong if each.where.page}

    def follows(field: str) -> bool:
        return any(is_in(field, each) or is_in(each, field) for each in told)

    def ran_out(each: Finding) -> bool:
        return each.where.page in pages and (each.code == "words-unseen" or each.code.startswith("text-"))

    return tuple(each for each in found if not (follows(each.where.field) if each.where.field else ran_out(each)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """How an edition with pages is made: its galley is composed, then ``finish`` makes the PDF, then come its files."""

    galley: Callable[[Of], Galley]
    finish: Callable[[Of, Document], bytes]
    files: Callable[[Of, Paged], Made]

    def __call__(self, of: Of, name: str) -> Made:
        """The edition called ``name``; without files if an error was found on its pages. Raises KohoError.

        Pages whose errors keep no PDF from being written are finished all the same, so that what only the finished file
        tells (forgotten words, the preflight) is told with them.
        """
        galley = self.galley(of)
        document = of.compose(name, galley)
        wrong = errors_in(document.findings)
        if any(each.code not in _FINISHED for each in wrong):
            return Made()
        try:
            pdf = self.finish(of, document)
        except KohoError:
            if wrong:  # no more pages than the sheet has, for one: told already
                return Made()
            raise
        made = self.files(of, Paged(galley, document, pdf))
        lost = not_of(wrong, of.collation.pdf(name, pdf, galley.html, document.placed))
        return replace(made, files={} if wrong else made.files, lost=(*made.lost, *lost))


@dataclass(frozen=True, slots=True)
class Words:
    """How an edition without pages is made: its files, and the words that they lack."""

    files: Callable[[Of], Made]

    def __call__(self, of: Of, name: str) -> Made:
        """The edition called ``name``. Raises KohoError."""
        return self.files(of)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: its ``name``, the ``stage`` that is told while it is made, how it is made, of which issue, and when.

    ``source``: the ``public`` issue, for everyone, or the ``whole`` one, for the print shop. ``when``: ``always`` by
    default; ``asked`` if it is asked for, and for a release; ``alone`` only if it is asked for by name.
    """

    name: str
    stage: str
    how: Pages | Words
    source: Literal["public", "whole"] = "public"
    when: Literal["always", "asked", "alone"] = "always"

    def make(self, of: Of) -> Made:
        """Make it. Raises KohoError."""
        return self.how(of, self.name)


def _print_galley(of: Of) -> Galley:
    return print_galley(of.whole, of.layout, of.workspace.city, of.press, of.folder, of.root)


def _job(of: Of) -> Job:
    layout = of.layout
    sheet = (layout.name, layout.trim, layout.bleed, layout.binding)
    return Job(of.sent_as, of.whole.date.day, *sheet, of.press, of.faces, of.state)


def _print_files(of: Of, made: Paged) -> Made:
    sizes, single = made.document.sizes, of.press.sheets == "single"
    trims = (of.layout.trim, *sizes[1:]) if single else ()
    placed = standing(made.document.placed, sheets_of(sizes, _job(of)))
    cache = None if of.papers else of.workspace.cache
    inspection = of.beside.submit(inspected_once, made.pdf, of.press, trims, placed, cache)
    return Made({f"{print_folder(of.press, of.workspace)}print.pdf": made.pdf}, inspection=inspection)


def _screen_galley(of: Of) -> Galley:
    return screen_galley(of.public, of.layout, of.workspace.city, of.folder, of.root)


def _screen_files(of: Of, made: Paged) -> Made:
    pictures = {f"pages/p{number}.png": each for number, each in enumerate(page_pictures(made.pdf), 1)}
    return Made({"screen.pdf": made.pdf, **pictures})


def _large_galley(of: Of) -> Galley:
    return large_galley(of.public, of.layout, of.workspace.city, of.folder, of.root)


def _web(of: Of) -> Made:
    city, profile = of.workspace.city, of.workspace.city.press.condition.profile
    page = web_page(of.public, of.layout, city, of.root)
    articles = article_pages(of.name, of.public, of.layout, city, of.root)
    lost = (*of.collation.web(page, articles), *colours(page, of.layout, of.root), *_cut(of, page, *articles.values()))
    return Made(below("web", web_edition(page, articles, of.faces, of.folder, profile)), lost)


def _cut(of: Of, page: str, *articles: str) -> tuple[Finding, ...]:
    """Findings about pictures that frames of web pages cut although they must not."""
    kept = [each for each in every_picture(of.public) if each.keep]
    sizes = {each.file: size_of_file(of.folder / each.file) for each in kept}
    layouts = of.workspace.layouts.relative_to(of.root).as_posix()
    own, shared = f"{layouts}/{of.layout.name}/web.css", f"{layouts}/{ARTICLE}/article.css"
    found = [*cut_on_web(page, kept, sizes, own)]
    for text in articles:
        found += cut_on_web(text, kept, sizes, shared)
    return tuple(dict.fromkeys(found))


def _web_single(of: Of) -> Made:
    city = of.workspace.city
    page = web_page(of.public, of.layout, city, of.root, alone=True)
    alone = single_page(page, of.faces, of.folder, city.press.condition.profile)
    return Made({f"web-single/{of.name}.html": alone}, _cut(of, page))


def _text(of: Of) -> Made:
    written = text_edition(of.public, of.begins(), of.workspace.city)
    return Made({f"text/{of.name}.txt": written}, of.collation.text(written))


def _data(of: Of) -> Made:
    written = issue_json(of.name, of.public, of.begins(), of.workspace.city)
    return Made({"data/issue.json": written}, of.collation.data(written))


_PRINT = Pages(
    galley=_print_galley,
    finish=lambda of, document: finish_print(document.write(), _job(of)),
    files=_print_files,
)
_SCREEN = Pages(galley=_screen_galley, finish=lambda _, document: finish_screen(document.write()), files=_screen_files)
_LARGE = Pages(
    galley=_large_galley,
    finish=lambda _, document: finish_screen(document.write()),
    files=lambda _, made: Made({"large.pdf": made.pdf}),
)

EDITIONS = (
    Edition("print", "印刷用のPDFを組む", _PRINT, source="whole"),
    Edition("screen", "画面用のPDFを組む", _SCREEN),
    Edition("web", "ウェブページを作る", Words(_web)),
    Edition("large", "拡大版を組む", _LARGE, when="asked"),
    Edition("text", "テキスト版を作る", Words(_text), when="asked"),
    Edition("data", "データを作る", Words(_data), when="asked"),
    Edition("web-single", "ウェブページを1つのファイルにする", Words(_web_single), when="alone"),
)
"""Every edition, in the order in which they are made: the print file first, whose preflight takes longest."""

USUAL = tuple(each.name for each in EDITIONS if each.when == "always")
"""What is made when nothing is asked for."""

RELEASED = tuple(each.name for each in EDITIONS if each.when != "alone")
"""What a release holds."""


def print_folder(press: Press, workspace: Workspace) -> str:
    """The folder for this print shop's files; for the usual print shop there is none, and its files stand beside the
    others.
    """
    return "" if press.name == workspace.city.press.name else f"press/{press.name}/"


def below(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files by their names below a folder."""
    return {f"{folder}/{name}": content for name, content in files.items()}
