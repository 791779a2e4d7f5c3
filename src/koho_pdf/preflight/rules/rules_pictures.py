"""Pictures: enough pixels, real ones, not far too many, JPEGs of good quality (GWG 2022 R0031, R0032)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from koho_pdf.findings import Finding, Severity, warning
from koho_pdf.preflight.pdf.facts import Facts, Picture
from koho_pdf.press.profile import Press

_SMALL = 16  # pixels in either direction: a swatch, not a picture (R0031)
_SLACK = 1.1
LOWEST_QUALITY = 70
_ENLARGED = 0.38  # original photographs have 0.45 and more of their finest detail, those enlarged twice 0.37 at most


def resolution(facts: Facts, press: Press) -> Iterator[Finding]:
    """Pixels per inch as placed, the lower of both directions; 1-bit pictures have other limits."""
    return _resolution(facts, press, lambda pixels: pixels > _SMALL)


def small(facts: Facts, press: Press) -> Iterator[Finding]:
    """The same for pictures as small as a swatch; only in our own PDFs, in which nobody makes swatches from pixels."""
    return _resolution(facts, press, lambda pixels: pixels <= _SMALL)


def _resolution(facts: Facts, press: Press, judged: Callable[[int], bool]) -> Iterator[Finding]:
    for page in facts.pages:
        for mark in page.printed:
            if not isinstance(mark, Picture) or not judged(min(mark.pixels)):
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
    """Whether the page has the same picture at a size that needs all its pixels; a file holds them only once."""
    others = (each for each in marks if isinstance(each, Picture) and each.pixels == picture.pixels)
    return any(each.ppi <= most * _SLACK for each in others)


def quality(facts: Facts, press: Press) -> Iterator[Finding]:
    """A JPEG of low quality shows its blocks in print."""
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


def enlarged(facts: Facts, press: Press) -> Iterator[Finding]:
    """Pictures that were enlarged to twice the size or more, only to reach the resolution."""
    limit = press.continuous.warn
    for page in facts.pages:
        for mark in page.printed:
            if isinstance(mark, Picture) and 0 < mark.fineness < _ENLARGED and mark.ppi / 2 <= limit < mark.ppi:
                yield warning(
                    "picture-enlarged",
                    f"写真が引き伸ばされています（{mark.ppi:.0f} ppi でも、細かさは {mark.ppi / 2:.0f} ppi ほど）。",
                    page.where(mark.box),
                    "引き伸ばす前より大きな元の画像を探すか、小さく載せてください。",
                    "画素を増やしても細かさは戻らず、ぼやけて刷られます。",
                )


def recoded(facts: Facts, press: Press) -> Iterator[Finding]:
    """A JPEG of high quality that was made from one of low quality: the blocks are still there."""
    for page in facts.pages:
        for mark in page.printed:
            if isinstance(mark, Picture) and 0 < mark.before < LOWEST_QUALITY <= mark.quality:
                yield warning(
                    "jpeg-recoded",
                    f"写真の JPEG が、低い画質（およそ {mark.before}）から保存し直されています。",
                    page.where(mark.box),
                    "保存し直す前の、元の画像から書き出してください。",
                    "高い画質で保存し直しても元には戻らず、ブロック状のむらが刷りに出ます。",
                )
