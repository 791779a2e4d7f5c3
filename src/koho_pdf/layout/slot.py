"""A slot (枠): a place of a layout for one text, of a fixed size."""

from __future__ import annotations

from dataclasses import dataclass, replace

from koho_pdf.geometry import MM_PER_Q
from koho_pdf.layout.regions import Rung, Setting


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for text: type ``size`` in Q, ``line_feed`` (行送り) in H, 字詰め and number of lines. ``indent`` is the
    space for list marks beside the text, in Q. In a ``vertical`` slot lines run down and follow each other to the left
    (CSS Writing Modes 4, ``vertical-rl``): its measure is its height. ``fit`` says how its text may be set tighter, in
    this order, and ``done`` what of it was done. ``read_from`` is how many metres away it can be read (0: in the hand).
    """

    size: float
    line_feed: float
    chars_per_line: float
    lines: int
    indent: float = 0
    vertical: bool = False
    fit: tuple[Rung, ...] = ()
    done: tuple[Setting, ...] = ()
    read_from: float = 0

    def own(self, key: str) -> float:
        """Its own value of a key of ``fit``: H, or percent."""
        return self.line_feed if key == "feed" else 100.0

    def tightened(self, done: tuple[Setting, ...]) -> Slot:
        """It with its text set so; it is as large as ever."""
        return replace(self, done=done)

    def css(self, name: str) -> str:
        """The slot's type and fixed size; 0.02 mm wider than its measure, so that rounding errors fit in."""
        measure = (self.size * self.chars_per_line + self.indent) * MM_PER_Q
        along, across = f"{measure + 0.02:.3f}mm", f"{self.line_feed * self.lines * MM_PER_Q:.3f}mm"
        width, height = (across, along) if self.vertical else (along, across)
        mode = " writing-mode: vertical-rl;" if self.vertical else ""
        said = dict(self.done)
        feed = said.pop("feed", self.line_feed)
        tighter = "".join(f"; {key}: {value:g}%" for key, value in said.items())
        return (
            f'[data-slot="{name}"] {{{mode} width: {width}; height: {height};'
            f" font-size: {self.size * MM_PER_Q:.4f}mm; line-height: {feed * MM_PER_Q:.4f}mm{tighter} }}\n"
        )
