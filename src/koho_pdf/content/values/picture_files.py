"""Whether a picture that a manuscript names can be printed: it is inside the issue's folder, whole, and of sane size;
and the words for one that cannot. The room ``media`` reads the file itself.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from koho_pdf.content.values.drawing_words import left_out, undrawable
from koho_pdf.findings import Finding, error, warning
from koho_pdf.manuscript.own_files import Unread, content_of, files_in, nearest, same_name
from koho_pdf.manuscript.refusal import Refusal
from koho_pdf.media import drawings
from koho_pdf.media.line_art import Undrawable
from koho_pdf.media.pixels import check_pixels, opened, orientation
from koho_pdf.media.unsound import MEMORY_LIMIT, PIXELS_LIMIT, Unsound

BYTES_LIMIT = 40_000_000
_SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", *drawings.SUFFIXES)


def check_picture(folder: Path, name: str) -> tuple[Finding, ...]:
    """Look at the picture ``name`` (with slashes) of the issue in ``folder``; returns warnings.

    Raises ``Refusal``: picture-outside, picture-missing, picture-name-differs, picture-too-large, not-a-picture,
    picture-truncated.
    """
    try:
        content = content_of(folder, name, BYTES_LIMIT)
    except Unread as fault:
        raise Refusal(_unread(folder, name, fault)) from None
    return check_content(content, name)


def proportions_of(folder: Path, name: str) -> tuple[float, float]:
    """The width and height of a picture as it is seen, in its own units; zeros for one that cannot be printed."""
    try:
        content = content_of(folder, name, BYTES_LIMIT)
        if drawings.is_drawing(name):
            drawing = drawings.drawing_of(content)
            return drawing.width, drawing.height
        check_pixels(content)
        with opened(BytesIO(content)) as picture:
            across, down = picture.size
            return (down, across) if orientation(picture) > 4 else (across, down)
    except (Unread, Undrawable, Unsound):
        return 0.0, 0.0


def _unread(folder: Path, name: str, fault: Unread) -> Finding:
    """The reason why a picture's file is not read, in words."""
    if fault.why == "outside":
        return error(
            "picture-outside",
            f"写真「{name[-60:]}」は、号のフォルダーの外にあります。",
            hint="写真を issue.yaml と同じフォルダーの中に写して、photos/minato.jpg のように書いてください。",
        )
    if fault.why == "no-file":
        return _no_picture(name)
    if fault.why == "too-large":
        return _too_large(name, f"{fault.size / 1_000_000:,.0f} MB")
    if there := fault.there or same_name(folder, name, _SUFFIXES):
        return error(
            "picture-name-differs",
            f"写真の名前「{name[-60:]}」の書き方が、ファイルの名前と違います。",
            hint=f"ファイルの名前のとおり「{there}」と書いてください（大文字と小文字、全角と半角も区別します）。",
        )
    if near := nearest(folder, name, _SUFFIXES):
        hint = f"「{near}」のことではありませんか。"
    elif names := files_in(folder, _SUFFIXES):
        hint = "このフォルダーにある写真は " + "、".join(f"「{there}」" for there in names[:5]) + " です。"
    else:
        hint = "写真を issue.yaml と同じフォルダーの中に置いてください。"
    return error("picture-missing", f"写真「{name[-60:]}」がありません。", hint=hint)


def check_content(content: bytes, name: str) -> tuple[Finding, ...]:
    """Whether a picture's bytes can be printed; returns a warning for each part of it that cannot be used.

    Raises ``Refusal``: picture-too-large, not-a-picture, picture-truncated; of a drawing what ``drawing_words`` has.
    """
    if drawings.is_drawing(name):
        try:
            return left_out(drawings.drawing_of(content), name)
        except Undrawable as fault:
            raise Refusal(undrawable(fault, name)) from None
    try:
        parts = check_pixels(content)
    except Unsound as unsound:
        words = {"not-a-picture": _no_picture(name, content), "too-large": _too_large(name, unsound.size)}
        raise Refusal(words.get(unsound.fault, _truncated(name))) from None
    return tuple(_LEFT_OUT[part](name) for part in parts)


def _profile_left_out(name: str) -> Finding:
    return warning(
        "picture-part-left-out",
        f"写真「{name[-60:]}」の色の決まり（ICCプロファイル）が壊れているので、使わずに組みます。",
        hint="色が変わっていないかを確かめてください。写真のソフトで開いて保存し直すと、この注意は出なくなります。",
    )


def _notes_left_out(name: str) -> Finding:
    return warning(
        "picture-part-left-out",
        f"写真「{name[-60:]}」の撮影の記録（Exif）が壊れているので、使わずに組みます。",
        hint="写真の向きを確かめてください。写真のソフトで開いて保存し直すと、この注意は出なくなります。",
    )


_LEFT_OUT = {"profile": _profile_left_out, "notes": _notes_left_out}


def _truncated(name: str) -> Finding:
    return error(
        "picture-truncated",
        f"写真「{name[-60:]}」が途中で切れているか、壊れています。",
        hint="元の写真を、もう一度フォルダーに写してください。"
        "それでも出るときは、写真のソフトで開き、絵に傷がないかを見てから、保存し直してください。",
    )


_OTHERS = (
    (re.compile(rb"....ftyp(heic|heix|heim|heis|hevc|mif1|msf1)", re.DOTALL), "iPhone などの HEIC"),
    (re.compile(rb"....ftypavif", re.DOTALL), "AVIF"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "WebP"),
    (re.compile(rb"GIF8"), "GIF"),
    (re.compile(rb"BM"), "BMP"),
    (re.compile(rb"8BPS"), "Photoshop"),
    (re.compile(rb"%PDF|%!PS"), "PDF か Illustrator"),
    (re.compile(rb"\s*<(\?xml|svg|!DOCTYPE svg)"), "SVG"),
    (re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0"), "Word・Excel・PowerPoint か ZIP"),
)
"""Other files that offices hand in as photographs, by their first bytes; the name may say something else."""


def _no_picture(name: str, content: bytes = b"") -> Finding:
    kind = next((f"中身は {kind} です" for begins, kind in _OTHERS if begins.match(content)), "")
    return error(
        "not-a-picture",
        f"「{name[-60:]}」は、JPEG・PNG・TIFF の写真ではありません{f'（{kind}）' if kind else ''}。",
        hint="写真のソフトで開き、JPEG・PNG・TIFF のどれかで保存し直してください。"
        "ロゴは、SVG か PDF でも入れられます。",
    )


def _too_large(name: str, size: str) -> Finding:
    return error(
        "picture-too-large",
        f"写真「{name[-60:]}」が大きすぎます（{size}）。",
        hint=f"{BYTES_LIMIT // 1_000_000} MB までで、JPEG なら {PIXELS_LIMIT // 10_000:,}万画素"
        "（プログレッシブ形式は 2,450万画素）、"
        f"カラーの PNG・TIFF なら {MEMORY_LIMIT // 40_000:,}万画素までに縮めてください。",
    )
