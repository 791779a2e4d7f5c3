"""The page and its edges: boxes (ISO 32000-1, 14.11.2; ISO 15930-7, 6.11; GWG 2022 R0002–R0005), bleed, safe area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koho_pdf.findings import Finding, Severity, error, warning
from koho_pdf.geometry import PT_PER_MM, Rect
from koho_pdf.preflight.pdf.facts import Facts, Mark, Page, Picture, Shading, Text
from koho_pdf.preflight.pdf.matrices import Edges
from koho_pdf.press.profile import Press

TOLERANCE = 0.1
_MISCUT = 1.0  # mm: error of a cut; a mark that goes further shows no white, even if the shop wants more
_SIDES = ("天", "地", "左", "右")
_WRITE_BOXES = "仕上り・塗り足しの枠（TrimBox・BleedBox）を正しく書き出してください。"
_CUT = "印刷所はこの枠で面付けし、断ちます。違うと、切れるか白い縁が出ます。"


def boxes(facts: Facts, press: Press) -> Iterator[Finding]:
    """Every page's boxes must follow the standard and the shop's bleed."""
    for page in facts.pages:
        yield from _of_page(page, press)


def _of_page(page: Page, press: Press) -> Iterator[Finding]:
    media, crop, bleed, trim, art = (getattr(page.boxes, name) for name in ("media", "crop", "bleed", "trim", "art"))
    if (trim is None) == (art is None):
        message = "仕上りの枠（TrimBox）がありません。" if trim is None else "TrimBox と ArtBox の両方があります。"
        yield error("trim-missing", message, page.where(), _WRITE_BOXES, _CUT)
    cut = trim or art
    if cut and not (_holds(bleed or cut, cut) and _holds(media, bleed or cut)):
        yield error(
            "boxes-not-nested",
            "ページの枠の入れ子（仕上り＜塗り足し＜用紙）が崩れています。",
            page.where(),
            _WRITE_BOXES,
            _CUT,
        )
    elif cut and press.bleed > 0:
        wide = bleed or cut
        spans = [abs(outer - inner) / PT_PER_MM for outer, inner in zip(wide, cut, strict=True)]
        if any(abs(span - press.bleed) > TOLERANCE for span in spans):
            yield error(
                "bleed-box",
                f"塗り足しの枠（BleedBox）が仕上りの {min(spans):.1f}〜{max(spans):.1f} mm 外です"
                f"（入稿条件は {press.bleed:g} mm）。",
                page.where(),
                _WRITE_BOXES,
                _CUT,
            )
    if any(abs(edge) > 0.01 for edge in media[:2]):
        yield warning(
            "media-origin",
            "用紙の枠（MediaBox）の左下が 0,0 ではありません。",
            page.where(),
            "MediaBox を 0,0 から始めて書き出し直してください。",
            "原点のずれを見落とす面付けソフトがあり、紙面がずれます。",
        )
    if crop and max(abs(one - other) for one, other in zip(crop, media, strict=True)) > 0.01:
        yield error(
            "crop-box",
            "表示の枠（CropBox）が用紙の枠と違います。",
            page.where(),
            "トリミングせずに書き出し直してください。",
            "トンボや塗り足しが、見えないまま切り捨てられることがあります。",
        )
    if page.user_unit != 1:
        yield error(
            "user-unit",
            f"ページの寸法の単位が変えられています（{page.user_unit:g} 倍）。",
            page.where(),
            "実寸で書き出し直してください。",
            "単位を読まない機械では、別の大きさで刷られます。",
        )
    if page.rotate:
        yield warning(
            "page-rotated",
            f"ページが {page.rotate} 度回して表示されています。",
            page.where(),
            "回転させずに、正しい向きで書き出し直してください。",
            "面付けのときに向きや塗り足しを取り違えます。",
        )


def alike(facts: Facts, press: Press, *, ordered: bool = False) -> Iterator[Finding]:
    """All pages must be alike; if pages of several sizes are ``ordered``, front and back of each leaf."""
    if ordered and press.sheets == "spreads":
        return  # no leaves: the size of each is looked at by itself (``trim_size``)
    severity = Severity.ERROR if press.printing == "newspaper" else Severity.WARNING
    for page in facts.pages[1:]:
        first = facts.pages[page.number - 2] if ordered else facts.pages[0]
        if ordered and page.number % 2:
            continue  # the front of a leaf
        wide, lower = first.trim[0], first.trim[1] - page.trim[1]
        # Spreads: a single page (the cover) is half as wide as an open spread.
        alike = (wide, 2 * wide, wide / 2) if press.sheets == "spreads" else (wide,)
        narrower = min((each - page.trim[0] for each in alike), key=abs)
        if not -TOLERANCE <= narrower <= _crept(page, press) + TOLERANCE or abs(lower) > TOLERANCE:
            yield Finding(
                severity,
                "pages-differ",
                f"仕上りが {_size(page.trim)} です（{first.number}ページは {_size(first.trim)}）。",
                page.where(),
                "1枚の紙の表と裏を、同じ仕上りにそろえてください。"
                if ordered
                else "すべてのページを同じ仕上りにそろえてください。",
                "大きさの違うページは、1つの面付けにできません。",
            )


def sheets(facts: Facts, press: Press) -> Iterator[Finding]:
    """No page may be empty, and their number must fit the binding."""
    severity = Severity.ERROR if press.printing == "newspaper" else Severity.WARNING
    if press.printing != "digital":
        for page in facts.pages:
            if not page.faults and not any(_inks(mark) for mark in page.printed):  # otherwise unknown
                yield Finding(
                    severity,
                    "empty-page",
                    "何も刷られていないページです。",
                    page.where(),
                    "白いページでよければ、その旨を印刷所に伝えてください。",
                    "書き出しの失敗か、わざとの白ページかが、印刷所にはわかりません。",
                )
    # One or two pages are a leaf, its front and back: nothing is folded or bound.
    if press.sheets == "single" and len(facts.pages) > 2 and len(facts.pages) % press.page_multiple:
        yield warning(
            "page-multiple",
            f"{len(facts.pages)}ページです（綴じるには {press.page_multiple} の倍数が要ります）。",
            hint="白いページも数えて、倍数にそろえてください。",
            why="紙を折って綴じるので、半端なページ数では白紙が入ります。",
        )


def _crept(page: Page, press: Press) -> float:
    """How much narrower (mm) a side of a saddle stitch is cut than the outermost sheet: creep at both fore-edges."""
    return 2 * press.creep * ((page.number - 1) // 2) if press.sheets == "saddle-stitch" else 0.0


def trim_size(facts: Facts, trims: Sequence[tuple[float, float]]) -> Iterator[Finding]:
    """Each page's trim must be the ordered size (width, height in mm)."""
    for page, trim in zip(facts.pages, trims, strict=False):
        if max(abs(one - other) for one, other in zip(page.trim, trim, strict=True)) > TOLERANCE:
            yield error(
                "trim-size",
                f"仕上りが {_size(page.trim)} です（注文は {_size(trim)}）。",
                page.where(),
                "レイアウトの仕上りの寸法と入稿条件を確かめてください。",
                _CUT,
            )


def bleed(facts: Facts, press: Press) -> Iterator[Finding]:
    """Whatever reaches the trim must go on to the edge of the bleed with real ink, not only a box."""
    if press.bleed <= 0:
        return
    for page in facts.pages:
        marks = [
            mark for mark in page.printed if not isinstance(mark, Text) and _at_edge(mark.box, page) and _inks(mark)
        ]
        for place, side in enumerate(_SIDES):
            reaching = [
                _span(mark.box, place) for mark in marks if _over(mark.box, page, place) > press.bleed - TOLERANCE
            ]
            for mark in marks:
                over, span = _over(mark.box, page, place), _within(mark.box, page, place)
                if not -TOLERANCE <= over <= press.bleed - TOLERANCE or _covered(span, reaching):
                    continue
                if over > _MISCUT and span[1] - span[0] < press.bleed:
                    continue  # a small thing that simply ends there: the tip of a line, a dash
                yield Finding(
                    Severity.WARNING if over > _MISCUT else Severity.ERROR,
                    "bleed-missing",
                    f"{side}の仕上りに届く絵柄が、塗り足しまで伸びていません（{max(over, 0):.1f} mm）。",
                    page.where(mark.box),
                    f"絵や色の面を、仕上りの {press.bleed:g} mm 外まで伸ばしてください。",
                    "断つ位置は1 mmほどずれるので、足りないと紙の白が縁に出ます。",
                )


def safe_area(facts: Facts, press: Press) -> Iterator[Finding]:
    """No type may be nearer to the trim than the shop's safe margin."""
    margin = press.safe_margin - TOLERANCE
    for page in facts.pages:
        inner = page.sheet.grown(-margin)
        for mark in page.printed:
            if isinstance(mark, Text) and not _holds(
                (inner.x, inner.y, inner.right, inner.bottom),
                (mark.box.x, mark.box.y, mark.box.right, mark.box.bottom),
            ):
                yield warning(
                    "text-outside-safe",
                    f"文字が仕上りから {press.safe_margin:g} mm 以内にあります。",
                    page.where(mark.box),
                    "文字を内側に入れてください。",
                    "断ちや綴じのずれで、文字が切れます。",
                )


def _inks(mark: Mark) -> bool:
    """Whether a mark puts ink on paper, judged by its colours."""
    if isinstance(mark, Picture | Shading):
        return True
    return any(not colour.is_white for colour in mark.paint.colours)


def _holds(outer: Edges, inner: Edges) -> bool:
    slack = 0.01
    return (
        outer[0] <= inner[0] + slack
        and outer[1] <= inner[1] + slack
        and outer[2] >= inner[2] - slack
        and outer[3] >= inner[3] - slack
    )


def _over(box: Rect, page: Page, place: int) -> float:
    """How far a box goes beyond the trim on a side (``_SIDES``), in mm; negative inside."""
    return (-box.y, box.bottom - page.trim[1], -box.x, box.right - page.trim[0])[place]


def _at_edge(box: Rect, page: Page) -> bool:
    """Whether a box reaches the trim on any side; most do not."""
    width, height = page.trim
    return max(-box.y, box.bottom - height, -box.x, box.right - width) >= -TOLERANCE


def _span(box: Rect, place: int) -> tuple[float, float]:
    """The span of a box along a side."""
    return (box.x, box.right) if place < 2 else (box.y, box.bottom)


def _within(box: Rect, page: Page, place: int) -> tuple[float, float]:
    start, end = _span(box, place)
    return max(start, 0.0), min(end, page.trim[0] if place < 2 else page.trim[1])


def _covered(span: tuple[float, float], by: list[tuple[float, float]]) -> bool:
    """Whether spans together leave no gap in a span."""
    at = span[0]
    for start, end in sorted(by):
        if start <= at + TOLERANCE:
            at = max(at, end)
    return at >= span[1] - TOLERANCE


def _size(trim: tuple[float, float]) -> str:
    return f"{trim[0]:.1f}×{trim[1]:.1f} mm"
