"""The faces of a workspace (``fonts/fonts.yaml``), and a fontconfig that sees only these files.

So the same issue gives the same pages on every machine, and no system font is needed. Weights and slants are never
synthesised: one that no file has is a finding (see ``faults``).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from koho_pdf.composition.fonts.fonts_yaml import IN_FOLDER, FontsFile
from koho_pdf.composition.fonts.own_faces import own_faces
from koho_pdf.errors import ArchiveError, LayoutError
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.invisible import SELECTORS
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.own_files import is_file
from koho_pdf.manuscript.scalar import Node, Scalar, Tree
from koho_pdf.manuscript.settings import read_settings


@dataclass(frozen=True)
class Face:
    """One font file: its family and weight (CSS Fonts 4: 400 regular, 700 bold), its licence, its origin. ``fallback``
    are the families that stand in for characters it lacks. ``drawn_as`` are the family and the weight of the file if
    they differ: a city's own face, or one that it has put together with another (``own_faces.py``, ``chosen.py``).
    ``listed`` is the line of a city's own face in its list.
    """

    family: str
    weight: int
    path: Path
    sha256: str
    licence: Path
    source: str
    fallback: tuple[str, ...] = ()
    drawn_as: tuple[str, int] | None = None
    listed: Where | None = None
    is_vertical: bool = True

    @property
    def in_file(self) -> tuple[str, int]:
        """The family and the weight by which the engine finds it."""
        return self.drawn_as or (self.family, self.weight)

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that the face has a glyph for (OpenType ``cmap``)."""
        import uharfbuzz

        return frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.path))).unicodes)

    @cached_property
    def sequences(self) -> frozenset[tuple[int, int]]:
        """The characters with variation selectors that the face knows (OpenType ``cmap``, format 14)."""
        import uharfbuzz

        face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.path)))
        selectors = face.variation_selectors
        return frozenset((code, selector) for selector in selectors for code in face.variation_unicodes(selector))

    def has(self, unit: str) -> bool:
        """Whether it draws a character, in the form that a variation selector after it asks for."""
        codes = [ord(character) for character in unit]
        return all(
            (before, code) in self.sequences if code in SELECTORS else code in self.characters
            for before, code in zip([0, *codes], codes, strict=False)
        )


def read_faces(folder: Path, root: Path) -> tuple[Face, ...]:
    """The faces that ``folder/fonts.yaml`` declares, and the city's own (``folder/own.yaml``); all their files are
    there.

    Raises LayoutError with every mistake of a list; ``font-list-broken`` for contradictions, ``font-file-missing``
    for a missing file.
    """
    listed = folder / "fonts.yaml"
    if not listed.is_file():  # a workspace that was put together by hand: no manuscript is at fault
        hint = "fonts フォルダーを、もとの作業場から写してください（書体と、その一覧の fonts.yaml が入っています）。"
        where = Where(f"{folder.name}/{listed.name}")
        raise LayoutError(error("font-list-broken", "書体の一覧（fonts.yaml）がありません。", where, hint))
    written, _ = read_settings(listed, root, FontsFile, lambda tree, _: _lacking(tree, folder))
    shipped = tuple(
        Face(
            face.family,
            face.weight,
            folder / face.file,
            face.sha256,
            folder / face.licence,
            face.source,
            face.fallback,
        )
        for face in written.fonts
    )
    families = tuple(dict.fromkeys(face.family for face in shipped))
    known = {face.in_file: face.family for face in shipped}
    usual = tuple(dict.fromkeys(name for face in shipped for name in face.fallback))
    own = (
        Face(
            face.family,
            face.weight,
            folder / face.file,
            face.sha256.lower(),
            folder / face.licence,
            face.source,
            face.fallback or usual,
            (file.family, file.weight),
            where,
            file.is_vertical,
        )
        for face, where, file in own_faces(folder, root, families, known)
    )
    return (*shipped, *own)


def _lacking(tree: Tree, folder: Path) -> Iterator[Finding]:
    """A finding for each missing file, and for each stand-in family that does not exist."""
    entries = tree.at("fonts")
    faces = {f"fonts.{at}": face for at, face in enumerate(entries if isinstance(entries, list) else [])}
    families = {_said(face, "family") for face in faces.values()}
    for path, face in faces.items():
        for key in ("file", "licence"):
            name = _said(face, key)
            if IN_FOLDER.fullmatch(name) and not is_file(folder / name):
                yield error(
                    "font-file-missing",
                    f"書体 {_said(face, 'family')} の {name} がありません。",
                    where_of(tree, f"{path}.{key}"),
                    "fonts フォルダーにファイルを戻してください。",
                )
        fallback = face.get("fallback") if isinstance(face, dict) else None
        for other in fallback if isinstance(fallback, list) else ():
            if isinstance(other, Scalar) and other.strip() and other.strip() not in families:
                yield error(
                    "font-list-broken",
                    f"{_said(face, 'family')} の代わりの書体「{other}」が fonts.yaml にありません。",
                    where_of(tree, other.field),
                    "fallback には、fonts.yaml にある family の名前を書いてください。",
                )


def _said(face: Node, key: str) -> str:
    """An entry's text under a name; empty if it has none."""
    value = face.get(key) if isinstance(face, dict) else None
    return value.strip() if isinstance(value, str) else ""


def faults(faces: Sequence[Face], root: Path) -> tuple[Finding, ...]:
    """Every declared file that has changed since it was declared (``font-file-changed``)."""
    return tuple(
        error(
            "font-file-changed",
            f"書体 {face.family} のファイル {face.path.name} が登録したときと違います。",
            Where(face.path.relative_to(root).as_posix()),
            "もとのファイルに戻すか、fonts.yaml の sha256 を改めてください。",
        )
        for face in faces
        if hashlib.sha256(face.path.read_bytes()).hexdigest() != face.sha256
    )


def font_configuration(faces: Sequence[Face], cache: Path) -> Path:
    """A fontconfig file that admits only ``faces``; written below ``cache``, named by its content.

    Raises ArchiveError (``cache-not-writable``).
    """
    files = tuple(sorted({face.path.resolve() for face in faces}))  # where links lead today
    path, content = _configured(files, cache)
    if not path.is_file():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}.part")
            unfinished.write_bytes(content)
            unfinished.replace(path)
        except OSError as fault:
            message = f"作業用の控えを置くフォルダー {cache} に書けません（{fault.strerror}）。"
            hint = "環境変数 XDG_CACHE_HOME に、書き込めるフォルダーを示してください。"
            raise ArchiveError(error("cache-not-writable", message, hint=hint)) from fault
    return path


@lru_cache(maxsize=4)
def _configured(files: tuple[Path, ...], cache: Path) -> tuple[Path, bytes]:
    """The place and the content of that file, for fonts at these places."""
    folders = sorted({str(file.parent) for file in files})
    admitted = list(map(str, files))
    text = "\n".join(
        [
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
            "<fontconfig><reset-dirs/>",
            *(f"<dir>{escape(folder)}</dir>" for folder in folders),
            f"<cachedir>{escape(str((cache / 'fontconfig').resolve()))}</cachedir>",
            # Accepted files stay although everything else is rejected (fontconfig, user manual: selectfont).
            "<selectfont><rejectfont><glob>*</glob></rejectfont>",
            *(f"<acceptfont><glob>{escape(path)}</glob></acceptfont>" for path in admitted),
            "</selectfont></fontconfig>",
        ]
    )
    content = os.fsencode(text)  # a folder's name as its own bytes, whatever the locale's encoding
    path = cache / f"fonts-{hashlib.sha256(content).hexdigest()[:16]}.conf"
    return path, content
