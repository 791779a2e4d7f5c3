"""An issue apart from its layout's pages, made of its articles: large print (拡大版), and a web page an article.

Their templates stand in ``layouts/_large`` and ``layouts/_article`` and serve every kind of issue; a layout gives its
colours, those of the sections by ``section_colours``, and how readings and digits come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from koho_pdf.layout.contract import Layout
from koho_pdf.layout.galley import Desk, Galley, read_style, screen_colours, variables
from koho_pdf.layout.readings import Readings
from koho_pdf.layout.templates import render
from koho_pdf.manuscript.articles import Article, articles_of
from koho_pdf.manuscript.model import Issue

LARGE, ARTICLE = "_large", "_article"
_DESCRIPTION = 120  # characters: what search engines and shared links show of a page


def large_galley(issue: Issue, layout: Layout, desk: Desk, folder: Path, root: Path) -> Galley:
    """Large print: one column on A4, nothing under 18 pt, readings in the line; ``folder`` is the issue's."""
    own = layout.folder.parent / LARGE
    styles = (*sorted(layout.shared.glob("*.css")), own / "layout.css")
    readings = Readings(desk.readings, "none" if layout.readings == "none" else "first")
    context = _context(issue, layout, desk, styles, root) | {
        "readings": readings,
        "articles": articles_of(issue),
        "picture": lambda file: (folder / file).resolve().as_uri(),
    }
    html = str(render((own, layout.shared), "layout.html", root, context))
    return Galley("screen", html, own, (own, layout.shared, folder), desk.press)


def article_pages(name: str, issue: Issue, layout: Layout, desk: Desk, root: Path) -> dict[str, str]:
    """A web page for each article by its key, to stand in ``articles/`` beside ``index.html`` and its pictures.

    ``name`` is the issue's, for its address on the city's site.
    """
    own = layout.folder.parent / ARTICLE
    articles = articles_of(issue)
    shared = _context(issue, layout, desk, (own / "article.css",), root) | {
        "articles": articles,
        "site": desk.site.replace("{issue}", name),
        "picture": lambda file: f"../{file}",
    }
    return {
        article.key: str(
            render(
                (own,),
                "article.html",
                root,
                {
                    **shared,
                    "article": article,
                    "before": articles[at - 1] if at else None,
                    "after": articles[at + 1] if at + 1 < len(articles) else None,
                    "description": _shortened(article),
                    "readings": Readings(desk.readings, layout.readings),  # each page is read by itself
                },
            )
        )
        for at, article in enumerate(articles)
    }


def _context(issue: Issue, layout: Layout, desk: Desk, styles: Sequence[Path], root: Path) -> dict[str, object]:
    colours = screen_colours(layout, desk)
    stylesheet = variables(colours) + "".join(read_style(path, root) for path in styles)
    return {
        "issue": issue,
        "layout": layout,
        "desk": desk,
        "section_colours": [colours[each] for each in layout.section_colours],
        "stylesheet": Markup(stylesheet.replace("</", "<\\/")),
    }


def _shortened(article: Article) -> str:
    """The beginning of an article, for those who list it."""
    words = " ".join(article.paragraphs) or article.heading
    return words if len(words) <= _DESCRIPTION else words[: _DESCRIPTION - 1] + "…"
