"""Handing over to the print shop (入稿): the preflight of the file with its plates, and the papers that go with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts.faces import Face
from koho_pdf.content.issue import Printing
from koho_pdf.editions.folding_dummy import Folding, dummy_galley, has_dummy
from koho_pdf.editions.settable import settable
from koho_pdf.errors import ArchiveError, LayoutError
from koho_pdf.findings import Finding, Where, error, errors_in, warning
from koho_pdf.finishing.finish import finish_screen
from koho_pdf.layout.face_roles import with_faces
from koho_pdf.layout.unpaged import Galley
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.preflight.inspect import Placed, Report, judge
from koho_pdf.preflight.pdf.reading import read_facts
from koho_pdf.preflight.plates.plates import plates_of
from koho_pdf.preflight.plates.total_ink import closer
from koho_pdf.press.folds import named_in
from koho_pdf.press.profile import Press
from koho_pdf.workspace.workspace import Workspace

if TYPE_CHECKING:
    from koho_pdf.preflight.report.summary import Consignment


def inspected(
    pdf: bytes,
    press: Press,
    trims: Sequence[tuple[float, float]] = (),
    placed: Sequence[Placed] = (),
    inks: Sequence[Sequence[str]] = (),
    *,
    ours: bool = False,
) -> Report:
    """The whole preflight of a PDF, its plates with it; ``trims``, ``placed`` and ``inks`` as ``preflight.inspect``
    takes them. ``ours``: we have just made it.

    Without Ghostscript, or if it fails, the last finding says so (``plates_of``), and the facts are judged all the
    same. Raises PreflightError when the file cannot be read; ArchiveError without room for work.
    """
    try:
        facts = read_facts(pdf, ours=ours)  # first, within its limits: a hostile file stops here
        plates, told = plates_of(pdf, len(facts.pages))
        plates = closer(pdf, plates, press.total_ink) if plates else plates
    except OSError as fault:
        raise ArchiveError(
            error(
                "not-written",
                f"検査に使う作業用のファイルを書けません（{fault.strerror or fault}）。",
                hint="一時フォルダー（環境変数 TMPDIR、ふつうは /tmp）があることと、空きを確かめてください。",
            )
        ) from fault
    report = judge(facts, press, plates, trims, placed, inks)
    return replace(report, findings=(*report.findings, *told))


def to_owners(
    findings: Sequence[Finding], manuscript: Tree, template: Callable[[int | None], str], planned: str = ""
) -> tuple[Finding, ...]:
    """The findings of an inspection with the file of whoever mends them: those about a photograph get its name and its
    line in the manuscript, those about a place on a page the layout's ``template``, those about the whole file the
    manuscript; the number of pages the line of its plan, in the field ``planned``."""
    return tuple(_to_owner(each, manuscript, template, planned) for each in findings)


def _to_owner(found: Finding, manuscript: Tree, template: Callable[[int | None], str], planned: str) -> Finding:
    field = found.where.field or ""
    if field.endswith(".file") and field in manuscript.lines:
        named = found.message.replace("写真", f"写真「{str(manuscript.at(field))[-60:]}」", 1)
        where = replace(found.where, file=manuscript.of(field).file, line=manuscript.lines[field])
        return replace(found, message=named, where=where)
    if found.where.file:
        return found
    if found.code == "page-multiple" and planned:
        return replace(found, where=where_of(manuscript, planned))
    file = template(found.where.page) if found.where.box else manuscript.file
    return replace(found, where=replace(found.where, file=file))


def asked(printing: Printing | None, press: Press, manuscript: Tree, fold: str = "") -> tuple[Finding, ...]:
    """Warnings about what the order does not say but a print shop needs: the paper and its weight (連量); and about a
    fold that is not that of the layout (``fold``)."""
    from koho_pdf.preflight.report.ordered import has_weight

    told: tuple[Finding, ...] = ()
    ordered = (printing.fold if printing else "") or ""
    if fold and ordered and named_in(ordered) != fold:
        where = where_of(manuscript, "printing.fold")
        said = f"折りの注文は「{ordered[:40]}」ですが、このレイアウトは{fold}です。"
        hint = f"原稿の printing の fold を「{fold}」と書くか、行を消してください（消すと、{fold}と書かれます）。"
        told = (warning("fold-ordered-otherwise", said, where, hint, "面付けは、レイアウトの折り方でしてあります。"),)
    named = (printing.paper if printing else "") or ""
    if has_weight(named) or press.printing == "digital":
        return told
    field = next((each for each in ("printing.paper", "printing") if each in manuscript.lines), "")
    return (
        *told,
        warning(
            "paper-not-ordered",
            f"用紙「{named}」の厚さ（連量）が書いてありません。" if named else "用紙と厚さ（連量）が書いてありません。",
            Where(manuscript.file, manuscript.lines.get(field), field=field or None),
            "原稿の printing に「paper: マットコート紙 四六判110kg」のように書いてください。"
            "わからないときは、前の号の仕様書を見るか、印刷所に尋ねてください。",
            "同じ名前の紙にも何通りもの厚さがあり、値段も折りの仕上がりも変わります。",
        ),
    )


def papers(
    pdf: bytes,
    sent: Consignment,
    found: Report,
    press: Press,
    workspace: Workspace,
    faces: Sequence[Face],
    folding: Folding | None = None,
) -> dict[str, bytes]:
    """The papers about a print PDF, by file name: ``report.html`` for whoever mends it; ``sheet.pdf``, one tagged A4
    page for the print shop; ``instructions.pdf`` (入稿指示書), one more page, if the consignment says what is ordered;
    ``folding.pdf`` (折り見本), a page for each side, if the job is folded.

    Raises LayoutError if the templates in ``layouts/_preflight`` do not work, or a paper needs more than one page
    (``sheet-too-long``).
    """
    from koho_pdf.preflight.report.report import instructions_galley, report_page, sheet_galley
    from koho_pdf.preflight.report.summary import summary

    told = summary(pdf, sent, found, press)
    shown = (sent, found, told, press, workspace.layouts, workspace.root)
    made = {
        "report.html": report_page(*shown).encode(),
        "sheet.pdf": _set(sheet_galley(*shown), "sheet", "入稿データ確認書", workspace, faces),
    }
    if sent.printing:
        galley = instructions_galley(*shown)
        made["instructions.pdf"] = _set(galley, "instructions", "入稿指示書", workspace, faces)
    if folding and has_dummy(workspace.layouts):
        dated = sent.issued.iso if sent.issued else ""
        galley = dummy_galley(folding, sent.name, dated, press, workspace.layouts, workspace.root)
        made["folding.pdf"] = _set(galley, "folding", "折り見本", workspace, faces, len(folding.sides))
    return made


def _set(
    galley: Galley, template: str, title: str, workspace: Workspace, faces: Sequence[Face], pages: int = 1
) -> bytes:
    """A paper of so many pages."""
    from koho_pdf.preflight.report.report import FOLDER

    source = Tree(f"layouts/{FOLDER}/{template}.html", {}, {})
    galley = replace(galley, html=settable(with_faces(galley.html, workspace.city.faces), faces))
    document = compose(galley, faces, source, workspace.root, workspace.cache)
    if wrong := errors_in(document.findings):
        raise LayoutError(*wrong)
    if document.pages != pages:
        raise LayoutError(
            error(
                "sheet-too-long",
                f"{title}が{document.pages}ページになりました。",
                hint=f"layouts/_preflight の {template}.html と {template}.css を、{pages}ページに収まるように直すか、"
                "原稿の「印刷の注文」（printing）を短くしてください。",
            )
        )
    return finish_screen(document.write())
