"""READ FIRST of the forms: the pieces of an issue (記事), each as a form made from its kind, whatever the kind is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from koho_pdf.content.article_files import read_issue
from koho_pdf.content.articles import untyped
from koho_pdf.content.plan import lists_in
from koho_pdf.content.values.inline import parse_inline
from koho_pdf.content.values.runs import InlineText
from koho_pdf.desk.form_sheets import Sheet, sheets_of
from koho_pdf.kinds.types.issue_articles import ArticlesField
from koho_pdf.kinds.types.page_plan import PlanField
from koho_pdf.manuscript.paths import of_article
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.screens.form_parts import Control, Part, Piece
from koho_pdf.screens.value_parts import part_of

_LONGEST_TITLE = 40
_DAY = "発行する日。紙面には印刷されず、PDFの日付になります。"


def pieces_of(folder: Path, root: Path) -> tuple[Piece, ...]:
    """The pieces of the issue in ``folder`` of the workspace ``root``, in the order of its pages. Raises KohoError
    where there is no manuscript, or no layout and so no kind."""
    sheets = sheets_of(folder, root)
    places = {id_: number for number, id_ in enumerate(_in_plan(sheets))}
    newspaper = any(each.article for each in sheets)  # then what is of the issue itself comes last (奥付)
    last = len(places) + 1

    def order(sheet: Sheet) -> int:
        own = 0 if not sheet.key or not newspaper else last + 1
        return places.get(sheet.article, last) if sheet.article else own - 1

    ordered = sorted(sheets, key=order)
    return tuple(_piece(sheet, sheets, folder, root) for sheet in ordered)


def _in_plan(sheets: Sequence[Sheet]) -> list[str]:
    """The ids of the articles in the order of the page plan."""
    plans = [each for each in sheets[0].fields if isinstance(each.field, PlanField)] if sheets else []
    lists = [ids for plan in plans for _, ids in lists_in(plan.value, plan.path)]  # type: ignore[arg-type]
    return list(dict.fromkeys(str(each) for ids in lists for each in ids if isinstance(each, str)))


def _piece(sheet: Sheet, sheets: Sequence[Sheet], folder: Path, root: Path) -> Piece:
    before = of_article(sheet.article) if sheet.article else ""
    found = [
        part_of(each.field, before + each.path, each.value)
        for each in sheet.fields
        if not isinstance(each.field, (ArticlesField, PlanField))
    ]
    parts: tuple[Part, ...] = tuple(each for each in found if each is not None)
    if not sheet.key:
        day = read_issue(folder, root).at("date")
        more = (Control("date", "発行日", "line", str(day), _DAY, required=True),) if isinstance(day, str) else ()
        return Piece("", "", "表紙など", (*parts, *more))
    around = _around(sheet, sheets)
    above = _called(around) if around else "" if _is_numbered(sheet) else sheet.kind
    return Piece(sheet.key, above, _called(sheet), parts, around is not None)


def _around(sheet: Sheet, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet of the section that this one stands in."""
    found = [each for each in sheets if each.path and not each.article and sheet.path.startswith(f"{each.path}.")]
    return max(found, key=lambda each: len(each.path)) if found and not sheet.article else None


def _is_numbered(sheet: Sheet) -> bool:
    return sheet.kind[-1:].isdigit()


def _called(sheet: Sheet) -> str:
    """What a sheet is called: ``取組1　産業振興の取組``."""
    title = in_plain_words(sheet.title)
    if not _is_numbered(sheet):
        return title
    return sheet.kind if title == sheet.kind else f"{sheet.kind}　{title}"


def in_plain_words(text: str) -> str:
    """A title without its marks, and not too long."""
    try:
        words = InlineText(text, parse_inline(text)).plain
    except Refusal:  # a mark is broken: the form shows it as it is
        words = untyped(text, "").plain
    return words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1]}…"
