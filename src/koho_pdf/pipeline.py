"""READ FIRST. The stages of an issue on one page, a one-way street: each takes one frozen value and returns the next.

    read -> check -> merge -> compose -> finish -> inspect -> (release)

``build`` goes up to the last arrow and writes nothing; ``release`` writes what a build holds, whole or not at all.
``edition`` says what each edition is made of and how. Findings hide nothing: every stage of every edition that can go
on does so, and all findings are told together; ``look`` gives pictures of the pages whatever was found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from koho_pdf.collation.collation import Collation
from koho_pdf.composition.document import Document, Placed
from koho_pdf.content.article_files import read_issue
from koho_pdf.content.issue import Issue, Printing
from koho_pdf.content.public import pictures_of, public, public_manuscript, tables_of, whole_manuscript
from koho_pdf.editions.checked_issue import checked_somehow
from koho_pdf.editions.edition import Of
from koho_pdf.editions.every import EDITIONS, USUAL, below, folding, print_folder
from koho_pdf.editions.faint_text import pale_of_city
from koho_pdf.editions.folding_dummy import folds_in_words, sheet_of
from koho_pdf.editions.following import Patches, not_of
from koho_pdf.editions.freed import let_go
from koho_pdf.editions.looked import looked
from koho_pdf.editions.page_pictures import page_pictures, stamped
from koho_pdf.editions.papers import asked, to_owners
from koho_pdf.editions.papers import papers as papers_of
from koho_pdf.editions.proofread import standing, standing_in_words
from koho_pdf.errors import KohoError, LayoutError, ManuscriptError, PreflightError
from koho_pdf.findings import Finding, errors_in
from koho_pdf.kinds.reading_order import own_readings
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.galley import lightened
from koho_pdf.layout.slot import Slot
from koho_pdf.plan.misinked import misinked
from koho_pdf.plan.placed_articles import RegionUse
from koho_pdf.press.profile import Press
from koho_pdf.workspace.faces_of_city import faces_of, thin
from koho_pdf.workspace.sources import sum_of_shared
from koho_pdf.workspace.workspace import Workspace

if TYPE_CHECKING:
    from koho_pdf.preflight.report.summary import Consignment


@dataclass(frozen=True, slots=True)
class Build:
    """The result of a build: every file of an issue by its name, the findings, and sums over what the files were made
    from.

    ``whole`` is a SHA-256 over words, pictures, tables and everything that shows them; ``public`` one over their public
    part, the ``public_issue``. ``placed`` says where the fields stand on the pages of an edition.
    """

    name: str
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    issue: Issue
    layout: Layout
    public: str
    whole: str
    public_issue: Issue
    placed: Mapping[str, tuple[Placed, ...]]


@dataclass(frozen=True, slots=True)
class Fit:
    """How full the pages are: the regions of the page plan, and the fields with their slots; and the slots that were
    set tighter, by their names."""

    regions: tuple[RegionUse, ...]
    placed: tuple[Placed, ...]
    tight: Mapping[str, Slot]


def build(
    folder: Path,
    workspace: Workspace,
    editions: Sequence[str] = USUAL,
    press: Press | None = None,
    papers: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
    release: str = "",
    fit: Callable[[Fit], None] = lambda fit: None,
) -> Build:
    """Make the issue in ``folder`` in these editions; writes nothing.

    The print edition is made for ``press``, or for the print shop the city usually works with, and always inspected;
    ``papers`` asks for its report and the papers that go with it to the shop. ``release`` is the name it is released
    under (校了); without one it is a proof (校正). ``progress`` is told each stage as it begins, ``fit``
    how full the pages are, also if there are errors of pages. Raises the KohoError of the first owner who has something
    to mend, with every finding of every stage: with mistakes in the manuscript also those of all that can be made
    beside them.
    """
    press = press or workspace.city.press
    with ThreadPoolExecutor(1) as beside:
        of, told = _read(folder, workspace, press, beside, papers, release, progress)
        if "layout" in of.patches.paths:  # the pages of a layout that nobody asked for tell nothing
            raise ManuscriptError(*told)
        told += of.acknowledged
        files, findings, wrong = _made(of, editions, progress)
    if errors_in(told):  # about the manuscript, whose owner comes first
        wrong = ManuscriptError
    if of.patches.paths:
        stands = [each for document in of.composed.values() for each in document.placed]
        findings = of.patches.beside(findings, stands, fit_of(of).regions)
    else:
        fit(fit_of(of))
    findings = tuple(dict.fromkeys([*told, *findings]))
    if errors := errors_in(findings):
        raise wrong(*errors, *(each for each in findings if each not in errors))
    shared = sum_of_shared(workspace, of.layout, of.faces)
    sums = (
        _sum_of(of.public, public_manuscript(of.public), folder, shared),
        _sum_of(of.whole, whole_manuscript(of.whole), folder, shared),
    )
    placed = {name: document.placed for name, document in of.composed.items()}
    return Build(folder.name, files, findings, of.whole, of.layout, *sums, of.public, placed)


def look(
    folder: Path, workspace: Workspace, progress: Callable[[str], None] = lambda stage: None
) -> tuple[tuple[bytes, ...], tuple[Finding, ...]]:
    """組み見本: a picture (PNG), marked as such, of every page that can be composed, whatever is wrong with it; and the
    findings about the manuscript and its pages. In the place of what is wrong in a manuscript stands an example, or
    （間違い）; in that of a character that no face has, 〓.

    Raises KohoError if no page can be made: the manuscript cannot be read at all, or a template does not work.
    """
    with ThreadPoolExecutor(1) as beside:
        of, told = as_looked_at(folder, workspace, beside, progress)
    progress("組み見本を描く")
    seen = looked(of)
    marked = tuple(stamped(each, "組み見本", of.faces) for each in page_pictures(seen.screen))
    return marked, tuple(dict.fromkeys([*told, *seen.findings]))


def as_looked_at(
    folder: Path, workspace: Workspace, beside: Executor, progress: Callable[[str], None] = lambda stage: None
) -> tuple[Of, tuple[Finding, ...]]:
    """What ``look`` makes pages of, with something in the place of what is wrong, and findings. Raises KohoError."""
    return _read(folder, workspace, workspace.city.press, beside, False, "", progress, looking=True)


def _read(
    folder: Path,
    workspace: Workspace,
    press: Press,
    beside: Executor,
    papers: bool,
    release: str,
    progress: Callable[[str], None],
    *,
    looking: bool = False,
) -> tuple[Of, tuple[Finding, ...]]:
    """Everything editions are made of, and the findings about the manuscript. Raises KohoError."""
    progress("原稿を読む")
    read = read_issue(folder, workspace.root)
    checked, layout, told, paths = checked_somehow(read, folder, workspace, short=not looking)
    layout = replace(layout, fold_margin=max(layout.fold_margin, press.fold_margin))
    whole, tree = checked.issue, checked.tree
    layouts = workspace.layouts.relative_to(workspace.root).as_posix()
    patches = Patches(paths, frozenset({type(whole).planned, *type(whole).takes}))
    told += tuple(each for each in misinked(whole, layout, press, tree) if not patches.touches(each.where.field))
    of = Of(
        whole=whole,
        public=public(whole),
        tree=tree,
        layout=layout,
        workspace=workspace,
        press=press,
        folder=folder,
        faces=(faces := faces_of(workspace.fonts, workspace.root, workspace.city)),
        collation=Collation(whole, tree, layout, layouts, _readings(whole, workspace)),
        sent_as=release or folder.name,
        state="校了" if release else "校正",
        beside=beside,
        papers=papers,
        patches=patches,
        waiting=checked.waiting,
        acknowledged=() if looking else standing(folder, workspace),
    )
    return of, (*told, *thin(faces, workspace.city))


def _readings(issue: Issue, workspace: Workspace) -> tuple[str, ...]:
    """What an edition may add to the words: the readings of the city's names, and those that an article has itself."""
    own = (reading for each in own_readings(issue).values() for reading in each.values())
    return (*workspace.city.readings.values(), *own)


def _made(
    of: Of, editions: Sequence[str], progress: Callable[[str], None]
) -> tuple[dict[str, bytes], tuple[Finding, ...], type[KohoError]]:
    """The files of these editions, every finding of every stage, and the first owner who has something to mend."""
    files: dict[str, bytes] = {}
    lost, inspected, faults = list[Finding](), tuple[Finding, ...](), list[KohoError]()
    inspection, report = None, None
    for edition in (each for each in EDITIONS if each.name in editions):
        progress(edition.stage)
        try:
            made = edition.make(of)
        except KohoError as fault:  # a fault in one edition does not hide the findings of others
            faults.append(fault)
            continue
        files |= made.files
        lost += made.lost
        inspection = inspection or made.inspection
    let_go(of.composed, max((each.pages for each in of.composed.values()), default=0))
    if inspection:
        progress("入稿データを確かめる")
        try:
            raw, report = inspection()
            told = errors_in(of.composed["print"].findings)
            inspected = not_of(told, to_owners(raw, of.tree, of.template, type(of.whole).planned))
        except KohoError as fault:
            faults.append(fault)
    composed = [found for document in of.composed.values() for found in document.findings]
    composed += [found for _, placed in of.placings.values() for found in placed.findings]
    findings = [*composed, *pale_of_city(files, of), *(found for fault in faults for found in fault.findings), *lost]
    if report and of.papers and not errors_in([*findings, *inspected]):
        progress("印刷所に渡す書類を作る")
        findings += asked(of.whole.printing, of.press, of.tree, of.layout.fold)
        place = print_folder(of.press, of.workspace)
        sent = _consignment(of), report, of.press, of.workspace, of.faces, folding(of)
        handed = papers_of(files[f"{place}print.pdf"], *sent)
        files |= below(f"{place}preflight", handed)
    if drawn := [each for edition, each in of.composed.items() if edition in editions and edition != "large"]:
        files["map.json"] = places_of(of, drawn, fit_of(of).regions)
    wrong = type(faults[0]) if faults else LayoutError if errors_in(findings) else PreflightError
    return files, (*findings, *inspected), wrong


def _consignment(of: Of) -> Consignment:
    """What the print shop is told with the file."""
    from koho_pdf.preflight.report.summary import Consignment

    folded = folding(of)
    return Consignment(
        of.sent_as,
        of.press.file_name.format(issue=of.sent_as, press=of.press.name) + ".pdf",
        of.workspace.city.municipality,
        of.whole.date,
        of.layout.binding,
        lightened(of.layout, of.press),
        of.whole.printing or Printing(),
        of.state,
        of.inks_in_words(),
        of.folds_in_words() or folds_in_words(folded),
        standing_in_words(of.acknowledged),
        sheet_of(folded, of.composed["print"].sizes[0]),
    )


def _sum_of(issue: Issue, manuscript: str, folder: Path, shared: bytes) -> str:
    read = hashlib.sha256(shared + manuscript.encode())
    for picture in pictures_of(issue):
        read.update(hashlib.sha256((folder / picture).read_bytes()).digest())
    for table in tables_of(issue):
        read.update(hashlib.sha256(table.csv()).digest())
    return read.hexdigest()


def fit_of(of: Of) -> Fit:
    """How full the pages are: those of the whole issue if they were made, else of the public one."""
    placings = sorted(of.placings.values(), key=lambda each: each[0] != of.whole.without_order())
    paged = of.composed.get("print") or of.composed.get("screen")
    return Fit(placings[0][1].uses if placings else (), paged.placed if paged else (), _tight(of))


def _tight(of: Of) -> dict[str, Slot]:
    """The slots that were set tighter, by their names."""
    return {name: slot for layout in of.tight for name, slot in layout.slots.items() if slot.done}


def places_of(of: Of, documents: Sequence[Document], regions: Sequence[RegionUse]) -> bytes:
    """``map.json``: where every field of the manuscript stands, and of a page plan every page and how full every region
    is; lengths in mm, boxes from the trim's top left."""
    fields = [{"edition": document.edition, **asdict(placed)} for document in documents for placed in document.placed]
    for each in fields:
        del each["pieces"]
    told: dict[str, object] = {"issue": of.name, "fields": fields}
    if tight := {name: dict(slot.done) for name, slot in _tight(of).items()}:
        told["slots"] = tight
    if pages := of.pages_of_plan():
        told["pages"] = pages
    if regions:
        told["regions"] = [each.told() for each in regions]
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
