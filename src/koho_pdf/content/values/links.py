"""Finds the links of a text, ``[…](…)``, by matching brackets, before the text's marks are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

ESCAPED = re.compile(r"\\([\\{}|*《》\[\]()])")
"""A backslash before a mark's character, and that character."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """For a ``[…](…)``: the end of its words, the text in its parentheses, and the end of the whole."""

    text_end: int
    destination: str
    end: int


def links(text: str) -> dict[int, Bracket]:
    """Every ``[`` whose matching ``]`` is directly followed by ``(…)``, by position; one pass, brackets by stack."""
    if "](" not in text:
        return {}
    partner: dict[int, int] = {}
    waiting: dict[str, list[int]] = {"[": [], "(": []}
    at = 0
    while at < len(text):
        character = text[at]
        if character == "\\" and ESCAPED.match(text, at):
            at += 1
        elif character in "[(":
            waiting[character].append(at)
        elif character in "])" and (begun := waiting["[" if character == "]" else "("]):
            partner[begun.pop()] = at
        at += 1
    found: dict[int, Bracket] = {}
    for begin, text_end in partner.items():
        paren = text_end + 1
        if text[begin] == "[" and text[paren : paren + 1] == "(" and paren in partner:
            destination = ESCAPED.sub(r"\1", text[paren + 1 : partner[paren]])
            found[begin] = Bracket(text_end, destination, partner[paren] + 1)
    return found
