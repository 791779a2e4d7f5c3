"""Tells effects that the engine cannot draw in inks, before it draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from koho_pdf.findings import Finding, Where, error

_RELIEF = frozenset(["inset", "outset", "groove", "ridge"])
_FILTERS = frozenset(["feOffset", "feBlend"])  # filters of SVG that the engine draws; it ignores the others
_LINES = ("border_top", "border_right", "border_bottom", "border_left", "outline", "column_rule")


def undrawable(rendered: Any, looks: Where) -> tuple[Finding, ...]:
    """A finding for each effect of these pages that cannot be made in inks; ``looks`` is the layout's stylesheet.

    ``effect-not-in-inks``: a blurred shadow, whose parts the engine joins with visible seams; lines in relief, which it
    computes in RGB; and filters of SVG, which it ignores silently. ``profile-in-css``: an ``@color-profile`` rule,
    which the engine uses as the space of all blending (ISO 15930-7 wants that of the output intent).
    """
    found = dict.fromkeys(each for page in rendered.pages for each in _effects(page._page_box, looks))
    if rendered.color_profiles:
        names = "・".join(rendered.color_profiles)
        profile = error(
            "profile-in-css",
            f"CSS の @color-profile（{names}）は使えません。",
            looks,
            "@color-profile を消してください。出力プロファイルと特色は、入稿条件（press）に書きます。",
        )
        found[profile] = None
    return tuple(found)


def _effects(box: Any, looks: Where) -> Iterator[Finding]:
    box = getattr(box, "_box", box)  # an absolutely placed box is reached through a placeholder
    style = box.style
    if any(blur.value and _is_inks(colour, style) for _, _, blur, _, colour, _ in style["box_shadow"]):
        yield _told("ぼかした box-shadow", looks, "ぼかし（3つ目の長さ）を 0 にしてください。")
    for line in _LINES:
        drawn, colour = style[f"{line}_style"], style[f"{line}_color"]
        if drawn in _RELIEF and style[f"{line}_width"] and _is_inks(colour, style):
            yield _told(
                f"{line.replace('_', '-')}-style: {drawn}", looks, "solid・double・dashed・dotted にしてください。"
            )
    drawing = getattr(getattr(box, "replacement", None), "_svg", None)
    for tag in dict.fromkeys(each.tag for each in drawing.tree._etree_node.iter()) if drawing is not None else ():
        name = str(tag).rpartition("}")[2]
        if name.startswith("fe") and name not in _FILTERS:
            yield _told(f"SVG の filter（{name}）", looks, "filter を使わずに、ぼかしや影のない絵にしてください。")
    children: Sequence[Any] = getattr(box, "children", ())
    for child in children:
        yield from _effects(child, looks)


def _is_inks(colour: Any, style: Any) -> bool:
    colour = style["color"] if colour == "currentcolor" else colour
    return bool(colour.space == "device-cmyk")


def _told(effect: str, looks: Where, hint: str) -> Finding:
    return error("effect-not-in-inks", f"「{effect}」は、印刷のインキで描けません。", looks, hint)
