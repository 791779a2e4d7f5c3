"""The plates: total ink (総インキ量), and ink on plates that the job does not have (GWG 2022 R0020, R0026)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koho_pdf.findings import Finding, Where, error, warning
from koho_pdf.preflight.pdf.facts import overlap
from koho_pdf.preflight.plates.plates import Plates
from koho_pdf.preflight.plates.total_ink import PATCH, SIDE, TOLERANCE, at_most, faint, ink_use, inked
from koho_pdf.press.page_inks import ink_words
from koho_pdf.press.profile import Press

PEAK = 20.0
"""How far a single place may be over the limit of total ink, in percent."""

_HINT = "濃い色のインキを減らすか、写真を入稿条件の出力プロファイルで色分解し直してください。"
_WHY = "インキが乾かず、裏写り・紙のくっつき・折りのこすれが起きます。"


def total_ink(plates: Plates, press: Press) -> Iterator[Finding]:
    """The mean of every square of 15 mm must be within the shop's limit, and no place far above it."""
    for page in plates:
        if at_most(page) <= press.total_ink + TOLERANCE:
            continue
        use = ink_use(page)
        if use.mean > press.total_ink + TOLERANCE:
            yield error(
                "total-ink",
                f"総インキ量が {SIDE:g} mm 四方の平均で {use.mean:.0f} % です（{press.total_ink:g} % まで）。",
                Where(page=page.page, box=use.square),
                _HINT,
                _WHY,
            )
        elif use.peak > press.total_ink + PEAK + TOLERANCE:
            yield warning(
                "ink-peak",
                f"総インキ量が {use.peak:.0f} % の所があります（{press.total_ink:g} % まで）。",
                Where(page=page.page, box=use.spot),
                _HINT,
                _WHY,
            )


def dots(plates: Plates, press: Press, told: Sequence[Finding]) -> Iterator[Finding]:
    """No wide area of dots too small for the press (``least_dot``): in pictures, gradients, transparent things. Places
    where ``told`` already names a tint are left out.
    """
    for page in plates if press.least_dot else ():
        said = [each.where.box for each in told if each.code == "dot-too-small" and each.where.page == page.page]
        for name in page.plates:
            square = faint(page, name, press.least_dot)
            if square and not any(box and overlap(box, square) for box in said):
                yield warning(
                    "dot-too-small",
                    f"{ink_words(name)}の網点が小さすぎる所があります"
                    f"（{PATCH:g} mm 四方より広く {press.least_dot:g} % より薄い）。",
                    Where(page=page.page, box=square),
                    f"写真やグラデーションの薄い所を、0 % か {press.least_dot:g} % 以上にしてください。",
                    "小さな網点は、刷るたびに出たり消えたりして、むらになります。",
                )


def page_plates(plates: Plates, press: Press, inks: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """Nothing on a plate of the job that the page has not: a page of a plan may have fewer inks than the job."""
    for page, own in zip(plates, inks, strict=False):
        strange = {
            name: box
            for name in page.plates
            if name in press.inks.plates and name not in own and (box := inked(page, name))
        }
        if strange:
            names, others = ("・".join(map(ink_words, those)) for those in (own, strange))
            yield error(
                "ink-not-on-page",
                f"{names}だけで刷るページに、{others}のインキがのっています。",
                Where(page=page.page, box=next(iter(strange.values()))),
                "示された所の色を、ページのインキだけの色にするか、台割の inks を変えてください。",
                "そのページのために、版が増えて費用がかかります。",
            )


def job_plates(plates: Plates, press: Press) -> Iterator[Finding]:
    """Nothing on a process plate that the job does not have (with two colours magenta and yellow stay empty)."""
    for page in plates:
        strange = [
            name for name, plate in page.plates.items() if name not in press.inks.plates and plate.count(0) < len(plate)
        ]
        if strange:
            yield error(
                "ink-not-in-job",
                f"この仕事にない版にインキがのっています（{'、'.join(ink_words(name) for name in strange)}）。",
                Where(page=page.page),
                "入稿条件のインキだけで色を決めてください。写真も同じです。",
                "その版は作られず、その部分が消えるか、版が増えて費用がかかります。",
            )
