"""Faces by their role. A stylesheet says ``var(--gothic)``, and ``faces:`` of koho.yaml says which face that is.

A page declares only the roles that it uses, because the web edition ships the faces that a page names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Chosen = tuple[str, ...]
"""The families of a role: one for every weight, or one for regular and one for bold."""

USUAL: Mapping[str, Chosen] = {
    "gothic": ("BIZ UDGothic",),
    "pgothic": ("BIZ UDPGothic",),
    "mincho": ("BIZ UDMincho",),
    "display": ("Shippori Mincho B1",),
}
"""The roles, and what fills them if the city chooses nothing else."""

_ROLES = "|".join(USUAL)
_USED = re.compile(rf"var\(\s*--({_ROLES})\s*[,)]")
_DECLARED = re.compile(rf'--(?:{_ROLES}): "[^"]*";')
_STYLE = re.compile(r"<style\b[^>]*>", re.IGNORECASE)


def family_of(chosen: Chosen) -> str:
    """The family as CSS names it: one that is put together of two has both names."""
    return " + ".join(chosen)


def is_put_together(family: str) -> bool:
    """Whether a family has that name because a city has put it together."""
    return " + " in family


def used(text: str) -> tuple[str, ...]:
    """The roles that a stylesheet or a page asks for, in the order of ``USUAL``."""
    found = set(_USED.findall(text))
    return tuple(role for role in USUAL if role in found)


def with_faces(html: str, faces: Mapping[str, Chosen]) -> str:
    """A page with the families of the roles that it uses, at the start of its first style, else of its head."""
    roles = used(html)
    if not roles:
        return html
    rule = f":root {{ {' '.join(f'--{role}: {quoted(family_of(faces[role]))};' for role in roles)} }}\n"
    style = _STYLE.search(html)
    if style is None:
        return html.replace("</head>", f"<style>{rule}</style>\n</head>", 1)
    return f"{html[: style.end()]}{rule}{html[style.end() :]}"


def without_faces(html: str) -> str:
    """A page without what ``with_faces`` wrote into it: what then names a family does so by itself."""
    return _DECLARED.sub("", html)


def chosen_keys(faces: Mapping[str, Chosen], lines: Mapping[str, int]) -> dict[str, str]:
    """The key of koho.yaml by which the city has chosen a family, by the family as CSS names it; ``lines`` are those
    of koho.yaml by their keys."""
    found: dict[str, str] = {}
    for role in USUAL:
        if f"faces.{role}" in lines:
            found.setdefault(family_of(faces[role]), f"faces.{role}")
    return found


def quoted(family: str) -> str:
    """A family's name as CSS writes it."""
    return f'"{family}"'
