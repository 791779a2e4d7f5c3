"""Whether a page prints the marks (広告) that articles on it need."""

from __future__ import annotations

import re
from collections.abc import Iterable

from koho_pdf.content.article_manuscript import ArticleManuscript
from koho_pdf.errors import LayoutError
from koho_pdf.findings import Where, error

_TAG = re.compile("<[^>]*>")


def check_marks(articles: Iterable[ArticleManuscript], html: str, template: str) -> None:
    """Raises LayoutError (``mark-not-printed``) if the ``html`` of a page does not say the mark of one of its
    ``articles``; ``template`` is the file that should."""
    needed = {mark for each in articles if (mark := each.described.mark)}
    said = _TAG.sub("", html) if needed else ""
    for mark in sorted(each for each in needed if each not in said):
        told = f"「{mark}」の印の要る記事があるのに、ページに印刷されません。"
        hint = f"ひな形の、その領域のそばに「{mark}」と印刷する行を書いてください。"
        raise LayoutError(error("mark-not-printed", told, Where(file=template), hint))
