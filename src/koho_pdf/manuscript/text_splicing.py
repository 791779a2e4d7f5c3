"""How a text is written in the place of another value: as the old one was, where it can be."""

from __future__ import annotations

import re

from koho_pdf.manuscript.written_nodes import ENDS, Written, begin_of_line, end_of_line, newline_of
from koho_pdf.manuscript.yaml_writing import is_one_line, yaml_of

_PLAIN_INLINE = re.compile(r"[^\W_][^,\[\]{}:#\"']*(?<!\s)")
_STEP = 2  # spaces by which a text after ``|`` stands deeper, where no old one shows it
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t"}


def with_text(text: str, old: Written, new: str) -> str | None:
    """A YAML text with ``new`` in the place of a text; None where it cannot stand there."""
    before, after = text[: old.begin], text[old.end :]
    if old.style in ("|", ">"):
        head, *lines = ENDS.split(text[old.begin : old.end])
        if new.strip() and not new.startswith(" ") and all(map(is_one_line, new.split("\n"))):
            return before + _block(text, old, head, lines, new) + after
        _, sign, comment = head.partition("#")
        return f"{before}{_one_line(new, '', inline=False)}{' ' if sign else ''}{sign}{comment.rstrip()}{after}"
    if "\n" not in new:
        return spaced(before) + _one_line(new, old.style, inline=old.inline) + after
    if old.inline:
        return None
    line_end = end_of_line(text, old.end)  # what follows on the line, a comment, stays there
    end, rest = newline_of(text), text[old.end : line_end]
    return f"{spaced(before)}|{rest}{end}{_indented(new, _depth(text, old) + _STEP, end)}{text[line_end:]}"


def spaced(before: str) -> str:
    """What stands before a value, with a space after ``:`` and ``-``."""
    return before if before.endswith((" ", "\n", "\r", "[", "{")) or not before else f"{before} "


def in_brackets(value: object) -> str:
    """A value as it stands within [ ] or { }. Raises ValueError for a text of several lines."""
    if isinstance(value, str):
        if "\n" in value:
            raise ValueError("a text of several lines in brackets")
        return _one_line(value, "", inline=True)
    if isinstance(value, dict):
        pairs = (f"{in_brackets(str(name))}: {in_brackets(each)}" for name, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    assert isinstance(value, list)
    return "[" + ", ".join(map(in_brackets, value)) + "]"


def _one_line(new: str, style: str, *, inline: bool) -> str:
    if not is_one_line(new):
        return yaml_of(new).removesuffix("\n")
    if style == '"':
        return '"' + "".join(_ESCAPES.get(sign, sign) for sign in new) + '"'
    quoted = "'" + new.replace("'", "''") + "'"
    if style == "'" or not new:
        return quoted
    if inline:
        return new if _PLAIN_INLINE.fullmatch(new) else quoted
    return yaml_of(new).removesuffix("\n")


def _block(text: str, old: Written, head: str, lines: list[str], new: str) -> str:
    """A text after ``|`` with other lines; the line of the ``|`` stays, with its comment."""
    sign, comment = re.fullmatch("([|>][0-9+-]*)(.*)", head).groups()  # type: ignore[union-attr]
    first = next((line for line in lines if line.strip()), None)
    if first is None or re.search("[0-9]", sign):
        depth = _depth(text, old) + _STEP
    else:
        depth = len(first) - len(first.lstrip(" "))
    sign = re.sub("[0-9+]", "", sign)
    sign = sign.replace(">", "|") if "\n" in new else sign
    return newline_of(text).join([sign + comment, _indented(new, depth, newline_of(text))])


def _indented(new: str, depth: int, end: str) -> str:
    return end.join(" " * depth + line if line else "" for line in new.split("\n"))


def _depth(text: str, old: Written) -> int:
    """How deep the line stands on which a value begins: its name, not the dashes before it."""
    line = text[begin_of_line(text, old.begin) : old.begin]
    if ":" in line:
        return len(re.match(r"[ ]*(?:- +)*", line)[0])  # type: ignore[index]
    return len(line) - len(line.lstrip(" "))
