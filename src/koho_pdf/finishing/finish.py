"""From the engine's PDF to the files that leave the house. READ FIRST of this room: the steps of the print edition.

Print (for the print shop): nothing but the inks of the job, on pages or sheets with exact boxes, marks outside the
bleed, and the claim of a standard that it keeps. Screen: the tagged PDF, PDF/UA-1 and PDF/A-2a in one. Neither says
when or where it was made: the same manuscript gives the same bytes.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf

from koho_pdf.composition.fonts.faces import Face
from koho_pdf.errors import LayoutError
from koho_pdf.findings import Where, error
from koho_pdf.finishing import mark_drawing, marks, sheets, slug, standard
from koho_pdf.finishing.imposition import Laying, Misfit, PageFolds, sides
from koho_pdf.finishing.inked import inked
from koho_pdf.finishing.overprint import overprint_black
from koho_pdf.finishing.resources import only_own
from koho_pdf.finishing.screen import keep_both_standards
from koho_pdf.finishing.separation import separate
from koho_pdf.geometry import PT_PER_MM, pt
from koho_pdf.press.folds import CONCERTINA, MOST
from koho_pdf.press.profile import Press

_SAME = 0.02  # mm: by which sums of lengths may differ


@dataclass(frozen=True, slots=True)
class Job:
    """A job for the print shop: ``name`` and ``date`` of the issue; ``trim`` (width, height) and ``bleed`` of its pages
    as its ``layout`` draws them, in mm (a page of another size keeps its own); the side it is bound on; the press
    profile; the ``faces`` for the slug; its ``state``: 校正 until it is released (校了); the ``folds`` within each page
    (none: no page is folded); and the name of
    the ``fold``, if the layout is one folded sheet.
    """

    name: str
    date: date
    layout: str
    trim: tuple[float, float]
    bleed: float
    binding: str
    press: Press
    faces: Sequence[Face] = ()
    state: str = "校正"
    folds: tuple[PageFolds, ...] = ()
    fold: str = ""


def finish_print(drawn: bytes, job: Job) -> bytes:
    """The print PDF of a job.

    Raises LayoutError if the layout and the press profile do not fit each other (``bleed-short``, ``page-sizes``,
    ``sheet-pages``, ``transparency-refused``, ``truetype-only``, ``slug-face``).
    """
    _agreed(job)
    with pikepdf.open(BytesIO(drawn)) as pdf:
        standard.paper_only(pdf)
        sizes = [_size(page, job) for page in pdf.pages]
        laid = _laid(sizes, job)
        _move_to_origin(pdf, job, sizes)
        separate(pdf, job.press.inks)
        if job.press.sumi_nose == "data":
            overprint_black(pdf)
        # Up to here the inks of the pages change; from here on the pages are only placed.
        if job.press.standard == "PDF/X-1a:2003":
            standard.without_transparency(pdf, job.layout, job.press.name)
        only_own(pdf)
        _lay_on_sheets(pdf, job, laid)
        named = hashlib.sha256(repr((job.name, job.state, job.press.name)).encode() + drawn).hexdigest()
        identity = uuid.uuid5(uuid.NAMESPACE_OID, named)
        standard.declare(pdf, job.press.standard, job.press.condition, job.name, job.date, identity)
        return saved(pdf, job.press.standard)


def finish_screen(drawn: bytes, binding: str = "left") -> bytes:
    """The screen PDF (PDF/UA-1 and PDF/A-2a), with bytes that depend only on its content. If its ``binding`` is right,
    viewers show two pages side by side from right to left (ISO 32000-1, 12.2).
    """
    with pikepdf.open(BytesIO(drawn)) as pdf:
        keep_both_standards(pdf)
        if binding == "right":
            pdf.Root.ViewerPreferences.Direction = pikepdf.Name.R2L
        return saved(pdf, "plain")


def _agreed(job: Job) -> None:
    """Raises LayoutError (``bleed-short``) when the shop wants more bleed than the layout draws."""
    if job.press.bleed > job.bleed:
        raise LayoutError(
            error(
                "bleed-short",
                f"入稿条件「{job.press.name}」の塗り足しは {job.press.bleed:g}mm ですが、"
                f"レイアウト「{job.layout}」は {job.bleed:g}mm しか塗り足していません。",
                Where(f"layouts/{job.layout}/layout.yaml", field="bleed"),
                "layout.yaml の bleed を増やして、色や写真をその端まで延ばしてください。",
            )
        )


def _size(page: pikepdf.Page, job: Job) -> tuple[float, float]:
    """The trim of a page as it was drawn, in mm: the job's, unless the layout gives the page another size."""
    left, foot, right, head = (float(edge) / PT_PER_MM for edge in page.trimbox.as_list())
    drawn = round(right - left, 2), round(head - foot, 2)
    return job.trim if max(abs(one - other) for one, other in zip(drawn, job.trim, strict=True)) < _SAME else drawn


def sheets_of(sizes: Sequence[tuple[float, float]], job: Job) -> tuple[sheets.Side, ...]:
    """The sides of sheets for pages of these sizes (mm). Raises Misfit when they do not go together."""
    press = job.press
    return sides(sizes, press.bleed, Laying(press.sheets, job.binding, press.creep, job.fold), job.folds)


def _laid(sizes: Sequence[tuple[float, float]], job: Job) -> tuple[sheets.Side, ...]:
    """The same. Raises LayoutError: ``page-sizes`` where pages of one sheet have sizes that do not go together,
    ``sheet-pages`` where their number does not fill the sheets."""
    try:
        return sheets_of(sizes, job)
    except Misfit as misfit:
        how = f"折り方「{job.fold}」" if job.fold else f"入稿条件「{job.press.name}」の面付け（{job.press.sheets}）"
        if misfit.pages:
            told = "、".join(f"{page}ページは{sizes[page - 1][0]:g}×{sizes[page - 1][1]:g}mm" for page in misfit.pages)
            raise LayoutError(
                error(
                    "page-sizes",
                    f"{told}ですが、{how}では、この2ページは{_SHARE}",
                    Where(f"layouts/{job.layout}/layout.css"),
                    "表と裏は同じ大きさに、同じ紙に横に並ぶページは同じ高さに、縦に並ぶページは同じ幅にしてください"
                    "（@page の size、または page_types の trim）。",
                )
            ) from None
        other = f"大きさの違う紙を除いて{misfit.count}" if misfit.count != len(sizes) else str(len(sizes))
        wanted = f"{misfit.multiple}ページ" if job.fold else f"{misfit.multiple}の倍数"
        wanted = f"6〜{2 * MOST}の偶数のページ" if job.fold == CONCERTINA else wanted
        raise LayoutError(
            error(
                "sheet-pages",
                f"{other}ページですが、{how}は{wanted}でないと紙が余ります。",
                Where(f"layouts/{job.layout}/layout.yaml", field="fold" if job.fold else "pages"),
                "ページを足すか減らすか、折り方（fold）を改めてください。"
                if job.fold
                else "ページを足すか減らすか、面付けをしない入稿条件（sheets: single）を使ってください。",
            )
        ) from None


_SHARE = "1枚の紙の表と裏か、同じ面に並ぶので、大きさが合いません。"


def _move_to_origin(pdf: pikepdf.Pdf, job: Job, sizes: Sequence[tuple[float, float]]) -> None:
    """Move the pages so that the corner of their bleed is at 0,0; the boxes say where trim and bleed are."""
    moved: set[tuple[int, int]] = set()
    for page, size in zip(pdf.pages, sizes, strict=True):
        across, up = (pt(job.bleed) - float(edge) for edge in page.trimbox.as_list()[:2])
        for pattern in page.Resources.get("/Pattern", pikepdf.Dictionary()).values():
            if pattern.objgen not in moved:  # patterns are relative to the page, not to its content
                moved.add(pattern.objgen)
                matrix = pikepdf.Matrix(pattern.Matrix)
                pattern.Matrix = (matrix @ pikepdf.Matrix().translated(across, up)).as_array()
        page.contents_add(f"1 0 0 1 {across:.4f} {up:.4f} cm".encode(), prepend=True)
        sheets.set_boxes(page, size, job.bleed, job.bleed)


def _lay_on_sheets(pdf: pikepdf.Pdf, job: Job, laid: tuple[sheets.Side, ...]) -> None:
    """Lay pages on the sides of sheets, with marks and slug; if the profile asks for neither, pages
    stay as they are.
    """
    press = job.press
    marked = bool(press.marks) or press.slug
    if press.sheets == "single" and not job.fold and not marked and press.bleed == job.bleed:
        return
    inks = [inked(page, press.inks.plates) for page in pdf.pages] if marked else []
    margin = marks.margin(press.bleed) if marked else press.bleed
    if press.slug and min(side.trim[0] for side in laid) < slug.NARROW:
        margin += slug.DEPTH
    sheets.lay(pdf, laid, job.bleed, press.bleed, margin)
    if marked:
        _mark(pdf, job, laid, margin, inks)


def _mark(
    pdf: pikepdf.Pdf, job: Job, laid: Sequence[sheets.Side], margin: float, inks: Sequence[Sequence[str]]
) -> None:
    """Draw marks and slug on every side, one form for each side, and only on plates on which its pages have ink
    (``inks``, by page): a plate with nothing but marks would be made and charged for.
    """
    press = job.press
    used = [
        tuple(plate for plate in press.inks.plates if any(plate in inks[each.page - 1] for each in side.pages))
        for side in laid
    ]
    slugs = [_slug(job, side, plates) if press.slug else () for side, plates in zip(laid, used, strict=True)]
    said = "".join(word.text for parts in slugs for part in parts for word in part)
    face = slug.SlugFace(job.faces, said) if said else None
    font = face.embed(pdf, said) if face else None
    for page, side, plates, parts in zip(pdf.pages, laid, used, slugs, strict=True):
        asked = marks.asked_for(press.marks, side.trim, press.bleed, side.folds, plates, side.across)
        words = slug.set_slug(parts, face.width, side.trim, press.bleed, _marked(side, press)) if face else ()
        every = mark_drawing.MarkInks(press.inks, plates)
        form = mark_drawing.form_of_marks(pdf, page.MediaBox, margin, side.trim[1], asked, words, font, every)
        page.Resources.XObject.Marks = form
        page.contents_add(b"/Marks Do", prepend=False)


def _marked(side: sheets.Side, press: Press) -> tuple[float, ...]:
    """The folds that have marks."""
    return side.folds if "fold" in press.marks else ()


def _slug(job: Job, side: sheets.Side, plates: Sequence[str]) -> tuple[tuple[slug.Word, ...], ...]:
    """号, which side of which sheet, 状態, 日付, 入稿条件; and every ink, in itself."""
    day = f"{job.date.year}年{job.date.month}月{job.date.day}日"
    words = (job.name, side.name, job.state, day, job.press.title)
    return (*((slug.Word(word),) for word in words), tuple(slug.Word(plate, plate) for plate in plates))


def saved(pdf: pikepdf.Pdf, claimed: str) -> bytes:
    """The file in the PDF version of the standard; object and cross-reference streams only from PDF 1.5 on."""
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    old = standard.VERSIONS[claimed] < "1.5"
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        force_version=standard.VERSIONS[claimed] if claimed != "plain" else "",
        object_stream_mode=pikepdf.ObjectStreamMode.disable if old else pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return target.getvalue()
