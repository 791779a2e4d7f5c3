"""``data/issue.json``: the issue for other programs (the city's app, open data, a calendar), in plain words.

UTF-8 JSON (RFC 8259), keys in a fixed order; ``schema`` counts up when a key changes its meaning or is removed. The
keys are described in docs/editions.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from koho_pdf.content.articles import About, Article
from koho_pdf.content.blocks import words_of
from koho_pdf.content.issue import Issue
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.city import City

SCHEMA = 1


def issue_json(name: str, issue: Issue, pages: Mapping[str, int], city: City) -> bytes:
    """The issue called ``name``; ``pages`` says on which page each article begins, by its key."""
    written = {
        "schema": SCHEMA,
        "issue": name,
        "municipality": city.municipality,
        "kind": issue.kind,
        "title": issue.as_title(),
        "date": issue.date.iso,
        **({"delivery": delivery.iso} if (delivery := _delivery(issue)) else {}),
        "articles": [_article(article, pages[article.key]) for article in articles_of(issue)],
    }
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode()


def _delivery(issue: Issue) -> CalendarDate | None:
    """When it is delivered to every house, if its manuscript says so."""
    found = None if "delivery" in type(issue).described.fields else getattr(issue, "delivery", None)
    return found if isinstance(found, CalendarDate) else None


def _about(said: About) -> dict[str, object]:
    told = {
        "contact": said.department,
        "importance": said.importance,
        "deadline": said.deadline.iso if said.deadline else "",
        "plain": said.plain,
        "source": said.source,
    }
    return {key: value for key, value in told.items() if value}


def _article(article: Article, page: int) -> dict[str, object]:
    values = [
        {"field": words.field, **data}
        for words in words_of(article.blocks)
        if (data := words.words.data() if words.told is None else words.told)
    ]
    return {
        "key": article.key,
        "heading": article.heading,
        "above": article.above,
        "paragraphs": article.on_pages.paragraphs,
        "department": article.department,
        "page": page,
        "field": article.field,
        "pictures": [
            {
                "file": picture.file,
                "alt": picture.alt,
                "caption": picture.caption.plain if picture.caption else "",
                **({"credit": picture.credit.plain} if picture.credit else {}),
                **({"focus": [picture.focus.x, picture.focus.y]} if picture.focus else {}),
            }
            for picture in article.pictures
        ],
        "tables": [
            {
                "caption": table.caption.plain,
                "heads": list(table.names()),
                "rows": [[cell.plain for cell in row] for row in table.body],
                "note": table.note.plain if table.note else "",
            }
            for table in article.tables
        ],
        **({"values": values} if values else {}),
        **_about(article.about),
    }
