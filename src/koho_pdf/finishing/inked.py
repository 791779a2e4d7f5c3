"""Finds the plates that a page prints on, by reading its content.

A plate with nothing but marks would still be made and charged for, so marks ask here first. If the ink of a thing
cannot be told, it counts as ink on every plate, so that no plate with ink lacks its marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Name

from koho_pdf.finishing.contents import contents_of
from koho_pdf.press.profile import PROCESS

_COLOURS = "q Q cs CS sc SC scn SCN k K g G rg RG BI ID EI"
_DEVICE = {"/DeviceCMYK": PROCESS, "/DeviceGray": ("Black",)}


def inked(page: pikepdf.Page, plates: Sequence[str]) -> tuple[str, ...]:
    """The plates among the job's ``plates`` (PDF colorant names) on which a page has ink; always with black."""
    found = {"Black"}
    for content, resources in contents_of(page):
        for names in (*_set_in(content, resources), *_gradients(resources), *_pictures(resources)):
            if names is None:
                return tuple(plates)
            found |= names
            if found.issuperset(plates):
                return tuple(plates)
    return tuple(plate for plate in plates if plate in found)


def peaks(function: Any) -> list[float]:
    """The highest value of each output of a gradient's functions (ISO 32000-1, 7.10.3, 7.10.4); empty if unknown."""
    if isinstance(function, Array):
        each = [peaks(part) for part in function]
        return [peak for (peak,) in each] if all(len(found) == 1 for found in each) else []
    kind = function.get("/FunctionType") if isinstance(function, Dictionary) else None
    if kind == 2:
        ends = [
            [float(value) for value in function.get(key, fallback)] for key, fallback in (("/C0", [0]), ("/C1", [1]))
        ]
        return [max(pair) for pair in zip(*ends, strict=False)]
    parts = [peaks(part) for part in function.Functions] if kind == 3 else []
    return [max(of_all) for of_all in zip(*parts, strict=False)] if all(parts) else []


def most_ink(picture: Any) -> list[int]:
    """The most ink (0 to 255) that a picture in DeviceCMYK has on each process plate, as the engine writes it."""
    if picture.get("/Filter") == Name.DCTDecode:
        from PIL import Image

        with Image.open(BytesIO(picture.read_raw_bytes())) as opened:
            return [max(band.tobytes()) for band in opened.convert("CMYK").split()]
    pixels = picture.read_bytes()
    return [max(pixels[number::4]) for number in range(4)]


def gradients(resources: Any) -> Iterator[Any]:
    """The shadings among resources, including those of patterns (8.7.4)."""
    yield from resources.get("/Shading", {}).values()
    for each in resources.get("/Pattern", {}).values():
        if each.get("/PatternType") == 2:
            yield each.Shading


def pictures(resources: Any) -> Iterator[Any]:
    """The image XObjects among resources."""
    yield from (each for each in resources.get("/XObject", {}).values() if each.get("/Subtype") == "/Image")


Names = set[str] | None  # None: unknown plates


def _set_in(content: pikepdf.Object, resources: Any) -> Iterator[Names]:
    """The plates of every colour that a content stream sets."""
    spaces: dict[str, Any] = {"cs": Name.DeviceGray, "CS": Name.DeviceGray}
    outer: list[dict[str, Any]] = []
    for each in pikepdf.parse_content_stream(content, _COLOURS):
        if isinstance(each, ContentStreamInlineImage):
            yield None
            continue
        operator, operands = str(each.operator), list(each.operands)
        chooses = "CS" if operator.isupper() else "cs"
        match operator.lower():
            case "q":
                if operator == "q":
                    outer.append(dict(spaces))
                elif outer:
                    spaces = outer.pop()
            case "cs":
                spaces[chooses] = operands[0]
            case "k" | "g":
                yield _laid(_DEVICE["/DeviceCMYK" if operator.lower() == "k" else "/DeviceGray"], operands)
            case "rg":
                yield None
            case _ if spaces[chooses] != Name.Pattern:
                names = _plates(spaces[chooses], resources)
                yield None if names is None else _laid(names, operands)


def _laid(names: Iterable[str], tints: Sequence[Any]) -> set[str]:
    """The plates with a tint above 0; gray always counts as black."""
    return {name for name, tint in zip(names, tints, strict=False) if float(tint) > 0 and name != "None"}


def _gradients(resources: Any) -> Iterator[Names]:
    for each in gradients(resources):
        names, most = _plates(each.get("/ColorSpace"), resources), peaks(each.get("/Function"))
        yield _laid(names, most) if names is not None and len(most) == len(names) else None


def _pictures(resources: Any) -> Iterator[Names]:
    for each in pictures(resources):
        if each.get("/ImageMask", False) is True:
            continue  # painted in a colour set by the content
        space = each.get("/ColorSpace")
        names = _plates(space, resources)
        if space == Name.DeviceCMYK:
            yield _laid(PROCESS, most_ink(each))
        else:
            yield None if names is None else set(names) - {"None"}


def _plates(space: Any, resources: Any) -> tuple[str, ...] | None:
    """The plates for the numbers of a colour space; None if it is not ink, or ink on all plates (All)."""
    if isinstance(space, Name) and str(space) not in _DEVICE:
        space = resources.get("/ColorSpace", Dictionary()).get(str(space))
    if isinstance(space, Name):
        return _DEVICE.get(str(space))
    if not isinstance(space, Array) or str(space[0]) not in ("/Separation", "/DeviceN"):
        return None
    names = tuple(str(name)[1:] for name in (space[1] if isinstance(space[1], Array) else [space[1]]))
    return None if "All" in names else names
