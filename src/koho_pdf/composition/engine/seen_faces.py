"""Checks that the engine sees all faces of the workspace and no others; otherwise it would use any face it has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.findings import Finding, Where, error


def strangers(fonts: Any, faces: Sequence[Face], root: Path) -> tuple[Finding, ...]:
    """A finding for each face that fontconfig cannot read (``font-not-read``), and one if it sees others
    (``font-not-ours``). ``fonts`` is the engine's FontConfiguration, before any style has added to it.
    """
    from weasyprint.text.ffi import ffi, fontconfig

    found = fontconfig.FcConfigGetFonts(fonts._config, fontconfig.FcSetSystem)
    name, seen = ffi.new("FcChar8 **"), set()
    for number in range(0 if found == ffi.NULL else found.nfont):
        if fontconfig.FcPatternGetString(found.fonts[number], b"file", 0, name) == fontconfig.FcResultMatch:
            seen.add(Path(ffi.string(name[0]).decode(errors="surrogateescape")))
    ours = {face.path.resolve(): face for face in faces}
    unread = [
        error(
            "font-not-read",
            f"書体 {face.family} のファイル {face.path.name} を、書体として読めません。",
            Where(face.path.relative_to(root).as_posix() if face.path.is_relative_to(root) else face.path.name),
            "もとのファイルに戻してください。koho fonts で、どのファイルが変わったかが分かります。",
        )
        for path, face in ours.items()
        if path not in seen
    ]
    if others := sorted(path.name for path in seen - set(ours)):
        unread.append(
            error(
                "font-not-ours",
                f"fonts.yaml にない書体が見えています（{others[0]}）。",
                hint="環境変数 FONTCONFIG_ で始まるものを消して、もう一度実行してください。",
            )
        )
    return tuple(unread)
