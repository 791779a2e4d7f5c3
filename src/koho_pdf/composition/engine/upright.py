"""Pictures and horizontal blocks in a vertical block: they stand upright, turned back in the box that is turned.

Such an element is orthogonal to the lines around it (CSS Writing Modes 4, 7.3). It is laid out by itself as on a page.
Its place in the turned box is taken by a holder with swapped width and height, which has its margins.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

QUARTER = 1.5707963267948966  # radians
_MIDDLE = 0.38  # em: the middle of a vertical line, from the baseline of its text
_SIZES = ("width", "min_width", "max_width", "height", "min_height", "max_height")
_OUTER = (
    *(f"margin_{side}" for side in ("top", "right", "bottom", "left")),
    *("position", "top", "right", "bottom", "left", "float", "clear", "vertical_align", "block_step_size"),
    *("break_before", "break_after"),
)  # properties of an element that its holder takes


@dataclass(slots=True, eq=False)
class Frame:
    """The content box of a vertical block on the page (CSS pixels), to which percentages refer. Without ``is_sized`` it
    is as wide as its lines, and ``width`` is the available width.
    """

    element: Any
    is_sized: bool
    width: float = inf
    height: float = 0.0

    def padding_box_x(self) -> float:
        """The left edge of the padding box, as the engine asks for it."""
        return 0.0

    padding_box_y = padding_box_x

    def padding_width(self) -> float:
        """The width of the padding box, in CSS pixels."""
        return self.width

    def padding_height(self) -> float:
        """The height of the padding box, in CSS pixels."""
        return self.height


def refusal(box: Any, frame: Frame, outermost: bool) -> tuple[str, str] | None:
    """The message and the hint for an element that cannot stand upright."""
    from weasyprint.formatting_structure.boxes import BlockBox, FlexBox, GridBox, InlineBlockBox, ReplacedBox

    what = "図版" if isinstance(box, ReplacedBox) else "横組みの枠"
    if not isinstance(box, (BlockBox, InlineBlockBox, FlexBox, GridBox, ReplacedBox)):
        return "縦組みの中で横組みにできるのは枠だけです", "display を block か inline-block にしてください。"
    if box.is_flex_item or box.is_grid_item or box.style["position"] in ("absolute", "fixed"):
        return (
            f"縦組みの枠の中に、flex や grid や position で置かれた{what}があります",
            "ふつうの流れの中に置くか、縦組みの枠の外に置いてください。",
        )
    shares = [name for name in _SIZES if getattr(box.style[name], "unit", None) == "%"]
    if any(
        (not outermost and not name.startswith("max")) or ("width" in name and not frame.is_sized) for name in shares
    ):
        return (
            f"縦組みの枠の中の{what}の大きさが割合で書かれていて、元の大きさが決まりません",
            "大きさを mm で書くか、縦組みの枠の直下に置いて、その枠の width を決めてください。",
        )
    return None


def held(box: Any, style: Any, frame: Frame, em: float) -> Any:
    """The holder in which an element stands upright; ``style`` is the element's style, turned; ``em`` is the line's."""
    from weasyprint.formatting_structure.boxes import BlockBox, BlockReplacedBox, InlineBlockBox, InlineLevelBox

    outer = box.style.anonymous_style.copy()
    outer.update({name: style[name] for name in _OUTER})
    box.style = box.style.copy()
    initial = box.style.anonymous_style
    box.style.update({name: initial[name] for name in _OUTER if name != "vertical_align"})
    inline = isinstance(box, InlineLevelBox) and outer["float"] == "none"
    if hasattr(box, "replacement"):
        upright = BlockReplacedBox(box.element_tag, box.style, box.element, box.replacement)
    elif isinstance(box, InlineBlockBox):
        upright = BlockBox(box.element_tag, box.style, box.element, box.children)
        upright.is_table_wrapper = box.is_table_wrapper
    else:
        upright = box
    holder = (InlineBlockBox if inline else BlockBox)(box.element_tag, outer, None, [upright])
    holder.koho_turned = True
    if not hasattr(box, "replacement"):
        upright.koho_horizontal = True
    holder.koho_upright_in = frame, em
    return holder


def laid_out(original: Any, context: Any, holder: Any, *more: Any, **named: Any) -> Any:
    """A holder with its element in it, each of its own size."""
    from weasyprint.css.properties import Dimension
    from weasyprint.layout.absolute import absolute_box_layout
    from weasyprint.layout.inline import inline_block_baseline

    frame, em = holder.koho_upright_in
    (element,) = holder.children
    element = element.copy()
    element.position_x = element.position_y = 0.0
    upright, _ = absolute_box_layout(context, element, frame, [], 0, None)
    width, height = upright.margin_width(), upright.margin_height()
    holder.width, holder.height = height, width
    empty = holder.copy_with_children([])
    made, *rest = original(context, empty, *more, **named)
    upright.style = upright.style.copy()
    zero = Dimension(0, "px")
    upright.style["transform"] = (("translate", (zero, Dimension(width, "px"))), ("rotate", -QUARTER))
    upright.style["transform_origin"] = (zero, zero)
    upright.translate(made.content_box_x() - upright.position_x, made.content_box_y() - upright.position_y)
    made.children = [upright]
    align = made.style["vertical_align"]
    if align in ("baseline", "middle") or isinstance(align, (int, float)):
        raised = 0.0 if isinstance(align, str) else align
        made.style = made.style.copy()
        made.style["vertical_align"] = raised + made.margin_height() / 2 + _MIDDLE * em - inline_block_baseline(made)
    return made, *rest
