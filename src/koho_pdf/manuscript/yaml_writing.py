"""Our only writer of YAML: its output reads the same again, with our own reader and with every other.

Every value is a text. It is written in the simplest way that YAML 1.1 allows: as it is, in single quotes, over several
lines after ``|``, or in double quotes with escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Union

from koho_pdf.manuscript.yaml_values import in_quotes

Writable = Union[str, "Sequence[Writable]", "Mapping[str, Writable]"]

_BARE = re.compile(r"[^\W_]((?!: |\s#).)*(?<![\s:])")  # begins like a word, and has no signs of YAML
_LINE = re.compile(r"[ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")  # YAML 1.1, 5.1
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def yaml_of(value: Writable) -> str:
    """The text of a YAML file with this content: groups by their names, lists, and texts."""
    lines = list(_lines(value))
    if isinstance(value, str):
        lines[1:] = map(_deeper, lines[1:])
    return "".join(line + "\n" for line in lines)


def is_one_line(text: str) -> bool:
    """Whether a text can stand on one line as it is, without escapes."""
    return bool(_LINE.fullmatch(text))


def _lines(value: Writable) -> Iterator[str]:
    if isinstance(value, str):
        yield from _text(value)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _after(f"{_scalar(name)}:", each)
        if not value:
            yield "{}"
    else:
        for each in value:
            first, *rest = _lines(each)
            yield f"- {first}"
            yield from map(_deeper, rest)
        if not value:
            yield "[]"


def _after(name: str, value: Writable) -> Iterator[str]:
    """A name with its value: on the same line if it is a text or empty, otherwise below."""
    first, *rest = _lines(value)
    if isinstance(value, str) or not value:
        yield f"{name} {first}"
        yield from map(_deeper, rest)
    else:
        yield name
        yield from map(_deeper, (first, *rest))


def _deeper(line: str) -> str:
    return f"  {line}" if line else ""


def _text(text: str) -> list[str]:
    """A text on one line, or its lines after ``|`` if all of them read the same there."""
    lines = text.split("\n")
    stand = all(_LINE.fullmatch(line) and (line.strip() or not line) for line in lines)
    if len(lines) > 1 and stand and lines[-1] and lines[0].strip() and not lines[0].startswith(" "):
        return ["|", *lines]
    return [_scalar(text)]


def _scalar(text: str) -> str:
    if not _LINE.fullmatch(text):
        return '"' + "".join(_ESCAPES.get(sign) or _escaped(sign) for sign in text) + '"'
    return text if _BARE.fullmatch(text) else in_quotes(text)


def _escaped(sign: str) -> str:
    if _LINE.fullmatch(sign):
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
