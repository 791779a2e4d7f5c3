"""Articles in the templates of a layout: each by the ``article.html`` of its kind, or block by block if there is none.

``{{ article(each) }}`` stands in ``layout.html`` and ``web.html``. The template is the layout's own
``kinds/<kind>.html``, else ``layouts/_kinds/<kind>/article.html``, else ``layouts/_shared/article.html``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from koho_pdf.kinds.known import FOLDER as KINDS
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout import kept_articles
from koho_pdf.layout.off_page import OffPage

if TYPE_CHECKING:
    from koho_pdf.content.issue import Issue
    from koho_pdf.layout.contract import Layout

_FIRST_TAG = re.compile(r"\A(\s*<[a-z][a-z0-9]*)")

TEMPLATE, STYLE = "article.html", "article.css"


def shown_by_kind(
    issue: Issue, layout: Layout, root: Path, context: Mapping[str, object], *, on_pages: bool = False
) -> Callable[..., Markup]:
    """The function ``article`` of a layout's template: an article of the issue as HTML, with its heading at level
    ``depth``. Its template has all of ``context``, and ``article`` (its fields), ``told`` (its title and blocks),
    ``kind``, ``depth``. ``on_pages``: its first element names the template, for findings. What stands on no page
    follows an article on the web page (``off_page``). It raises LayoutError for a template that does not work,
    ValueError if it is not given an article.
    """
    told = {each.field: each.on_pages for each in articles_of(issue)}

    @cache
    def template_of(kind: str) -> tuple[tuple[Path, ...], str, str]:
        """The folders and the name of a kind's template, and what says which it is."""
        own, name = layout.folder.parent / KINDS / kind, f"kinds/{kind}.html"
        if kind and (layout.folder / name).is_file():
            folders: tuple[Path, ...] = (layout.folder, layout.shared)
        elif kind and (own / TEMPLATE).is_file():
            folders, name = (own, layout.folder, layout.shared), TEMPLATE
        else:
            folders, name = (layout.shared,), TEMPLATE
        written = (folders[0] / name).relative_to(root).as_posix()  # whose the words are that nobody else owns
        return folders, name, str(Markup(' data-template="{}"').format(written))

    def article(value: object, depth: int = 2) -> Markup:
        field, kind = getattr(value, "field", None), str(getattr(value, "kind", ""))
        if field not in told:
            raise ValueError("article( ) には、issue の記事を渡してください")
        more = {"article": value, "told": told[field], "kind": kind, "depth": depth}
        folders, name, named = template_of(kind)
        shown = kept_articles.shown(folders, name, root, context, more)
        if isinstance(off_page := context.get("off_page"), OffPage):
            return shown + off_page(value, depth + 1)
        if not on_pages:
            return shown
        return Markup(_FIRST_TAG.sub(lambda tag: tag[0] + named, str(shown), count=1))

    return article


def styles_of_kinds(issue: Issue, layout: Layout, *, web: bool = False) -> tuple[Path, ...]:
    """The styles of the kinds of an issue's articles, if they have any. On the web page, which has no shared ones,
    those of every article come first.
    """
    takes, kinds = sorted(type(issue).described.takes), layout.folder.parent / KINDS
    files = [layout.shared / STYLE] if web and takes else []
    return tuple(file for file in (*files, *(kinds / name / STYLE for name in takes)) if file.is_file())
