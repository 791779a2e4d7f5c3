"""Phrases (文節): where a heading may break."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser

_SUFFIXES = ("たち",)


@cache
def _phrase_model() -> Parser:
    import budoux  # its model is loaded once, and only where a layout cuts headings

    return budoux.load_default_japanese_parser()


def phrases_of(text: str) -> list[str]:
    """Phrases (文節) of a Japanese text by BudouX, with its three commonest slips mended.

    A cut inside a run of kanji moves before the run (健康で笑|顔 -> 健康で|笑顔); a suffix stays with its word
    (子ども|たち); a phrase of one or two characters joins the one before it, so that no line of a heading can be
    that short.
    """
    cuts, end = [0], 0
    for phrase in _phrase_model().parse(text)[:-1]:
        end += len(phrase)
        start = end
        while start and all(map(_is_kanji, text[start - 1 : start + 1])):
            start -= 1
        if start > cuts[-1] and not text.startswith(_SUFFIXES, start):
            cuts.append(start)
    joined: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if joined and end - start <= 2:
            joined[-1] += text[start:end]
        else:
            joined.append(text[start:end])
    return joined


def _is_kanji(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
