"""READ FIRST. The stages of an issue on one page, a one-way street: each takes one frozen value and returns the next.

    read -> check -> merge -> compose -> finish -> (release)

``proof`` goes up to the last arrow and writes nothing; ``release`` writes what a proof holds, whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from koho_pdf.collation import Collation
from koho_pdf.composition.document import Document, Placed
from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts import read_faces
from koho_pdf.editions.issue_json import issue_json
from koho_pdf.editions.page_pictures import page_pictures
from koho_pdf.editions.text import text_edition
from koho_pdf.editions.web import single_page, web_edition
from koho_pdf.errors import LayoutError, PreflightError
from koho_pdf.findings import Finding, error, errors_in
from koho_pdf.finishing.finish import Job, finish_print, finish_screen, sheets_of
from koho_pdf.finishing.sheets import standing
from koho_pdf.handover import asked, inspected, to_editor
from koho_pdf.handover import papers as papers_of
from koho_pdf.kinds.known import kinds_of
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.contract import Layout, kind_of_layout, layout_names, read_layout
from koho_pdf.layout.galley import Galley, lightened, print_galley, screen_galley, web_page
from koho_pdf.layout.reflowed import article_pages, large_galley
from koho_pdf.manuscript.articles import page_of
from koho_pdf.manuscript.check import check, layout_named
from koho_pdf.manuscript.model import Issue, Printing
from koho_pdf.manuscript.public import pictures_of, public, public_manuscript, tables_of, whole_manuscript
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.preflight.inspect import Report
from koho_pdf.preflight.summary import Consignment
from koho_pdf.press.profile import Press
from koho_pdf.sources import sum_of_shared
from koho_pdf.workspace import Workspace

EDITIONS = ("print", "screen", "web")
"""What is made when nothing is asked for."""

ASKED = ("large", "text", "data")
"""What is made only when asked for, and for a release."""

ALONE = ("web-single",)
"""What is made only when asked for by name: the web page in one file, to be sent on by mail or kept on a disk."""


@dataclass(frozen=True, slots=True)
class Proof:
    """校正刷り: every file an issue becomes, by its name, what there is to tell, and what they were made from.

    ``whole`` is a SHA-256 over that: words, pictures, tables, and how they are shown; ``public`` one over what everyone
    may have of it.
    """

    name: str
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    issue: Issue
    layout: Layout
    public: str
    whole: str


def proof(
    folder: Path,
    workspace: Workspace,
    editions: Sequence[str] = EDITIONS,
    press: Press | None = None,
    papers: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
    release: str = "",
) -> Proof:
    """All that the issue in ``folder`` becomes in these editions; writes nothing.

    The print edition is made for ``press``, or for the print shop the desk usually works with, and always inspected;
    ``papers`` asks for the report of it and what goes with it to the shop. ``release`` is the name it is released under
    (校了); without one it is a proof (校正). ``progress`` is told each stage as it begins.
    Raises the KohoError of the stage that cannot go on, with every finding of that stage.
    """
    press = press or workspace.desk.press
    sent_as, state = release or folder.name, "校了" if release else "校正"
    progress("原稿を読む")
    tree = read(folder / "issue.yaml", workspace.root)
    whole, layout, told = _checked(tree, folder, workspace)
    issue = public(whole)  # what every edition but print is made of
    faces = read_faces(workspace.fonts, workspace.root)
    shared = sum_of_shared(workspace, layout, faces)
    findings = list(told)
    lost: list[Finding] = []  # words that a finished edition does not show
    layouts = workspace.layouts.relative_to(workspace.root).as_posix()
    collation = Collation(whole, tree, layout, layouts, tuple(workspace.desk.readings.values()))
    documents: list[Document] = []
    files: dict[str, bytes] = {}

    how = (faces, tree, workspace.root, workspace.cache)

    def composed(galley: Galley) -> Document:
        document = compose(galley, *how)
        findings.extend(_of_pages(document, layout))
        documents.append(document)
        return document

    beside = ThreadPoolExecutor(1)  # the preflight runs in programs of its own while the other editions are made
    inspection: Future[Report] | None = None
    at = print_folder(press, workspace)
    for edition in (each for each in (*EDITIONS, *ASKED, *ALONE) if each in editions):
        progress(_STAGES[edition])
        if edition == "print":
            galley = print_galley(whole, layout, workspace.desk, press, folder, workspace.root)
            document = composed(galley)
            if not errors_in(findings):
                sheet = (layout.name, layout.trim, layout.bleed, layout.binding)
                job = Job(sent_as, whole.date.day, *sheet, press, faces, state)
                made = files[f"{at}print.pdf"] = finish_print(document.write(), job)
                single, laid = press.sheets == "single", sheets_of(document.sizes, job)
                trims = (layout.trim, *document.sizes[1:]) if single else ()
                lost += collation.pdf(edition, made, galley.html, document.placed)
                inspection = beside.submit(inspected, made, press, trims, standing(document.placed, laid))
        elif edition == "screen":
            galley = screen_galley(issue, layout, workspace.desk, folder, workspace.root)
            document = composed(galley)
            if not errors_in(findings):
                files["screen.pdf"] = finish_screen(document.write())
                lost += collation.pdf(edition, files["screen.pdf"], galley.html, document.placed)
                pictures = page_pictures(files["screen.pdf"])
                files |= {f"pages/p{number}.png": picture for number, picture in enumerate(pictures, 1)}
        elif edition == "web":
            page = web_page(issue, layout, workspace.desk, workspace.root)
            articles = article_pages(folder.name, issue, layout, workspace.desk, workspace.root)
            lost += collation.web(page, articles)
            made_for = workspace.desk.press.condition.profile
            files |= _below("web", web_edition(page, articles, faces, folder, made_for))
        elif edition == "web-single":
            page = web_page(issue, layout, workspace.desk, workspace.root, alone=True)
            alone = single_page(page, faces, folder, workspace.desk.press.condition.profile)
            files[f"web-single/{folder.name}.html"] = alone
        elif edition == "large":
            galley = large_galley(issue, layout, workspace.desk, folder, workspace.root)
            large = compose(galley, *how)
            findings.extend(large.findings)
            if not errors_in(findings):
                files["large.pdf"] = finish_screen(large.write())
                lost += collation.pdf(edition, files["large.pdf"], galley.html, large.placed)
        elif not errors_in(findings):
            if not documents:  # only pages know on which an article begins
                composed(screen_galley(issue, layout, workspace.desk, folder, workspace.root))
            begin = pages_of(issue, documents[0].placed)
            if edition == "text":
                written = files[f"text/{folder.name}.txt"] = text_edition(issue, begin, workspace.desk)
                lost += collation.text(written)
            else:
                written = files["data/issue.json"] = issue_json(folder.name, issue, begin, workspace.desk)
                lost += collation.data(written)
    findings += lost
    if errors_in(findings):
        raise LayoutError(*dict.fromkeys(findings))
    if inspection:
        progress("入稿データを確かめる")
        found = inspection.result()
        of_print = to_editor(found.findings, tree)
        if wrong := errors_in(of_print):
            raise PreflightError(*wrong, *(each for each in of_print if each not in wrong))
        findings.extend(of_print)
        if papers:
            progress("印刷所に渡す書類を作る")
            findings.extend(asked(whole.printing, press, tree))
            sent = Consignment(
                sent_as,
                press.file_name.format(issue=sent_as, press=press.name) + ".pdf",
                workspace.desk.municipality,
                issue.date,
                layout.binding,
                lightened(layout, press),
                whole.printing or Printing(),
                state,
            )
            handed = papers_of(files[f"{at}print.pdf"], sent, found, press, workspace, faces)
            files |= _below(f"{at}preflight", handed)
    if drawn := [each for each in documents if each.edition in editions]:
        files["map.json"] = _map(folder.name, drawn)
    sums = (
        _sum_of(issue, public_manuscript(issue), folder, shared),
        _sum_of(whole, whole_manuscript(whole), folder, shared),
    )
    return Proof(folder.name, files, tuple(dict.fromkeys(findings)), whole, layout, *sums)


def _sum_of(issue: Issue, manuscript: str, folder: Path, shared: bytes) -> str:
    read = hashlib.sha256(shared + manuscript.encode())
    for picture in pictures_of(issue):
        read.update(hashlib.sha256((folder / picture).read_bytes()).digest())
    for table in tables_of(issue):
        read.update(hashlib.sha256(table.csv()).digest())
    return read.hexdigest()


def print_folder(press: Press, workspace: Workspace) -> str:
    """Where among a proof's files those for this print shop are: beside the others for the usual one."""
    return "" if press.name == workspace.desk.press.name else f"press/{press.name}/"


_STAGES = {"print": "印刷用のPDFを組む", "screen": "画面用のPDFを組む", "web": "ウェブページを作る"}
_STAGES |= {
    "large": "拡大版を組む",
    "text": "テキスト版を作る",
    "data": "データを作る",
    "web-single": "ウェブページを1つのファイルにする",
}


def _checked(tree: Tree, folder: Path, workspace: Workspace) -> tuple[Issue, Layout, tuple[Finding, ...]]:
    """The issue and its layout; without a layout a manuscript is still checked, as the kind it looks most like."""
    names = layout_names(workspace.layouts)
    name = layout_named(tree)
    layout = read_layout(workspace.layouts / name, workspace.root) if name in names else None
    if layout:
        kind = kind_of_layout(layout, workspace.root)
    else:
        keys = set(tree.root) if isinstance(tree.root, dict) else set()
        kinds = kinds_of(workspace.layouts, workspace.root)
        kind = max(kinds.values(), key=lambda kind: len(keys & set(kind.fields)))
    checked = check(tree, kind.model, folder=folder, layouts=names, departments=workspace.desk.departments)
    assert layout is not None  # check has refused a manuscript without one
    styled = layout.digits != "as-typed"  # then both widths are printed in the layout's one
    told = tuple(each for each in checked.findings if not (styled and each.code == "digits-of-two-widths"))
    return checked.issue, layout, told


def _of_pages(document: Document, layout: Layout) -> tuple[Finding, ...]:
    """What composition found, and whether it made as many pages as the layout promises (0 promises none)."""
    if layout.pages in (0, document.pages):
        return document.findings
    return (
        *document.findings,
        error(
            "page-count",
            f"{document.pages}ページになりました。このレイアウトは{layout.pages}ページです。",
            hint="あふれた文章を短くするか、レイアウトを直してください。",
        ),
    )


def pages_of(issue: Issue, placed: Sequence[Placed]) -> dict[str, int]:
    """The page on which each article begins, by its key."""
    stands = [(each.field, each.page) for each in placed]
    return {article.key: page_of(article, stands) for article in articles_of(issue)}


def _below(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files.items()}


def _map(name: str, documents: Sequence[Document]) -> bytes:
    """``map.json``: where every field of the manuscript stands; boxes in mm from the trim's top left."""
    fields = [{"edition": document.edition, **asdict(placed)} for document in documents for placed in document.placed]
    return (json.dumps({"issue": name, "fields": fields}, ensure_ascii=False, indent=1) + "\n").encode()
