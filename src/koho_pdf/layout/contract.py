"""A layout's contract (``layout.yaml``): the kind of issue it takes, its trim and bleed, its colours, its slots.

A layout is data for designers: everything here is read from its own folder, and adding a layout touches no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from koho_pdf.errors import LayoutError
from koho_pdf.findings import error
from koho_pdf.geometry import MM_PER_Q
from koho_pdf.layout.digits import STYLES
from koho_pdf.layout.readings import ASKED
from koho_pdf.manuscript.reader import read
from koho_pdf.manuscript.scalar import Node
from koho_pdf.manuscript.terms import Terms, count, length, size
from koho_pdf.press.colour import ProcessColour, parse_colour

Colour = ProcessColour | tuple[ProcessColour, ...]

_KEYS = ("kind", "title", "trim", "bleed", "pages", "colours", "slots")
_MAY = (*_KEYS, "binding", "readings", "digits")
_SLOT_KEYS = ("size", "line_feed", "chars_per_line", "lines", "indent", "direction")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for text: type ``size`` in Q, ``line_feed`` (行送り) in H, 字詰め and lines it holds.

    ``indent`` is what a column keeps free for list marks beside its text, in Q. A ``vertical`` slot's lines run down
    and follow each other to the left (CSS Writing Modes 4, ``vertical-rl``): its measure is its height.
    """

    size: float
    line_feed: float
    chars_per_line: float
    lines: int
    indent: float = 0
    vertical: bool = False

    def css(self, name: str) -> str:
        """The slot's type and fixed size; a hair (0.02 mm) wider than its measure, so that sums of widths fit it."""
        measure = (self.size * self.chars_per_line + self.indent) * MM_PER_Q
        along, across = f"{measure + 0.02:.3f}mm", f"{self.line_feed * self.lines * MM_PER_Q:.3f}mm"
        width, height = (across, along) if self.vertical else (along, across)
        mode = " writing-mode: vertical-rl;" if self.vertical else ""
        return (
            f'[data-slot="{name}"] {{{mode} width: {width}; height: {height};'
            f" font-size: {self.size * MM_PER_Q:.4f}mm; line-height: {self.line_feed * MM_PER_Q:.4f}mm }}\n"
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as its folder describes it; lengths in mm. ``pages`` 0: as many as the texts take. ``binding`` is the
    side it is bound on, ``left`` or ``right``.

    ``readings`` says where its body text gives the readings of names (``koho_pdf.layout.readings``), ``digits`` how
    its digits come out (``koho_pdf.layout.digits``).
    """

    name: str
    folder: Path
    kind: str
    title: str
    trim: tuple[float, float]
    bleed: float
    pages: int
    colours: Mapping[str, Colour]
    slots: Mapping[str, Slot]
    readings: str = "none"
    digits: str = "as-typed"
    binding: str = "left"

    @property
    def shared(self) -> Path:
        """What all layouts share: grid, type, macros."""
        return self.folder.parent / "_shared"

    @property
    def sample(self) -> Path:
        """The layout's own sample issue, every slot filled to its limit."""
        return self.folder / "sample"


def layout_names(folder: Path) -> tuple[str, ...]:
    """The layouts below ``folder``, by name."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/layout.yaml")))


def read_layout(folder: Path, root: Path) -> Layout:
    """The layout in ``folder``; ``root`` is the workspace that findings name files from.

    Raises LayoutError with every mistake of ``layout.yaml`` (``layout-broken``); ManuscriptError when the YAML
    itself cannot be read.
    """
    tree = read(folder / "layout.yaml", root)
    contract = _Contract(tree, lambda message, where, hint: error("layout-broken", message, where, hint))
    return contract.layout(tree.root, folder)


class _Contract(Terms):
    """Reads one ``layout.yaml``."""

    def layout(self, root: Node, folder: Path) -> Layout:
        top = self.mapping(root, "", required=_KEYS, allowed=_MAY)
        trim = self.value(top, "trim", _trim, "「210 x 297」のようにミリで書いてください。", (0.0, 0.0))
        bleed = self.value(top, "bleed", length, "塗り足しをミリで書いてください。", 0.0)
        pages = self.value(top, "pages", _pages, "ページ数を整数で書いてください。何ページでもよければ 0 です。", 0)
        colours = {name: self._colour(f"colours.{name}", value) for name, value in self.members(top, "colours")}
        slots = {name: self._slot(f"slots.{name}", value) for name, value in self.members(top, "slots")}
        readings = self.choice(top, "readings", ASKED)
        digits = self.choice(top, "digits", STYLES)
        binding = self.choice(top, "binding", ("left", "right"))
        kind, title = str(top.get("kind", "")), str(top.get("title", ""))
        if self.found:
            raise LayoutError(*self.found)
        return Layout(folder.name, folder, kind, title, trim, bleed, pages, colours, slots, readings, digits, binding)

    def _colour(self, path: str, value: Node) -> Colour:
        members = value if isinstance(value, list) else [value]
        colours: list[ProcessColour] = []
        for member in members:
            try:
                colours.append(parse_colour(str(member)))
            except ValueError:
                self.tell(
                    path,
                    f"色「{member}」が読めません。",
                    "「90/85/40/40」のように、シアン/マゼンタ/イエロー/ブラックを % で書いてください。",
                )
        return tuple(colours) if isinstance(value, list) else (colours or [ProcessColour(0, 0, 0, 100)])[0]

    def _slot(self, path: str, value: Node) -> Slot:
        keys = self.mapping(value, path, required=_SLOT_KEYS[:4], allowed=_SLOT_KEYS)
        hint = "数字で書いてください（大きさは Q、行送りは H）。"
        type_size, feed, chars = (
            self.value(keys, key, size, hint, 0.0, path) for key in ("size", "line_feed", "chars_per_line")
        )
        lines = self.value(keys, "lines", count, hint, 0, path)
        indent = self.value(keys, "indent", length, hint, 0.0, path)
        ways = "horizontal（横組み）か vertical（縦組み）と書いてください。"
        vertical = self.value(keys, "direction", _is_vertical, ways, False, path)
        return Slot(type_size, feed, chars, lines, indent, vertical)


def _is_vertical(text: str) -> bool:
    return ("horizontal", "vertical").index(text) == 1


def _pages(text: str) -> int:
    return 0 if text == "0" else count(text)


def _trim(text: str) -> tuple[float, float]:
    width, _, height = text.partition("x")
    return size(width.strip()), size(height.strip())
