"""The inks of a page: a page of a job may be printed in fewer inks than the job has (``inks: kc`` in a page plan).

``Press.inks`` are those of the whole job, ``Press.page_inks`` the smaller sets that a page may have. Colours of such a
page are the layout's own for so few inks; what it has not said becomes the nearest tone (``koho_pdf.press.inks``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from koho_pdf.press.colour import ProcessColour
from koho_pdf.press.inks import reduced
from koho_pdf.press.profile import PROCESS, Inks, Press

IN_WORDS = {"process4": "4色", "kc": "スミ+シアン", "k": "スミ1色", "spot": "スミ+特色"}
"""Sets of inks for people."""
_PLATES = {"Cyan": "シアン", "Magenta": "マゼンタ", "Yellow": "イエロー", "Black": "スミ"}


def ink_words(name: str) -> str:
    """``Black`` -> ``スミ``; a spot colour goes by its own name."""
    return _PLATES.get(name, name)


def sets_taken(press: Press) -> tuple[str, ...]:
    """The sets of inks that a page may be printed in: the job's first."""
    return tuple(dict.fromkeys((press.inks.kind, *press.page_inks)))


def for_page(press: Press, kind: str) -> Press:
    """The conditions of a page with these inks (``""``: those of the job)."""
    return press if kind in ("", press.inks.kind) else replace(press, inks=Inks(kind))


def in_words(inks: Mapping[int, str]) -> str:
    """The sets of inks with their pages: ``4色 1～2・7ページ、スミ+シアン 3～6ページ``."""
    pages: dict[str, list[int]] = {}
    for number, kind in inks.items():
        pages.setdefault(kind, []).append(number)
    return "、".join(f"{IN_WORDS[kind]} {_runs(numbers)}ページ" for kind, numbers in pages.items())


def _runs(numbers: list[int]) -> str:
    """Rising numbers, those that follow each other as their first and last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "・".join(f"{run[0]}～{run[-1]}" if len(run) > 2 else "・".join(map(str, run)) for run in runs)


@dataclass(slots=True)
class PageInks:
    """The inks of some pages: the conditions with these inks, the colours that the layout has ``chosen`` for them (by
    those of the job), and the ``names`` of its colours. ``calculated`` are the colours met that nobody has chosen.
    """

    press: Press
    chosen: Mapping[ProcessColour, ProcessColour]
    names: Mapping[ProcessColour, str]
    calculated: dict[ProcessColour, ProcessColour] = field(default_factory=dict)

    def of(self, colour: ProcessColour) -> ProcessColour:
        """A colour of the job in the inks of the page."""
        own = self.press.inks.plates
        if all(ink == 0 or plate in own for plate, ink in zip(PROCESS, colour.inks, strict=True)):
            return colour
        if colour in self.chosen:
            return self.chosen[colour]
        if colour not in self.calculated:
            (self.calculated[colour],) = reduced([colour], self.press)
        return self.calculated[colour]
