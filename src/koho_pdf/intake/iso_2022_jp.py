"""Text in JIS (ISO-2022-JP) as mail programs of Japanese PCs send it: with ①, ㈱, № and half-width kana, which the
standard has not and Python's own decoder drops.
"""

from __future__ import annotations

import re

_TURN = re.compile(rb"\x1b(\$[@B]|\$\([A-D]|\([A-Z])|[\x0e\x0f]")


def decoded_jis(raw: bytes) -> str:
    """The text of the bytes; what no table has is U+FFFD."""
    made, at, turned = "", 0, b"(B"
    for found in _TURN.finditer(raw):
        made += _part(raw[at : found.start()], turned)
        at = found.end()
        turned = found[1] or (b"(I" if found[0] == b"\x0e" else b"(B")
    return made + _part(raw[at:], turned)


def _part(raw: bytes, turned: bytes) -> str:
    if turned in (b"$@", b"$B"):
        return "".join(_one(raw[at : at + 2]) for at in range(0, len(raw), 2))
    if turned == b"$(D":  # supplementary kanji (JIS X 0212)
        return (b"\x1b$(D" + raw + b"\x1b(B").decode("iso2022_jp_2", "replace")
    if turned == b"(I":
        return bytes(each | 0x80 for each in raw).decode("cp932", "replace")
    return raw.decode("cp932", "replace")


def _one(pair: bytes) -> str:
    """A character of JIS X 0208 and of the rows that Windows adds: as CP932 writes the same place."""
    if len(pair) < 2 or not (0x21 <= pair[0] <= 0x7E and 0x21 <= pair[1] <= 0x7E):
        return pair.decode("ascii", "replace")
    row, cell = pair[0] - 0x21, pair[1] - 0x21
    first = row // 2 + (0x81 if row < 62 else 0xC1)
    second = cell + (0x9F if row % 2 else 0x40 if cell < 63 else 0x41)
    return bytes((first, second)).decode("cp932", "replace")
