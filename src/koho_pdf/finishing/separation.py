"""A spot ink (特色) gets a plate of its own.

While pages are made it uses a process plate (``Inks.second``), so that it is an ordinary colour for the engine and for
pictures. Here this plate becomes the spot. Fills and strokes get a Separation colour, or DeviceN together with black;
gradients and pictures keep their four numbers, in a DeviceN space with two None (ISO 32000-1, 8.6.6.4-5). Black alone
stays DeviceCMYK, so that it can overprint. Objects with other inks stay as they are, for preflight to find.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Name

from koho_pdf.finishing.contents import Instruction, contents, instruction, replace, resource
from koho_pdf.finishing.inked import gradients, most_ink, peaks, pictures
from koho_pdf.press.profile import PROCESS, Inks, Spot

_SPOT, _SPOT_AND_BLACK = "Spot", "SpotAndBlack"
_NO_INK = 8  # of 255: JPEG coding may leave this much on an empty plate


def separate(pdf: pikepdf.Pdf, inks: Inks) -> None:
    """Move the job's spot ink from its process plate to a plate of its own; does nothing without a spot ink."""
    spot = inks.spot
    if spot is None or not spot.separation:
        return
    alone: Any = pdf.make_indirect(separation(spot.name, spot.colour.inks))
    mixed: Any = pdf.make_indirect(with_black(pdf, spot, alone))
    four = tuple(spot.name if plate == spot.plate else plate if plate == "Black" else "None" for plate in PROCESS)
    dropped = "4 1 roll pop pop" if spot.plate == "Cyan" else "4 1 roll pop exch pop"
    whole: Any = pdf.make_indirect(_device_n(pdf, spot, alone, four, dropped))
    for content, resources in contents(pdf):
        rewritten = _with_spot(pikepdf.parse_content_stream(content), PROCESS.index(spot.plate))
        replace(pdf, content, rewritten)
        resource(resources, "ColorSpace", _SPOT, alone)
        resource(resources, "ColorSpace", _SPOT_AND_BLACK, mixed)
        for holder in (*gradients(resources), *pictures(resources)):
            if holder.get("/ColorSpace") == Name.DeviceCMYK and _only(holder, spot.plate):
                holder.ColorSpace = whole


def separation(colorant: str, looks: Iterable[float]) -> Array:
    """A Separation colour space whose full tint looks like these process inks, in percent (ISO 32000-1, 8.6.6.4)."""
    full = Array([ink / 100 for ink in looks])
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=full, N=1)
    return Array([Name.Separation, Name(f"/{colorant}"), Name.DeviceCMYK, tint])


def with_black(pdf: pikepdf.Pdf, spot: Spot, alone: Any = None) -> Array:
    """A space of the spot and black, in this order (8.6.6.5); ``alone`` is the spot's own."""
    alone = alone or pdf.make_indirect(separation(spot.name, spot.colour.inks))
    return _device_n(pdf, spot, alone, (spot.name, "Black"), "exch")


def _with_spot(instructions: list[Instruction], plate: int) -> list[Instruction]:
    """The instructions, with each colour of the spot's plate in its own space."""
    made: list[Instruction] = []
    spaces: dict[str, object] = {}
    outer: list[dict[str, object]] = []
    for each in instructions:
        made.append(each)
        if isinstance(each, ContentStreamInlineImage):
            continue
        operator = str(each.operator)
        if operator == "q":
            outer.append(dict(spaces))
        elif operator == "Q" and outer:
            spaces = outer.pop()
        elif operator in ("cs", "CS"):
            spaces[operator] = each.operands[0]
        elif operator in ("k", "K", "sc", "SC", "scn", "SCN"):
            chooses = "CS" if operator.isupper() else "cs"
            if operator in ("k", "K"):
                spaces[chooses] = Name.DeviceCMYK
            if spaces.get(chooses) == Name.DeviceCMYK:
                made[-1:] = _in_spot(each, plate, chooses)
    return made


def _in_spot(colour: pikepdf.ContentStreamInstruction, plate: int, chooses: str) -> list[Instruction]:
    """A colour of four numbers, as the operators that choose its space and paint it."""
    sets = "SCN" if chooses == "CS" else "scn"
    inks = [float(ink) for ink in colour.operands]
    tint, black = inks[plate], inks[3]
    if any(ink for number, ink in enumerate(inks) if number not in (plate, 3)) or not tint:
        return [instruction(chooses, Name.DeviceCMYK), instruction(sets, *colour.operands)]
    if black:
        numbers = (colour.operands[plate], colour.operands[3])
        return [instruction(chooses, Name(f"/{_SPOT_AND_BLACK}")), instruction(sets, *numbers)]
    return [instruction(chooses, Name(f"/{_SPOT}")), instruction(sets, colour.operands[plate])]


def _only(holder: Any, plate: str) -> bool:
    """Whether a picture or a gradient has ink only on this plate and on black; False if unknown."""
    others = [number for number, each in enumerate(PROCESS) if each not in (plate, "Black")]
    if holder.get("/Subtype") == "/Image":
        most = most_ink(holder)
        return all(most[number] <= _NO_INK for number in others)
    highest = peaks(holder.get("/Function"))
    return len(highest) == len(PROCESS) and not any(highest[number] > 0 for number in others)


def _device_n(pdf: pikepdf.Pdf, spot: Spot, alone: pikepdf.Object, names: tuple[str, ...], order: str) -> Array:
    """A space of the spot and black, shown by process inks; ``order`` sorts its numbers to black, spot (Type 4)."""
    cyan, magenta, yellow, black = (f"{ink / 100:g}" for ink in spot.colour.inks)
    program = (
        f"{{{order} dup {cyan} mul exch dup {magenta} mul exch dup {yellow} mul exch {black} mul"
        " 5 -1 roll add dup 1 gt {pop 1} if}"
    )
    shown = pdf.make_stream(program.encode(), FunctionType=4, Domain=[0, 1] * len(names), Range=[0, 1] * 4)
    spots = Dictionary({f"/{spot.name}": alone})
    inks = Array([Name(f"/{name}") for name in names])
    return Array([Name.DeviceN, inks, Name.DeviceCMYK, shown, Dictionary(Colorants=spots)])
