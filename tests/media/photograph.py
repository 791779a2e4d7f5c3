"""A photograph as a telephone takes it: lying on its side, with all that it noted of the moment."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any

from PIL import Image

SECRETS = ("SECRET-MAKER", "SECRET-XMP", "SECRET-IPTC", "SECRET-COMMENT", "SECRET-THUMBNAIL", "SECRET-BEHIND")


def quadrants(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red and green above, blue and white below: shows which way up a picture is."""
    picture = Image.new("RGB", (width, height), "white")
    half = (width // 2, height // 2)
    for colour, at in [("#d02020", (0, 0)), ("#20a020", (half[0], 0)), ("#2020d0", (0, half[1]))]:
        picture.paste(Image.new("RGB", half, colour), at)
    return picture.convert(mode)


def camera_jpeg(orientation: int = 6, mode: str = "RGB", picture: Image.Image | None = None, **more: Any) -> bytes:
    """The picture (as held upright where the orientation is 6) with Exif, GPS, thumbnails, XMP, IPTC and a comment in
    it, and another picture behind it."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F], notes[0x0132] = orientation, SECRETS[0], "2013:04:01 09:30:00"
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (43.0, 56.0, 27.5), "E", (141.0, 38.0, 11.9)
    place[0x1D] = "2013:04:01"
    thumbnail = b"\xff\xd8\xff\xfe" + struct.pack(">H", 18) + SECRETS[4].encode() + b"\xff\xd9"
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>{SECRETS[1]}</rdf:RDF></x:xmpmeta>'.encode()
    iptc = b"Photoshop 3.0\08BIM\x04\x04\0\0" + struct.pack(">I", len(SECRETS[2])) + SECRETS[2].encode()
    blocks = [(0xED, iptc), (0xE0, b"JFXX\0\x10" + thumbnail), (0xE5, b"SECRET"), (0xE1, notes.tobytes() + thumbnail)]
    target = BytesIO()
    sides = (picture or quadrants(178, 98)).convert(mode).transpose(Image.Transpose.ROTATE_90)
    sides.save(target, "JPEG", quality=95, xmp=xmp, comment=SECRETS[3], dpi=(350, 350), **more)
    plain = target.getvalue()
    begins = b"".join(bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body for marker, body in blocks)
    at = 4 + int.from_bytes(plain[4:6], "big") if plain[2:4] == b"\xff\xe0" else 2
    return plain[:at] + begins + plain[at:] + thumbnail + SECRETS[5].encode()
