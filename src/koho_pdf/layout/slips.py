"""A designer's slips of the finger that no engine tells of: names in a template or a style that lead nowhere.

A slot that ``layout.yaml`` does not have has no size, so nothing in it is ever over; a field that the kind does not
have is found nowhere (``map.json``, pages of articles); a colour that is not there is black.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from koho_pdf.content.issue import Issue
from koho_pdf.findings import Finding, Where, error
from koho_pdf.layout.contract import Layout
from koho_pdf.layout.own_art import clashing
from koho_pdf.platform.of_each import OfEach

_SLOT = re.compile(r"\sdata-slot=\"([^\"]*)\"")
_FIELD = re.compile(r"\sdata-field=\"([^\"]*)\"")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_GIVEN = re.compile(r"(--[\w-]+)\s*:")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ASTRAY = OfEach[dict[str, Any]]()  # what was asked of each kind of issue
_FILES = ("layout.html", "pages/*.html", "kinds/*", "*.html", "*.css", "art/*.svg")


def slips(page: str, layout: Layout, issue: Issue, root: Path) -> tuple[Finding, ...]:
    """What of the rendered HTML of an edition leads nowhere, with the file and line where the designer wrote it;
    ``root`` is the workspace that findings name files from."""
    found = [*_slots(page, layout, root), *_fields(page, layout, issue, root), *colours(page, layout, root)]
    return tuple(dict.fromkeys(found))


def colours(page: str, layout: Layout, root: Path) -> tuple[Finding, ...]:
    """The custom properties of CSS that a page uses and nothing gives it, each once."""
    plain = _COMMENT.sub("", page)
    given = dict.fromkeys(_GIVEN.findall(plain))
    regions = (each for type_ in layout.page_types.values() for each in type_.regions.values())
    given |= dict.fromkeys(_GIVEN.findall(" ".join(each.style for each in regions)))  # of pages that the issue has not
    unknown = [name for name in dict.fromkeys(_USED.findall(plain)) if name not in given]
    return tuple(
        error(
            "css-variable-unknown",
            f"CSS の「var({name})」は、どこにも決めてありません。",
            written_at(layout, root, (f"var({name}", name)),
            _near(name, given, "layout.yaml の colours に色を足すか、CSS の中で決めてください。"),
        )
        for name in unknown
    )


def drawings(page: str, layout: Layout, root: Path) -> tuple[Finding, ...]:
    """The names that two drawings within a web page share: the one takes the other's colours, silently."""
    return tuple(
        error(
            "drawings-share-names",
            f"ウェブページの2つの絵（SVG）が、同じ{'id' if is_id else 'クラス'}「{name}」を使っています。"
            "片方の色や形が、もう片方のものになります。",
            written_at(layout, root, (f'id="{name}"',) if is_id else (f".{name}", f'class="{name}')),
            "絵を1つずつ koho layouts inks 絵.svg --name 別の名前 --write … で作り直すと、名前が絵ごとに分かれます。",
        )
        for name, is_id in clashing(page)
    )


def _slots(page: str, layout: Layout, root: Path) -> Iterator[Finding]:
    """Slots without a size; a layout that has none in ``layout.yaml`` gives them all their sizes itself."""
    if not layout.slots:
        return
    for name in dict.fromkeys(map(html.unescape, _SLOT.findall(page))):
        if name not in layout.slots:
            told = f"枠「{name}」が layout.yaml の slots にありません。文字があふれても、わかりません。"
            hint = _near(name, layout.slots, "layout.yaml の slots に、大きさと字数と行数を書いてください。")
            yield error("slot-unknown", told, written_at(layout, root, (f'data-slot="{name}"',)), hint)


def _fields(page: str, layout: Layout, issue: Issue, root: Path) -> Iterator[Finding]:
    kind = type(issue).described
    known = _ASTRAY.of(dict, kind)
    for name in dict.fromkeys(map(html.unescape, _FIELD.findall(page))):
        if name not in known:
            known[name] = kind.astray(name)
        if name and (wrong := known[name]):
            part, beside = wrong
            told = f"data-field の「{name}」は、原稿の項目ではありません。"
            hint = _near(part, beside, "kind.yaml にある項目の名前を書いてください。")
            yield error("field-not-of-kind", told, written_at(layout, root, (f'data-field="{name}"',)), hint)


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(name, list(known), 1, 0.6)
    return f"「{near[0]}」のことではありませんか。" if near else otherwise


def written_at(layout: Layout, root: Path, written: tuple[str, ...], field: str | None = None) -> Where:
    """The file and line of the layout in which the first of these was written; else its template. ``field`` is the one
    that is told."""
    files = [
        each
        for folder in (layout.folder, layout.shared)
        for pattern in _FILES
        for each in sorted(folder.glob(pattern))
        if each.is_file()
    ]
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in files}
    for words in written:
        for path, text in texts.items():
            start = max(0, text.find("<body")) if words.startswith("issue.") else 0  # not in the head
            if words in text[start:]:
                line = text[: text.index(words, start)].count("\n") + 1
                return Where(path.relative_to(root).as_posix(), line, field=field)
    return Where((layout.folder / "layout.html").relative_to(root).as_posix(), field=field)
