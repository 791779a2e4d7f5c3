"""Characters of a web page that its faces lack. Each gets an element of its own in the face that stands in for it (a
name's 𠮷, or its form, IVS), so that every telephone shows it as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.fonts.stand_ins import StandIns, seen
from koho_pdf.manuscript.invisible import SELECTORS

_PARTS = re.compile(r"(<(style|script|title|svg)\b.*?</\2\s*>|<[^>]*>)", re.S | re.I)
_NO_MORE = f"(?![{''.join(map(chr, sorted(SELECTORS)))}])"


def with_stand_ins(html: str, faces: Sequence[Face]) -> str:
    """The page with an element around each character that a stand-in draws, and the rule for it.

    ``data-face`` names the family, so that the face's file gets these characters.
    """
    texts = [part or "" for part in _PARTS.split(html)[::3]]
    named = [face for face in faces if f'"{face.family}"' in html]
    found = _lacking(texts, named, StandIns(faces))
    if not found:
        return html
    families = sorted(set(found.values()))
    unit = re.compile(f"(?:{'|'.join(map(re.escape, sorted(found, key=len, reverse=True)))}){_NO_MORE}")

    def around(match: re.Match[str]) -> str:
        family = found[match[0]]
        return f'<span class="stand-in-{families.index(family)}" data-face="{family}">{match[0]}</span>'

    made, end = [], 0
    for mark in _PARTS.finditer(html):
        made += [unit.sub(around, html[end : mark.start()]), mark[0]]
        end = mark.end()
    made.append(unit.sub(around, html[end:]))
    rule = '.stand-in-{} {{ font-family: "{}"; font-weight: inherit }}\n'  # whatever a layout says of data-face
    rules = "".join(rule.format(number, family) for number, family in enumerate(families))
    return "".join(made).replace("</head>", f"<style>{rules}</style>\n</head>", 1)


def _lacking(texts: Sequence[str], named: Sequence[Face], stand_ins: StandIns) -> dict[str, str]:
    """The family that stands in for each character that most of the named families lack. Most, because a family for a
    few large words often has fewer characters than the one for the text, and only the styles say which is used where.
    """
    families = list(dict.fromkeys(face.family for face in named))
    found: dict[str, str] = {}
    for unit in sorted({unit for _, unit in seen("".join(texts)) if not unit.isascii()}):
        asked = [stand_ins.for_unit(unit, (family,), 400) for family in families]
        lacking = [face.family for face in asked if face is not None]
        if lacking and 2 * len(lacking) >= len(families):
            found[unit] = lacking[0]
    return found
