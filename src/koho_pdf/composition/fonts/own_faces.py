"""A city's own faces (``fonts/own.yaml``): each file is looked at before it is composed with.

``koho update`` never touches this list. A city may call a family what it likes; fontconfig knows the file by the name
that stands in it.
"""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from koho_pdf.composition.fonts.font_file import FontFile, font_file
from koho_pdf.composition.fonts.fonts_yaml import IN_FOLDER, OwnFaceFields, OwnFontsFile
from koho_pdf.findings import Finding, Where, error
from koho_pdf.manuscript.mistakes import where_of
from koho_pdf.manuscript.own_files import is_file
from koho_pdf.manuscript.scalar import Node, Scalar, Tree
from koho_pdf.manuscript.settings import read_settings

OWN = "own.yaml"
_SHORTEST = 20  # characters of a licence: even "SIL Open Font License 1.1" has more

Known = Mapping[tuple[str, int], str]
"""The faces that come with the program: the family and weight of the file, and what it is called."""


def own_faces(
    folder: Path, root: Path, families: Collection[str], known: Known
) -> list[tuple[OwnFaceFields, Where, FontFile]]:
    """The entries of ``folder/own.yaml``, the line of each, and what its file is; none if there is no such list, or
    nothing but comments in it. ``families`` are those of ``fonts.yaml``.

    Raises LayoutError with every mistake.
    """
    listed = folder / OWN
    if not listed.is_file() or _is_comment(listed):
        return []
    written, tree = read_settings(listed, root, OwnFontsFile, lambda tree, _: _wrong(tree, folder, families, known))
    files = [font_file(folder / each.file) for each in written.fonts]
    return [
        (each, where_of(tree, f"fonts.{at}"), file)
        for at, (each, file) in enumerate(zip(written.fonts, files, strict=True))
        if file is not None
    ]


def _is_comment(listed: Path) -> bool:
    try:
        lines = [line.strip() for line in listed.read_bytes().removeprefix(BOM_UTF8).splitlines()]
    except OSError:  # told where it is read
        return False
    return all(not line or line.startswith(b"#") for line in lines)


def _wrong(tree: Tree, folder: Path, families: Collection[str], known: Known) -> Iterator[Finding]:
    entries = tree.at("fonts")
    faces = {f"fonts.{at}": face for at, face in enumerate(entries if isinstance(entries, list) else [])}
    called = {*families, *(_said(face, "family") for face in faces.values())}
    listed, inside = set[tuple[str, str]](), dict(known)
    for path, face in faces.items():
        family, weight = _said(face, "family"), _said(face, "weight")
        where = where_of(tree, f"{path}.family")
        if family in families or (family, weight) in listed:
            told = f"「{family}」は、付いてくる書体の名前です。"
            if family not in families:
                told = f"書体「{family}」の太さ {weight} が2つあります。"
            yield error("font-twice", told, where, "family を、ほかにない名前にしてください。")
        listed.add((family, weight))
        yield from _unknown_stand_ins(face, family, called, tree)
        for key in ("file", "licence"):
            name = _said(face, key)
            if name and IN_FOLDER.fullmatch(name) and not is_file(folder / name):
                hint = f"fonts フォルダーに {name} を入れるか、名前を正しく書いてください。"
                told = f"書体「{family}」の {name} が、fonts フォルダーにありません。"
                yield error("font-file-missing", told, where_of(tree, f"{path}.{key}"), hint)
        licence = _said(face, "licence")
        if IN_FOLDER.fullmatch(licence) and is_file(folder / licence):
            yield from _of_licence(folder / licence, where_of(tree, f"{path}.licence"))
        file = _said(face, "file")
        if IN_FOLDER.fullmatch(file) and is_file(folder / file):
            yield from _of_file(folder / file, family, _said(face, "sha256"), inside, tree, path)


def _of_file(
    path: Path, family: str, sha256: str, inside: dict[tuple[str, int], str], tree: Tree, at: str
) -> Iterator[Finding]:
    """What is wrong with a font file; ``inside`` are the names in the files before it, to which its own is added."""
    where, name = where_of(tree, f"{at}.file"), path.name
    file = font_file(path)
    if file is None:
        hint = "こわれていない、読み取りのできる TrueType（.ttf）のファイルを入れてください。"
        yield error("font-not-read", f"書体「{family}」のファイル {name} を、書体として読めません。", where, hint)
        return
    stands = path.stat()
    now = _sum(path, stands.st_size, stands.st_mtime_ns)
    if not sha256:
        hint = f"もらったままのファイルなら、「sha256: {now}」と書き足してください。"
        yield error("font-sum-missing", f"書体「{family}」の検査値（sha256）がありません。", where_of(tree, at), hint)
    elif sha256.lower() != now:
        hint = f"もとのファイルに戻してください。わざと替えたなら、「sha256: {now}」に改めます。"
        told = f"書体「{family}」のファイル {name} が、登録したときと違います。"
        yield error("font-file-changed", told, where_of(tree, f"{at}.sha256"), hint)
    if file.unusable:
        hint = "書体の会社に、太さごとに1つの TrueType（.ttf）のファイルがないかを尋ね、それを入れてください。"
        yield error(
            "font-unusable", f"書体「{family}」の {name} は、{file.unusable}。紙面には使えません。", where, hint
        )
        return
    if file.forbidden:
        told = f"書体「{family}」の {name} は、{file.forbidden}が許されていません（ファイルの fsType）。"
        hint = "埋め込みのできる契約の書体を、書体の会社からもらってください。できるまでは、ほかの書体を選びます。"
        yield error("font-embedding-forbidden", told, where, hint)
    other = inside.setdefault((file.family, file.weight), family)
    if other != family:
        told = f"{name} のファイルの中の名前（{file.family}、太さ {file.weight}）が、書体「{other}」と同じです。"
        hint = "同じ名前の書体は、どちらで組むかが決まりません。どちらか1つにしてください。"
        yield error("font-twice", told, where, hint)


def _of_licence(path: Path, where: Where) -> Iterator[Finding]:
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if len(content.strip()) < _SHORTEST or b"\0" in content[:1000]:
        told = f"使用許諾の {path.name} に、文章がありません。"
        hint = "書体といっしょにもらった使用許諾の文章（.txt）を入れてください。控えにも入り、後の人が確かめます。"
        yield error("font-licence-empty", told, where, hint)


def _unknown_stand_ins(face: Node, family: str, called: Collection[str], tree: Tree) -> Iterator[Finding]:
    fallback = face.get("fallback") if isinstance(face, dict) else None
    for other in fallback if isinstance(fallback, list) else ():
        if isinstance(other, Scalar) and other.strip() and other.strip() not in called:
            told = f"{family} の代わりの書体「{other}」がありません。"
            hint = "fallback には、koho fonts で見られる書体の名前を書いてください。"
            yield error("font-list-broken", told, where_of(tree, other.field), hint)


@lru_cache(maxsize=64)
def _sum(path: Path, size: int, changed: int) -> str:
    """The SHA-256 of a file; an unchanged one, which may have megabytes, is read once."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _said(face: Node, key: str) -> str:
    """An entry's text under a name; empty if it has none."""
    value = face.get(key) if isinstance(face, dict) else None
    return value.strip() if isinstance(value, str) else ""
