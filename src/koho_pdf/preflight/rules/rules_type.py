"""Type and lines: printable sizes, embedded fonts (GWG 2022 R0014 to R0019; ISO 15930-7, 6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from koho_pdf.findings import Finding, error, warning
from koho_pdf.geometry import PT_PER_MM, Rect
from koho_pdf.preflight.pdf.facts import Colour, Facts, Mark, Path, Text
from koho_pdf.preflight.rules.rules_black import RICH
from koho_pdf.press.profile import Press

SMALLEST = 6.0
FINE = {"sheet": 8.0, "newspaper": 10.0, "digital": 5.0}
ORDINARY = 14.0
"""The size in pt from which text is a heading, with strokes wide enough for several inks."""
THINNEST = 0.25
_SLACK = 0.01
_DOUBLED = 0.1  # em: the same words again this near are one word made bold
_MISREGISTER = "版が 0.1 mm ずれただけで、細いところがつぶれて読めなくなります。"


def sizes(facts: Facts, press: Press) -> Iterator[Finding]:
    """No type below 6 pt; white type and type of several inks not smaller than register allows; text of ordinary size
    in at most two inks (from K85 on ``rich_black_text`` tells).
    """
    fine = FINE[press.printing]
    for page in facts.pages:
        for mark in page.printed:
            if not isinstance(mark, Text):
                continue
            told = f"{mark.size:.1f} pt"
            if mark.size < SMALLEST - _SLACK:
                yield warning(
                    "text-too-small",
                    f"文字が小さすぎます（{told}、{SMALLEST:g} pt から）。",
                    page.where(mark.box),
                    "文字を大きくしてください。",
                    "小さな文字は刷るとつぶれ、年配の方には読めません。",
                )
            fill = mark.paint.fill
            if fill and fine - _SLACK <= mark.size < ORDINARY - _SLACK and fill.count > 2 and fill.tint("Black") < RICH:
                yield warning(
                    "many-ink-text",
                    f"ふつうの大きさの文字（{told}）が{fill.count}色のインキの重ね刷りです"
                    f"（合計 {fill.total * 100:.0f} %）。",
                    page.where(mark.box),
                    f"2色までのインキで色を決めるか、{ORDINARY:g} pt 以上にするか、墨1色にしてください。",
                    _MISREGISTER,
                )
            if mark.size >= fine - _SLACK or not mark.paint.fill:
                continue
            if mark.paint.fill.is_white:
                yield warning(
                    "small-white-text",
                    f"白抜きの文字が小さすぎます（{told}、{fine:g} pt から）。",
                    page.where(mark.box),
                    "文字を大きく太くするか、地を1色のインキにしてください。",
                    _MISREGISTER,
                )
            elif mark.paint.fill.count > 1:
                yield warning(
                    "small-multi-ink-text",
                    f"2色以上のインキを重ねた文字が小さすぎます（{told}、{fine:g} pt から）。",
                    page.where(mark.box),
                    "文字を大きくするか、墨1色にしてください。",
                    _MISREGISTER,
                )


def emboldened(facts: Facts, press: Press) -> Iterator[Finding]:
    """Type made bold without a bold face: an outline in its own colour, or the same words again very near."""
    for page in facts.pages:
        earlier: dict[tuple[object, ...], list[Rect]] = {}
        for mark in page.printed:
            if not isinstance(mark, Text):
                continue
            fill, stroke = mark.paint.fill, mark.paint.stroke
            outlined = fill is not None and fill == stroke and not fill.is_white
            same = earlier.setdefault((mark.codes, mark.font, mark.size, mark.glyphs, fill), [])
            near = _DOUBLED * mark.size / PT_PER_MM
            doubled = any(abs(one.x - mark.box.x) <= near and abs(one.y - mark.box.y) <= near for one in same)
            same.append(mark.box)
            if outlined or (doubled and fill is not None):
                how = f"{mark.outline:.2f} pt の縁で" if outlined else "同じ文字を重ねて"
                yield warning(
                    "text-emboldened",
                    f"文字が{how}太らせてあります。",
                    page.where(mark.box),
                    "太字（Bold）のある書体を使って書き出し直してください。",
                    "字のふところがつぶれ、版が増えたり少しずれたりすると、太さがむらになって読みにくくなります。",
                )


def fonts(facts: Facts, press: Press) -> Iterator[Finding]:
    """Every font must be embedded and of a kind that the standard knows; no glyph may be missing."""
    for page in facts.pages:
        for font in page.fonts:
            name = font.name.partition("+")[2] or font.name
            if not font.program and font.kind != "Type3":
                yield error(
                    "font-not-embedded",
                    f"書体「{name}」が埋め込まれていません。",
                    page.where(),
                    "書体をすべて埋め込んで書き出し直してください。",
                    "印刷所に同じ書体がなければ別の書体で刷られ、文字化けもします。",
                )
            if font.kind == "Type3":
                yield warning(
                    "font-type3",
                    f"書体「{name}」が Type 3（絵として描いた文字）です。",
                    page.where(),
                    "ふつうの書体（TrueType・OpenType）を使ってください。",
                    "小さな字の形が崩れやすく、スミノセの処理もされません。",
                )
            if "courier" in name.casefold():
                yield warning(
                    "font-courier",
                    f"書体「{name}」は、書体が見つからないときの身代わりのことがあります。",
                    page.where(),
                    "Courier を選んだのでなければ、元の書体で書き出し直してください。",
                    "足りない書体が Courier に置き換わったまま刷られる事故が多くあります。",
                )
            if font.program == "OpenType" and press.standard == "PDF/X-1a:2003":
                yield error(
                    "font-opentype",
                    f"書体「{name}」が OpenType のまま埋め込まれています。",
                    page.where(),
                    "TrueType の書体を使うか、PDF/X-4 で入稿してください。",
                    "PDF/X-1a（PDF 1.4）の機械は、この埋め込み方を読めません。",
                )
        for mark in page.marks:
            if isinstance(mark, Text) and mark.notdef:
                yield error(
                    "notdef-glyph",
                    f"書体にない文字が {mark.notdef} 字あり、□や空きになっています。",
                    page.where(mark.box),
                    "その文字のある書体にするか、別の文字に替えてください。",
                    "そのまま □ や空白で刷られます。",
                )


def lines(facts: Facts, press: Press) -> Iterator[Finding]:
    """No line below 0.25 pt, stroked or filled; worse if it is white or of several inks."""
    for page in facts.pages:
        for mark in page.printed:
            width, colour = _line(mark)
            if colour is None or width >= THINNEST - _SLACK:
                continue
            hint = f"線を {THINNEST:g} pt（0.1 mm）以上にしてください。"
            if colour.is_white or colour.count > 1:
                yield error(
                    "thin-multi-ink-line",
                    f"白抜きや2色以上の線が細すぎます（{width:.2f} pt）。",
                    page.where(mark.box),
                    hint,
                    _MISREGISTER,
                )
            else:
                message, why = f"線が細すぎます（{width:.2f} pt）。", "画面では見えても、刷るとかすれて消えます。"
                yield error("thin-line", message, page.where(mark.box), hint, why)


def _line(mark: Mark) -> tuple[float, Colour | None]:
    """A line's width in pt and its colour: a stroke, or a filled area many times as long as it is wide."""
    if not isinstance(mark, Path):
        return 0.0, None
    if mark.paint.stroke:
        return mark.width, mark.paint.stroke
    thin, long = sorted((mark.box.width * PT_PER_MM, mark.box.height * PT_PER_MM))
    return thin, mark.paint.fill if long > max(4 * thin, 1.0) else None
