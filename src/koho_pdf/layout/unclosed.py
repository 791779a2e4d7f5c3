"""What a designer has not closed in a template or in a style: tags of HTML, and braces of CSS.

A browser and the engine go on somehow, so that what is told otherwise is far from the slip: a ``div`` that is not
closed takes in the next page, a rule that is not closed takes in the next rules (CSS Nesting 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from koho_pdf.findings import Finding, Where, error
from koho_pdf.layout.contract import Layout

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_OPTIONAL = frozenset(
    [
        "html",
        "head",
        "body",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "option",
        "optgroup",
        "rt",
        "rp",
    ]
)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)((?:[^\"'<>]|\"[^\"]*\"|'[^']*')*)>")
_NOT_TAGS = re.compile(r"<!--.*?-->|<(svg|style|script)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_JINJA = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SAID = re.compile(r"/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)


def unclosed(page: str, layout: Layout, root: Path, *, web: bool = False) -> tuple[Finding, ...]:
    """The tags of a rendered page that do not pair, told where the templates have them, and the rules of the layout's
    style sheets that are not closed; ``web``: of the web page's."""
    return (*_tags(page, layout, root, "web.html" if web else "layout.html"), *_rules(layout, root, web=web))


def _tags(page: str, layout: Layout, root: Path, template: str) -> Iterator[Finding]:
    if not (wrong := unpaired(page)):
        return
    tag, closing, _ = wrong
    where = Where((layout.folder / template).relative_to(root).as_posix())
    parts = (each for each in layout.folder.rglob("*.html") if each.name not in ("layout.html", "web.html"))
    for path in (layout.folder / template, *sorted(parts)):
        if path.is_file() and (there := unpaired(_bare(path.read_text(encoding="utf-8", errors="replace")))):
            tag, closing, line = there
            where = Where(path.relative_to(root).as_posix(), line)
            break
    if closing:
        told, hint = (
            f"「</{tag}>」に、組になる「<{tag}>」がありません。",
            f"「</{tag}>」を消すか、前に「<{tag}>」を書いてください。",
        )
    else:
        told, hint = f"「<{tag}>」が閉じられていません。", f"組になる所に「</{tag}>」を書いてください。"
    yield error("tag-unpaired", told, where, hint)


def unpaired(text: str) -> tuple[str, bool, int] | None:
    """The first tag that has no partner: its name, whether it is an end tag, and its line; None: all have one. End tags
    that HTML lets a writer leave out may be missing (HTML, 13.1.2.4)."""
    tags = _NOT_TAGS.sub(_only_lines, text)
    if (wrong := _without_partner(tags)) is None:
        return None
    tag, closing, place = wrong
    return tag, closing, tags.count("\n", 0, place) + 1


def _without_partner(text: str) -> tuple[str, bool, int] | None:
    """As ``unpaired``, with the tag's place in the text."""
    opened: list[tuple[str, int]] = []
    for found in _TAG.finditer(text):
        closing, name, rest = found.groups()
        name = name.lower()
        if name in _VOID or rest.endswith("/"):
            continue
        if not closing:
            opened.append((name, found.start()))
            continue
        at = next((place for place in range(len(opened) - 1, -1, -1) if opened[place][0] == name), None)
        if at is None:
            if name in _OPTIONAL:
                continue
            return name, True, found.start()
        inner = [each for each in opened[at + 1 :] if each[0] not in _OPTIONAL]
        if inner:
            return _earlier(inner[-1])
        del opened[at:]
    left = [each for each in opened if each[0] not in _OPTIONAL]
    return _earlier(left[-1]) if left else None


def _only_lines(found: re.Match[str]) -> str:
    return " " + "\n" * found[0].count("\n")


def _earlier(tag: tuple[str, int]) -> tuple[str, bool, int]:
    return tag[0], False, tag[1]


def _bare(template: str) -> str:
    """A template as one of the pages that it makes: of its branches the first, without the signs of Jinja."""
    made, at, skipped = "", 0, list[bool]()

    def plain(text: str) -> str:
        return re.sub(r"[^\n]", " ", text) if any(skipped) else text

    for found in _JINJA.finditer(template):
        made += plain(template[at : found.start()]) + re.sub(r"[^\n]", " ", found[0])
        at = found.end()
        word = re.match(r"\{%[-+]?\s*(\w+)", found[0])
        if word and word[1] in ("if", "for"):
            skipped.append(False)
        elif word and word[1] in ("else", "elif") and skipped:
            skipped[-1] = True
        elif word and word[1] in ("endif", "endfor") and skipped:
            skipped.pop()
    return made + plain(template[at:])


def _rules(layout: Layout, root: Path, *, web: bool) -> Iterator[Finding]:
    for path in sorted(layout.folder.rglob("*.css")):
        if (path.name == "web.css") != web or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        where = path.relative_to(root).as_posix()
        if wrong := unclosed_rule(text):
            rule, line = wrong
            told = f"「{rule} {{」が「}}」で閉じられていません。" if rule else "「}」が1つ多くあります。"
            hint = "規則の終わりに「}」を書いてください。" if rule else "組にならない「}」を消してください。"
            yield error("css-unclosed", told, Where(where, line), hint)


def unclosed_rule(css: str) -> tuple[str, int] | None:
    """The rule of a style sheet that is not closed, and its line; with no name, a brace too many; None: all pair."""
    text = _SAID.sub(_only_lines, css)
    opened: list[tuple[str, int]] = []
    suspect: tuple[str, int] | None = None
    line = 1
    for found in re.finditer(r"(\s*)([^{};]*)([{};])", text):
        line += found[1].count("\n")
        rule, sign = " ".join(found[2].split()), found[3]
        if sign == "{":
            holder = next((each for each in reversed(opened) if not each[0].startswith("@")), None)
            if holder and "&" not in rule and not rule.startswith("@"):
                suspect = suspect or opened[-1]  # a rule within a rule: what a missing brace looks like
            opened.append((rule, line))
        elif sign == "}":
            if not opened:
                return "", line
            opened.pop()
        line += found[2].count("\n")
    return (suspect or opened[-1]) if opened else None
