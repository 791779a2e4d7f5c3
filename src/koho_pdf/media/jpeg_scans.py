"""Checks that a JPEG is complete (ITU-T T.81). The door of simplejpeg, which makes libjpeg's warnings errors.

Pillow fills missing parts with grey and says nothing. So the scans are decoded once more at an eighth of the size
(every code is read, few pixels are made), and the first warning refuses the picture: premature end, bytes left over,
unknown code, restarts out of order. A JPEG has no checksum: damage that gives a valid file of another picture, such as
one changed bit in a coefficient, cannot be noticed by anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from koho_pdf.media.jpeg import FRAMES, SCAN, segments
from koho_pdf.media.unsound import MEMORY_LIMIT, WAVES_LIMIT, Unsound, measured

_RESTARTS = range(0xD0, 0xD9)  # and a second start: allowed only inside a scan, or at the very beginning
_SEQUENTIAL, _PROGRESSIVE = (0xC0, 0xC1), 0xC2  # Huffman-coded; the others are in no camera, and Pillow reads none
_MOST_DECODED = 2_000_000_000  # coefficients, summed over all scans: about ten seconds
_WAVES = 64  # coefficients of a block (A.3.4)


@dataclass
class _Frame:
    """A frame header (B.2.2): ``kind`` is its marker, ``samples`` the number of its coefficients, ``sent`` how many
    bits of each coefficient of each component are still missing (G.1.1.1.2), 0 for none.
    """

    kind: int
    width: int
    height: int
    components: tuple[int, ...]
    samples: int
    sent: dict[tuple[int, int], int] = field(default_factory=dict)
    scans: int = 0

    def has_all(self) -> bool:
        waves = range(_WAVES) if self.kind == _PROGRESSIVE else (0,)
        return all(self.sent.get((each, wave)) == 0 for each in self.components for wave in waves)


def check_jpeg(content: bytes) -> None:
    """Raises ``Unsound`` for a JPEG that is damaged, of an unprintable kind, or too large to decode."""
    frame = _frame_of(content)
    progressive = frame.kind == _PROGRESSIVE
    # A sequential JPEG that is too large is decoded to half its size; of a progressive one all coefficients are kept.
    measured(frame.width, frame.height, 2 * frame.samples if progressive else 0, WAVES_LIMIT)
    if frame.scans * frame.samples > _MOST_DECODED:
        raise Unsound("too-large", f"{frame.width:,}×{frame.height:,} 画素、{frame.scans}回に分けた JPEG")
    if not frame.has_all():
        raise Unsound("truncated")
    decode_strictly(content)


def decode_strictly(jpeg: bytes) -> None:
    """Reads every code of a JPEG; raises ``Unsound`` at the first wrong one."""
    import simplejpeg

    try:
        colours = simplejpeg.decode_jpeg_header(jpeg)[2]
        inks = colours in ("CMYK", "YCCK")
        simplejpeg.decode_jpeg(jpeg, colorspace="CMYK" if inks else "GRAY", min_factor=8)
    except (ValueError, OverflowError, MemoryError):
        raise Unsound("truncated") from None


def is_large(width: int, height: int, channels: int, progressive: bool) -> bool:
    """Whether a JPEG needs more memory than a picture may take, so that it is decoded at half its size."""
    pixels = width * height
    return channels > 1 and (4 * pixels > MEMORY_LIMIT or (progressive and 6 * pixels > WAVES_LIMIT))


def _frame_of(content: bytes) -> _Frame:
    frame: _Frame | None = None
    try:
        for marker, body in segments(content):
            if marker in FRAMES:
                if frame or len(body) < 6:
                    raise Unsound("truncated")
                frame = _frame(marker, body)
            elif marker == SCAN:
                if frame is None:
                    raise Unsound("truncated")
                _scan(frame, body)
            elif marker in _RESTARTS:
                raise Unsound("truncated")
    except ValueError:
        raise Unsound("truncated") from None
    if frame is None:
        raise Unsound("truncated")
    return frame


def _frame(marker: int, body: bytes) -> _Frame:
    height, width, count = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big"), body[5]
    members = [body[at : at + 3] for at in range(6, 6 + 3 * count, 3)]
    if marker not in (*_SEQUENTIAL, _PROGRESSIVE) or body[0] != 8 or count not in (1, 3, 4):
        raise Unsound("not-a-picture")
    if len(body) != 6 + 3 * count or any(not each[1] & 15 or not each[1] >> 4 for each in members):
        raise Unsound("truncated")
    across, down = max(each[1] >> 4 for each in members), max(each[1] & 15 for each in members)
    samples = sum(width * height * (each[1] >> 4) * (each[1] & 15) // (across * down) for each in members)
    return _Frame(marker, width, height, tuple(each[0] for each in members), samples)


def _scan(frame: _Frame, body: bytes) -> None:
    """Note in the frame what a scan brings (B.2.3)."""
    count = body[0] if body else 0
    if len(body) != 4 + 2 * count or not count:
        raise Unsound("truncated")
    first, last, bits = body[1 + 2 * count], body[2 + 2 * count], body[3 + 2 * count]
    waves = range(first, min(last, _WAVES - 1) + 1) if frame.kind == _PROGRESSIVE else range(1)
    for component in body[1 : 1 + 2 * count : 2]:
        for wave in waves:
            frame.sent[component, wave] = bits & 15 if frame.kind == _PROGRESSIVE else 0
    frame.scans += 1
