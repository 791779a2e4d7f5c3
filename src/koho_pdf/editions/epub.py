"""``epub/<issue>.epub``: the articles as a book that flows (EPUB 3.3), made of the article pages and their pictures.

Articles that stand in vertical regions of the pages stay vertical. Readers choose face and size. The same bytes for the
same issue: no clock, files in one order.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any
from xml.etree import ElementTree

from koho_pdf.content.articles import Article, Section
from koho_pdf.content.issue import Issue
from koho_pdf.kinds.reading_order import articles_of
from koho_pdf.layout.city import City

_XHTML, _SVG, _XLINK = "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_MEDIA = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "svg": "image/svg+xml", "gif": "image/gif"}
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    '<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>\n'
    "</container>\n"
)
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def epub(
    name: str,
    issue: Issue,
    city: City,
    web: Mapping[str, bytes],
    style: str,
    *,
    vertical: frozenset[str] = frozenset(),
    rtl: bool = False,
) -> bytes:
    """The book of the issue called ``name``. ``web`` has ``articles/<key>.html`` and the pictures they show, by the
    names of the web edition; ``style`` is its stylesheet. The articles with the keys ``vertical`` are set vertically;
    with ``rtl`` its pages follow each other to the left.
    """
    articles = articles_of(issue)
    pages = {
        each.key: _page(web[f"articles/{each.key}.html"].decode(), each, each.key in vertical) for each in articles
    }
    words = "".join(pages.values())
    pictures = {file: each for file, each in web.items() if _type(file) and f'"../{file}"' in words}
    files: dict[str, bytes] = {f"EPUB/articles/{key}.xhtml": page.encode() for key, page in pages.items()}
    files |= {f"EPUB/{file}": content for file, content in pictures.items()}
    files["EPUB/style.css"] = style.encode()
    files["EPUB/nav.xhtml"] = _nav(issue, articles).encode()
    with_svg = {key for key, page in pages.items() if "<svg:svg" in page}
    files["EPUB/package.opf"] = _package(name, issue, city, articles, sorted(pictures), with_svg, rtl=rtl).encode()
    return _zipped({"META-INF/container.xml": _CONTAINER.encode(), **files})


def _page(html: str, article: Article, vertical: bool) -> str:
    """An article's page as XHTML: what stands in its ``main``."""
    import tinyhtml5

    for prefix, space in (("", _XHTML), ("svg", _SVG), ("xlink", _XLINK)):
        ElementTree.register_namespace(prefix, space)
    main: Any = tinyhtml5.parse(html).find(f".//{{{_XHTML}}}main/{{{_XHTML}}}article")
    for each in main.iter():
        for name in [name for name in each.attrib if name == "tabindex" or name.startswith("data-")]:
            del each.attrib[name]  # they are for the page's own script, and for whoever edits
        for script in each.findall(f"{{{_XHTML}}}script"):
            each.remove(script)
        if leads := re.fullmatch(r"([a-z0-9-]+)\.html(#.*)?", each.get("href", "")):
            each.set("href", f"{leads[1]}.xhtml{leads[2] or ''}")
    written = ElementTree.tostring(main, encoding="unicode")
    return _document(article.heading, f"{written}\n", "vertical" if vertical else "", "../style.css")


def _document(title: str, body: str, kind: str, style: str) -> str:
    root = f' class="{kind}"' if kind else ""
    return _NO_XML.sub(
        "",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{_XHTML}" xmlns:epub="http://www.idpf.org/2007/ops" lang="ja" xml:lang="ja"{root}>\n'
        f'<head><meta charset="utf-8"/><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="{style}"/></head>\n<body>\n{body}</body>\n</html>\n',
    )


def _nav(issue: Issue, articles: Sequence[Article]) -> str:
    """The contents: articles under the headings that they stand under."""
    tree = "".join(_items(articles, 0))
    body = f'<nav epub:type="toc" id="toc" aria-label="目次">\n<h1>目次</h1>\n<ol>\n{tree}</ol>\n</nav>\n'
    return _document(issue.as_title(), body, "", "style.css")


def _items(articles: Sequence[Article], depth: int) -> Iterator[str]:
    at = 0
    while at < len(articles):
        section = _section(articles[at], depth)
        if section is None:
            yield f'<li><a href="articles/{articles[at].key}.xhtml">{escape(articles[at].heading)}</a></li>\n'
            at += 1
            continue
        end = at
        while end < len(articles) and _section(articles[end], depth) == section:
            end += 1
        inner = "".join(_items(articles[at:end], depth + 1))
        yield f"<li><span>{escape(section.heading.plain)}</span>\n<ol>\n{inner}</ol></li>\n"
        at = end


def _section(article: Article, depth: int) -> Section | None:
    return article.sections[depth] if depth < len(article.sections) else None


def _package(
    name: str,
    issue: Issue,
    city: City,
    articles: Sequence[Article],
    pictures: Sequence[str],
    with_svg: set[str],
    *,
    rtl: bool,
) -> str:
    """``package.opf``: what the book is, its files, and their order (EPUB 3.3, 5)."""
    host = re.match(r"https?://([^/:]+)", city.site)
    identity = f"tag:{host[1] if host else 'koho-pdf.invalid'},{issue.date.iso}:{name}"
    items = ['<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>']
    items.append('<item id="style" href="style.css" media-type="text/css"/>')
    for each in articles:
        svg = ' properties="svg"' if each.key in with_svg else ""
        items.append(
            f'<item id="a-{each.key}" href="articles/{each.key}.xhtml" media-type="application/xhtml+xml"{svg}/>'
        )
    for number, file in enumerate(pictures, 1):
        items.append(f'<item id="p-{number}" href="{escape(file)}" media-type="{_type(file)}"/>')
    spine = "".join(f'<itemref idref="a-{each.key}"/>\n' for each in articles)
    turning = ' page-progression-direction="rtl"' if rtl else ""
    modes = ["textual", *(["visual"] if pictures else [])]
    said = [
        *(f'<meta property="schema:accessMode">{mode}</meta>' for mode in modes),
        '<meta property="schema:accessModeSufficient">textual</meta>',
        *(
            f'<meta property="schema:accessibilityFeature">{each}</meta>'
            for each in (
                "structuralNavigation",
                "tableOfContents",
                "readingOrder",
                "alternativeText",
                "rubyAnnotations",
            )
        ),
        '<meta property="schema:accessibilityHazard">none</meta>',
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="ja">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{escape(identity)}</dc:identifier>\n<dc:title>{escape(issue.as_title())}</dc:title>\n'
        f"<dc:language>ja</dc:language>\n<dc:publisher>{escape(city.municipality)}</dc:publisher>\n"
        f"<dc:date>{issue.date.iso}</dc:date>\n"
        f'<meta property="dcterms:modified">{issue.date.iso}T00:00:00Z</meta>\n{chr(10).join(said)}\n</metadata>\n'
        f"<manifest>\n{chr(10).join(items)}\n</manifest>\n<spine{turning}>\n{spine}</spine>\n</package>\n"
    )


def _type(file: str) -> str:
    return _MEDIA.get(file.rpartition(".")[2].lower(), "")


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """The container (EPUB OCF 3.3, 4.3): ``mimetype`` first and not compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), b"application/epub+zip", zipfile.ZIP_STORED)
        for file, content in files.items():
            archive.writestr(zipfile.ZipInfo(file), content, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()
