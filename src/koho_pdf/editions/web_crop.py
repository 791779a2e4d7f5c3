"""Checks from the styles of a web page that frames do not cut what a picture must keep.

Only the browser knows the width of its window. But a frame with a fixed shape (``aspect-ratio``, or a width and a
height in the same unit) crops the same share of a picture (``object-fit: cover``) in every window. Each ``@media`` is
checked by itself, together with the rules outside all ``@media``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from koho_pdf.content.values.model import Picture
from koho_pdf.findings import Finding, Where, error

Told = Mapping[str, str]
_ASKED = ("object-fit", "object-position", "aspect-ratio", "width", "height")
_HAIR = 0.5  # percent of a picture
_NAMES = {"left": "0", "top": "0", "center": "50", "right": "100", "bottom": "100"}


def cut_on_web(
    html: str, pictures: Sequence[Picture], sizes: Mapping[str, tuple[float, float]], looks: str
) -> tuple[Finding, ...]:
    """A finding for each picture of the page that its frame cuts where it must not. ``pictures`` are the issue's,
    ``sizes`` their pixels by file, ``looks`` the stylesheet to mend.
    """
    kept = [each for each in pictures if each.keep and each.file in sizes]
    if not kept or "object-fit" not in html:
        return ()
    told: dict[Finding, None] = {}
    for source, styles in _framed(html):
        for picture in kept:
            if picture.file == source.removeprefix("../") and (cut := _cut(picture, sizes[picture.file], styles)):
                told[
                    error(
                        "picture-keep-cut",
                        f"写真「{picture.file}」の切らない範囲（keep）を、ウェブページの枠が切っています（{cut}）。",
                        Where(looks),
                        "object-fit: cover をやめるか、aspect-ratio を写真の形に近づけるか、ひな形の写真に"
                        ' style="object-position: {{ photo.position }}" と書いてください。',
                    )
                ] = None
    return tuple(told)


def _cut(picture: Picture, size: tuple[float, float], styles: Told) -> str:
    """The cut in words: shares of the picture's width or height."""
    frame = _shape(styles)
    if styles.get("object-fit") != "cover" or not frame:
        return ""
    shape = size[0] / size[1]
    seen = min(1, frame / shape), min(1, shape / frame)  # shares of its width and height
    words = []
    sides = [("左", "右"), ("上", "下")]
    for way, share, at in zip(sides, seen, _position(styles.get("object-position", "")), strict=True):
        if at is None:
            continue
        first = (1 - share) * at
        across = way[0] == "左"
        begins = min(each.left if across else each.top for each in picture.keep)
        ends = max(each.right if across else each.bottom for each in picture.keep)
        of = "幅" if across else "高さ"
        words += [
            f"{side}が{of}の{lost:.0f}%"
            for side, lost in ((way[0], first - begins), (way[1], ends - first - 100 * share))
            if lost > _HAIR
        ]
    return "、".join(words)


def _shape(styles: Told) -> float | None:
    """The frame's width divided by its height, if it is the same in every window."""
    width, height = styles.get("width", "auto"), styles.get("height", "auto")
    if "auto" in (width, height):
        ratio = re.fullmatch(r"(?:auto )?([\d.]+)(?: ?/ ?([\d.]+))?(?: auto)?", styles.get("aspect-ratio", ""))
        return _quotient(ratio[1], ratio[2] or "1") if ratio else None
    across, down = (re.fullmatch(r"([\d.]+)(px|mm|cm|q|in|pt|rem|vw|vh)", side.lower()) for side in (width, height))
    return _quotient(across[1], down[1]) if across and down and across[2] == down[2] else None


def _quotient(one: str, other: str) -> float | None:
    try:
        return float(one) / float(other) or None
    except (ValueError, ZeroDivisionError):
        return None


def _position(text: str) -> tuple[float | None, float | None]:
    """``object-position`` in percent; None if it is written in another way."""
    words = [_NAMES.get(each, each.removesuffix("%")) for each in (text or "50% 50%").lower().split()]
    if text.lower().split()[:1] in (["top"], ["bottom"]):
        words = [*(words[1:] or ["50"]), words[0]]
    words = [*words, "50"][:2]
    across, down = (float(each) if re.fullmatch(r"[\d.]+", each) else None for each in words)
    return across, down


def _framed(html: str) -> Iterator[tuple[str, Told]]:
    """The address of each picture with its styles: without any ``@media``, and with each."""
    import cssselect2
    import tinycss2
    import tinyhtml5

    root = cssselect2.ElementWrapper.from_html_root(tinyhtml5.parse(html, namespace_html_elements=False))
    pictures = [each for each in root.iter_subtree() if each.local_name == "img" and each.etree_element.get("src")]
    sheets = "".join(each.etree_element.text or "" for each in root.iter_subtree() if each.local_name == "style")
    rules = tinycss2.parse_stylesheet(sheets, skip_comments=True, skip_whitespace=True)
    base = [each for each in rules if each.type == "qualified-rule"]
    media = [each for each in rules if each.type == "at-rule" and each.lower_at_keyword == "media" and each.content]
    for more in [[], *(tinycss2.parse_rule_list(each.content, True, True) for each in media)]:
        matcher = cssselect2.Matcher()
        for rule in [*base, *(each for each in more if each.type == "qualified-rule")]:
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            said = list(_said(tinycss2.parse_blocks_contents(rule.content)))
            for selector in selectors if said else ():
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, said)
        for picture in pictures:
            found = [
                (weight, name, value)
                for *_, said in sorted(matcher.match(picture), key=lambda one: one[:2])
                for name, value, weight in said
            ]
            own = _said(tinycss2.parse_blocks_contents(picture.etree_element.get("style") or ""))
            found += [(weight, name, value) for name, value, weight in own]
            styles = {name: value for _, name, value in sorted(found, key=lambda one: one[0])}
            yield picture.etree_element.get("src"), styles


def _said(declarations: Sequence[Any]) -> Iterator[tuple[str, str, bool]]:
    """The declarations for a frame: name, value, whether it is important."""
    import tinycss2

    for each in declarations:
        if each.type == "declaration" and each.lower_name in _ASKED:
            yield each.lower_name, tinycss2.serialize(each.value).strip(), each.important
