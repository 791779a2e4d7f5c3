"""Handing over to the print shop (入稿): the preflight of the file with its plates, and the papers that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from koho_pdf.composition.engine import compose
from koho_pdf.composition.fonts import Face
from koho_pdf.errors import ArchiveError, LayoutError
from koho_pdf.findings import error, errors_in
from koho_pdf.finishing.finish import finish_screen
from koho_pdf.manuscript.scalar import Tree
from koho_pdf.preflight.inspect import Placed, Report, judge
from koho_pdf.preflight.plates import renderer_missing, separations
from koho_pdf.preflight.reading import read_facts
from koho_pdf.preflight.report import FOLDER, report_page, sheet_galley
from koho_pdf.preflight.summary import Consignment, summary
from koho_pdf.press.profile import Press
from koho_pdf.workspace import Workspace


def inspected(
    pdf: bytes, press: Press, trim: tuple[float, float] | None = None, placed: Sequence[Placed] = ()
) -> Report:
    """The whole preflight of a PDF, its plates with it; ``trim`` and ``placed`` as ``preflight.inspect`` takes them.

    Where there is no Ghostscript, the last finding says what was not measured (``plates-not-measured``). Raises
    PreflightError when the file cannot be read, or not be drawn to its end; ArchiveError without room for work.
    """
    missing = renderer_missing()
    try:
        facts = read_facts(pdf)  # first, and within its limits: a hostile file gets no further
        report = judge(facts, press, None if missing else separations(pdf, pages=len(facts.pages)), trim, placed)
    except OSError as fault:
        raise ArchiveError(
            error(
                "not-written",
                f"検査に使う作業用のファイルを書けません（{fault.strerror or fault}）。",
                hint="ディスクの空きを作ってください。",
            )
        ) from fault
    return replace(report, findings=(*report.findings, missing)) if missing else report


def papers(
    pdf: bytes, sent: Consignment, found: Report, press: Press, workspace: Workspace, faces: Sequence[Face]
) -> dict[str, bytes]:
    """What is said of a print PDF, by file name: ``report.html`` for whoever mends it, ``sheet.pdf``, one tagged A4
    page, for the print shop.

    Raises LayoutError when the templates in ``layouts/_preflight`` do not work, or the sheet takes more than its page
    (``sheet-too-long``).
    """
    told = summary(pdf, sent, found, press)
    report = report_page(sent, found, told, press, workspace.layouts, workspace.root)
    source = Tree(f"layouts/{FOLDER}/sheet.html", {}, {})
    galley = sheet_galley(sent, found, told, press, workspace.layouts, workspace.root)
    galley = replace(galley, html=_settable(galley.html, faces))
    document = compose(galley, faces, source, workspace.root, workspace.cache)
    if wrong := errors_in(document.findings):
        raise LayoutError(*wrong)
    if document.pages != 1:
        raise LayoutError(
            error(
                "sheet-too-long",
                f"入稿データ確認書が{document.pages}ページになりました。",
                hint="layouts/_preflight の sheet.html と sheet.css を、1ページに収まるように直してください。",
            )
        )
    sheet = finish_screen(document.write())
    return {"report.html": report.encode(), "sheet.pdf": sheet}


def _settable(text: str, faces: Sequence[Face]) -> str:
    """The text with 〓 (下駄) for each character that no face has: a PDF that is not ours may call itself anything."""
    known = frozenset().union(*(face.characters for face in faces))
    return "".join(sign if sign.isascii() or ord(sign) in known else "〓" for sign in text)
