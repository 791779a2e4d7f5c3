"""Findings that only follow from others."""

from __future__ import annotations

from koho_pdf.findings import Finding
from koho_pdf.manuscript.paths import is_in


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
