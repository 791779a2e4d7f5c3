"""Which rule of a layout's style sheets puts some words where they stand: what a designer has to change.

A plain reading of CSS: the last rule for a class of the element, or of one around it, that gives it a property of some
kind. Where there is none, it is the line of the template that prints the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from koho_pdf.findings import Where
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.slips import written_at

PLACED = ("left", "top", "right", "bottom", "inset", "position", "margin", "transform", "z-index")
SEEN = ("color", "opacity", "visibility", "font-size", "clip", "mix-blend-mode")
SIZED = ("font-size", "font", "zoom", "transform")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its ``selector`` (empty: a line of a template), and its ``where``."""

    selector: str
    where: Where


def rule_of(
    field: str, slot: str, page: int | None, wanted: tuple[str, ...], html: str, layout: Layout, root: Path
) -> Rule:
    """The rule with one of the ``wanted`` properties for the words of a field in a slot (empty: any) on a page;
    ``html`` is that of the pages, ``root`` the workspace that findings name files from."""
    rules = [*_rules(layout)]
    finder = _Finder(field, slot)
    finder.feed(html)
    for names in finder.found:
        for name in names:
            for path, line, selector, body in reversed(rules):
                if _is_for(selector, name) and any(re.search(rf"(?:^|[;\s]){each}\b", body) for each in wanted):
                    file = path.relative_to(root).as_posix()
                    return Rule(_short(selector, name), Where(file, line, field=field, page=page))
    written = written_at(layout, root, (f'data-field="{field}"', f'data-slot="{slot}"', f"issue.{field}"), field)
    return Rule("", Where(written.file, written.line, field=field, page=page))


def _rules(layout: Layout) -> Iterator[tuple[Path, int, str, str]]:
    for folder in (layout.shared, layout.folder):
        for path in sorted(folder.glob("*.css")):
            if path.name == "web.css":
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            text = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
            for found in _RULE.finditer(text):
                selector = found[1]
                start = found.start() + len(selector) - len(selector.lstrip())
                yield path, text.count("\n", 0, start) + 1, selector.strip(), found[2]


def _is_for(selector: str, name: str) -> bool:
    """Whether one of the selectors of a list ends at an element with this class."""
    return any(re.search(rf"\.{re.escape(name)}(?![\w-])[^\s>+~]*$", each.strip()) for each in selector.split(","))


def _short(selector: str, name: str) -> str:
    return next((each.strip() for each in selector.split(",") if _is_for(each, name)), selector)


class _Finder(HTMLParser):
    """The classes of the element that prints a field in a slot, and of those around it, from within."""

    def __init__(self, field: str, slot: str) -> None:
        super().__init__()
        self._field, self._slot = field, slot
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.found: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        around = [*(each for _, each in self._open), given]
        mine = self._field in (given.get("data-field"), given.get("data-owner"))
        inside = not self._slot or any(each.get("data-slot") == self._slot for each in around)
        if not self.found and mine and inside:
            self.found = [(each.get("class") or "").split()[::-1] for each in reversed(around)]
        if tag not in _VOID:
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        names = [each for each, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]
