"""The structure type of an element of HTML (ISO 32000-1, 14.8.4), and what it may hold.

A template uses ``data-tag`` where HTML has no word: ``Lbl``, the printed number of a heading or an item, ``Warichu``, a
note with its brackets, ``Ruby``, ``RB``, ``RT``, ``RP`` where a reading stands in the line, and ``Word``, a part of a
heading that stands apart from what follows. A ``nav`` whose ``role`` is ``doc-toc`` (DPUB-ARIA 1.1) is a table of
contents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

SVG = "{http://www.w3.org/2000/svg}svg"
ROLES = {"Em": "Span", "Strong": "Span"}
"""Names of ISO 32000-2 that are unknown in 32000-1, and the standard type that each is mapped to for PDF 1.7."""

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
INLINE = frozenset("Link Lbl Span Em Strong Quote Code Ruby RB RT RP Warichu WT WP Reference".split())  # noqa: SIM905
HOLDERS = frozenset(["P", *HEADINGS, "Caption", "LBody", "TD", "TH", "BlockQuote", "Note", *INLINE]) - {
    "Ruby",
    "Warichu",
}
"""Types that may hold text directly; text elsewhere gets a P."""

_KINDS = {
    **{name: name.upper() for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td")},
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "table": "Table",
    "caption": "Caption",
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "nav": "Sect",
    "blockquote": "BlockQuote",
    **dict.fromkeys(("div", "header", "footer", "aside", "address", "figure"), "Div"),
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "LI",
    "dd": "LI",
    "em": "Em",
    "strong": "Strong",
    "q": "Quote",
    "code": "Code",
    "ruby": "Ruby",
    "rt": "RT",
    "rp": "RP",
    "img": "Figure",
    SVG: "Figure",
    "figcaption": "P",
}


def kind_of(element: Any, parent: Any, above: str) -> str:
    """The structure type of an element below one of type ``above``; empty if the element has no meaning of its own."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if (said := element.get("data-tag")) in ("Lbl", "Warichu", "Ruby", "RB", "RT", "RP"):
        return str(said)
    if said == "Word" or element.get("data-said"):
        return "Span"
    if tag == "a":
        return "Link" if element.get("href") else ""
    if tag == "figure" and illustration(element) is not None:
        return "Figure"
    if above == "Figure":  # it is the picture itself; the words below are its caption
        return "Caption" if tag == "figcaption" else ""
    if tag in ("ol", "ul") and (above == "TOCI" or (parent.tag == "nav" and parent.get("role") == "doc-toc")):
        return "TOC"
    if tag == "li" and above == "TOC":
        return "TOCI"
    if tag == "small" and above == "Warichu":
        return "WT"
    if tag == "div" and parent is not None and parent.tag == "dl":
        return ""
    found = _KINDS.get(tag, "")
    return found or ("Span" if element.get("lang") and parent is not None else "")


def illustration(figure: Any) -> Any:
    """The picture of a ``figure`` that holds only a picture and its caption; otherwise None."""
    shown = [child for child in figure if child.get("aria-hidden") != "true"]
    pictures = [child for child in shown if child.tag in ("img", SVG)]
    rest = [child for child in shown if child.tag not in ("img", SVG, "figcaption")]
    return pictures[0] if len(pictures) == 1 and not rest else None


def alternative(element: Any) -> str:
    """The description of a picture: ``alt``, or the title of an SVG."""
    if element.tag == "figure":
        element = illustration(element)
    if element.tag == SVG:
        title = element.find("{http://www.w3.org/2000/svg}title")
        return (title.text or "") if title is not None else ""
    return str(element.get("alt") or "")


_SIGNS = {"•": "Disc", "◦": "Circle", "○": "Circle", "▪": "Square", "■": "Square"}
_NUMBERS = (
    ("Decimal", r"[0-9０-９]+"),
    ("LowerRoman", r"[ivx]+"),
    ("UpperRoman", r"[IVX]+"),
    ("LowerAlpha", r"[a-z]"),
    ("UpperAlpha", r"[A-Z]"),
)


def numbering(labels: Sequence[str]) -> str:
    """``ListNumbering`` (ISO 32000-1, 14.8.5.5) of a list with these labels."""
    bare = [re.sub(r"[\s().,:．。、（）]", "", label) for label in labels]
    if signs := {_SIGNS.get(label, "") for label in bare} - {""}:
        return signs.pop() if len(signs) == 1 else "None"
    fits = (name for name, pattern in _NUMBERS if all(re.fullmatch(pattern, label) for label in bare))
    return next(fits, "None")


def name_headings(root: Any) -> None:
    """Give each heading its words as bookmark: without readings, its number apart."""
    for heading in (each for name in HEADINGS for each in root.iter(name.lower())):
        words = " ".join("".join(_words(heading)).split())
        quoted = re.sub(r'["\\]', lambda sign: f"\\{ord(sign[0]):x} ", words)
        heading.set("style", f'bookmark-label: "{quoted}"; {heading.get("style", "")}')


def _words(element: Any) -> list[str]:
    found: list[str] = [element.text or ""]
    for child in element:
        reading = child.tag in ("rt", "rp") or child.get("data-tag") in ("RT", "RP")
        if not reading and child.tag != SVG and child.get("aria-hidden") != "true":
            found += [" "] if child.tag == "br" else _words(child)
            found += [" "] if child.get("data-tag") in ("Lbl", "Word") else []
        found.append(child.tail or "")
    return found
