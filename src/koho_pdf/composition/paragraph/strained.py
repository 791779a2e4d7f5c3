"""Lines that cannot be set well: opened further than the eye accepts, or wider than their measure.

The second should never happen. Every line is checked for it all the same, so that it is never silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from koho_pdf.composition.paragraph.classes import Kind
from koho_pdf.composition.paragraph.paragraph import HANGING, Cell, Line
from koho_pdf.composition.paragraph.spread import LOOSE
from koho_pdf.findings import Finding, Where, error, warning

_OVER = 0.01  # em: what sums of lengths may differ by on a page


class Strain(NamedTuple):
    """A line with these ``words``; lengths in em: how much its gaps ``opened``, how far it is ``over`` its measure, how
    ``short`` it is if nothing in it can open. For a reading: how far it is over the line below it.
    """

    words: str
    opened: float
    over: float
    short: float
    of: str = "行"

    def finding(self, where: Where) -> Finding:
        """The finding for its owner."""
        if self.over:
            return error(
                "line-too-wide",
                f"「{self.words[:20]}」の{self.of}が、行の長さより{self.over:.1f}字分はみ出しています。",
                where,
                "枠を広げるか、言葉を短くしてください。",
            )
        opened = f"あとが{self.short:.1f}字分空いて" if self.short else f"字間が{self.opened:.1f}字分も開いて"
        return warning(
            "loose-line",
            f"「{self.words[:20]}」の行は、{opened}います。",
            where,
            "次の行の初めにある長い数字・英語・アドレスや、1つのふりがなの付いた言葉が、行の途中で切れないためです。"
            "その前に言葉を足すか削るか、言い回しを変えてください。",
        )


def strain(line: Line, cells: Sequence[Cell], texts: Sequence[str], measure: float, *, hanging: bool) -> Strain | None:
    """What is wrong with a line, if anything; ``cells`` and ``texts`` are those of its paragraph."""
    on_line = cells[line.first : line.end]
    over = line.width - measure
    if hanging and on_line[-1].kind in HANGING:
        over -= on_line[-1].advance - on_line[-1].tail
    over /= on_line[0].em
    is_over = over > _OVER and any(cell.kind is not Kind.OBJECT for cell in on_line)  # pictures: the layout's
    stays = line.opened == float("inf") or (line.opened > 0 and over < -_OVER)  # short: nothing in it may open
    short = max(0.0, -over) if stays else 0.0
    if not is_over and (short <= 1 if stays else line.opened <= LOOSE):
        return None
    return Strain("".join(texts[line.first : line.end]).strip(), line.opened, over if is_over else 0.0, short)


def strain_above(readings: Sequence[tuple[float, float, str]], em: float, measure: float) -> Strain | None:
    """The reading that goes furthest beyond its line, if any does: on such a short line its base is not wide enough.
    ``readings`` are both ends of each, from the line's head, and its words.
    """
    over, words = max(((max(-head, tail - measure) / em, words) for head, tail, words in readings), default=(0.0, ""))
    return Strain(words, 0.0, over, 0.0, "ふりがな") if over > _OVER else None
