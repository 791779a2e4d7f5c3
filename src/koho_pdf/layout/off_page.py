"""Words of articles that stand on no page (やさしい日本語, 出典), on the web page: after their article.

After an article of a kind of its own they come by themselves (``partials``). After a group of the issue a template says
where, with ``{{ off_page(step) }}``; what no template has shown follows at the end of the page's content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from koho_pdf.layout.templates import render

if TYPE_CHECKING:
    from koho_pdf.content.articles import Article

BESIDE, REST = "beside.html", "beside_rest.html"


class OffPage:
    """The words of the articles of one web page, each shown once. ``context`` is what the page's template has."""

    def __init__(
        self, articles: Iterable[Article], folders: tuple[Path, ...], root: Path, context: Mapping[str, object]
    ) -> None:
        self._left = {each.field: each for each in articles if each.beside}
        self._folders, self._root, self._context = folders, root, context

    def __call__(self, value: object, depth: int = 3) -> Markup:
        """The words of an article, or of a group that is one, with headings of level ``depth``; nothing if it has none.
        Raises LayoutError."""
        article = self._left.pop(str(getattr(value, "field", value)), None)
        if article is None:
            return Markup("")
        found = {**self._context, "beside": article.blocks[-article.beside :], "depth": depth - 1}
        return render(self._folders, BESIDE, self._root, found)

    def after(self, page: str) -> str:
        """The page with what no template has shown, before the end of ``main`` or of the page. Raises LayoutError."""
        if not self._left:
            return page
        rest = [{"article": each, "blocks": each.blocks[-each.beside :]} for each in self._left.values()]
        shown = render(self._folders, REST, self._root, {**self._context, "rest": rest})
        end = max(page.rfind("</main>"), 0) or max(page.rfind("</body>"), 0) or len(page)
        return f"{page[:end]}{shown}{page[end:]}"
