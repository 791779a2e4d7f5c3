"""The styles of an SVG's elements: attributes, ``<style>``, ``style=""`` (SVG 2, 6; CSS Cascade 4).

Only the properties that a drawing needs, and those that would change its look in ways that we cannot print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from koho_pdf.media.line_art import SVG, Undrawable, of_inks, of_light

INHERITED = (
    *("fill", "fill-opacity", "fill-rule", "clip-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap"),
    *("stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "color", "visibility"),
)
_OWN = ("opacity", "clip-path", "stop-color", "stop-opacity", "display", "transform")
EFFECTS = ("filter", "mask", "mix-blend-mode", "marker", "marker-start", "marker-mid", "marker-end", "paint-order")
WORDS = {  # values that are one of a few words
    "fill-rule": ("nonzero", "evenodd"),
    "stroke-linecap": ("butt", "round", "square"),
    "stroke-linejoin": ("miter", "round", "bevel"),
    "visibility": ("visible", "hidden", "collapse"),
}
_ASKED = frozenset((*INHERITED, *_OWN, *EFFECTS, "enable-background"))
_ICC = re.compile(r"(?:#[0-9a-fA-F]{3,6}|\w+(?:\([^)]*\))?)\s+icc-color\(([^)]*)\)")
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_MOST_RULES = 5_000
_MOST_MATCHES = 2_000_000  # rules times elements


def styles_of(root: Element) -> dict[Element, Mapping[str, str]]:
    """The properties set on each element itself, without inheritance. Raises ``Undrawable``: too-complex."""
    import cssselect2
    import tinycss2

    matcher, rules = cssselect2.Matcher(), 0
    for sheet in root.iter(f"{{{SVG}}}style"):
        for rule in tinycss2.parse_stylesheet("".join(sheet.itertext()), skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue  # @import leads outside and is not followed; @font-face is not needed without letters
            rules += 1
            if rules > _MOST_RULES:
                raise Undrawable("too-complex", f"CSS の規則が{_MOST_RULES:,}より多い")
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            said = list(_said(tinycss2.parse_blocks_contents(rule.content)))
            for selector in selectors if said else ():
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, said)
    if rules * sum(1 for _ in root.iter()) > _MOST_MATCHES:
        raise Undrawable("too-complex", "CSS の規則と部品が多い")
    found: dict[Element, Mapping[str, str]] = {}
    for wrapped in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        element = wrapped.etree_element
        weighed = [(0, name, value) for name, value in element.attrib.items() if name in _ASKED]
        matched = sorted(matcher.match(wrapped), key=lambda each: each[:2]) if rules else []
        weighed += [(1 + 2 * important, name, value) for *_, said in matched for name, value, important in said]
        if own := element.get("style"):
            declared = _said(tinycss2.parse_blocks_contents(own))
            weighed += [(2 + 2 * important, name, value) for name, value, important in declared]
        if weighed:
            found[element] = {name: value for _, name, value in sorted(weighed, key=lambda each: each[0])}
    return found


def _said(declarations: list[Any]) -> Iterator[tuple[str, str, bool]]:
    import tinycss2

    for each in declarations:
        if each.type == "declaration" and each.lower_name in _ASKED:
            yield each.lower_name, tinycss2.serialize(each.value).strip(), each.important


def colour(text: str, current: str) -> tuple[str, float]:
    """A colour as a drawing writes it, and its opacity; ``current`` is the value of ``currentColor``. An ``icc-color``
    of four numbers (SVG 1.1, 12.3) is inks. An unreadable colour is black, as in browsers.
    """
    from tinycss2.color5 import parse_color

    if icc := _ICC.fullmatch(text):
        members = [each for each in re.split(r"[\s,]+", icc[1].strip())[1:] if each]
        if len(members) == 4 and all(re.fullmatch(r"[0-9]*\.?[0-9]+", each) for each in members):
            return of_inks(tuple(float(each) for each in members)), 1.0
        text = re.sub(r"\s+icc-color\(.*", "", text)
    try:
        read = parse_color(text)
    except (ValueError, IndexError, TypeError):
        read = None
    if read is None:
        return "#000000", 1.0
    if read == "currentcolor":
        return current, 1.0
    alpha = float(read.alpha if read.alpha is not None else 1)
    if read.space == "device-cmyk":
        return of_inks(tuple(float(each or 0) for each in read.coordinates)), alpha
    try:
        light = read.to("srgb")
    except NotImplementedError:
        raise Undrawable("effects", f"色 {text[:20]}") from None
    return of_light(*(float(each or 0) for each in light.coordinates[:3])), alpha


def fragment(reference: str) -> str:
    """The target of a reference within the file: ``url(#a)``, ``url("#a")``, ``#a``. Raises ``Undrawable``: outside."""
    inner = re.sub(r"^url\(\s*|\s*\)?$", "", reference.strip()).strip("'\" ")
    if not inner:
        return ""
    if not inner.startswith("#"):
        raise Undrawable("outside", inner[:30])
    return inner[1:]


def referred(element: Element) -> str:
    """The target of an element's ``href`` within the file; empty if it has none. Raises ``Undrawable``: outside."""
    return fragment(next((element.get(name, "") for name in _HREFS if element.get(name)), ""))


def share(text: str) -> float:
    """A share from 0 to 1, from a number or a percentage; 1 for anything else."""
    found = re.fullmatch(r"([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)(%?)", text.strip())
    try:
        return min(1.0, max(0.0, float(found[1]) / (100 if found[2] else 1))) if found else 1.0
    except ValueError:
        return 1.0


def current_of(said: Mapping[str, str], current: str) -> str:
    """The value of ``currentColor`` in an element."""
    return colour(said["color"], current)[0] if "color" in said and said["color"] != "inherit" else current


def only_cuts(mask: Element, styles: Mapping[Element, Mapping[str, str]], shapes: tuple[str, ...]) -> bool:
    """Whether a mask is a clip, as Figma writes them: white shapes, or any where only their alpha counts."""
    by_alpha = "alpha" in f"{mask.get('mask-type')}{mask.get('style')}"
    for part in mask.iter():
        said, tag = styles.get(part, {}), part.tag.rpartition("}")[2]
        white = "fill" in said and colour(said["fill"], "#000000") == ("#ffffff", 1.0)
        known = white or by_alpha if tag in shapes else tag in ("mask", "g")
        if not known or {"opacity", "fill-opacity", "stroke", "mask"} & set(said):
            return False
    return mask.tag.endswith("}mask")


def chosen(element: Element) -> list[Element]:
    """The child that a ``switch`` shows: the first that needs no special program (SVG 2, 5.9)."""
    asked = ("requiredExtensions", "requiredFeatures", "systemLanguage")
    plain = [each for each in element if not each.get("requiredExtensions") and not each.tag.endswith("}foreignObject")]
    return ([each for each in plain if not any(each.get(name) for name in asked)] or plain)[:1]
