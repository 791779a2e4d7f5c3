"""A drawing's classes and ids become its own, so that two drawings on one page do not take each other's.

A ``<style>`` within an ``<svg>`` of a web page styles the whole page (HTML, 4.2.6), and ids are those of the page:
drawing programs call the first class of every file ``st0``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

_TAG = re.compile(r"<!--.*?-->|<[A-Za-z](?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_ATTRIBUTE = re.compile(r"(?P<before>\s(?P<name>[\w:-]+)\s*=\s*)(?P<quote>[\"'])(?P<value>.*?)(?P=quote)", re.DOTALL)
_STYLE = re.compile(r"(<style\b[^>]*>)(.*?)(</style\s*>)", re.DOTALL | re.IGNORECASE)
_URL = re.compile(r"(url\(\s*(?:[\"']|&quot;)?#)")
_LISTS = ("aria-labelledby", "aria-describedby")
_BACKGROUND = re.compile(r"\benable-background\s*:[^;}\"']*;?\s*")
_STOPS = ("stop-color", "stop-opacity")
_DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)


def tidied(text: str) -> str:
    """The drawing as every program reads it: the colours of gradients as attributes, and no ``enable-background``,
    which only asked old programs to keep a background (SVG 1.1, 15.6; not in SVG 2)."""

    def of_tag(found: re.Match[str]) -> str:
        tag, moved = found[0], list[str]()
        if tag.startswith("<!--"):
            return tag

        def of_attribute(each: re.Match[str]) -> str:
            if each["name"] == "enable-background":
                return ""
            if each["name"] != "style":
                return each[0]
            kept = list[str]()
            for said in filter(None, map(str.strip, _BACKGROUND.sub("", each["value"]).split(";"))):
                name, _, value = (part.strip() for part in said.partition(":"))
                (moved if name in _STOPS else kept).append(f'{name}="{value}"' if name in _STOPS else said)
            return f"{each['before']}{each['quote']}{';'.join(kept)}{each['quote']}" if kept else ""

        made = _ATTRIBUTE.sub(of_attribute, tag)
        for each in moved:  # in the place of an attribute of this name, over which a style goes
            name = each.partition("=")[0]
            made = re.sub(rf"\s{name}\s*=\s*(\"[^\"]*\"|'[^']*')", "", made)
        end = re.search(r"\s*/?>$", made)
        return f"{made[: end.start()]} {' '.join(moved)}{end[0]}" if moved and end else made

    return _STYLE.sub(lambda each: each[1] + _BACKGROUND.sub("", each[2]) + each[3], _TAG.sub(of_tag, text))


def own(text: str, name: str) -> str:
    """The drawing with every class and id of it called ``NAME-…``; a rule for elements of any name holds in it only."""
    prefix, scoped = f"{name}-", False

    def of_attribute(each: re.Match[str]) -> str:
        value = each["value"]
        if each["name"] in ("class", *_LISTS):
            value = " ".join(prefix + one for one in value.split())
        elif each["name"] in ("id", "href", "xlink:href"):
            bare = value.removeprefix("#")
            value = prefix + value if each["name"] == "id" else f"#{prefix}{bare}" if value != bare else value
        else:
            value = _URL.sub(rf"\g<1>{prefix}", value)
        return f"{each['before']}{each['quote']}{value}{each['quote']}"

    def of_style(each: re.Match[str]) -> str:
        nonlocal scoped
        said, alone = _renamed(each[2], prefix)
        scoped = scoped or alone
        return each[1] + _URL.sub(rf"\g<1>{prefix}", said) + each[3]

    made = _TAG.sub(lambda tag: tag[0] if tag[0].startswith("<!--") else _ATTRIBUTE.sub(of_attribute, tag[0]), text)
    made = _STYLE.sub(of_style, made)
    return _with_class(made, f"{prefix}art") if scoped else made


def _with_class(text: str, name: str) -> str:
    def of_root(tag: re.Match[str]) -> str:
        classed = re.sub(r"(\sclass\s*=\s*[\"'])", rf"\g<1>{name} ", tag[0], count=1)
        return classed if classed != tag[0] else re.sub(r"^<([\w:]+)", rf'<\1 class="{name}"', tag[0])

    return re.sub(r"<(?:\w+:)?svg\b[^>]*>", of_root, text, count=1)


def _renamed(css: str, prefix: str) -> tuple[str, bool]:
    """A style sheet whose classes and ids have the prefix, and whether a selector without any was bound to the root."""
    import tinycss2

    before, inner, after = re.fullmatch(r"(\s*(?:<!\[CDATA\[)?)(.*?)((?:\]\]>)?\s*)", css, re.DOTALL).groups()  # type: ignore[union-attr]
    scoped = False

    def rules(content: Any) -> str:
        nonlocal scoped
        made = ""
        for rule in tinycss2.parse_rule_list(content):
            if rule.type == "qualified-rule":
                selectors = []
                for part in _split(rule.prelude):
                    written, named = _selector(part, prefix)
                    if not named:
                        scoped = True
                        bare = written.strip()
                        root = re.match(r"svg\b", bare)
                        bound = f"svg.{prefix}art{bare[3:]}" if root else f".{prefix}art {bare}"
                        written = written.replace(bare, bound, 1)
                    selectors.append(written)
                made += f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}"
            elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in ("media", "supports"):
                made += f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{rules(rule.content)}}}"
            else:
                made += str(rule.serialize())
        return made

    return f"{before}{rules(inner)}{after}", scoped


def _split(tokens: list[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for each in tokens:
        if each == ",":
            yield part
            part = []
        else:
            part.append(each)
    yield part


def _selector(tokens: list[Any], prefix: str) -> tuple[str, bool]:
    """A selector with the prefix before its classes and ids, and whether it has any."""
    import tinycss2

    made, named, dot = "", False, False
    for each in tokens:
        if each.type == "hash":
            made, named = f"{made}#{prefix}{each.value}", True
        elif each.type == "ident" and dot:
            made, named = f"{made}{prefix}{each.value}", True
        elif each.type == "function":
            inner, of_it = _selector(each.arguments, prefix)
            made, named = f"{made}{each.name}({inner})", named or of_it
        else:
            made += tinycss2.serialize([each])
        dot = each == "."
    return made, named


def clashing(page: str) -> tuple[tuple[str, bool], ...]:
    """The names that two different drawings within a page both have, so that one takes the colours of the other: of
    classes that rules of their ``<style>`` give a look, and of ids (True) that they refer to."""
    drawings = [*dict.fromkeys(_DRAWING.findall(page))]
    looks = [_looks(each) for each in drawings]
    parts = [_ids(each) for each in drawings]
    found: dict[tuple[str, bool], None] = {}
    for one, other in combinations(range(len(drawings)), 2):
        for mine, theirs in ((one, other), (other, one)):
            used = {name for tag in _attributes(drawings[theirs], "class") for name in tag.split()}
            for name, look in looks[mine].items():
                if name in used and looks[theirs].get(name) != look:
                    found[name, False] = None
            for name, part in parts[mine].items():
                if parts[theirs].get(name, part) != part and f"#{name}" in drawings[max(mine, theirs)]:
                    found[name, True] = None
    return tuple(found)


def _attributes(drawing: str, name: str) -> Iterator[str]:
    for tag in _TAG.findall(drawing):
        yield from (html.unescape(each["value"]) for each in _ATTRIBUTE.finditer(tag) if each["name"] == name)


def _looks(drawing: str) -> dict[str, str]:
    """What the rules of a drawing's style sheets say of each class in their selectors."""
    looks: dict[str, str] = {}

    def note(selector: str, said: str) -> None:
        for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", selector):
            looks[name] = looks.get(name, "") + f"{''.join(selector.split())}{{{''.join(said.split())}}}"

    for _, css, _ in _STYLE.findall(drawing):
        for selector, said in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
            note(selector, said)
    return looks


def _ids(drawing: str) -> dict[str, str]:
    """Each element with an id, as it is written up to its end tag."""
    found: dict[str, str] = {}
    for tag in _TAG.finditer(drawing):
        for each in _ATTRIBUTE.finditer(tag[0]):
            if each["name"] == "id":
                kind = re.match(r"<([\w:-]+)", tag[0])
                end = drawing.find(f"</{kind[1]}", tag.end()) if kind and not tag[0].endswith("/>") else tag.end()
                found.setdefault(each["value"], drawing[tag.start() : max(end, tag.end())])
    return found
