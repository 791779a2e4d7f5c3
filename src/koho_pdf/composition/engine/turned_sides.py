"""Maps physical properties of the page to those of a box that will be turned (CSS Writing Modes 4, 6)."""

from __future__ import annotations

from typing import Any

# Its left becomes the top.
_SIDES = {"left": "top", "top": "right", "right": "bottom", "bottom": "left"}
_CORNERS = {
    "top_left": "top_right",
    "top_right": "bottom_right",
    "bottom_right": "bottom_left",
    "bottom_left": "top_left",
}
PHYSICAL = {
    **_SIDES,
    **{f"{what}_{side}": f"{what}_{page}" for what in ("margin", "padding") for side, page in _SIDES.items()},
    **{f"border_{a}_{what}": f"border_{b}_{what}" for what in ("width", "style", "color") for a, b in _SIDES.items()},
    **{f"border_{corner}_radius": f"border_{page}_radius" for corner, page in _CORNERS.items()},
    **{f"{limit}width": f"{limit}height" for limit in ("", "min_", "max_")},
    **{f"{limit}height": f"{limit}width" for limit in ("", "min_", "max_")},
}
_USER_AGENT = 1  # the precedence of the engine's own style sheet (``declaration_precedence``)


def turned_sides(cascaded: dict[str, Any]) -> dict[str, Any]:
    """A designer's physical properties, turned; those of the engine's own style sheet already follow the lines."""
    own = {key: given for key, given in cascaded.items() if key not in PHYSICAL or given[1][0] <= _USER_AGENT}
    designed = {key: _of_page(cascaded[page], page) for key, page in PHYSICAL.items() if page in cascaded}
    return own | {key: given for key, given in designed.items() if given[1][0] > _USER_AGENT}


def _of_page(given: Any, page: str) -> Any:
    """A declaration that is still asked for the page's property if it is a shorthand with a variable, whose value the
    engine takes apart only when it is needed (``border-bottom: .1mm solid var(--ink)``).
    """
    from weasyprint.css.tokens import Pending

    value, weight = given
    if not isinstance(value, Pending):
        return given

    class Aside(Pending):  # type: ignore[misc]
        def validate(self, tokens: Any, wanted_key: str, base_url: Any) -> Any:
            return value.validate(tokens, page.replace("_", "-"), base_url)

    return Aside(value.tokens, value.name), weight
