"""Finds from the pixels of a JPEG what its header hides: whether it was enlarged, and whether it was coded worse
before.

An enlarged picture has no detail finer than its original pixels. A JPEG that was decoded and coded again with finer
steps keeps the coarse steps in its coefficients (ITU-T T.81, A.3.3 and A.3.4).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from math import cos, pi, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_LEAST = 64  # pixels of a side: smaller pictures tell nothing
_WINDOW = 512  # pixels of the middle part that is checked, across and down
_DETAIL = 2.0  # of 255: a picture with less detail tells nothing
_STEPS = 40  # the coarsest step that we look for
_ENOUGH = 200  # coefficients needed for a judgement
_BY_CHANCE = 0.45  # at most this share of coefficients is near multiples of a step by chance
# The luminance steps of quality 50 (T.81, table K.1) for the first waves across, and down.
_ACROSS, _DOWN = (11, 10, 16), (12, 14, 14)


def looked_at(jpeg: bytes, pixels: tuple[int, int]) -> tuple[float, int]:
    """The finest detail of a picture with this many ``pixels``, compared with that at half its size (0: unknown), and
    the quality of an earlier coding (0: unknown), on the scale of the Independent JPEG Group.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(jpeg)) as opened:
            if min(opened.size) < _LEAST or opened.size != pixels:
                return 0.0, 0
            if opened.mode == "RGB":
                opened.draft("L", opened.size)  # its luminance as it is coded
            tables = opened.quantization  # type: ignore[attr-defined]
            opened.load()
            plane = opened.getchannel(1) if opened.mode == "CMYK" else opened.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0.0, 0
    across, down = (max(0, (length - _WINDOW) // 16 * 8) for length in plane.size)
    plane = plane.crop((across, down, across + min(_WINDOW, plane.width), down + min(_WINDOW, plane.height)))
    return _fineness(plane), _before(plane, tables[min(tables)])


def _fineness(plane: Image) -> float:
    half = plane.resize((plane.width // 2, plane.height // 2))
    coarse = _lost(half)
    return _lost(plane) / coarse if coarse >= _DETAIL else 0.0


def _lost(plane: Image) -> float:
    """The loss when a picture is halved and enlarged again: root mean square, of 255."""
    from PIL import Image, ImageChops, ImageStat

    half = plane.resize((plane.width // 2, plane.height // 2), Image.Resampling.LANCZOS)
    again = half.resize(plane.size, Image.Resampling.BICUBIC)
    return float(ImageStat.Stat(ImageChops.difference(plane, again)).rms[0])


def _before(plane: Image, table: Sequence[int]) -> int:
    """The quality of an earlier coding: at least two coefficients must show its steps and agree."""
    found = []
    for way, base in ((0, _ACROSS), (1, _DOWN)):
        lines = _means(plane, way)
        for wave, usual in enumerate(base, 1):
            now = table[wave if way == 0 else 8 * wave]
            step = _earlier_step(_coefficients(lines, wave), now)
            if step:
                scale = 100 * step / usual
                found.append(round(100 - scale / 2 if scale <= 100 else 5000 / scale))
    found.sort()
    middle = found[len(found) // 2] if found else 0
    return middle if sum(abs(each - middle) <= 8 for each in found) >= 2 else 0


def _means(plane: Image, way: int) -> list[list[float]]:
    """The means of every eight pixels in one direction, as lines in the other."""
    whole = plane.crop((0, 0, plane.width // 8 * 8, plane.height // 8 * 8)).convert("F")
    if way == 1:
        from PIL import Image

        whole = whole.transpose(Image.Transpose.TRANSPOSE)
    rows = whole.reduce((1, 8))
    values = array("f", rows.tobytes()).tolist()
    return [values[at : at + rows.width] for at in range(0, len(values), rows.width)]


def _coefficients(lines: list[list[float]], wave: int) -> list[float]:
    """The coefficient of one wave in each block (T.81, A.3.3), for waves in one direction only."""
    waves = [sqrt(2) * cos((2 * x + 1) * wave * pi / 16) for x in range(8)]
    return [
        sum(value * by for value, by in zip(line[at : at + 8], waves, strict=True))
        for line in lines
        for at in range(0, len(line), 8)
    ]


def _earlier_step(coefficients: list[float], now: int) -> int:
    """The coarsest step, coarser than ``now``, of which nearly all coefficients are whole multiples; 0 for none."""
    coded = Counter(abs(round(value / now) * now) for value in coefficients)
    near = now / 2 + 0.5
    for step in range(_STEPS, int((2 * near + 1) / _BY_CHANCE), -1):
        counted = {value: count for value, count in coded.items() if value > step / 2}
        among = sum(counted.values())
        kept = sum(count for value, count in counted.items() if abs(value - step * round(value / step)) <= near)
        if among >= _ENOUGH and kept >= 0.9 * among:
            return step
    return 0
