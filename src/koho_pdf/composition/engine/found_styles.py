"""Seam ``StyleFor``: the style of an element is found once in a session, as long as selectors see the same of it.

Of an element selectors see its tag and attributes, those of the elements beside it and of all that it is in, and with
``:has()`` what is in these; but no words. What sees more (``:empty``), and lengths that depend on the page, are known
by the text of the document: then styles are found anew. A style that the engine changes while it lays out is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any
from xml.etree.ElementTree import Element

from koho_pdf.composition.engine.few import Few

_MOST = 20_000  # elements
_MORE = re.compile(r":empty\b|<select\b|<textarea\b|\d[ldsi]?v(?:w|h|i|b|min|max)\b", re.IGNORECASE)
_HAS = re.compile(r"(?P<type>[a-z][\w-]*)?(?P<class>\.[\w-]+)?(?:[.#][\w-]+|\[[^\]]*\]|:[\w-]+\(?)*\Z", re.IGNORECASE)
"""The element that is asked with ``:has()``, at the end of what stands before it."""
_BESIDE = re.compile(r":has\(\s*[+~]")
_SHOWN = ("style", "lang", "id", "name", "width", "height")
"""Attributes that are declarations themselves, some of them on some elements (``find_style_attributes``)."""


def asked(css: str) -> frozenset[str]:
    """The elements that are asked with ``:has()``: their types, or a class (``.x``); an empty text if it may be any."""
    found = (_HAS.search(before.rsplit("}", 1)[-1]) for before in css.split(":has(")[:-1])
    return frozenset((each["type"] or "").lower() or each["class"] or "" if each else "" for each in found)


def is_asked(of: frozenset[str], tag: str, classes: str) -> bool:
    """Whether an element of this type with these classes may be one of those."""
    return "" in of or tag in of or any(f".{name}" in of for name in classes.split())


@dataclass(slots=True)
class Found:
    """The style of an element, and those of its pseudo-elements."""

    style: Any
    pseudo: tuple[tuple[str, Any], ...]

    @property
    def spoiled(self) -> bool:
        """Whether the engine has changed one of them."""
        return self.style.koho_spoiled or any(style.koho_spoiled for _, style in self.pseudo)


class Styles:
    """What was found with the same stylesheets: by how selectors see an element, and by what they chose."""

    def __init__(self) -> None:
        self.kept: dict[int, Found] = {}
        self.alike: dict[Any, Any] = {}
        self._numbers: dict[Any, int] = {}

    def begin(self) -> None:
        """Begin a document."""
        if len(self._numbers) > _MOST:
            for each in (self.kept, self.alike, self._numbers):
                each.clear()

    def number(self, said: Any) -> int:
        """A number for what is seen."""
        return self._numbers.setdefault(said, len(self._numbers))


class FoundStyles:
    """The styles of a session: those of the pages, and of the strips in which articles are measured. ``stay``: whether
    those of the document at hand may be kept; ``asked``: into which elements its selectors look."""

    def __init__(self) -> None:
        self.stay, self.asked = False, frozenset[str]()
        self._of = Few[tuple[Any, Styles]](4)

    def of(self, fonts: Any, sheets: Any) -> Styles:
        """Those that were found with these stylesheets."""
        return self._of.of((fonts, *(id(sheet) for sheet, *_ in sheets)), lambda: (sheets, Styles()))[1]

    def begin(self, html: str) -> None:
        """Begin a document."""
        self.stay, self.asked = not _MORE.search(html), asked(html)
        if _BESIDE.search(html):  # an element is asked for what is in others
            self.asked |= {""}

    def clear(self) -> None:
        """Forget all."""
        self._of = Few(4)


def once(original: Any) -> Any:
    """Find styles, or take those of the session."""

    def style_for(html: Any, sheets: Any, hints: bool, fonts: Any, targets: Any) -> Any:
        warm = getattr(fonts, "koho_warm", None)
        if warm is None or not warm.found.stay or hints:
            return original(html, sheets, hints, fonts, targets)
        made = original.__new__(original)
        made._cascaded_styles, made._computed_styles, made._sheets, made.font_config = {}, {}, sheets, fonts
        made.initial_page_sizes = {"box": None, "area": None}
        store = warm.found.of(fonts, sheets)
        store.begin()
        _Finding(made, html, store, targets, warm.found.asked).all()
        return made

    return style_for


_Waiting = tuple[Any, Any, int, Callable[[], Any]]
"""An element, its parent's style, its number, and it as selectors see it."""


class _Finding:
    """The styles of one document."""

    def __init__(self, style_for: Any, html: Any, store: Styles, targets: Any, asked: frozenset[str]) -> None:
        self._for, self._html, self._store, self._targets = style_for, html, store, targets
        self._root, self._asked = html.etree_element, asked
        self._root_style: Any = None

    def all(self) -> None:
        """Find them in the order of the document, those of pseudo-elements after all others."""
        computed, later = self._for._computed_styles, list[tuple[Any, Found]]()
        root = self._html.wrapper_element
        waiting: list[_Waiting] = [(self._root, None, self._store.number(self._said(self._root)), lambda: root)]
        while waiting:
            element, parent, number, wrapper = waiting.pop()
            found = self._store.kept.get(number)
            if found is None or found.spoiled or found.style.parent_style is not parent:
                found = self._store.kept[number] = self._found(element, parent, wrapper())
            computed[element, None] = _as_kept(found.style)
            self._root_style = self._root_style or found.style
            self._collect(found.style)
            if found.pseudo:
                later.append((element, found))
            waiting += reversed(list(self._inside(element, found.style, number, wrapper)))
        for element, found in later:
            for pseudo, style in found.pseudo:
                computed[element, pseudo] = _as_kept(style)
                self._collect(style)

    def _inside(self, element: Any, style: Any, number: int, wrapper: Callable[[], Any]) -> Iterator[_Waiting]:
        """The elements in one, each with its parent's style, its number, and how it is seen by selectors."""
        if not len(element):
            return
        children = self._store.number(tuple(map(self._said, element)))
        wrappers = cache(lambda: list(wrapper().iter_children()))
        for at, child in enumerate(element):
            yield child, style, self._store.number((number, children, at)), lambda at=at: wrappers()[at]  # type: ignore[misc]

    def _said(self, element: Any) -> Any:
        own = element.tag, *element.attrib.items()
        if self._asked and is_asked(self._asked, element.tag, element.get("class", "")):
            return own, self._store.number(tuple(map(self._all_said, element)))
        return own

    def _all_said(self, element: Any) -> Any:
        return element.tag, *element.attrib.items(), *map(self._all_said, element)

    def _found(self, element: Any, parent: Any, wrapper: Any) -> Found:
        """Find the style of an element, as the engine does for all of them."""
        from weasyprint.css import declaration_precedence, find_style_attributes, preprocess_declarations

        cascaded = dict[str | None, dict[str, Any]]()
        base = self._html.base_url
        bare = Element(element.tag, element.attrib)
        for specificity, _, declarations, _ in find_style_attributes(bare, False, base):
            said = preprocess_declarations(base, declarations)
            _add(cascaded.setdefault(None, {}), said, "author", inf, specificity, declaration_precedence)
        chosen = []
        for sheet, origin, of_sheet in self._for._sheets:
            for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
                order = inf if layer is None else sheet.layers.index(layer)
                chosen.append((id(sheet), specificity, id(declarations), order, pseudo))
                style = cascaded.setdefault(pseudo, {})
                _add(style, declarations, origin, order, of_sheet or specificity, declaration_precedence)
        key = id(parent), element.tag, tuple(map(element.get, _SHOWN)), tuple(chosen)
        own = self._store.alike.get(key)
        if own is None or own.koho_spoiled or own.parent_style is not parent:
            own = self._store.alike[key] = self._computed(parent, cascaded.get(None, {}), None)
        pseudo = tuple(
            (name, self._computed(own, declared, name)) for name, declared in cascaded.items() if name is not None
        )
        return Found(own, pseudo)

    def _computed(self, parent: Any, cascaded: dict[str, Any], pseudo: str | None) -> Any:
        from weasyprint.css import InitialStyle

        fonts = self._for.font_config
        root = InitialStyle(fonts) if parent is None else self._root_style or parent
        return _kept()(parent, cascaded, pseudo, root, self._html.base_url, fonts, self._for.initial_page_sizes)

    def _collect(self, style: Any) -> None:
        if self._targets and style["anchor"]:
            self._targets.collect_anchor(style["anchor"])


def _add(
    style: dict[str, Any], declarations: Any, origin: str, order: float, specificity: Any, precedence_of: Any
) -> None:
    """The declarations of a rule, where none is stronger."""
    for name, values, importance in declarations:
        weight = (precedence_of(origin, importance), order, specificity)
        before = style.get(name, (None, None))[1]
        if before is None or before <= weight:
            style[name] = values, weight


@cache
def _kept() -> type[Any]:
    """The class of kept styles: they, and those of boxes without an element of their own, notice that one of their
    values becomes another."""
    from weasyprint.css import AnonymousStyle, ComputedStyle

    def changed(style: Any, key: str, value: Any) -> None:
        if key in style and style[key] != value:
            style.koho_spoiled = True
        dict.__setitem__(style, key, value)

    def update(style: Any, *others: Any, **more: Any) -> None:
        for key, value in dict(*others, **more).items():
            changed(style, key, value)

    class Anonymous(AnonymousStyle):  # type: ignore[misc]
        koho_spoiled = False

    class Kept(ComputedStyle):  # type: ignore[misc]
        koho_spoiled = False

        @property
        def anonymous_style(self) -> Any:
            if "koho_anonymous" not in self.__dict__:
                self.koho_anonymous = Anonymous(self)
            return self.koho_anonymous

    for each in (Anonymous, Kept):
        each.__setitem__, each.update = changed, update
    return Kept


def _as_kept(style: Any) -> Any:
    """A kept style as it was when it was kept."""
    anonymous = style.__dict__.get("koho_anonymous")
    if anonymous is not None and anonymous.koho_spoiled:
        del style.koho_anonymous
    return style
