"""``data/feed.atom`` and ``data/feed.json``: the articles of an issue for readers of feeds (RFC 4287; JSON Feed 1.1),
and of a newsletter the same again for each of its sections, ``data/feed-<key>.atom``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from koho_pdf.content.articles import Article, Section, shortened
from koho_pdf.content.issue import Issue
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.city import City
from koho_pdf.layout.planned import articles_by_id
from koho_pdf.layout.reflowed import article_address

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def feeds(name: str, issue: Issue, city: City) -> dict[str, bytes]:
    """The files of both forms by their names: of the whole issue, and of each of its sections."""
    articles = articles_of(issue)
    made = dict(_both("feed", name, issue, city, articles, ""))
    own_kinds = articles_by_id(issue)
    for section in _sections(each for each in articles if each.key in own_kinds):
        own = [each for each in articles if section in each.sections]
        made |= _both(f"feed-{section.key}", name, issue, city, own, section.heading.plain)
    return made


def _sections(articles: Iterable[Article]) -> Sequence[Section]:
    """The outermost sections of articles, each once, in order."""
    return tuple(dict.fromkeys(each.sections[0] for each in articles if each.sections))


def _both(
    file: str, name: str, issue: Issue, city: City, articles: Sequence[Article], about: str
) -> Mapping[str, bytes]:
    title = " ".join(filter(None, (issue.as_title(), about)))
    atom = _atom(name, issue, city, articles, title, file)
    return {f"{file}.atom": atom, f"{file}.json": _json(name, issue, city, articles, title, file)}


def _identity(name: str, issue: Issue, city: City, key: str = "") -> str:
    """What never changes, wherever the feed stands (RFC 4151): the city's host, the issue's day, its name."""
    host = re.match(r"https?://([^/:]+)", city.site)
    at = f"tag:{host[1] if host else 'koho-pdf.invalid'},{issue.date.iso}:{name}"
    return f"{at}/{key}" if key else at


def _day(issue: Issue) -> str:
    return f"{issue.date.iso}T00:00:00+09:00"


def _atom(name: str, issue: Issue, city: City, articles: Sequence[Article], title: str, file: str) -> bytes:
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "ja"})

    def put(above: Element, tag: str, words: str = "", **keys: str) -> Element:
        element = SubElement(above, tag, keys)
        element.text = _NO_XML.sub("", words) or None
        return element

    put(feed, "id", _identity(name, issue, city, "" if file == "feed" else file))
    put(feed, "title", title)
    put(feed, "updated", _day(issue))
    put(put(feed, "author"), "name", city.municipality)
    for article in articles:
        entry = put(feed, "entry")
        put(entry, "id", _identity(name, issue, city, article.key))
        put(entry, "title", article.heading)
        put(entry, "updated", _day(issue))
        if address := article_address(city.site, name, article.key):
            put(entry, "link", rel="alternate", type="text/html", href=address)
        for above in article.above:
            put(entry, "category", term=above)
        put(entry, "summary", shortened(article))
        put(entry, "content", "\n".join(article.paragraphs) or article.heading, type="text")
    indent(feed, " ")
    written: str = tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def _json(name: str, issue: Issue, city: City, articles: Sequence[Article], title: str, file: str) -> bytes:
    items = []
    for article in articles:
        address = article_address(city.site, name, article.key)
        items.append(
            {
                "id": _identity(name, issue, city, article.key),
                **({"url": address} if address else {}),
                "title": article.heading,
                "content_text": "\n".join(article.paragraphs) or article.heading,
                "summary": shortened(article),
                "date_published": _day(issue),
                **({"tags": list(article.above)} if article.above else {}),
            }
        )
    site = city.site.replace("{issue}", name)
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        **({"home_page_url": site, "feed_url": f"{site}{file}.json"} if site else {}),
        "language": "ja",
        "authors": [{"name": city.municipality}],
        "items": items,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
