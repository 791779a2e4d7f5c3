"""What an issue is made of, copied into a small workspace that makes it again and needs nothing beside it.

It holds only what is used: the files the manuscript names, its layout, the shared folders of all layouts, the profile
of its print shop, and the faces that one of these files names, each with its licence. Faces that stand in for a missing
character of one of these files come too. Photographs go in without their camera's notes.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.composition.fonts.own_faces import OWN
from koho_pdf.composition.fonts.stand_ins import StandIns, seen
from koho_pdf.content.article_files import file_of, read_issue
from koho_pdf.content.values.workbook import words_in
from koho_pdf.gate.acknowledged import FILE as ACKNOWLEDGED
from koho_pdf.kinds.known import FOLDER as KINDS
from koho_pdf.layout.contract import Layout, kind_of_layout
from koho_pdf.layout.face_roles import Chosen, is_put_together, used
from koho_pdf.manuscript.own_files import is_received
from koho_pdf.manuscript.scalar import Node
from koho_pdf.manuscript.yaml_writing import Writable, yaml_of
from koho_pdf.media.camera_notes import stripped
from koho_pdf.press.profile import Press
from koho_pdf.workspace.workspace import Workspace

_FOR_OTHERS = ("_archive", "_preflight", "_rounds")  # templates of the archive's site, of papers for shops and proofs
_PICTURE = re.compile(r"\.(jpe?g|png|tiff?|svg|pdf)$", re.IGNORECASE)
_WORDS = (".yaml", ".csv", ".html", ".css", ".svg")  # files whose characters may be printed
_BEFORE_ASCII = re.compile("[\x00-\x7f]+(?=[\x00-\x7f])")
_LISTED = ("family", "weight", "file", "sha256", "licence", "source")


def sum_of_shared(workspace: Workspace, layout: Layout, faces: Sequence[Face]) -> bytes:
    """A SHA-256 over the files beside the issue's own from which every public edition is made: the city, its print shop
    with the profile, the layout, the shared layouts, the faces.
    """
    press, read = workspace.city.press, hashlib.sha256()
    shared = (path for path in sorted(workspace.layouts.glob("_*")) if path.is_dir() and path.name not in _FOR_OTHERS)
    files = {"koho.yaml": workspace.root / "koho.yaml", "press": workspace.press / f"{press.name}.yaml"}
    files |= {"profile": press.condition.profile}
    kinds = _kinds_of(layout, workspace)
    for folder in (layout.folder, *shared):
        below = _below(folder, layout.sample, kinds)
        files |= {path.relative_to(workspace.layouts).as_posix(): path for path in below}
    sums = {name: hashlib.sha256(path.read_bytes()).digest() for name, path in files.items()}
    sums |= {f"{face.family} {face.weight}": _sum_of_face(face.path, face.path.stat()) for face in faces}
    for name in sorted(sums, key=os.fsencode):
        read.update(os.fsencode(name) + b"\0" + sums[name])
    return read.digest()


def _sum_of_face(path: Path, stands: os.stat_result) -> bytes:
    """The SHA-256 of a face. Faces have megabytes, so an unchanged one is not read again for the next issue."""
    key = stands.st_dev, stands.st_ino, stands.st_size, stands.st_mtime_ns
    if key not in _SUMS:
        with path.open("rb") as file:
            _SUMS[key] = hashlib.file_digest(file, "sha256").digest()
    return _SUMS[key]


_SUMS: dict[tuple[int, int, int, int], bytes] = {}


def source_of(
    folder: Path, workspace: Workspace, layout: Layout, press: Press, faces: Sequence[Face]
) -> dict[str, bytes]:
    """The small workspace of the issue in ``folder`` as made for ``press``: file bytes by relative name, sorted.

    If the city's usual print shop is another one, it goes in too, because ``koho.yaml`` names it. Links that lead out
    of their folder are not followed. Raises OSError if a file disappears meanwhile.
    """
    files = {"koho.yaml": (workspace.root / "koho.yaml").read_bytes()}
    tree = read_issue(folder, workspace.root)
    texts = list(_texts(tree.root))
    for id_ in (id_ for id_ in tree.articles if id_ in texts):
        texts += [file_of(id_), *_texts(tree.articles[id_].root)]
    named = [folder / name for name in dict.fromkeys(("issue.yaml", ACKNOWLEDGED, *texts)) if _is_within(folder, name)]
    placed = _placed(f"content/{folder.name}", folder, named)
    files |= {name: stripped(content) if _PICTURE.search(name) else content for name, content in placed.items()}
    shared = (path for path in workspace.layouts.glob("_*") if path.is_dir() and path.name != "_rounds")
    kinds = _kinds_of(layout, workspace)
    for each in (layout.folder, *shared):
        files |= _placed(f"layouts/{each.name}", each, _below(each, layout.sample, kinds))
    for shop in (press, workspace.city.press):
        profiles = shop.condition.profile.parent
        beside = [path for path in profiles.iterdir() if path.suffix in (".md", ".txt")]  # licences and origins
        conditions = [workspace.press / f"{shop.name}.yaml", shop.condition.profile, *beside]
        files |= _placed("press", workspace.press, conditions)
    there = [face for face in faces if not is_put_together(face.family)]
    used = _with_stand_ins(there, _named(there, files, workspace.city.faces), files)
    files |= {f"fonts/{path.name}": path.read_bytes() for face in used for path in (face.path, face.licence)}
    shipped = [face for face in used if not face.listed]
    files["fonts/fonts.yaml"] = _listed(shipped, used)
    if own := [face for face in used if face.listed]:
        files[f"fonts/{OWN}"] = _listed(own, used)
    return dict(sorted(files.items()))


def _texts(node: Node) -> Iterator[str]:
    """Every text of the manuscript: any of them may name a file."""
    if isinstance(node, str):
        yield str(node)
    else:
        for member in node.values() if isinstance(node, dict) else node:
            yield from _texts(member)


def _is_within(folder: Path, name: str) -> bool:
    """Whether a text names a file of this folder."""
    try:
        path = (folder / name).resolve()
        return (
            ".." not in Path(name).parts
            and not is_received(name)
            and path.is_relative_to(folder.resolve())
            and path.is_file()
        )
    except (OSError, ValueError):  # a long text, or one with NUL, is no name of a file
        return False


def _kinds_of(layout: Layout, workspace: Workspace) -> frozenset[str]:
    """The kinds that a layout sets: that of its issues, and those of their articles."""
    kind = kind_of_layout(layout, workspace.root)
    return frozenset((kind.name, *kind.takes))


def _below(folder: Path, without: Path, kinds: frozenset[str]) -> list[Path]:
    """Every file of a layout's folder except its sample issue and hidden files; of the kinds only these. Links stay
    within the folder.
    """
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.resolve().is_relative_to(folder.resolve())
        and not path.is_relative_to(without)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and (folder.name != KINDS or path.relative_to(folder).parts[0] in kinds)
    ]


def _placed(place: str, folder: Path, paths: Sequence[Path]) -> dict[str, bytes]:
    return {f"{place}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}


def _named(faces: Sequence[Face], files: Mapping[str, bytes], roles: Mapping[str, Chosen]) -> list[Face]:
    """The faces whose family is named in any of the files, or chosen for a role that one of them asks for."""
    texts = [content.decode(errors="ignore") for name, content in files.items() if name.endswith(_WORDS)]
    asked = {family for text in texts for role in used(text) for family in roles[role]}
    return [
        face
        for face in faces
        if face.family in asked or any(face.family.encode() in content for content in files.values())
    ]


def _with_stand_ins(faces: Sequence[Face], named: Sequence[Face], files: Mapping[str, bytes]) -> list[Face]:
    """The named faces, and the faces that draw characters of the files which a named face lacks."""
    stand_ins = StandIns(faces)
    texts = "".join(content.decode(errors="ignore") for name, content in files.items() if name.endswith(_WORDS))
    texts += "".join(words_in(content) for name, content in files.items() if name.lower().endswith(".xlsx"))
    texts = _BEFORE_ASCII.sub("", texts)  # nine tenths of templates and styles, which every face has
    units = sorted({unit for _, unit in seen(texts) if not unit.isascii()})
    lacking = (stand_ins.for_unit(unit, (face.family,), face.weight) for face in named for unit in units)
    found = {face for face in lacking if face is not None}
    return [face for face in faces if face in named or face in found]


def _listed(faces: Sequence[Face], used: Sequence[Face]) -> bytes:
    """The list of these faces; their stand-ins are among those that are ``used``."""
    families = {face.family for face in used}
    fonts: list[dict[str, Writable]] = []
    for face in faces:
        said = (face.family, str(face.weight), face.path.name, face.sha256, face.licence.name, face.source)
        entry: dict[str, Writable] = {key: value for key, value in zip(_LISTED, said, strict=True) if value}
        if fallback := [name for name in face.fallback if name in families]:
            entry["fallback"] = fallback
        fonts.append(entry)
    return yaml_of({"fonts": fonts}).encode()
