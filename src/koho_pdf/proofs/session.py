"""READ FIRST. A session: the proofs (校正刷り) of one issue, pulled again whenever somebody has saved.

Only pages whose key has changed are composed, each alone; what the last round left stays (``Warm``). Pictures, places
and findings are those of ``koho look``.
"""

from __future__ import annotations

import gc
import html
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from koho_pdf.composition.document import Block, Document
from koho_pdf.composition.engine import compose
from koho_pdf.composition.engine.few import Few
from koho_pdf.composition.engine.warm import Warm
from koho_pdf.editions.by_layout import by_layout
from koho_pdf.editions.edition import Of
from koho_pdf.editions.page_pictures import proof_pictures
from koho_pdf.editions.tight_slots import fitted, told_of
from koho_pdf.editions.unmarked import unmarked
from koho_pdf.errors import KohoError
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.galley import screen_galley
from koho_pdf.layout.kept_articles import KEPT, KeptArticles
from koho_pdf.layout.templates import forget
from koho_pdf.layout.unpaged import Galley
from koho_pdf.media.png import Packing
from koho_pdf.pipeline import as_looked_at
from koho_pdf.plan.trial import Measured, cut_in, measured_of
from koho_pdf.press.colour import to_screen
from koho_pdf.proofs.divided import into_blocks, into_pages, only_blocks, outs_of
from koho_pdf.proofs.file_sums import FileSums
from koho_pdf.proofs.page_keys import programs, sum_of
from koho_pdf.proofs.page_proof import PageProof, Proof, between_pages, of_all
from koho_pdf.proofs.previews import Previews
from koho_pdf.workspace.workspace import open_workspace


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the galley that was composed: its sheets, the files that it shows, all that it depends on besides its
    HTML (``facts``), and how many characters are too many in which slots (``over``)."""

    sheets: tuple[PageProof, ...]
    files: frozenset[Path]
    facts: str
    over: Mapping[str, int]


_LAST_PICTURES = 8  # of some 3 MB
_Placed = tuple[_Part, Sequence[int], bool]
"""A part, the numbers of its pages, and whether it was composed in this round."""


class Proofs:
    """The session of the issue in ``folder``, in the workspace ``root``. Pictures are marked with the words ``mark``,
    if there are any; with ``previews`` it can draw them at any resolution. What it keeps is bounded: the pages of this
    round and of the last.
    """

    def __init__(self, folder: Path, root: Path, mark: str = "", *, previews: bool = False) -> None:
        self._previews: Previews | None = Previews() if previews else None
        self._folder, self._root, self._mark = folder, root, mark
        self._warm, self._sums, self._articles = Warm(), FileSums(), KeptArticles()
        self._parts: dict[str, _Part] = {}
        self._blocks: dict[str, tuple[Block, frozenset[str]]] = {}  # with what is cut in them
        self._measured_now = set[str]()  # those of this round
        self._joined: set[str] = set()  # the heads of galleys whose pages depend on each other
        self._shown: dict[Path, str] = {}  # files that pages show, and what they were like
        self._now, self._last = set[str](), set[str]()  # the parts of this round and of the last
        self._fresh = set[str]()  # those that were composed in this round, be it while slots were fitted
        self._packings = Few[Packing](_LAST_PICTURES)
        self._places = dict[str, Path]()
        self._shared = ""
        self._rested = False
        self._beside = ThreadPoolExecutor(1)

    def pull(self, progress: Callable[[str], None] = lambda stage: None) -> Proof:
        """Pull proofs of the issue as it now is. Raises KohoError if no page can be made; the next round may.

        Meanwhile no garbage is collected: call ``rest`` when nobody waits.
        """
        forget()
        self._articles.next_round()
        kept, collected = KEPT.set(self._articles), gc.isenabled()
        gc.disable()
        try:
            return self._pulled(progress)
        finally:
            KEPT.reset(kept)
            if collected:
                gc.enable()

    def picture(self, number: int, ppi: int) -> tuple[str, bytes] | None:
        """A page of the last round at ``ppi`` pixels an inch (PNG), and its key; None if it cannot be drawn."""
        return self._previews.picture(number, ppi) if self._previews else None

    def rest(self) -> None:
        """Free what nothing uses any more. What the first round has made mostly stays, and is not looked at again."""
        gc.collect()
        if not self._rested:
            self._rested = True
            gc.freeze()

    def _pulled(self, progress: Callable[[str], None]) -> Proof:
        self._places = dict[str, Path]()
        workspace = open_workspace(self._root)
        of, told = as_looked_at(self._folder, workspace, self._beside, progress)
        of = replace(of, measure=self._measured)
        self._look_at_files(of)
        self._shared = self._what_all_share(of)
        self._measured_now = set[str]()
        placed = of.placed(of.whole)
        self._blocks = {key: each for key, each in self._blocks.items() if key in self._measured_now}
        progress("変わったページを組む")
        self._last, self._now, self._fresh = self._now, set(), set()
        parts = self._parts_of(of, galley := self._galley(of, self._tight(of)))
        self._parts = {key: part for key, part in self._parts.items() if key in self._last | self._now}
        pages, composed = self._proofs(parts)
        if self._previews:
            self._previews.shown(pages)
        whole = (*of.beside_pages(galley, len(pages)), *between_pages(galley, workspace.root))
        on_all = tuple(each for page in pages for each in page.placed)
        if of.tight:
            together = Document(galley.edition, len(pages), (), on_all, (), bytes, over=_over(parts))
            whole += told_of(of.tight[0], together, of.tree)
        whole += unmarked(of.collation, galley, on_all, self._folder)
        found = by_layout(of_all(pages), on_all, galley.html, of.layout, of.root)
        findings = tuple(dict.fromkeys([*told, *placed.findings, *found, *whole]))
        return Proof(pages, findings, placed.uses, composed)

    def _galley(self, of: Of, layout: Layout) -> Galley:
        city, placing = of.workspace.city, of.placed(of.whole).placing
        return screen_galley(of.whole, layout, city, self._folder, of.root, placing)

    def _tight(self, of: Of) -> Layout:
        """The layout, with its slots as tight as they must be; what is tried is kept as pages are."""
        if any(slot.fit for slot in of.layout.slots.values()):
            of.tight.append(fitted(of.layout, lambda layout: _over(self._parts_of(of, self._galley(of, layout)))))
        return of.tight_layout

    def _look_at_files(self, of: Of) -> None:
        """Forget what was read from files that have changed since."""
        profile = of.workspace.city.press.condition.profile
        now = {path: self._sums.of(path) for path in (*self._shown, profile)}
        if any(now[path] != was for path, was in self._shown.items()):
            self._warm.pictures.clear()
            to_screen.cache_clear()
        self._shown = {profile: now[profile]}

    def _proofs(self, parts: Sequence[_Placed]) -> tuple[tuple[PageProof, ...], tuple[int, ...]]:
        """The proof of every page, and the numbers of those that were composed."""
        pages: dict[int, PageProof] = {}
        composed: list[int] = []
        for part, numbers, fresh in parts:
            self._shown |= {path: self._sums.of(path) for path in part.files}
            at = (
                numbers if len(numbers) == len(part.sheets) else [numbers[0] + each for each in range(len(part.sheets))]
            )
            pages |= {number: sheet.at(number) for number, sheet in zip(at, part.sheets, strict=True)}
            composed += at if fresh else ()
        return tuple(pages[number] for number in sorted(pages)), tuple(sorted(composed))

    def _parts_of(self, of: Of, galley: Galley) -> list[_Placed]:
        """Every part of a galley with the numbers of its pages, and whether it was composed now."""
        divided = into_pages(galley.html)
        head = sum_of(galley.html[: divided.parts[0].start]) if divided else ""
        alone = divided is not None and head not in self._joined
        groups = divided.groups() if divided and alone else [[]]
        made: list[_Placed] = []
        more = 0  # sheets than pages, because something runs over the end of its page
        for group in groups:
            numbers = [each + 1 + more for each in group] or [1]
            text = divided.only(group) if divided and group else galley.html
            own = replace(galley, html=text, keep_outs=outs_of(galley, numbers) if alone else galley.keep_outs)
            key = sum_of(self._shared, text, repr(own.keep_outs))
            part = self._parts.get(key)
            fresh = part is None or part.facts != self._facts(of, galley, part.files, part.sheets)
            if part is None or fresh:
                document = self._compose(of, own)
                if alone and not document.alone:  # it would be another among the others
                    self._joined.add(head)
                    return self._parts_of(of, galley)
                part = self._part(of, galley, document, key, numbers[0])
                self._fresh.add(key)
            self._parts[key] = part
            self._now.add(key)
            made.append((part, numbers, key in self._fresh))
            more += len(part.sheets) - len(group) if group else 0
            if more and (galley.keep_outs or any(len(each) > 1 for each in groups)):
                # Folds and holes would be on other pages, and the pages of a part would not follow each other.
                self._joined.add(head)
                return self._parts_of(of, galley)
        return made

    def _compose(self, of: Of, galley: Galley) -> Document:
        return compose(galley, of.faces, of.tree, of.root, of.workspace.cache, self._warm)

    def _part(self, of: Of, galley: Galley, document: Document, key: str, first: int) -> _Part:
        """The sheets of a part drawn, one picture each; ``first`` is the number of its first page."""
        found, pictures = document.findings, tuple[bytes | None, ...]()

        def packing(at: int) -> Packing:
            return self._packings.of(first + at, Packing)

        try:
            preview = document.preview()
            pictures = proof_pictures(preview, self._mark, of.faces, packing)
        except KohoError as fault:  # what the engine finds only when it draws
            found, pictures = (*found, *fault.findings), (None,) * document.pages
        sheets = []
        own = sum_of(key, self._facts(of, galley, document.files, ()))
        for number, picture in enumerate(pictures, 1):
            placed = tuple(each for each in document.placed if each.page == number)
            on_it = tuple(each for each in found if (each.where.page or 1) == number)
            sheets.append(PageProof(number, sum_of(own, str(number)), picture, placed, on_it))
            if self._previews and picture:
                self._previews.keep(sheets[-1].key, preview, number)
        return _Part(tuple(sheets), document.files, self._facts(of, galley, document.files, sheets), document.over)

    def _what_all_share(self, of: Of) -> str:
        """What all pages depend on: programs, faces, the marks of the pictures."""
        made_by = *programs(), self._mark
        return sum_of(repr((made_by, [(each.family, each.weight, self._sums.of(each.path)) for each in of.faces])))

    def _facts(self, of: Of, galley: Galley, files: frozenset[Path], sheets: Sequence[PageProof]) -> str:
        """What a part depends on besides its HTML: files, what pictures must keep whole, and, where something was found
        on it, the lines of the manuscript."""
        profile = galley.press.condition.profile
        sums = [self._sums.of(path) for path in (*sorted(files), *([profile] if files else []))]
        pictures = [each for each in galley.pictures if self._place(galley, each.file) in files] if files else []
        lines = (of.tree.lines, galley.city_lines) if any(sheet.findings for sheet in sheets) else ()
        return sum_of(repr((sums, pictures, lines)))

    def _measured(self, of: Of, galley: Galley) -> Measured:
        """How deep the articles of strips are; only those that have changed are composed. Pictures that may not be cut
        are looked at in all where one file is shown twice."""
        head = sum_of(self._shared, galley.html[: galley.html.find("<body")])
        whole = Counter(each.file for each in galley.pictures if each.keep)
        kept = head not in self._joined and all(count == 1 for count in whole.values())
        blocks = into_blocks(galley.html) if kept else {}
        keys = {id_: sum_of(head, text, *self._shows(galley, text)) for id_, text in blocks.items()}
        new = [id_ for id_, key in keys.items() if key not in self._blocks]
        if new:
            document = self._compose(of, replace(galley, html=only_blocks(galley.html, new)))
            cut = cut_in(document, new)
            kept = document.alone and cut is not None
            made = {
                keys[id_]: (document.blocks[id_], (cut or {})[id_]) for id_ in new if kept and id_ in document.blocks
            }
            self._blocks |= made
        if not kept:
            self._joined.add(head)
            return measured_of(self._compose(of, galley))
        self._measured_now.update(keys.values())
        known = {id_: self._blocks[key] for id_, key in keys.items() if key in self._blocks}
        cut_now = frozenset(each for _, cut in known.values() for each in cut)
        return Measured({id_: block for id_, (block, _) in known.items()}, cut_now)

    def _place(self, galley: Galley, file: str) -> Path:
        """Where a picture of the issue really lies; looked for once in a round."""
        if file not in self._places:
            self._places[file] = (galley.reach[-1] / file).resolve()
        return self._places[file]

    def _shows(self, galley: Galley, text: str) -> list[str]:
        """The sums of the pictures that an article shows, and what these must keep whole."""
        if not (files := _SOURCE.findall(text)):
            return []
        base = galley.folder.as_uri() + "/"
        shown = (urlsplit(urljoin(base, html.unescape(each))) for each in files)
        paths = [Path(unquote(each.path)) for each in shown if each.scheme == "file"]
        keep = [repr(each) for each in galley.pictures if each.keep and self._place(galley, each.file) in paths]
        return [*map(self._sums.of, paths), *keep]


def _over(parts: Sequence[_Placed]) -> Mapping[str, int]:
    """How many characters are too many in the slots of a name, together."""
    found = Counter[str]()
    for part, _, _ in parts:
        found.update(part.over)
    return found


_SOURCE = re.compile(r"\ssrc=\"([^\"]+)\"")
