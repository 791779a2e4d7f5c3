"""Families put together of two: a face for regular, another for bold (``faces: {gothic: [A, B]}`` of koho.yaml).

Many Japanese families have one weight only. Nothing makes their letters fat; a city says which face is its bold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.layout.face_roles import Chosen, family_of

_WEIGHTS = (400, 700)


def with_chosen(faces: Sequence[Face], roles: Iterable[Chosen]) -> tuple[Face, ...]:
    """The faces, and after them those of the families that are put together. A family with one weight only is taken
    in it: who writes ``[A, A]`` wants that face for bold too. Families that are not there are left out.
    """
    made = list(faces)
    for chosen in dict.fromkeys(each for each in roles if len(each) > 1):
        parts = [face for family in chosen for face in faces if face.family == family]
        fallback = tuple(dict.fromkeys(name for face in parts for name in face.fallback))
        for family, weight in zip(chosen, _WEIGHTS, strict=True):
            own = [face for face in faces if face.family == family]
            if not own:
                continue
            drawn = next((face for face in own if face.weight == weight), own[0])
            named = replace(drawn, family=family_of(chosen), weight=weight, drawn_as=drawn.in_file)
            made.append(replace(named, fallback=fallback))
    return tuple(made)
