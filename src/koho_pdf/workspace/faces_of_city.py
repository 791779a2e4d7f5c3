"""The faces of a workspace, and which of them a city has chosen (``faces:`` of koho.yaml)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from koho_pdf.composition.fonts.chosen import with_chosen
from koho_pdf.composition.fonts.faces import Face, read_faces
from koho_pdf.errors import LayoutError
from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.gate.joyo import JOYO
from koho_pdf.layout.city import City
from koho_pdf.layout.face_roles import USUAL, Chosen
from koho_pdf.manuscript.group import Group
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.readable import OneOrMore, words
from koho_pdf.manuscript.scalar import Scalar, Tree
from koho_pdf.manuscript.settings import key

_FAMILY = Annotated[
    str | tuple[str, ...],
    OneOrMore(words("koho fonts で見られる書体の名前を書いてください。太字を別の書体にするときは「[標準, 太字]」。")),
]

_KANA = frozenset(
    map(
        ord,
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンー、。「」",
    )
)


class FacesFields(Group):
    """``faces`` of koho.yaml."""

    gothic: _FAMILY = key(
        "ゴシック体",
        "本文のゴシック体（どの字も全角の幅）。レイアウトの var(--gothic)。"
        "太字を別の書体にするときは「[標準, 太字]」。",
        "BIZ UDGothic",
        default=(),
    )
    pgothic: _FAMILY = key(
        "Pゴシック体",
        "見出しや表のゴシック体（字ごとに幅の違う、Pの付くもの）。レイアウトの var(--pgothic)。"
        "書かなければ、gothic に選んだ書体。",
        "BIZ UDPGothic",
        default=(),
    )
    mincho: _FAMILY = key("明朝体", "本文の明朝体。レイアウトの var(--mincho)。", "BIZ UDMincho", default=())
    display: _FAMILY = key(
        "大きな題の書体",
        "題や呼びかけなど、大きな字の書体。レイアウトの var(--display)。",
        "Shippori Mincho B1",
        default=(),
    )


def chosen_faces(said: FacesFields | None) -> Mapping[str, Chosen]:
    """The families of every role: those the city has chosen, and the usual ones."""
    if said is None:
        return USUAL
    own = {role: getattr(said, role) for role in USUAL}
    own = {role: (each,) if isinstance(each, str) else each for role, each in own.items()}
    own["pgothic"] = own["pgothic"] or own["gothic"]
    return {role: own[role] or usual for role, usual in USUAL.items()}


def faces_of(fonts: Path, root: Path, city: City) -> tuple[Face, ...]:
    """The faces in the folder ``fonts`` of the workspace ``root``, with the families that its city has put together.
    Raises LayoutError as ``read_faces``.
    """
    return with_chosen(read_faces(fonts, root), city.faces.values())


def unchosen(tree: Tree, root: Path) -> Iterator[Finding]:
    """A finding for every family of ``faces`` that the workspace does not have (``face-unknown``) or that has no kana
    (``face-thin``), and for a role of more than two. A broken list of faces is told where faces are read.
    """
    said = tree.at("faces")
    if not isinstance(said, dict):
        return
    named = {path: face for role in USUAL for path, face in _named(said, role) if face.strip() and "," not in face}
    if not named:
        return
    try:
        faces = read_faces(root / "fonts", root)
    except LayoutError:
        return
    families = dict.fromkeys(face.family for face in faces)
    for role in USUAL:
        if len(every := [path for path in named if path.startswith(f"faces.{role}.")]) > 2:
            told = f"{role} に書体が{len(every)}つあります。"
            hint = "1つか、「[標準の書体, 太字の書体]」の2つを書いてください。"
            yield error("face-unknown", told, where_of(tree, f"faces.{role}"), hint)
    for path, written in named.items():
        family = written.strip()
        if family not in families:
            near = difflib.get_close_matches(family, list(families), 1, 0.6)
            meant = f"「{near[0]}」のことではありませんか。" if near else ""
            told = f"書体「{family[:60]}」は、この作業場にありません。"
            hint = f"{meant}使える書体: {'・'.join(families)}。市の書体は fonts/own.yaml に登録します。"
            yield error("face-unknown", told, where_of(tree, path), hint)
        elif any(not face.characters >= _KANA for face in faces if face.family == family):
            told = f"書体「{family}」には、かながありません。"
            hint = "かなと漢字のある、和文の書体を選んでください。"
            yield error("face-thin", told, where_of(tree, path), hint)


def thin(faces: Sequence[Face], city: City) -> Iterator[Finding]:
    """A warning for every face of the city's choice without all kanji of 常用漢字表: others stand in for them."""
    for role in (role for role in USUAL if f"faces.{role}" in city.lines):
        for family in city.faces[role]:
            has = [face.characters for face in faces if face.family == family]
            lacking = "".join(sorted(kanji for kanji in JOYO if not all(ord(kanji) in each for each in has)))
            if lacking:
                told = f"書体「{family}」には、常用漢字のうち{len(lacking)}字（{lacking[:10]}など）がありません。"
                hint = "ない字は、代わりの書体で組みます。本文には、漢字のそろった書体を選んでください。"
                where = Where("koho.yaml", city.lines[f"faces.{role}"], field=f"faces.{role}")
                yield warning("face-thin", told, where, hint)


def _named(said: Mapping[str, object], role: str) -> Iterator[tuple[str, Scalar]]:
    """What a role is given, by its path."""
    given = said.get(role)
    if isinstance(given, Scalar):
        yield f"faces.{role}", given
    elif isinstance(given, list):
        yield from ((f"faces.{role}.{at}", each) for at, each in enumerate(given) if isinstance(each, Scalar))
