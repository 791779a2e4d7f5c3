"""Black and white: what must overprint (スミノセ) and what must not, rich black (GWG 2022 R0007 to R0015)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koho_pdf.findings import Finding, Severity, error, warning
from koho_pdf.geometry import Rect
from koho_pdf.preflight.pdf.facts import Colour, Facts, Mark, Path, Picture, Shading, Text, overlap
from koho_pdf.press.profile import Press

SMALL_TEXT = 12.0
THIN_LINE = 2.0
RICH = 0.85
_RICH_TOTAL = {"newspaper": 2.2}
_SPLIT = "版が少しずれただけで、墨の縁に白い隙間が出ます。"
_SUMI = "墨の文字と細い線を、オーバープリント（OPM 1）で書き出してください。"


def black_overprints(facts: Facts, press: Press) -> Iterator[Finding]:
    """K100 text below 12 pt and lines below 2 pt must overprint their ground (R0009, R0010), if the press wants it in
    the data.
    """
    if press.sumi_nose != "data":
        return
    for page in facts.pages:
        grounds: list[Path | Picture | Shading] = []  # the marks under it, in the order of painting
        for mark in page.marks:
            small = _is_small(mark) and _knocks_out(mark) and _stands_on_ink(mark.box, grounds)
            if not isinstance(mark, Text):
                grounds.append(mark)
            if small:
                if isinstance(mark, Text):
                    message = "墨（K100）の小さな文字が、下の色を抜いています。"
                    yield error("black-text-knocks-out", message, page.where(mark.box), _SUMI, _SPLIT)
                else:
                    message = "墨（K100）の細い線が、下の色を抜いています。"
                    yield warning("black-line-knocks-out", message, page.where(mark.box), _SUMI, _SPLIT)


def _is_small(mark: Mark) -> bool:
    if isinstance(mark, Text):
        return mark.size < SMALL_TEXT
    return isinstance(mark, Path) and mark.paint.stroke is not None and mark.width < THIN_LINE


def _line_or_letter(mark: Mark) -> tuple[tuple[Colour, bool], ...]:
    """The colours of a text's letters or a path's line, and whether they overprint."""
    if isinstance(mark, Text):
        return mark.paint.sides
    stroke = mark.paint.stroke
    return ((stroke, mark.paint.overprint_stroke),) if stroke else ()


def _knocks_out(mark: Mark) -> bool:
    return any(
        colour.is_black
        and colour.space != "DeviceGray"
        and not (overprints and (colour.space != "DeviceCMYK" or mark.paint.opm == 1))
        for colour, overprints in _line_or_letter(mark)
    )


def _stands_on_ink(box: Rect, grounds: Sequence[Path | Picture | Shading]) -> bool:
    """Whether there is ink under a box: the last thing painted there before it is not white."""
    for below in reversed(grounds):
        if not overlap(box, below.box):
            continue
        if isinstance(below, Picture | Shading):
            return True
        fill = below.paint.fill
        if fill and not fill.is_white:
            return True
        if fill and below.box.union(box) == below.box:
            return False
    return False


def white_overprints(facts: Facts, press: Press) -> Iterator[Finding]:
    """White must not overprint (R0007, R0008), because it would vanish."""
    for page in facts.pages:
        for mark in page.printed:
            if any(colour.is_white and overprints for colour, overprints in mark.paint.sides):
                hint = "白い物のオーバープリントを外してください。"
                if isinstance(mark, Text):
                    message = "白い文字がオーバープリントになっています。"
                    yield error("white-text-overprints", message, page.where(mark.box), hint, "白い文字が消えます。")
                else:
                    message = "白い図形がオーバープリントになっています。"
                    why = "白い図形が消え、下の色がそのまま出ます。"
                    yield warning("white-shape-overprints", message, page.where(mark.box), hint, why)


def gray(facts: Facts, press: Press) -> Iterator[Finding]:
    """Small black in DeviceGray (R0011, R0012), and gray that overprints (R0013): RIPs treat these differently."""
    if press.printing == "digital":
        return
    for page in facts.pages:
        for mark in page.printed:
            if _is_small(mark) and any(
                colour.space == "DeviceGray" and colour.is_black for colour, _ in _line_or_letter(mark)
            ):
                yield warning(
                    "black-in-gray",
                    "墨の小さな文字や細い線が、グレーの色で書かれています。",
                    page.where(mark.box),
                    "CMYK の K100 で書いてください。",
                    "グレーの黒は、オーバープリントの指定が効きません。",
                )
            if any(colour.space == "DeviceGray" and overprints for colour, overprints in mark.paint.sides):
                yield warning(
                    "gray-overprints",
                    "グレーの物がオーバープリントになっています。",
                    page.where(mark.box),
                    "CMYK の K で書いてください。",
                    "効くかどうかが機械によって違います。",
                )


def colour_overprints(facts: Facts, press: Press) -> Iterator[Finding]:
    """Overprint of other colours than black is mostly an accident: they mix with the colour below."""
    for page in facts.pages:
        for mark in page.printed:
            if any(
                overprints
                and colour.space == "DeviceCMYK"
                and any(colour.tint(ink) > 0 for ink in ("Cyan", "Magenta", "Yellow"))
                for colour, overprints in mark.paint.sides
            ):
                yield warning(
                    "colour-overprints",
                    "墨でない色がオーバープリントになっています。",
                    page.where(mark.box),
                    "わざとでなければ、オーバープリントを外してください。",
                    "下の色と混ざり、画面と違う色になります。",
                )


def rich_black_text(facts: Facts, press: Press) -> Iterator[Finding]:
    """Black type must be black alone: from K85 on, other inks are told (R0015; an error above the sum given there)."""
    most = _RICH_TOTAL.get(press.printing, 2.8)
    for page in facts.pages:
        for mark in page.printed:
            for colour in mark.paint.colours if isinstance(mark, Text) else ():
                if colour.tint("Black") >= RICH and colour.count > 1 and colour.plates[0][0] != "All":
                    severity = Severity.ERROR if colour.total > most else Severity.WARNING
                    yield Finding(
                        severity,
                        "rich-black-text",
                        f"文字の黒が{colour.count}色のインキの重ね刷りです（合計 {colour.total * 100:.0f} %）。",
                        page.where(mark.box),
                        "文字の黒は K100 だけにしてください。",
                        "版がずれると文字が色の縁取りで読みにくくなり、小さな字はつぶれます。",
                    )
