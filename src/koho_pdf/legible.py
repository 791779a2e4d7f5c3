"""Readable text from bytes that others wrote: names in a PDF, names of files. Always printable, never an error."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

LONGEST = 127
"""The most characters of a name that are shown; a PDF's name has no more bytes (ISO 32000-1, annex C)."""

_NO_SIGN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_BYTES = re.compile("[\udc80-\udcff][\x20-\x7e\udc80-\udcff]*")


def of_bytes(raw: bytes) -> str:
    """The text of a name's bytes: UTF-16 with its mark, UTF-8, Shift_JIS or EUC-JP; the first ``LONGEST`` characters.

    A PDF does not tell the encoding of its names (ISO 32000-1, 7.3.5), so it is guessed. Bytes that are not text, and
    characters that control a terminal, are written as in a PDF: ``#1B``.
    """
    if len(raw) <= LONGEST and raw.isascii() and (text := raw.decode("ascii")).isprintable():
        return text
    shown = _printable(_guessed(raw[: 4 * LONGEST]))
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def of_text(text: str) -> str:
    """A text for one line of a terminal: bytes of a file name that Python could not read (PEP 383) are decoded, and
    characters that would move the cursor become ``#0A``.
    """
    if text.isprintable():
        return text
    return _printable(_BYTES.sub(lambda run: _guessed(run[0].encode("utf-8", "surrogateescape")), text))


def is_plain(text: str) -> bool:
    """Whether a text is one plain line: no control characters, no undecoded bytes, nothing that changes
    its direction.
    """
    return _NO_SIGN.search(text) is None


def _guessed(raw: bytes) -> str:
    if raw[:2] in (BOM_UTF16_BE, BOM_UTF16_LE) and (text := _decoded(raw, "utf-16")) is not None:
        return text
    if (text := _decoded(raw, "utf-8")) is not None:
        return text
    # With the wrong table the two bytes of a kanji become two half-width kana, so the shorter reading is the right one.
    tried = [text for table in ("cp932", "euc_jp") if (text := _decoded(raw, table)) is not None]
    return min(tried, key=len) if tried else "".join(chr(byte) if byte < 0x80 else f"#{byte:02X}" for byte in raw)


def _decoded(raw: bytes, table: str) -> str | None:
    try:
        return raw.decode(table)
    except UnicodeDecodeError:
        return None


def _printable(text: str) -> str:
    return "".join(sign if _is_shown(sign) else f"#{ord(sign):02X}" for sign in text)


def _is_shown(sign: str) -> bool:
    return sign in " \u3000" or unicodedata.category(sign)[0] not in "CZ" or unicodedata.category(sign) == "Co"
