"""What a print shop wants to know about a file, in its words: measured in the file, or agreed in the press profile.

The report and the sheet (入稿データ確認書) agree because both use it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from koho_pdf.content.issue import Printing
from koho_pdf.content.values.dates import CalendarDate
from koho_pdf.findings import errors_in
from koho_pdf.geometry import PT_PER_MM
from koho_pdf.preflight.inspect import Report
from koho_pdf.preflight.pdf.facts import Facts, Page, Picture
from koho_pdf.preflight.plates.total_ink import InkUse, coverage, ink_use
from koho_pdf.preflight.report.ordered import Folded, folded, is_leaf, sides_in_words, size_in_words, sumi_nose_in_words
from koho_pdf.press.page_inks import ink_words
from koho_pdf.press.profile import Press

_MARK_NAMES = {
    "corner": "角トンボ",
    "centre": "センタートンボ",
    "fold": "折りトンボ",
    "wedge": "濃度の目安",
    "register": "見当",
}
_SHEET_NAMES = {
    "single": "単ページ、1ページ目から順に",
    "spreads": "見開きごと",
    "fold": "二つ折りの表と裏",
    "saddle-stitch": "中綴じの面付け済み",
}
_BINDING = {"left": "左綴じ", "right": "右綴じ"}
_OPENS = {"left": "左開き（折りが左）", "right": "右開き（折りが右）"}
_SIDES = "面"
_TURNED = "-Turned"  # in the names of turned faces for vertical text (``composition.fonts.turned``)


@dataclass(frozen=True, slots=True)
class Consignment:
    """What is sent: ``name`` of the issue, ``file``, the name to send it by, who ``sender`` is, when it is ``issued``,
    the ``binding`` side (``left``, ``right``), the layout's colours that were ``lightened`` to the limit of total ink
    (name, percent as drawn and as printed), what is ordered (``printing``), its ``state`` (校正, 校了); in words
    the inks of its pages where they differ (``page_inks``), where these are folded (``folds``), and which errors of its
    words two people let stand (``acknowledged``); the ``sheet``, if the press profile alone does not tell it. For a PDF
    that is not ours all but ``name`` and ``file`` is empty.
    """

    name: str
    file: str
    sender: str = ""
    issued: CalendarDate | None = None
    binding: str = ""
    lightened: tuple[tuple[str, float, float], ...] = ()
    printing: Printing | None = None
    state: str = ""
    page_inks: str = ""
    folds: str = ""
    acknowledged: str = ""
    sheet: Folded | None = None


@dataclass(frozen=True, slots=True)
class Ink:
    """A plate: its colorant name, its name for people, whether the job ``wanted`` it, and its mean coverage of each
    page in percent.
    """

    name: str
    words: str
    wanted: bool
    coverage: tuple[float, ...]

    @property
    def prints(self) -> bool:
        """Whether it prints anything."""
        return any(share > 0 for share in self.coverage)


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture on a page: its size on paper in mm, its resolution there, and its colours in words."""

    page: int
    place: str
    size: str
    pixels: str
    ppi: int
    colours: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that is told about a file, except pictures and findings; ``title`` is the PDF's own, ``unit`` the word
    for its pages (ページ, or 面 of a sheet), ``rows`` are the form's lines, label and value.
    """

    title: str
    unit: str
    rows: tuple[tuple[str, str], ...]
    sha256: str
    inks: tuple[Ink, ...]
    total_ink: tuple[InkUse, ...]
    limit: float
    fonts: tuple[tuple[str, str], ...]
    pictures: tuple[PlacedPicture, ...]
    errors: int
    warnings: int

    @property
    def shown(self) -> tuple[Ink, ...]:
        """The plates to show: those of the job, and any other that prints."""
        return tuple(ink for ink in self.inks if ink.wanted or ink.prints)

    @property
    def idle(self) -> str:
        """The plates of the job that print nothing at all, in words (``マゼンタ・イエロー``); empty without plates."""
        return _idle(self.inks)

    @property
    def heaviest(self) -> float | None:
        """The highest mean of total ink in the whole file, in percent; None without plates."""
        return max((use.mean for use in self.total_ink), default=None)


def summary(pdf: bytes, sent: Consignment, inspected: Report, press: Press) -> Summary:
    """The file in a print shop's words."""
    facts, plates, findings = inspected.facts, inspected.plates, inspected.findings
    wrong = len(errors_in(findings))
    placed = [_placed(page.number, mark) for page in facts.pages for mark in page.marks if isinstance(mark, Picture)]
    pictures = tuple(sorted(placed, key=lambda picture: (picture.ppi, picture.page)))
    names = dict.fromkeys(name for separation in plates or () for name in separation.plates)
    covered = [coverage(separation) for separation in plates or ()]
    inks = tuple(
        Ink(name, ink_words(name), name in press.inks.plates, tuple(page.get(name, 0.0) for page in covered))
        for name in names
    )
    used = {(_without_tag(font.name), _font_kind(font.program)) for page in facts.pages for font in page.fonts}
    fonts = tuple(sorted(used))
    return Summary(
        unit=_unit(press, sent),
        title=_short(facts.details.get("Title", "")),
        rows=_rows(sent, inspected, press, fonts, pictures, _idle(inks)),
        sha256=hashlib.sha256(pdf).hexdigest(),
        inks=inks,
        total_ink=tuple(ink_use(separation) for separation in plates or ()),
        limit=press.total_ink,
        fonts=fonts,
        pictures=pictures,
        errors=wrong,
        warnings=len(findings) - wrong,
    )


def _idle(inks: Sequence[Ink]) -> str:
    return "・".join(ink.words for ink in inks if ink.wanted and not ink.prints)


def _rows(
    sent: Consignment,
    inspected: Report,
    press: Press,
    fonts: Sequence[tuple[str, str]],
    pictures: Sequence[PlacedPicture],
    idle: str,
) -> tuple[tuple[str, str], ...]:
    facts = inspected.facts
    first = facts.pages[0] if facts.pages else None
    fold = (sent.printing.fold if sent.printing else "") or ""
    sheet = sent.sheet or folded(facts, press, fold, sent.binding)
    leaf = sheet is None and is_leaf(facts, press)
    bound = sent.binding and not leaf and (sheet is None or sheet.stitched)
    laid = "fold" if sheet and press.sheets == "saddle-stitch" and not sheet.stitched else press.sheets
    folded_at_all = press.sheets != "single" or sent.folds
    rows = (
        ("号", sent.name),
        ("発行", f"{sent.sender}　{sent.issued.source if sent.issued else ''}".strip("　")),
        ("ページ", _count(facts, _unit(press, sent), sheet)),
        ("仕上り", _sizes(facts) if sheet is None else sheet.sizes),
        ("折りの場所", sent.folds),
        ("塗り足し", _bleed(first) if first else ""),
        ("規格", _standard(facts)),
        ("出力条件", _condition(facts, press)),
        ("インキ", "・".join(ink_words(name) for name in press.inks.plates) + (f"（{idle}の版は空）" if idle else "")),
        ("刷り色", sent.page_inks),
        ("用紙", (sent.printing.paper if sent.printing else "") or press.paper),
        ("綴じ", _BINDING.get(sent.binding, "") if bound else ""),
        ("開き", "" if bound or leaf else _OPENS.get(sent.binding, "")),
        ("表と裏", sides_in_words(facts, press, sheet) if sent.binding else ""),
        ("ページの並び", f"{sent.sheet.way}の表と裏" if sent.sheet and sent.sheet.way else _SHEET_NAMES[laid]),
        (
            "トンボ",
            "・".join(_MARK_NAMES[mark] for mark in press.marks if mark != "fold" or folded_at_all)
            or ("なし（仕上りと塗り足しの箱で示す）" if press.bleed else "なし"),
        ),
        ("スミノセ", sumi_nose_in_words(inspected.findings, press)),
        ("書体", _fonts(fonts)),
        ("写真", _pictures(pictures)),
        ("承知済み", sent.acknowledged),
    )
    return tuple((label, value) for label, value in rows if value)


def _count(facts: Facts, unit: str, sheet: Folded | None) -> str:
    """The number of pages for the reader; and that of sides of sheets, if the file has sheets."""
    told = f"{len(facts.pages)}{unit}"
    return f"{sheet.count}ページ（{told}に面付け）" if sheet and unit == _SIDES else told


def _sizes(facts: Facts) -> str:
    """The trim of the first page, and those of pages that differ."""
    named: dict[str, list[str]] = {}
    for page in facts.pages:
        named.setdefault(size_in_words(page.trim), []).append(str(page.number))
    first, *others = named or [""]
    return "、".join([first, *(f"{size}（{'・'.join(named[size])}）" for size in others)])


def _unit(press: Press, sent: Consignment) -> str:
    return "ページ" if press.sheets == "single" and not (sent.sheet and sent.sheet.way) else _SIDES


def _bleed(page: Page) -> str:
    """The distance of the BleedBox from the TrimBox, as in the file; the smallest of four unequal sides."""
    trim, bleed = page.boxes.trim, page.boxes.bleed
    if not trim or not bleed:
        return "なし"
    sides = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    least, most = round(min(sides) / PT_PER_MM, 1), round(max(sides) / PT_PER_MM, 1)
    return (f"{least:g} mm（四方）" if least == most else f"{least:g} mm（少ない辺）") if most else "なし"


def _standard(facts: Facts) -> str:
    """The standard that the file says it follows (ISO 15930: Info for X-1a, XMP for X-4)."""
    claimed = facts.metadata.get("pdfxid:GTS_PDFXVersion") or facts.details.get("GTS_PDFXVersion")
    return f"{_short(claimed)}（PDF {facts.version}）" if claimed else f"規格の名なし（PDF {facts.version}）"


def _condition(facts: Facts, press: Press) -> str:
    if facts.intents:
        return f"{_short(facts.intents[0].identifier)}　{press.condition.name}"
    return f"記載なし（入稿条件では {press.condition.identifier}）"


def _short(text: str, most: int = 60) -> str:
    """A short form, because values in a file may have any length."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _fonts(fonts: Sequence[tuple[str, str]]) -> str:
    if not fonts:
        return "文字なし（線画だけ）"
    loose = [name for name, kind in fonts if kind == _NOT_EMBEDDED]
    if loose:
        return f"{len(fonts)}書体のうち {_short('・'.join(loose))} は埋め込みなし"
    return f"{len(fonts)}書体、すべて埋め込み"


def _pictures(pictures: Sequence[PlacedPicture]) -> str:
    """For pictures sorted by resolution: their number, and the lowest."""
    if not pictures:
        return "なし（すべて文字と線画）"
    return f"{len(pictures)}点。最低 {pictures[0].ppi} ppi（{pictures[0].page}ページ）"


_COLOURS = {"DeviceCMYK": "CMYK", "DeviceGray": "グレー（スミ版）", "Mask": "1色の型"} | dict.fromkeys(
    ("Separation", "DeviceN"), "特色"
)


def _placed(page: int, picture: Picture) -> PlacedPicture:
    box, (width, height) = picture.box, picture.pixels
    colours = "白黒2値" if picture.bits == 1 and picture.space != "Mask" else _COLOURS.get(picture.space, picture.space)
    place = f"左から{box.x:.0f} 上から{box.y:.0f}"
    return PlacedPicture(
        page, place, f"{box.width:.0f} × {box.height:.0f}", f"{width} × {height}", round(picture.ppi), colours
    )


def _without_tag(name: str) -> str:
    """A font's name without the tag of its subset (ISO 32000-1, 9.6.4); a face and its turned forms are one face."""
    tag, plus, rest = name.partition("+")
    return (rest if plus and len(tag) == 6 and tag.isupper() else name).replace(_TURNED, "")


_NOT_EMBEDDED = "埋め込みなし"
_PROGRAMS = {"FontFile": "Type 1", "FontFile2": "TrueType", "Type1C": "CFF", "CIDFontType0C": "CFF"}


def _font_kind(program: str) -> str:
    return f"埋め込み（{_PROGRAMS.get(program, program)}）" if program else _NOT_EMBEDDED
