"""Pictures: enough pixels, not far too many, a JPEG that still looks like one (GWG 2022 R0031, R0032)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from koho_pdf.findings import Finding, Severity, warning
from koho_pdf.preflight.facts import Facts, Picture
from koho_pdf.press.profile import Press

_SMALL = 16  # pixels either way: a swatch, not a picture (R0031)
_SLACK = 1.1
LOWEST_QUALITY = 70


def resolution(facts: Facts, press: Press) -> Iterator[Finding]:
    """Pixels per inch as placed, the lower of across and up; 1-bit pictures have limits of their own."""
    for page in facts.pages:
        for mark in page.printed:
            if not isinstance(mark, Picture) or min(mark.pixels) <= _SMALL:
                continue
            bitmap = mark.bits == 1
            limits = press.bitmap if bitmap else press.continuous
            told, where = f"{mark.ppi:.0f} ppi", page.where(mark.box)
            hint = f"もっと大きな元の画像を使うか、小さく載せてください（{limits.warn + 1:g} ppi から）。"
            if mark.ppi <= limits.warn:
                severity = Severity.ERROR if mark.ppi <= limits.refuse else Severity.WARNING
                if bitmap:
                    message, why = f"白黒2値の図が粗すぎます（{told}）。", "線や文字の縁がぎざぎざに刷られます。"
                    yield Finding(severity, "bitmap-resolution", message, where, hint, why)
                else:
                    message, why = f"写真が粗すぎます（{told}）。", "ぼやけて刷られ、印刷所から差し替えを頼まれます。"
                    yield Finding(severity, "picture-resolution", message, where, hint, why)
            elif mark.ppi > limits.most * _SLACK and not _is_larger_elsewhere(mark, page.printed, limits.most):
                yield warning(
                    "picture-too-fine",
                    f"写真が細かすぎます（{told}、{limits.most:g} ppi まで）。",
                    where,
                    "載せる大きさに合わせて縮小してください。",
                    "刷りに出ない細かさで、ファイルが重くなり処理が遅れます。",
                )


def _is_larger_elsewhere(picture: Picture, marks: Iterable[object], most: float) -> bool:
    """Whether the page has the same pixels placed so large that they are wanted: a file holds them only once."""
    others = (each for each in marks if isinstance(each, Picture) and each.pixels == picture.pixels)
    return any(each.ppi <= most * _SLACK for each in others)


def quality(facts: Facts, press: Press) -> Iterator[Finding]:
    """A JPEG squeezed too hard shows its blocks in print."""
    for page in facts.pages:
        for mark in page.printed:
            if isinstance(mark, Picture) and 0 < mark.quality < LOWEST_QUALITY and min(mark.pixels) > _SMALL:
                yield warning(
                    "jpeg-quality",
                    f"写真の JPEG の画質が低すぎます（およそ {mark.quality}、{LOWEST_QUALITY} から）。",
                    page.where(mark.box),
                    "元の画像から、高画質（90 ほど）で書き出し直してください。",
                    "ブロック状のむらや、文字のまわりのもやが刷りに出ます。",
                )
