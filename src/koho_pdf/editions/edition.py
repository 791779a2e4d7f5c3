"""What an edition (版) is: what it is called, when it is made, for whom, and how. Every edition there is: ``every``.

An edition with pages says how it is composed and finished (``Pages``), any other gives its files (``Words``). A new
edition is such a value and a line in ``every.EDITIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from koho_pdf.collation.collation import Collation
from koho_pdf.composition.document import Document, finished
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import Face
from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.content.articles import pages_of
from koho_pdf.content.issue import Issue
from koho_pdf.editions.by_layout import by_layout, told_if_stopped
from koho_pdf.editions.following import SOUND, Patches, not_of
from koho_pdf.editions.freed import let_go
from koho_pdf.editions.tight_slots import fitted, told_of
from koho_pdf.editions.unmarked import unmarked
from koho_pdf.errors import KohoError
from koho_pdf.findings import Finding, Where, error, errors_in
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.galley import print_galley, screen_galley, strips_galley
from koho_pdf.layout.page_palettes import inks_of_pages
from koho_pdf.layout.page_sizes import folds_in_words, wide_flaps
from koho_pdf.layout.planned import Place, Placing, moved, plan_of, template_of, types_of_pages
from koho_pdf.layout.region_html import Column
from koho_pdf.layout.regions import Region
from koho_pdf.layout.slips import slips
from koho_pdf.layout.unclosed import unclosed
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.plan.placed_articles import NOTHING, Placed, placed
from koho_pdf.plan.trial import Measured, measured_of
from koho_pdf.preflight.inspect import Report
from koho_pdf.press.page_inks import in_words
from koho_pdf.press.profile import Press
from koho_pdf.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Of:
    """Everything editions are made of: the ``whole`` issue for print, the ``public`` one for all others.

    ``sent_as`` is what the print file is called, ``state`` 校正 or 校了. ``beside`` runs the preflight while other
    editions are made; if ``papers`` are asked for, it is not taken from the cache. ``composed`` holds the editions that
    already have pages, ``tight`` the layout with its slots as tight as they must be, ``tried`` the last pages composed
    for that, by their HTML. ``measure``, if there is one, composes strips of articles in another way. ``patches`` stand
    in the place of mistakes of the manuscript. ``waiting`` are articles that the issue does not name yet.
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
    acknowledged: tuple[Finding, ...] = ()
    composed: dict[str, Document] = field(default_factory=dict)
    tight: list[Layout] = field(default_factory=list)
    tried: dict[str, Document] = field(default_factory=dict)
    placings: dict[int, tuple[Issue, Placed]] = field(default_factory=dict)
    measure: Callable[[Of, Galley], Measured] | None = None
    patches: Patches = SOUND
    waiting: tuple[ArticleManuscript, ...] = ()

    @property
    def name(self) -> str:
        """Its folder's."""
        return self.folder.name

    @property
    def root(self) -> Path:
        """The workspace, from which findings name files."""
        return self.workspace.root

    def compose(self, edition: str, galley: Galley) -> Document:
        """The pages of an edition: those of print once more, where only their colours differ."""
        print_pages = self.composed.get("print") if edition == "screen" else None
        document = print_pages.again(galley) if print_pages else None
        document = document or self.tried.pop(galley.html, None) or self._composed(galley)
        if edition != "large":
            fitted_slots = told_of(self.tight[0], document, self.tree) if self.tight else ()
            found = by_layout(document.findings, document.placed, galley.html, self.layout, self.root)
            beside = self.beside_pages(galley, document.pages)
            beside += () if print_pages else unmarked(self.collation, galley, document.placed, self.folder)
            flaps = wide_flaps(self._of_layout("layout.yaml"), self.layout.fold, document.sizes)
            document = replace(document, findings=(*found, *fitted_slots, *beside, *flaps))
        self.composed[edition] = document
        return document

    def beside_pages(self, galley: Galley, pages: int) -> tuple[Finding, ...]:
        """What is wrong with the galley of an edition with the layout's pages, and with the number of these."""
        astray = slips(galley.html, self.layout, self.whole, self.root)
        astray += unclosed(galley.html, self.layout, self.root)
        return astray if self._wanted in (0, pages) else (*astray, self._page_count(pages))

    def _of_layout(self, name: str) -> str:
        return (self.layout.folder / name).relative_to(self.root).as_posix()

    def template(self, page: int | None) -> str:
        """The file with the words of a page of the print file that are not the manuscript's."""
        alone = self.press.sheets == "single" and not self.layout.fold
        return self._of_layout(template_of(self.whole, page if alone else None))

    def _composed(self, galley: Galley) -> Document:
        found = partial(slips, galley.html, self.layout, self.whole, self.root)
        return told_if_stopped(found, compose, galley, self.faces, self.tree, self.root, self.workspace.cache)

    @property
    def tight_layout(self) -> Layout:
        """The layout, with its slots as tight as the whole issue needs them (``fit`` of a slot)."""
        if not any(slot.fit for slot in self.layout.slots.values()):
            return self.layout
        if not self.tight:
            self.tight.append(fitted(self.layout, self._over))
        return self.tight[0]

    def _over(self, layout: Layout) -> Mapping[str, int]:
        """How many characters are too many in its slots, by their names."""
        placing = self.placed(self.whole).placing
        galley = print_galley(self.whole, layout, self.workspace.city, self.press, self.folder, self.root, placing)
        self.tried.clear()
        return self.tried.setdefault(galley.html, self._composed(galley)).over

    def inks_in_words(self) -> str:
        """The inks of every page in words; empty where all pages have those of the job."""
        return in_words(inks) if len(set((inks := inks_of_pages(self.whole, self.press)).values())) > 1 else ""

    def folds_in_words(self) -> str:
        """Where the pages of the plan are folded; empty if none is."""
        return folds_in_words(types_of_pages(self.whole, self.layout))

    def pages_of_plan(self) -> list[dict[str, object]]:
        """The pages of the plan for other programs: number, type, trim and folds in mm, inks."""
        inks = inks_of_pages(self.whole, self.press)
        return [
            {"page": number, "type": each.name, "inks": inks[number], "trim": each.trim, **each.folded}
            for number, each in enumerate(types_of_pages(self.whole, self.layout), 1)
        ]

    @property
    def _wanted(self) -> int:
        """How many pages there must be; 0: any number."""
        plan, types = plan_of(self.whole), self.layout.page_types
        return sum(page.type in types for page in plan.pages) if plan else self.layout.pages

    def _page_count(self, pages: int) -> Finding:
        if not plan_of(self.whole):
            told = f"{pages}ページになりました。このレイアウトは{self._wanted}ページです。"
            hint = "あふれた文章を短くするか、レイアウトを直してください。"
            return error("page-count", told, Where(self.tree.file), hint)
        told = f"{pages}ページになりました。台割は{self._wanted}ページです。"
        hint = "layout.html の {{ planned }} の外と、pages のひな形の、ページからあふれるものを確かめてください。"
        return error("page-count", told, Where(self._of_layout("layout.html")), hint)

    def placed(self, issue: Issue) -> Placed:
        """The articles of the plan in the columns of their regions; issues that are the same are measured once."""
        if not self.layout.page_types:
            return NOTHING
        issue = issue.without_order()
        key = next((each for each, (known, _) in self.placings.items() if known == issue), len(self.placings))
        if key not in self.placings:
            alike = issue == self.whole.without_order() or not self._has_ladders
            settings, key = None if alike else self.placed(self.whole).placing.regions, len(self.placings)
            let_go(self.composed, self._wanted)  # pages of another text are not drawn again in other colours
            made = placed(issue, self.layout, self.tree, partial(self.measured, issue, {}), settings)
            if moved(issue, made.placing):  # references have other page numbers, which may be longer
                measure = partial(self.measured, issue, made.placing.columns)
                made = placed(issue, self.layout, self.tree, measure, settings)
            self.placings[key] = issue, made
            let_go({}, self._wanted)  # what was measured
        return self.placings[key][1]

    @property
    def _has_ladders(self) -> bool:
        """Whether a region of the layout may be set tighter (``fit``): then as the whole issue needs it."""
        return any(region.fit for type_ in self.layout.page_types.values() for region in type_.regions.values())

    def measured(
        self, issue: Issue, columns: Mapping[Place, tuple[Column, ...]], regions: Mapping[Place, Region]
    ) -> Measured:
        """The articles of these regions composed; references name the pages on which ``columns`` have them."""
        placing = Placing(columns, regions)
        galley = strips_galley(issue, self.layout, self.workspace.city, self.folder, self.root, placing)
        return self.measure(self, galley) if self.measure else measured_of(self._composed(galley))

    def screen_galley(self) -> Galley:
        """The public issue in the layout's pages, for a screen."""
        placing = self.placed(self.public).placing
        return screen_galley(self.public, self.tight_layout, self.workspace.city, self.folder, self.root, placing)

    def begins(self) -> dict[str, int]:
        """The page on which each article begins, by its key: only an edition with the layout's pages knows."""
        if not (paged := self.composed.get("print") or self.composed.get("screen")):
            paged = self.compose("screen", self.screen_galley())
        return pages_of(articles_of(self.public), [(each.field, each.page) for each in paged.placed])


@dataclass(frozen=True, slots=True)
class Paged:
    """The pages of an edition: what they were composed of, the composed document, the finished PDF."""

    galley: Galley
    document: Document
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """The result of an edition: its ``files`` by name (none if its pages cannot be finished), findings about ``lost``
    words, and for the print file what gives the result of its preflight: it runs already, or does when asked.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    lost: tuple[Finding, ...] = ()
    inspection: Callable[[], tuple[tuple[Finding, ...], Report | None]] | None = None


OVER = ("overset", "text-off-page", "wider-than-column")
"""Too much text, which runs over what stands beside it."""


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
        try:
            pdf, late = finished(document, lambda document: self.finish(of, document))
        except KohoError:
            if wrong:  # no more pages than the sheet has, for one: told already
                return Made()
            raise
        late = tuple(each for each in late if each not in wrong)
        wrong = (*wrong, *late)
        made = self.files(of, Paged(galley, document, pdf))
        drawn = document.drawn()
        lost = not_of(wrong, of.collation.pdf(name, pdf, galley.html, document.placed))
        over = {each.where.page for each in wrong if each.code in OVER}  # where it stands on other words
        lost = tuple(each for each in lost if not (each.code == "words-unseen" and each.where.page in over))
        return replace(made, files={} if wrong else made.files, lost=(*late, *made.lost, *drawn, *lost))


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
