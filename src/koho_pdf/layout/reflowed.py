"""Editions made from the issue's articles, without its layout's pages: large print (拡大版), and a web page for each
article.

Their templates are in ``layouts/_large`` and ``layouts/_article`` and serve every kind of issue. A layout gives its
colours, those of sections (``section_colours``), and its style of readings and digits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from koho_pdf.content.articles import Article, about, shortened
from koho_pdf.content.issue import Issue
from koho_pdf.content.public import every_picture
from koho_pdf.content.values.tables import EMPTY, Table
from koho_pdf.kinds.reading_order import articles_of, own_readings
from koho_pdf.layout.city import City
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.face_roles import chosen_keys, with_faces
from koho_pdf.layout.galley import screen_colours
from koho_pdf.layout.readings import Readings
from koho_pdf.layout.sample_mark import sample_marked
from koho_pdf.layout.stylesheets import read_style, table_style, variables
from koho_pdf.layout.templates import render
from koho_pdf.layout.unpaged import Galley

LARGE, ARTICLE = "_large", "_article"
_LINE = 22  # characters of 22 pt in a line of large print
_CELL = 7  # least characters of a column of words with line breaks; a wider column may break
_GUTTER = 1  # characters of padding beside the words of a column


def large_galley(issue: Issue, layout: Layout, city: City, folder: Path, root: Path) -> Galley:
    """Large print: one column on A4, nothing under 18 pt, readings in the line; ``folder`` is the issue's."""
    own = layout.folder.parent / LARGE
    styles = (*sorted(layout.shared.glob("*.css")), own / "layout.css")
    readings = Readings(city.readings, "none" if layout.readings == "none" else "first", own_readings(issue))
    context = _context("large", issue, layout, city, styles, root) | {
        "readings": readings,
        "articles": articles_of(issue),
        "fits": _fits,
        "empty": EMPTY,
        "picture": lambda file: (folder / file).resolve().as_uri(),
    }
    html = with_faces(str(render((own, layout.shared), "layout.html", root, context)), city.faces)
    html = sample_marked(html, issue, web=False)
    made = Galley("large", html, own, (own, layout.shared, folder), city.press, pictures=tuple(every_picture(issue)))
    return replace(made, city_lines=city.lines, chosen=chosen_keys(city.faces, city.lines))


def article_address(site: str, issue: str, key: str) -> str:
    """The address of an article's page on the city's site; empty if that is not known."""
    return f"{site.replace('{issue}', issue)}articles/{key}.html" if site else ""


def article_pages(name: str, issue: Issue, layout: Layout, city: City, root: Path) -> dict[str, str]:
    """A web page for each article by its key, for the folder ``articles/`` beside ``index.html`` and its pictures.

    ``name`` is the issue's, for its address on the city's site.
    """
    templates, own = layout.folder.parent / ARTICLE, own_readings(issue)
    articles = articles_of(issue)
    shared = _context(
        "article", issue, layout, city, (*table_style(layout.shared), templates / "article.css"), root
    ) | {
        "articles": articles,
        "site": city.site.replace("{issue}", name),
        "picture": lambda file: f"../{file}",
        "leads_to": lambda key: f"{key}.html",
    }

    def page(at: int, article: Article) -> str:
        context = {
            **shared,
            "article": article,
            "before": articles[at - 1] if at else None,
            "after": articles[at + 1] if at + 1 < len(articles) else None,
            "description": shortened(article),
            "readings": Readings(city.readings, layout.readings, own),  # each page is read by itself
        }
        html = with_faces(str(render((templates, layout.shared), "article.html", root, context)), city.faces)
        return sample_marked(html, issue, web=True)

    return {article.key: page(at, article) for at, article in enumerate(articles)}


def _context(
    edition: str, issue: Issue, layout: Layout, city: City, styles: Sequence[Path], root: Path
) -> dict[str, object]:
    colours = screen_colours(layout, city)
    stylesheet = variables(colours) + "".join(read_style(path, root) for path in styles)
    return {
        "issue": issue,
        "layout": layout,
        "city": city,
        "desk": city,  # as templates of format 0 call it
        "edition": edition,
        "about": about(articles_of(issue)),
        "section_colours": [colours[each] for each in layout.section_colours],
        "stylesheet": Markup(stylesheet.replace("</", "<\\/")),
    }


def _fits(table: Table) -> bool:
    """Whether a table fits in large print: figures on one line, words in columns wide enough to read."""
    rows = (
        [f"{cell.plain}{room}" for cell, room in zip(*each, strict=True)]
        for each in zip(table.body, table.rooms, strict=True)
    )
    widest = (max(map(_width, column)) for column in zip([cell.plain for cell in table.head], *rows, strict=True))
    taken = (wide if figures else min(wide, _CELL) for wide, figures in zip(widest, table.figures, strict=True))
    return sum(taken) + _GUTTER * len(table.head) <= _LINE


def _width(words: str) -> float:
    """How wide words are, in full-width characters (UAX #11)."""
    return sum(1 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in words)
