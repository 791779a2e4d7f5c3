"""The pages that are looked at (組み見本): whatever is wrong with them, so that it can be seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from koho_pdf.composition.document import Document, finished
from koho_pdf.editions.edition import OVER, Of
from koho_pdf.editions.settable import settable
from koho_pdf.findings import Finding, errors_in
from koho_pdf.finishing.finish import finish_screen
from koho_pdf.layout.galley import screen_galley


@dataclass(frozen=True, slots=True)
class Looked:
    """The whole issue for a screen: the PDF, where its fields stand, and the findings about its pages."""

    screen: bytes
    document: Document
    findings: tuple[Finding, ...]


def looked(of: Of) -> Looked:
    """The pages of an issue, with 〓 for a character that no face has. Raises KohoError if there is no PDF at all."""
    placed = of.placed(of.whole)
    galley = screen_galley(of.whole, of.tight_layout, of.workspace.city, of.folder, of.root, placed.placing)
    document = drawn = of.compose("screen", galley)
    if any(each.code == "glyph-missing" for each in document.findings):
        drawn = of.compose("screen", replace(galley, html=settable(galley.html, of.faces)))
    screen, late = finished(drawn, lambda document: finish_screen(document.write()))
    findings = (*placed.findings, *document.findings, *late)
    if drawn is document and not of.patches.paths:
        findings += _unseen(of, screen, galley.html, document, late)
    return Looked(screen, document, findings)


def _unseen(of: Of, screen: bytes, html: str, document: Document, late: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Words that are not seen on a page (under a picture, upon others), where it is not too much text that does it."""
    wrong = errors_in((*document.findings, *late))
    if any(not each.where.page for each in wrong if each.code not in OVER):
        return ()  # of the whole layout: told first
    over = {each.where.page for each in wrong if each.code in OVER}
    found = of.collation.pdf("screen", screen, html, document.placed)
    return tuple(each for each in found if each.code == "words-unseen" and each.where.page not in over)
