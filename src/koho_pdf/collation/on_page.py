"""The words that a web page shows: its text and the descriptions of its pictures, without what its styles hide."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_ATTRIBUTES = r"(?:[^>\"']++|\"[^\"]*\"|'[^']*')*"
_TOKEN = re.compile(
    rf"<!--.*?-->|<![^>]*>|<(style|script)\b.*?</\1\s*>|<(/?)([A-Za-z][A-Za-z0-9-]*)({_ATTRIBUTES})>", re.DOTALL
)
_SILENT = frozenset(("head", "title", "desc", "template", "noscript", "rt", "rp"))
"""Elements whose words are not part of the text: readings stand above it."""

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_ATTRIBUTE = re.compile(r"""([^\s"'=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_DATA = re.compile(r"url\(\"?data:[^)]*\)")
_HIDES = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b")
_DISPLAYS = re.compile(r"(?:^|[;\s])(?:display|visibility)\s*:")
_SIMPLE = re.compile(r"[A-Za-z][\w-]*|[.#][\w-]+")


def words_on(page: str) -> str:
    """The words of an HTML text, readings (``rt``) left out, the descriptions of its pictures in their place."""
    page, styles = _parted(page)
    hidden = tuple(_hidden(_DATA.sub("", styles)))
    found: list[str] = []
    within, deep, at = "", 0, 0
    for token in _TOKEN.finditer(page):
        if not within:
            found.append(page[at : token.start()])
        at = token.end()
        ends, tag, written = token[2], (token[3] or "").lower(), token[4] or ""
        if not tag:
            continue
        if within:
            deep += (-1 if ends else not written.endswith("/")) if tag == within else 0
            within = within if deep else ""
        elif not ends:
            given = _given(written) if "=" in written or "hidden" in written else {}
            if tag not in _VOID and not written.endswith("/") and (tag in _SILENT or _is_hidden(tag, given, hidden)):
                within, deep = tag, 1
            elif tag == "img" and not _is_hidden(tag, given, hidden):
                found.append(given.get("alt", ""))
    found.append("" if within else page[at:])
    return html.unescape("".join(found))


def _parted(page: str) -> tuple[str, str]:
    """A page without its styles, and the styles. They may hold a megabyte of fonts, so they are found by plain
    searching.
    """
    first, *after = page.split("<style")
    parts = [each.partition("</style>") for each in after]
    return "".join((first, *(rest for _, _, rest in parts))), "".join(style.partition(">")[2] for style, _, _ in parts)


def _given(written: str) -> dict[str, str]:
    return {name.lower(): one or other or bare for name, one, other, bare in _ATTRIBUTE.findall(written)}


def _is_hidden(tag: str, given: dict[str, str], hidden: tuple[frozenset[str], ...]) -> bool:
    """Whether an element is hidden, by its own attributes or by one of the selectors."""
    if "hidden" in given or _HIDES.search(given.get("style", "")):
        return True
    names = {tag, *(f".{name}" for name in given.get("class", "").split()), f"#{given.get('id', '')}"}
    return any(selector <= names for selector in hidden)


def _hidden(styles: str) -> Iterator[frozenset[str]]:
    """The simple selectors that hide an element everywhere, not only in one medium or width."""
    always: dict[str, bool] = {}
    sometimes: set[str] = set()
    above: list[str] = []
    for before, brace in re.findall(r"([^{}]*)([{}])", re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)):
        if brace == "{":
            above.append(before.strip())
            continue
        rule = above.pop() if above else ""
        if not _DISPLAYS.search(before):
            continue
        for selector in map(str.strip, rule.split(",")):
            if not any(each.startswith("@") for each in above):
                always[selector] = bool(_HIDES.search(before))
            elif not _HIDES.search(before):
                sometimes.add(selector)
    for selector, hides in always.items():
        parts = _SIMPLE.findall(selector)
        if hides and selector not in sometimes and parts and "".join(parts) == selector:
            yield frozenset(parts)
